// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/chain.h"

#define T0 1778572800u		/* a multiple of 900 */

/* A log as the kiosk makes it: bodies from plain data. */
struct maker {
	struct chain c;
	struct bw_buf body;
	uint8_t entry[ENTRY_MAX];
	size_t len;
	struct entry e;
};

static struct body
blank(enum entry_kind kind)
{
	struct body b = { .kind = kind };

	switch (kind) {
	case ENTRY_OPEN:
		strcpy(b.u.open.event, "ev26");
		strcpy(b.u.open.device, "k07");
		strcpy(b.u.open.sponsor, "acme");
		memcpy(b.u.open.log_spki, vec_spki("device_log"),
		    CRYPTO_SPKI);
		break;
	case ENTRY_SHARE:
		b.u.share.edition = 1;
		strcpy(b.u.share.sponsor, "acme");
		strcpy(b.u.share.language, "en");
		break;
	case ENTRY_DECLINE:
	case ENTRY_NO_ANSWER:
		strcpy(b.u.stop.sponsor, "acme");
		break;
	case ENTRY_UNREAD:
		strcpy(b.u.unread.sponsor, "acme");
		b.u.unread.reason = UNREAD_BLOCKED;
		break;
	case ENTRY_POLICY:
		strcpy(b.u.policy.version, "2");
		break;
	case ENTRY_CLOCK:
		strcpy(b.u.clock.source, "ntp");
		break;
	case ENTRY_CLOSE:
		strcpy(b.u.close.reason, "over");
		break;
	case ENTRY_UNDO:
	case ENTRY_NOTE:
		break;
	}
	return b;
}

static bw_err
make(struct maker *m, const struct body *b, uint64_t now)
{
	bw_buf_reset(&m->body);
	m->body.max = BODY_MAX;
	assert_ok(body_encode(b, &m->body));
	return chain_make(&m->c, b->kind, m->body.ptr, m->body.len, now,
	    m->entry, &m->len, &m->e);
}

static bw_err
make_kind(struct maker *m, enum entry_kind kind, uint64_t now)
{
	struct body b = blank(kind);

	return make(m, &b, now);
}

static void
the_example_is_a_chain(void **state)
{
	struct chain c = { .closed = false };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct bw_cur e = vec_hex("log/entries/%zu", i);
		struct bw_cur b = vec_hex("log/bodies/%zu", i);
		uint8_t root[CRYPTO_HASH];
		struct entry entry;
		struct body body;
		const char *why;

		assert_ok(chain_add(&c, e.ptr, e.len, b.ptr, b.len, &entry,
		    &body, &why));
		assert_int_equal(entry.seq, i);
		assert_int_equal(body.kind, vec_int("log/kinds/%zu", i));
		assert_ok(tree_root(&c.tree, root));
		assert_memory_equal(root, vec_hex("log/roots/%zu", i + 1).ptr,
		    CRYPTO_HASH);
	}
}

static void
the_example_can_be_made(void **state)
{
	struct chain c = { .closed = false };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct bw_cur want = vec_hex("log/entries/%zu", i);
		struct bw_cur b = vec_hex("log/bodies/%zu", i);
		uint8_t out[ENTRY_MAX];
		struct entry e;
		size_t len;

		assert_ok(chain_make(&c,
		    (enum entry_kind)vec_int("log/kinds/%zu", i), b.ptr,
		    b.len, vec_int("log/times/%zu", i), out, &len, &e));
		assert_int_equal(len, want.len);
		assert_memory_equal(out, want.ptr, len);
	}
}

