// SPDX-License-Identifier: Apache-2.0
/* Uploads that are taken, and what in them is odd: stored, never released. */
#include "tests/support/intake.h"

#include "base/clock.h"
#include "host/audit.h"
#include "host/policy_issue.h"
#include "host/store_receipt.h"
#include "record/seal.h"

/* ---- sound uploads ---- */

static void
test_takes_an_upload(void **state)
{
	struct checkpoint cp;
	uint8_t root[CRYPTO_HASH];
	uint64_t at;

	(void)state;
	decline();
	share(0, NAME | EMAIL);
	share(1, NAME | EMAIL | COMPANY);
	assert_ok(send());
	assert_held(4);
	assert_int_equal(released("example-corp"), 2);
	assert_ok(tree_root(&b.chain.tree, root));
	assert_memory_equal(b.device.root, root, CRYPTO_HASH);
	/* The answer is the note with the host's line. */
	assert_ok(checkpoint_verify((const char *)out.note.ptr, out.note.len,
	    crypto_key_spki(b.log), b.device.origin, &cp));
	assert_int_equal(cp.size, 4);
	assert_ok(cosign_verify((const char *)out.note.ptr, out.note.len,
	    "log.summit.example", crypto_key_spki(sum.host->host), &at));
	assert_int_equal(at, SUMMIT_NOW);
}

static void
test_repeats_are_harmless(void **state)
{
	struct bw_buf one = BW_BUF_INIT(1 << 20), note = BW_BUF_INIT(4096);

	(void)state;
	share(0, NAME | EMAIL);
	booth_sign(&b);
	assert_ok(bw_buf_put(&one, b.upload.ptr, b.upload.len));
	assert_ok(ingest(1, &one));
	assert_ok(bw_buf_put(&note, out.note.ptr, out.note.len));
	assert_ok(ingest(1, &one));
	assert_int_equal(out.note.len, note.len);
	assert_memory_equal(out.note.ptr, note.ptr, note.len);
	/* An older one again, after a newer one. */
	booth_begin(&b);
	share(1, NAME | EMAIL);
	assert_ok(send());
	assert_ok(ingest(1, &one));
	assert_held(3);
	assert_int_equal(released("example-corp"), 2);
	bw_buf_free(&one);
	bw_buf_free(&note);
}

/* A lost answer: the device sends more, from where it was. */
static void
test_overlap_is_taken(void **state)
{
	struct bw_buf both = BW_BUF_INIT(1 << 20);

	(void)state;
	share(0, NAME | EMAIL);
	assert_ok(bw_buf_put(&both, b.upload.ptr, b.upload.len));
	assert_ok(send());
	share(1, NAME | EMAIL);
	booth_sign(&b);
	assert_ok(bw_buf_put(&both, b.upload.ptr, b.upload.len));
	assert_ok(ingest(1, &both));
	assert_held(3);
	assert_int_equal(released("example-corp"), 2);
	bw_buf_free(&both);
}

static void
test_undo_ends_a_lead(void **state)
{
	uint64_t first, second;

	(void)state;
	first = share(0, NAME | EMAIL);
	undo(first);
	second = share(1, NAME | EMAIL);
	assert_ok(send());
	assert_int_equal(state_of(first), LEAD_UNDONE);
	assert_int_equal(released("example-corp"), 1);
	undo(second);		/* in a later upload */
	assert_ok(send());
	assert_int_equal(state_of(second), LEAD_UNDONE);
	assert_int_equal(released("example-corp"), 0);
}

static bw_err
take_withdrawal(void *arg, const struct audit_row *row)
{
	unsigned *n = arg;

	if (!audit_did(row, DID_WITHDRAW))
		return BW_OK;
	++*n;
	assert_string_equal(row->actor, "attendee");
	assert_string_equal(row->object, "k07-1");
	return BW_OK;
}

static unsigned
withdrawals(void)
{
	unsigned n = 0;

	assert_ok(audit_each(sum.store, 0, 100, NULL, take_withdrawal, &n));
	return n;
}

/* Its row in the audit is one, and names the share as soon as there is one. */
static void
test_pending_withdrawal_is_applied(void **state)
{
	struct body body = booth_share(&b, 0, NAME | EMAIL);
	bool any;

	(void)state;
	assert_ok(store_begin(sum.store));
	assert_ok(store_pending_add(sum.store, body.u.share.rh, 500));
	assert_ok(store_commit(sum.store));
	assert_int_equal(withdrawals(), 0);
	booth_add(&b, &body);
	assert_ok(send());
	assert_int_equal(state_of(1), LEAD_WITHDRAWN);
	assert_int_equal(withdrawals(), 1);
	/* The next upload tells nothing again. */
	share(1, NAME | EMAIL);
	assert_ok(send());
	assert_int_equal(withdrawals(), 1);
	assert_int_equal(released("example-corp"), 1);
	assert_ok(store_pending_any(sum.store, &any));
	assert_false(any);
}

