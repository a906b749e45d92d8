// SPDX-License-Identifier: Apache-2.0
/* Uploads, sound and forged in every way that FORMATS.md names. */
#include "tests/support/unit.h"

#include "record/seal.h"
#include "record/upload.h"
#include "tests/support/summit.h"

#define NAME FIELD_BIT(FIELD_NAME)
#define EMAIL FIELD_BIT(FIELD_EMAIL)
#define COMPANY FIELD_BIT(FIELD_COMPANY)
#define PHONE FIELD_BIT(FIELD_WORK_PHONE)

static struct summit sum;
static struct booth b;
static struct ingest_out out;

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, getenv("STORE"));
	booth_open(&b, &sum, "k07", "example-corp");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	bw_buf_free(&out.note);
	booth_close(&b);
	summit_close(&sum);
	return 0;
}

static bw_err
send(void)
{
	bw_buf_free(&out.note);
	return booth_send(&b, &out);
}

static bw_err
ingest(uint64_t from, const struct bw_buf *up)
{
	bw_err r;

	bw_buf_free(&out.note);
	r = booth_ingest(&b, from, up, &out);
	booth_look(&b);
	return r;
}

static uint64_t
share(size_t person, field_set granted)
{
	struct body body = booth_share(&b, person, granted);

	return booth_add(&b, &body);
}

static uint64_t
undo(uint64_t seq)
{
	struct body body = { .kind = ENTRY_UNDO };

	body.u.undo.share_seq = seq;
	return booth_add(&b, &body);
}

static uint64_t
decline(void)
{
	struct body body = { .kind = ENTRY_DECLINE };

	strcpy(body.u.stop.sponsor, b.device.sponsor);
	return booth_add(&b, &body);
}

/* ---- what the store holds afterwards ---- */

static bw_err
count_release(void *arg, const struct store_release *l)
{
	(void)l;
	(*(size_t *)arg)++;
	return BW_OK;
}

static size_t
released(const char *sponsor)
{
	size_t n = 0;

	assert_ok(store_release_each(sum.store, sponsor, SUMMIT_NOW,
	    count_release, &n));
	return n;
}

struct odds {
	size_t n;
	uint64_t seq;
	enum odd_reason reason;
};

static bw_err
take_odd(void *arg, const struct store_odd *o)
{
	struct odds *got = arg;

	got->n++;
	got->seq = o->seq;
	got->reason = o->reason;
	return BW_OK;
}

/* Exactly one odd entry, this one; and nothing of it is released. */
static void
assert_odd(uint64_t seq, enum odd_reason reason)
{
	struct odds got = { 0 };

	assert_ok(store_odd_each(sum.store, take_odd, &got));
	assert_int_equal(got.n, 1);
	assert_int_equal(got.seq, seq);
	assert_int_equal(got.reason, reason);
}

static enum lead_state
state_of(uint64_t seq)
{
	struct store_lead l;

	assert_ok(store_lead_get(sum.store, b.device.num, seq, &l));
	return l.state;
}

static bw_err
count_entry(void *arg, const struct store_entry *e)
{
	uint64_t *n = arg;

	assert_int_equal(e->seq, *n);
	assert_non_null(e->body);
	(*n)++;
	return BW_OK;
}

/* The log holds n entries, all rows of it, and nothing else. */
static void
assert_held(uint64_t n)
{
	uint64_t rows = 0;

	booth_look(&b);
	assert_int_equal(b.device.size, n);
	assert_ok(store_entry_each(sum.store, b.device.num, 0, n + 10,
	    count_entry, &rows));
	assert_int_equal(rows, n);
}

static void
assert_refused(bw_err r, bw_err want)
{
	assert_int_equal(r, want);
	assert_non_null(out.why);
	assert_held(1);
	assert_int_equal(released("example-corp"), 0);
}

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

static void
test_pending_withdrawal_is_applied(void **state)
{
	struct body body = booth_share(&b, 0, NAME | EMAIL);
	bool any;

	(void)state;
	assert_ok(store_begin(sum.store));
	assert_ok(store_pending_add(sum.store, body.u.share.rh, 500));
	assert_ok(store_commit(sum.store));
	booth_add(&b, &body);
	assert_ok(send());
	assert_int_equal(state_of(1), LEAD_WITHDRAWN);
	assert_int_equal(released("example-corp"), 0);
	assert_ok(store_pending_any(sum.store, &any));
	assert_false(any);
}

