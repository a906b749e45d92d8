// SPDX-License-Identifier: Apache-2.0
/*
 * What first pages and exports cost when there is much: in steps of
 * SQLite's machine, which no busy computer changes. And the address of a next
 * page with many devices.
 */
#include <stdio.h>

#include "host/audit.h"
#include "host/not_me.h"
#include "host/store_leadlist.h"
#include "host/store_registration.h"
#include "host/store_settle.h"
#include "host/store_sqlite.h"
#include "host/store_tally.h"
#include "tests/support/many.h"

#define OURS "example-corp"
#define LATER (SUMMIT_NOW + 60)
#define FEW 60u		/* more than a page has */
#define MANY 3000u
#define PAGE 50
#define BOOTHS 40
#define LOG 20000u	/* entries of a busy booth */

static struct summit sum;
static struct booth booth[BOOTHS];

static int
set_up(void **state)
{
	(void)state;
	summit_open(&sum, getenv("STORE"));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	summit_close(&sum);
	return 0;
}

static void
add_people(size_t from, size_t to)
{
	struct registration r = { .status = REG_ATTENDING };
	enum store_change change;
	uint64_t id;

	strcpy(r.values.v[FIELD_NAME], "Ada");
	assert_ok(store_begin(sum.store));
	for (size_t i = from; i < to; i++) {
		snprintf(r.key, sizeof(r.key), "eventbrite/7/%zu", i);
		assert_ok(store_registration_put(sum.store, &r, SUMMIT_NOW,
		    &change, &id));
	}
	assert_ok(store_commit(sum.store));
}

/* What all statements have taken since the last call. */
static int
spent(int what)
{
	int n = 0;

	for (size_t i = 0; i < QUERIES_MAX; i++) {
		sqlite3_stmt *st = sum.store->own.query[i].st;

		if (st != NULL)
			n += sqlite3_stmt_status(st, what, 1);
	}
	return n;
}

struct cost {
	int steps, scanned;
};

static bw_err
on_lead(void *arg, const struct leadlist_lead *l)
{
	(void)l;
	++*(size_t *)arg;
	return BW_OK;
}

static void
look_leads(const char *cursor)
{
	struct leadlist_query q = { .sponsor = OURS, .limit = PAGE,
		.cursor = cursor };
	struct leadlist_end end;
	size_t n = 0;

	assert_ok(leadlist_page(sum.store, &q, LATER, on_lead, &n, &end));
	assert_int_equal(n, PAGE);
}

static void
leads_page(void)
{
	look_leads("");
}

static void
people_page(void)
{
	static struct registration out[PAGE];
	struct reglist_query q = { .search = "", .status = -1 };
	size_t n;
	bool more;

	assert_ok(store_reglist(sum.store, &q, out, PAGE, &n, &more));
	assert_int_equal(n, PAGE);
	assert_true(more);
}

static bw_err
on_tally(void *arg, const struct store_tally *t)
{
	(void)arg;
	(void)t;
	return BW_OK;
}

static void
counts(void)
{
	assert_ok(store_settle_few(sum.store, LATER, 0));
	assert_ok(store_tally_each(sum.store, NULL, 0, on_tally, NULL));
}

static struct cost
cost_of(void (*look)(void))
{
	struct cost c;

	look();		/* prepared */
	spent(SQLITE_STMTSTATUS_VM_STEP);
	spent(SQLITE_STMTSTATUS_FULLSCAN_STEP);
	look();
	c.steps = spent(SQLITE_STMTSTATUS_VM_STEP);
	c.scanned = spent(SQLITE_STMTSTATUS_FULLSCAN_STEP);
	assert_in_range(c.steps, 1, 100000);
	return c;
}

