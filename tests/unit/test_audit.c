// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "host/auditfile.h"
#include "host/export_audit.h"
#include "host/store_audit.h"
#include "record/tree.h"

#define WRITERS 4
#define ROWS 50		/* of each */
#define MANY 20000

static struct summit sum;
static uint8_t head[CRYPTO_HASH];

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	summit_close(&sum);
	return 0;
}

static void
add(struct store *s, int n)
{
	char object[40];

	snprintf(object, sizeof(object), "registration %d", n);
	assert_ok(store_begin(s));
	assert_ok(audit_add(s, 1000 + n, "cli:test", DID_BADGE_ISSUE, object,
	    n % 2 == 0 ? "why not" : ""));
	assert_ok(store_commit(s));
}

static uint64_t
export(struct bw_buf *b)
{
	struct outfile *out;
	char path[FILE_PATH_MAX];
	uint64_t n;

	snprintf(path, sizeof(path), "%s/audit.txt", sum.dir);
	assert_ok(outfile_open(&out, path, true));
	assert_ok(export_audit(sum.store, sum.host, out, NULL, &n, head));
	assert_ok(outfile_commit(out));
	outfile_close(&out);
	bw_buf_reset(b);
	assert_ok(file_read(path, b));
	return n;
}

static bw_err
verify(const void *p, size_t len, const uint8_t *want,
    struct auditfile_report *rep)
{
	char origin[ORIGIN_MAX + 1];
	const struct auditfile_want w = { origin,
		crypto_key_spki(sum.host->host), want };
	struct fault f = { 0 };
	FILE *in = tmpfile();
	bw_err r;

	assert_non_null(in);
	assert_int_equal(fwrite(p, 1, len, in), len);
	rewind(in);
	assert_ok(audit_origin(sum.host, origin));
	r = auditfile_verify(in, &w, rep, &f);
	fclose(in);
	assert_true((r == BW_OK) == (f.text[0] == 0));
	return r;
}

static void
test_chain(void **state)
{
	struct bw_buf b = BW_BUF_INIT(1 << 20), older = BW_BUF_INIT(1 << 20);
	uint8_t before[CRYPTO_HASH], none[CRYPTO_HASH] = { 1 };
	struct auditfile_report rep;
	uint64_t n;

	(void)state;
	export(&b);
	assert_ok(verify(b.ptr, b.len, NULL, &rep));
	assert_int_equal(rep.rows, 0);
	for (int i = 0; i < 5; i++)
		add(sum.store, i);
	assert_int_equal(export(&older), 5);
	memcpy(before, head, sizeof(before));
	for (int i = 5; i < 9; i++)
		add(sum.store, i);
	assert_int_equal(export(&b), 9);
	assert_ok(verify(b.ptr, b.len, before, &rep));
	assert_int_equal(rep.rows, 9);
	assert_int_equal(rep.seen, 5);
	assert_true(rep.is_signed);
	assert_memory_equal(rep.head, head, CRYPTO_HASH);
	assert_ok(audit_head(sum.store, &n, before));
	assert_int_equal(n, 9);
	assert_memory_equal(before, head, CRYPTO_HASH);
	/* The newest are gone: the file is right in itself, and yet. */
	assert_ok(verify(older.ptr, older.len, NULL, &rep));
	assert_err(verify(older.ptr, older.len, head, &rep), BW_ERR_GONE);
	assert_err(verify(b.ptr, b.len, none, &rep), BW_ERR_GONE);
	bw_buf_free(&b);
	bw_buf_free(&older);
}

/* Any byte another, any byte missing, any line missing. */
static void
test_every_change_shows(void **state)
{
	struct bw_buf b = BW_BUF_INIT(1 << 20), cut = BW_BUF_INIT(1 << 20);
	struct auditfile_report rep;

	(void)state;
	for (int i = 0; i < 3; i++)
		add(sum.store, i);
	export(&b);
	assert_ok(verify(b.ptr, b.len, NULL, &rep));
	for (size_t i = 0; i < b.len; i++) {
		b.ptr[i] ^= 1;
		assert_true(verify(b.ptr, b.len, NULL, &rep) != BW_OK);
		b.ptr[i] ^= 1;
		bw_buf_reset(&cut);
		assert_ok(bw_buf_put(&cut, b.ptr, i));
		assert_true(verify(cut.ptr, cut.len, NULL, &rep) != BW_OK);
		assert_ok(bw_buf_put(&cut, b.ptr + i + 1, b.len - i - 1));
		assert_true(verify(cut.ptr, cut.len, NULL, &rep) != BW_OK);
	}
	bw_buf_free(&cut);
	bw_buf_free(&b);
}

static void
writer(void)
{
	struct store *s;

	assert_ok(store_open(&s, sum.host->db_path));
	for (int i = 0; i < ROWS; i++)
		add(s, i);
	store_close(&s);
}

/* Several processes at once, and one chain without a gap. */
static void
test_many_writers(void **state)
{
	struct bw_buf b = BW_BUF_INIT(1 << 20);
	struct auditfile_report rep;
	pid_t pid[WRITERS];
	int status;

	(void)state;
	for (int i = 0; i < WRITERS; i++)
		if ((pid[i] = fork()) == 0) {
			writer();
			_exit(0);
		}
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
		assert_int_equal(status, 0);
	}
	assert_int_equal(export(&b), WRITERS * ROWS);
	assert_ok(verify(b.ptr, b.len, NULL, &rep));
	assert_int_equal(rep.rows, WRITERS * ROWS);
	bw_buf_free(&b);
}

