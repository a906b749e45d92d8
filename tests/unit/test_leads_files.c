// SPDX-License-Identifier: Apache-2.0
/* Leads as XLSX, vCard and for Salesforce, with hostile values; the files are
 * read by support/leads_check.py, which knows nothing of how they are made. */
#include "tests/support/summit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "host/case.h"
#include "host/export_leads.h"
#include "host/store_leadlist.h"

#define LATER (SUMMIT_NOW + 60)

static struct summit s;
static struct booth b;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "acme");
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

/* Another edition of a person's badge, with these values. */
static void
share_of(size_t person, uint8_t edition, const char *const v[FIELD_COUNT + 1],
    field_set granted)
{
	struct store_edition e;
	struct body body = booth_share(&b, person, granted);

	assert_ok(store_edition_find(s.store, s.badge[person], 1, &e));
	e.edition = edition;
	for (int f = 1; f <= FIELD_COUNT; f++)
		snprintf(e.values.v[f], sizeof(e.values.v[f]), "%s", v[f]);
	assert_ok(store_begin(s.store));
	assert_ok(store_edition_add(s.store, &e));
	assert_ok(store_commit(s.store));
	body.u.share.edition = edition;
	booth_add(&b, &body);
}

static void
keep(uint64_t seq, const struct note *n)
{
	assert_ok(store_begin(s.store));
	assert_ok(store_mark_put(s.store, "acme", b.device.num, seq, 15, n,
	    &(struct mark_source){ .account = 1, .at = LATER }, MARK_ANY));
	assert_ok(store_commit(s.store));
}

static void
mark(uint64_t seq)
{
	struct note n = { .rating = 4, .ntags = 2, .nanswers = 2 };

	strcpy(n.tag[0], "=hot");
	strcpy(n.tag[1], "a,b;c");
	/* One that this policy does not ask. */
	strcpy(n.answer[0].question, "gone");
	strcpy(n.answer[0].answer, "yes, no");
	strcpy(n.answer[1].question, "size");
	strcpy(n.answer[1].answer, "=1+1");
	strcpy(n.text, "=cmd|'/c calc'!A1\nsecond \\ line; \"x\"");
	keep(seq, &n);
}

static void
write_file(enum leads_format format, int64_t since,
    const struct leadlist_query *only, uint64_t want)
{
	char path[FILE_PATH_MAX], name[32];
	uint8_t hash[CRYPTO_HASH], zero[CRYPTO_HASH] = { 0 };
	struct outfile *out;
	uint64_t n;

	snprintf(name, sizeof(name), "leads.%s", leads_format_name(format));
	assert_ok(file_path(path, s.dir, name));
	assert_ok(outfile_open(&out, path, true));
	assert_ok(outfile_hash(out));
	assert_ok(export_leads(s.store, &(struct leads_what){
	    .sponsor = "acme", .format = format, .since = since,
	    .now = LATER, .only = only, .dir = s.dir }, out, &n, NULL));
	assert_int_equal(n, want);
	assert_ok(outfile_sha256(out, hash));
	assert_memory_not_equal(hash, zero, sizeof(hash));
	assert_ok(outfile_commit(out));
	outfile_close(&out);
}

static void
check(const char *what)
{
	char command[400];

	snprintf(command, sizeof(command),
	    "/usr/bin/python3 %s/support/leads_check.py %s %s", TEST_DIR,
	    s.dir, what);
	assert_int_equal(system(command), 0);
}

static void
opens_as_what_it_is(void **state)
{
	static const char *const formula[] = { NULL,
		"=HYPERLINK(\"http://x\",\"y\") Zoë", "a@mail.example",
		"@SUM(1+1),;\\", "+1|cmd", "+44 20 7946 0000",
		"Berlin, Germany" };
	static const char *const wide[] = { NULL,
		"例例例例例例例例例例例例例例例例例例例例例例例例例例例例例例例"
		"例例例例例例例例例例例例例例例例例例例例例例", "b@mail.example",
		"0123456789012345678901234567890123456789012345678901234567890"
		"123é", "\xe2\x80\xae" "evil", "+(2)-3", "東京" };
	/* A name that was not released in the third is not found there. */
	static const struct leadlist_query hot = { .tag = "=hot",
		.rating = 4, .device = "k07" };
	static const struct leadlist_query elsewhere = { .device = "k08" };
	static const struct leadlist_query named = { .search = "zoë" };
	struct ingest_out out;

	(void)state;
	/* Nothing of it lies where others could look. */
	assert_int_equal(setenv("TMPDIR", "/nonexistent", 1), 0);
	share_of(0, 2, formula, FIELD_ALL);
	share_of(1, 2, wide, FIELD_ALL);
	share_of(2, 2, formula, FIELD_BIT(FIELD_EMAIL));
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	mark(1);
	for (int f = LEADS_CSV; f <= LEADS_CSV_NOTES; f++) {
		write_file((enum leads_format)f, LATER + 1, NULL, 0);
		write_file((enum leads_format)f, LATER, NULL, 1);
		write_file((enum leads_format)f, 0, &hot, 1);
		write_file((enum leads_format)f, 0, &elsewhere, 0);
		write_file((enum leads_format)f, 0, &named, 1);
		write_file((enum leads_format)f, 0, NULL, 3);
	}
	check("files");
	assert_ok(store_begin(s.store));
	assert_ok(case_zone_set(s.store, "Europe/Berlin", "cli:x", LATER));
	assert_ok(store_commit(s.store));
	write_file(LEADS_XLSX, 0, NULL, 3);
	check("berlin");
}

static void
send_all(void)
{
	struct ingest_out out;

	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
}

/* The first one shares the name, then an address and a company, then, by another
 * edition of the badge, another company, and last what tells of nobody. */
static void
one_card_for_each_person(void **state)
{
	static const char *const was[] = { NULL, "Ada", "a@mail.example",
		"Old", "", "+44 1", "" };
	static const char *const is[] = { NULL, "Ada King",
		"ada@mail.example", "New", "", "+44 2", "" };
	static const char *const other[] = { NULL, "Bo", "", "", "", "", "" };
	struct note n = { .rating = 4, .ntags = 2, .tag = { "hot", "x" },
		.text = "first" };
	bool moved;

	(void)state;
	share_of(0, 2, was, FIELD_BIT(FIELD_NAME) |
	    FIELD_BIT(FIELD_WORK_PHONE));
	share_of(1, 2, other, FIELD_BIT(FIELD_NAME));
	b.now++;
	share_of(0, 3, is, FIELD_BIT(FIELD_EMAIL) | FIELD_BIT(FIELD_COMPANY));
	share_of(0, 4, is, FIELD_BIT(FIELD_COMPANY));
	send_all();
	keep(1, &n);
	n = (struct note){ .rating = -1, .ntags = 2, .tag = { "x", "y" },
		.text = "second" };
	keep(3, &n);
	for (int f = LEADS_CSV; f <= LEADS_CSV_NOTES; f++)
		write_file((enum leads_format)f, 0, NULL, 4);
	check("people");
	/* What was withdrawn is in no card of the others. */
	assert_ok(store_begin(s.store));
	assert_ok(store_lead_end(s.store, b.device.num, 1, LEAD_WITHDRAWN,
	    LATER, &moved));
	assert_ok(store_commit(s.store));
	for (int f = LEADS_CSV; f <= LEADS_CSV_NOTES; f++)
		write_file((enum leads_format)f, 0, NULL, 3);
	check("fewer");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(opens_as_what_it_is, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(one_card_for_each_person,
		    set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
