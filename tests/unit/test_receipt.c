// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/receipt.h"
#include "record/tree.h"

#define BASE "https://host.summit.example"

static void
the_short_form_agrees(void **state)
{
	const uint8_t *rc = vec_hex("receipt/rc").ptr;
	struct bw_buf b = BW_BUF_INIT(200), promise = BW_BUF_INIT(300);
	uint8_t rh[RECEIPT_RH], back[RECEIPT_RC];
	const char *s;

	(void)state;
	assert_ok(receipt_hash(rc, rh));
	assert_memory_equal(rh, vec_hex("receipt/rh").ptr, RECEIPT_RH);
	assert_ok(receipt_url(BASE, rc, &b));
	assert_ok(bw_buf_cstr(&b, &s));
	assert_string_equal(s, vec_str("receipt/bearer_url"));
	assert_ok(receipt_parse(s, b.len, back, &promise));
	assert_memory_equal(back, rc, RECEIPT_RC);
	assert_int_equal(promise.len, 0);
	bw_buf_free(&b);
	bw_buf_free(&promise);
}

static void
the_long_form_agrees(void **state)
{
	struct crypto_key *key = vec_key("keys/device_log");
	const char *origin = vec_str("log/origin");
	const char *url = vec_str("receipt/promise_url");
	struct bw_cur want = vec_hex("receipt/promise");
	const uint8_t *rc = vec_hex("receipt/rc").ptr;
	struct bw_buf b = BW_BUF_INIT(500), text = b;
	uint8_t back[RECEIPT_RC];
	struct promise p, q;
	const char *s;

	(void)state;
	assert_ok(promise_make(origin, 1, vec_hex("log/leaf_hashes/1").ptr,
	    rc, key, &p));
	assert_memory_equal(p.sig, vec_hex("receipt/promise_sig_raw").ptr,
	    CRYPTO_SIG);
	assert_ok(promise_text(origin, 1, p.leaf, &text));
	assert_ok(bw_buf_cstr(&text, &s));
	assert_string_equal(s, vec_str("receipt/promise_message"));
	assert_ok(promise_encode(&p, &b));
	assert_int_equal(b.len, want.len);
	assert_memory_equal(b.ptr, want.ptr, b.len);
	assert_ok(promise_decode(b.ptr, b.len, &q));
	assert_memory_equal(&p, &q, sizeof(p));
	assert_ok(promise_verify(&q, origin, crypto_key_spki(key)));
	bw_buf_reset(&b);
	assert_ok(receipt_parse(url, strlen(url), back, &b));
	assert_memory_equal(back, rc, RECEIPT_RC);
	assert_int_equal(b.len, want.len);
	assert_memory_equal(b.ptr, want.ptr, b.len);
	p.index = (uint64_t)1 << 53;
	assert_err(promise_encode(&p, &b), BW_ERR_ARG);
	bw_buf_free(&b);
	bw_buf_free(&text);
	crypto_key_close(&key);
}