/* Fifty times as many leads and people: no step more. */
static void
first_pages_cost_what_is_on_them(void **state)
{
	static void (*const looks[])(void) = { leads_page, people_page,
		counts };
	enum { LOOKS = sizeof(looks) / sizeof(looks[0]) };
	struct cost few[LOOKS], many;

	(void)state;
	booth_invite(&booth[0], &sum, "k07", OURS);
	booth_invite(&booth[1], &sum, "k08", OURS);
	many_fill(&sum, &booth[0], 0, 3, 1, FEW);
	many_fill(&sum, &booth[1], 0, 3, 1, FEW);
	add_people(0, FEW);
	for (size_t i = 0; i < LOOKS; i++)
		few[i] = cost_of(looks[i]);
	many_fill(&sum, &booth[0], 0, 3, FEW, MANY);
	many_fill(&sum, &booth[1], 0, 3, FEW, MANY);
	add_people(FEW, MANY);
	for (size_t i = 0; i < LOOKS; i++) {
		many = cost_of(looks[i]);
		assert_in_range(many.steps, 1, few[i].steps + 20);
		assert_int_equal(many.scanned, few[i].scanned);
	}
	booth_close(&booth[0]);
	booth_close(&booth[1]);
}

static bw_err
on_release(void *arg, const struct store_release *rel)
{
	(void)rel;
	++*(size_t *)arg;
	return BW_OK;
}

static void
export(void)
{
	size_t n = 0;

	assert_ok(store_release_each(sum.store, NULL, OURS, LATER, on_release,
	    &n, NULL));
	assert_int_equal(n, FEW - 1);
}

/* Whoever attends is not asked for. */
static void
an_export_walks_over_leads_alone(void **state)
{
	struct cost few, many;

	(void)state;
	booth_invite(&booth[0], &sum, "k07", OURS);
	many_fill(&sum, &booth[0], 0, 3, 1, FEW);
	few = cost_of(export);
	add_people(0, MANY);
	many = cost_of(export);
	assert_in_range(many.steps, 1, few.steps + 20);
	assert_int_equal(many.scanned, few.scanned);
	booth_close(&booth[0]);
}

static void
count_held(void)
{
	uint64_t n;

	assert_ok(not_me_held(sum.store, OURS, &n));
	assert_int_equal(n, 0);
}

/* How SQLite does what was last asked of leads, one step a line. */
static void
plan_of(const char *part, char *out, size_t size)
{
	char sql[2048];
	sqlite3_stmt *st = NULL;

	out[0] = 0;
	for (size_t i = 0; i < QUERIES_MAX && st == NULL; i++) {
		sqlite3_stmt *one = sum.store->own.query[i].st;

		if (one == NULL || strstr(sqlite3_sql(one), part) == NULL)
			continue;
		snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s",
		    sqlite3_sql(one));
		assert_int_equal(sqlite3_prepare_v2(sum.store->own.db, sql,
		    -1, &st, NULL), SQLITE_OK);
	}
	assert_non_null(st);
	while (sqlite3_step(st) == SQLITE_ROW)
		snprintf(out + strlen(out), size - strlen(out), "%s\n",
		    (const char *)sqlite3_column_text(st, 3));
	sqlite3_finalize(st);
}

/* What is odd but not held for this, and what is not held, is not looked at. */
static void
the_held_are_counted_alone(void **state)
{
	static const char odd[] = "INSERT INTO odd SELECT id, 1, 1 FROM lead";
	struct cost few, much;
	char plan[1024];

	(void)state;
	few = cost_of(count_held);
	booth_invite(&booth[0], &sum, "k07", OURS);
	many_fill(&sum, &booth[0], 0, 3, 1, MANY);
	assert_int_equal(sqlite3_exec(sum.store->own.db, odd, NULL, NULL,
	    NULL), SQLITE_OK);
	much = cost_of(count_held);
	assert_in_range(much.steps, 1, few.steps + 20);
	plan_of("count(*) FROM lead", plan, sizeof(plan));
	assert_non_null(strstr(plan, "INDEX lead_held (reason=?)"));
	assert_null(strstr(plan, "SCAN lead"));
	booth_close(&booth[0]);
}

static bw_err
on_import(void *arg, const struct audit_row *row)
{
	assert_int_equal(strncmp(row->act, "import.", 7), 0);
	++*(size_t *)arg;
	return BW_OK;
}

