// SPDX-License-Identifier: Apache-2.0
/* Leads as XLSX, vCard and for Salesforce, with hostile values; the files are
 * read by support/leads_check.py, which knows nothing of how they are made. */
#include "tests/support/summit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
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

/* Another edition of the first badge, with these values. */
static void
share_of(uint8_t edition, const char *const v[FIELD_COUNT + 1],
    field_set granted)
{
	struct store_edition e;
	struct body body = booth_share(&b, 0, granted);

	assert_ok(store_edition_find(s.store, s.badge[0], 1, &e));
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
	assert_ok(store_begin(s.store));
	assert_ok(store_mark_put(s.store, "acme", b.device.num, seq, 15, &n,
	    1, LATER, MARK_ANY));
	assert_ok(store_commit(s.store));
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
	char command[400];

	(void)state;
	/* Nothing of it lies where others could look. */
	assert_int_equal(setenv("TMPDIR", "/nonexistent", 1), 0);
	share_of(2, formula, FIELD_ALL);
	share_of(3, wide, FIELD_ALL);
	share_of(4, formula, FIELD_BIT(FIELD_EMAIL));
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	mark(1);
	for (int f = LEADS_CSV; f <= LEADS_SALESFORCE; f++) {
		write_file((enum leads_format)f, LATER + 1, NULL, 0);
		write_file((enum leads_format)f, LATER, NULL, 1);
		write_file((enum leads_format)f, 0, &hot, 1);
		write_file((enum leads_format)f, 0, &elsewhere, 0);
		write_file((enum leads_format)f, 0, &named, 1);
		write_file((enum leads_format)f, 0, NULL, 3);
	}
	snprintf(command, sizeof(command),
	    "/usr/bin/python3 %s/support/leads_check.py %s", TEST_DIR, s.dir);
	assert_int_equal(system(command), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(opens_as_what_it_is, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
