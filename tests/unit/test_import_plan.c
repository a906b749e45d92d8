// SPDX-License-Identifier: Apache-2.0
/* What a plan says, and when it may be applied. */
#include "tests/support/imports.h"

#include <stdio.h>

#include "base/clock.h"
#include "host/import/stage.h"
#include "host/import/upload.h"
#include "tests/support/import_text.h"

static void
test_plan(void **state)
{
	static const char later[] = HEAD ROW("1", "A,,,,\n")
	    ROW("2", "B2,Cork,,,\n") ROW("3", "C,,,,\n")
	    "Ada,M,a@x.example,Refunded,4,,,,,\n" ROW("", ",,,,\n")
	    "Ada,M,,Attending,6,,,,,\n";
	const struct import_line *page[8];
	struct import_plan *p;

	(void)state;
	good(HEAD ROW("1", "A,,,,\n") ROW("2", "B,,,,\n")
	    ROW("4", "D,,,,\n") ROW("5", "E,,,,\n"), 4, 0, 0, 0);
	p = planned(later);
	assert_int_equal(p->n[IMPORT_ADD], 2);
	assert_int_equal(p->n[IMPORT_CHANGE], 2);
	assert_int_equal(p->n[IMPORT_SAME], 1);
	assert_int_equal(p->n[IMPORT_SKIP], 1);
	assert_int_equal(p->field[FIELD_COMPANY], 1);
	assert_int_equal(p->field[FIELD_NAME], 0);
	assert_int_equal(p->cancelled, 1);
	assert_int_equal(p->no_email, 1);
	assert_int_equal(p->known, 4);
	assert_int_equal(p->absent, 1);
	assert_int_equal(p->absent_id[0], get("5").id);
	assert_int_equal(import_plan_page(p, IMPORT_CHANGE, 0, 8, page), 2);
	assert_int_equal(page[0]->line, 3);
	assert_int_equal(page[0]->registration, get("2").id);
	assert_int_equal(page[0]->changed, FIELD_BIT(FIELD_COMPANY) |
	    FIELD_BIT(FIELD_LOCATION));
	assert_false(page[0]->status_changed);
	assert_int_equal(page[1]->changed, 0);
	assert_true(page[1]->status_changed);
	assert_int_equal(page[1]->status, REG_CANCELLED);
	assert_int_equal(import_plan_page(p, IMPORT_CHANGE, 1, 8, page), 1);
	assert_int_equal(page[0]->line, 5);
	assert_int_equal(import_plan_page(p, -1, 4, 1, page), 1);
	assert_int_equal(page[0]->line, 6);
	assert_int_equal(page[0]->why.code, WHY_NO_KEY);
	assert_int_equal(import_plan_page(p, -1, 6, 8, page), 0);
	import_plan_free(&p);
	/* It was a plan only. */
	assert_int_equal(count(), 4);
	assert_string_equal(get("2").values.v[FIELD_COMPANY], "B");
	good(later, 2, 2, 1, 1);
	assert_int_equal(count(), 6);
}

/* Apply a plan of `then` to what is there now, from the text `now`. */
static bw_err
applied(const struct import_plan *plan, const char *now)
{
	struct import_source src;
	struct import_plan *p;
	struct fault f = { 0 };
	int fd = fd_of(now, strlen(now));
	bw_err r;

	assert_ok(import_source_csv(&src, fd, &f));
	assert_ok(store_begin(store));
	r = import_plan_apply(&p, store, &src, &choice, NOW, plan->hash, &f);
	if (r == BW_OK)
		assert_ok(store_commit(store));
	else {
		assert_non_null(strstr(f.text, "look at it again"));
		store_rollback(store);
	}
	import_plan_free(&p);
	import_source_close(&src);
	close(fd);
	return r;
}

