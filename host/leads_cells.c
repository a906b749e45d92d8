// SPDX-License-Identifier: Apache-2.0
#include "host/leads_cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "host/leads_row.h"

struct leads_cells {
	struct store *store;
	bool json;
	uint32_t *at;		/* by edition: where in `kept`; 0: not there */
	size_t nat;
	uint8_t *kept;		/* ends of the cells, then the cells */
	size_t len, most;
	struct bw_buf buf;
	struct leads_cell_text made;
};

bw_err
leads_cells_open(struct leads_cells **out, struct store *s, bool json,
    size_t most)
{
	struct leads_cells *c;

	*out = NULL;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return BW_ERR_NOMEM;
	*c = (struct leads_cells){ .store = s, .json = json, .len = 1,
		.most = most != 0 ? most : LEADS_CELLS_MAX,
		.buf = BW_BUF_INIT(LEADS_CELLS_LEAST - sizeof(c->made.end)) };
	if ((c->kept = malloc(c->most)) == NULL) {
		free(c);
		return BW_ERR_NOMEM;
	}
	*out = c;
	return BW_OK;
}

void
leads_cells_close(struct leads_cells **c)
{
	if (*c == NULL)
		return;
	explicit_bzero((*c)->kept, (*c)->len);
	free((*c)->kept);
	free((*c)->at);
	bw_buf_free(&(*c)->buf);
	free(*c);
	*c = NULL;
}

static bw_err
quote(void *arg, const char *const v[static FIELD_COUNT + 1])
{
	struct leads_cells *c = arg;
	bw_err r = BW_OK;

	bw_buf_reset(&c->buf);
	c->made.end[0] = 0;
	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++) {
		if (v[f][0] != 0)
			r = c->json ? leads_json_cell(&c->buf, v[f]) :
			    leads_csv_cell(&c->buf, v[f]);
		c->made.end[f] = (uint16_t)c->buf.len;
	}
	return r;
}

/* Edition numbers are those of rows, one after the other. */
static bw_err
make_room(struct leads_cells *c, uint64_t edition)
{
	size_t n = c->nat != 0 ? c->nat : 1024;
	uint32_t *at;

	if (edition >= UINT32_MAX)
		return BW_ERR_BOUND;
	while (n <= edition)
		n *= 2;
	if (n == c->nat)
		return BW_OK;
	if ((at = reallocarray(c->at, n, sizeof(*at))) == NULL)
		return BW_ERR_NOMEM;
	memset(at + c->nat, 0, (n - c->nat) * sizeof(*at));
	c->at = at;
	c->nat = n;
	return BW_OK;
}

static void
keep(struct leads_cells *c, uint64_t edition)
{
	size_t n = sizeof(c->made.end) + c->buf.len;

	if (n > c->most - c->len) {
		explicit_bzero(c->kept, c->len);
		memset(c->at, 0, c->nat * sizeof(*c->at));
		c->len = 1;
	}
	c->at[edition] = (uint32_t)c->len;
	memcpy(c->kept + c->len, c->made.end, sizeof(c->made.end));
	if (c->buf.len != 0)
		memcpy(c->kept + c->len + sizeof(c->made.end), c->buf.ptr,
		    c->buf.len);
	c->len += n;
}

bw_err
leads_cells_get(struct leads_cells *c, uint64_t edition,
    struct leads_cell_text *out)
{
	const uint8_t *p;
	bw_err r;

	if (edition >= c->nat && (r = make_room(c, edition)) != BW_OK)
		return r;
	if (c->at[edition] == 0) {
		if ((r = store_edition_values(c->store, edition, quote,
		    c)) != BW_OK)
			return r;
		keep(c, edition);
	}
	p = c->kept + c->at[edition];
	memcpy(out->end, p, sizeof(out->end));
	out->text = (const char *)p + sizeof(out->end);
	return BW_OK;
}
