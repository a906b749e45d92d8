// SPDX-License-Identifier: Apache-2.0
/* Tickets that were handed on: whose shares, rights and badges are whose. */
#include <stdio.h>

#include "host/right.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_receipt.h"
#include "host/store_settle.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define LATER (SUMMIT_NOW + 3600)
#define ME "account:1"

static struct summit s;
static struct booth b;
static uint64_t given;			/* the registration of the last put */

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
get(uint64_t id)
{
	struct registration reg;

	assert_ok(store_registration_get(s.store, id, &reg));
	return reg;
}

static enum store_change
put(const struct registration *reg, int64_t now)
{
	enum store_change change;

	assert_ok(DO(store_registration_put(s.store, reg, now, &change,
	    &given)));
	return change;
}

/* A row for the ticket of `had`. */
static struct registration
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

static uint64_t
share(size_t person)
{
	struct body body = booth_share(&b, person, FIELDS);

	return booth_add(&b, &body);
}

static void
send(void)
{
	struct ingest_out out;

	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
}

static enum lead_state
state_of(uint64_t seq)
{
	struct store_lead lead;

	assert_ok(store_lead_get(s.store, b.device.num, seq, &lead));
	return lead.state;
}

static bw_err
count_lead(void *arg, const struct store_release *l)
{
	(void)l;
	++*(size_t *)arg;
	return BW_OK;
}

/* How many leads the sponsor gets. */
static size_t
released(void)
{
	size_t n = 0;

	assert_ok(store_release_each(s.store, NULL, "example-corp", LATER,
	    count_lead, &n, NULL));
	return n;
}

static bool
blocked(size_t person)
{
	uint8_t (*ids)[BADGE_ID];
	bool found = false;
	size_t n;

	assert_ok(store_blocked_list(s.store, &ids, &n));
	for (size_t i = 0; i < n; i++)
		found = found || memcmp(ids[i], s.badge[person],
		    BADGE_ID) == 0;
	free(ids);
	return found;
}

static bool
barred(uint64_t seq)
{
	struct store_receipt out;
	struct store_lead lead;

	assert_ok(store_lead_get(s.store, b.device.num, seq, &lead));
	assert_ok(store_receipt_get(s.store, lead.rh, LATER,
	    STORE_WAIT_MS, &out));
	return out.barred;
}

/* Who had it keeps all but the badge; who has it begins with nothing. */
static void
test_handed_on(void **state)
{
	struct registration was = get(s.person[0]), now;
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct store_edition e;
	uint64_t seq = share(0), count, more, late, after;

	(void)state;
	send();
	late = share(0);
	assert_ok(store_blocked_count(s.store, &count));
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_not_equal(given, was.id);
	now = get(given);
	assert_string_equal(now.key, was.key);
	assert_int_equal(now.status, REG_ATTENDING);
	assert_string_equal(now.values.v[FIELD_EMAIL], "bo@berg.example");
	assert_err(store_edition_current(s.store, given, &e), BW_ERR_NOTFOUND);
	now = get(was.id);
	assert_int_equal(now.status, REG_HANDED);
	assert_string_not_equal(now.key, was.key);
	assert_string_equal(now.values.v[FIELD_NAME],
	    was.values.v[FIELD_NAME]);
	assert_string_equal(now.values.v[FIELD_EMAIL],
	    was.values.v[FIELD_EMAIL]);
	assert_true(blocked(0));
	assert_ok(store_blocked_count(s.store, &more));
	assert_true(more > count);
	assert_int_equal(released(), 1);
	assert_false(barred(seq));
	/* Doing it again changes nothing. */
	assert_int_equal(put(&in, LATER + 9), STORE_UNCHANGED);
	/* Shares from before, that a device still had; and from after it. */
	b.now = LATER + 60;
	after = share(0);
	send();
	assert_int_equal(state_of(late), LEAD_LIVE);
	assert_int_equal(state_of(after), LEAD_HELD);
	assert_int_equal(released(), 2);
}

