// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/case.h"

#define NOW SUMMIT_NOW
#define ME "account:1"

static struct summit sum;

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	assert_ok(store_begin(sum.store));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	store_rollback(sum.store);
	summit_close(&sum);
	return 0;
}

static uint64_t
opened(enum case_type type, int64_t received)
{
	const struct case_new in = { type, PROOF_DESK, sum.person[0], 0, 0,
		"de", received, 0 };
	uint64_t num;

	assert_ok(case_open(sum.store, &in, ME, NOW, &num));
	return num;
}

struct found {
	unsigned n;
	char act[8][32], detail[8][AUDIT_TEXT_MAX + 1];
	uint64_t num[8];
};

static bw_err
audit_row(void *arg, const struct audit_row *a)
{
	struct found *f = arg;

	assert_true(f->n < 8);
	snprintf(f->act[f->n], sizeof(f->act[0]), "%s", a->act);
	snprintf(f->detail[f->n++], sizeof(f->detail[0]), "%s", a->detail);
	return BW_OK;
}

/* What the audit has of a case, the newest first. */
static struct found
told(uint64_t num)
{
	struct found f = { 0 };
	char object[32];

	snprintf(object, sizeof(object), "case %" PRIu64, num);
	assert_ok(audit_each(sum.store, 0, 8, object, audit_row, &f));
	return f;
}

static bw_err
take_num(void *arg, const struct case_file *c)
{
	struct found *f = arg;

	f->num[f->n++] = c->num;
	return BW_OK;
}

static void
opens(void **state)
{
	struct case_file c;
	uint64_t num = opened(CASE_ERASURE, NOW - 86400);
	struct found f = told(num);

	(void)state;
	assert_ok(case_get(sum.store, num, &c));
	assert_int_equal(c.type, CASE_ERASURE);
	assert_int_equal(c.proof, PROOF_DESK);
	assert_int_equal(c.state, CASE_OPEN);
	assert_int_equal(c.registration, sum.person[0]);
	assert_string_equal(c.language, "de");
	assert_int_equal(c.received, NOW - 86400);
	assert_int_equal(c.opened_at, NOW);
	assert_int_equal(c.due, case_due(NOW - 86400, 1, ""));
	assert_string_equal(c.opened_by, ME);
	assert_int_equal(f.n, 1);
	assert_string_equal(f.act[0], "case.open");
	assert_err(case_get(sum.store, num + 1, &c), BW_ERR_NOTFOUND);
}

static void
opens_nothing_wrong(void **state)
{
	static const struct { struct case_new in; bw_err r; } bad[] = {
		{ { .type = 0 }, BW_ERR_ARG },
		{ { .type = CASE_OTHER + 1 }, BW_ERR_ARG },
		{ { .type = CASE_ACCESS, .proof = PROOF_DESK + 1 },
		    BW_ERR_ARG },
		{ { .type = CASE_ACCESS, .received = NOW + 1 }, BW_ERR_ARG },
		{ { .type = CASE_ACCESS, .received = -1 }, BW_ERR_ARG },
		{ { .type = CASE_ACCESS, .language = "d e" }, BW_ERR_ARG },
		{ { .type = CASE_NOT_ME, .seq = 3 }, BW_ERR_ARG },
		{ { .type = CASE_NOT_ME, .device = 1, .said = 1 }, BW_ERR_ARG },
		{ { .type = CASE_NOT_ME, .device = 1, .seq = 3, .said = 1,
		    .registration = 1 }, BW_ERR_ARG },
		{ { .type = CASE_ACCESS, .registration = 4000 },
		    BW_ERR_NOTFOUND },
		{ { .type = CASE_NOT_ME, .device = 77 }, BW_ERR_NOTFOUND },
	};
	uint64_t num;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_err(case_open(sum.store, &bad[i].in, ME, NOW, &num),
		    bad[i].r);
		assert_int_equal(num, 0);
	}
	store_rollback(sum.store);
	assert_err(case_open(sum.store, &(struct case_new){ CASE_ACCESS,
	    PROOF_NONE, 0, 0, 0, NULL, 0, 0 }, ME, NOW, &num), BW_ERR_ARG);
}

static void
zone_counts(void **state)
{
	char zone[CASE_ZONE_MAX + 1];
	struct case_file c;

	(void)state;
	assert_err(case_zone_set(sum.store, "Mars/Olympus", ME, NOW),
	    BW_ERR_ARG);
	assert_ok(case_zone(sum.store, zone));
	assert_string_equal(zone, "");
	assert_ok(case_zone_set(sum.store, "Europe/Berlin", ME, NOW));
	assert_ok(case_zone(sum.store, zone));
	assert_string_equal(zone, "Europe/Berlin");
	assert_ok(case_get(sum.store, opened(CASE_ACCESS, 0), &c));
	assert_int_equal(c.due, case_due(NOW, 1, "Europe/Berlin"));
	assert_int_not_equal(c.due, case_due(NOW, 1, ""));
}

