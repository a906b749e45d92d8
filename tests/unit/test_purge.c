// SPDX-License-Identifier: Apache-2.0
/* What purge takes, and what it must leave, where rights and clocks meet it. */
#include <stdio.h>

#include "host/case.h"
#include "host/deleted.h"
#include "host/hold.h"
#include "host/purge.h"
#include "host/right.h"
#include "host/store_receipt.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define DAY 86400
#define END 1779000000		/* of the event */
#define ME "account:1"

static struct summit s;
static struct booth b;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "example-corp");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	summit_close(&s);
	return 0;
}

#define DO(call) SUMMIT_KEPT(&s, call)

static struct registration
get(size_t person)
{
	struct registration reg;

	assert_ok(store_registration_get(s.store, s.person[person], &reg));
	return reg;
}

static void
purge(int64_t now)
{
	struct purge_report rep;

	assert_ok(purge_run(s.dir, s.store, ME, now, &rep));
}

static void
erase(size_t person, unsigned hours, int64_t now)
{
	int64_t due;

	assert_ok(DO(right_erase_plan(s.store, s.person[person], 0, NULL, hours,
	    ME, now, &due)));
	assert_int_equal(due, now + (int64_t)hours * 3600);
}

static uint64_t
run(int64_t now)
{
	struct right_done done;

	assert_ok(right_erase_due(s.dir, s.store, now, now, &done));
	return done.erased;
}

static bw_err
count_line(void *arg, const struct deleted_member *m)
{
	(void)m;
	++*(size_t *)arg;
	return BW_OK;
}

static size_t
lines(void)
{
	char path[256];
	size_t n = 0, line;
	bw_err r;

	assert_ok(deleted_path(s.dir, path, sizeof(path)));
	r = deleted_each(path, NULL, count_line, &n, &line);
	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	return n;
}

static enum store_change
import(const struct registration *was, const char *key, uint64_t *id)
{
	struct registration reg = *was;
	enum store_change change;

	snprintf(reg.key, sizeof(reg.key), "%s", key);
	reg.status = REG_ATTENDING;
	assert_ok(DO(store_registration_put(s.store, &reg, END, &change, id)));
	return change;
}

/* Who was to be erased when the period ended is in the record like others. */
static void
test_planned_erasure_comes_first(void **state)
{
	struct registration was = get(0);
	int64_t now = END + 30 * DAY;
	uint64_t id;

	(void)state;
	erase(0, 72, now - 3600);
	purge(now + DAY);
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_int_equal(get(1).status, REG_DELETED);
	assert_int_equal(run(now + 3 * DAY), 1);
	assert_int_equal(lines(), 1);
	assert_string_equal(get(0).values.v[FIELD_NAME], "");
	assert_int_equal(import(&was, was.key, &id), STORE_REFUSED);
	assert_int_equal(import(&was, "another key", &id), STORE_REFUSED);
}

static bool
text_of(uint64_t num, bool *there)
{
	struct case_file c;
	bw_err r = case_get(s.store, num, &c);

	*there = r == BW_OK;
	assert_true(*there || r == BW_ERR_NOTFOUND);
	return *there && c.text[CASE_OUTCOME][0] != 0;
}

/* A case keeps its texts for its own period, whatever becomes of the
 * registration; an erasure takes them, and leaves the case. */
static void
test_case_has_its_own_period(void **state)
{
	uint64_t num[2], fresh;
	bool there;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct case_new in = { .type = CASE_ACCESS,
			.registration = s.person[i] };

		assert_ok(DO(case_open(s.store, &in, ME, END, &num[i])));
		assert_ok(DO(case_done_as(s.store, num[i], "Sent to Ada.", ME,
		    END)));
	}
	erase(0, 0, END);
	assert_int_equal(run(END), 1);
	assert_false(text_of(num[0], &there));
	assert_true(there);
	purge(END + 400 * DAY);
	assert_int_equal(get(1).status, REG_DELETED);
	assert_string_equal(get(1).values.v[FIELD_NAME], "");
	assert_true(text_of(num[1], &there));
	purge(END + 1095 * DAY);
	for (size_t i = 0; i < 2; i++) {
		assert_false(text_of(num[i], &there));
		assert_false(there);
	}
	/* The number is not given again. */
	assert_ok(DO(case_open(s.store, &(struct case_new){
	    .type = CASE_OTHER }, ME, END, &fresh)));
	assert_int_equal(fresh, num[1] + 1);
}