static void
a_changed_promise_does_not_verify(void **state)
{
	struct bw_cur in = vec_hex("receipt/promise");
	const char *origin = vec_str("log/origin");
	const uint8_t *spki = vec_spki("device_log");
	uint8_t copy[200];
	struct promise p;

	(void)state;
	for (size_t n = 0; n < in.len; n++)
		assert_err(promise_decode(in.ptr, n, &p), BW_ERR_FORMAT);
	memcpy(copy, in.ptr, in.len);
	copy[in.len] = 0;
	assert_err(promise_decode(copy, in.len + 1, &p), BW_ERR_FORMAT);
	/* All but rc, which the signature leaves out. */
	for (size_t i = 0; i < (in.len - RECEIPT_RC) * 8; i++) {
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
		if (promise_decode(copy, in.len, &p) == BW_OK)
			assert_err(promise_verify(&p, origin, spki),
			    BW_ERR_SIG);
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	assert_ok(promise_decode(in.ptr, in.len, &p));
	assert_err(promise_verify(&p, "log/other", spki), BW_ERR_SIG);
	assert_err(promise_verify(&p, origin, vec_spki("host")), BW_ERR_SIG);
}

/* Who has a promise can put any code beside it: rh alone tells. */
static void
a_promise_says_nothing_of_its_code(void **state)
{
	struct bw_cur in = vec_hex("receipt/promise");
	uint8_t copy[200], rh[RECEIPT_RH];
	struct promise p;

	(void)state;
	memcpy(copy, in.ptr, in.len);
	memset(copy + in.len - RECEIPT_RC, 7, RECEIPT_RC);
	assert_ok(promise_decode(copy, in.len, &p));
	assert_ok(promise_verify(&p, vec_str("log/origin"),
	    vec_spki("device_log")));
	assert_ok(receipt_hash(p.rc, rh));
	assert_memory_not_equal(rh, vec_hex("receipt/rh").ptr, RECEIPT_RH);
}

static bw_err
parse(const char *s)
{
	struct bw_buf promise = BW_BUF_INIT(300);
	uint8_t rc[RECEIPT_RC];
	bw_err r = receipt_parse(s, strlen(s), rc, &promise);

	if (r == BW_OK)
		assert_memory_equal(rc, vec_hex("receipt/rc").ptr,
		    RECEIPT_RC);
	else
		assert_memory_equal(rc, (uint8_t[RECEIPT_RC]){ 0 },
		    RECEIPT_RC);
	assert_int_equal(promise.len, 0);
	bw_buf_free(&promise);
	return r;
}

static void
pasted_codes(void **state)
{
	(void)state;
	assert_ok(parse("2CPVITK3J5TIYVLLVZBUFAHE74"));
	assert_ok(parse(" 2cpvi-tk3j5-tiyvl lvzbu\tfahe74\n"));
	assert_ok(parse("http://else.example/x#2CPVITK3J5TIYVLLVZBUFAHE74"));
	assert_err(parse(""), BW_ERR_FORMAT);
	assert_err(parse("https://host.summit.example/r/#"), BW_ERR_FORMAT);
	assert_err(parse("2CPVITK3J5TIYVLLVZBUFAHE7"), BW_ERR_FORMAT);
	assert_err(parse("2CPVITK3J5TIYVLLVZBUFAHE75"), BW_ERR_FORMAT);
	assert_err(parse("2CPVITK3J5TIYVLLVZBUFAHE744"), BW_ERR_FORMAT);
	assert_err(parse("2CPVITK3J5TIYVLLVZBUFAHE71"), BW_ERR_FORMAT);
	assert_err(parse("2CPVITK3J5TIYVLLVZBUFAHE7="), BW_ERR_FORMAT);
}

static void
the_proof_file_agrees(void **state)
{
	struct bw_cur extra = vec_hex("log/entries/1");
	const char *note = vec_str("log/checkpoints/6/note"), *s;
	struct bw_buf b = BW_BUF_INIT(4096);
	struct tree_proof p = { .n = vec_count("log/inclusion/1") };

	(void)state;
	for (size_t i = 0; i < p.n; i++)
		memcpy(p.hash[i], vec_hex("log/inclusion/1/%zu", i).ptr,
		    CRYPTO_HASH);
	assert_ok(tlog_proof_encode(extra.ptr, extra.len, 1, &p, note,
	    strlen(note), &b));
	assert_ok(bw_buf_cstr(&b, &s));
	assert_string_equal(s, vec_str("log/tlog_proof_index1"));
	bw_buf_reset(&b);
	assert_ok(tlog_proof_encode(NULL, 0, 1, &p, note, strlen(note), &b));
	assert_memory_equal(b.ptr, "c2sp.org/tlog-proof@v1\nindex 1\n", 31);
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_short_form_agrees),
		cmocka_unit_test(the_long_form_agrees),
		cmocka_unit_test(a_changed_promise_does_not_verify),
		cmocka_unit_test(a_promise_says_nothing_of_its_code),
		cmocka_unit_test(pasted_codes),
		cmocka_unit_test(the_proof_file_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
