/* SPDX-License-Identifier: Apache-2.0 */
/*
 * erasing.h - what tests of erasures and of the record of the deleted share: an
 * event with a booth, an erasure planned and run, the record's lines, and who is
 * imported anew.
 */
#ifndef TESTS_SUPPORT_ERASING_H
#define TESTS_SUPPORT_ERASING_H

#include <stdio.h>

#include "base/file.h"
#include "host/deleted.h"
#include "host/right.h"
#include "host/store_deleted.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define LATER (SUMMIT_NOW + 3600)
#define ME "account:1"
#define HOURS 72
#define DUE (LATER + HOURS * 3600)

static struct summit s;
static struct booth b;
static char record[FILE_PATH_MAX];

static inline int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "example-corp");
	assert_ok(deleted_path(s.dir, record, sizeof(record)));
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
get(size_t person)
{
	struct registration reg;

	assert_ok(store_registration_get(s.store, s.person[person], &reg));
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

static inline void
plan(size_t person)
{
	int64_t due;

	assert_ok(DO(right_erase_plan(s.store, s.person[person], 0, NULL, HOURS,
	    ME, LATER, &due)));
	assert_int_equal(due, DUE);
}

static inline struct right_done
run(int64_t now)
{
	struct right_done done;

	assert_ok(right_erase_due(s.dir, s.store, now, now, &done));
	return done;
}

static inline bw_err
count_line(void *arg, const struct deleted_member *m)
{
	size_t *n = arg;

	(void)m;
	++*n;
	return BW_OK;
}

static inline size_t
lines(void)
{
	size_t n = 0, line;
	bw_err r = deleted_each(record, NULL, count_line, &n, &line);

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	return n;
}

static inline bw_err
has_body(void *arg, const struct store_entry *e)
{
	*(bool *)arg = e->body != NULL;
	return BW_OK;
}

static inline bool
body_of(uint64_t seq)
{
	bool yes = false;

	assert_ok(store_entry_each(s.store, b.device.num, seq, seq + 1,
	    has_body, &yes));
	return yes;
}

static inline void
append(const struct registration *reg, int64_t now)
{
	struct deleted_mails mails;

	assert_ok(store_deleted_mails(s.store, reg, &mails));
	assert_ok(deleted_append(s.dir, s.host->deleted, reg, &mails, now));
}

static inline enum store_change
import(const struct registration *was, const char *key)
{
	struct registration reg = *was;
	enum store_change change;
	uint64_t id;

	snprintf(reg.key, sizeof(reg.key), "%s", key);
	reg.status = REG_ATTENDING;
	assert_ok(DO(store_registration_put(s.store, &reg, LATER, &change,
	    &id)));
	return change;
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

#endif
