// SPDX-License-Identifier: Apache-2.0
/* Tickets that were handed on, and erasures: of whoever had it or has it, also
 * over a backup from before. */
#include "tests/support/handing.h"

#include "host/store_deleted.h"
#include "host/store_handed.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_handed_while_planned),
		TEST(test_erased),
		TEST(test_erased_in_a_backup),
		TEST(test_next_holder_after_a_backup),
		TEST(test_no_address_in_a_backup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
