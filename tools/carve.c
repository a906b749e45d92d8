// SPDX-License-Identifier: Apache-2.0
#include "tools/carve.h"

#include <stdlib.h>
#include <string.h>

#include "record/body.h"
#include "record/cbor.h"
#include "record/checkpoint.h"
#include "record/tree.h"

#define HEAD 2			/* 87 01, with which every entry begins */
#define NESTED 8		/* of a body */

/* The item at ptr, when it is an entry. */
static bool
is_entry(const uint8_t *ptr, size_t len, struct carved *out)
{
	struct bw_cur c = { ptr, len < ENTRY_MAX ? len : ENTRY_MAX };
	size_t room = c.len;

	if (cbor_skip(&c, 2) != BW_OK)
		return false;
	out->entry = ptr;
	out->entry_len = room - c.len;
	return entry_decode(ptr, out->entry_len, &out->e) == BW_OK &&
	    tree_leaf_hash(ptr, out->entry_len, out->leaf) == BW_OK;
}

static void
find_body(const uint8_t *ptr, size_t len, struct carved *out)
{
	struct bw_cur c = { ptr, len < BODY_MAX ? len : BODY_MAX };
	uint8_t commit[CRYPTO_HASH];
	size_t room = c.len;

	if (cbor_skip(&c, NESTED) != BW_OK || body_commit(ptr, room - c.len,
	    commit) != BW_OK || memcmp(commit, out->e.commit, CRYPTO_HASH) != 0)
		return;
	out->body = ptr;
	out->body_len = room - c.len;
}

/* A checkpoint as the device signs it has one signature line: it ends with the
 * first line behind the empty one. */
static void
find_note(const uint8_t *ptr, size_t len, struct carved *out)
{
	size_t most = len < NOTE_MAX ? len : NOTE_MAX;
	const uint8_t *empty = memmem(ptr, most, "\n\n", 2), *end;
	struct checkpoint cp;

	if (empty == NULL)
		return;
	end = memchr(empty + 2, '\n', most - (size_t)(empty + 2 - ptr));
	if (end == NULL || checkpoint_peek((const char *)ptr,
	    (size_t)(end + 1 - ptr), &cp) != BW_OK)
		return;
	out->note = (const char *)ptr;
	out->note_len = (size_t)(end + 1 - ptr);
}

static bw_err
add(struct carve *c, const struct carved *found)
{
	if (c->n == c->room) {
		size_t room = c->room != 0 ? c->room * 2 : 64;
		struct carved *p = reallocarray(c->at, room, sizeof(*p));

		if (p == NULL)
			return BW_ERR_NOMEM;
		c->at = p;
		c->room = room;
	}
	c->at[c->n++] = *found;
	return BW_OK;
}

bw_err
carve_scan(struct carve *c, const uint8_t *ptr, size_t len)
{
	const uint8_t *end = ptr + len, *p = ptr;
	bw_err r = BW_OK;

	while (r == BW_OK && len != 0 && (p = memmem(p, (size_t)(end - p),
	    "\x87\x01", HEAD)) != NULL) {
		struct carved found = { .body = NULL };
		const uint8_t *at;

		if (!is_entry(p, (size_t)(end - p), &found)) {
			p++;
			continue;
		}
		at = p + found.entry_len;
		find_body(at, (size_t)(end - at), &found);
		at += found.body_len;
		find_note(at, (size_t)(end - at), &found);
		r = add(c, &found);
		p = at;
	}
	return r;
}

static int
wholeness(const struct carved *c)
{
	return (c->body != NULL ? 2 : 0) + (c->note != NULL ? 1 : 0);
}

static int
compare_notes(const struct carved *x, const struct carved *y)
{
	if (x->note == NULL || y->note == NULL || x->note_len != y->note_len)
		return (x->note_len > y->note_len) -
		    (x->note_len < y->note_len);
	return memcmp(x->note, y->note, x->note_len);
}

/* By seq; copies of one entry side by side, the most whole first. */
static int
compare(const void *a, const void *b)
{
	const struct carved *x = a, *y = b;
	int leaf = memcmp(x->leaf, y->leaf, CRYPTO_HASH);

	if (x->e.seq != y->e.seq)
		return x->e.seq < y->e.seq ? -1 : 1;
	if (leaf != 0)
		return leaf;
	if (wholeness(x) != wholeness(y))
		return wholeness(y) - wholeness(x);
	return compare_notes(x, y);
}

/* Has it nothing that its copy before it has not? */
static bool
says_no_more(const struct carved *x, const struct carved *before)
{
	return memcmp(before->leaf, x->leaf, CRYPTO_HASH) == 0 &&
	    (x->note == NULL || x->body == NULL ||
	    compare_notes(before, x) == 0);
}

void
carve_sort(struct carve *c)
{
	size_t n = 0;

	if (c->n != 0)
		qsort(c->at, c->n, sizeof(*c->at), compare);
	for (size_t i = 0; i < c->n; i++)
		if (n == 0 || !says_no_more(&c->at[i], &c->at[n - 1]))
			c->at[n++] = c->at[i];
	c->n = n;
}

/* The first that is not before this seq and leaf hash. */
static size_t
lower(const struct carve *c, uint64_t seq, const uint8_t *leaf)
{
	size_t from = 0, to = c->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		const struct carved *m = &c->at[mid];

		if (m->e.seq < seq || (m->e.seq == seq && leaf != NULL &&
		    memcmp(m->leaf, leaf, CRYPTO_HASH) < 0))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

size_t
carve_first(const struct carve *c, uint64_t seq)
{
	return lower(c, seq, NULL);
}

bool
carve_find(const struct carve *c, uint64_t seq,
    const uint8_t leaf[static CRYPTO_HASH], size_t *at)
{
	*at = lower(c, seq, leaf);
	return *at < c->n && c->at[*at].e.seq == seq &&
	    memcmp(c->at[*at].leaf, leaf, CRYPTO_HASH) == 0;
}

void
carve_free(struct carve *c)
{
	free(c->at);
	*c = (struct carve){ NULL, 0, 0 };
}
