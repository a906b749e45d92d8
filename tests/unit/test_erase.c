// SPDX-License-Identifier: Apache-2.0
/* Erasures: planned, undone, done. */
#include "tests/support/erasing.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/case.h"
#include "host/case_erase.h"
#include "host/hostclock.h"
#include "host/store_ack.h"

static void
test_plan_and_undo(void **state)
{
	struct registration was = get(0);
	int64_t due;

	(void)state;
	plan(0);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_err(DO(right_erase_plan(s.store, s.person[0], 0, NULL, HOURS, ME,
	    LATER + 9, &due)), BW_ERR_EXISTS);
	assert_int_equal(due, DUE);
	assert_int_equal(run(DUE - 1).erased, 0);
	assert_ok(DO(right_erase_undo(s.store, s.person[0], ME, DUE - 1)));
	assert_int_equal(get(0).status, REG_ATTENDING);
	assert_string_equal(get(0).values.v[FIELD_NAME],
	    was.values.v[FIELD_NAME]);
	assert_int_equal(run(DUE).erased, 0);
	assert_int_equal(lines(), 0);
	assert_err(DO(right_erase_undo(s.store, s.person[0], ME, LATER)),
	    BW_ERR_EXISTS);
	/* Due, but not done yet. */
	plan(0);
	assert_ok(DO(right_erase_undo(s.store, s.person[0], ME, DUE + 9)));
	assert_int_equal(run(DUE + 9).erased, 0);
	plan(0);
	assert_int_equal(run(DUE).erased, 1);
	assert_err(DO(right_erase_undo(s.store, s.person[0], ME, LATER)),
	    BW_ERR_GONE);
}

static bool
is_none(const char *sql)
{
	char path[FILE_PATH_MAX];
	sqlite3_stmt *st;
	sqlite3 *db;
	bool none;

	assert_in_range(snprintf(path, sizeof(path), "%s/host.db", s.dir), 1,
	    sizeof(path) - 1);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_bind_int64(st, 1, (int64_t)s.person[0]),
	    SQLITE_OK);
	none = sqlite3_step(st) == SQLITE_DONE;
	sqlite3_finalize(st);
	sqlite3_close(db);
	return none;
}

/* A share in the store, and whose it is, by whatever leads from one to the
 * other. */
static const char *const path_of[] = {
	"SELECT 1 FROM lead JOIN edition ON edition.id = lead.edition "
	    "WHERE holder = ?1",
	"SELECT 1 FROM lead JOIN edition ON edition.id = lead.edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "WHERE registration = ?1",
	"SELECT 1 FROM casefile WHERE registration = ?1 AND device <> 0",
	"SELECT 1 FROM mail_share JOIN mail ON mail.id = mail_share.mail "
	    "WHERE registration = ?1",
	"SELECT 1 FROM entry JOIN badge ON instr(body, badge_id) > 0 "
	    "WHERE registration = ?1",
	"SELECT 1 FROM lead JOIN audit ON audit.at = ended_at "
	    "WHERE object = 'registration ' || ?1",
	"SELECT 1 FROM ack JOIN audit ON audit.at = ack.at "
	    "WHERE object = 'registration ' || ?1",
};

static void
nobody(void)
{
	for (size_t i = 0; i < sizeof(path_of) / sizeof(path_of[0]); i++)
		assert_true(is_none(path_of[i]));
}

/* Of an edition of the badge that the host does not know. */
static uint64_t
share_unknown(void)
{
	struct body body = booth_share(&b, 0, FIELDS);

	body.u.share.edition = 9;
	return booth_add(&b, &body);
}

/* The badge is blocked by its registration for ever; its shares are nobody's:
 * those that were there, and one that comes later, of whatever edition. */
static void
test_shares_lead_to_nobody(void **state)
{
	struct case_new in = { .type = CASE_NOT_ME,
		.registration = s.person[0], .device = b.device.num };
	struct store_lead l;
	uint64_t num, late;

	(void)state;
	share_unknown();
	send();
	assert_false(is_none(path_of[0]));
	assert_false(is_none(path_of[4]));
	in.seq = share(0);
	send();
	assert_ok(DO(case_open(s.store, &in, ME, LATER, &num)));
	assert_false(is_none(path_of[2]));
	late = share(0);
	share_unknown();
	plan(0);
	assert_int_equal(run(DUE).erased, 1);
	send();
	assert_ok(store_lead_get(s.store, b.device.num, late, &l));
	nobody();
	assert_false(is_none("SELECT 1 FROM badge WHERE registration = ?1"));
	assert_false(is_none("SELECT 1 FROM ack WHERE kind = 3 AND ?1"));
}

