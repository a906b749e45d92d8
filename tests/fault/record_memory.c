// SPDX-License-Identifier: Apache-2.0
/* No memory, at every point in turn: an error, nothing kept, nothing lost. */
#include "tests/support/unit.h"
#include "tests/fault/fail.h"
#include "tests/support/sample.h"
#include "tests/support/vectors.h"

#include "record/badge.h"
#include "record/jws.h"
#include "record/receipt.h"
#include "record/seal.h"
#include "record/upload.h"

static struct policy p, q;

/* Examples that steps need: looked up before any allocation is counted. */
static const uint8_t *host_spki, *host_seal_spki, *registrar_spki, *uid;
static struct bw_cur sealed_keys;
static const char *token;

static int
look_up(void **state)
{
	(void)state;
	host_spki = vec_spki("host");
	host_seal_spki = vec_spki("host_sealing");
	registrar_spki = vec_spki("registrar");
	uid = vec_hex("badge/typical/uid").ptr;
	sealed_keys = vec_hex("field_keys/sealed");
	token = vec_str("jws/jws");
	return 0;
}

static bw_err
decode_policy(void *ctx)
{
	const struct bw_buf *json = ctx;
	bw_err r = policy_decode((const char *)json->ptr, json->len, &q);

	if (r != BW_OK) {
		assert_null(q.field_keys.ptr);
		assert_null(q.blocked.ptr);
		assert_int_equal(q.nlangs, 0);
	}
	policy_free(&q);
	return r;
}

static bw_err
encode_policy(void *ctx)
{
	const struct bw_buf *want = ctx;
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bw_err r = policy_encode(&p, &json);

	/* A policy that lost a part must never come out. */
	if (r == BW_OK) {
		assert_int_equal(json.len, want->len);
		assert_memory_equal(json.ptr, want->ptr, json.len);
	}
	bw_buf_free(&json);
	return r;
}

static bw_err
hash_policy(void *ctx)
{
	uint8_t hash[CRYPTO_HASH];
	bw_err r = policy_sha256(&p, hash);

	if (r == BW_OK)
		assert_memory_equal(hash, ctx, CRYPTO_HASH);
	return r;
}

static void
policies(void **state)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	uint8_t hash[CRYPTO_HASH];

	(void)state;
	sample_policy(&p);
	assert_ok(policy_encode(&p, &json));
	assert_ok(policy_sha256(&p, hash));
	assert_true(fail_each(decode_policy, &json) > 100);
	assert_true(fail_each(encode_policy, &json) > 100);
	assert_true(fail_each(hash_policy, hash) > 100);
	policy_free(&p);
	bw_buf_free(&json);
}

static bw_err
decode_post(void *ctx)
{
	const struct bw_buf *json = ctx;
	struct enrol_post out;
	bw_err r;

	r = enrol_post_decode((const char *)json->ptr, json->len, &out);
	if (r != BW_OK)
		assert_null(out.entry.ptr);
	enrol_post_free(&out);
	return r;
}

static bw_err
encode_post(void *ctx)
{
	struct bw_buf json = BW_BUF_INIT(65536);
	bw_err r = enrol_post_encode(ctx, &json);

	bw_buf_free(&json);
	return r;
}

static bw_err
decode_offer(void *ctx)
{
	const struct bw_buf *json = ctx;
	struct enrol_offer out;
	bw_err r;

	r = enrol_offer_decode((const char *)json->ptr, json->len, &out);
	if (r != BW_OK)
		assert_null(out.policy.ptr);
	enrol_offer_free(&out);
	return r;
}

static bw_err
encode_offer(void *ctx)
{
	struct bw_buf json = BW_BUF_INIT(65536);
	bw_err r = enrol_offer_encode(ctx, &json);

	bw_buf_free(&json);
	return r;
}

static void
enrolment(void **state)
{
	struct bw_buf json = BW_BUF_INIT(65536);
	struct enrol_post post;
	struct enrol_offer offer;

	(void)state;
	sample_enrol_post(&post);
	assert_true(fail_each(encode_post, &post) > 20);
	assert_ok(enrol_post_encode(&post, &json));
	assert_true(fail_each(decode_post, &json) > 20);
	sample_enrol_offer(&offer);
	assert_true(fail_each(encode_offer, &offer) > 10);
	bw_buf_reset(&json);
	assert_ok(enrol_offer_encode(&offer, &json));
	assert_true(fail_each(decode_offer, &json) > 10);
	enrol_post_free(&post);
	enrol_offer_free(&offer);
	bw_buf_free(&json);
}

