// SPDX-License-Identifier: Apache-2.0
/*
 * Fail the Nth write, truncation or sync of the journal, or of the file that
 * takes an undo that is owed (disk.h), N = 1, 2 … until none fires; once, and
 * from then on; with a full disk and with an I/O error. After each: an error
 * was told, what was confirmed is there, what was refused is not shared, and
 * the chain verifies; an answer by which nothing was shared is counted once, in
 * the log or beside it, and a journal is not called mended that takes no write.
 */
#include "tests/support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "kiosk/journal_db.h"
#include "record/chain.h"
#include "record/upload.h"
#include "tests/fault/disk.h"
#include "tests/support/booth.h"

#define T0 1778572800u

static struct booth booth;
static struct policy policy;
static struct crypto_key *log_key;
static char dir[64], path[128];

static int
set_up(void **state)
{
	static const uint8_t scalar[CRYPTO_KEY] = { 7, 7, 7 };

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, T0, &policy);
	assert_ok(crypto_key_open(&log_key, scalar));
	snprintf(dir, sizeof(dir), "/tmp/badgeward-fault-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/journal.db", dir);
	disk_install();
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	booth_close(&booth);
	crypto_key_close(&log_key);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

/* What the kiosk was told of each try to append. */
struct told {
	enum entry_kind kind;
	uint64_t seq;		/* when it was stored */
	bool stored;
	uint8_t mark;		/* in the body */
};

#define TRIES 12
static struct told told[TRIES];
static unsigned ntold;

/* And of each answer: told apart by its reason. */
#define ANSWERS UNREAD_MORE_THAN_ONE
static bool kept[ANSWERS + 1];
static unsigned nanswers;

static struct journal *
fresh(void)
{
	struct journal *j;
	struct body b;
	char wal[160];

	unlink(path);
	snprintf(wal, sizeof(wal), "%s-wal", path);
	unlink(wal);
	booth_opening(&policy, log_key, &b);
	assert_ok(journal_create(&j, path, log_key, BOOTH_ORIGIN,
	    crypto_key_spki(booth.host), &b, T0));
	/* So many are known that the third share moves them. */
	for (j->marks.n = 0; j->marks.n < MARKS_MAX - 1; j->marks.n++)
		j->marks.one[j->marks.n].mark[0] =
		    (uint8_t)(0xff - MARKS_MAX + j->marks.n);
	ntold = nanswers = 0;
	return j;
}

/* What a failure left broken is mended, by a write that is taken. */
static void
mend(struct journal *j)
{
	bool down = fault.forever && fault.fired;
	bw_err r = journal_mend(j);

	if (down)
		assert_int_not_equal(r, BW_OK);
	if (down || r == BW_OK)
		assert_int_equal(journal_is_broken(j), down);
}

static void
try_answer(struct journal *j, uint64_t now)
{
	struct body b = { .kind = ENTRY_UNREAD };
	bw_err r;

	b.u.unread.reason = (enum unread_reason)++nanswers;
	strcpy(b.u.unread.sponsor, "example-corp");
	r = journal_answer(j, &b, now);
	kept[nanswers] = r == BW_OK;
	assert_int_equal(journal_is_broken(j), r != BW_OK);
	if (r != BW_OK)
		mend(j);
}

static void
try_answers_end(struct journal *j, uint64_t now)
{
	bw_err r = journal_answers_end(j, now);

	assert_int_equal(journal_is_broken(j), r != BW_OK);
	if (r != BW_OK)
		mend(j);
}

static void
try_append(struct journal *j, enum entry_kind kind)
{
	struct told *t = &told[ntold];
	struct journal_mark m = { .day = 20 };
	struct body b = { .kind = kind };
	bw_err r;

	t->kind = kind;
	t->mark = m.mark[0] = (uint8_t)(ntold++ + 1);
	if (kind == ENTRY_SHARE) {
		memset(b.u.share.badge_id, t->mark, BADGE_ID);
		b.u.share.edition = t->mark;
		strcpy(b.u.share.sponsor, "example-corp");
		strcpy(b.u.share.language, "en");
	} else
		strcpy(b.u.stop.sponsor, "example-corp");
	r = journal_append_share(j, &b, kind == ENTRY_SHARE ? &m : NULL,
	    T0 + ntold, &t->seq);
	assert_int_equal(journal_is_broken(j), r != BW_OK &&
	    r != BW_ERR_BUSY);
	if (r == BW_OK && kind == ENTRY_SHARE)
		r = journal_confirm(j);
	t->stored = r == BW_OK;
	if (!t->stored) {
		bool fired = fault.fired;

		assert_true(fired);
		mend(j);
	}
}