/* The host gave it a policy with this serial. */
static void
issued(uint64_t serial)
{
	struct store_issued in = { .version = "v2", .serial = serial,
		.jws = BW_BUF_INIT(64) };

	assert_ok(bw_buf_put_str(&in.jws, "a.b.c"));
	assert_ok(store_begin(sum.store));
	assert_ok(store_issued_put(sum.store, b.device.num, &in));
	assert_ok(store_commit(sum.store));
	bw_buf_free(&in.jws);
}

static void
test_a_new_policy_counts_from_its_entry(void **state)
{
	struct policy *p;
	struct body body = { .kind = ENTRY_POLICY };

	(void)state;
	summit_install(&sum, "v2");
	issued(9);
	p = summit_part(&sum, "example-corp", "v2");
	strcpy(body.u.policy.version, "v2");
	body.u.policy.serial = 9;
	memcpy(body.u.policy.sha256, p->sha256, CRYPTO_HASH);
	share(0, NAME | EMAIL);
	booth_add(&b, &body);
	share(1, NAME | EMAIL);
	assert_ok(send());
	share(2, NAME | EMAIL);	/* the part is kept between uploads */
	assert_ok(send());
	assert_int_equal(released("example-corp"), 3);
	policy_free(p);
	free(p);
}

/* Its log names a policy with this serial; the serial that it is given then. */
static uint64_t
given_over(uint64_t serial)
{
	struct body body = { .kind = ENTRY_POLICY, .u.policy.serial = serial };
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	uint64_t first, second;
	bool fresh;

	strcpy(body.u.policy.version, SUMMIT_VERSION);
	booth_add(&b, &body);
	assert_ok(send());
	assert_ok(SUMMIT_KEPT(&sum, policy_issue(sum.store, sum.host,
	    &b.device, &jws, &first, &fresh)));
	bw_buf_reset(&jws);
	assert_ok(SUMMIT_KEPT(&sum, policy_issue(sum.store, sum.host,
	    &b.device, &jws, &second, &fresh)));
	assert_int_equal(first, second);
	bw_buf_free(&jws);
	return first;
}

/* The store was put back, and the device has a policy from after the copy, made
 * by a clock that was ahead: it gets one that it takes. No device brings the
 * serials to their end. */
static void
test_policies_go_on_over_what_was_lost(void **state)
{
	const uint64_t now = (uint64_t)clock_wall_ms();
	const uint64_t ahead = now + UINT64_C(40) * 86400000;

	(void)state;
	assert_true(given_over(1) >= now);
	assert_true(given_over(ahead) > ahead);
	assert_true(given_over(ahead + 5) > ahead + 5);
	assert_true(given_over(UINT64_C(1) << 52) < ahead + 86400000);
}

static void
test_many_entries(void **state)
{
	(void)state;
	for (int i = 0; i < 3000; i++)
		share((size_t)i % 2, NAME | EMAIL);
	(void)state;
	/* Receipts repeat every 256 shares: those are held, not released. */
	assert_ok(send());
	assert_held(3001);
	assert_int_equal(released("example-corp"), 256);
}

/* ---- odd entries: stored, listed, never released ---- */

static bool
is_of_somebody(uint64_t seq)
{
	struct store_edition e;
	struct store_lead l;
	bw_err r;

	assert_ok(store_lead_get(sum.store, b.device.num, seq, &l));
	r = store_edition_get(sum.store, l.edition, &e);
	assert_true(r == BW_OK || (r == BW_ERR_NOTFOUND && l.edition == 0));
	return r == BW_OK && e.registration == sum.person[0];
}

static void
test_odd_shares(void **state)
{
	struct body body;
	const struct {
		enum odd_reason reason;
		field_set granted;
		int what;
	} table[] = {
		{ ODD_FIELD, NAME | EMAIL | PHONE, 0 },
		{ ODD_SPONSOR, NAME | EMAIL, 1 },
		{ ODD_NOTICE, NAME | EMAIL, 2 },
		{ ODD_NOTICE, NAME | EMAIL, 5 },
		{ ODD_BADGE, NAME | EMAIL, 3 },
		{ ODD_BADGE, NAME | EMAIL, 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		uint64_t seq;

		body = booth_share(&b, 0, table[i].granted);
		if (table[i].what == 1)
			strcpy(body.u.share.sponsor, "acme");
		else if (table[i].what == 2)
			body.u.share.notice_sha256[0] ^= 1;
		else if (table[i].what == 3)
			body.u.share.badge_id[0] ^= 1;
		else if (table[i].what == 4)
			body.u.share.edition = 2;
		else if (table[i].what == 5)
			strcpy(body.u.share.language, "xx");
		seq = booth_add(&b, &body);
		assert_ok(send());
		assert_odd(seq, table[i].reason);
		assert_int_equal(state_of(seq), LEAD_HELD);
		/* Its holder is known by the badge alone. */
		assert_int_equal(is_of_somebody(seq), table[i].what != 3);
		assert_int_equal(released("example-corp"), 0);
		assert_int_equal(released("acme"), 0);
		teardown(NULL);
		setup(NULL);
	}
}

static void
test_withheld_badge_is_held(void **state)
{
	(void)state;
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, sum.person[0],
	    REG_MINOR, 1));
	assert_ok(store_commit(sum.store));
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_odd(1, ODD_WITHHELD);
	/* It stays held when the registration attends again. */
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, sum.person[0],
	    REG_ATTENDING, 1));
	assert_ok(store_commit(sum.store));
	assert_int_equal(released("example-corp"), 0);
}

