// SPDX-License-Identifier: Apache-2.0
#include "host/tiles.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/store_device.h"
#include "host/store_settle.h"
#include "record/tree.h"

#define GROUPS_MAX 4		/* of three digits: 2^32 has ten */

void
tile_path(const struct tile *t, char out[static TILE_PATH_MAX])
{
	uint64_t group[GROUPS_MAX] = { 0 }, v = t->index;
	size_t n = 0, len;

	do
		group[n++] = v % 1000;
	while ((v /= 1000) != 0 && n < GROUPS_MAX);
	if (t->entries)
		len = (size_t)snprintf(out, TILE_PATH_MAX, "tile/entries");
	else
		len = (size_t)snprintf(out, TILE_PATH_MAX, "tile/%u",
		    t->level);
	while (n-- > 0)
		len += (size_t)snprintf(out + len, TILE_PATH_MAX - len,
		    n != 0 ? "/x%03" PRIu64 : "/%03" PRIu64, group[n]);
	if (t->width != TILE_WIDTH)
		snprintf(out + len, TILE_PATH_MAX - len, ".p/%u", t->width);
}

/* Read what may be meant; the one right spelling is what tile_path writes. */
bw_err
tile_parse(const char *path, struct tile *out)
{
	char again[TILE_PATH_MAX];
	const char *s = path;
	unsigned level = 0, width = TILE_WIDTH, group;
	int n = 0;

	*out = (struct tile){ 0 };
	if (strlen(path) >= TILE_PATH_MAX || strncmp(s, "tile/", 5) != 0)
		return BW_ERR_FORMAT;
	s += 5;
	out->entries = strncmp(s, "entries/", 8) == 0;
	if (!out->entries && (sscanf(s, "%2u%n", &level, &n) != 1 ||
	    s[n] != '/' || level > TILE_LEVEL_MAX))
		return BW_ERR_FORMAT;
	s += out->entries ? 7 : n;
	while (s[0] == '/' && sscanf(s + 1 + (s[1] == 'x'), "%3u%n", &group,
	    &n) == 1 && out->index <= STORE_SEQ_MAX) {
		out->index = out->index * 1000 + group;
		s += 1 + (s[1] == 'x') + n;
	}
	if (strncmp(s, ".p/", 3) == 0 && sscanf(s + 3, "%3u", &width) != 1)
		return BW_ERR_FORMAT;
	out->level = level;
	out->width = width;
	if (width == 0 || width > TILE_WIDTH || out->index > STORE_SEQ_MAX)
		return BW_ERR_FORMAT;
	tile_path(out, again);
	return strcmp(again, path) == 0 ? BW_OK : BW_ERR_FORMAT;
}

struct reading {
	const struct tile *t;
	struct bw_buf *out;
	struct tree leaves;		/* of one subtree */
	struct tree tree;		/* over the subtrees of one hash */
	uint64_t span;			/* how many those are */
	uint64_t subtrees;		/* read so far */
};

/* Of a whole subtree; with enough of them a hash of the tile is there. */
static bw_err
on_subtree(void *arg, const uint8_t hash[static CRYPTO_HASH])
{
	struct reading *g = arg;
	uint8_t root[CRYPTO_HASH];
	bw_err r;

	g->subtrees++;
	if ((r = tree_append(&g->tree, hash)) != BW_OK ||
	    g->tree.size != g->span || (r = tree_root(&g->tree, root)) != BW_OK)
		return r;
	memset(&g->tree, 0, sizeof(g->tree));
	return bw_buf_put(g->out, root, sizeof(root));
}

static bw_err
on_entry(void *arg, const struct store_entry *e)
{
	struct reading *g = arg;
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if (g->t->entries) {
		if ((r = bw_buf_put_be16(g->out, (uint16_t)e->entry_len)) !=
		    BW_OK)
			return r;
		return bw_buf_put(g->out, e->entry, e->entry_len);
	}
	if ((r = tree_leaf_hash(e->entry, e->entry_len, hash)) != BW_OK)
		return r;
	if (g->t->level == 0)
		return bw_buf_put(g->out, hash, sizeof(hash));
	if ((r = tree_append(&g->leaves, hash)) != BW_OK ||
	    g->leaves.size != SUBTREE_ENTRIES ||
	    (r = tree_root(&g->leaves, hash)) != BW_OK)
		return r;
	memset(&g->leaves, 0, sizeof(g->leaves));
	return on_subtree(g, hash);
}

/* From subtrees as far as there are, from entries behind them. */
static bw_err
read_upper(struct store *s, uint64_t device, struct reading *g, uint64_t from,
    uint64_t to)
{
	bw_err r;

	g->span = (uint64_t)1 << 8 * (g->t->level - 1);
	from *= g->span;
	to *= g->span;
	if ((r = store_subtree_each(s, device, from, to, on_subtree, g)) !=
	    BW_OK)
		return r;
	return store_entry_each(s, device, (from + g->subtrees) *
	    SUBTREE_ENTRIES, to * SUBTREE_ENTRIES, on_entry, g);
}

bw_err
tile_read(struct store *s, uint64_t device, const struct tile *t,
    struct bw_buf *out)
{
	struct reading g = { .t = t, .out = out };
	struct store_device d;
	uint64_t from, to;
	bw_err r;

	if (t->level > TILE_LEVEL_MAX || t->width == 0 ||
	    t->width > TILE_WIDTH || t->index > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	if ((r = store_device_num(s, device, &d)) != BW_OK)
		return r;
	from = t->index * TILE_WIDTH;
	to = from + t->width;
	if (to > d.size >> 8 * t->level)
		return BW_ERR_NOTFOUND;
	return t->level == 0 ? store_entry_each(s, device, from, to, on_entry,
	    &g) : read_upper(s, device, &g, from, to);
}

bw_err
tile_each(uint64_t size, tile_cb cb, void *arg)
{
	bw_err r = BW_OK;

	for (unsigned i = 0; i <= TILE_LEVEL_MAX + 1 && r == BW_OK; i++) {
		struct tile t = { .entries = i == 0, .width = TILE_WIDTH,
			.level = i == 0 ? 0 : i - 1 };
		uint64_t n = size >> 8 * t.level;

		for (; t.index < n / TILE_WIDTH && r == BW_OK; t.index++)
			r = cb(arg, &t);
		t.width = (unsigned)(n % TILE_WIDTH);
		if (t.width != 0 && r == BW_OK)
			r = cb(arg, &t);
	}
	return r;
}
