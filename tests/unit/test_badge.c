// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/badge.h"

static const char *const badges[] = {
	"typical", "long_tag16", "world", "pointer"
};

/* The values of an example; absent fields stay empty. */
static struct field_values
values_of(const char *name)
{
	struct field_values v = { .v = { "" } };
	json_t *fields = vec("badge/%s/fields", name);

	for (int f = 1; f <= FIELD_COUNT; f++) {
		const char key[2] = { (char)('0' + f), 0 };
		json_t *field = json_object_get(fields, key);

		if (field != NULL)
			strcpy(v.v[f], json_string_value(json_object_get(
			    field, "value")));
	}
	return v;
}

static struct badge_issue
issue_of(const char *name, const struct crypto_key *registrar,
    const struct field_values *values)
{
	struct badge_issue in = { .registrar = registrar, .values = values };

	in.event_id = vec_hex("badge/event_id16").ptr;
	in.master = vec_hex("badge/master_key").ptr;
	memcpy(in.uid, vec_hex("badge/%s/uid", name).ptr, BADGE_UID);
	memcpy(in.badge_id, vec_hex("badge/badge_id").ptr, BADGE_ID);
	in.edition = (uint8_t)vec_int("badge/%s/edition", name);
	in.tag_len = (uint8_t)vec_int("badge/%s/tag_length", name);
	return in;
}

static void
field_key(enum field f, uint8_t out[static CRYPTO_KEY])
{
	assert_ok(badge_field_key(vec_hex("badge/event_id16").ptr,
	    vec_hex("badge/master_key").ptr, f, out));
}

static void
keys_agree(void **state)
{
	uint8_t id[BADGE_EVENT_ID], key[CRYPTO_KEY];

	(void)state;
	assert_ok(badge_event_id(vec_str("badge/event_uri"), id));
	assert_memory_equal(id, vec_hex("badge/event_id16").ptr,
	    BADGE_EVENT_ID);
	for (int f = 1; f <= FIELD_COUNT; f++) {
		field_key((enum field)f, key);
		assert_memory_equal(key,
		    vec_hex("badge/typical/fields/%d/field_key", f).ptr,
		    CRYPTO_KEY);
	}
}

static void
examples_are_made(void **state)
{
	struct crypto_key *registrar = vec_key("keys/registrar");

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct field_values v = values_of(badges[i]);
		struct badge_issue in = issue_of(badges[i], registrar, &v);
		struct bw_cur want = vec_hex("badge/%s/cose_sign1", badges[i]);
		struct bw_buf out = BW_BUF_INIT(1000);

		assert_ok(badge_encode(&in, &out));
		assert_int_equal(out.len, want.len);
		assert_memory_equal(out.ptr, want.ptr, want.len);
		bw_buf_free(&out);
	}
	crypto_key_close(&registrar);
}

static void
examples_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct bw_cur c = vec_hex("badge/%s/cose_sign1", badges[i]);
		size_t tag_len = vec_int("badge/%s/tag_length", badges[i]);
		struct field_values want = values_of(badges[i]);
		struct badge b;

		assert_ok(badge_verify(c.ptr, c.len,
		    vec_hex("badge/%s/uid", badges[i]).ptr,
		    vec_spki("registrar"), &b));
		assert_memory_equal(b.badge_id, vec_hex("badge/badge_id").ptr,
		    BADGE_ID);
		assert_memory_equal(b.eid, vec_hex("badge/event_id16").ptr,
		    BADGE_EID);
		assert_int_equal(b.edition,
		    vec_int("badge/%s/edition", badges[i]));
		for (int f = 1; f <= FIELD_COUNT; f++) {
			char value[FIELD_VALUE_MAX + 1];
			uint8_t key[CRYPTO_KEY];

			field_key((enum field)f, key);
			assert_err(badge_open_field(&b, (enum field)f, key,
			    tag_len, value), want.v[f][0] != 0 ? BW_OK :
			    BW_ERR_NOTFOUND);
			assert_string_equal(value, want.v[f]);
		}
	}
}

static void
only_its_own_key_opens_a_field(void **state)
{
	struct bw_cur c = vec_hex("badge/typical/cose_sign1");
	char value[FIELD_VALUE_MAX + 1];
	uint8_t key[CRYPTO_KEY];
	struct badge b;

	(void)state;
	assert_ok(badge_decode(c.ptr, c.len, &b));
	for (int k = 1; k <= FIELD_COUNT; k++)
		for (int f = 1; f <= FIELD_COUNT; f++) {
			field_key((enum field)k, key);
			assert_err(badge_open_field(&b, (enum field)f, key,
			    8, value), k == f ? BW_OK : BW_ERR_KEY);
		}
	field_key(FIELD_NAME, key);
	assert_err(badge_open_field(&b, FIELD_NAME, key, 16, value),
	    BW_ERR_KEY);
	assert_err(badge_open_field(&b, FIELD_NAME, key, 4, value),
	    BW_ERR_ARG);
	assert_err(badge_open_field(&b, (enum field)7, key, 8, value),
	    BW_ERR_NOTFOUND);
	b.edition++;
	assert_err(badge_open_field(&b, FIELD_NAME, key, 8, value),
	    BW_ERR_KEY);
	assert_int_equal(value[0], 0);
}

static void
a_copy_on_another_tag_is_refused(void **state)
{
	struct bw_cur c = { NULL, 0 };
	struct badge b;

	(void)state;
	for (size_t i = 0; i < vec_count("refuse"); i++) {
		if (strcmp(vec_str("refuse/%zu/name", i),
		    "badge on another tag") != 0)
			continue;
		c = vec_hex("refuse/%zu/cose_sign1", i);
		assert_err(badge_verify(c.ptr, c.len,
		    vec_hex("refuse/%zu/uid", i).ptr, vec_spki("registrar"),
		    &b), BW_ERR_SIG);
		assert_int_equal(b.edition, 0);
	}
	assert_non_null(c.ptr);
	assert_err(badge_verify(c.ptr, c.len, vec_hex("badge/typical/uid").ptr,
	    vec_spki("host"), &b), BW_ERR_KEY);
}