/* A hold keeps also the case that was taken in for its person, with the share of
 * another. */
static void
test_case_is_held_for_whom_it_named(void **state)
{
	struct hold h = { .scope = HOLD_PERSON, .reason = "a dispute",
		.reviewer = "the officer", .review_at = END + 1900 * DAY,
		.registration = s.person[1] };
	struct body body = booth_share(&b, 0, FIELDS);
	struct case_new in = { .type = CASE_WITHDRAWAL, .said = s.person[1],
		.device = b.device.num, .seq = booth_add(&b, &body) };
	struct ingest_out out;
	uint64_t num, hold;
	bool there;

	(void)state;
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(DO(case_open(s.store, &in, ME, END, &num)));
	assert_ok(DO(case_drop_as(s.store, num, "a slip", ME, END)));
	assert_ok(DO(hold_add(s.store, &h, ME, END, &hold)));
	purge(END + 1095 * DAY);
	text_of(num, &there);
	assert_true(there);
	assert_ok(DO(hold_lift(s.store, hold, ME, END + 1095 * DAY)));
	purge(END + 1096 * DAY);
	text_of(num, &there);
	assert_false(there);
}

/* The record ends with its period, in the store and in the file; who comes
 * after that is somebody new. */
static void
test_record_ends(void **state)
{
	struct hold h = { .scope = HOLD_EVENT, .reason = "a suit",
		.reviewer = "anna", .review_at = END + 900 * DAY };
	struct registration was[2] = { get(0), get(1) };
	int64_t over = END + 365 * DAY;
	uint64_t id, hold;

	(void)state;
	erase(0, 0, SUMMIT_NOW + 60);
	assert_int_equal(run(SUMMIT_NOW + 60), 1);
	erase(1, 0, END + DAY);
	assert_int_equal(run(END + DAY), 1);
	purge(over - 1);
	assert_int_equal(lines(), 2);
	assert_ok(DO(hold_add(s.store, &h, ME, END, &hold)));
	purge(over);
	assert_int_equal(lines(), 2);
	assert_ok(DO(hold_lift(s.store, hold, ME, over)));
	purge(over);
	assert_int_equal(lines(), 1);
	assert_int_equal(run(over), 0);
	assert_int_equal(import(&was[1], was[1].key, &id), STORE_REFUSED);
	assert_int_equal(import(&was[0], was[0].key, &id), STORE_ADDED);
	assert_int_equal(run(over), 0);
	assert_ok(store_registration_get(s.store, id, &was[0]));
	assert_int_equal(was[0].status, REG_ATTENDING);
	purge(over + DAY);
	assert_int_equal(lines(), 0);
}

static bw_err
has_body(void *arg, const struct store_entry *e)
{
	*(bool *)arg = e->body != NULL;
	return BW_OK;
}

/* A device's clock does not say how long a share is kept. */
static void
test_clock_far_ahead(void **state)
{
	struct store_lead lead;
	struct ingest_out out;
	struct body body;
	bool kept = true;
	uint64_t seq;

	(void)state;
	b.now += (uint64_t)50 * 365 * DAY;
	body = booth_share(&b, 0, FIELDS);
	seq = booth_add(&b, &body);
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
	assert_ok(store_lead_get(s.store, b.device.num, seq, &lead));
	assert_int_equal(lead.state, LEAD_HELD);
	purge(END + 1000 * DAY);
	assert_err(store_lead_get(s.store, b.device.num, seq, &lead),
	    BW_ERR_NOTFOUND);
	assert_ok(store_entry_each(s.store, b.device.num, seq, seq + 1,
	    has_body, &kept));
	assert_false(kept);
}

/* One that says that it was made later than it came is kept from when it came,
 * and its receipt says so. */