/* On the last second, once; one second late, never. */
static void
extends_in_the_first_month_only(void **state)
{
	int64_t due = case_due(NOW, 1, "");
	uint64_t a = opened(CASE_ACCESS, NOW), b = opened(CASE_ACCESS, NOW);
	struct case_file c;
	struct found f;

	(void)state;
	assert_err(case_extend(sum.store, a, "", ME, due), BW_ERR_ARG);
	assert_err(case_extend(sum.store, a, "a\tb", ME, due), BW_ERR_ARG);
	assert_err(case_extend(sum.store, a, "why", ME, NOW - 1), BW_ERR_ARG);
	assert_ok(case_extend(sum.store, a, "Ada has many shares", ME, due));
	assert_err(case_extend(sum.store, a, "why", ME, due), BW_ERR_EXISTS);
	assert_err(case_extend(sum.store, b, "why", ME, due + 1),
	    BW_ERR_EXPIRED);
	assert_ok(case_get(sum.store, a, &c));
	assert_int_equal(c.state, CASE_EXTENDED);
	assert_int_equal(c.due, case_due(NOW, 3, ""));
	assert_int_equal(c.extended_at, due);
	assert_string_equal(c.text[CASE_WHY_LONGER], "Ada has many shares");
	assert_ok(case_get(sum.store, b, &c));
	assert_int_equal(c.state, CASE_OPEN);
	assert_int_equal(c.due, due);
	f = told(a);
	assert_string_equal(f.act[0], "case.extend");
	assert_null(strstr(f.detail[0], "Ada"));
	/* Taken in by the desk when the month was over already. */
	b = opened(CASE_ACCESS, NOW - 40 * 86400);
	assert_err(case_extend(sum.store, b, "why", ME, NOW), BW_ERR_EXPIRED);
}

static void
breach_is_never_extended(void **state)
{
	uint64_t num = opened(CASE_BREACH, NOW);
	struct case_file c;

	(void)state;
	assert_ok(case_get(sum.store, num, &c));
	assert_int_equal(c.due, NOW + 72 * 3600);
	assert_err(case_extend(sum.store, num, "why", ME, NOW),
	    BW_ERR_EXPIRED);
}

static void
ends_once(void **state)
{
	uint64_t done = opened(CASE_ACCESS, 0), no = opened(CASE_ERASURE, 0);
	uint64_t drop = opened(CASE_OTHER, 0);
	int64_t late = case_due(NOW, 1, "") + 1;
	struct case_file c;

	(void)state;
	assert_ok(case_done_as(sum.store, done, "All was sent", ME, NOW + 5));
	assert_ok(case_refuse(sum.store, no, "Nobody is known", ME, late));
	assert_ok(case_drop(sum.store, drop, ME, NOW));
	for (uint64_t n = done; n <= drop; n++) {
		assert_err(case_done(sum.store, n, ME, NOW), BW_ERR_GONE);
		assert_err(case_refuse(sum.store, n, "x", ME, NOW),
		    BW_ERR_GONE);
		assert_err(case_drop(sum.store, n, ME, NOW), BW_ERR_GONE);
		assert_err(case_extend(sum.store, n, "x", ME, NOW),
		    BW_ERR_GONE);
		assert_err(case_fee(sum.store, n, "x", ME, NOW), BW_ERR_GONE);
		assert_err(case_step(sum.store, n, DID_CASE_LOOK, "", ME, NOW),
		    BW_ERR_GONE);
		assert_err(case_match(sum.store, n, sum.person[0],
		    PROOF_DESK, ME, NOW), BW_ERR_GONE);
	}
	assert_ok(case_get(sum.store, done, &c));
	assert_int_equal(c.state, CASE_DONE);
	assert_int_equal(c.closed_at, NOW + 5);
	assert_string_equal(c.text[CASE_OUTCOME], "All was sent");
	assert_string_equal(told(done).detail[0], "in time");
	assert_ok(case_get(sum.store, no, &c));
	assert_string_equal(c.text[CASE_WHY_REFUSED], "Nobody is known");
	assert_string_equal(told(no).act[0], "case.refuse");
	assert_string_equal(told(no).detail[0], "late");
}

static void
finds_the_person_later(void **state)
{
	const struct case_new in = { .type = CASE_ACCESS };
	struct case_file c;
	uint64_t num;

	(void)state;
	assert_ok(case_open(sum.store, &in, "attendee", NOW, &num));
	assert_err(case_match(sum.store, num, 4000, PROOF_MAIL, ME, NOW),
	    BW_ERR_NOTFOUND);
	assert_ok(case_match(sum.store, num, sum.person[1], PROOF_MAIL, ME,
	    NOW));
	assert_err(case_match(sum.store, num, sum.person[0], PROOF_MAIL, ME,
	    NOW), BW_ERR_EXISTS);
	assert_ok(case_get(sum.store, num, &c));
	assert_int_equal(c.registration, sum.person[1]);
	assert_int_equal(c.proof, PROOF_MAIL);
	assert_string_equal(c.language, "en");
}

