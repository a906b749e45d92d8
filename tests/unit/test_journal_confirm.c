// SPDX-License-Identifier: Apache-2.0
/* A share between its commit and the frame that says so. */
#include "tests/support/unit.h"

#include <sys/stat.h>

#include <stdio.h>
#include <unistd.h>

#include "kiosk/journal.h"
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
	snprintf(dir, sizeof(dir), "/tmp/badgeward-journal-XXXXXX");
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

static struct body
a_share(void)
{
	struct body b = { .kind = ENTRY_SHARE };

	memcpy(b.u.share.badge_id, "badge-id", BADGE_ID);
	b.u.share.edition = 1;
	strcpy(b.u.share.sponsor, "example-corp");
	b.u.share.granted = FIELD_BIT(FIELD_NAME);
	strcpy(b.u.share.language, "en");
	return b;
}

static enum entry_kind
last_kind(struct journal *j)
{
	struct bw_buf b = BW_BUF_INIT(ENTRY_MAX);
	struct entry e;

	assert_ok(journal_get(j, journal_size(j) - 1, &b, NULL, NULL));
	assert_ok(entry_decode(b.ptr, b.len, &e));
	bw_buf_free(&b);
	return e.kind;
}

/* The next process undoes a share that nobody was told of, and no other. */
static void
an_unconfirmed_share_is_undone(void **state)
{
	struct body b = a_share();
	struct journal *j = fresh();
	uint64_t seq;

	(void)state;
	assert_ok(journal_confirm(j));	/* of nothing */
	assert_ok(journal_append(j, &b, T0, &seq));
	assert_ok(journal_confirm(j));
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(last_kind(j), ENTRY_SHARE);
	assert_ok(journal_append(j, &b, T0, &seq));
	assert_false(journal_owes_undo(j, &seq));
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(last_kind(j), ENTRY_UNDO);
	assert_int_equal(journal_size(j), 4);
	assert_false(journal_owes_undo(j, &seq));
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(journal_size(j), 4);
	journal_close(&j);
}

/* So it is when the file said nothing, or had not come to the last answer. */
static void
a_file_may_lag_behind(void **state)
{
	struct body share = a_share(), stop = { .kind = ENTRY_DECLINE };
	struct journal *j = fresh();
	char undo[160], cmd[400];
	uint64_t seq;

	(void)state;
	strcpy(stop.u.stop.sponsor, "example-corp");
	snprintf(undo, sizeof(undo), "%s-undo", path);
	journal_close(&j);
	unlink(undo);
	assert_ok(journal_open(&j, path, log_key));
	assert_ok(journal_append(j, &share, T0, &seq));
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(last_kind(j), ENTRY_UNDO);
	assert_ok(journal_append(j, &share, T0, &seq));
	assert_ok(journal_confirm(j));
	snprintf(cmd, sizeof(cmd), "cp '%s' '%s.was'", undo, undo);
	assert_int_equal(system(cmd), 0);
	assert_ok(journal_append(j, &stop, T0, &seq));
	journal_close(&j);
	snprintf(cmd, sizeof(cmd), "cp '%s.was' '%s'", undo, undo);
	assert_int_equal(system(cmd), 0);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(last_kind(j), ENTRY_DECLINE);
	assert_ok(journal_append(j, &share, T0, &seq));
	journal_close(&j);
	assert_int_equal(system(cmd), 0);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(last_kind(j), ENTRY_UNDO);
	assert_int_equal(journal_size(j), 7);
	journal_close(&j);
}

/* Where the undo cannot be noted beforehand, no share is stored. */
static void
a_share_needs_its_note(void **state)
{
	struct body b = a_share();
	struct journal *j = fresh();
	char undo[160];
	uint64_t seq;

	(void)state;
	snprintf(undo, sizeof(undo), "%s-undo", path);
	journal_close(&j);
	unlink(undo);
	assert_int_equal(mkdir(undo, 0700), 0);
	assert_ok(journal_open(&j, path, log_key));
	assert_err(journal_append(j, &b, T0, &seq), BW_ERR_IO);
	assert_err(journal_mend(j), BW_ERR_IO);
	assert_true(journal_owes_undo(j, &seq));	/* the booth is closed */
	assert_int_equal(rmdir(undo), 0);
	assert_ok(journal_mend(j));
	assert_int_equal(journal_size(j), 1);
	assert_ok(journal_append(j, &b, T0, &seq));
	assert_ok(journal_confirm(j));
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unconfirmed_share_is_undone),
		cmocka_unit_test(a_file_may_lag_behind),
		cmocka_unit_test(a_share_needs_its_note),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
