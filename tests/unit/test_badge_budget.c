// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include <stdio.h>

#include "host/badge_budget.h"
#include "host/badge_issue.h"
#include "host/store_desk.h"

#define LONG "a value of a length that is seldom seen on any badge, for it " \
	"takes more bytes than there are on the tags that most people have " \
	"got, but not on all"

static struct summit s;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, NULL);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	summit_close(&s);
	return 0;
}

/* Nothing is kept. */
static bw_err
issue(uint64_t registration, const char *type, field_set fields,
    struct badge_made *made)
{
	struct badge_order o = { .registration = registration, .type = type,
		.fields = fields, .uid = { 4, 9 } };
	struct bw_buf tlv = BW_BUF_INIT(2048);
	struct fault f = { 0 };
	bw_err r;

	assert_ok(store_begin(s.store));
	r = badge_issue(s.store, s.host, &o, SUMMIT_NOW, &tlv, made, &f);
	store_rollback(s.store);
	bw_buf_free(&tlv);
	return r;
}

static uint64_t
somebody(const char *key, size_t values, const char *value)
{
	struct registration in = { .status = REG_ATTENDING,
		.age = REG_AGE_NONE };
	enum store_change change;
	uint64_t id;

	snprintf(in.key, sizeof(in.key), "%s", key);
	for (size_t f = 1; f <= values; f++)
		snprintf(in.values.v[f], sizeof(in.values.v[f]), "%s", value);
	assert_ok(store_begin(s.store));
	assert_ok(store_registration_put(s.store, &in, SUMMIT_NOW, &change,
	    &id));
	assert_ok(store_commit(s.store));
	return id;
}

/* What the budget says is what badge_issue does. */
static void
is_true(uint64_t id)
{
	struct registration reg;
	struct badge_budget b;
	struct badge_made made;

	assert_ok(store_registration_get(s.store, id, &reg));
	assert_ok(badge_budget(s.host, &reg.values, 1, &b));
	for (size_t i = 0; i < BADGE_TAGS; i++) {
		const struct badge_budget_tag *t = &b.tag[i];
		bw_err r = issue(id, t->type, FIELD_ALL, &made);

		assert_int_equal(r, t->fits || b.filled == 0 ? BW_OK :
		    BW_ERR_FULL);
		if (t->fits)
			assert_int_equal(made.bytes, b.all);
		if (t->fits)
			assert_int_equal(made.room, t->room);
		if (t->part != 0) {
			assert_ok(issue(id, t->type, t->part, &made));
			assert_int_equal(made.on_badge, t->part);
			assert_int_equal(made.bytes, t->part_bytes);
		}
		/* One more does not fit. */
		for (int f = 1; f <= FIELD_COUNT; f++)
			if ((b.filled & ~t->part & FIELD_BIT(f)) != 0)
				assert_int_equal(issue(id, t->type,
				    t->part | FIELD_BIT(f), &made),
				    BW_ERR_FULL);
		assert_int_equal(issue(id, t->type, 0, &made),
		    t->pointer ? BW_OK : BW_ERR_FULL);
		assert_int_equal(made.without_uri, t->bare && t->pointer);
	}
}

/* Byte by byte across what the larger tags have. */
static void
test_edges(void **state)
{
	char key[16], value[FIELD_VALUE_MAX + 1];

	(void)state;
	for (size_t n = 100 + unit_first(); n <= FIELD_VALUE_MAX;
	    n += unit_step()) {
		memset(value, 'x', n);
		value[n] = '\0';
		snprintf(key, sizeof(key), "two%zu", n);
		is_true(somebody(key, 2, value));
		snprintf(key, sizeof(key), "four%zu", n);
		is_true(somebody(key, 4, value));
	}
}

static void
test_budget(void **state)
{
	(void)state;
	for (size_t i = 0; i < SUMMIT_PEOPLE; i++)
		is_true(s.person[i]);
	is_true(somebody("none", 0, ""));
	is_true(somebody("short", 6, "x"));
	is_true(somebody("one", 1, LONG));
	is_true(somebody("four", 4, LONG));
	is_true(somebody("all", 6, LONG));
}

static struct store_badge_state
state_of(uint64_t id)
{
	struct store_badge_state b;

	assert_ok(store_badge_state(s.store, id, &b));
	assert_int_equal(b.registration, id);
	return b;
}

static void
write_badge(uint64_t id, const char *type, bool reissue, int64_t now)
{
	struct badge_order o = { .registration = id, .type = type,
		.fields = FIELD_BIT(FIELD_NAME), .reissue = reissue,
		.uid = { 4, (uint8_t)now } };
	struct bw_buf tlv = BW_BUF_INIT(2048);
	struct badge_made made;
	struct fault f = { 0 };

	assert_ok(store_begin(s.store));
	assert_ok(badge_issue(s.store, s.host, &o, now, &tlv, &made, &f));
	assert_ok(store_commit(s.store));
	bw_buf_free(&tlv);
}

struct seen {
	size_t n;
	uint64_t last;
};

static bw_err
count(void *arg, const struct store_badge_state *b)
{
	struct seen *seen = arg;

	assert_true(b->registration > seen->last);
	seen->last = b->registration;
	seen->n++;
	return BW_OK;
}

static void
test_state(void **state)
{
	uint64_t id = somebody("desk", 1, "A name");
	struct store_badge_state b = state_of(id);
	struct store_edition had;
	struct seen seen = { 0 };

	(void)state;
	assert_int_equal(b.state, BADGE_STATE_NONE);
	assert_int_equal(b.edition, 0);
	write_badge(id, "ntag215", false, SUMMIT_NOW + 1);
	write_badge(id, "ntag216", false, SUMMIT_NOW + 2);
	b = state_of(id);
	assert_int_equal(b.state, BADGE_STATE_WRITTEN);
	assert_int_equal(b.edition, 2);
	assert_string_equal(b.type, "ntag216");
	assert_int_equal(b.issued_at, SUMMIT_NOW + 2);
	assert_int_equal(b.on_badge, FIELD_BIT(FIELD_NAME));
	write_badge(id, "ntag215", true, SUMMIT_NOW + 3);
	b = state_of(id);
	assert_int_equal(b.state, BADGE_STATE_REISSUED);
	assert_int_equal(b.edition, 1);
	assert_int_equal(b.retired, 1);
	assert_string_equal(b.type, "ntag215");
	assert_ok(store_edition_current(s.store, id, &had));
	assert_ok(store_begin(s.store));
	assert_ok(store_badge_retire(s.store, had.badge_id, SUMMIT_NOW + 4));
	assert_ok(store_commit(s.store));
	b = state_of(id);
	assert_int_equal(b.state, BADGE_STATE_BLOCKED);
	assert_int_equal(b.retired, 2);
	assert_int_equal(store_badge_state(s.store, 9999, &b),
	    BW_ERR_NOTFOUND);
	assert_ok(store_badge_state_each(s.store, 0, 2, count, &seen));
	assert_int_equal(seen.n, 2);
	assert_ok(store_badge_state_each(s.store, seen.last, 1000, count,
	    &seen));
	assert_int_equal(seen.last, id);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_budget, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_edges, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_state, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
