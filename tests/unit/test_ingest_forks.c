// SPDX-License-Identifier: Apache-2.0
/* One log key, two histories: both notes are kept, and nothing else. */
#include "tests/support/intake.h"

#include "record/upload.h"

static bool note_has_others;

static bw_err
count_fork(void *arg, const struct store_fork *f)
{
	size_t *n = arg;

	assert_string_equal(f->device, "k07");
	assert_string_not_equal(f->held, f->other);
	assert_non_null(strstr(f->other, "log.summit.example/ev26/k07\n"));
	if (strstr(f->other, "other.example") != NULL)
		note_has_others = true;
	(*n)++;
	return BW_OK;
}

static size_t
forks(void)
{
	size_t n = 0;

	assert_ok(store_fork_each(sum.store, count_fork, &n));
	return n;
}

static void
test_fork_keeps_both_notes(void **state)
{
	struct chain before = b.chain;

	(void)state;
	share(0, NAME | EMAIL);
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_held(3);
	/* The same key goes on from entry 1 with another history. */
	b.chain = before;
	booth_begin(&b);
	share(1, NAME | EMAIL);
	share(1, NAME | EMAIL);
	assert_err(send(), BW_ERR_FORK);
	assert_int_equal(forks(), 1);
	assert_true(b.device.forked);
	assert_held(3);
	/* Told once, kept once; a longer one is another proof. */
	assert_err(ingest(1, &b.upload), BW_ERR_FORK);
	assert_int_equal(forks(), 1);
	b.chain = before;
	booth_begin(&b);
	for (int i = 0; i < 5; i++)
		share(1, NAME | EMAIL);
	assert_err(send(), BW_ERR_FORK);
	assert_int_equal(forks(), 2);
	assert_held(3);
	assert_int_equal(released("example-corp"), 2);
}

/* What others write into the note makes it no other proof, and a device that
 * forks for ever does not fill the disk. */
static void
test_forks_are_bounded(void **state)
{
	struct bw_buf note = BW_BUF_INIT(1 << 16), up = BW_BUF_INIT(1 << 20);
	struct checkpoint cp = { .size = 2 };
	struct chain before = b.chain;

	(void)state;
	share(0, NAME | EMAIL);
	assert_ok(send());
	b.chain = before;
	booth_begin(&b);
	share(1, NAME | EMAIL);
	assert_ok(bw_buf_put(&up, b.upload.ptr, b.upload.len));
	strcpy(cp.origin, b.device.origin);
	assert_ok(tree_root(&b.chain.tree, cp.root));
	assert_ok(checkpoint_sign(&cp, b.log, &note));
	assert_ok(bw_buf_put_str(&note,
	    "\xe2\x80\x94 other.example AAAAAAAA\n"));
	assert_ok(upload_put_note(&up, (const char *)note.ptr, note.len));
	assert_err(ingest(1, &up), BW_ERR_FORK);
	note_has_others = false;
	assert_int_equal(forks(), 1);
	assert_false(note_has_others);
	for (int i = 0; i < STORE_FORKS_MAX + 4; i++) {
		b.chain = before;
		booth_begin(&b);
		for (int n = 0; n < i + 2; n++)
			share(1, NAME | EMAIL);
		assert_err(send(), BW_ERR_FORK);
	}
	assert_int_equal(forks(), STORE_FORKS_MAX);
	bw_buf_free(&note);
	bw_buf_free(&up);
}

/* A contradiction that nobody signed is no fork. */
static void
test_no_fork_without_proof(void **state)
{
	struct chain before = b.chain, good;

	(void)state;
	share(0, NAME | EMAIL);
	assert_ok(send());
	good = b.chain;
	b.chain = before;
	booth_begin(&b);
	share(1, NAME | EMAIL);
	b.chain.tree = good.tree;	/* the root of the first history */
	booth_sign(&b);
	assert_err(ingest(1, &b.upload), BW_ERR_CHAIN);
	assert_true(out.has_entry);
	assert_int_equal(out.entry, 1);
	assert_int_equal(forks(), 0);
	assert_false(b.device.forked);
}

/* A bare checkpoint with another root for a size that is held. */
static void
test_fork_by_note_alone(void **state)
{
	struct chain before;

	(void)state;
	share(0, NAME | EMAIL);
	before = b.chain;
	share(0, NAME | EMAIL);
	assert_ok(send());
	b.chain = before;
	b.chain.tree.node[0][0] ^= 1;
	booth_begin(&b);
	booth_sign(&b);
	assert_err(ingest(2, &b.upload), BW_ERR_FORK);
	assert_int_equal(forks(), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_fork_keeps_both_notes),
		TEST(test_forks_are_bounded),
		TEST(test_no_fork_without_proof),
		TEST(test_fork_by_note_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