static void
test_what_is_refused(void **state)
{
	static const char *const bad[] = { "", "tab\there", "line\n",
		"\xff" };
	char lengthy[AUDIT_TEXT_MAX + 2];
	uint8_t hash[CRYPTO_HASH];
	uint64_t n;

	(void)state;
	memset(lengthy, 'x', sizeof(lengthy));
	lengthy[AUDIT_TEXT_MAX + 1] = 0;
	assert_err(audit_add(sum.store, 1, "a", DID_LOGIN, "c", ""),
	    BW_ERR_ARG);
	assert_ok(store_begin(sum.store));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(audit_add(sum.store, 1, "a", DID_LOGIN, bad[i], ""),
		    BW_ERR_ARG);
	assert_err(audit_add(sum.store, 1, "a", DID_LOGIN, "c", lengthy),
	    BW_ERR_ARG);
	assert_ok(audit_add(sum.store, 1, "a", DID_LOGIN, "c", lengthy + 1));
	store_rollback(sum.store);
	/* What is rolled back leaves no gap. */
	assert_ok(audit_head(sum.store, &n, hash));
	assert_int_equal(n, 0);
}

static void
test_commitments(void **state)
{
	char a[AUDIT_COMMITMENT_SIZE], b[AUDIT_COMMITMENT_SIZE];
	char c[AUDIT_COMMITMENT_SIZE];

	(void)state;
	assert_ok(store_begin(sum.store));
	assert_ok(audit_commitment(sum.store, "registration 1", "x@y", 3, a));
	assert_ok(audit_commitment(sum.store, "registration 1", "x@y", 3, b));
	assert_ok(audit_commitment(sum.store, "registration 2", "x@y", 3, c));
	assert_string_equal(a, b);
	assert_string_not_equal(a, c);
	assert_int_equal(strlen(a), AUDIT_COMMITMENT_SIZE - 1);
	/* Whoever is erased takes the salt along. */
	assert_ok(store_registration_status(sum.store, 1, REG_DELETED, 5));
	assert_ok(audit_commitment(sum.store, "registration 1", "x@y", 3, b));
	assert_string_not_equal(a, b);
	store_rollback(sum.store);
}

static bw_err
ids(void *arg, const struct audit_row *row)
{
	struct bw_buf *b = arg;

	return bw_buf_printf(b, "%u,", (unsigned)row->id);
}

static void
listed(uint64_t before, unsigned limit, const char *object, const char *want)
{
	struct bw_buf b = BW_BUF_INIT(200);
	const char *got;

	assert_ok(audit_each(sum.store, before, limit, object, ids,
	    &b));
	assert_ok(bw_buf_cstr(&b, &got));
	assert_string_equal(got, want);
	bw_buf_free(&b);
}

static void
test_pages(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++)
		add(sum.store, i);
	listed(0, 3, NULL, "5,4,3,");
	listed(3, 3, NULL, "2,1,");
	listed(0, 9, "registration 1", "2,");
}

static int64_t
took(unsigned limit, const char *object)
{
	struct bw_buf b = BW_BUF_INIT(1 << 20);
	int64_t best = INT64_MAX;

	for (int i = 0; i < 5; i++) {
		int64_t start = clock_mono_us(), us;

		bw_buf_reset(&b);
		assert_ok(audit_each(sum.store, 0, limit, object, ids,
		    &b));
		us = clock_mono_us() - start;
		best = us < best ? us : best;
	}
	bw_buf_free(&b);
	return best;
}

/* What is in the audit about one thing costs as much as that is, however much
 * there is about others. In one run, against a walk over them. */
static void
test_about_one_thing(void **state)
{
	int64_t one, walk;

	(void)state;
	add(sum.store, 1);
	assert_ok(store_begin(sum.store));
	for (int i = 0; i < MANY; i++)
		assert_ok(audit_add(sum.store, 2000, "cli:test", DID_BADGE_ISSUE,
		    "registration 2", ""));
	assert_ok(store_commit(sum.store));
	one = took(10, "registration 1");
	walk = took(MANY, NULL);
	if (one * 100 > walk)
		fail_msg("%lld us, of %lld", (long long)one, (long long)walk);
}

/* The bytes that AUDIT.md says, by hand. */
static void
test_bytes(void **state)
{
	static const char bytes[] = "badgeward/1 audit\0"
	    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	    "\0\0\0\0\0\0\0\1" "\0\0\0\0\0\0\3\xe8" "\0\0\0\1a" "\0\0\0\2bc"
	    "\0\0\0\3def" "\0\0\0\0";
	const struct audit_row row = { 1, 1000, "a", "bc", "def", "", { 0 } };
	const uint8_t zero[CRYPTO_HASH] = { 0 };
	uint8_t want[CRYPTO_HASH], is[CRYPTO_HASH];

	(void)state;
	assert_ok(tree_leaf_hash((const uint8_t *)bytes, sizeof(bytes) - 1,
	    want));
	assert_ok(audit_row_hash(&row, zero, is));
	assert_memory_equal(is, want, CRYPTO_HASH);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_chain),
		TEST(test_every_change_shows),
		TEST(test_many_writers),
		TEST(test_what_is_refused),
		TEST(test_commitments),
		TEST(test_pages),
		TEST(test_about_one_thing),
		TEST(test_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