static void
counts_and_lists(void **state)
{
	struct case_counts n;
	struct found f = { 0 };
	uint64_t a, b, c;

	(void)state;
	assert_ok(case_count(sum.store, NOW, &n));
	assert_int_equal(n.open + n.over + (uint64_t)n.next, 0);
	a = opened(CASE_ACCESS, 0);
	b = opened(CASE_ACCESS, NOW - 60 * 86400);
	c = opened(CASE_ACCESS, 0);
	assert_ok(case_done(sum.store, c, ME, NOW));
	assert_ok(case_count(sum.store, NOW, &n));
	assert_int_equal(n.open, 2);
	assert_int_equal(n.over, 1);
	assert_int_equal(n.next, case_due(NOW - 60 * 86400, 1, ""));
	assert_ok(case_each_open(sum.store, take_num, &f));
	assert_int_equal(f.n, 2);
	assert_int_equal(f.num[0], b);
	assert_int_equal(f.num[1], a);
	f.n = 0;
	assert_ok(case_each_closed(sum.store, true, 0, 5, take_num, &f));
	assert_int_equal(f.n, 1);
	assert_int_equal(f.num[0], c);
	f.n = 0;
	assert_ok(case_each_of(sum.store, sum.person[0], take_num, &f));
	assert_int_equal(f.n, 3);
	assert_int_equal(f.num[0], c);
}

/* Who takes a copy at /my/ waits for nobody: staff see it when they ask. */
static void
copies_are_apart(void **state)
{
	struct case_new in = { .type = CASE_TRANSFER, .proof = PROOF_MAIL,
		.registration = sum.person[0], .language = "en" };
	struct found f = { 0 };
	uint64_t own, objects, waited, staffs;

	(void)state;
	assert_ok(case_open(sum.store, &in, "attendee", NOW, &own));
	assert_ok(case_done(sum.store, own, "attendee", NOW));
	assert_ok(case_open(sum.store, &in, "attendee", NOW, &waited));
	assert_ok(case_done(sum.store, waited, ME, NOW + 60));
	assert_ok(case_open(sum.store, &in, ME, NOW, &staffs));
	assert_ok(case_done(sum.store, staffs, ME, NOW));
	in.type = CASE_OBJECTION;
	assert_ok(case_open(sum.store, &in, "attendee", NOW, &objects));
	assert_ok(case_done(sum.store, objects, "attendee", NOW));
	assert_ok(case_each_closed(sum.store, false, 0, 9, take_num, &f));
	assert_int_equal(f.n, 3);
	for (size_t i = 0; i < f.n; i++)
		assert_int_not_equal(f.num[i], own);
	f.n = 0;
	assert_ok(case_each_closed(sum.store, true, 0, 9, take_num, &f));
	assert_int_equal(f.n, 4);
}

static void
forgets(void **state)
{
	uint64_t a = opened(CASE_ACCESS, 0), b = opened(CASE_ACCESS, 0);
	struct case_file c;

	(void)state;
	assert_ok(case_fee(sum.store, a, "Ada asks each day", ME, NOW));
	assert_ok(case_done_as(sum.store, b, "Ada has it", ME, NOW));
	assert_ok(case_forget(sum.store, sum.person[1]));
	assert_ok(case_get(sum.store, a, &c));
	assert_string_equal(c.text[CASE_FEE], "Ada asks each day");
	assert_ok(case_forget(sum.store, sum.person[0]));
	for (uint64_t num = a; num <= b; num++) {
		assert_ok(case_get(sum.store, num, &c));
		for (int i = 0; i < CASE_TEXTS; i++)
			assert_string_equal(c.text[i], "");
	}
}

/* Erased by whatever way. */
static void
goes_with_the_person(void **state)
{
	uint64_t num = opened(CASE_ERASURE, 0);
	struct case_file c;

	(void)state;
	assert_ok(case_fee(sum.store, num, "Ada", ME, NOW));
	assert_ok(store_registration_status(sum.store, sum.person[0],
	    REG_WITHHELD, NOW));
	assert_ok(case_get(sum.store, num, &c));
	assert_string_equal(c.text[CASE_FEE], "Ada");
	assert_ok(store_registration_status(sum.store, sum.person[0],
	    REG_DELETED, NOW));
	assert_ok(case_get(sum.store, num, &c));
	assert_string_equal(c.text[CASE_FEE], "");
	assert_int_equal(c.registration, sum.person[0]);
}

static void
words(void **state)
{
	enum case_type t;
	enum case_proof p;

	(void)state;
	for (unsigned i = 1; i <= CASE_TYPES; i++) {
		assert_ok(case_type_parse(case_type_name((enum case_type)i),
		    &t));
		assert_int_equal(t, i);
	}
	assert_err(case_type_parse("", &t), BW_ERR_FORMAT);
	for (unsigned i = 0; i < CASE_PROOFS; i++) {
		assert_ok(case_proof_parse(case_proof_name(
		    (enum case_proof)i), &p));
		assert_int_equal(p, i);
	}
	assert_err(case_proof_parse("face", &p), BW_ERR_FORMAT);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(opens), T(opens_nothing_wrong), T(zone_counts),
		T(extends_in_the_first_month_only),
		T(breach_is_never_extended), T(ends_once),
		T(copies_are_apart),
		T(finds_the_person_later), T(counts_and_lists), T(forgets),
		T(goes_with_the_person), T(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
