// SPDX-License-Identifier: Apache-2.0
/*
 * Properties over random values: what is encoded comes back the same, and one
 * flipped bit is never taken for the original. BW_SEED repeats a run.
 */
#include <stdio.h>
#include <time.h>

#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/badge.h"
#include "record/chain.h"
#include "record/receipt.h"
#include "record/seal.h"
#include "record/upload.h"

static uint64_t rng;

static uint64_t
next(void)
{
	rng ^= rng << 13;
	rng ^= rng >> 7;
	rng ^= rng << 17;
	return rng;
}

static uint64_t
below(uint64_t n)
{
	return (next() >> 11) % n;
}

/* Numbers of every length, bounds among them. */
static uint64_t
number(void)
{
	return (next() & ENTRY_NUMBER_MAX) >> below(54);
}

static void
bytes(void *out, size_t n)
{
	uint8_t *p = out;

	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)below(256);
}

/* least to most characters of the set, and a zero. */
static void
word(char *out, size_t least, size_t most, const char *set)
{
	size_t len = least + below(most - least + 1);

	for (size_t i = 0; i < len; i++)
		out[i] = set[below(strlen(set))];
	out[len] = 0;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define ID(member) word((member), 1, TEXT_ID_MAX, LETTERS "0123456789")

static void
random_body(struct body *b, uint8_t sealed[static BODY_NOTE_MAX])
{
	*b = (struct body){ .kind = (enum entry_kind)below(ENTRY_KINDS) };
	bytes(b->rs, BODY_RS);
	switch (b->kind) {
	case ENTRY_OPEN:
		ID(b->u.open.event);
		ID(b->u.open.device);
		ID(b->u.open.sponsor);
		memcpy(b->u.open.log_spki, vec_spki("host"), CRYPTO_SPKI);
		break;
	case ENTRY_SHARE:
		bytes(b->u.share.badge_id, BADGE_ID);
		b->u.share.edition = (uint8_t)(1 + below(255));
		ID(b->u.share.sponsor);
		b->u.share.granted = (field_set)(below(64) << 1);
		word(b->u.share.language, 1, BODY_LANG_MAX, LETTERS);
		b->u.share.by_keys = below(2) != 0;
		b->u.share.answer_ms = number();
		bytes(b->u.share.rh, RECEIPT_RH);
		break;
	case ENTRY_DECLINE:
	case ENTRY_NO_ANSWER:
		ID(b->u.stop.sponsor);
		break;
	case ENTRY_UNREAD:
		ID(b->u.unread.sponsor);
		b->u.unread.reason = (enum unread_reason)(1 + below(8));
		break;
	case ENTRY_UNDO:
		b->u.undo.share_seq = number();
		break;
	case ENTRY_NOTE:
		b->u.note.share_seq = number();
		b->u.note.sealed = sealed;
		b->u.note.sealed_len = below(BODY_NOTE_MAX + 1);
		break;
	case ENTRY_POLICY:
		word(b->u.policy.version, 1, BODY_VERSION_MAX, LETTERS " .");
		b->u.policy.serial = number();
		break;
	case ENTRY_CLOCK:
		b->u.clock.old_time = number();
		b->u.clock.new_time = number();
		word(b->u.clock.source, 1, BODY_TEXT_MAX, LETTERS);
		break;
	case ENTRY_CLOSE:
		word(b->u.close.reason, 1, BODY_TEXT_MAX, LETTERS " ");
		break;
	}
}

static void
bodies(void **state)
{
	static uint8_t sealed[BODY_NOTE_MAX];

	(void)state;
	bytes(sealed, sizeof(sealed));
	for (int i = 0; i < 3000; i++) {
		struct bw_buf once = BW_BUF_INIT(BODY_MAX), again = once;
		struct body b, back;
		uint8_t commit[CRYPTO_HASH], other[CRYPTO_HASH];

		random_body(&b, sealed);
		assert_ok(body_encode(&b, &once));
		assert_ok(body_decode(b.kind, once.ptr, once.len, &back));
		assert_ok(body_encode(&back, &again));
		assert_int_equal(once.len, again.len);
		assert_memory_equal(once.ptr, again.ptr, once.len);
		assert_ok(body_commit(once.ptr, once.len, commit));
		again.ptr[below(again.len)] ^= (uint8_t)(1u << below(8));
		assert_ok(body_commit(again.ptr, again.len, other));
		assert_memory_not_equal(commit, other, CRYPTO_HASH);
		/* What is still a body is another one, spelled one way. */
		bw_buf_reset(&once);
		if (body_decode(b.kind, again.ptr, again.len, &back) ==
		    BW_OK) {
			assert_ok(body_encode(&back, &once));
			assert_int_equal(once.len, again.len);
			assert_memory_equal(once.ptr, again.ptr, once.len);
		}
		bw_buf_free(&once);
		bw_buf_free(&again);
	}
}

static void
entries(void **state)
{
	(void)state;
	for (int i = 0; i < 10000; i++) {
		struct entry e = { (enum entry_kind)below(ENTRY_KINDS),
			number(), number(), { 0 }, { 0 }, number() }, back;
		uint8_t once[ENTRY_MAX], again[ENTRY_MAX];
		size_t len, n;

		bytes(e.prev, CRYPTO_HASH);
		bytes(e.commit, CRYPTO_HASH);
		assert_ok(entry_encode(&e, once, &len));
		assert_ok(entry_decode(once, len, &back));
		assert_memory_equal(e.prev, back.prev, CRYPTO_HASH);
		assert_true(e.kind == back.kind && e.seq == back.seq &&
		    e.time == back.time && e.pol == back.pol);
		once[below(len)] ^= (uint8_t)(1u << below(8));
		if (entry_decode(once, len, &back) != BW_OK)
			continue;
		assert_ok(entry_encode(&back, again, &n));
		assert_int_equal(n, len);
		assert_memory_equal(once, again, n);
	}
}

/* A random log is made, uploaded, read and checked; a flipped bit anywhere in
 * it is seen, at the latest in the root. */
static void
logs(void **state)
{
	static uint8_t sealed[BODY_NOTE_MAX];

	(void)state;
	for (int round = 0; round < 60; round++) {
		struct bw_buf up = BW_BUF_INIT(UPLOAD_MAX), body = up;
		struct chain c = { .closed = false }, d = c;
		uint8_t root[CRYPTO_HASH], entry[ENTRY_MAX];
		struct upload_item item;
		struct bw_cur cur;
		const char *note, *why;
		struct entry e;
		struct body b;
		size_t len;
		bw_err r;

		for (int i = 0; i < 20; i++) {
			random_body(&b, sealed);
			bw_buf_reset(&body);
			assert_ok(body_encode(&b, &body));
			if (chain_make(&c, b.kind, body.ptr, body.len,
			    number(), entry, &len, &e) != BW_OK)
				continue;
			assert_ok(upload_put_item(&up, &(struct upload_item){
			    entry, len, body.ptr, body.len }));
		}
		if (c.tree.size == 0)
			goto next;
		assert_ok(tree_root(&c.tree, root));
		up.ptr[below(up.len)] ^= (uint8_t)(1u << below(8));
		cur = (struct bw_cur){ up.ptr, up.len };
		do {
			if ((r = upload_next(&cur, &item, &note,
			    &len)) == BW_OK && note == NULL)
				r = chain_add(&d, item.entry, item.entry_len,
				    item.body, item.body_len, &e, &b, &why);
		} while (r == BW_OK && cur.len != 0 && note == NULL);
		if (r == BW_OK) {
			uint8_t other[CRYPTO_HASH];

			assert_ok(tree_root(&d.tree, other));
			assert_memory_not_equal(root, other, CRYPTO_HASH);
		}
next:
		bw_buf_free(&up);
		bw_buf_free(&body);
	}
}

static void
badges(void **state)
{
	struct crypto_key *registrar = vec_key("keys/registrar");
	const uint8_t *spki = crypto_key_spki(registrar);

	(void)state;
	for (int i = 0; i < 30; i++) {
		struct field_values v = { .v = { "" } };
		struct bw_buf out = BW_BUF_INIT(1200);
		struct badge_issue in = { .registrar = registrar,
			.values = &v, .edition = (uint8_t)(1 + below(255)),
			.tag_len = below(2) != 0 ? 8 : 16 };
		uint8_t master[CRYPTO_KEY], event[BADGE_EVENT_ID];
		struct badge b;

		bytes(master, sizeof(master));
		bytes(event, sizeof(event));
		in.master = master;
		in.event_id = event;
		bytes(in.uid, BADGE_UID);
		bytes(in.badge_id, BADGE_ID);
		for (int f = 1; f <= FIELD_COUNT; f++)
			if (below(2) != 0)
				word(v.v[f], 1, FIELD_VALUE_MAX, LETTERS " ");
		assert_ok(badge_encode(&in, &out));
		assert_ok(badge_verify(out.ptr, out.len, in.uid, spki, &b));
		for (int f = 1; f <= FIELD_COUNT; f++) {
			char value[FIELD_VALUE_MAX + 1];
			uint8_t key[CRYPTO_KEY];

			assert_ok(badge_field_key(event, master,
			    (enum field)f, key));
			assert_err(badge_open_field(&b, (enum field)f, key,
			    in.tag_len, value), v.v[f][0] != 0 ? BW_OK :
			    BW_ERR_NOTFOUND);
			assert_string_equal(value, v.v[f]);
		}
		out.ptr[below(out.len)] ^= (uint8_t)(1u << below(8));
		assert_int_not_equal(badge_verify(out.ptr, out.len, in.uid,
		    spki, &b), BW_OK);
		bw_buf_free(&out);
	}
	crypto_key_close(&registrar);
}

static void
boxes_and_receipts(void **state)
{
	struct crypto_key *key = vec_key("keys/host_sealing");

	(void)state;
	for (int i = 0; i < 30; i++) {
		uint8_t plain[300], rc[RECEIPT_RC], back[RECEIPT_RC];
		struct bw_buf box = BW_BUF_INIT(500), out = box;
		size_t len = below(sizeof(plain));

		bytes(plain, sizeof(plain));
		assert_ok(seal_box(crypto_key_spki(key), SEAL_NOTE, NULL,
		    plain, len, &box));
		assert_ok(seal_open(key, SEAL_NOTE, box.ptr, box.len, &out));
		assert_int_equal(out.len, len);
		if (len != 0)
			assert_memory_equal(out.ptr, plain, len);
		box.ptr[below(box.len)] ^= (uint8_t)(1u << below(8));
		assert_err(seal_open(key, SEAL_NOTE, box.ptr, box.len, &out),
		    BW_ERR_KEY);
		bytes(rc, sizeof(rc));
		bw_buf_reset(&out);
		assert_ok(receipt_url("https://h", rc, &out));
		assert_ok(receipt_parse((char *)out.ptr, out.len, back,
		    &box));
		assert_memory_equal(rc, back, RECEIPT_RC);
		bw_buf_free(&box);
		bw_buf_free(&out);
	}
	crypto_key_close(&key);
}

static void
signatures_as_der(void **state)
{
	(void)state;
	for (int i = 0; i < 20000; i++) {
		uint8_t sig[CRYPTO_SIG] = { 0 }, back[CRYPTO_SIG];
		uint8_t der[CRYPTO_DER_MAX];
		size_t len, r = below(32), s = below(32);

		bytes(sig + r, 32 - r);
		bytes(sig + 32 + s, 32 - s);
		sig[31] |= 1;
		sig[63] |= 1;
		assert_ok(crypto_sig_to_der(sig, der, &len));
		assert_ok(crypto_sig_from_der(der, len, back));
		assert_memory_equal(sig, back, CRYPTO_SIG);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies),
		cmocka_unit_test(entries),
		cmocka_unit_test(logs),
		cmocka_unit_test(badges),
		cmocka_unit_test(boxes_and_receipts),
		cmocka_unit_test(signatures_as_der),
	};
	const char *seed = getenv("BW_SEED");

	rng = seed != NULL ? strtoull(seed, NULL, 10) : (uint64_t)time(NULL);
	printf("BW_SEED=%llu\n", (unsigned long long)rng);
	rng = rng * 0x9e3779b97f4a7c15u | 1;
	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
