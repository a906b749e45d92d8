// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "kiosk/admit.h"
#include "kiosk/keys.h"
#include "kiosk/rules.h"
#include "record/ndef.h"
#include "tests/support/booth.h"

#define NOW 1778572800
#define NAME_EMAIL (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))

static struct booth booth;
static struct keys keys;
static struct rules *rules;
static struct field_keys *fields;

static const uint8_t seal_scalar[CRYPTO_KEY] = { 5, 5 };
static const uint8_t blocked[1][BADGE_ID] = { "blocked!" };

/* The signed policy after `change`, opened as the kiosk would. */
static bw_err
open_rules(void (*change)(struct policy *), const uint8_t *seal_spki,
    const uint8_t *host_spki, const char *sponsor, struct rules **out)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct policy p;
	bw_err r;

	booth_policy(&booth, NOW, &p);
	if (change != NULL)
		change(&p);
	assert_ok(booth_sign(&booth, &p, seal_spki, blocked, 1, &jws));
	r = rules_open(out, (const char *)jws.ptr, jws.len, host_spki, "ev26",
	    sponsor);
	bw_buf_free(&jws);
	policy_free(&p);
	return r;
}

static int
set_up(void **state)
{
	(void)state;
	assert_ok(booth_open(&booth));
	assert_ok(crypto_key_open(&keys.seal, seal_scalar));
	assert_ok(open_rules(NULL, crypto_key_spki(keys.seal),
	    crypto_key_spki(booth.host), "example-corp", &rules));
	assert_ok(rules_unseal(rules, &keys));
	assert_ok(keys_fields_open(&keys, &rules->policy, &fields));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	keys_fields_close(&fields);
	rules_close(&rules);
	keys_close(&keys);
	booth_close(&booth);
	return 0;
}

static enum unread_reason
admit(const struct booth_badge *b, const uint8_t uid[BADGE_UID],
    field_set granted, struct admitted *out)
{
	struct bw_buf ndef = BW_BUF_INIT(NDEF_TAG_MAX);
	enum unread_reason why;

	assert_ok(booth_ndef(&booth, b, &ndef));
	why = admit_badge(rules, fields, granted, uid, ndef.ptr, ndef.len,
	    out);
	bw_buf_free(&ndef);
	return why;
}

static void
is_empty(const struct admitted *a)
{
	static const struct admitted none;

	assert_memory_equal(a, &none, sizeof(none));
}

static void
granted_fields_and_no_others(void **state)
{
	struct admitted a;

	(void)state;
	assert_int_equal(admit(&booth_ada, booth_ada.uid, NAME_EMAIL, &a),
	    0);
	assert_string_equal(a.values.v[FIELD_NAME], "Ada Example");
	assert_string_equal(a.values.v[FIELD_EMAIL], "ada@example.org");
	for (int f = FIELD_COMPANY; f <= FIELD_COUNT; f++)
		assert_string_equal(a.values.v[f], "");
	assert_memory_equal(a.badge_id, booth_ada.badge_id, BADGE_ID);
	assert_int_equal(a.edition, 1);
	/* There is no key for the phone, so it cannot be opened. */
	assert_int_equal(admit(&booth_ada, booth_ada.uid, FIELD_ALL, &a), 0);
	assert_string_not_equal(a.values.v[FIELD_COMPANY], "");
	assert_string_equal(a.values.v[FIELD_WORK_PHONE], "");
}

static void
both_lengths_of_tag(void **state)
{
	struct booth_badge b = booth_ada;
	struct admitted a;

	(void)state;
	b.tag_len = 16;
	assert_int_equal(admit(&b, b.uid, NAME_EMAIL, &a), 0);
	assert_string_equal(a.values.v[FIELD_NAME], "Ada Example");
}

static void
absent_fields_have_no_value(void **state)
{
	struct booth_badge b = booth_ada;
	struct admitted a;

	(void)state;
	b.fields = FIELD_BIT(FIELD_NAME);
	assert_int_equal(admit(&b, b.uid, NAME_EMAIL, &a), 0);
	assert_string_not_equal(a.values.v[FIELD_NAME], "");
	assert_string_equal(a.values.v[FIELD_EMAIL], "");
	b.fields = 0;	/* a pointer badge */
	assert_int_equal(admit(&b, b.uid, NAME_EMAIL, &a), 0);
	assert_string_equal(a.values.v[FIELD_NAME], "");
	assert_memory_equal(a.badge_id, b.badge_id, BADGE_ID);
}

static void
why_a_badge_is_not_taken(void **state)
{
	static const uint8_t other_uid[BADGE_UID] = { 4, 1, 2, 3, 4, 5, 6 };
	/* an NDEF text record, "en" "Ada": clear text */
	static const uint8_t clear[] = { 0xd1, 0x01, 0x06, 'T', 0x02, 'e',
		'n', 'A', 'd', 'a' };
	struct booth_badge b;
	struct admitted a;

	(void)state;
	assert_int_equal(admit_badge(rules, fields, NAME_EMAIL, other_uid,
	    clear, sizeof(clear), &a), UNREAD_NOT_OURS);
	is_empty(&a);
	assert_int_equal(admit_badge(rules, fields, NAME_EMAIL, other_uid,
	    clear, 0, &a), UNREAD_NOT_OURS);
	/* copied to another tag */
	assert_int_equal(admit(&booth_ada, other_uid, NAME_EMAIL, &a),
	    UNREAD_BAD_SIGNATURE);
	is_empty(&a);
	b = booth_ada;
	b.false_signature = true;
	assert_int_equal(admit(&b, b.uid, NAME_EMAIL, &a),
	    UNREAD_BAD_SIGNATURE);
	b = booth_ada;
	b.foreign = true;
	assert_int_equal(admit(&b, b.uid, NAME_EMAIL, &a),
	    UNREAD_OTHER_EVENT);
	b = booth_ada;
	memcpy(b.badge_id, blocked[0], BADGE_ID);
	assert_int_equal(admit(&b, b.uid, NAME_EMAIL, &a), UNREAD_BLOCKED);
	is_empty(&a);
}

