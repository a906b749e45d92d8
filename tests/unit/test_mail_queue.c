// SPDX-License-Identifier: Apache-2.0
/* The queue of mails to attendees: what is due when, and what is left of it. */
#include "tests/support/summit.h"

#include "host/case.h"
#include "host/mail_id.h"
#include "host/purge.h"
#include "host/store_daily.h"
#include "host/store_mail.h"

#define NOW SUMMIT_NOW

static struct summit sum;

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	summit_close(&sum);
	return 0;
}

static uint64_t
queue(size_t person, int64_t now)
{
	const struct mail m = { .registration = sum.person[person],
		.kind = MAIL_LETTER, .letter = LETTER_RECEIVED,
		.language = "de", .num = 7, .day = NOW + 86400 };
	uint64_t id;

	assert_ok(store_begin(sum.store));
	assert_ok(mail_add(sum.store, &m, now, &id));
	assert_ok(store_commit(sum.store));
	return id;
}

static bw_err
take(int64_t now, struct mail_row *out)
{
	bw_err r;

	assert_ok(store_begin(sum.store));
	r = mail_take(sum.store, now, out);
	assert_ok(store_commit(sum.store));
	return r;
}

static void
answer(bw_err (*how)(struct store *, uint64_t, unsigned, int64_t),
    uint64_t id, unsigned code, int64_t now)
{
	assert_ok(store_begin(sum.store));
	assert_ok(how(sum.store, id, code, now));
	assert_ok(store_commit(sum.store));
}

static bw_err
keep(void *arg, const struct mail_row *m)
{
	*(struct mail_row *)arg = *m;
	return BW_OK;
}

static struct mail_row
newest(size_t person)
{
	const struct mail_query q = { sum.person[person], -1, 0, 1 };
	struct mail_row row = { 0 };

	assert_ok(mail_each(sum.store, &q, keep, &row));
	return row;
}

/* Nothing is queued for nobody, of no kind, or outside a transaction. */
static void
test_refused(void **state)
{
	struct mail m = { .registration = 999, .kind = MAIL_LINK };

	(void)state;
	assert_err(mail_queue(sum.store, &m, NOW), BW_ERR_ARG);
	assert_ok(store_begin(sum.store));
	assert_err(mail_queue(sum.store, &m, NOW), BW_ERR_NOTFOUND);
	m.registration = sum.person[0];
	m.kind = MAIL_LETTER;
	assert_err(mail_queue(sum.store, &m, NOW), BW_ERR_ARG);
	m.kind = MAIL_KINDS_;
	assert_err(mail_queue(sum.store, &m, NOW), BW_ERR_ARG);
	store_rollback(sum.store);
}

static void
test_taken_once(void **state)
{
	struct mail_row row;
	uint64_t id = queue(0, NOW);

	(void)state;
	assert_err(take(NOW - 1, &row), BW_ERR_NOTFOUND);
	assert_ok(take(NOW, &row));
	assert_int_equal(row.id, id);
	assert_int_equal(row.mail.num, 7);
	assert_int_equal(row.mail.letter, LETTER_RECEIVED);
	assert_string_equal(row.mail.language, "de");
	assert_int_equal(row.tries, 1);
	assert_err(take(NOW + 86400, &row), BW_ERR_NOTFOUND);
	/* One that died while sending. */
	assert_ok(store_begin(sum.store));
	assert_ok(mail_recover(sum.store, NOW + 1));
	assert_ok(store_commit(sum.store));
	assert_ok(take(NOW + 1, &row));
	assert_int_equal(row.tries, 2);
	answer(mail_sent, id, 250, NOW + 2);
	assert_int_equal(newest(0).state, MAIL_SENT);
	assert_int_equal(newest(0).answer, 250);
	assert_ok(store_begin(sum.store));
	assert_ok(mail_recover(sum.store, NOW + 3));
	assert_ok(store_commit(sum.store));
	assert_err(take(NOW + 9, &row), BW_ERR_NOTFOUND);
}

/* Longer and longer between the tries, and then no more. */
static void
test_later(void **state)
{
	struct mail_row row;
	int64_t now = NOW, wait, last = 0;
	uint64_t id = queue(1, NOW);
	bool fails;

	(void)state;
	while (take(now, &row) == BW_OK) {
		answer(mail_later, id, 421, now);
		row = newest(1);
		if (row.state == MAIL_FAILED)
			break;
		wait = row.next_try - now;
		assert_true(wait >= last && wait >= MAIL_TRY_FIRST);
		assert_true(wait <= MAIL_TRY_MOST);
		last = wait;
		assert_err(take(row.next_try - 1, &row), BW_ERR_NOTFOUND);
		now += wait;
	}
	assert_int_equal(last, MAIL_TRY_MOST);
	assert_int_equal(row.state, MAIL_FAILED);
	assert_int_equal(row.answer, 421);
	assert_true(now > NOW + MAIL_GIVE_UP - MAIL_TRY_MOST * 2);
	assert_ok(mail_fails(sum.store, sum.person[1], &fails));
	assert_true(fails);
}

