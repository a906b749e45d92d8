// SPDX-License-Identifier: Apache-2.0
/* What devices say of themselves: what is taken of it, and what is kept. */
#include "tests/support/summit.h"

#include <stdio.h>
#include <string.h>

#include "host/store_health.h"

static struct summit sum;
static struct booth b;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	booth_open(&b, &sum, "k01", "acme");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	summit_close(&sum);
	return 0;
}

static bw_err
says(const char *json, int64_t now)
{
	bw_err r;

	assert_ok(store_begin(sum.store));
	r = store_health_put(sum.store, b.device.num, now, json,
	    strlen(json));
	if (r == BW_OK)
		assert_ok(store_commit(sum.store));
	store_rollback(sum.store);
	return r;
}

static bw_err
count(void *arg, int64_t at, const struct health *h)
{
	int64_t *n = arg;

	assert_true(h->told);
	if (n[0] == 0)
		n[1] = at;		/* the newest */
	n[0]++;
	return BW_OK;
}

static void
changes(int64_t want, int64_t newest)
{
	int64_t n[2] = { 0, 0 };

	assert_ok(store_health_changes(sum.store, b.device.num, count, n));
	assert_int_equal(n[0], want);
	assert_int_equal(n[1], newest);
}

static void
only_words_are_taken(void **state)
{
	static const char json[] = "{\"version\": \"1.0~rc1\", \"clock\": 7, "
	    "\"reader\": \"<b>\", \"trouble\": \"none\", \"storage\": "
	    "\"aaaaaaaaaabbbbbbbbbbccccccccccdd\", \"backlog\": -3, "
	    "\"time_left\": 90, \"name\": \"Ada\"}";
	struct bw_buf words = BW_BUF_INIT(512);
	struct health h, again;

	(void)state;
	assert_ok(health_parse(json, strlen(json), &h));
	assert_string_equal(h.version, "1.0~rc1");
	assert_string_equal(h.clock, "");
	assert_string_equal(h.reader, "");
	assert_string_equal(h.storage, "");
	assert_int_equal(h.backlog, 0);
	assert_int_equal(h.time_left, 90);
	assert_ok(health_words(&h, &words));
	assert_null(memmem(words.ptr, words.len, "Ada", 3));
	assert_ok(health_parse(words.ptr, words.len, &again));
	assert_true(health_same(&h, &again));
	bw_buf_free(&words);
	assert_err(health_parse("[]", 2, &h), BW_ERR_FORMAT);
	assert_err(health_parse("{\"a\":1,\"a\":2}", 13, &h), BW_ERR_FORMAT);
	assert_false(h.told);
}

static void
changes_are_kept(void **state)
{
	struct health h;

	(void)state;
	assert_ok(store_health_get(sum.store, b.device.num, &h));
	assert_false(h.told);
	assert_ok(says("{\"reader\":\"ready\",\"backlog\":1}", 10));
	assert_ok(says("{\"reader\":\"ready\",\"backlog\":2}", 20));
	changes(1, 10);
	assert_ok(says("{\"reader\":\"absent\",\"backlog\":2}", 30));
	changes(2, 30);
	assert_err(says("nothing", 40), BW_ERR_FORMAT);
	changes(2, 30);
	assert_ok(store_health_get(sum.store, b.device.num, &h));
	assert_string_equal(h.reader, "absent");
	assert_int_equal(h.backlog, 2);
}

/* However often it changes, so many stay, and they are the newest. */
static void
no_more_than_so_many(void **state)
{
	char json[64];

	(void)state;
	for (int i = 0; i < STORE_HEALTH_KEPT + 7; i++) {
		snprintf(json, sizeof(json), "{\"reader\":\"word %d\"}", i);
		assert_ok(says(json, i));
	}
	changes(STORE_HEALTH_KEPT, STORE_HEALTH_KEPT + 6);
}

static void
staff_say(void **state)
{
	(void)state;
	assert_ok(store_begin(sum.store));
	assert_ok(store_device_booth(sum.store, "k01", "Hall 2"));
	assert_err(store_device_booth(sum.store, "k99", ""), BW_ERR_NOTFOUND);
	assert_err(store_device_lost(sum.store, "k01", 9), BW_ERR_NOTFOUND);
	assert_ok(store_device_revoke(sum.store, "k01", 8));
	assert_ok(store_device_lost(sum.store, "k01", 9));
	assert_ok(store_commit(sum.store));
	booth_look(&b);
	assert_string_equal(b.device.booth, "Hall 2");
	assert_int_equal(b.device.lost_at, 9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_words_are_taken),
		cmocka_unit_test_setup_teardown(changes_are_kept, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(no_more_than_so_many, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(staff_say, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