/* Whatever bit of entry or body changes, the chain refuses and stays. */
static void
a_flipped_bit_is_refused(void **state)
{
	struct chain c = { .closed = false }, before;
	struct bw_cur e = vec_hex("log/entries/0");
	struct bw_cur b = vec_hex("log/bodies/0");
	uint8_t copy[BODY_MAX];
	const char *why;

	(void)state;
	assert_ok(chain_add(&c, e.ptr, e.len, b.ptr, b.len, NULL, NULL,
	    &why));
	before = c;
	e = vec_hex("log/entries/1");
	b = vec_hex("log/bodies/1");
	memcpy(copy, b.ptr, b.len);
	for (size_t i = 0; i < b.len * 8; i++) {
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_err(chain_add(&c, e.ptr, e.len, copy, b.len, NULL,
		    NULL, &why), BW_ERR_COMMIT);
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	memcpy(copy, e.ptr, e.len);
	for (size_t i = 0; i < e.len * 8; i++) {
		/* A later time is another valid entry: the root tells. */
		if (i / 8 >= 4 && i / 8 < 9)
			continue;
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
		assert_int_not_equal(chain_add(&c, copy, e.len, b.ptr, b.len,
		    NULL, NULL, &why), BW_OK);
		assert_true(strlen(why) > 0);
		copy[i / 8] ^= (uint8_t)(1u << i % 8);
	}
	assert_memory_equal(&c, &before, sizeof(c));
}

static void
the_refused_example_leads_elsewhere(void **state)
{
	struct chain c = { .closed = false };
	struct bw_cur e = vec_hex("log/entries/0"), next;
	const char *why;

	(void)state;
	assert_ok(chain_add(&c, e.ptr, e.len, NULL, 0, NULL, NULL, &why));
	e = vec_hex("refuse/0/entry");
	assert_ok(chain_add(&c, e.ptr, e.len, NULL, 0, NULL, NULL, &why));
	next = vec_hex("log/entries/2");
	assert_err(chain_add(&c, next.ptr, next.len, NULL, 0, NULL, NULL,
	    &why), BW_ERR_CHAIN);
}

static void
times_policies_and_the_end(void **state)
{
	struct maker m = { .len = 0 };
	struct body b;

	(void)state;
	assert_err(make_kind(&m, ENTRY_SHARE, T0), BW_ERR_CHAIN);
	assert_ok(make_kind(&m, ENTRY_OPEN, T0 + 5));
	assert_err(make_kind(&m, ENTRY_OPEN, T0 + 5), BW_ERR_CHAIN);
	assert_ok(make_kind(&m, ENTRY_DECLINE, T0 + 899));
	assert_int_equal(m.e.time, T0 + 5);
	assert_ok(make_kind(&m, ENTRY_NO_ANSWER, T0 + 1000));
	assert_int_equal(m.e.time, T0 + 900);
	assert_ok(make_kind(&m, ENTRY_POLICY, T0 + 1000));
	assert_int_equal(m.e.pol, 3);
	assert_int_equal(m.e.time, T0 + 900);
	assert_ok(make_kind(&m, ENTRY_SHARE, T0));
	assert_int_equal(m.e.time, T0 + 900);
	assert_int_equal(m.e.pol, 3);
	b = blank(ENTRY_CLOCK);
	b.u.clock.new_time = 77;
	assert_err(make(&m, &b, 78), BW_ERR_CHAIN);
	assert_ok(make(&m, &b, 77));
	assert_int_equal(m.e.time, 77);
	assert_ok(make_kind(&m, ENTRY_UNREAD, 100));
	assert_int_equal(m.e.time, 77);
	b = blank(ENTRY_UNDO);
	b.u.undo.share_seq = 7;
	assert_err(make(&m, &b, 100), BW_ERR_CHAIN);
	b.u.undo.share_seq = 4;
	assert_ok(make(&m, &b, 100));
	b = blank(ENTRY_NOTE);
	b.u.note.share_seq = 9;
	assert_err(make(&m, &b, 100), BW_ERR_CHAIN);
	assert_ok(make_kind(&m, ENTRY_CLOSE, 100));
	assert_err(make_kind(&m, ENTRY_SHARE, 101), BW_ERR_CHAIN);
	assert_true(m.c.closed);
	bw_buf_free(&m.body);
}

static bw_err
add_entry(struct chain *c, const struct entry *e, const char **why)
{
	uint8_t bytes[ENTRY_MAX];
	size_t len;

	assert_ok(entry_encode(e, bytes, &len));
	return chain_add(c, bytes, len, NULL, 0, NULL, NULL, why);
}

/* What no honest kiosk makes: each rule broken alone. */
static void
each_rule_is_checked(void **state)
{
	struct maker m = { .len = 0 };
	struct entry good;
	const char *why;

	(void)state;
	assert_ok(make_kind(&m, ENTRY_OPEN, T0 + 5));
	good = (struct entry){ ENTRY_SHARE, 1, T0 + 6, { 0 }, { 0 }, 0 };
	memcpy(good.prev, m.c.last, CRYPTO_HASH);
	for (int i = 0; i < 6; i++) {
		struct entry bad = good;

		switch (i) {
		case 0: bad.seq = 2; break;
		case 1: bad.prev[0] ^= 1; break;
		case 2: bad.pol = 1; break;
		case 3: bad.time = T0 + 4; break;
		case 4: bad.kind = ENTRY_OPEN; break;
		default: bad.kind = ENTRY_UNREAD; break;
		}
		assert_err(add_entry(&m.c, &bad, &why), BW_ERR_CHAIN);
	}
	assert_ok(add_entry(&m.c, &good, &why));
	bw_buf_free(&m.body);
}

static void
a_chain_can_be_stored(void **state)
{
	struct maker m = { .len = 0 };
	struct bw_buf b = BW_BUF_INIT(CHAIN_MAX);
	struct chain back;

	(void)state;
	assert_ok(make_kind(&m, ENTRY_OPEN, T0));
	for (int i = 0; i < 40; i++) {
		bw_buf_reset(&b);
		assert_ok(chain_encode(&m.c, &b));
		assert_ok(chain_decode(b.ptr, b.len, &back));
		/* Nodes beyond n are leftovers. */
		assert_memory_equal(back.tree.node, m.c.tree.node,
		    m.c.tree.n * CRYPTO_HASH);
		m.c = back;
		assert_ok(make_kind(&m, ENTRY_SHARE, T0 + 1));
	}
	for (size_t n = 0; n < b.len; n++)
		assert_err(chain_decode(b.ptr, n, &back), BW_ERR_FORMAT);
	/* The largest that can be fits the bound. */
	m.c.tree.size = ENTRY_NUMBER_MAX;
	m.c.tree.n = 53;
	m.c.time = m.c.pol = ENTRY_NUMBER_MAX;
	bw_buf_reset(&b);
	assert_ok(chain_encode(&m.c, &b));
	assert_ok(chain_decode(b.ptr, b.len, &back));
	bw_buf_free(&b);
	bw_buf_free(&m.body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_is_a_chain),
		cmocka_unit_test(the_example_can_be_made),
		cmocka_unit_test(a_flipped_bit_is_refused),
		cmocka_unit_test(the_refused_example_leads_elsewhere),
		cmocka_unit_test(times_policies_and_the_end),
		cmocka_unit_test(each_rule_is_checked),
		cmocka_unit_test(a_chain_can_be_stored),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
