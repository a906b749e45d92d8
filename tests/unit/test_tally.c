// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>
#include <unistd.h>

#include "kiosk/keys.h"
#include "kiosk/place.h"
#include "kiosk/tally.h"
#include "tests/support/booth.h"

#define DAY 86400
#define T0 (1778572800u / DAY * DAY)	/* a midnight */

static struct booth booth;
static struct policy policy;
static struct keys keys;
static struct place place;
static struct journal *journal;
static char dir[64];

static int
set_up(void **state)
{
	struct body b;

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, T0, &policy);
	snprintf(dir, sizeof(dir), "/tmp/badgeward-tally-XXXXXX");
	assert_non_null(mkdtemp(dir));
	assert_ok(place_open(&place, dir));
	assert_ok(keys_create(&keys, place.own));
	booth_opening(&policy, keys.log, &b);
	assert_ok(journal_create(&journal, place.journal, keys.log,
	    BOOTH_ORIGIN, crypto_key_spki(booth.host), &b, T0));
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	journal_close(&journal);
	keys_close(&keys);
	booth_close(&booth);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static uint64_t
append(enum entry_kind kind, uint64_t time)
{
	struct body b = { .kind = kind };
	uint64_t seq;

	if (kind == ENTRY_SHARE) {
		strcpy(b.u.share.sponsor, "example-corp");
		strcpy(b.u.share.language, "en");
		b.u.share.edition = 1;
	} else if (kind == ENTRY_UNDO)
		b.u.undo.share_seq = journal_size(journal) - 1;
	else
		strcpy(b.u.stop.sponsor, "example-corp");
	assert_ok(journal_append(journal, &b, time, &seq));
	if (kind == ENTRY_SHARE)
		assert_ok(journal_confirm(journal));
	return seq;
}

static void
is(const unsigned long got[static TALLY_KINDS], unsigned long shares,
    unsigned long declines, unsigned long silences)
{
	assert_int_equal(got[TALLY_SHARE], shares);
	assert_int_equal(got[TALLY_DECLINE], declines);
	assert_int_equal(got[TALLY_NO_ANSWER], silences);
}

/* Only what may be told counts, today from midnight on, an undo undoes. */
static void
counts(void **state)
{
	struct tally t = { 0 };
	uint64_t size;

	(void)state;
	append(ENTRY_SHARE, T0 + 100);
	append(ENTRY_DECLINE, T0 + 200);
	append(ENTRY_SHARE, T0 + DAY - 1);
	append(ENTRY_SHARE, T0 + DAY);
	append(ENTRY_UNDO, T0 + DAY + 1);
	append(ENTRY_SHARE, T0 + DAY + 2);
	append(ENTRY_NO_ANSWER, T0 + DAY + 1000);
	append(ENTRY_DECLINE, T0 + DAY + 1000);
	size = journal_size(journal);
	assert_ok(tally_count(&t, journal, size - 1, T0 + DAY));
	is(t.today, 1, 0, 1);
	is(t.all, 3, 1, 1);
	assert_ok(tally_count(&t, journal, size, T0 + DAY));
	is(t.today, 1, 1, 1);
	is(t.all, 3, 2, 1);
	assert_ok(tally_count(&t, journal, size, T0 + 2 * DAY));
	is(t.today, 0, 0, 0);
	is(t.all, 3, 2, 1);
	assert_err(tally_count(&t, journal, size + 1, T0 + 2 * DAY),
	    BW_ERR_NOTFOUND);
}

/* The host takes what is below `size`, and the journal lets it go. */
static void
cosign(uint64_t size)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX), both = BW_BUF_INIT(NOTE_MAX);

	assert_ok(journal_get(journal, size - 1, NULL, NULL, &note));
	assert_ok(booth_cosign(&booth, (const char *)note.ptr, note.len, T0,
	    &both));
	assert_ok(journal_cosign(journal, (const char *)both.ptr, both.len));
	bw_buf_free(&note);
	bw_buf_free(&both);
}

static void
counted(struct tally *t, unsigned long shares, unsigned long declines,
    unsigned long silences)
{
	assert_ok(tally_count(t, journal, journal_size(journal), T0 + DAY));
	is(t->today, shares, declines, silences);
	is(t->all, shares + 2, declines + 1, silences);
}

/* What was deleted is counted still: by who counted before and who begins
 * after it, piece by piece, an undo apart from its share, over a restart. */
static void
counts_what_is_gone(void **state)
{
	struct tally old = { 0 }, t = { 0 };
	uint64_t undo, size;

	(void)state;
	append(ENTRY_SHARE, T0 + 100);
	append(ENTRY_DECLINE, T0 + 200);
	append(ENTRY_SHARE, T0 + DAY - 1);
	append(ENTRY_SHARE, T0 + DAY);
	undo = append(ENTRY_UNDO, T0 + DAY + 1);
	append(ENTRY_SHARE, T0 + DAY + 2);
	append(ENTRY_NO_ANSWER, T0 + DAY + 1000);
	counted(&old, 1, 0, 1);
	cosign(2);
	counted(&old, 1, 0, 1);
	cosign(undo);
	assert_err(journal_get(journal, 2, NULL, NULL, NULL), BW_ERR_NOTFOUND);
	counted(&t, 1, 0, 1);
	counted(&old, 1, 0, 1);
	append(ENTRY_DECLINE, T0 + DAY + 1000);
	size = journal_size(journal);
	cosign(size);
	counted(&t, 1, 1, 1);
	append(ENTRY_SHARE, T0 + DAY + 2000);
	journal_close(&journal);
	assert_ok(journal_open(&journal, place.journal, keys.log));
	counted(&t, 2, 1, 1);
	t = (struct tally){ 0 };
	counted(&t, 2, 1, 1);
	assert_ok(tally_count(&t, journal, size, T0 + 2 * DAY));
	is(t.today, 0, 0, 0);
	is(t.all, 3, 2, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(counts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(counts_what_is_gone, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