static void
test_stale(void **state)
{
	static const char text[] = HEAD ROW("1", "A2,,,,\n")
	    ROW("2", "B,,,,\n");
	struct import_plan *p;

	(void)state;
	good(HEAD ROW("1", "A,,,,\n") ROW("9", "Z,,,,\n"), 2, 0, 0, 0);
	p = planned(text);
	/* Another file, a line end that is another line, another choice. */
	assert_err(applied(p, HEAD ROW("1", "A2,,,,\n")
	    ROW("2", "B3,,,,\n")), BW_ERR_OLD);
	assert_err(applied(p, HEAD ROW("1", "A2,,,,\n")), BW_ERR_OLD);
	choice.header[COL_COMPANY] = "";
	assert_err(applied(p, text), BW_ERR_OLD);
	choice.header[COL_COMPANY] = NULL;
	assert_string_equal(get("1").values.v[FIELD_COMPANY], "A");
	/* A value, a status, one who is not in the file. */
	good(HEAD ROW("1", "A1,,,,\n"), 0, 1, 0, 0);
	assert_err(applied(p, text), BW_ERR_OLD);
	import_plan_free(&p);
	p = planned(text);
	assert_ok(store_begin(store));
	assert_ok(store_registration_status(store, get("9").id, REG_WITHHELD,
	    NOW));
	assert_ok(store_commit(store));
	assert_err(applied(p, text), BW_ERR_OLD);
	import_plan_free(&p);
	p = planned(text);
	assert_ok(applied(p, text));
	/* Once: what it was planned against is gone. */
	assert_err(applied(p, text), BW_ERR_OLD);
	import_plan_free(&p);
	assert_string_equal(get("1").values.v[FIELD_COMPANY], "A2");
}

static void
alarms(const char *text, bool yes)
{
	struct import_plan *p = planned(text);

	assert_int_equal(import_plan_alarms(p), yes);
	import_plan_free(&p);
}

static void
test_alarms(void **state)
{
	char text[2048] = HEAD, gone[2048] = HEAD;

	(void)state;
	for (int i = 1; i <= 10; i++)
		sprintf(text + strlen(text), ROW("%d", ",,,,\n"), i);
	alarms(text, false);
	good(text, 10, 0, 0, 0);
	alarms(text, false);
	/* Three of ten are cancelled, or not there; two are not many. */
	for (int i = 1; i <= 10; i++)
		sprintf(gone + strlen(gone), "Ada,M,a@x.example,%s,%d,,,,,\n",
		    i <= 3 ? "Refunded" : "Attending", i);
	alarms(gone, true);
	alarms(HEAD ROW("1", ",,,,\n"), true);
	assert_int_equal(count(), 10);
	memset(gone, 0, sizeof(gone));
	strcpy(gone, HEAD);
	for (int i = 3; i <= 10; i++)
		sprintf(gone + strlen(gone), ROW("%d", ",,,,\n"), i);
	alarms(gone, false);
	/* Three people are others: names and addresses may be the wrong ones. */
	assert_ok(store_begin(store));
	for (uint64_t id = 1; id <= 3; id++)
		assert_ok(store_registration_status(store, id, REG_MINOR, NOW));
	assert_ok(store_commit(store));
	strcpy(gone, HEAD);
	for (int i = 1; i <= 10; i++)
		sprintf(gone + strlen(gone), i > 3 ? ROW("%d", ",,,,\n") :
		    "Bo,B,b@x.example,Attending,%d,,,,,\n", i);
	alarms(gone, true);
	/* Or names alone: a column was sorted without the others. */
	strcpy(gone, HEAD);
	for (int i = 1; i <= 10; i++)
		sprintf(gone + strlen(gone), i > 3 ? ROW("%d", ",,,,\n") :
		    "Bo,B,a@x.example,Attending,%d,,,,,\n", i);
	alarms(gone, true);
}