/* A spelling or another address is the same person's. */
static void
test_one_of_both(void **state)
{
	struct registration was = get(s.person[0]), in;

	(void)state;
	in = row(&was, "Other Name", was.values.v[FIELD_EMAIL]);
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	assert_int_equal(given, was.id);
	in = row(&was, "other NAME", "new@mail.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	in = row(&was, "Third Name", "NEW@mail.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	assert_int_equal(given, was.id);
	/* The same domain, as it may be written too. */
	in = row(&was, "Third Name", "new@m\u00fcnchen.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	in = row(&was, "Fourth Name", "new@xn--mnchen-3ya.example");
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	assert_int_equal(given, was.id);
	assert_false(blocked(0));
}

/* Of who has nothing yet nothing is kept, not that a row was cancelled. */
static void
test_nothing_yet(void **state)
{
	struct registration reg = get(s.person[0]), in;
	uint64_t id;

	(void)state;
	snprintf(reg.key, sizeof(reg.key), "another ticket");
	reg.status = REG_CANCELLED;
	assert_int_equal(put(&reg, LATER), STORE_ADDED);
	in = row(&reg, "Bo Berg", "bo@berg.example");
	id = given;
	assert_int_equal(put(&in, LATER), STORE_CHANGED);
	/* Its number was another's. */
	assert_int_not_equal(given, id);
	assert_err(store_registration_get(s.store, id, &reg), BW_ERR_NOTFOUND);
	reg = get(given);
	id = given;
	assert_int_equal(reg.status, REG_ATTENDING);
	/* A right is something. */
	assert_ok(DO(right_restrict(s.store, id, ME, LATER)));
	in = row(&reg, "Cy Cole", "cy@cole.example");
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_equal(get(id).status, REG_WITHHELD);
	assert_int_equal(get(given).status, REG_ATTENDING);
}

/* Rights are the person's: they stay, and what they lift is no attendance. */
static void
test_rights_stay(void **state)
{
	struct registration was = get(s.person[0]);
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct right_state st;
	uint64_t late;

	(void)state;
	share(0);
	send();
	late = share(0);
	assert_ok(DO(right_restrict(s.store, was.id, ME, LATER)));
	assert_int_equal(put(&in, LATER + 9), STORE_HANDED);
	assert_int_equal(get(was.id).status, REG_WITHHELD);
	assert_int_equal(get(given).status, REG_ATTENDING);
	assert_ok(right_look(s.store, given, &st));
	assert_false(right_of_person(&st));
	assert_int_equal(released(), 0);
	assert_ok(DO(right_lift(s.store, was.id, ME, LATER + 20)));
	assert_int_equal(get(was.id).status, REG_HANDED);
	assert_true(blocked(0));
	assert_int_equal(released(), 1);
	/* Restricted afterwards: away with those before, and back with them. */
	assert_ok(DO(right_restrict(s.store, was.id, ME, LATER + 30)));
	send();
	assert_int_equal(state_of(late), LEAD_LIVE);
	assert_int_equal(released(), 0);
	assert_ok(DO(right_lift(s.store, was.id, ME, LATER + 40)));
	assert_int_equal(get(was.id).status, REG_HANDED);
	assert_int_equal(released(), 2);
}

/* With an old file the one before is back, badge and all; and so is the other
 * with a new one: there are never more than these two. */
static void
test_comes_back(void **state)
{
	struct registration was = get(s.person[0]);
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	uint64_t other;

	(void)state;
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	other = given;
	assert_ok(DO(right_restrict(s.store, was.id, ME, LATER + 5)));
	assert_int_equal(put(&was, LATER + 10), STORE_HANDED);
	assert_int_equal(given, was.id);
	assert_int_equal(get(other).status, REG_HANDED);
	assert_string_equal(get(was.id).key, was.key);
	assert_int_equal(get(was.id).status, REG_WITHHELD);
	assert_ok(DO(right_lift(s.store, was.id, ME, LATER + 15)));
	assert_int_equal(get(was.id).status, REG_ATTENDING);
	assert_false(blocked(0));
	assert_int_equal(put(&was, LATER + 20), STORE_UNCHANGED);
	/* In other letters, and with another spelling of the name. */
	in = row(&was, "Bo B. Berg", "BO@berg.example");
	assert_int_equal(put(&in, LATER + 30), STORE_HANDED);
	assert_int_equal(given, other);
	assert_string_equal(get(other).values.v[FIELD_NAME], "Bo B. Berg");
	assert_int_equal(get(was.id).status, REG_HANDED);
	assert_true(blocked(0));
}

/* Its leads were held back and stay so; the next one is no minor by that. */
static void
test_minor_and_cancelled(void **state)
{
	struct registration was[2] = { get(s.person[0]), get(s.person[1]) };
	struct registration in;

	(void)state;
	share(0);
	share(1);
	send();
	assert_int_equal(released(), 2);
	assert_ok(DO(store_registration_status(s.store, was[0].id, REG_MINOR,
	    LATER)));
	assert_ok(DO(store_registration_status(s.store, was[1].id,
	    REG_CANCELLED, LATER)));
	in = row(&was[0], "Bo Berg", "bo@berg.example");
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_equal(get(given).status, REG_ATTENDING);
	assert_int_equal(get(was[0].id).status, REG_MINOR);
	in = row(&was[1], "Cy Cole", "cy@cole.example");
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	assert_int_equal(get(was[1].id).status, REG_CANCELLED);
	assert_int_equal(released(), 0);
	/* Said to be no minor: the badge stays another's. */
	assert_ok(DO(store_registration_status(s.store, was[0].id,
	    REG_ATTENDING, LATER)));
	assert_int_equal(get(was[0].id).status, REG_HANDED);
	assert_true(blocked(0));
	assert_int_equal(released(), 1);
}

static uint64_t
erase(uint64_t id)
{
	struct right_done done;
	int64_t due;

	assert_ok(DO(right_erase_plan(s.store, id, 0, NULL, 0, ME, LATER,
	    &due)));
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER,
	    &done));
	return done.erased;
}