static void
test_a_new_policy_counts_from_its_entry(void **state)
{
	struct policy *p;
	struct body body = { .kind = ENTRY_POLICY };

	(void)state;
	summit_install(&sum, "v2");
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
		seq = booth_add(&b, &body);
		assert_ok(send());
		assert_odd(seq, table[i].reason);
		assert_int_equal(state_of(seq), LEAD_HELD);
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
	booth_add(&b, &body);
	assert_ok(send());
	assert_odd(1, ODD_POLICY);
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_int_equal(state_of(2), LEAD_HELD);
	assert_int_equal(released("example-corp"), 0);
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

/* ---- forged uploads: refused whole ---- */

static void
test_flipped_bits_are_refused(void **state)
{
	struct bw_buf bad = BW_BUF_INIT(1 << 20);

	(void)state;
	share(0, NAME | EMAIL);
	share(1, NAME | EMAIL);
	booth_sign(&b);
	assert_ok(bw_buf_put(&bad, b.upload.ptr, b.upload.len));
	for (size_t i = 0; i < bad.len; i += 3) {
		bad.ptr[i] ^= (uint8_t)(1u << (i % 8));
		assert_int_not_equal(ingest(1, &bad), BW_OK);
		assert_held(1);
		bad.ptr[i] ^= (uint8_t)(1u << (i % 8));
	}
	assert_ok(ingest(1, &bad));
	assert_held(3);
	bw_buf_free(&bad);
}

static void
test_every_truncation_is_refused(void **state)
{
	struct bw_buf bad = BW_BUF_INIT(1 << 20);

	(void)state;
	share(0, NAME | EMAIL);
	booth_sign(&b);
	for (size_t n = 0; n < b.upload.len; n++) {
		bw_buf_reset(&bad);
		assert_ok(bw_buf_put(&bad, b.upload.ptr, n));
		assert_refused(ingest(1, &bad), BW_ERR_FORMAT);
	}
	bw_buf_reset(&bad);
	assert_ok(bw_buf_put(&bad, b.upload.ptr, b.upload.len));
	assert_ok(bw_buf_put_u8(&bad, 0xf6));
	assert_refused(ingest(1, &bad), BW_ERR_FORMAT);
	bw_buf_free(&bad);
}

/* Sign with a key that is not the log's. */
static void
test_other_key(void **state)
{
	struct crypto_key *own = b.log;

	(void)state;
	assert_ok(crypto_key_generate(&b.log));
	share(0, NAME | EMAIL);
	assert_refused(send(), BW_ERR_SIG);
	crypto_key_close(&b.log);
	b.log = own;
}

static void
test_other_origin(void **state)
{
	(void)state;
	share(0, NAME | EMAIL);
	b.device.origin[strlen(b.device.origin) - 1] = '8';
	booth_sign(&b);
	booth_look(&b);
	assert_int_not_equal(ingest(1, &b.upload), BW_OK);
	assert_held(1);
}

/* The upload says that it begins elsewhere. */
static void
test_wrong_from(void **state)
{
	(void)state;
	share(0, NAME | EMAIL);
	booth_sign(&b);
	assert_refused(ingest(0, &b.upload), BW_ERR_ROOT);
	/* Beyond what is held: the size comes with the answer. */
	booth_begin(&b);
	share(1, NAME | EMAIL);
	booth_sign(&b);
	assert_refused(ingest(2, &b.upload), BW_ERR_GAP);
	assert_int_equal(out.size, 1);
}

/* Encode an entry that breaks one rule, put it and its body, sign. */
static bw_err
forged(const struct entry *e, const struct bw_buf *body)
{
	uint8_t bytes[ENTRY_MAX], leaf[CRYPTO_HASH];
	struct upload_item item = { bytes, 0, body->ptr, body->len };

	assert_ok(entry_encode(e, bytes, &item.entry_len));
	assert_ok(upload_put_item(&b.upload, &item));
	assert_ok(tree_leaf_hash(bytes, item.entry_len, leaf));
	assert_ok(tree_append(&b.chain.tree, leaf));
	booth_sign(&b);
	return ingest(1, &b.upload);
}

static void
test_broken_chains(void **state)
{
	static const struct {
		bw_err want;
		int what;
	} table[] = {
		{ BW_ERR_CHAIN, 0 }, { BW_ERR_CHAIN, 1 }, { BW_ERR_CHAIN, 2 },
		{ BW_ERR_CHAIN, 3 }, { BW_ERR_CHAIN, 4 }, { BW_ERR_COMMIT, 5 },
		{ BW_ERR_CHAIN, 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct bw_buf body = BW_BUF_INIT(BODY_MAX);
		struct body share_body = booth_share(&b, 0, NAME | EMAIL);
		struct entry e = { .kind = ENTRY_SHARE, .seq = 1,
			.time = b.now };
		struct chain next = b.chain;
		uint8_t scratch[ENTRY_MAX];
		size_t len;

		assert_ok(body_encode(&share_body, &body));
		assert_ok(chain_make(&next, ENTRY_SHARE, body.ptr, body.len,
		    b.now, scratch, &len, &e));
		switch (table[i].what) {
		case 0:
			e.seq = 2;
			break;
		case 1:
			e.prev[31] ^= 1;
			break;
		case 2:
			e.time = SUMMIT_NOW - 1;
			break;
		case 3:
			e.pol = 1;
			break;
		case 4:
			e.kind = ENTRY_OPEN;
			break;
		case 5:
			e.commit[0] ^= 1;
			break;
		default:
			/* A decline timed to the second. */
			e.kind = ENTRY_DECLINE;
			e.time += 1;
			break;
		}
		assert_refused(forged(&e, &body), table[i].want);
		assert_true(out.has_entry);
		assert_int_equal(out.entry, 1);
		bw_buf_free(&body);
		teardown(NULL);
		setup(NULL);
	}
}

static void
test_null_body_is_refused(void **state)
{
	uint8_t entry[ENTRY_MAX];
	struct upload_item item = { entry, 0, NULL, 0 };
	struct bw_buf bytes = BW_BUF_INIT(BODY_MAX);
	struct body body = booth_share(&b, 0, NAME | EMAIL);
	struct entry e;

	(void)state;
	assert_ok(body_encode(&body, &bytes));
	assert_ok(chain_make(&b.chain, ENTRY_SHARE, bytes.ptr, bytes.len,
	    b.now, entry, &item.entry_len, &e));
	assert_ok(upload_put_item(&b.upload, &item));
	booth_sign(&b);
	assert_refused(ingest(1, &b.upload), BW_ERR_FORMAT);
	assert_int_equal(out.entry, 1);
	bw_buf_free(&bytes);
}

/* The last of many is wrong: the others are not kept either. */
static void
test_all_or_nothing(void **state)
{
	(void)state;
	for (int i = 0; i < 50; i++)
		share(0, NAME | EMAIL);
	b.upload.ptr[b.upload.len - 20] ^= 1;	/* in the last body */
	booth_sign(&b);
	assert_refused(ingest(1, &b.upload), BW_ERR_COMMIT);
	assert_int_equal(out.entry, 50);
}

static void
test_too_many(void **state)
{
	(void)state;
	for (int i = 0; i < UPLOAD_ENTRIES_MAX + 1; i++)
		decline();
	assert_refused(send(), BW_ERR_BOUND);
}

/* ---- forks ---- */

static bool note_has_others;

static bw_err
count_fork(void *arg, const struct store_fork *f)
{
	size_t *n = arg;

	assert_string_equal(f->device, "k07");
	assert_string_not_equal(f->held, f->other);
	assert_non_null(strstr(f->other, "log.summit.example/ev26/k07\n"));
	if (strstr(f->other, "other.example") != NULL)
		note_has_others = true;
	(*n)++;
	return BW_OK;
}

static size_t
forks(void)
{
	size_t n = 0;

	assert_ok(store_fork_each(sum.store, count_fork, &n));
	return n;
}

static void
test_fork_keeps_both_notes(void **state)
{
	struct chain before = b.chain;

	(void)state;
	share(0, NAME | EMAIL);
	share(0, NAME | EMAIL);
	assert_ok(send());
	assert_held(3);
	/* The same key goes on from entry 1 with another history. */
	b.chain = before;
	booth_begin(&b);
	share(1, NAME | EMAIL);
	share(1, NAME | EMAIL);
	assert_err(send(), BW_ERR_FORK);
	assert_int_equal(forks(), 1);
	assert_true(b.device.forked);
	assert_held(3);
	/* Told once, kept once; a longer one is another proof. */
	assert_err(ingest(1, &b.upload), BW_ERR_FORK);
	assert_int_equal(forks(), 1);
	b.chain = before;
	booth_begin(&b);
	for (int i = 0; i < 5; i++)
		share(1, NAME | EMAIL);
	assert_err(send(), BW_ERR_FORK);
	assert_int_equal(forks(), 2);
	assert_held(3);
	assert_int_equal(released("example-corp"), 2);
}

/* What others write into the note makes it no other proof, and a device that
 * forks for ever does not fill the disk. */
static void
test_forks_are_bounded(void **state)
{
	struct bw_buf note = BW_BUF_INIT(1 << 16), up = BW_BUF_INIT(1 << 20);
	struct checkpoint cp = { .size = 2 };
	struct chain before = b.chain;

	(void)state;
	share(0, NAME | EMAIL);
	assert_ok(send());
	b.chain = before;
	booth_begin(&b);
	share(1, NAME | EMAIL);
	assert_ok(bw_buf_put(&up, b.upload.ptr, b.upload.len));
	strcpy(cp.origin, b.device.origin);
	assert_ok(tree_root(&b.chain.tree, cp.root));
	assert_ok(checkpoint_sign(&cp, b.log, &note));
	assert_ok(bw_buf_put_str(&note,
	    "\xe2\x80\x94 other.example AAAAAAAA\n"));
	assert_ok(upload_put_note(&up, (const char *)note.ptr, note.len));
	assert_err(ingest(1, &up), BW_ERR_FORK);
	note_has_others = false;
	assert_int_equal(forks(), 1);
	assert_false(note_has_others);
	for (int i = 0; i < STORE_FORKS_MAX + 4; i++) {
		b.chain = before;
		booth_begin(&b);
		for (int n = 0; n < i + 2; n++)
			share(1, NAME | EMAIL);
		assert_err(send(), BW_ERR_FORK);
	}
	assert_int_equal(forks(), STORE_FORKS_MAX);
	bw_buf_free(&note);
	bw_buf_free(&up);
}

/* A contradiction that nobody signed is no fork. */
static void
test_no_fork_without_proof(void **state)
{
	struct chain before = b.chain, good;

	(void)state;
	share(0, NAME | EMAIL);
	assert_ok(send());
	good = b.chain;
	b.chain = before;
	booth_begin(&b);
	share(1, NAME | EMAIL);
	b.chain.tree = good.tree;	/* the root of the first history */
	booth_sign(&b);
	assert_err(ingest(1, &b.upload), BW_ERR_CHAIN);
	assert_true(out.has_entry);
	assert_int_equal(out.entry, 1);
	assert_int_equal(forks(), 0);
	assert_false(b.device.forked);
}

/* A bare checkpoint with another root for a size that is held. */
static void
test_fork_by_note_alone(void **state)
{
	struct chain before;

	(void)state;
	share(0, NAME | EMAIL);
	before = b.chain;
	share(0, NAME | EMAIL);
	assert_ok(send());
	b.chain = before;
	b.chain.tree.node[0][0] ^= 1;
	booth_begin(&b);
	booth_sign(&b);
	assert_err(ingest(2, &b.upload), BW_ERR_FORK);
	assert_int_equal(forks(), 1);
}

/* ---- revocation ---- */

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

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

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
		TEST(test_repeated_receipt),
		TEST(test_undo_of_no_share),
		TEST(test_notes),
		TEST(test_flipped_bits_are_refused),
		TEST(test_every_truncation_is_refused),
		TEST(test_other_key),
		TEST(test_other_origin),
		TEST(test_wrong_from),
		TEST(test_broken_chains),
		TEST(test_null_body_is_refused),
		TEST(test_all_or_nothing),
		TEST(test_too_many),
		TEST(test_fork_keeps_both_notes),
		TEST(test_forks_are_bounded),
		TEST(test_no_fork_without_proof),
		TEST(test_fork_by_note_alone),
		TEST(test_quarantine),
		TEST(test_pending_of_what_is_not_live),
		TEST(test_revoked_meanwhile),
		TEST(test_cosigned_before_revocation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