static bw_err
write_upload(void *ctx)
{
	const struct bw_cur *in = ctx;
	struct bw_buf out = BW_BUF_INIT(UPLOAD_MAX);
	struct bw_cur c = *in;
	struct upload_item item;
	const char *note = NULL;
	size_t len;
	bw_err r;

	while ((r = upload_next(&c, &item, &note, &len)) == BW_OK &&
	    note == NULL)
		if ((r = upload_put_item(&out, &item)) != BW_OK)
			break;
	if (r == BW_OK)
		r = upload_put_note(&out, note, len);
	if (r == BW_OK)
		assert_memory_equal(out.ptr, in->ptr, in->len);
	bw_buf_free(&out);
	return r;
}

static void
uploads(void **state)
{
	struct bw_cur in = vec_hex("log/upload_0_to_6");

	(void)state;
	assert_true(fail_each(write_upload, &in) > 3);
}

static bw_err
seal(void *ctx)
{
	struct bw_buf box = BW_BUF_INIT(500);
	bw_err r = seal_box(host_seal_spki, SEAL_NOTE, NULL,
	    (const uint8_t *)"note", 4, &box);

	(void)ctx;
	assert_int_equal(box.len, r == BW_OK ? 4 + SEAL_OVERHEAD : 0);
	bw_buf_free(&box);
	return r;
}

static bw_err
unseal(void *ctx)
{
	struct bw_buf plain = BW_BUF_INIT(500);
	bw_err r = seal_open(ctx, SEAL_FIELD_KEYS, sealed_keys.ptr,
	    sealed_keys.len, &plain);

	assert_true(r == BW_OK || plain.len == 0);
	bw_buf_free(&plain);
	return r;
}

static bw_err
read_blocked(void *ctx)
{
	struct bw_cur *in = ctx;
	struct blocked b;
	bw_err r = blocked_decode(in->ptr, in->len, &b);

	blocked_free(&b);
	return r;
}

static void
boxes(void **state)
{
	struct crypto_key *key = vec_key("keys/device_sealing");
	struct bw_cur list = vec_hex("blocked/plain");

	(void)state;
	assert_true(fail_each(seal, NULL) >= 3);
	assert_true(fail_each(unseal, key) >= 2);
	assert_int_equal(fail_each(read_blocked, &list), 1);
	crypto_key_close(&key);
}

static bw_err
sign_token(void *ctx)
{
	struct bw_buf jws = BW_BUF_INIT(1000);
	bw_err r = jws_sign(ctx, "k07", JWS_POLICY_TYP,
	    (const uint8_t *)"{}", 2, &jws);

	bw_buf_free(&jws);
	return r;
}

static bw_err
verify_token(void *ctx)
{
	struct bw_buf payload = BW_BUF_INIT(1000);
	bw_err r = jws_verify(token, strlen(token), host_spki,
	    JWS_POLICY_TYP, &payload);

	(void)ctx;
	assert_true(r == BW_OK || payload.len == 0);
	bw_buf_free(&payload);
	return r;
}

static bw_err
verify_badge(void *ctx)
{
	const struct bw_cur *c = ctx;
	struct badge b;
	bw_err r = badge_verify(c->ptr, c->len, uid, registrar_spki, &b);

	assert_true(r == BW_OK || b.present == 0);
	return r;
}

static void
signatures(void **state)
{
	struct crypto_key *key = vec_key("keys/host");
	struct bw_cur badge = vec_hex("badge/typical/cose_sign1");

	(void)state;
	assert_true(fail_each(sign_token, key) > 5);
	assert_true(fail_each(verify_token, NULL) > 5);
	assert_true(fail_each(verify_badge, &badge) >= 1);
	crypto_key_close(&key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(policies),
		cmocka_unit_test(enrolment),
		cmocka_unit_test(uploads),
		cmocka_unit_test(boxes),
		cmocka_unit_test(signatures),
	};

	fail_setup();
	return cmocka_run_group_tests(tests, look_up, vec_teardown);
}