/* Nor by the second in which all were withdrawn, which the audit has with whose
 * they were; what is left of it is not before the share. */
static void
test_seconds_lead_to_nobody(void **state)
{
	struct store_lead l;
	uint64_t n, seq = share(0), late;

	(void)state;
	send();
	assert_ok(DO(right_withdraw_all(s.store, s.person[0], ME, LATER, &n)));
	assert_int_equal(n, 1);
	assert_false(is_none(path_of[5]));
	late = share(0);
	send();
	plan(0);
	assert_int_equal(run(DUE).erased, 1);
	nobody();
	for (; seq <= late; seq++) {
		assert_ok(store_lead_get(s.store, b.device.num, seq, &l));
		assert_int_equal(l.state, LEAD_WITHDRAWN);
		assert_in_range(l.ended_at, l.time, LATER - 1);
	}
}

static void
test_erased(void **state)
{
	struct registration was = get(0);
	struct store_edition e;
	uint64_t seq = share(0), theirs = share(1), late, odder,
	    n[ACK_KINDS];
	struct body odd = booth_share(&b, 0, FIELDS);

	(void)state;
	send();
	late = share(0);
	plan(0);
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(run(DUE).erased, 0);
	assert_int_equal(lines(), 1);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_string_equal(get(0).values.v[FIELD_NAME], "");
	assert_string_not_equal(get(0).key, was.key);
	assert_ok(store_edition_find(s.store, s.badge[0], 1, &e));
	assert_string_equal(e.values.v[FIELD_EMAIL], "");
	assert_memory_equal(e.uid, ((uint8_t[BADGE_UID]){ 0 }), BADGE_UID);
	assert_false(body_of(seq));
	assert_true(body_of(theirs));
	assert_ok(store_ack_count(s.store, "example-corp", n));
	assert_int_equal(n[ACK_ERASED], 1);
	assert_int_equal(n[ACK_WITHDRAWN] + n[ACK_WITHHELD], 0);
	/* What comes later leaves nothing either, however odd it is. */
	odd.u.share.granted |= FIELD_BIT(FIELD_JOB_TITLE);
	odder = booth_add(&b, &odd);
	send();
	assert_false(body_of(late));
	assert_false(body_of(odder));
}

/* A share that came when its erasure was planned was in no list: nobody has to
 * erase it elsewhere. */
static void
test_came_in_the_undo_time(void **state)
{
	uint64_t n[ACK_KINDS];

	(void)state;
	share(0);
	plan(0);
	b.now = LATER + 1;
	send();
	assert_int_equal(run(DUE).erased, 1);
	assert_ok(store_ack_count(s.store, "example-corp", n));
	for (size_t i = 0; i < ACK_KINDS; i++)
		assert_int_equal(n[i], 0);
}

/* The case is done when the erasure is, and nobody can say so before. */
static void
test_case_waits(void **state)
{
	const struct case_new in = { .type = CASE_ERASURE, .proof = PROOF_DESK,
		.registration = s.person[0] };
	static struct case_file f;
	uint64_t num;
	int64_t due;

	(void)state;
	assert_ok(DO(case_open(s.store, &in, ME, LATER, &num)));
	assert_ok(DO(case_erase(s.store, s.person[0], num, HOURS, ME, LATER,
	    &due)));
	assert_err(DO(case_done_as(s.store, num, "Erased.", ME, LATER)),
	    BW_ERR_DENIED);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.state, CASE_OPEN);
	assert_int_equal(run(DUE).erased, 1);
	assert_ok(case_get(s.store, num, &f));
	assert_int_equal(f.state, CASE_DONE);
	/* Planned for nobody: this one is not done either, until it is. */
	plan(1);
	assert_ok(DO(case_open(s.store, &(struct case_new){
	    .type = CASE_ERASURE, .registration = s.person[1] }, ME, LATER,
	    &num)));
	assert_err(DO(case_done_as(s.store, num, "Erased.", ME, LATER)),
	    BW_ERR_DENIED);
	assert_ok(DO(right_erase_undo(s.store, s.person[1], ME, LATER)));
	assert_ok(DO(case_done_as(s.store, num, "Left.", ME, LATER)));
}

/* What has begun may have its line in the record, by which it would be erased
 * all the same: nobody undoes that, also when it failed, and the next run ends
 * it whatever the clock. */