static void
test_share_from_the_future(void **state)
{
	int64_t came = (int64_t)b.now;
	struct store_receipt got;
	struct ingest_out out;
	struct body body;
	uint64_t seq;

	(void)state;
	b.ahead = 5 * DAY;
	b.now += b.ahead;
	body = booth_share(&b, 0, FIELDS);
	seq = booth_add(&b, &body);
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, came));
	assert_ok(store_receipt_get(s.store, body.u.share.rh, came, 0, &got));
	assert_int_equal(got.lead.seq, seq);
	assert_int_equal(got.lead.reason, ODD_AHEAD);
	assert_int_equal(got.lead.time, came + 5 * DAY);
	assert_int_equal(got.kept_from, came);
	purge(came + 210 * DAY - 1);	/* the host keeps it 30 more */
	assert_ok(store_lead_get(s.store, b.device.num, seq, &got.lead));
	purge(came + 210 * DAY);
	assert_err(store_lead_get(s.store, b.device.num, seq, &got.lead),
	    BW_ERR_NOTFOUND);
}

static bool
body_of(uint64_t seq)
{
	bool kept = false;

	assert_ok(store_entry_each(s.store, b.device.num, seq, seq + 1,
	    has_body, &kept));
	return kept;
}

/* Two shares of one person, five days apart; the first has gone, not the person:
 * its record stays, as proof. */
static int64_t
first_has_gone(uint64_t *first)
{
	int64_t came = (int64_t)b.now;
	struct body one = booth_share(&b, 1, FIELDS), two;
	struct store_lead lead;
	struct ingest_out out;
	uint64_t second;

	*first = booth_add(&b, &one);
	b.now += 5 * DAY;
	two = booth_share(&b, 1, FIELDS);
	second = booth_add(&b, &two);
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, (int64_t)b.now));
	purge(came + 210 * DAY);	/* the sponsor's 180 and the host's 30 */
	assert_err(store_lead_get(s.store, b.device.num, *first, &lead),
	    BW_ERR_NOTFOUND);
	assert_ok(store_lead_get(s.store, b.device.num, second, &lead));
	assert_int_equal(get(1).status, REG_ATTENDING);
	assert_true(body_of(*first));
	return came;
}

/* For the logs' period, after the sponsor's. */
static void
test_proof_outlives_its_share(void **state)
{
	uint64_t first;
	int64_t came = first_has_gone(&first);

	(void)state;
	purge(came + 360 * DAY - 1);
	assert_true(body_of(first));
	purge(came + 360 * DAY);
	assert_false(body_of(first));
}

static void
test_proof_goes_with_an_erasure(void **state)
{
	uint64_t first;
	int64_t came = first_has_gone(&first);

	(void)state;
	erase(1, 0, came + 211 * DAY);
	run(came + 211 * DAY);
	assert_int_equal(get(1).status, REG_DELETED);
	assert_false(body_of(first));
}

static void
test_proof_is_held(void **state)
{
	struct hold h = { .scope = HOLD_PERSON, .reason = "a dispute",
		.reviewer = "the officer", .review_at = END + 900 * DAY };
	uint64_t first, id;
	int64_t came = first_has_gone(&first);

	(void)state;
	h.registration = s.person[1];
	assert_ok(DO(hold_add(s.store, &h, ME, came + 211 * DAY, &id)));
	purge(came + 400 * DAY);
	assert_true(body_of(first));
	assert_ok(DO(hold_lift(s.store, id, ME, came + 400 * DAY)));
	purge(came + 401 * DAY);
	assert_false(body_of(first));
}

/* A sponsor's hold keeps whoever had a share with it, as long as that can be
 * told. */
static void
test_proof_is_held_for_its_sponsor(void **state)
{
	struct hold h = { .scope = HOLD_SPONSOR, .sponsor = "example-corp",
		.reason = "a dispute", .reviewer = "the officer",
		.review_at = END + 900 * DAY };
	int64_t came = (int64_t)b.now, due;
	struct body one = booth_share(&b, 1, FIELDS), two;
	struct ingest_out out;
	struct booth other;
	uint64_t first, id;

	(void)state;
	first = booth_add(&b, &one);
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	booth_open(&other, &s, "k08", "acme");
	other.now = b.now + 5 * DAY;
	two = booth_share(&other, 1, FIELDS);
	booth_add(&other, &two);
	assert_ok(booth_send(&other, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, (int64_t)other.now));
	booth_close(&other);
	purge(came + 210 * DAY);
	assert_ok(DO(hold_add(s.store, &h, ME, came + 211 * DAY, &id)));
	(void)!DO(right_erase_plan(s.store, s.person[1], 0, NULL, 0, ME,
	    came + 212 * DAY, &due));
	assert_int_equal(run(came + 212 * DAY), 0);
	purge(came + 400 * DAY);
	assert_int_not_equal(get(1).status, REG_DELETED);
	assert_true(body_of(first));
	assert_ok(DO(hold_lift(s.store, id, ME, came + 400 * DAY)));
	assert_int_equal(run(came + 401 * DAY), 1);
	assert_false(body_of(first));
}

