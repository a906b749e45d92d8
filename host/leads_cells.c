// SPDX-License-Identifier: Apache-2.0
#include "host/leads_cells.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/buf.h"
#include "host/leads_row.h"

#define LARGE_PAGE (2u << 20)
#define STEP (256u << 10)	/* bytes that are got from the system at once */
#define AHEAD 64		/* editions that are read with one that is missing */

struct leads_cells {
	struct store *store;
	bool json;
	const struct person_keys *keys;
	uint32_t *at;		/* by edition: where in `kept`; 0: not there */
	size_t nat;
	uint8_t *kept;		/* ends of the cells, then the cells */
	size_t len, most;
	size_t got;		/* bytes of `kept` that were got, at least */
	bool full;		/* what is read from now on is not kept */
	uint64_t wanted;
	bool found;		/* that is in `made` and `buf` */
	struct bw_buf buf;
	struct leads_cell_text made;
};

/* In large pages if the system has them: thousands of small ones, each met for
 * the first time, would be a tenth of an export. */
static uint8_t *
take_memory(size_t n)
{
	void *p = NULL;

	if (posix_memalign(&p, LARGE_PAGE, n) != 0)
		return NULL;
	(void)madvise(p, n, MADV_HUGEPAGE);
	return p;
}

bw_err
leads_cells_open(struct leads_cells **out, struct store *s, bool json,
    const struct person_keys *keys, size_t most)
{
	struct leads_cells *c;

	*out = NULL;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return BW_ERR_NOMEM;
	*c = (struct leads_cells){ .store = s, .json = json,
		.keys = keys, .len = 1,
		.most = most != 0 ? most : json ? LEADS_CELLS_MAX_JSON :
		    LEADS_CELLS_MAX,
		.buf = BW_BUF_INIT(LEADS_CELLS_LEAST - sizeof(c->made.end)) };
	if ((c->kept = take_memory(c->most)) == NULL) {
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
quote_one(struct leads_cells *c, int f, const char *v)
{
	bw_err r = BW_OK;

	if (!c->json)
		r = bw_buf_put_u8(&c->buf, ',');
	if (r == BW_OK && v[0] != 0)
		r = c->json ? leads_json_cell(&c->buf, v) :
		    leads_csv_cell(&c->buf, v);
	c->made.end[f] = (uint16_t)c->buf.len;
	return r;
}

static bw_err
quote(struct leads_cells *c, uint64_t holder,
    const char *const v[static FIELD_COUNT + 1])
{
	char person[PERSON_KEY_SIZE];
	bw_err r = person_key(c->keys, holder, person);

	bw_buf_reset(&c->buf);
	c->made.end[0] = 0;
	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		r = quote_one(c, f, v[f]);
	return r == BW_OK ? quote_one(c, LEADS_PERSON, person) : r;
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

/* All at once: pages that come one by one as each is met cost a twentieth of an
 * export. Where the system cannot, they come so. */
static void
get_pages(struct leads_cells *c, size_t end)
{
	while (c->got < end) {
		size_t n = c->most - c->got < STEP ? c->most - c->got : STEP;

		(void)madvise(c->kept + c->got, n, MADV_POPULATE_WRITE);
		c->got += n;
	}
}

static void
keep(struct leads_cells *c, uint64_t edition, size_t n)
{
	get_pages(c, c->len + n);
	c->at[edition] = (uint32_t)c->len;
	memcpy(c->kept + c->len, c->made.end, sizeof(c->made.end));
	if (c->buf.len != 0)
		memcpy(c->kept + c->len + sizeof(c->made.end), c->buf.ptr,
		    c->buf.len);
	c->len += n;
}

/* What is kept stays: if others came in its place, leads whose people come round
 * and round would find none of them. */
static bw_err
on_edition(void *arg, uint64_t edition, uint64_t holder,
    const char *const v[static FIELD_COUNT + 1])
{
	struct leads_cells *c = arg;
	size_t n;
	bw_err r;

	if (c->at[edition] != 0 || (c->full && edition != c->wanted))
		return BW_OK;
	if ((r = quote(c, holder, v)) != BW_OK)
		return r;
	n = sizeof(c->made.end) + c->buf.len;
	c->full = c->full || n > c->most - c->len;
	c->found = c->found || edition == c->wanted;
	if (!c->full)
		keep(c, edition, n);
	return BW_OK;
}

static bw_err
find(struct leads_cells *c, uint64_t edition)
{
	uint64_t last = edition + (c->full ? 0 : AHEAD - 1);
	bw_err r;

	if (last >= c->nat && (r = make_room(c, last)) != BW_OK)
		return r;
	c->wanted = edition;
	c->found = false;
	if ((r = store_edition_values(c->store, edition, last + 1, on_edition,
	    c)) != BW_OK)
		return r;
	return c->found ? BW_OK : BW_ERR_NOTFOUND;
}

bw_err
leads_cells_get(struct leads_cells *c, uint64_t edition,
    struct leads_cell_text *out)
{
	const uint8_t *cells;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((edition >= c->nat || c->at[edition] == 0) &&
	    (r = find(c, edition)) != BW_OK)
		return r;
	if (c->at[edition] == 0) {
		memcpy(out->end, c->made.end, sizeof(out->end));
		out->text = (const char *)c->buf.ptr;
		return BW_OK;
	}
	cells = c->kept + c->at[edition];
	memcpy(out->end, cells, sizeof(out->end));
	out->text = (const char *)cells + sizeof(out->end);
	return BW_OK;
}