/* A plan goes with who had the ticket: undone, it only attends no more; when it
 * takes effect, the one who has the ticket now is left alone. */
static void
test_handed_while_planned(void **state)
{
	struct registration was = get(s.person[0]);
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct right_done done;
	int64_t due;

	(void)state;
	share(0);
	send();
	assert_ok(DO(right_erase_plan(s.store, was.id, 0, NULL, 72, ME, LATER,
	    &due)));
	assert_int_equal(put(&in, LATER + 9), STORE_HANDED);
	assert_int_equal(get(was.id).status, REG_WITHHELD);
	assert_ok(DO(right_erase_undo(s.store, was.id, ME, LATER + 10)));
	assert_int_equal(get(was.id).status, REG_HANDED);
	assert_int_equal(released(), 1);
	assert_ok(DO(right_erase_plan(s.store, was.id, 0, NULL, 72, ME,
	    LATER + 11, &due)));
	assert_ok(right_erase_due(s.dir, s.store, due, due, &done));
	assert_int_equal(done.erased, 1);
	assert_int_equal(get(was.id).status, REG_DELETED);
	assert_int_equal(get(given).status, REG_ATTENDING);
	assert_int_equal(released(), 0);
}

/* Who had the ticket is erased alone; and does not get it back. */
static void
test_erased(void **state)
{
	struct registration was = get(s.person[0]);
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	uint64_t other;

	(void)state;
	assert_int_equal(put(&in, LATER), STORE_HANDED);
	other = given;
	assert_int_equal(erase(was.id), 1);
	assert_int_equal(get(was.id).status, REG_DELETED);
	assert_int_equal(get(other).status, REG_ATTENDING);
	assert_int_equal(put(&in, LATER), STORE_UNCHANGED);
	assert_int_equal(put(&was, LATER), STORE_REFUSED);
	assert_int_equal(get(other).status, REG_ATTENDING);
	assert_int_equal(erase(other), 1);
	assert_int_equal(put(&in, LATER), STORE_REFUSED);
}

