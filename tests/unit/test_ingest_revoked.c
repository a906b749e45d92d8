// SPDX-License-Identifier: Apache-2.0
/* What a device sends after its revocation, or while it is revoked. */
#include "tests/support/intake.h"

#include "host/store_receipt.h"
#include "record/upload.h"

static void
revoke(int64_t at)
{
	assert_ok(store_begin(sum.store));
	assert_ok(store_device_revoke(sum.store, "k07", at));
	assert_ok(store_commit(sum.store));
	booth_look(&b);
}

static void
test_quarantine(void **state)
{
	uint64_t before, after;

	(void)state;
	before = share(0, NAME | EMAIL);
	assert_ok(send());
	revoke(SUMMIT_NOW);
	after = share(1, NAME | EMAIL);
	assert_ok(send());
	assert_int_equal(state_of(before), LEAD_LIVE);
	assert_int_equal(state_of(after), LEAD_QUARANTINED);
	assert_odd(after, ODD_REVOKED);
	assert_int_equal(released("example-corp"), 1);
	assert_int_equal(b.device.quarantine, 2);
	assert_held(3);
	/* An undo is obeyed all the same. */
	undo(before);
	assert_ok(send());
	assert_int_equal(released("example-corp"), 0);
}

/* A withdrawal that came first is obeyed there too, and of a held share. */
static void
test_pending_of_what_is_not_live(void **state)
{
	struct body held, late;
	uint64_t seq[2];

	(void)state;
	held = booth_share(&b, 0, NAME | PHONE);
	late = booth_share(&b, 1, NAME | EMAIL);
	assert_ok(store_begin(sum.store));
	assert_ok(store_pending_add(sum.store, held.u.share.rh, 500));
	assert_ok(store_pending_add(sum.store, late.u.share.rh, 501));
	assert_ok(store_commit(sum.store));
	seq[0] = booth_add(&b, &held);
	assert_ok(send());
	assert_odd(seq[0], ODD_FIELD);
	assert_int_equal(state_of(seq[0]), LEAD_WITHDRAWN);
	revoke(SUMMIT_NOW);
	seq[1] = booth_add(&b, &late);
	assert_ok(send());
	assert_int_equal(state_of(seq[1]), LEAD_WITHDRAWN);
}

/* Revoked while its upload was on the way: after the token was looked at, and
 * before the transaction. */
static void
test_revoked_meanwhile(void **state)
{
	uint64_t seq;

	(void)state;
	seq = share(0, NAME | EMAIL);
	assert_ok(store_begin(sum.store));
	assert_ok(store_device_revoke(sum.store, "k07", SUMMIT_NOW));
	assert_ok(store_commit(sum.store));
	assert_int_equal(b.device.state, DEVICE_ACTIVE);
	assert_ok(send());
	assert_int_equal(state_of(seq), LEAD_QUARANTINED);
	assert_int_equal(released("example-corp"), 0);
	assert_held(2);
}

/* The host lost its newest entries (an old backup); the device still has the
 * note that the host had cosigned over them before the revocation. */
static void
test_cosigned_before_revocation(void **state)
{
	static const int64_t revoked[2] = { SUMMIT_NOW + 100, SUMMIT_NOW };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct bw_buf up = BW_BUF_INIT(1 << 20);
		struct bw_buf note = BW_BUF_INIT(4096);
		struct checkpoint cp = { .size = 2 };

		share(0, NAME | EMAIL);
		assert_ok(bw_buf_put(&up, b.upload.ptr, b.upload.len));
		strcpy(cp.origin, b.device.origin);
		assert_ok(tree_root(&b.chain.tree, cp.root));
		assert_ok(checkpoint_sign(&cp, b.log, &note));
		assert_ok(cosign_line((const char *)note.ptr, note.len,
		    "log.summit.example", sum.host->host, SUMMIT_NOW + 5,
		    &note));
		assert_ok(upload_put_note(&up, (const char *)note.ptr,
		    note.len));
		revoke(revoked[i]);
		assert_ok(ingest(1, &up));
		assert_int_equal(state_of(1),
		    i == 0 ? LEAD_LIVE : LEAD_QUARANTINED);
		bw_buf_free(&up);
		bw_buf_free(&note);
		teardown(NULL);
		setup(NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_quarantine),
		TEST(test_pending_of_what_is_not_live),
		TEST(test_revoked_meanwhile),
		TEST(test_cosigned_before_revocation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
