// SPDX-License-Identifier: Apache-2.0
/* Uploads forged in every way that FORMATS.md names: refused whole. */
#include "tests/support/intake.h"

#include "record/upload.h"

static void
test_flipped_bits_are_refused(void **state)
{
	struct bw_buf bad = BW_BUF_INIT(1 << 20);

	(void)state;
	share(0, NAME | EMAIL);
	share(1, NAME | EMAIL);
	booth_sign(&b);
	assert_ok(bw_buf_put(&bad, b.upload.ptr, b.upload.len));
	for (size_t i = 0; i < bad.len; i += 3) {
		bad.ptr[i] ^= (uint8_t)(1u << (i % 8));
		assert_int_not_equal(ingest(1, &bad), BW_OK);
		assert_held(1);
		bad.ptr[i] ^= (uint8_t)(1u << (i % 8));
	}
	assert_ok(ingest(1, &bad));
	assert_held(3);
	bw_buf_free(&bad);
}

static void
test_every_truncation_is_refused(void **state)
{
	struct bw_buf bad = BW_BUF_INIT(1 << 20);

	(void)state;
	share(0, NAME | EMAIL);
	booth_sign(&b);
	for (size_t n = 0; n < b.upload.len; n++) {
		bw_buf_reset(&bad);
		assert_ok(bw_buf_put(&bad, b.upload.ptr, n));
		assert_refused(ingest(1, &bad), BW_ERR_FORMAT);
	}
	bw_buf_reset(&bad);
	assert_ok(bw_buf_put(&bad, b.upload.ptr, b.upload.len));
	assert_ok(bw_buf_put_u8(&bad, 0xf6));
	assert_refused(ingest(1, &bad), BW_ERR_FORMAT);
	bw_buf_free(&bad);
}

/* Sign with a key that is not the log's. */
static void
test_other_key(void **state)
{
	struct crypto_key *own = b.log;

	(void)state;
	assert_ok(crypto_key_generate(&b.log));
	share(0, NAME | EMAIL);
	assert_refused(send(), BW_ERR_SIG);
	crypto_key_close(&b.log);
	b.log = own;
}

static void
test_other_origin(void **state)
{
	(void)state;
	share(0, NAME | EMAIL);
	b.device.origin[strlen(b.device.origin) - 1] = '8';
	booth_sign(&b);
	booth_look(&b);
	assert_int_not_equal(ingest(1, &b.upload), BW_OK);
	assert_held(1);
}

/* The upload says that it begins elsewhere. */
static void
test_wrong_from(void **state)
{
	(void)state;
	share(0, NAME | EMAIL);
	booth_sign(&b);
	assert_refused(ingest(0, &b.upload), BW_ERR_ROOT);
	/* Beyond what is held: the size comes with the answer. */
	booth_begin(&b);
	share(1, NAME | EMAIL);
	booth_sign(&b);
	assert_refused(ingest(2, &b.upload), BW_ERR_GAP);
	assert_int_equal(out.size, 1);
}

/* Encode an entry that breaks one rule, put it and its body, sign. */
static bw_err
forged(const struct entry *e, const struct bw_buf *body)
{
	uint8_t bytes[ENTRY_MAX], leaf[CRYPTO_HASH];
	struct upload_item item = { bytes, 0, body->ptr, body->len };

	assert_ok(entry_encode(e, bytes, &item.entry_len));
	assert_ok(upload_put_item(&b.upload, &item));
	assert_ok(tree_leaf_hash(bytes, item.entry_len, leaf));
	assert_ok(tree_append(&b.chain.tree, leaf));
	booth_sign(&b);
	return ingest(1, &b.upload);
}

static void
test_broken_chains(void **state)
{
	static const struct {
		bw_err want;
		int what;
	} table[] = {
		{ BW_ERR_CHAIN, 0 }, { BW_ERR_CHAIN, 1 }, { BW_ERR_CHAIN, 2 },
		{ BW_ERR_CHAIN, 3 }, { BW_ERR_CHAIN, 4 }, { BW_ERR_COMMIT, 5 },
		{ BW_ERR_CHAIN, 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct bw_buf body = BW_BUF_INIT(BODY_MAX);
		struct body share_body = booth_share(&b, 0, NAME | EMAIL);
		struct entry e = { .kind = ENTRY_SHARE, .seq = 1,
			.time = b.now };
		struct chain next = b.chain;
		uint8_t scratch[ENTRY_MAX];
		size_t len;

		assert_ok(body_encode(&share_body, &body));
		assert_ok(chain_make(&next, ENTRY_SHARE, body.ptr, body.len,
		    b.now, scratch, &len, &e));
		switch (table[i].what) {
		case 0:
			e.seq = 2;
			break;
		case 1:
			e.prev[31] ^= 1;
			break;
		case 2:
			e.time = SUMMIT_NOW - 1;
			break;
		case 3:
			e.pol = 1;
			break;
		case 4:
			e.kind = ENTRY_OPEN;
			break;
		case 5:
			e.commit[0] ^= 1;
			break;
		default:
			/* A decline timed to the second. */
			e.kind = ENTRY_DECLINE;
			e.time += 1;
			break;
		}
		assert_refused(forged(&e, &body), table[i].want);
		assert_true(out.has_entry);
		assert_int_equal(out.entry, 1);
		bw_buf_free(&body);
		teardown(NULL);
		setup(NULL);
	}
}

static void
test_null_body_is_refused(void **state)
{
	uint8_t entry[ENTRY_MAX];
	struct upload_item item = { entry, 0, NULL, 0 };
	struct bw_buf bytes = BW_BUF_INIT(BODY_MAX);
	struct body body = booth_share(&b, 0, NAME | EMAIL);
	struct entry e;

	(void)state;
	assert_ok(body_encode(&body, &bytes));
	assert_ok(chain_make(&b.chain, ENTRY_SHARE, bytes.ptr, bytes.len,
	    b.now, entry, &item.entry_len, &e));
	assert_ok(upload_put_item(&b.upload, &item));
	booth_sign(&b);
	assert_refused(ingest(1, &b.upload), BW_ERR_FORMAT);
	assert_int_equal(out.entry, 1);
	bw_buf_free(&bytes);
}

/* The last of many is wrong: the others are not kept either. */
static void
test_all_or_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 50; i++)
		share(0, NAME | EMAIL);
	b.upload.ptr[b.upload.len - 20] ^= 1;	/* in the last body */
	booth_sign(&b);
	assert_refused(ingest(1, &b.upload), BW_ERR_COMMIT);
	assert_int_equal(out.entry, 50);
}

static void
test_too_many(void **state)
{
	(void)state;
	for (int i = 0; i < UPLOAD_ENTRIES_MAX + 1; i++)
		decline();
	assert_refused(send(), BW_ERR_BOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_flipped_bits_are_refused),
		TEST(test_every_truncation_is_refused),
		TEST(test_other_key),
		TEST(test_other_origin),
		TEST(test_wrong_from),
		TEST(test_broken_chains),
		TEST(test_null_body_is_refused),
		TEST(test_all_or_nothing),
		TEST(test_too_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
