// SPDX-License-Identifier: Apache-2.0
/* Answers by which nothing was shared, until their quarter hour is over. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "kiosk/journal.h"
#include "record/entry.h"
#include "record/upload.h"
#include "tests/support/booth.h"

#define T0 (1778572800u - 1778572800u % ENTRY_COARSE)

static struct booth booth;
static struct policy policy;
static struct crypto_key *log_key;
static char dir[64], path[128];
static struct journal *j;

static int
set_up(void **state)
{
	static const uint8_t scalar[CRYPTO_KEY] = { 7, 7, 7 };
	struct body b;

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, T0, &policy);
	assert_ok(crypto_key_open(&log_key, scalar));
	snprintf(dir, sizeof(dir), "/tmp/badgeward-answers-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/journal.db", dir);
	booth_opening(&policy, log_key, &b);
	assert_ok(journal_create(&j, path, log_key, BOOTH_ORIGIN,
	    crypto_key_spki(booth.host), &b, T0));
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	journal_close(&j);
	booth_close(&booth);
	crypto_key_close(&log_key);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static void
again(void)
{
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
}

static void
answer(enum entry_kind kind, uint64_t now)
{
	struct body b = { .kind = kind };

	if (kind == ENTRY_UNREAD) {
		strcpy(b.u.unread.sponsor, "example-corp");
		b.u.unread.reason = UNREAD_BLOCKED;
	} else
		strcpy(b.u.stop.sponsor, "example-corp");
	assert_ok(journal_answer(j, &b, now));
}

static uint64_t
share(uint64_t now)
{
	struct body b = { .kind = ENTRY_SHARE };
	uint64_t seq;

	memcpy(b.u.share.badge_id, "badge-id", BADGE_ID);
	b.u.share.edition = 1;
	strcpy(b.u.share.sponsor, "example-corp");
	b.u.share.granted = FIELD_BIT(FIELD_NAME);
	strcpy(b.u.share.language, "en");
	assert_ok(journal_append(j, &b, now, &seq));
	assert_ok(journal_confirm(j));
	return seq;
}

static void
is(uint64_t seq, enum entry_kind kind, uint64_t time)
{
	struct bw_buf b = BW_BUF_INIT(ENTRY_MAX);
	struct entry e;

	assert_ok(journal_get(j, seq, &b, NULL, NULL));
	assert_ok(entry_decode(b.ptr, b.len, &e));
	assert_int_equal(e.kind, kind);
	assert_int_equal(e.time, time);
	bw_buf_free(&b);
}

/* The numbers of two shares are next to each other, who came between them or
 * not; then all is there, of its quarter hour, and in no order. */
static void
no_gap_between_shares(void **state)
{
	(void)state;
	assert_int_equal(share(T0 + 31), 1);
	answer(ENTRY_NO_ANSWER, T0 + 32);
	answer(ENTRY_UNREAD, T0 + 33);
	answer(ENTRY_DECLINE, T0 + 34);
	answer(ENTRY_DECLINE, T0 + 36);
	assert_int_equal(share(T0 + 43), 2);
	assert_ok(journal_answers_end(j, T0 + 899));
	assert_int_equal(journal_size(j), 3);
	assert_true(journal_answers_wait(j));
	assert_ok(journal_answers_end(j, T0 + 900));
	assert_false(journal_answers_wait(j));
	assert_int_equal(journal_size(j), 7);
	is(3, ENTRY_DECLINE, T0 + 43);
	is(4, ENTRY_DECLINE, T0 + 43);
	is(5, ENTRY_NO_ANSWER, T0 + 43);
	is(6, ENTRY_UNREAD, T0 + 43);
	again();
	assert_int_equal(journal_size(j), 7);
	assert_false(journal_answers_wait(j));
}

/* One checkpoint is behind all of them: no upload ends among them. */
static void
upload_ends_behind_them(void **state)
{
	struct bw_buf up = BW_BUF_INIT(UPLOAD_MAX), same = up;
	uint64_t to;

	(void)state;
	assert_int_equal(share(T0 + 31), 1);
	for (unsigned i = 0; i < 3; i++)
		answer(ENTRY_DECLINE, T0 + 32);
	assert_ok(journal_answers_end(j, T0 + 900));
	assert_ok(journal_upload(j, 0, 2, &up, &to));
	assert_ok(journal_upload(j, 0, 4, &same, &to));
	assert_int_equal(to, 2);
	assert_int_equal(same.len, up.len);
	assert_memory_equal(same.ptr, up.ptr, up.len);
	bw_buf_free(&same);
	bw_buf_reset(&up);
	assert_err(journal_upload(j, 2, 4, &up, &to), BW_ERR_NOTFOUND);
	bw_buf_reset(&up);
	assert_ok(journal_upload(j, 0, 5, &up, &to));
	assert_int_equal(to, 5);
	bw_buf_free(&up);
}

/* They outlive the process; a later entry comes behind them, whoever forgot to
 * put them there. */
static void
before_a_later_entry(void **state)
{
	(void)state;
	answer(ENTRY_DECLINE, T0 + 10);
	again();
	assert_true(journal_answers_wait(j));
	answer(ENTRY_DECLINE, T0 + 910);
	assert_int_equal(journal_size(j), 1);
	assert_int_equal(share(T0 + 1000), 2);
	is(1, ENTRY_DECLINE, T0);
	assert_int_equal(share(T0 + 1900), 4);
	is(3, ENTRY_DECLINE, T0 + 1000);
	answer(ENTRY_DECLINE, T0 + 1901);
	assert_ok(journal_answers_end(j, UINT64_MAX));
	is(5, ENTRY_DECLINE, T0 + 1900);
}

/* A clock that is put back or on takes none along. */
static void
before_a_step_of_the_clock(void **state)
{
	struct body b = { .kind = ENTRY_CLOCK,
		.u.clock = { .old_time = T0 + 1810, .source = "ntp" } };
	const uint64_t to[] = { T0 + 1830, T0 + 20, T0 + 4000 };
	uint64_t seq;

	(void)state;
	answer(ENTRY_DECLINE, T0 + 1810);
	for (size_t i = 0; i < 3; i++) {
		b.u.clock.new_time = to[i];
		assert_ok(journal_append(j, &b, to[i], &seq));
		if (i == 0)
			assert_int_equal(seq, 1);
		else
			answer(ENTRY_DECLINE, to[i] + 1);
	}
	is(2, ENTRY_DECLINE, T0 + 1830);
	is(3, ENTRY_CLOCK, T0 + 20);
	is(4, ENTRY_DECLINE, T0 + 20);
	is(5, ENTRY_CLOCK, T0 + 4000);
	assert_true(journal_answers_wait(j));
}

/* Nothing comes between a share and its undo; other kinds are refused. */
static void
not_before_an_undo(void **state)
{
	struct body undo = { .kind = ENTRY_UNDO };
	struct body b = { .kind = ENTRY_SHARE };
	uint64_t seq;

	(void)state;
	answer(ENTRY_DECLINE, T0 + 10);
	undo.u.undo.share_seq = share(T0 + 899);
	assert_ok(journal_append(j, &undo, T0 + 901, &seq));
	assert_int_equal(seq, undo.u.undo.share_seq + 1);
	assert_err(journal_answer(j, &b, T0 + 902), BW_ERR_ARG);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_gap_between_shares), TEST(upload_ends_behind_them),
		TEST(before_a_later_entry), TEST(before_a_step_of_the_clock),
		TEST(not_before_an_undo),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