static void
last_imports(void)
{
	const struct audit_query q = { .limit = 10, .actor = "",
		.act = AUDIT_IMPORTS };
	size_t n = 0;

	assert_ok(audit_find(sum.store, &q, on_import, &n));
	assert_int_equal(n, 2);
}

/* What was done since the last import is not walked over. */
static void
imports_are_found_by_themselves(void **state)
{
	static const char rows[] = "WITH RECURSIVE n (i) AS (SELECT 1 + "
	    "max(id) FROM audit UNION ALL SELECT i + 1 FROM n LIMIT 3000) "
	    "INSERT INTO audit SELECT i, 1, 'host', 'lead.not-me', '', '', "
	    "zeroblob(32) FROM n";
	struct cost few, much;
	char plan[1024];

	(void)state;
	assert_ok(SUMMIT_KEPT(&sum, store_audit(sum.store, 1, "account:1",
	    DID_IMPORT_EVENTBRITE, "3 new")));
	assert_ok(SUMMIT_KEPT(&sum, store_audit(sum.store, 2, "account:1",
	    DID_IMPORT_PRETIX, "3 new")));
	few = cost_of(last_imports);
	assert_int_equal(sqlite3_exec(sum.store->own.db, rows, NULL, NULL,
	    NULL), SQLITE_OK);
	much = cost_of(last_imports);
	assert_in_range(much.steps, 1, few.steps + 20);
	plan_of("act < 'import/'", plan, sizeof(plan));
	assert_non_null(strstr(plan, "INDEX audit_import"));
}

static int
pages_kept(void)
{
	int now = 0, most;

	assert_int_equal(sqlite3_db_status(sum.store->own.db,
	    SQLITE_DBSTATUS_CACHE_USED, &now, &most, 0), SQLITE_OK);
	return now;
}

static bw_err
on_page(void *arg, const struct store_release *rel)
{
	int *most = arg, now = pages_kept();

	(void)rel;
	if (now > *most)
		*most = now;
	return BW_OK;
}

/* Where another thread looks the values up, the walk keeps no page for them, and
 * the handle is as it was when it is over. */
static void
a_walk_keeps_few_pages(void **state)
{
	struct store *beside;
	int few = 0, usual = 0;

	(void)state;
	booth_invite(&booth[0], &sum, "k07", OURS);
	many_fill(&sum, &booth[0], 0, 3, 1, LOG / 2);
	assert_ok(store_share_walk(sum.store, &beside));
	assert_ok(store_release_each(sum.store, beside, OURS, LATER, on_page,
	    &few, NULL));
	assert_in_range(few, 1, 400 * 1024);
	assert_ok(store_release_each(sum.store, NULL, OURS, LATER, on_page,
	    &usual, NULL));
	assert_in_range(usual, 401 * 1024, 2 << 20);
	store_close(&beside);
	booth_close(&booth[0]);
}

static void
walk_leads(enum leadlist_sort sort, const char *search)
{
	struct leadlist_query q = { .sponsor = OURS, .limit = PAGE,
		.sort = sort, .search = search };
	struct leadlist_end end;
	size_t n = 0;

	assert_ok(leadlist_page(sum.store, &q, LATER, on_lead, &n, &end));
	assert_int_equal(n, search[0] != 0 ? 0 : PAGE);
}

static int
count_of(const char *device)
{
	struct leadlist_query q = { .sponsor = OURS, .device = device };
	uint64_t n;
	bool whole;

	assert_ok(leadlist_count(sum.store, &q, LATER, MANY, &n, &whole));
	return whole ? (int)n : -(int)n;
}

