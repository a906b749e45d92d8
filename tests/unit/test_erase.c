// SPDX-License-Identifier: Apache-2.0
/* Erasures: planned, undone, held, done, taken up again; and the record. */
#include <sys/stat.h>

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "host/deleted.h"
#include "host/hold.h"
#include "host/hostclock.h"
#include "host/purge.h"
#include "host/right.h"
#include "host/store_ack.h"
#include "host/store_deleted.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define LATER (SUMMIT_NOW + 3600)
#define ME "account:1"
#define HOURS 72
#define DUE (LATER + HOURS * 3600)

static struct summit s;
static struct booth b;
static char record[FILE_PATH_MAX];

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "example-corp");
	assert_ok(deleted_path(s.dir, record, sizeof(record)));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	summit_close(&s);
	return 0;
}

#define DO(call) SUMMIT_KEPT(&s, call)

static struct registration
get(size_t person)
{
	struct registration reg;

	assert_ok(store_registration_get(s.store, s.person[person], &reg));
	return reg;
}

static uint64_t
share(size_t person)
{
	struct body body = booth_share(&b, person, FIELDS);

	return booth_add(&b, &body);
}

static void
send(void)
{
	struct ingest_out out;

	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
}

static void
plan(size_t person)
{
	int64_t due;

	assert_ok(DO(right_erase_plan(s.store, s.person[person], 0, HOURS, ME,
	    LATER, &due)));
	assert_int_equal(due, DUE);
}

static struct right_done
run(int64_t now)
{
	struct right_done done;

	assert_ok(right_erase_due(s.dir, s.store, now, now, &done));
	return done;
}

static bw_err
count_line(void *arg, const struct deleted_member *m)
{
	size_t *n = arg;

	(void)m;
	++*n;
	return BW_OK;
}

static size_t
lines(void)
{
	size_t n = 0, line;
	bw_err r = deleted_each(record, NULL, count_line, &n, &line);

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	return n;
}

static bw_err
has_body(void *arg, const struct store_entry *e)
{
	*(bool *)arg = e->body != NULL;
	return BW_OK;
}

static bool
body_of(uint64_t seq)
{
	bool yes = false;

	assert_ok(store_entry_each(s.store, b.device.num, seq, seq + 1,
	    has_body, &yes));
	return yes;
}

static void
append(const struct registration *reg, int64_t now)
{
	struct deleted_mails mails;

	assert_ok(store_deleted_mails(s.store, reg, &mails));
	assert_ok(deleted_append(s.dir, s.host->deleted, reg, &mails, now));
}

static enum store_change
import(const struct registration *was, const char *key)
{
	struct registration reg = *was;
	enum store_change change;
	uint64_t id;

	snprintf(reg.key, sizeof(reg.key), "%s", key);
	reg.status = REG_ATTENDING;
	assert_ok(DO(store_registration_put(s.store, &reg, LATER, &change,
	    &id)));
	return change;
}