/* A share made before its badge was reissued counts, one made after not. */
static void
test_retired_badge(void **state)
{
	(void)state;
	share(0, NAME | EMAIL);
	assert_ok(store_begin(sum.store));
	assert_ok(store_badge_retire(sum.store, sum.badge[0],
	    SUMMIT_NOW + 10));
	assert_ok(store_commit(sum.store));
	b.now += 10;
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_odd(2, ODD_RETIRED);
	assert_int_equal(released("example-corp"), 1);
}

static void
test_policy_over_and_unknown(void **state)
{
	struct body body = { .kind = ENTRY_POLICY };

	(void)state;
	b.now = 1779000000;	/* its valid_until */
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_odd(1, ODD_TIME);
	teardown(NULL);
	setup(NULL);
	strcpy(body.u.policy.version, "made-up");
	body.u.policy.serial = 2;
	issued(2);
	booth_add(&b, &body);
	assert_ok(send());
	assert_odd(1, ODD_POLICY);
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_int_equal(state_of(2), LEAD_HELD);
	assert_int_equal(released("example-corp"), 0);
}

/* A date ahead would be kept for longer than was said: by a bad clock nothing is
 * shared. Which of two clocks is wrong, a host that doubts its own cannot say. */
static void
test_a_time_that_has_not_come(void **state)
{
	(void)state;
	b.ahead = INGEST_AHEAD;
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_int_equal(released("example-corp"), 1);
	b.now++;
	b.ahead++;
	b.doubted = true;
	share(1, NAME | EMAIL);
	assert_int_equal(send(), BW_ERR_BUSY);
	assert_held(2);
	b.doubted = false;
	assert_ok(ingest(b.from, &b.upload));
	assert_odd(2, ODD_AHEAD);
	assert_int_equal(state_of(2), LEAD_HELD);
	assert_int_equal(released("example-corp"), 1);
}

static void
test_repeated_receipt(void **state)
{
	struct body body = booth_share(&b, 0, NAME | EMAIL);

	(void)state;
	booth_add(&b, &body);
	booth_add(&b, &body);
	assert_ok(send());
	assert_int_equal(released("example-corp"), 1);
	assert_odd(2, ODD_RECEIPT);
}

static void
test_undo_of_no_share(void **state)
{
	uint64_t seq;

	(void)state;
	seq = undo(decline());
	assert_ok(send());
	assert_odd(seq, ODD_UNDO);
}

static void
test_notes(void **state)
{
	static const struct note plain = { .rating = 4, .text = "call" };
	struct bw_buf bytes = BW_BUF_INIT(BODY_NOTE_MAX);
	struct bw_buf box = BW_BUF_INIT(BODY_NOTE_MAX);
	struct body body = { .kind = ENTRY_NOTE };

	(void)state;
	assert_ok(note_encode(&plain, &bytes));
	assert_ok(seal_box(crypto_key_spki(sum.host->host_seal), SEAL_NOTE,
	    NULL, bytes.ptr, bytes.len, &box));
	body.u.note.share_seq = share(0, NAME | EMAIL);
	body.u.note.sealed = box.ptr;
	body.u.note.sealed_len = box.len;
	booth_add(&b, &body);
	assert_ok(send());
	assert_int_equal(released("example-corp"), 1);
	box.ptr[box.len - 1] ^= 1;
	booth_add(&b, &body);
	assert_ok(send());
	assert_odd(3, ODD_NOTE);
	assert_int_equal(released("example-corp"), 1);
	bw_buf_free(&bytes);
	bw_buf_free(&box);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_takes_an_upload),
		TEST(test_repeats_are_harmless),
		TEST(test_overlap_is_taken),
		TEST(test_undo_ends_a_lead),
		TEST(test_pending_withdrawal_is_applied),
		TEST(test_a_new_policy_counts_from_its_entry),
		TEST(test_many_entries),
		TEST(test_odd_shares),
		TEST(test_withheld_badge_is_held),
		TEST(test_retired_badge),
		TEST(test_policy_over_and_unknown),
		TEST(test_a_time_that_has_not_come),
		TEST(test_repeated_receipt),
		TEST(test_policies_go_on_over_what_was_lost),
		TEST(test_undo_of_no_share),
		TEST(test_notes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
