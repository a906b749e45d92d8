// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/sample.h"
#include "tests/support/vectors.h"

#include "record/policy.h"

static struct policy p, q;	/* too large for a stack frame */

static void
there_and_back(void **state)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX), again = json;

	(void)state;
	sample_policy(&p);
	assert_ok(policy_encode(&p, &json));
	assert_ok(policy_decode((char *)json.ptr, json.len, &q));
	assert_ok(policy_encode(&q, &again));
	assert_int_equal(again.len, json.len);
	assert_memory_equal(again.ptr, json.ptr, json.len);
	assert_string_equal(q.lang[0], "en");
	assert_string_equal(q.lang[1], "de");
	assert_string_equal(q.notice[1].lang, "de");
	assert_string_equal(q.notice[1].purpose, p.notice[1].purpose);
	assert_int_equal(q.required, p.required);
	assert_int_equal(q.question[0].nchoices, 2);
	assert_int_equal(q.field_keys.len, p.field_keys.len);
	assert_ok(policy_sha256(&p, p.sha256));
	assert_memory_equal(p.sha256, q.sha256, CRYPTO_HASH);
	assert_ptr_equal(policy_notice(&q, "de"), &q.notice[1]);
	assert_ptr_equal(policy_notice(&q, "fr"), &q.notice[0]);
	assert_ptr_equal(policy_asks(&q, q.question[0].id, "fr"),
	    q.question[0].text[0].text);
	assert_string_equal(policy_asks(&q, "none-such", "en"), "none-such");
	policy_free(&p);
	policy_free(&q);
	bw_buf_free(&json);
	bw_buf_free(&again);
}

/* The bytes are fixed: what is hashed is written out here by hand. */
static void
hashes_are_over_these_bytes(void **state)
{
	static const char notice[] = "{\"purpose\":\"To send you a quote "
	    "\\\"soon\\\"\",\"retention\":\"Kept for 90 days\",\"silence\":"
	    "\"No answer means no\",\"title\":\"Example Corp asks\","
	    "\"withdraw\":\"Scan the code\"}";
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	uint8_t hash[CRYPTO_HASH];
	const char *s;

	(void)state;
	sample_policy(&p);
	bw_buf_free(&p.field_keys);
	bw_buf_free(&p.blocked);
	assert_ok(policy_encode(&p, &json));
	assert_ok(bw_buf_cstr(&json, &s));
	assert_ok(policy_decode(s, json.len, &q));
	assert_ok(crypto_sha256(&PART(notice, sizeof(notice) - 1), 1, hash));
	assert_memory_equal(q.notice[0].sha256, hash, CRYPTO_HASH);
	assert_non_null(strstr(s, notice));
	assert_memory_equal(s, "{\"event\":{\"id\":\"ev26\",\"log\":", 28);
	assert_non_null(strstr(s, ",\"fields\":{\"optional\":[3],\"required\""
	    ":[1,2]},\"format\":1,\"host_seal_spki\":\"MFkw"));
	assert_non_null(strstr(s, "\"languages\":[\"en\",\"de\"],\"notices\":"
	    "{\"de\":{"));
	assert_non_null(strstr(s, "\"questions\":[{\"choices\":[\"Yes\","
	    "\"No\"],\"id\":\"q1\",\"texts\":{\"en\":\"May we call?\"}},"));
	policy_free(&q);
	policy_free(&p);
	bw_buf_free(&json);
}

/* Sealed parts and the serial change without a new version; all else counts. */
static void
what_the_hash_covers(void **state)
{
	uint8_t first[CRYPTO_HASH], next[CRYPTO_HASH];

	(void)state;
	sample_policy(&p);
	assert_ok(policy_sha256(&p, first));
	p.serial++;
	bw_buf_free(&p.blocked);
	bw_buf_free(&p.field_keys);
	assert_ok(policy_sha256(&p, next));
	assert_memory_equal(first, next, CRYPTO_HASH);
	p.retain_days++;
	assert_ok(policy_sha256(&p, next));
	assert_memory_not_equal(first, next, CRYPTO_HASH);
	policy_free(&p);
}

static bw_err
decode_with(const char *old, const char *new)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX), out = json;
	const char *s, *at;
	bw_err r;

	sample_policy(&p);
	assert_ok(policy_encode(&p, &json));
	assert_ok(bw_buf_cstr(&json, &s));
	at = strstr(s, old);
	assert_non_null(at);
	assert_ok(bw_buf_put(&out, s, (size_t)(at - s)));
	assert_ok(bw_buf_put_str(&out, new));
	assert_ok(bw_buf_put_str(&out, at + strlen(old)));
	r = policy_decode((char *)out.ptr, out.len, &q);
	if (r != BW_OK) {
		assert_null(q.field_keys.ptr);
		assert_int_equal(q.nlangs, 0);
	}
	policy_free(&q);
	policy_free(&p);
	bw_buf_free(&json);
	bw_buf_free(&out);
	return r;
}

