/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rights.h - what tests of rights and holds share: an event with the booths of
 * two sponsors, shares at them, and what a sponsor sees and is told.
 */
#ifndef TESTS_SUPPORT_RIGHTS_H
#define TESTS_SUPPORT_RIGHTS_H

#include "host/right.h"
#include "host/store_ack.h"
#include "host/store_leadlist.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define LATER (SUMMIT_NOW + 3600)
/* Of the one that it is in, and some seconds after. */
#define QUARTER_END (LATER - LATER % 900 + 899)
#define ME "account:1"

static struct summit s;
static struct booth b, other;

static inline int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "example-corp");
	booth_open(&other, &s, "k08", "acme");
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	booth_close(&other);
	summit_close(&s);
	return 0;
}

static inline void
send(struct booth *at)
{
	struct ingest_out out;

	assert_ok(booth_send(at, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
}

static inline uint64_t
share(struct booth *at, size_t person, field_set fields)
{
	struct body body = booth_share(at, person, fields);

	return booth_add(at, &body);
}

#define DO(call) SUMMIT_KEPT(&s, call)

static inline enum lead_state
state_of(const struct booth *at, uint64_t seq)
{
	struct store_lead l;

	assert_ok(store_lead_get(s.store, at->device.num, seq, &l));
	return l.state;
}

static inline struct right_state
look(size_t person)
{
	struct right_state st;

	assert_ok(right_look(s.store, s.person[person], &st));
	return st;
}

static inline enum reg_status
status_of(size_t person)
{
	struct registration reg;

	assert_ok(store_registration_get(s.store, s.person[person], &reg));
	return reg.status;
}

/* The lead as its sponsor sees it; false: not at all. */
static inline bool
sees(const struct booth *at, uint64_t seq, struct leadlist_lead *l)
{
	bw_err r = leadlist_lead(s.store, at->device.sponsor, at->device.num,
	    seq, LATER, l);

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	return r == BW_OK;
}

static inline bool
shown(const struct booth *at, uint64_t seq)
{
	static struct leadlist_lead l;

	return sees(at, seq, &l);
}

struct items {
	size_t n;
	enum ack_kind kind;
	uint64_t seq;
};

static inline bw_err
on_item(void *arg, const struct store_ack *a)
{
	struct items *got = arg;

	got->n++;
	got->kind = a->kind;
	got->seq = a->seq;
	return BW_OK;
}

static inline struct items
items(const char *sponsor)
{
	struct items got = { 0 };

	assert_ok(store_ack_each(s.store, sponsor, true, NULL, 100, on_item,
	    &got));
	return got;
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

#endif
