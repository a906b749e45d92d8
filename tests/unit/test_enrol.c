// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/sample.h"
#include "tests/support/vectors.h"

#include "record/enrol.h"

static void
the_example_agrees(void **state)
{
	const char *want = vec_str("enrol/address"), *s;
	struct bw_buf b = BW_BUF_INIT(400);
	struct enrol_address a;
	uint8_t proof[CRYPTO_HASH];
	char id[ENROL_ID_HEX];

	(void)state;
	assert_ok(enrol_address_parse(want, strlen(want), &a));
	assert_string_equal(a.base, "https://host.summit.example");
	assert_memory_equal(a.code, vec_hex("enrol/code").ptr, ENROL_CODE);
	assert_memory_equal(a.pin, vec_hex("enrol/pin").ptr, ENROL_PIN);
	assert_ok(enrol_address_format(&a, &b));
	assert_ok(bw_buf_cstr(&b, &s));
	assert_string_equal(s, want);
	assert_ok(enrol_id(a.code, id));
	assert_string_equal(id, vec_str("enrol/id"));
	assert_ok(enrol_pin_check(a.pin, vec_spki("host")));
	assert_err(enrol_pin_check(a.pin, vec_spki("registrar")), BW_ERR_SIG);
	assert_ok(enrol_proof(a.code, "k07", vec_spki("device_log"),
	    vec_spki("device_sealing"),
	    vec_hex("enrol/identity/spki_der").ptr, proof));
	assert_memory_equal(proof, vec_hex("enrol/proof").ptr, CRYPTO_HASH);
	bw_buf_free(&b);
}

static void
every_change_of_an_address_is_refused(void **state)
{
	const char *want = vec_str("enrol/address");
	size_t len = strlen(want);
	struct enrol_address a;
	char copy[200];

	(void)state;
	for (size_t n = 0; n < len; n++) {
		assert_int_not_equal(enrol_address_parse(want, n, &a), BW_OK);
		assert_memory_equal(a.code, (uint8_t[ENROL_CODE]){ 0 },
		    ENROL_CODE);
		strcpy(copy, want);
		copy[n] = '!';
		assert_int_not_equal(enrol_address_parse(copy, len, &a),
		    BW_OK);
	}
	strcpy(copy, want);
	strcat(copy, "A");
	assert_int_not_equal(enrol_address_parse(copy, len + 1, &a), BW_OK);
}

static bw_err
base(const char *s)
{
	return enrol_base_check(s, strlen(s));
}

