// SPDX-License-Identifier: Apache-2.0
/* The device's own memory of shares. */
#include "tests/support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "kiosk/journal.h"
#include "kiosk/marks.h"
#include "tests/support/booth.h"

#define T0 1778572800u
#define MARKS 8192

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
	snprintf(dir, sizeof(dir), "/tmp/badgeward-shared-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/journal.db", dir);
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

static struct journal *
fresh(void)
{
	struct journal *j;
	struct body b;

	unlink(path);
	booth_opening(&policy, log_key, &b);
	assert_ok(journal_create(&j, path, log_key, BOOTH_ORIGIN,
	    crypto_key_spki(booth.host), &b, T0));
	return j;
}

static struct journal *
again(struct journal *j)
{
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	return j;
}

static uint64_t
share(struct journal *j, uint8_t who, int64_t day)
{
	struct body b = { .kind = ENTRY_SHARE };
	struct journal_mark m = { .mark = { who }, .day = day };
	uint64_t seq;

	memcpy(b.u.share.badge_id, "badge-id", BADGE_ID);
	b.u.share.edition = 1;
	strcpy(b.u.share.sponsor, "example-corp");
	b.u.share.granted = FIELD_BIT(FIELD_NAME);
	strcpy(b.u.share.language, "en");
	assert_ok(journal_append_share(j, &b, &m, T0, &seq));
	assert_ok(journal_confirm(j));
	return seq;
}

static void
undo(struct journal *j, uint64_t seq)
{
	struct body b = { .kind = ENTRY_UNDO, .u.undo.share_seq = seq };

	assert_ok(journal_append(j, &b, T0, &seq));
}

/* The day on which it was shared; 0: never. */
static int64_t
day_of(struct journal *j, uint8_t who)
{
	struct journal_mark m = { .mark = { who } };
	bw_err r = journal_shared_before(j, &m);

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	assert_true((r == BW_OK) == (m.day != 0));
	return m.day;
}

static void
shares_are_remembered_and_undone_ones_not(void **state)
{
	struct journal *j = fresh();
	uint64_t seq;

	(void)state;
	assert_int_equal(day_of(j, 1), 0);
	share(j, 1, 20);
	seq = share(j, 2, 21);
	assert_int_equal(day_of(j, 1), 20);
	assert_int_equal(day_of(j, 2), 21);
	j = again(j);
	assert_int_equal(day_of(j, 2), 21);
	undo(j, seq);
	assert_int_equal(day_of(j, 2), 0);
	/* Of two the first one stands. */
	share(j, 1, 25);
	assert_int_equal(day_of(j, 1), 25);
	seq = share(j, 1, 26);
	undo(j, seq);
	j = again(j);
	assert_int_equal(day_of(j, 1), 25);
	assert_int_equal(day_of(j, 2), 0);
	assert_ok(journal_forget_shared(j));
	j = again(j);
	assert_int_equal(day_of(j, 1), 0);
	journal_close(&j);
}

/* It never became known to its attendee: the next process undoes it. */
static void
an_unconfirmed_share_is_forgotten(void **state)
{
	struct body b = { .kind = ENTRY_SHARE };
	struct journal_mark m = { .mark = { 3 }, .day = 22 };
	struct journal *j = fresh();
	uint64_t seq;

	(void)state;
	memcpy(b.u.share.badge_id, "badge-id", BADGE_ID);
	b.u.share.edition = 1;
	strcpy(b.u.share.sponsor, "example-corp");
	b.u.share.granted = FIELD_BIT(FIELD_NAME);
	strcpy(b.u.share.language, "en");
	assert_ok(journal_append_share(j, &b, &m, T0, &seq));
	assert_int_equal(day_of(j, 3), 22);
	j = again(j);
	assert_int_equal(journal_size(j), 3);	/* with the undo */
	assert_int_equal(day_of(j, 3), 0);
	journal_close(&j);
}

static int64_t
number(const char *sql)
{
	sqlite3_stmt *s;
	sqlite3 *db;
	int64_t n;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL),
	    SQLITE_OK);
	n = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_finalize(s);
	sqlite3_close(db);
	return n;
}

static void
the_earliest_are_forgotten(void **state)
{
	struct journal *j = fresh();

	(void)state;
	share(j, 1, 30);
	journal_close(&j);
	number("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
	    "FROM n WHERE i < 8192) INSERT INTO shared SELECT "
	    "CAST(printf('%016d', i) AS BLOB), i + 100 FROM n");
	assert_int_equal(number("SELECT count(*) FROM shared"), MARKS);
	assert_ok(journal_open(&j, path, log_key));
	for (int who = 2; who <= MARKS_MAX + 1; who++)
		share(j, (uint8_t)who, 20000);
	assert_int_equal(day_of(j, 1), 30);
	/* Now all of the row but the last join the others in the table. */
	share(j, MARKS_MAX + 2, 20000);
	assert_int_equal(day_of(j, 1), 0);
	for (int who = 2; who <= MARKS_MAX + 2; who++)
		assert_int_equal(day_of(j, (uint8_t)who), 20000);
	j = again(j);
	for (int who = 2; who <= MARKS_MAX + 2; who++)
		assert_int_equal(day_of(j, (uint8_t)who), 20000);
	journal_close(&j);
	assert_int_equal(number("SELECT count(*) FROM shared"), MARKS);
	assert_int_equal(number("SELECT min(day) FROM shared"),
	    100 + MARKS_MAX);
}