static void
append(const struct registration *reg)
{
	struct deleted_mails mails = { 0 };
	uint8_t mac[DELETED_MAC];

	if (reg->values.v[FIELD_EMAIL][0] != 0) {
		assert_ok(deleted_mac_mail(s.host->deleted,
		    reg->values.v[FIELD_EMAIL], mac));
		deleted_mails_add(&mails, mac);
	}
	assert_ok(deleted_append(s.dir, s.host->deleted, reg, &mails, LATER));
}

/* A backup from before is put back: erased again is who it was, not who has the
 * ticket in it; and both are known to the record. */
static void
test_erased_in_a_backup(void **state)
{
	struct registration was = get(s.person[0]), hers = was;
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct right_done done;

	(void)state;
	append(&in);
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER,
	    &done));
	assert_int_equal(done.erased, 0);
	assert_int_equal(put(&in, LATER), STORE_REFUSED);
	assert_int_equal(get(was.id).status, REG_ATTENDING);
	assert_ok(handed_key(was.key, was.id, hers.key));
	append(&hers);
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER,
	    &done));
	assert_int_equal(done.erased, 1);
	assert_int_equal(get(was.id).status, REG_DELETED);
}

/* She was erased after the ticket was handed on, and a backup from before that is
 * put back: she is erased again, and who has it since is taken up. */
static void
test_next_holder_after_a_backup(void **state)
{
	struct registration was = get(s.person[0]), hers = was;
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct right_done done;

	(void)state;
	assert_ok(handed_key(was.key, was.id, hers.key));
	append(&hers);
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER, &done));
	assert_int_equal(done.erased, 1);
	assert_int_equal(get(was.id).status, REG_DELETED);
	assert_int_equal(put(&in, LATER), STORE_ADDED);
	assert_int_equal(get(given).status, REG_ATTENDING);
	assert_int_equal(put(&was, LATER), STORE_REFUSED);
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER, &done));
	assert_int_equal(done.erased, 0);
	assert_int_equal(get(given).status, REG_ATTENDING);
}

/* As above, but who had the ticket first has no address; then her own erasure,
 * in a backup that knows the ticket's key by his. */
static void
test_no_address_in_a_backup(void **state)
{
	struct registration was = get(s.person[0]), hers;
	struct registration in = row(&was, "Bo Berg", "bo@berg.example");
	struct right_done done;

	(void)state;
	hers = row(&was, was.values.v[FIELD_NAME], "");
	snprintf(hers.key, sizeof(hers.key), "another ticket");
	assert_int_equal(put(&hers, LATER), STORE_ADDED);
	hers.id = given;
	in.id = given + 1;
	memcpy(in.key, hers.key, sizeof(in.key));
	append(&in);
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER, &done));
	assert_int_equal(done.erased, 0);
	assert_int_equal(get(hers.id).status, REG_ATTENDING);
	hers.values.v[FIELD_EMAIL][0] = 0;
	append(&hers);
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER, &done));
	assert_int_equal(done.erased, 1);
	assert_int_equal(get(hers.id).status, REG_DELETED);
	assert_ok(right_erase_due(s.dir, s.store, LATER, LATER, &done));
	assert_int_equal(done.erased, 0);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handed_on),
		TEST(test_one_of_both),
		TEST(test_nothing_yet),
		TEST(test_rights_stay),
		TEST(test_comes_back),
		TEST(test_minor_and_cancelled),
		TEST(test_handed_while_planned),
		TEST(test_erased),
		TEST(test_erased_in_a_backup),
		TEST(test_next_holder_after_a_backup),
		TEST(test_no_address_in_a_backup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
