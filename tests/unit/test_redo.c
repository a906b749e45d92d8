// SPDX-License-Identifier: Apache-2.0
/* The file of what was done for people's rights: what stands in it and not in
 * the store is done there, once; its numbers rise; and it keeps nothing of who
 * was erased. */
#include "tests/support/redoing.h"

#include <sys/stat.h>

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "host/erase_again.h"
#include "host/store_receipt.h"
#include "host/store_restored.h"

static enum lead_state
state_of(uint64_t seq)
{
	struct store_lead lead;

	assert_ok(store_lead_get(s.store, b.device.num, seq, &lead));
	return lead.state;
}

static void
test_done_once(void **state)
{
	struct redo_act act = person(REDO_WITHHELD, 0), back = act;

	(void)state;
	act.st.objected = LATER;
	assert_int_equal(cut_off(&act, 1), 1);
	assert_int_equal(stands(), REDO_BEHIND);
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(get(0).status, REG_WITHHELD);
	assert_int_equal(stands(), REDO_SAME);
	assert_int_equal(acts(), 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(acts(), 1);
	/* What was lifted is. */
	assert_int_equal(cut_off(&back, 1), 2);
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(get(0).status, REG_ATTENDING);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_int_equal(stands(), REDO_SAME);
	assert_int_equal(acts(), 3);
}

/* What was refused or rolled back leaves nothing. */
static void
test_no_line_without_an_act(void **state)
{
	(void)state;
	assert_ok(store_begin(s.store));
	assert_ok(right_object(s.store, s.person[0], ME, LATER));
	store_rollback(s.store);
	assert_int_equal(acts(), 0);
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_err(DO(right_object(s.store, s.person[0], ME, LATER)),
	    BW_ERR_EXISTS);
	assert_int_equal(acts(), 1);
}

/* What another program noted that was killed goes with the next act, or when it
 * is looked for. */
static void
test_nobodys_lines_go(void **state)
{
	struct redo_act act[2] = { person(REDO_WITHHELD, 0),
		person(REDO_DAILY, 0) };
	uint64_t last;

	(void)state;
	act[0].st.objected = LATER;
	assert_ok(store_redo_mend(s.store));
	cut_off(act, 2);
	assert_ok(DO(right_object(s.store, s.person[1], ME, LATER)));
	assert_int_equal(stands(), REDO_SAME);
	assert_int_equal(acts(), 1);
	cut_off(act, 2);
	assert_int_equal(stands(), REDO_BEHIND);
	assert_ok(store_redo_mend(s.store));
	assert_int_equal(stands(), REDO_SAME);
	assert_int_equal(acts(), 1);
	assert_ok(redo_last(s.dir, &last));
	assert_int_equal(last, 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(get(0).status, REG_ATTENDING);
	assert_int_equal(get(1).status, REG_WITHHELD);
}

static bool
goes_on(void)
{
	struct store_edition e;
	bool yes;

	assert_ok(store_edition_find(s.store, s.badge[1], 1, &e));
	assert_ok(store_edition_goes_on(s.store, e.ref, &yes));
	return yes;
}

static const char *
waits(void)
{
	const char *why;

	assert_ok(store_redo_waits(s.store, s.dir, &why));
	return why;
}

/* One commit that was cut off is no store that was put back, and nobody is told
 * that it is. But one that is older by one erasure looks the same. */
static void
test_one_act_begins_nothing_anew(void **state)
{
	struct redo_act act = person(REDO_DAILY, 0);

	(void)state;
	assert_null(waits());
	cut_off(&act, 1);
	assert_non_null(strstr(waits(), "a command was cut off or"));
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(stands(), REDO_SAME);
	assert_non_null(waits());
	assert_ok(erase_again(s.dir, s.store, LATER));
	assert_null(waits());
	assert_true(goes_on());
	cut_off(&act, 1);
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_false(goes_on());
}

/* More than one commit could have: it is an older store that has come under us,
 * and nothing is written over what it lacks. */
static void
test_an_older_store_under_a_program(void **state)
{
	struct redo_act act = person(REDO_DAILY, 0);

	(void)state;
	cut_off(&act, 1);
	cut_off(&act, 1);
	assert_err(DO(right_object(s.store, s.person[1], ME, LATER)),
	    BW_ERR_BUSY);
	assert_err(store_redo_mend(s.store), BW_ERR_BUSY);
	assert_int_equal(acts(), 2);
	assert_int_equal(get(1).status, REG_ATTENDING);
	assert_ok(store_redo_run(s.store, LATER));
	assert_ok(DO(right_object(s.store, s.person[1], ME, LATER)));
	assert_int_equal(acts(), 3);
}

/* And an act whose line cannot be written is none. */
static void
test_no_act_without_its_line(void **state)
{
	(void)state;
	assert_int_equal(mkdir(file, 0700), 0);
	assert_int_not_equal(DO(right_object(s.store, s.person[0], ME,
	    LATER)), BW_OK);
	assert_int_equal(get(0).status, REG_ATTENDING);
	assert_int_equal(rmdir(file), 0);
}

static void
test_shares(void **state)
{
	struct body body = booth_share(&b, 0, FIELDS);
	struct redo_act act[2] = { { .kind = REDO_SHARE, .at = LATER } };
	uint64_t seq = booth_add(&b, &body), late, all;

	(void)state;
	send();
	memcpy(act[0].rh, body.u.share.rh, RECEIPT_RH);
	body = booth_share(&b, 1, FIELDS);
	late = booth_add(&b, &body);
	act[1] = act[0];
	memcpy(act[1].rh, body.u.share.rh, RECEIPT_RH);
	cut_off(act, 2);
	act[0] = person(REDO_ALL, 2);
	cut_off(act, 1);
	all = share(2);
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(state_of(seq), LEAD_WITHDRAWN);
	send();
	assert_int_equal(state_of(late), LEAD_WITHDRAWN);
	assert_int_equal(state_of(all), LEAD_WITHDRAWN);
}

/* Anybody can ask again and again. */
static void
test_one_line_for_a_share_to_come(void **state)
{
	struct body body = booth_share(&b, 0, FIELDS);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_ok(DO(store_pending_add(s.store, body.u.share.rh,
		    LATER + i)));
	assert_int_equal(acts(), 1);
}

static bool
held(uint64_t registration, const char *sponsor)
{
	bool yes;

	assert_ok(hold_any(s.store, registration, sponsor, &yes));
	return yes;
}

/* Each stands until its own is lifted, though two are of the same second. */
static void
test_holds(void **state)
{
	struct redo_act act[] = {
		{ .kind = REDO_HOLD_OF, .at = LATER, .name = "acme" },
		{ .kind = REDO_HOLD_OF, .at = LATER, .name = "acme" },
		{ .kind = REDO_LIFT_OF, .at = LATER, .name = "acme",
		    .made = LATER },
		person(REDO_HOLD, 0), person(REDO_HOLD, 1),
		person(REDO_LIFT, 1),
	};

	(void)state;
	act[5].made = LATER;
	cut_off(act, sizeof(act) / sizeof(act[0]));
	assert_ok(store_redo_run(s.store, LATER));
	assert_true(held(0, "acme"));
	assert_false(held(0, "example-corp"));
	assert_true(held(s.person[0], NULL));
	assert_false(held(s.person[1], NULL));
	cut_off(&act[2], 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_false(held(0, "acme"));
	/* The event's is nobody's. */
	act[0].name[0] = 0;
	cut_off(act, 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_true(held(0, NULL));
}

static void
test_a_hold_waits_for_the_person(void **state)
{
	struct redo_act act = person(REDO_HOLD, 0);
	struct registration reg = get(1);

	(void)state;
	assert_ok(deleted_mac_key(s.host->deleted, "to come", act.key_mac));
	cut_off(&act, 1);
	assert_ok(store_redo_run(s.store, LATER));
	assert_false(held(act.st.registration, NULL));
	assert_int_equal(import(&reg, "to come"), STORE_ADDED);
	assert_ok(store_registration_find(s.store, "to come", &reg));
	assert_true(held(reg.id, NULL));
	assert_int_equal(acts(), 1);
}

/* Neither the person nor its shares; the number stays. */
static void
test_forgets_the_erased(void **state)
{
	uint64_t seq = share(0), n, last;
	bool moved;

	(void)state;
	share(1);
	send();
	assert_ok(DO(right_withdraw(s.store, b.device.num, seq, ME, LATER,
	    &moved)));
	assert_ok(DO(right_withdraw_all(s.store, s.person[1], ME, LATER,
	    &n)));
	plan(0);
	assert_int_equal(acts(), 4);
	run(DUE);
	assert_int_equal(acts(), 3);	/* of person 1, and the number */
	assert_ok(redo_last(s.dir, &last));
	assert_int_equal(last, 3);
	assert_int_equal(stands(), REDO_SAME);
}

static void
put(const char *text)
{
	assert_ok(file_write(file, text, strlen(text), 0600));
}

/* Values leave the store's files whatever the record has; what is left is done
 * when it is mended. */
static void
test_tidies_beside_a_damaged_one(void **state)
{
	char wal[FILE_PATH_MAX];
	struct right_done done;
	struct stat st;
	uint64_t wanted;

	(void)state;
	assert_ok(file_path(wal, s.dir, "host.db-wal"));
	plan(0);
	put("1 1 no\n1 2 none 5\n");
	assert_err(right_erase_due(s.dir, s.store, DUE, DUE, &done),
	    BW_ERR_FORMAT);
	assert_int_equal(done.erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_int_equal(stat(wal, &st), 0);
	assert_int_equal(st.st_size, 0);
	assert_ok(store_sweep_get(s.store, &wanted));
	assert_int_not_equal(wanted, 0);
	put("1 2 none 5\n");
	run(DUE);
	assert_ok(store_sweep_get(s.store, &wanted));
	assert_int_equal(wanted, 0);
}

static void
test_lines(void **state)
{
	static const char *const bad[] = { "\n", "1 1\n", "1 1 none\n",
		"2 1 none 5\n", "1 1 none 5 6\n", "1 1 other 5\n",
		"1 -1 none 5\n", "1 1 share 5 00\n",
		"1 1 share 5 000102030405060708090a0b0c0d0e0g\n",
		"1 1 all 5 7\n", ("1 1 withheld 5 7 "
		"000102030405060708090a0b0c0d0e0f 1 2 3 4\n"),
		"1 9223372036854775807 none 5\n", "1 1  none 5\n" };
	uint64_t last;
	size_t n, line;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put(bad[i]);
		assert_err(redo_last(s.dir, &last), BW_ERR_FORMAT);
		assert_err(redo_each(s.dir, count, &n, &line),
		    BW_ERR_FORMAT);
		assert_int_equal(line, 1);
		assert_err(store_redo_run(s.store, LATER), BW_ERR_FORMAT);
	}
	put("1 4 none 5\n1 5 no");
	assert_ok(redo_last(s.dir, &last));
	assert_int_equal(last, 4);
	assert_ok(store_redo_run(s.store, LATER));
	assert_ok(DO(right_object(s.store, s.person[0], ME, LATER)));
	assert_int_equal(acts(), 2);
	assert_ok(redo_last(s.dir, &last));
	assert_int_equal(last, 5);
}

/* A name that a device had since the copy was made is given to no other. */
static void
test_names(void **state)
{
	static const uint8_t code[ENROL_CODE] = { 1 };
	bool has;

	(void)state;
	put("1 1 name 5 k09\n1 2 device 6 k10 5 0\n");
	assert_ok(redo_has_name(s.dir, "k09", &has));
	assert_true(has);
	assert_ok(redo_has_name(s.dir, "k10", &has));
	assert_false(has);
	assert_ok(store_redo_run(s.store, LATER));
	assert_err(DO(store_device_add(s.store, "k09", "acme", "o/e/k09",
	    code, LATER, LATER)), BW_ERR_EXISTS);
	assert_ok(DO(store_device_add(s.store, "k10", "acme", "o/e/k10",
	    code, LATER, LATER)));
	assert_ok(redo_has_name(s.dir, "k10", &has));
	assert_true(has);
}

/* Whatever a restored store lacks waits, however much it is: in turns, and it
 * takes nobody's place who asks now. */
static void
test_more_than_may_ask(void **state)
{
	static struct redo_act act[3000];
	const size_t all = STORE_PENDING_MAX / 3000 + 1;
	uint8_t rh[RECEIPT_RH] = { 0xff };
	struct store_pending had;

	(void)state;
	for (uint32_t i = 0; i < all; i++) {
		for (uint32_t j = 0; j < 3000; j++) {
			act[j] = (struct redo_act){ .kind = REDO_SHARE,
				.at = LATER };
			memcpy(act[j].rh, &i, sizeof(i));
			memcpy(act[j].rh + 4, &j, sizeof(j));
		}
		cut_off(act, 3000);
	}
	assert_ok(store_redo_run(s.store, LATER));
	assert_int_equal(stands(), REDO_SAME);
	assert_int_equal(acts(), all * 3000);
	assert_ok(store_begin(s.store));
	for (size_t j = 0; j < 3000; j += 2999) {
		memcpy(rh, act[j].rh, sizeof(rh));
		assert_ok(store_pending_take(s.store, rh, &had));
		assert_int_equal(had.why, PENDING_REDONE);
	}
	memset(rh, 0xff, sizeof(rh));
	assert_ok(store_pending_add(s.store, rh, LATER));
	assert_ok(store_commit(s.store));
}

/* One that is cut off goes on where it was: each commit's acts are one turn's. */
static void
test_goes_on_after_a_turn(void **state)
{
	static struct redo_act act[2500];
	struct redo_act last = person(REDO_WITHHELD, 0);
	struct store_pending had;
	uint64_t num;

	(void)state;
	for (uint32_t j = 0; j < 2500; j++) {
		act[j] = (struct redo_act){ .kind = REDO_SHARE, .at = LATER };
		memcpy(act[j].rh, &j, sizeof(j));
	}
	cut_off(act, 2500);
	last.st.objected = LATER;
	/* Nobody can open it: the second turn fails. */
	act[0] = person(REDO_CORRECTED, 0);
	act[0].field = FIELD_COMPANY;
	act[0].box.len = 1;
	num = cut_off(act, 1);
	assert_int_equal(num, 2);
	cut_off(&last, 1);
	assert_err(store_redo_run(s.store, LATER), BW_ERR_KEY);
	assert_int_equal(stands(), REDO_BEHIND);
	assert_ok(store_begin(s.store));
	assert_ok(store_pending_take(s.store, act[1].rh, &had));
	assert_int_equal(had.why, PENDING_REDONE);
	store_rollback(s.store);
	assert_int_equal(get(0).status, REG_ATTENDING);
}

/* A value is sealed for one person and one field. */
static void
test_corrected(void **state)
{
	char *text;
	struct bw_buf b_ = BW_BUF_INIT(4096);

	(void)state;
	assert_ok(DO(right_correct(s.store, s.person[0], FIELD_COMPANY,
	    "Corrected & Co", ME, LATER)));
	assert_ok(file_read(file, &b_));
	assert_ok(bw_buf_put_u8(&b_, 0));
	text = (char *)b_.ptr;
	assert_null(strstr(text, "Corrected"));
	assert_non_null(strstr(text, " corrected "));
	bw_buf_free(&b_);
}

#undef TEST
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_done_once),
		TEST(test_no_line_without_an_act),
		TEST(test_nobodys_lines_go),
		TEST(test_one_act_begins_nothing_anew),
		TEST(test_an_older_store_under_a_program),
		TEST(test_no_act_without_its_line),
		TEST(test_shares),
		TEST(test_one_line_for_a_share_to_come),
		TEST(test_holds),
		TEST(test_a_hold_waits_for_the_person),
		TEST(test_forgets_the_erased),
		TEST(test_tidies_beside_a_damaged_one),
		TEST(test_lines),
		TEST(test_names),
		TEST(test_more_than_may_ask),
		TEST(test_goes_on_after_a_turn),
		TEST(test_corrected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