static bw_err
try_cosign(struct journal *j)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct bw_buf both = BW_BUF_INIT(NOTE_MAX);
	bw_err r;

	r = journal_get(j, journal_size(j) - 1, NULL, NULL, &note);
	if (r == BW_OK && (r = booth_cosign(&booth, (const char *)note.ptr,
	    note.len, T0, &both)) == BW_OK)
		r = journal_cosign(j, (const char *)both.ptr, both.len);
	bw_buf_free(&note);
	bw_buf_free(&both);
	return r;
}

static void
entries(struct journal *j)
{
	bw_err r;

	for (unsigned i = 0; i < 3; i++) {
		try_append(j, ENTRY_SHARE);
		try_append(j, ENTRY_DECLINE);
	}
	r = try_cosign(j);
	(void)r;	/* its failure is the next append's matter */
	try_append(j, ENTRY_SHARE);
	journal_rest(j, 1);
	journal_rest(j, 1 + JOURNAL_REST_MS);
	try_append(j, ENTRY_SHARE);
}

/* Of two quarter hours, around a share. */
static void
answers(struct journal *j)
{
	for (unsigned i = 0; i < 3; i++)
		try_answer(j, T0 + 100);
	try_append(j, ENTRY_SHARE);
	try_answer(j, T0 + 2 * ENTRY_COARSE);
	try_answers_end(j, T0 + 2 * ENTRY_COARSE);
	try_answer(j, T0 + 2 * ENTRY_COARSE);
	try_answers_end(j, T0 + 3 * ENTRY_COARSE);
}

/* Which marks stand in the journal as shares, and which of them are undone. */
static void
survey(struct journal *j, uint64_t share_of[256], bool undone[256])
{
	uint64_t seq_of[256] = { 0 };

	memset(share_of, 0, 256 * sizeof(share_of[0]));
	memset(undone, 0, 256 * sizeof(undone[0]));
	for (uint64_t seq = 0; seq < journal_size(j); seq++) {
		struct bw_buf e = BW_BUF_INIT(ENTRY_MAX);
		struct bw_buf b = BW_BUF_INIT(BODY_MAX);
		struct entry entry;
		struct body body;
		bw_err r = journal_get(j, seq, &e, &b, NULL);

		if (r == BW_ERR_NOTFOUND && seq + 1 < journal_cosigned(j))
			continue;
		assert_ok(r);
		assert_ok(entry_decode(e.ptr, e.len, &entry));
		assert_int_equal(entry.seq, seq);
		if (b.len != 0) {
			assert_ok(body_decode(entry.kind, b.ptr, b.len,
			    &body));
			if (entry.kind == ENTRY_SHARE) {
				seq_of[body.u.share.edition] = seq;
				share_of[body.u.share.edition]++;
			}
			for (int m = 0; m < 256 && entry.kind == ENTRY_UNDO;
			    m++)
				if (share_of[m] > 0 && seq_of[m] ==
				    body.u.undo.share_seq)
					undone[m] = true;
		}
		bw_buf_free(&e);
		bw_buf_free(&b);
	}
}

/* How often each answer stands in the log. */
static void
count_logged(struct journal *j, unsigned n[static ANSWERS + 1])
{
	for (uint64_t seq = journal_cosigned(j); seq < journal_size(j); seq++) {
		struct bw_buf e = BW_BUF_INIT(ENTRY_MAX);
		struct bw_buf b = BW_BUF_INIT(BODY_MAX);
		struct entry entry;
		struct body body;

		assert_ok(journal_get(j, seq, &e, &b, NULL));
		assert_ok(entry_decode(e.ptr, e.len, &entry));
		if (entry.kind == ENTRY_UNREAD) {
			assert_ok(body_decode(entry.kind, b.ptr, b.len,
			    &body));
			n[body.u.unread.reason]++;
		}
		bw_buf_free(&e);
		bw_buf_free(&b);
	}
}

/* And beside it. */
static void
count_waiting(struct journal *j, unsigned n[static ANSWERS + 1])
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(j->db,
	    "SELECT reason, n FROM answer", -1, &s, NULL), SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		n[sqlite3_column_int(s, 0)] += (unsigned)
		    sqlite3_column_int(s, 1);
	sqlite3_finalize(s);
}

/* One that was kept is there once; one that was not may be, for the outcome of
 * a failed commit is not known. All of them can leave. */
