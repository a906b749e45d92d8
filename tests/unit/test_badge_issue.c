// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include <stdlib.h>

#include "host/badge_issue.h"
#include "host/store_restored.h"
#include "record/ndef.h"

#define NAME FIELD_BIT(FIELD_NAME)

static const uint8_t uid[BADGE_UID] = { 4, 0xe1, 0x0c, 0xda, 0x99, 0x3c,
	0x80 };
static struct summit s;
static struct bw_buf tlv;
static struct badge_made made;
static struct fault f;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, NULL);
	tlv = BW_BUF_INIT(2048);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	bw_buf_free(&tlv);
	summit_close(&s);
	return 0;
}

static struct badge_order
order(size_t person)
{
	struct badge_order o = { .registration = s.person[person],
		.type = "ntag215", .fields = FIELD_ALL };

	memcpy(o.uid, uid, sizeof(uid));
	return o;
}

static bw_err
issue(const struct badge_order *o)
{
	bw_err r;

	memset(&f, 0, sizeof(f));
	bw_buf_reset(&tlv);
	assert_ok(store_begin(s.store));
	r = badge_issue(s.store, s.host, o, SUMMIT_NOW, &tlv, &made, &f);
	if (r == BW_OK)
		assert_ok(store_commit(s.store));
	else
		store_rollback(s.store);
	return r;
}

/* What a reader would find on the tag. */
static struct badge
read_back(const uint8_t *on_uid)
{
	const uint8_t *msg, *payload;
	size_t msg_len, len, total;
	struct badge b;

	assert_ok(ndef_tlv_find(tlv.ptr, tlv.len, &msg, &msg_len, &total));
	assert_ok(ndef_badge_find(msg, msg_len, &payload, &len));
	assert_ok(badge_verify(payload, len, on_uid,
	    crypto_key_spki(s.host->registrar), &b));
	return b;
}

static size_t
blocked(void)
{
	uint8_t (*ids)[BADGE_ID];
	size_t n;

	assert_ok(store_blocked_list(s.store, &ids, &n));
	free(ids);
	return n;
}

static void
opens_as(const struct badge *b, enum field field, const char *want)
{
	char value[FIELD_VALUE_MAX + 1];
	uint8_t key[CRYPTO_KEY];

	assert_ok(badge_field_key(s.host->event_id16, s.host->master, field,
	    key));
	assert_ok(badge_open_field(b, field, key, BADGE_TAG, value));
	assert_string_equal(value, want);
}

static void
test_next_edition(void **state)
{
	struct badge_order o = order(0);
	struct store_edition e;
	struct badge b;

	(void)state;
	for (uint8_t i = 2; i < 5; i++) {
		assert_ok(issue(&o));
		assert_int_equal(made.edition, i);
		assert_int_equal(made.on_badge, FIELD_ALL);
		assert_int_equal(made.bytes, tlv.len);
		assert_int_equal(made.room, 496);
		b = read_back(uid);
		assert_int_equal(b.edition, i);
		assert_memory_equal(b.badge_id, s.badge[0], BADGE_ID);
		opens_as(&b, FIELD_NAME, "Ada Lovelace");
		opens_as(&b, FIELD_LOCATION, "London");
	}
	assert_ok(store_edition_current(s.store, s.person[0], &e));
	assert_int_equal(e.edition, 4);
	assert_memory_equal(e.uid, uid, BADGE_UID);
	assert_string_equal(e.values.v[FIELD_EMAIL], "ada@mail.example");
	assert_false(made.other_tag);
	o.uid[6] ^= 1;
	assert_ok(issue(&o));
	assert_true(made.other_tag);
}

/* Edition 255 is the last: then another badge; the old one stays good until it is
 * said to be lost, and then both are blocked. */
static void
test_editions_end(void **state)
{
	struct badge_order o = order(0);
	struct store_edition e;

	(void)state;
	assert_ok(store_edition_find(s.store, s.badge[0], 1, &e));
	assert_ok(store_begin(s.store));
	for (int i = 2; i <= 255; i++) {
		e.edition = (uint8_t)i;
		assert_ok(store_edition_add(s.store, &e));
	}
	assert_ok(store_commit(s.store));
	assert_ok(issue(&o));
	assert_int_equal(made.edition, 1);
	assert_memory_not_equal(read_back(uid).badge_id, s.badge[0],
	    BADGE_ID);
	assert_ok(store_edition_find(s.store, s.badge[0], 255, &e));
	assert_int_equal(e.retired_at, 0);
	o.reissue = true;
	assert_ok(issue(&o));
	assert_int_equal(blocked(), 2);
	assert_ok(store_edition_find(s.store, s.badge[0], 255, &e));
	assert_int_equal(e.retired_at, SUMMIT_NOW);
}

