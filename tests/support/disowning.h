/* SPDX-License-Identifier: Apache-2.0 */
/*
 * disowning.h - what tests of "not me" share: an event with two booths, shares at
 * some second of a quarter hour, a case about one, and what waits for it.
 */
#ifndef TESTS_SUPPORT_DISOWNING_H
#define TESTS_SUPPORT_DISOWNING_H

#include "host/not_me.h"
#include "host/right.h"
#include "tests/support/summit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define QUARTER (SUMMIT_NOW - SUMMIT_NOW % 900 + 900)
#define LATER (QUARTER + 7200)
#define ME "account:1"

static struct summit s;
static struct booth a, b;
static uint64_t beside;	/* others that the last case holds */

static inline int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&a, &s, "k07", "example-corp");
	booth_open(&b, &s, "k08", "example-corp");
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	booth_close(&a);
	booth_close(&b);
	summit_close(&s);
	return 0;
}

static inline uint64_t
share_at(struct booth *booth, uint64_t at)
{
	struct body body = booth_share(booth, 0, FIELDS);

	booth->now = at;
	return booth_add(booth, &body);
}

static inline void
send(struct booth *booth)
{
	struct ingest_out out;

	assert_ok(booth_send(booth, &out));
	bw_buf_free(&out.note);
}

/* The share waits for this, or is its sponsor's. */
static inline bool
waits(const struct booth *booth, uint64_t seq)
{
	struct store_lead l;

	assert_ok(store_lead_get(s.store, booth->device.num, seq, &l));
	if (l.state == LEAD_LIVE)
		return false;
	assert_int_equal(l.state, LEAD_HELD);
	assert_int_equal(l.reason, ODD_NOT_ME);
	return true;
}

static inline uint64_t
say(enum case_type type, uint64_t seq)
{
	const struct case_new in = { .type = type, .proof = PROOF_DESK,
		.registration = s.person[0], .device = a.device.num,
		.seq = seq };
	uint64_t num;

	assert_ok(SUMMIT_KEPT(&s, not_me_case(s.store, &in, ME, LATER, &num,
	    &beside)));
	return num;
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

#endif
