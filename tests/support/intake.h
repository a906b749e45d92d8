/* SPDX-License-Identifier: Apache-2.0 */
/*
 * intake.h - for test_ingest*.c: one summit with one booth, k07 of
 * example-corp, as it is before each test (TEST); what the booth sends, and
 * what the store holds afterwards. The store is the one that $STORE names.
 */
#ifndef TESTS_SUPPORT_INTAKE_H
#define TESTS_SUPPORT_INTAKE_H

#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define NAME FIELD_BIT(FIELD_NAME)
#define EMAIL FIELD_BIT(FIELD_EMAIL)
#define COMPANY FIELD_BIT(FIELD_COMPANY)
#define PHONE FIELD_BIT(FIELD_WORK_PHONE)

static struct summit sum;
static struct booth b;
static struct ingest_out out;

static inline int
setup(void **state)
{
	(void)state;
	summit_open(&sum, getenv("STORE"));
	booth_open(&b, &sum, "k07", "example-corp");
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	bw_buf_free(&out.note);
	booth_close(&b);
	summit_close(&sum);
	return 0;
}

static inline bw_err
send(void)
{
	bw_buf_free(&out.note);
	return booth_send(&b, &out);
}

static inline bw_err
ingest(uint64_t from, const struct bw_buf *up)
{
	bw_err r;

	bw_buf_free(&out.note);
	r = booth_ingest(&b, from, up, &out);
	booth_look(&b);
	return r;
}

static inline uint64_t
share(size_t person, field_set granted)
{
	struct body body = booth_share(&b, person, granted);

	return booth_add(&b, &body);
}

static inline uint64_t
undo(uint64_t seq)
{
	struct body body = { .kind = ENTRY_UNDO };

	body.u.undo.share_seq = seq;
	return booth_add(&b, &body);
}

static inline uint64_t
decline(void)
{
	struct body body = { .kind = ENTRY_DECLINE };

	strcpy(body.u.stop.sponsor, b.device.sponsor);
	return booth_add(&b, &body);
}

/* ---- what the store holds afterwards ---- */

static inline bw_err
count_release(void *arg, const struct store_release *l)
{
	(void)l;
	(*(size_t *)arg)++;
	return BW_OK;
}

static inline size_t
released(const char *sponsor)
{
	size_t n = 0;

	assert_ok(store_release_each(sum.store, NULL, sponsor, SUMMIT_NOW,
	    count_release, &n, NULL));
	return n;
}

struct odds {
	size_t n;
	uint64_t seq;
	enum odd_reason reason;
};

static inline bw_err
take_odd(void *arg, const struct store_odd *o)
{
	struct odds *got = arg;

	got->n++;
	got->seq = o->seq;
	got->reason = o->reason;
	return BW_OK;
}

/* Exactly one odd entry, this one; and nothing of it is released. */
static inline void
assert_odd(uint64_t seq, enum odd_reason reason)
{
	struct odds got = { 0 };

	assert_ok(store_odd_each(sum.store, take_odd, &got));
	assert_int_equal(got.n, 1);
	assert_int_equal(got.seq, seq);
	assert_int_equal(got.reason, reason);
}

static inline enum lead_state
state_of(uint64_t seq)
{
	struct store_lead l;

	assert_ok(store_lead_get(sum.store, b.device.num, seq, &l));
	return l.state;
}

static inline bw_err
count_entry(void *arg, const struct store_entry *e)
{
	uint64_t *n = arg;

	assert_int_equal(e->seq, *n);
	assert_non_null(e->body);
	(*n)++;
	return BW_OK;
}

/* The log holds n entries, all rows of it, and nothing else. */
static inline void
assert_held(uint64_t n)
{
	uint64_t rows = 0;

	booth_look(&b);
	assert_int_equal(b.device.size, n);
	assert_ok(store_entry_each(sum.store, b.device.num, 0, n + 10,
	    count_entry, &rows));
	assert_int_equal(rows, n);
}

static inline void
assert_refused(bw_err r, bw_err want)
{
	assert_int_equal(r, want);
	assert_non_null(out.why);
	assert_held(1);
	assert_int_equal(released("example-corp"), 0);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

#endif