/* Over a store that was put back the next edition may be on a tag already. */
static void
test_restored(void **state)
{
	struct badge_order o = order(0);
	struct store_edition e;
	struct badge b;

	(void)state;
	assert_ok(SUMMIT_KEPT(&s, db_restored(s.store, s.dir, SUMMIT_NOW)));
	assert_ok(issue(&o));
	assert_int_equal(made.edition, 1);
	b = read_back(uid);
	assert_memory_not_equal(b.badge_id, s.badge[0], BADGE_ID);
	assert_ok(store_edition_find(s.store, s.badge[0], 1, &e));
	assert_int_equal(e.retired_at, 0);
	/* That one goes on. */
	assert_ok(issue(&o));
	assert_int_equal(made.edition, 2);
	assert_memory_equal(read_back(uid).badge_id, b.badge_id, BADGE_ID);
}

static void
test_replace(void **state)
{
	struct badge_order o = order(0);
	uint8_t (*ids)[BADGE_ID];
	size_t n;

	(void)state;
	o.reissue = true;
	assert_ok(issue(&o));
	assert_int_equal(made.edition, 1);
	assert_ok(store_blocked_list(s.store, &ids, &n));
	assert_int_equal(n, 1);
	assert_memory_equal(ids[0], s.badge[0], BADGE_ID);
	free(ids);
}

static void
test_fields(void **state)
{
	struct badge_order o = order(2);	/* has no work phone */
	struct store_edition e;
	struct badge b;

	(void)state;
	assert_ok(issue(&o));
	assert_int_equal(made.on_badge,
	    FIELD_ALL & ~FIELD_BIT(FIELD_WORK_PHONE));
	o.fields = NAME;
	assert_ok(issue(&o));
	b = read_back(uid);
	assert_int_equal(b.present, NAME);
	opens_as(&b, FIELD_NAME, "李雷");
	/* The host keeps all values: a lead may have what the tag has not. */
	assert_ok(store_edition_current(s.store, s.person[2], &e));
	assert_int_equal(e.on_badge, NAME);
	assert_string_equal(e.values.v[FIELD_COMPANY], "例え");
}

static void
test_tags(void **state)
{
	struct badge_order o = order(0);
	struct store_edition e;

	(void)state;
	o.type = "ntag213";
	assert_err(issue(&o), BW_ERR_FULL);
	assert_non_null(strstr(f.text, "an ntag213 has 139"));
	assert_int_equal(tlv.len, 0);
	/* Nothing was used up. */
	assert_ok(store_edition_current(s.store, s.person[0], &e));
	assert_int_equal(e.edition, 1);
	o.fields = 0;
	assert_ok(issue(&o));
	assert_true(tlv.len <= 139);
	assert_true(made.without_uri);
	assert_int_equal(read_back(uid).present, 0);
	o.type = "ntag216";
	assert_ok(issue(&o));
	assert_false(made.without_uri);
	o.type = "ntag210";
	assert_err(issue(&o), BW_ERR_ARG);
	assert_non_null(strstr(f.text, "ntag210"));
}

/* What does not fit is said with what would. */
static void
test_suggests(void **state)
{
	struct badge_order o = order(1);
	struct registration reg;
	enum store_change change;
	uint64_t id;
	char *at;

	(void)state;
	assert_ok(store_registration_get(s.store, s.person[1], &reg));
	memset(reg.values.v[FIELD_COMPANY], 'c', FIELD_VALUE_MAX);
	memset(reg.values.v[FIELD_JOB_TITLE], 'j', FIELD_VALUE_MAX);
	memset(reg.values.v[FIELD_LOCATION], 'l', FIELD_VALUE_MAX);
	assert_ok(store_begin(s.store));
	assert_ok(store_registration_put(s.store, &reg, 5, &change, &id));
	assert_ok(store_commit(s.store));
	assert_err(issue(&o), BW_ERR_FULL);
	at = strstr(f.text, "--fields ");
	assert_non_null(at);
	assert_int_equal(strncmp(at, "--fields name,email,company,work_phone"
	    "\"", 39), 0);
	o.fields = FIELD_BIT(1) | FIELD_BIT(2) | FIELD_BIT(3) | FIELD_BIT(5);
	assert_ok(issue(&o));
}