static void
a_flipped_bit_never_verifies(void **state)
{
	struct bw_cur c = vec_hex("badge/pointer/cose_sign1");
	const uint8_t *uid = vec_hex("badge/pointer/uid").ptr;
	const uint8_t *spki = vec_spki("registrar");
	uint8_t *copy = malloc(c.len);
	struct badge b;

	(void)state;
	assert_non_null(copy);
	memcpy(copy, c.ptr, c.len);
	for (size_t i = 0; i < c.len * 8; i++) {
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_int_not_equal(badge_verify(copy, c.len, uid, spki, &b),
		    BW_OK);
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	assert_ok(badge_verify(copy, c.len, uid, spki, &b));
	free(copy);
}

static void
every_truncation_is_refused(void **state)
{
	struct bw_cur c = vec_hex("badge/typical/cose_sign1");
	struct badge b;

	(void)state;
	for (size_t n = 0; n < c.len; n++) {
		uint8_t *exact = malloc(n + 1);

		assert_non_null(exact);
		memcpy(exact, c.ptr, n);
		assert_err(badge_decode(exact, n, &b), BW_ERR_FORMAT);
		free(exact);
	}
	assert_ok(badge_decode(c.ptr, c.len, &b));
}

/* Payloads inside a well-formed envelope; the signature is not looked at. */
static bw_err
decode_payload(const char *payload, size_t len)
{
	struct bw_buf b = BW_BUF_INIT(2000);
	struct badge out;
	bw_err r;

	assert_ok(bw_buf_put(&b, "\xd2\x84\x43\xa1\x01\x26\xa1\x04\x44kid4",
	    13));
	assert_in_range(len, 0, 255);
	if (len > 23)
		assert_ok(bw_buf_put_u8(&b, 0x58));
	assert_ok(bw_buf_put_u8(&b, (uint8_t)(len > 23 ? len : 0x40 | len)));
	assert_ok(bw_buf_put(&b, payload, len));
	assert_ok(bw_buf_put(&b, "\x58\x40", 2));
	assert_ok(bw_buf_put(&b, (uint8_t[CRYPTO_SIG]){ 0 }, CRYPTO_SIG));
	r = badge_decode(b.ptr, b.len, &out);
	bw_buf_free(&b);
	return r;
}
#define PAYLOAD(s) decode_payload(s, sizeof(s) - 1)
#define SEALED "\x49" "123456789"
#define IDS "\x44" "eid4" "\x48" "badge_id"

static void
shapes_of_payloads(void **state)
{
	(void)state;
	assert_int_equal(PAYLOAD("\x85\x01" IDS "\x01\xa0"), BW_OK);
	assert_int_equal(decode_payload("\x85\x01\x44" "e", 4),
	    BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x85\x02" IDS "\x01\xa0"), BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x85\x01" IDS "\x00\xa0"), BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x84\x01" IDS "\x01"), BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x85\x01" IDS "\x01\x80"), BW_ERR_FORMAT);
	/* Field 7, no field 0, a value of nothing but its tag. */
	assert_int_equal(PAYLOAD("\x85\x01" IDS "\x01\xa1\x07"),
	    BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x85\x01" IDS "\x01\xa1\x00\x40"),
	    BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x85\x01" IDS
	    "\x01\xa1\x01\x48" "12345678"), BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x85\x01" IDS
	    "\x01\xa2\x01" SEALED "\x02" SEALED), BW_OK);
	assert_int_equal(PAYLOAD("\x85\x01" IDS
	    "\x01\xa2\x01" SEALED "\x01" SEALED), BW_ERR_FORMAT);
	assert_int_equal(PAYLOAD("\x85\x01" IDS
	    "\x01\xa2\x02" SEALED "\x01" SEALED), BW_ERR_FORMAT);
}

static void
bad_issues_are_refused(void **state)
{
	struct crypto_key *registrar = vec_key("keys/registrar");
	struct field_values v = values_of("typical");
	struct badge_issue good = issue_of("typical", registrar, &v), in;
	struct bw_buf out = BW_BUF_INIT(2000);

	(void)state;
	in = good;
	in.edition = 0;
	assert_err(badge_encode(&in, &out), BW_ERR_ARG);
	in = good;
	in.tag_len = 12;
	assert_err(badge_encode(&in, &out), BW_ERR_ARG);
	strcpy(v.v[3], "e\xcc\x81");
	assert_err(badge_encode(&good, &out), BW_ERR_FORMAT);
	assert_int_equal(out.len, 0);
	/* The longest values are too long for any tag, but can be counted. */
	for (int f = 1; f <= FIELD_COUNT; f++) {
		memset(v.v[f], 'x', FIELD_VALUE_MAX);
		v.v[f][FIELD_VALUE_MAX] = 0;
	}
	good.tag_len = 16;
	assert_ok(badge_encode(&good, &out));
	assert_true(out.len > 1000);
	bw_buf_free(&out);
	crypto_key_close(&registrar);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_agree),
		cmocka_unit_test(examples_are_made),
		cmocka_unit_test(examples_are_read),
		cmocka_unit_test(only_its_own_key_opens_a_field),
		cmocka_unit_test(a_copy_on_another_tag_is_refused),
		cmocka_unit_test(a_flipped_bit_never_verifies),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(shapes_of_payloads),
		cmocka_unit_test(bad_issues_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