/* What the shop cancels of one who is withheld is said, and kept for later. */
static void
test_cancelled_while_withheld(void **state)
{
	static const char paid[] = HEAD ROW("1", "A,,,,\n");
	static const char gone[] = HEAD "Ada,M,a@x.example,Refunded,1,,,,,\n";
	const struct import_line *page[1];
	struct import_plan *p;
	uint64_t id;

	(void)state;
	good(paid, 1, 0, 0, 0);
	id = get("1").id;
	assert_ok(store_begin(store));
	assert_ok(store_registration_status(store, id, REG_WITHHELD, NOW));
	assert_ok(store_commit(store));
	p = planned(gone);
	assert_int_equal(p->later, 1);
	assert_int_equal(p->cancelled, 0);
	assert_int_equal(import_plan_page(p, IMPORT_CHANGE, 0, 1, page), 1);
	assert_int_equal(page[0]->later, IMPORT_CANCELS);
	assert_int_equal(page[0]->status, REG_WITHHELD);
	assert_false(page[0]->status_changed);
	import_plan_free(&p);
	good(gone, 0, 1, 0, 0);
	good(gone, 0, 0, 1, 0);
	assert_int_equal(get("1").status, REG_WITHHELD);
	assert_int_equal(get("1").beneath, REG_CANCELLED);
	p = planned(paid);
	assert_int_equal(import_plan_page(p, IMPORT_CHANGE, 0, 1, page), 1);
	assert_int_equal(page[0]->later, IMPORT_RESTORES);
	assert_int_equal(p->later, 0);
	import_plan_free(&p);
}

/* A ticket that has another name and another address is shown apart, once. */
static void
test_handed_on(void **state)
{
	static const char first[] = HEAD ROW("1", "A,,,,\n")
	    ROW("2", "B,,,,\n");
	static const char then[] = HEAD
	    "Bo,Berg,bo@x.example,Attending,1,A,,,,\n"
	    "Bo,Berg,bo@x.example,Attending,2,B,,,,\n";
	const struct import_line *page[4];
	struct import_plan *p;
	struct import_sum sum;
	char why[WHY_MAX];
	uint64_t id;

	(void)state;
	good(first, 2, 0, 0, 0);
	id = get("1").id;
	assert_ok(store_begin(store));
	assert_ok(store_registration_status(store, id, REG_WITHHELD, NOW));
	assert_ok(store_commit(store));
	p = planned(then);
	/* Nothing hangs on the other: it is not kept. */
	assert_int_equal(p->n[IMPORT_CHANGE], 1);
	assert_int_equal(p->n[IMPORT_HAND], 1);
	assert_int_equal(import_plan_page(p, IMPORT_HAND, 0, 4, page), 1);
	assert_int_equal(page[0]->registration, id);
	assert_int_equal(page[0]->why.code, WHY_HANDED);
	assert_int_equal(page[0]->status, REG_ATTENDING);
	for (int lang = WHY_EN; lang <= WHY_DE; lang++) {
		why_text(&page[0]->why, p->map.kind, (enum why_lang)lang, why);
		assert_in_range(strlen(why), 20, WHY_MAX - 2);
	}
	import_plan_sum(p, &sum);
	assert_string_equal(sum.object, "added 0, changed 1, handed on 1, "
	    "unchanged 0, skipped 0");
	assert_string_equal(sum.detail, "");
	import_plan_free(&p);
	assert_int_equal(count(), 2);
	p = taken(then);
	assert_int_equal(p->n[IMPORT_HAND], 1);
	import_plan_free(&p);
	assert_int_equal(count(), 3);
	good(then, 0, 0, 2, 0);
	p = planned(first);
	assert_int_equal(import_plan_page(p, IMPORT_HAND, 0, 4, page), 1);
	assert_int_equal(page[0]->why.code, WHY_RETURNED);
	assert_int_equal(page[0]->registration, get("1").id);
	import_plan_free(&p);
	p = taken(first);
	import_plan_free(&p);
	assert_int_equal(get("1").id, id);
	assert_int_equal(count(), 3);
}