static void
judge_answers(struct journal *j, bool all_logged)
{
	struct bw_buf up = BW_BUF_INIT(UPLOAD_MAX);
	unsigned n[ANSWERS + 1] = { 0 };
	uint64_t to;

	count_logged(j, n);
	if (!all_logged)
		count_waiting(j, n);
	for (unsigned i = 1; i <= nanswers; i++) {
		assert_true(n[i] <= 1);
		assert_true(n[i] == 1 || !kept[i]);
	}
	if (journal_cosigned(j) < journal_size(j)) {
		assert_ok(journal_upload(j, journal_cosigned(j),
		    journal_size(j), &up, &to));
		assert_int_equal(to, journal_size(j));
	}
	bw_buf_free(&up);
}

static bool
is_known(struct journal *j, uint8_t mark)
{
	struct journal_mark m = { .mark = { mark } };
	bw_err r = journal_shared_before(j, &m);

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	return r == BW_OK;
}

/* A share whose commit failed is not there or undone, after a crash too: that
 * it failed was noted. The device's own memory says the same. */
static void
judge(struct journal *j)
{
	uint64_t shares[256], last = 0;
	bool undone[256];

	judge_answers(j, false);
	survey(j, shares, undone);
	for (unsigned i = 0; i < ntold; i++) {
		const struct told *t = &told[i];

		if (t->stored) {
			assert_true(t->seq > last);
			assert_true(t->seq < journal_size(j));
			last = t->seq;
		}
		if (t->kind == ENTRY_SHARE)
			assert_int_equal(is_known(j, t->mark), t->stored);
		if (t->kind != ENTRY_SHARE || (t->stored &&
		    t->seq < journal_cosigned(j)))
			continue;
		if (t->stored) {
			assert_int_equal(shares[t->mark], 1);
			assert_false(undone[t->mark]);
		} else if (shares[t->mark] != 0)
			assert_true(undone[t->mark]);
	}
}

static void
round_of(void (*scenario)(struct journal *j), unsigned n, bool forever,
    int error, bool crash)
{
	struct journal *j = fresh();
	char cmd[1000], copy[160];
	uint64_t seq;
	struct body b = { .kind = ENTRY_DECLINE };

	fault.left = n;
	fault.forever = forever;
	fault.error = error;
	fault.fired = fault.writes = false;
	scenario(j);
	fault.left = 0;
	fault.forever = false;
	if (crash) {
		/* What a new process finds when this one is just gone. */
		snprintf(copy, sizeof(copy), "%s/crash", dir);
		snprintf(cmd, sizeof(cmd), "rm -rf '%s'; mkdir '%s'; "
		    "cp '%s'* '%s'", copy, copy, path, copy);
		assert_int_equal(system(cmd), 0);
		journal_close(&j);
		snprintf(copy, sizeof(copy), "%s/crash/journal.db", dir);
		assert_ok(journal_open(&j, copy, log_key));
	} else {
		assert_ok(journal_mend(j));
		judge(j);
		journal_close(&j);
		assert_ok(journal_open(&j, path, log_key));
	}
	judge(j);
	assert_ok(journal_answers_end(j, UINT64_MAX));
	assert_false(journal_answers_wait(j));
	judge_answers(j, true);
	strcpy(b.u.stop.sponsor, "example-corp");
	assert_ok(journal_append(j, &b, T0 + 100, &seq));
	journal_close(&j);
}

static void
until_none_fires(bool forever, int error, bool crash)
{
	void (*const scenario[])(struct journal *j) = { entries, answers };

	for (unsigned i = 0; i < 2; i++) {
		unsigned n = 1 + unit_first();

		for (;; n += unit_step()) {
			round_of(scenario[i], n, forever, error, crash);
			if (!fault.fired || n >= 2000)
				break;
		}
		assert_false(fault.fired);
		assert_true(n > 30);
		print_message("places failed below %u\n", n);
	}
}

static void
one_call_fails(void **state)
{
	(void)state;
	until_none_fires(false, SQLITE_IOERR, false);
}

static void
the_disk_is_full_once(void **state)
{
	(void)state;
	until_none_fires(false, SQLITE_FULL, false);
}

static void
every_call_fails_from_then_on(void **state)
{
	(void)state;
	until_none_fires(true, SQLITE_IOERR, false);
}

static void
the_disk_stays_full(void **state)
{
	(void)state;
	until_none_fires(true, SQLITE_FULL, false);
}

static void
a_crash_after_the_failure(void **state)
{
	(void)state;
	until_none_fires(true, SQLITE_IOERR, true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_call_fails),
		cmocka_unit_test(the_disk_is_full_once),
		cmocka_unit_test(every_call_fails_from_then_on),
		cmocka_unit_test(the_disk_stays_full),
		cmocka_unit_test(a_crash_after_the_failure),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