static void
test_plan_and_undo(void **state)
{
	struct registration was = get(0);
	int64_t due;

	(void)state;
	plan(0);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_err(DO(right_erase_plan(s.store, s.person[0], 0, HOURS, ME,
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
	/* When it is due it may have begun. */
	plan(0);
	assert_err(DO(right_erase_undo(s.store, s.person[0], ME, DUE)),
	    BW_ERR_GONE);
	assert_int_equal(run(DUE).erased, 1);
	assert_err(DO(right_erase_undo(s.store, s.person[0], ME, LATER)),
	    BW_ERR_GONE);
}

static void
test_erased(void **state)
{
	struct registration was = get(0);
	struct store_edition e;
	uint64_t seq = share(0), theirs = share(1), late, odder, n;
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
	assert_ok(store_ack_count(s.store, "example-corp", &n));
	assert_int_equal(n, 1);
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
	uint64_t n;

	(void)state;
	share(0);
	plan(0);
	b.now = LATER + 1;
	send();
	assert_int_equal(run(DUE).erased, 1);
	assert_ok(store_ack_count(s.store, "example-corp", &n));
	assert_int_equal(n, 0);
}

/* Neither by the key, nor with another by the address in other letters. */
static void
test_not_imported_again(void **state)
{
	struct registration was = get(0), other = get(1);

	(void)state;
	snprintf(was.values.v[FIELD_EMAIL], sizeof(was.values.v[0]),
	    "Ada@Erased.example");
	assert_int_equal(import(&was, was.key), STORE_CHANGED);
	plan(0);
	run(DUE);
	assert_int_equal(import(&was, was.key), STORE_REFUSED);
	was.values.v[FIELD_EMAIL][0] = 0;
	assert_int_equal(import(&was, was.key), STORE_REFUSED);
	snprintf(was.values.v[FIELD_EMAIL], sizeof(was.values.v[0]),
	    "ada@erased.EXAMPLE");
	assert_int_equal(import(&was, "another key"), STORE_REFUSED);
	/* Who is there already is not the erased. */
	snprintf(other.values.v[FIELD_EMAIL], sizeof(other.values.v[0]),
	    "ada@erased.example");
	assert_int_equal(import(&other, other.key), STORE_CHANGED);
	was.values.v[FIELD_EMAIL][0] = 0;
	assert_int_equal(import(&was, "another key"), STORE_ADDED);
}

/* Without the key to compare with, nobody new is taken up. */
static void
test_fails_closed(void **state)
{
	struct registration reg = get(0);
	enum store_change change;
	struct right_done done;
	struct store *bare;
	uint64_t id;

	(void)state;
	plan(0);
	run(DUE);
	assert_ok(store_open(&bare, s.host->db_path));
	snprintf(reg.key, sizeof(reg.key), "new");
	assert_ok(store_begin(bare));
	assert_err(store_registration_put(bare, &reg, LATER, &change, &id),
	    BW_ERR_KEY);
	store_rollback(bare);
	assert_err(right_erase_due(s.dir, bare, LATER, LATER, &done),
	    BW_ERR_KEY);
	store_close(&bare);
}

static void
test_held(void **state)
{
	struct hold h = { .scope = HOLD_PERSON, .registration = s.person[0],
		.reason = "a complaint", .reviewer = "anna",
		.review_at = DUE };
	struct right_state st;
	uint64_t id;

	(void)state;
	plan(0);
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	assert_int_equal(run(DUE).held, 1);
	assert_int_equal(run(DUE).erased, 0);
	assert_int_equal(lines(), 0);
	assert_ok(right_look(s.store, s.person[0], &st));
	assert_int_equal(st.held_at, DUE);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_ok(DO(hold_lift(s.store, id, ME, DUE)));
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	/* Planned under a hold it says so at once. */
	h.registration = s.person[1];
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	plan(1);
	assert_ok(right_look(s.store, s.person[1], &st));
	assert_int_equal(st.held_at, LATER);
	/* Long due and held, it can be undone. */
	assert_ok(DO(right_erase_undo(s.store, s.person[1], ME, DUE + 9)));
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
	assert_ok(DO(right_erase_plan(s.store, s.person[1], 0, 0, ME, DUE + 9,
	    &due)));
	append(&reg, LATER);
	assert_ok(right_erase_due(s.dir, s.store, DUE + 9, DUE - 1, &done));
	assert_int_equal(done.erased, 2);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_int_equal(get(1).status, REG_DELETED);
	assert_int_equal(get(2).status, REG_DELETED);
	assert_ok(right_erase_due(s.dir, s.store, DUE + 9, DUE, &done));
	assert_int_equal(done.erased, 1);
}

/* A clock that is behind takes none of the time to undo it. */
static void
test_planned_behind(void **state)
{
	const struct hostclock_look last = { .wall = LATER + 5 * 86400,
		.boot_id = "a start" };
	int64_t due;

	(void)state;
	assert_ok(DO(store_clock_put(s.store, &last)));
	assert_ok(DO(right_erase_plan(s.store, s.person[0], 0, HOURS, ME, LATER,
	    &due)));
	assert_int_equal(due, last.wall + HOURS * 3600);
	assert_int_equal(run(last.wall).erased, 0);
	assert_int_equal(run(due).erased, 1);
	/* Where there is none to take, it is done at once. */
	assert_ok(DO(right_erase_plan(s.store, s.person[1], 0, 0, ME, LATER,
	    &due)));
	assert_int_equal(due, LATER);
}

/* A line without its erasure: the power went, or a backup was put back. */
static void
test_taken_up_again(void **state)
{
	struct registration reg = get(0), gone = { .id = 77, .key = "gone" };

	(void)state;
	append(&reg, LATER);
	append(&reg, LATER);
	append(&gone, LATER);
	assert_int_equal(lines(), 2);
	assert_int_equal(run(LATER).erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_int_equal(get(1).status, REG_ATTENDING);
	assert_int_equal(lines(), 2);
	assert_int_equal(run(LATER).erased, 0);
	assert_int_equal(import(&gone, "gone"), STORE_REFUSED);
}

static void
purge(int64_t now)
{
	struct purge_report rep;

	assert_ok(purge_run(s.dir, s.store, ME, now, &rep));
	assert_int_equal(run(now).erased, 0);
}

/* When its time is over, the line goes with the rows; one that is younger, and
 * what it has in common with the old one, stays. */
static void
test_forgotten(void **state)
{
	struct registration was = get(0), gone = { .id = 77, .key = "gone" };
	struct registration fresh = { .id = 78, .key = "fresh" };
	struct registration reg = { .key = "" };
	struct retain_rules rules;
	uint8_t mac[DELETED_MAC];
	struct stat st;
	int64_t over;

	(void)state;
	assert_ok(retain_load(s.store, &rules));
	over = (rules.event_end > DUE ? rules.event_end : DUE) +
	    (int64_t)rules.days[RETAIN_DELETED] * 86400;
	memcpy(fresh.values.v[FIELD_EMAIL], was.values.v[FIELD_EMAIL],
	    sizeof(fresh.values.v[FIELD_EMAIL]));
	plan(0);
	run(DUE);
	append(&gone, LATER);
	append(&fresh, over);
	purge(over - 1);
	assert_int_equal(lines(), 3);
	purge(over);
	assert_int_equal(lines(), 1);
	assert_int_equal(stat(record, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(import(&gone, "gone"), STORE_ADDED);
	assert_int_equal(import(&fresh, "fresh"), STORE_REFUSED);
	assert_int_equal(import(&was, "another key"), STORE_REFUSED);
	was.values.v[FIELD_EMAIL][0] = 0;
	assert_int_equal(import(&was, was.key), STORE_ADDED);
	/* Cut off between the file and the rows: they follow. */
	assert_ok(deleted_mac_key(s.host->deleted, "rest", mac));
	assert_ok(DO(store_deleted_put(s.store, mac, 0)));
	purge(over);
	assert_int_equal(import(&reg, "rest"), STORE_ADDED);
}

static struct registration
with_mail(const struct registration *was, const char *mail)
{
	struct registration reg = *was;

	snprintf(reg.values.v[FIELD_EMAIL], sizeof(reg.values.v[0]), "%s",
	    mail);
	return reg;
}

static bw_err
count_mails(void *arg, const struct deleted_member *m)
{
	*(size_t *)arg = m->mails.n;
	return BW_OK;
}

/* Nor by the address with its domain written in the other way. */
static void
test_not_by_another_domain(void **state)
{
	static const char *const mails[] = { "ada@m\u00fcnchen.example",
		"Ada@xn--mnchen-3ya.example", "ada@M\u00dcNCHEN.example" };
	struct registration was = get(0), reg;

	(void)state;
	reg = with_mail(&was, mails[0]);
	assert_int_equal(import(&reg, was.key), STORE_CHANGED);
	plan(0);
	run(DUE);
	for (size_t m = 0; m < 3; m++) {
		reg = with_mail(&was, mails[m]);
		assert_int_equal(import(&reg, "another key"), STORE_REFUSED);
	}
	reg = with_mail(&was, "ada@munchen.example");
	assert_int_equal(import(&reg, "another key"), STORE_ADDED);
}

/* Not by any address that the host had: from an import, a badge, a correction.
 * They are known until the record ends. */
static void
test_every_address(void **state)
{
	static const char *const mails[] = { "second@mail.example",
		"Third@mail.example", "last@mail.example" };
	struct registration was = get(0), reg;
	struct retain_rules rules;
	size_t n = 0, line;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		reg = with_mail(&was, mails[i]);
		assert_int_equal(import(&reg, was.key), STORE_CHANGED);
	}
	assert_ok(DO(right_correct(s.store, was.id, FIELD_EMAIL, mails[2], ME,
	    LATER)));
	plan(0);
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(lines(), 1);
	assert_ok(deleted_each(record, NULL, count_mails, &n, &line));
	assert_int_equal(n, 4);
	assert_int_equal(import(&was, "another key"), STORE_REFUSED);
	for (size_t m = 0; m < 3; m++) {
		reg = with_mail(&was, mails[m]);
		reg.values.v[FIELD_EMAIL][0] ^= 0x20;
		assert_int_equal(import(&reg, "another key"), STORE_REFUSED);
	}
	assert_ok(retain_load(s.store, &rules));
	purge((rules.event_end > DUE ? rules.event_end : DUE) +
	    (int64_t)rules.days[RETAIN_DELETED] * 86400);
	assert_int_equal(lines(), 0);
	for (size_t m = 0; m < 3; m++) {
		reg = with_mail(&was, mails[m]);
		assert_int_equal(import(&reg, mails[m]), STORE_ADDED);
	}
	assert_int_equal(import(&was, was.key), STORE_ADDED);
}

static void
test_torn_line(void **state)
{
	struct registration reg = get(0);
	struct bw_buf all = BW_BUF_INIT(65536);
	struct stat st;

	(void)state;
	append(&reg, LATER);
	assert_int_equal(stat(record, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(truncate(record, st.st_size - 3), 0);
	assert_int_equal(lines(), 0);
	append(&reg, LATER);
	assert_int_equal(lines(), 1);
	assert_ok(file_read(record, &all));
	assert_int_equal(all.len, st.st_size);
	bw_buf_free(&all);
	/* What is no line of ours stops everything. */
	assert_ok(file_write(record, "1 x\n", 4, 0600));
	assert_err(right_erase_due(s.dir, s.store, LATER, LATER,
	    &(struct right_done){ 0 }), BW_ERR_FORMAT);
}

static bw_err
read_member(void *arg, const struct deleted_member *m)
{
	*(struct deleted_member *)arg = *m;
	return BW_OK;
}

static void
test_officer_reads(void **state)
{
	struct crypto_key *officer, *other;
	struct registration was = get(0);
	struct deleted_member m = { 0 };
	size_t line;

	(void)state;
	assert_ok(crypto_key_generate(&officer));
	assert_ok(crypto_key_generate(&other));
	assert_ok(deleted_officer_set(s.dir, crypto_key_spki(officer)));
	plan(0);
	run(DUE);
	assert_ok(deleted_each(record, officer, read_member, &m, &line));
	assert_string_equal(m.name, was.values.v[FIELD_NAME]);
	assert_string_equal(m.mail, was.values.v[FIELD_EMAIL]);
	assert_string_equal(m.key, was.key);
	assert_int_equal(m.at, DUE);
	assert_err(deleted_each(record, other, read_member, &m, &line),
	    BW_ERR_KEY);
	assert_int_equal(line, 1);
	crypto_key_close(&officer);
	crypto_key_close(&other);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_plan_and_undo),
		TEST(test_erased),
		TEST(test_came_in_the_undo_time),
		TEST(test_not_imported_again),
		TEST(test_fails_closed),
		TEST(test_held),
		TEST(test_one_fails),
		TEST(test_clock_in_doubt),
		TEST(test_planned_behind),
		TEST(test_taken_up_again),
		TEST(test_forgotten),
		TEST(test_not_by_another_domain),
		TEST(test_every_address),
		TEST(test_torn_line),
		TEST(test_officer_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