static void
bases(void **state)
{
	static const char *const good[] = {
		"https://host", "https://h.example:8443", "https://10.0.0.1",
		"https://[2001:db8::1]:443", "http://127.0.0.1:8080",
		"http://127.9.9.9", "http://[::1]", "http://[::1]:80",
		"http://localhost", "http://localhost:1"
	};
	static const char *const bad[] = {
		"", "https://", "https://h/", "https://h/x", "https://u@h",
		"https://h:", "https://h:0", "https://h:65536", "https://h:1:2",
		"https://h:08", "https://-h", "https://.h", "https://H",
		"https://[::1", "https://[]", "https://[::1]x", "https://h?q",
		"https://a[b]", "ftp://h", "host", "https://h h", "http://"
	};
	static const char *const denied[] = {
		"http://host", "http://10.0.0.1", "http://127.0.0.1.example",
		"http://localhost.example", "http://127.0.0", "http://[::2]",
		"http://1127.0.0.1", "http://127.0.0.256", "http://[::1:2]"
	};
	char longest[ENROL_BASE_MAX + 2] = "https://";

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_ok(base(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_not_equal(base(bad[i]), BW_OK);
	for (size_t i = 0; i < sizeof(denied) / sizeof(denied[0]); i++)
		assert_err(base(denied[i]), BW_ERR_DENIED);
	memset(longest + 8, 'a', ENROL_BASE_MAX - 7);
	assert_err(base(longest), BW_ERR_BOUND);
	longest[ENROL_BASE_MAX] = 0;
	assert_ok(base(longest));
}

static void
posts_go_there_and_back(void **state)
{
	struct bw_buf json = BW_BUF_INIT(20000), again = json;
	struct enrol_post p, q;

	(void)state;
	sample_enrol_post(&p);
	assert_ok(enrol_post_encode(&p, &json));
	assert_ok(enrol_post_decode((char *)json.ptr, json.len, &q));
	assert_string_equal(q.id, p.id);
	assert_int_equal(q.note.len, p.note.len);
	assert_memory_equal(q.note.ptr, p.note.ptr, p.note.len);
	assert_memory_equal(q.entry.ptr, p.entry.ptr, p.entry.len);
	assert_memory_equal(q.proof, p.proof, CRYPTO_HASH);
	assert_ok(enrol_post_encode(&q, &again));
	assert_int_equal(again.len, json.len);
	assert_memory_equal(again.ptr, json.ptr, json.len);
	enrol_post_free(&p);
	enrol_post_free(&q);
	for (size_t n = 0; n < json.len; n += 3) {
		assert_err(enrol_post_decode((char *)json.ptr, n, &q),
		    BW_ERR_FORMAT);
		assert_null(q.entry.ptr);
	}
	bw_buf_free(&json);
	bw_buf_free(&again);
}

/* Replace one text of the POST by another of any length. */
static bw_err
post_with(const char *old, const char *new)
{
	struct bw_buf json = BW_BUF_INIT(20000), out = json;
	struct enrol_post p;
	const char *s, *at;
	bw_err r;

	sample_enrol_post(&p);
	assert_ok(enrol_post_encode(&p, &json));
	assert_ok(bw_buf_cstr(&json, &s));
	at = strstr(s, old);
	assert_non_null(at);
	assert_ok(bw_buf_put(&out, s, (size_t)(at - s)));
	assert_ok(bw_buf_put_str(&out, new));
	assert_ok(bw_buf_put_str(&out, at + strlen(old)));
	enrol_post_free(&p);
	r = enrol_post_decode((char *)out.ptr, out.len, &p);
	enrol_post_free(&p);
	bw_buf_free(&json);
	bw_buf_free(&out);
	return r;
}

static void
odd_posts_are_refused(void **state)
{
	(void)state;
	assert_ok(post_with("\"id\"", " \"id\" "));
	assert_err(post_with("\"id\"", "\"ID\""), BW_ERR_FORMAT);
	assert_err(post_with("\"id\"", "\"x\":1,\"id\""), BW_ERR_FORMAT);
	assert_err(post_with("\"id\"", "\"body\":\"\",\"id\""),
	    BW_ERR_FORMAT);
	assert_err(post_with("d64ccb41aecf3529", "D64ccb41aecf3529"),
	    BW_ERR_FORMAT);
	assert_err(post_with("\"d64ccb41aecf3529\"", "7"), BW_ERR_FORMAT);
	assert_err(post_with("\"id\":\"d6", "\"id\":\"d6d6"), BW_ERR_BOUND);
	assert_err(post_with("MFkw", "MFk"), BW_ERR_FORMAT);
	assert_err(post_with("{", "["), BW_ERR_FORMAT);
}

static void
offers_go_there_and_back(void **state)
{
	struct bw_buf json = BW_BUF_INIT(20000);
	struct enrol_offer o, q;

	(void)state;
	sample_enrol_offer(&o);
	assert_ok(enrol_offer_encode(&o, &json));
	assert_ok(enrol_offer_decode((char *)json.ptr, json.len, &q));
	assert_string_equal(q.event, "ev26");
	assert_string_equal(q.device, "k07");
	assert_string_equal(q.origin, o.origin);
	assert_int_equal(q.policy.len, o.policy.len);
	assert_memory_equal(q.policy.ptr, o.policy.ptr, q.policy.len);
	enrol_offer_free(&o);
	enrol_offer_free(&q);
	for (size_t n = 0; n < json.len; n++)
		assert_err(enrol_offer_decode((char *)json.ptr, n, &q),
		    BW_ERR_FORMAT);
	bw_buf_free(&json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_agrees),
		cmocka_unit_test(every_change_of_an_address_is_refused),
		cmocka_unit_test(bases),
		cmocka_unit_test(posts_go_there_and_back),
		cmocka_unit_test(odd_posts_are_refused),
		cmocka_unit_test(offers_go_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
