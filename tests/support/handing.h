/* SPDX-License-Identifier: Apache-2.0 */
/*
 * handing.h - what tests of tickets that are handed on share: an event with a
 * booth, a row of an import for a ticket of somebody's, and what its sponsor
 * gets.
 */
#ifndef TESTS_SUPPORT_HANDING_H
#define TESTS_SUPPORT_HANDING_H

#include <stdio.h>

#include "host/right.h"
#include "host/store_release.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define LATER (SUMMIT_NOW + 3600)
#define ME "account:1"

static struct summit s;
static struct booth b;
static uint64_t given;			/* the registration of the last put */

static inline int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "example-corp");
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	summit_close(&s);
	return 0;
}

#define DO(call) SUMMIT_KEPT(&s, call)

static inline struct registration
get(uint64_t id)
{
	struct registration reg;

	assert_ok(store_registration_get(s.store, id, &reg));
	return reg;
}

static inline enum store_change
put(const struct registration *reg, int64_t now)
{
	enum store_change change;

	assert_ok(DO(store_registration_put(s.store, reg, now, &change,
	    &given)));
	return change;
}

/* A row for the ticket of `had`. */
static inline struct registration
row(const struct registration *had, const char *name, const char *mail)
{
	struct registration reg = *had;

	reg.status = REG_ATTENDING;
	reg.age = REG_AGE_NONE;
	snprintf(reg.values.v[FIELD_NAME], sizeof(reg.values.v[0]), "%s", name);
	snprintf(reg.values.v[FIELD_EMAIL], sizeof(reg.values.v[0]), "%s",
	    mail);
	return reg;
}

static inline uint64_t
share(size_t person)
{
	struct body body = booth_share(&b, person, FIELDS);

	return booth_add(&b, &body);
}

static inline void
send(void)
{
	struct ingest_out out;

	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
}

static inline bw_err
count_lead(void *arg, const struct store_release *l)
{
	(void)l;
	++*(size_t *)arg;
	return BW_OK;
}

/* How many leads the sponsor gets. */
static inline size_t
released(void)
{
	size_t n = 0;

	assert_ok(store_release_each(s.store, NULL, "example-corp", LATER,
	    count_lead, &n, NULL));
	return n;
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

#endif