static void
test_retry(void **state)
{
	struct mail_row row;
	uint64_t n, id = queue(2, NOW);
	bool fails;

	(void)state;
	assert_ok(take(NOW, &row));
	answer(mail_failed, id, 550, NOW);
	assert_ok(mail_fails(sum.store, sum.person[2], &fails));
	assert_true(fails);
	assert_ok(store_begin(sum.store));
	assert_err(mail_retry(sum.store, id + 1, NOW + 5, &n),
	    BW_ERR_NOTFOUND);
	assert_ok(mail_retry(sum.store, id, NOW + 5, &n));
	assert_int_equal(n, 1);
	assert_ok(store_commit(sum.store));
	assert_ok(take(NOW + 5, &row));
	assert_int_equal(row.tries, 1);
	answer(mail_sent, id, 250, NOW + 6);
	assert_ok(mail_fails(sum.store, sum.person[2], &fails));
	assert_false(fails);
}

/* Tried again within the second in which it was queued, or by a clock that was
 * set back: what comes back of the first mail is not the second's. */
static void
test_retry_is_another_mail(void **state)
{
	static const uint8_t key[CRYPTO_KEY];
	uint8_t first[MAIL_TOKEN], then[MAIL_TOKEN];
	uint64_t n, id = queue(2, NOW);
	struct mail_row row;

	(void)state;
	for (int64_t now = NOW; now >= NOW - 1; now--) {
		assert_ok(mail_get(sum.store, id, &row));
		assert_ok(mail_id_token(key, &row, first));
		answer(mail_failed, id, 550, now);
		assert_ok(store_begin(sum.store));
		assert_ok(mail_retry(sum.store, id, now, &n));
		assert_ok(store_commit(sum.store));
		assert_ok(take(now, &row));
		assert_ok(mail_id_token(key, &row, then));
		assert_memory_not_equal(first, then, MAIL_TOKEN);
	}
	answer(mail_sent, id, 250, NOW);
}

/* With its registration, and when the policy's days are over: not before. */
static void
test_gone(void **state)
{
	struct purge_report rep;
	struct retain_rules rules;
	uint64_t n[4], id = queue(0, NOW);
	int64_t over;

	(void)state;
	queue(1, NOW);
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, sum.person[1],
	    REG_DELETED, NOW));
	assert_ok(store_commit(sum.store));
	assert_int_equal(newest(1).id, 0);
	assert_int_equal(newest(0).id, id);
	answer(mail_sent, id, 250, NOW);
	assert_ok(retain_load(sum.store, &rules));
	over = NOW + (int64_t)rules.days[RETAIN_MAIL] * 86400;
	assert_ok(store_begin(sum.store));
	assert_ok(store_purge(sum.store, over + 86400));
	assert_ok(store_commit(sum.store));
	assert_ok(purge_run(sum.dir, sum.store, "host", over - 1, &rep));
	assert_int_equal(newest(0).id, id);
	assert_ok(purge_run(sum.dir, sum.store, "host", over, &rep));
	assert_ok(mail_count(sum.store, n));
	assert_int_equal(n[MAIL_SENT], 0);
	/* Numbers do not come again. */
	assert_true(queue(0, NOW) > id);
}

/* At 18:00, of Tokyo's, which are nine hours ahead: from 09:00 UTC on. */
static void
test_daily_hour(void **state)
{
	const int64_t day = NOW - NOW % 86400, nine = day + 9 * 3600;
	const struct { int64_t at; enum daily_time time; } looks[] = {
		{ nine + 1, DAILY_NOT }, { nine + 86399, DAILY_NOT },
		{ nine + 86400, DAILY_DUE }, { nine + 3 * 86400, DAILY_DUE },
		{ nine - 2 * 86400, DAILY_DUE } };
	enum daily_time time;

	(void)state;
	assert_ok(store_begin(sum.store));
	assert_ok(case_zone_set(sum.store, "Asia/Tokyo", "test", NOW));
	assert_ok(store_commit(sum.store));
	assert_ok(daily_due(sum.store, 18, nine, &time));
	assert_int_equal(time, DAILY_FIRST);
	assert_ok(store_begin(sum.store));
	assert_ok(daily_done(sum.store, 18, nine));
	assert_ok(store_commit(sum.store));
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		assert_ok(daily_due(sum.store, 18, looks[i].at, &time));
		assert_int_equal(time, looks[i].time);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_taken_once, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_later, setup, teardown),
		cmocka_unit_test_setup_teardown(test_retry, setup, teardown),
		cmocka_unit_test_setup_teardown(test_retry_is_another_mail,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(test_gone, setup, teardown),
		cmocka_unit_test_setup_teardown(test_daily_hour, setup,
		    teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