static void
what_is_not_canonical_is_refused(void **state)
{
	static const struct {
		const char *old, *new;
	} bad[] = {
		{ "\"format\":1", "\"format\": 1" },
		{ "\"format\":1", "\"format\":2" },
		{ "\"format\":1", "\"format\":1.0" },
		{ "\"format\":1", "\"format\":-0" },
		{ "\"format\":1,", "" },
		{ "\"format\":1", "\"format\":1,\"format\":1" },
		{ "\"format\":1", "\"format\":1,\"g\":1" },
		{ "\"id\":\"ev26\"", "\"id\":\"ev26\",\"j\":1" },
		{ "\"id\":\"ev26\"", "\"id\":\"\\u0065v26\"" },
		{ "\"id\":\"ev26\"", "\"id\":\"EV26\"" },
		{ "\"id\":\"ev26\"", "\"id\":26" },
		{ "{\"optional\":[3],\"required\":[1,2]}",
		    "{\"required\":[1,2],\"optional\":[3]}" },
		{ "[1,2]", "[2,1]" },
		{ "[1,2]", "[1,1,2]" },
		{ "[1,2]", "[1,3]" },
		{ "[1,2]", "[1,7]" },
		{ "[1,2]", "[]" },
		{ "[1,2]", "{}" },
		{ "[\"en\",\"de\"]", "[\"en\"]" },
		{ "[\"en\",\"de\"]", "[\"en\",\"en\"]" },
		{ "[\"en\",\"de\"]", "[\"en\",\"fr\"]" },
		{ "[\"en\",\"de\"]", "[]" },
		{ "\"country\":\"DE\"", "\"country\":\"de\"" },
		{ "\"contact\":\"privacy", "\"contact\":\"pri\\nvacy" },
		{ "\"Yes\",", "\"Y\\u000as\"," },
		{ "\"purposes\":{\"de\"", "\"purposes\":{\"d e\"" },
		{ "\"choices\":[],", "" },
		{ "\"id\":\"q2\"", "\"id\":\"q1\"" },
		{ "\"title\":", "\"titel\":" },
		{ "\"serial\":7", "\"serial\":9007199254740992" },
		{ "\"valid_until\":1779000000", "\"valid_until\":1778500000" },
		{ "\"host_spki\":\"MFkw", "\"host_spki\":\"MFkx" },
		{ "https://host.summit.example", "http://host.summit.example" },
		{ "\"blocked\":\"", "\"blocked\":\"=" },
		{ "\"blocked\":", "\"blocked\":null,\"blockee\":" },
	};

	(void)state;
	assert_ok(decode_with("\"serial\":7", "\"serial\":8"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (decode_with(bad[i].old, bad[i].new) != BW_ERR_FORMAT)
			fail_msg("taken: %s", bad[i].new);
	assert_err(decode_with("MFkwEwYHKoZIzj0CAQYI", ""), BW_ERR_FORMAT);
}

static void
truncations_are_refused(void **state)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);

	(void)state;
	sample_policy(&p);
	assert_ok(policy_encode(&p, &json));
	for (size_t n = 0; n < json.len; n += 7)
		assert_err(policy_decode((char *)json.ptr, n, &q),
		    BW_ERR_FORMAT);
	policy_free(&p);
	bw_buf_free(&json);
}

/* However little room there is, a policy comes out whole or not at all. */
static void
a_bound_cuts_nothing(void **state)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX), small;

	(void)state;
	sample_policy(&p);
	assert_ok(policy_encode(&p, &json));
	for (size_t n = 0; n < json.len; n += 5) {
		small = BW_BUF_INIT(n);
		assert_err(policy_encode(&p, &small), BW_ERR_BOUND);
		bw_buf_free(&small);
	}
	policy_free(&p);
	bw_buf_free(&json);
}

static void
bad_policies_are_not_encoded(void **state)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);

	(void)state;
	for (int i = 0; i < 12; i++) {
		sample_policy(&p);
		switch (i) {
		case 0: p.version[0] = 0; break;
		case 1: strcpy(p.sponsor.id, "No Id"); break;
		case 2: strcpy(p.event.log, "Log"); break;
		case 3: p.valid_until = p.valid_from; break;
		case 4: p.optional |= FIELD_BIT(FIELD_NAME); break;
		case 5: strcpy(p.lang[1], "en"); break;
		case 6: strcpy(p.notice[1].title, "two\nlines"); break;
		case 7: memset(p.notice[0].title, 'x',
		    sizeof(p.notice[0].title)); break;
		case 8: strcpy(p.question[1].id, "q1"); break;
		case 9: p.question[0].nchoices = POLICY_CHOICES + 1; break;
		case 10: strcpy(p.sponsor.purpose[1].lang, "en"); break;
		default: p.serial = (uint64_t)1 << 53; break;
		}
		assert_err(policy_encode(&p, &json), BW_ERR_FORMAT);
		assert_int_equal(json.len, 0);
		policy_free(&p);
	}
	bw_buf_free(&json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(hashes_are_over_these_bytes),
		cmocka_unit_test(what_the_hash_covers),
		cmocka_unit_test(what_is_not_canonical_is_refused),
		cmocka_unit_test(truncations_are_refused),
		cmocka_unit_test(a_bound_cuts_nothing),
		cmocka_unit_test(bad_policies_are_not_encoded),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