static void
test_refuses(void **state)
{
	static const struct {
		enum reg_status st;
		const char *says;
	} cases[] = {
		{ REG_CANCELLED, "cancelled" }, { REG_WITHHELD, "withheld" },
		{ REG_MINOR, "minor" }, { REG_DELETED, "erased" },
	};
	struct badge_order o = order(0);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_ok(store_begin(s.store));
		assert_ok(store_registration_status(s.store, s.person[0],
		    cases[i].st, SUMMIT_NOW));
		assert_ok(store_commit(s.store));
		assert_err(issue(&o), BW_ERR_DENIED);
		assert_non_null(strstr(f.text, cases[i].says));
		assert_int_equal(tlv.len, 0);
	}
	o.registration = 999;
	assert_err(issue(&o), BW_ERR_NOTFOUND);
	assert_non_null(strstr(f.text, "no registration 999"));
}

/* Whether person 0's badge is blocked when person 1's was written over it. */
static bool
blocks(const struct badge_found *found)
{
	unsigned blocked;
	uint64_t one;

	assert_ok(SUMMIT_KEPT(&s, badge_found_over(s.store, found, s.person[1],
	    "account:1", SUMMIT_NOW, &blocked, &one)));
	assert_int_equal(one, blocked != 0 ? s.person[0] : 0);
	return blocked != 0;
}

/* It was the newest when the tag was laid down; a newer one was made until the
 * station had written. */
static void
test_over_is_asked_anew(void **state)
{
	struct badge_found found = { BADGE_FOUND_BADGE, s.person[0], { 0 },
		{ 0 }, true };
	struct badge_order o = order(0);
	struct store_edition e;

	(void)state;
	assert_ok(issue(&o));
	assert_ok(store_edition_current(s.store, s.person[0], &e));
	memcpy(found.badge_id, e.badge_id, BADGE_ID);
	memcpy(found.uid, o.uid, BADGE_UID);
	o.uid[6] ^= 1;
	assert_ok(issue(&o));
	assert_false(blocks(&found));
	memcpy(found.uid, o.uid, BADGE_UID);
	assert_true(blocks(&found));
	assert_false(blocks(&found));
}

static bool
is_good(size_t person)
{
	struct store_edition e;
	bw_err r = store_edition_current(s.store, s.person[person], &e);

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	return r == BW_OK;
}

/* A station wrote person 1's over person 0's and ended before it could say so;
 * the next one finds person 1's there, or nothing that can be read. */
static void
test_over_without_a_word(void **state)
{
	struct badge_found found = { 0 };
	struct badge_order o = order(0);

	(void)state;
	o.reissue = true;	/* a badge that is on this tag alone */
	assert_ok(issue(&o));
	memcpy(found.uid, o.uid, BADGE_UID);
	o.registration = s.person[1];
	assert_ok(issue(&o));
	assert_true(is_good(0));
	found.what = BADGE_FOUND_BADGE;
	found.registration = s.person[1];
	assert_true(blocks(&found));
	assert_false(is_good(0));
	assert_true(is_good(1));
	assert_false(blocks(&found));
}

/* What is worn stays good: on another tag, or a newer one on this. */
static void
test_over_leaves_the_worn(void **state)
{
	struct badge_found found = { .what = BADGE_FOUND_OTHER };
	struct badge_order o = order(0);

	(void)state;
	o.uid[6] ^= 1;
	assert_ok(issue(&o));
	o.uid[6] ^= 1;
	assert_ok(issue(&o));	/* came to nothing */
	memcpy(found.uid, o.uid, BADGE_UID);
	o.registration = s.person[1];
	assert_ok(issue(&o));
	assert_false(blocks(&found));
	assert_true(is_good(0));
	found.uid[6] ^= 2;
	memcpy(o.uid, found.uid, BADGE_UID);
	assert_ok(issue(&o));
	o.registration = s.person[0];
	o.reissue = true;
	assert_ok(issue(&o));
	assert_false(blocks(&found));
	assert_true(is_good(0));
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_next_edition), TEST(test_editions_end),
		TEST(test_restored),
		TEST(test_replace), TEST(test_fields), TEST(test_tags),
		TEST(test_suggests), TEST(test_refuses),
		TEST(test_over_is_asked_anew), TEST(test_over_without_a_word),
		TEST(test_over_leaves_the_worn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