/* What the table knows already is known by its last day, wherever it is. */
static void
the_last_day_counts(void **state)
{
	struct journal *j = fresh();

	(void)state;
	for (int round = 0; round < 3; round++)
		for (int who = 1; who <= MARKS_MAX + 2; who++)
			share(j, (uint8_t)who, 20 + round);
	share(j, 1, 30);
	undo(j, share(j, 2, 31));
	j = again(j);
	assert_int_equal(day_of(j, 1), 30);
	for (int who = 2; who <= MARKS_MAX + 2; who++)
		assert_int_equal(day_of(j, (uint8_t)who), 22);
	journal_close(&j);
	assert_int_equal(number("SELECT count(*) FROM shared"),
	    MARKS_MAX + 2);
}

static void
marks_lie_in_their_own_order(void **state)
{
	static const uint8_t who[] = { 5, 9, 3, 7, 3, 200, 1 };
	struct marks m = { .seq = 0 }, back;
	struct bw_buf b = BW_BUF_INIT(MARKS_BYTES);

	(void)state;
	for (size_t i = 0; i < sizeof(who); i++) {
		marks_join(&m, i + 1);
		m.seq = i + 1;
		m.last = (struct journal_mark){ { who[i] }, (int64_t)i };
	}
	assert_ok(marks_encode(&m, &b));
	assert_ok(marks_decode(b.ptr, b.len, &back));
	assert_int_equal(back.seq, 7);
	assert_int_equal(back.n, 5);
	for (size_t i = 1; i < back.n; i++)
		assert_true(back.one[i - 1].mark[0] < back.one[i].mark[0]);
	assert_int_equal(marks_find(&back, (uint8_t[REPEAT_MARK]){ 3 }), 4);
	assert_int_equal(marks_find(&back, (uint8_t[REPEAT_MARK]){ 1 }), 6);
	assert_int_equal(marks_find(&back, (uint8_t[REPEAT_MARK]){ 2 }), -1);
	for (size_t len = 0; len < b.len; len++)
		if (len % (REPEAT_MARK + 8) != 8 || len == 8)
			assert_err(marks_decode(b.ptr, len, &back),
			    BW_ERR_FORMAT);
	bw_buf_free(&b);
}

/* When the host has a share nothing says which of the marks is whose. */
static void
cosigned_shares_have_no_number(void **state)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct bw_buf both = BW_BUF_INIT(NOTE_MAX);
	struct journal *j = fresh();
	uint64_t seq = share(j, 9, 20);

	(void)state;
	assert_ok(journal_get(j, seq, NULL, NULL, &note));
	assert_ok(booth_cosign(&booth, (const char *)note.ptr, note.len, T0,
	    &both));
	assert_ok(journal_cosign(j, (const char *)both.ptr, both.len));
	assert_int_equal(day_of(j, 9), 20);
	journal_close(&j);
	assert_int_equal(number("SELECT hex(substr(marks, 1, 8)) = "
	    "'0000000000000000' AND length(marks) = 32 FROM state"), 1);
	bw_buf_free(&note);
	bw_buf_free(&both);
}

static void
marks_are_the_device_s_own(void **state)
{
	static const uint8_t scalar[CRYPTO_KEY] = { 8 };
	static const uint8_t id[BADGE_ID] = "badge-id", salt[REPEAT_SALT];
	uint8_t a[REPEAT_MARK], b[REPEAT_MARK];
	struct crypto_key *other;
	struct journal *j = fresh();

	(void)state;
	assert_ok(crypto_key_open(&other, scalar));
	assert_ok(repeat_mark(log_key, salt, id, a));
	assert_ok(repeat_mark(other, salt, id, b));
	assert_memory_not_equal(a, b, REPEAT_MARK);
	assert_ok(repeat_mark(log_key, journal_salt(j), id, b));
	assert_memory_not_equal(a, b, REPEAT_MARK);
	assert_ok(repeat_mark(log_key, salt, id, b));
	assert_memory_equal(a, b, REPEAT_MARK);
	crypto_key_close(&other);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_are_remembered_and_undone_ones_not),
		cmocka_unit_test(an_unconfirmed_share_is_forgotten),
		cmocka_unit_test(the_earliest_are_forgotten),
		cmocka_unit_test(the_last_day_counts),
		cmocka_unit_test(marks_lie_in_their_own_order),
		cmocka_unit_test(cosigned_shares_have_no_number),
		cmocka_unit_test(marks_are_the_device_s_own),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