/* A page says how many there are: that asks for none of them. */
static void
a_count_asks_for_no_lead(void **state)
{
	(void)state;
	booth_invite(&booth[0], &sum, "k07", OURS);
	booth_invite(&booth[1], &sum, "k08", OURS);
	many_fill(&sum, &booth[0], 0, 3, 1, MANY);
	many_fill(&sum, &booth[1], 0, 3, 1, FEW);
	spent(SQLITE_STMTSTATUS_RUN);
	assert_int_equal(count_of(NULL), -(int)MANY);
	assert_in_range(spent(SQLITE_STMTSTATUS_RUN), 1, 30);
	assert_int_equal(count_of("k08"), FEW - 1);
	assert_int_equal(count_of("k07"), MANY - 1);
	assert_int_equal(count_of("k09"), 0);
	booth_close(&booth[0]);
	booth_close(&booth[1]);
}

/* One statement for each lead, and one for tens of them: each more would be
 * another tenth of a second when there are 100,000. */
static void
walks_ask_once_for_each_lead(void **state)
{
	enum { LEADS = 2 * (MANY - 1) };
	static const struct {
		enum leadlist_sort sort;
		const char *search;
	} walks[] = { { LEADLIST_TIME, "zzzz" }, { LEADLIST_NAME, "" },
		{ LEADLIST_RATING, "" } };

	(void)state;
	booth_invite(&booth[0], &sum, "k07", OURS);
	booth_invite(&booth[1], &sum, "k08", OURS);
	many_fill(&sum, &booth[0], 0, 3, 1, MANY);
	many_fill(&sum, &booth[1], 0, 3, 1, MANY);
	for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
		walk_leads(walks[i].sort, walks[i].search);
		spent(SQLITE_STMTSTATUS_RUN);
		spent(SQLITE_STMTSTATUS_VM_STEP);
		walk_leads(walks[i].sort, walks[i].search);
		assert_in_range(spent(SQLITE_STMTSTATUS_RUN), LEADS,
		    LEADS + LEADS / 16);
		assert_in_range(spent(SQLITE_STMTSTATUS_VM_STEP), LEADS,
		    LEADS * 60);
	}
	booth_close(&booth[0]);
	booth_close(&booth[1]);
}

static void
open_booths(void)
{
	char name[8];

	for (unsigned i = 0; i < BOOTHS; i++) {
		snprintf(name, sizeof(name), "k%02u", i * 7 % BOOTHS);
		booth_invite(&booth[i], &sum, name, OURS);
		many_fill(&sum, &booth[i], 0, 3, LOG - 3, LOG);
	}
}

/* Each lead once, with cursors that have room in an address. */
static void
cursors_of_many_devices_are_short(void **state)
{
	struct leadlist_query q = { .sponsor = OURS, .limit = PAGE };
	struct leadlist_end end;
	char next[LEADLIST_CURSOR_MAX] = "";
	size_t n = 0;

	(void)state;
	open_booths();
	q.cursor = next;
	do {
		assert_ok(leadlist_page(sum.store, &q, LATER, on_lead, &n,
		    &end));
		assert_in_range(strlen(end.cursor), 0, BOOTHS * 5);
		strcpy(next, end.cursor);
	} while (next[0] != 0 && n < 1000);
	assert_int_equal(n, BOOTHS * 3);
	for (unsigned i = 0; i < BOOTHS; i++)
		booth_close(&booth[i]);
}

static void
a_cursor_that_is_none_is_refused(void **state)
{
	static const char *const wrong[] = { "C", "x.y", "7.120-9.33", "C_",
		"CCC", "________A", "C_______A" };
	struct leadlist_query q = { .sponsor = OURS, .limit = PAGE };
	struct leadlist_end end;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		q.cursor = wrong[i];
		assert_err(leadlist_page(sum.store, &q, LATER, on_lead, &n,
		    &end), BW_ERR_ARG);
	}
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_pages_cost_what_is_on_them),
		TEST(an_export_walks_over_leads_alone),
		TEST(the_held_are_counted_alone),
		TEST(imports_are_found_by_themselves),
		TEST(a_walk_keeps_few_pages),
		TEST(a_count_asks_for_no_lead),
		TEST(walks_ask_once_for_each_lead),
		TEST(cursors_of_many_devices_are_short),
		TEST(a_cursor_that_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