/* Every prefix and every flipped bit of a good message is turned down. */
static void
hostile_bytes(void **state)
{
	struct bw_buf ndef = BW_BUF_INIT(NDEF_TAG_MAX);
	struct admitted a;
	size_t head;

	(void)state;
	assert_ok(booth_ndef(&booth, &booth_ada, &ndef));
	/* The URI record before the badge is nobody's promise. */
	head = (size_t)((uint8_t *)memmem(ndef.ptr, ndef.len, NDEF_TYPE,
	    strlen(NDEF_TYPE)) - ndef.ptr);
	for (size_t n = 0; n < ndef.len; n++) {
		assert_int_not_equal(admit_badge(rules, fields, NAME_EMAIL,
		    booth_ada.uid, ndef.ptr, n, &a), 0);
		is_empty(&a);
	}
	for (size_t n = head; n < ndef.len; n += 3) {
		ndef.ptr[n] ^= 0x10;
		assert_int_not_equal(admit_badge(rules, fields, NAME_EMAIL,
		    booth_ada.uid, ndef.ptr, ndef.len, &a), 0);
		is_empty(&a);
		ndef.ptr[n] ^= 0x10;
	}
	bw_buf_free(&ndef);
}

static void
wrong_host_in_it(struct policy *p)
{
	memcpy(p->host_spki, crypto_key_spki(booth.foreign), CRYPTO_SPKI);
}

static void
only_the_pinned_hosts_policy_counts(void **state)
{
	const uint8_t *spki = crypto_key_spki(keys.seal);
	const uint8_t *host = crypto_key_spki(booth.host);
	struct rules *r;

	(void)state;
	assert_err(open_rules(NULL, spki, crypto_key_spki(booth.foreign),
	    "example-corp", &r), BW_ERR_SIG);
	assert_null(r);
	assert_err(open_rules(NULL, spki, host, "acme", &r), BW_ERR_DENIED);
	assert_err(open_rules(wrong_host_in_it, spki, host, "example-corp",
	    &r), BW_ERR_DENIED);
	assert_null(r);
	assert_ok(open_rules(NULL, spki, host, NULL, &r));
	rules_close(&r);
}

static void
keys_for_another_device_do_not_open(void **state)
{
	struct field_keys *f;
	struct rules *r;

	(void)state;
	assert_ok(open_rules(NULL, crypto_key_spki(booth.foreign),
	    crypto_key_spki(booth.host), "example-corp", &r));
	assert_err(rules_unseal(r, &keys), BW_ERR_KEY);
	assert_err(keys_fields_open(&keys, &r->policy, &f), BW_ERR_KEY);
	assert_null(f);
	rules_close(&r);
	/* an offer has none */
	assert_ok(open_rules(NULL, NULL, crypto_key_spki(booth.host),
	    "example-corp", &r));
	assert_err(rules_unseal(r, &keys), BW_ERR_KEY);
	rules_close(&r);
}

/* A policy that asks for a field whose key was not sent, or the other way. */
static void
keys_and_fields_must_agree(void **state)
{
	struct field_keys *f;

	(void)state;
	rules->policy.optional |= FIELD_BIT(FIELD_WORK_PHONE);
	assert_err(keys_fields_open(&keys, &rules->policy, &f), BW_ERR_KEY);
	rules->policy.optional = 0;
	assert_err(keys_fields_open(&keys, &rules->policy, &f), BW_ERR_KEY);
	rules->policy.optional = FIELD_BIT(FIELD_COMPANY);
	assert_ok(keys_fields_open(&keys, &rules->policy, &f));
	keys_fields_close(&f);
	keys_fields_close(&f);
}

static void
a_policy_has_its_time(void **state)
{
	const struct policy *p = &rules->policy;
	int64_t from = (int64_t)p->valid_from, until = (int64_t)p->valid_until;

	(void)state;
	assert_int_equal(rules_trouble(rules, from - 1), TROUBLE_CLOCK);
	assert_int_equal(rules_trouble(rules, -1), TROUBLE_CLOCK);
	assert_int_equal(rules_trouble(rules, from), TROUBLE_NONE);
	assert_int_equal(rules_trouble(rules, until - 1), TROUBLE_NONE);
	assert_int_equal(rules_trouble(rules, until), TROUBLE_POLICY);
	rules->ended = true;
	assert_int_equal(rules_trouble(rules, from), TROUBLE_POLICY);
	rules->ended = false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(granted_fields_and_no_others),
		cmocka_unit_test(both_lengths_of_tag),
		cmocka_unit_test(absent_fields_have_no_value),
		cmocka_unit_test(why_a_badge_is_not_taken),
		cmocka_unit_test(hostile_bytes),
		cmocka_unit_test(only_the_pinned_hosts_policy_counts),
		cmocka_unit_test(keys_for_another_device_do_not_open),
		cmocka_unit_test(keys_and_fields_must_agree),
		cmocka_unit_test(a_policy_has_its_time),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