/* A badge that the host never made: its share ends with the others. */
static void
test_share_of_no_badge(void **state)
{
	struct body none = booth_share(&b, 0, FIELDS);
	struct body like = booth_share(&b, 0, FIELDS);
	uint64_t unknown, known;
	struct store_lead lead;
	struct ingest_out out;
	int64_t over;

	(void)state;
	memset(none.u.share.badge_id, 0x77, BADGE_ID);
	unknown = booth_add(&b, &none);
	known = booth_add(&b, &like);
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
	assert_ok(store_lead_get(s.store, b.device.num, unknown, &lead));
	assert_int_equal(lead.state, LEAD_HELD);
	assert_int_equal(lead.edition, 0);
	/* Day by day, until the other's has gone: both on the same. */
	for (over = SUMMIT_NOW; body_of(known); over += DAY) {
		assert_true(body_of(unknown));
		assert_true(over < END + 1000 * DAY);
		purge(over);
	}
	assert_false(body_of(unknown));
}

/* A share that was withdrawn may outlive its person's badge: it is not the next
 * one's. */
static void
test_share_without_its_badge(void **state)
{
	struct registration was = get(0);
	struct body body = booth_share(&b, 1, FIELDS);
	struct store_edition e = { .edition = 1, .type = "ntag215" };
	uint64_t seq = booth_add(&b, &body), n;
	struct store_lead lead;
	struct ingest_out out;

	(void)state;
	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
	assert_ok(DO(right_withdraw_all(s.store, s.person[1], ME, END, &n)));
	assert_int_equal(n, 1);
	purge(END + 31 * DAY);
	assert_int_equal(get(1).status, REG_DELETED);
	assert_ok(store_lead_get(s.store, b.device.num, seq, &lead));
	assert_true(lead.edition != 0);
	for (uint8_t i = 0; i < 4; i++) {
		char key[40];

		snprintf(key, sizeof(key), "eventbrite/2000/%u", i);
		assert_int_equal(import(&was, key, &e.registration),
		    STORE_ADDED);
		memset(e.badge_id, 0x90 + i, BADGE_ID);
		assert_ok(DO(store_edition_add(s.store, &e)));
	}
	assert_err(store_edition_get(s.store, lead.edition, &e),
	    BW_ERR_NOTFOUND);
}

static bw_err
count_right(void *arg, const struct right_state *st)
{
	(void)st;
	++*(size_t *)arg;
	return BW_OK;
}

/* What a person has asked for goes with the person. */
static void
test_rights_end(void **state)
{
	size_t n = 0;

	(void)state;
	assert_ok(DO(right_restrict(s.store, s.person[0], ME, END)));
	assert_ok(DO(right_object(s.store, s.person[1], ME, END)));
	purge(END + 30 * DAY - 1);
	assert_ok(right_each(s.store, count_right, &n));
	assert_int_equal(n, 2);
	purge(END + 30 * DAY);
	assert_int_equal(get(0).status, REG_DELETED);
	n = 0;
	assert_ok(right_each(s.store, count_right, &n));
	assert_int_equal(n, 0);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_planned_erasure_comes_first),
		TEST(test_case_has_its_own_period),
		TEST(test_case_is_held_for_whom_it_named),
		TEST(test_record_ends),
		TEST(test_clock_far_ahead),
		TEST(test_share_from_the_future),
		TEST(test_proof_outlives_its_share),
		TEST(test_proof_goes_with_an_erasure),
		TEST(test_proof_is_held),
		TEST(test_proof_is_held_for_its_sponsor),
		TEST(test_share_of_no_badge),
		TEST(test_share_without_its_badge),
		TEST(test_rights_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