/* What two pages of the portal do. */
static void
test_upload(void **state)
{
	static const char text[] = HEAD ROW("1", "A,,,,\n");
	char name[STAGE_NAME_SIZE];
	struct import_plan *p, *done;
	char (*column)[COLUMN_NAME_MAX + 1];
	struct fault f = { 0 };
	size_t line, n;
	int fd;

	(void)state;
	assert_ok(import_stage(store_dir, NOW, name, &fd));
	assert_int_equal(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
	close(fd);
	/* The file's hour is by the real clock. */
	assert_err(import_upload_plan(&p, store, store_dir, name, &choice,
	    clock_wall() + STAGE_SECONDS + 60, &f), BW_ERR_NOTFOUND);
	assert_null(p);
	assert_ok(import_upload_plan(&p, store, store_dir, name, &choice,
	    clock_wall(), &f));
	assert_int_equal(p->n[IMPORT_ADD], 1);
	assert_ok(import_upload_columns(store_dir, name, clock_wall(), &column,
	    &n, &line, &f));
	assert_int_equal(n, 10);
	assert_int_equal(line, 1);
	assert_string_equal(column[9], "Age");
	free(column);
	assert_ok(store_begin(store));
	assert_ok(import_upload_apply(&done, store, store_dir, name, &choice,
	    clock_wall(), p->hash, &f));
	assert_ok(store_commit(store));
	import_plan_free(&done);
	assert_ok(import_stage_drop(store_dir, name));
	assert_err(import_upload_apply(&done, store, store_dir, name, &choice,
	    clock_wall(), p->hash, &f), BW_ERR_NOTFOUND);
	import_plan_free(&p);
	assert_string_equal(get("1").values.v[FIELD_COMPANY], "A");
}

/* Three are many of ten, and few of twenty. */
static void
test_few_of_many(void **state)
{
	char text[2048] = HEAD;

	(void)state;
	for (int i = 1; i <= 20; i++)
		sprintf(text + strlen(text), ROW("%d", ",,,,\n"), i);
	good(text, 20, 0, 0, 0);
	strcpy(text, HEAD);
	for (int i = 4; i <= 20; i++)
		sprintf(text + strlen(text), ROW("%d", ",,,,\n"), i);
	alarms(text, false);
}

/* A hundred times the rows cost no more memory than their lines in the plan. */
static size_t
rss(void)
{
	char line[128];
	size_t kb = 0;
	FILE *f = fopen("/proc/self/status", "r");

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "VmRSS:", 6) == 0)
			kb = strtoul(line + 6, NULL, 10);
	fclose(f);
	return kb;
}

static size_t
rss_of_rows(size_t n)
{
	size_t size = n * 160 + 1024, at = 0, before, after;
	char *text = malloc(size);
	struct import_source src;
	struct import_plan *p;
	struct fault f = { 0 };
	int fd;

	assert_non_null(text);
	at = (size_t)sprintf(text, HEAD);
	for (size_t i = 0; i < n; i++)
		at += (size_t)sprintf(text + at, "First%zu,Last%zu,"
		    "person%zu@mail.example,Attending,%018zu,Some Company "
		    "Ltd.,City,,Country,33\n", i, i, i, i);
	fd = fd_of(text, at);
	free(text);
	before = rss();
	assert_ok(import_source_csv(&src, fd, &f));
	assert_ok(import_plan_make(&p, store, &src, &choice, NOW, &f));
	after = rss();
	assert_int_equal(p->n[IMPORT_ADD], n);
	import_plan_free(&p);
	import_source_close(&src);
	close(fd);
	return after > before ? after - before : 0;
}

static void
test_memory(void **state)
{
	size_t most;

	(void)state;
	(void)rss_of_rows(1000);
	most = rss_of_rows(100000);
	print_message("100,000 rows: %zu KiB more\n", most);
#ifndef BW_SANITIZE
	assert_true(most < 20 * 1024);
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_plan), TEST(test_stale), TEST(test_alarms),
		TEST(test_few_of_many), TEST(test_cancelled_while_withheld),
		TEST(test_handed_on),
		TEST(test_upload), TEST(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