static void
test_begun(void **state)
{
	char away[FILE_PATH_MAX + 8];
	struct right_state st;
	struct right_done done;
	bool erased;

	(void)state;
	plan(1);
	assert_int_equal(run(DUE).erased, 1);
	snprintf(away, sizeof(away), "%s.away", record);
	assert_int_equal(rename(record, away), 0);
	assert_int_equal(mkdir(record, 0700), 0);
	plan(0);
	assert_int_not_equal(right_erase_one(s.dir, s.store, s.person[0], DUE,
	    &erased), BW_OK);
	assert_false(erased);
	assert_ok(right_look(s.store, s.person[0], &st));
	assert_int_equal(st.erase_begun, DUE);
	assert_false(right_can_undo(&st));
	assert_err(DO(right_erase_undo(s.store, s.person[0], ME, LATER)),
	    BW_ERR_GONE);
	assert_int_equal(rmdir(record), 0);
	assert_int_equal(rename(away, record), 0);
	assert_ok(right_erase_due(s.dir, s.store, DUE, LATER, &done));
	assert_int_equal(done.erased, 1);
	assert_int_equal(lines(), 2);
}

static void
sql(const char *text)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(s.host->db_path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* What cannot be erased keeps nobody else waiting, and is tried again. */
static void
test_one_fails(void **state)
{
	struct right_done done;
	bool erased;

	(void)state;
	assert_int_equal(s.person[0], 1);
	sql("CREATE TRIGGER stuck BEFORE UPDATE ON registration "
	    "WHEN old.id = 1 AND new.status = 4 "
	    "BEGIN SELECT RAISE(ABORT, 'stuck'); END");
	for (size_t i = 0; i < 3; i++)
		plan(i);
	for (int i = 0; i < 2; i++) {
		assert_true(right_erase_due(s.dir, s.store, DUE, DUE,
		    &done) != BW_OK);
		assert_int_equal(done.erased, i == 0 ? 2 : 0);
		assert_int_equal(done.failed, 1);
		assert_int_equal(get(0).status, REG_WITHHELD);
		assert_int_equal(get(1).status, REG_DELETED);
		assert_int_equal(get(2).status, REG_DELETED);
	}
	assert_true(right_erase_one(s.dir, s.store, s.person[0], DUE,
	    &erased) != BW_OK);
	assert_false(erased);
	sql("DROP TRIGGER stuck");
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_int_equal(lines(), 3);
}

/* With a clock that is in doubt, what was planned for later waits; what was due
 * before, and what nobody waits for, does not. */
static void
test_clock_in_doubt(void **state)
{
	struct right_done done;
	struct registration reg = get(2);
	int64_t due;

	(void)state;
	plan(0);
	assert_ok(right_erase_due(s.dir, s.store, DUE + 9, DUE - 1, &done));
	assert_int_equal(done.erased, 0);
	assert_ok(DO(right_erase_plan(s.store, s.person[1], 0, NULL, 0, ME,
	    DUE + 9, &due)));
	append(&reg, LATER);
	assert_ok(right_erase_due(s.dir, s.store, DUE + 9, DUE - 1, &done));
	assert_int_equal(done.erased, 2);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_int_equal(get(1).status, REG_DELETED);
	assert_int_equal(get(2).status, REG_DELETED);
	assert_ok(right_erase_due(s.dir, s.store, DUE + 9, DUE, &done));
	assert_int_equal(done.erased, 1);
}

/* A clock that is behind takes none of the time to undo it: the time that is
 * believed goes on from the last look, and it is planned and done by that. */
static void
test_planned_behind(void **state)
{
	const struct hostclock_look last = { .wall = clock_wall() + 5 * 86400,
		.boot_id = "a start" };
	int64_t now, due;

	(void)state;
	assert_ok(DO(store_clock_put(s.store, &last)));
	assert_ok(hostclock_now(s.store, &now));
	assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, NULL, HOURS, ME,
	    now, &due)));
	assert_in_range(due, last.wall + HOURS * 3600, now + HOURS * 3600);
	assert_int_equal(run(last.wall).erased, 0);
	assert_int_equal(run(due).erased, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_plan_and_undo),
		TEST(test_shares_lead_to_nobody),
		TEST(test_seconds_lead_to_nobody),
		TEST(test_erased),
		TEST(test_came_in_the_undo_time),
		TEST(test_case_waits),
		TEST(test_begun),
		TEST(test_one_fails),
		TEST(test_clock_in_doubt),
		TEST(test_planned_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
