// SPDX-License-Identifier: Apache-2.0
/*
 * libcsv takes the cells apart. It knows no line numbers, so it is fed one
 * line at a time: a row that ends while line n is fed ends on line n.
 */
#include "host/import/csvfile.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* libcsv grows by this step: few copies of cells are left on the heap. */
#define CELL_STEP 65536
#define UNEVEN_MAX 20	/* rows that are named */

struct csvfile {
	struct decode *text;
	struct csv_parser p;
	bool parser;		/* p is there */
	char separator;
	struct fault *f;	/* of the call that runs */
	bw_err r;		/* its first failure */
	bool whole;		/* a row is in `row` */
	bool end;		/* all was fed */
	size_t line;		/* the one being fed, from 1 */
	size_t begin;		/* where the row began; 0: between rows */
	size_t columns;		/* of the first row; 0: before it */
	size_t n;		/* cells of this row so far */
	size_t uneven, cells;	/* rows with others than that; of the first */
	size_t uneven_at[UNEVEN_MAX];	/* where they begin */
	size_t at[CSVFILE_COLUMNS];	/* where each begins in `row` */
	const char *cell[CSVFILE_COLUMNS];
	struct bw_buf row;	/* the cells, a zero behind each */
};

static void
fail(struct csvfile *c, bw_err r)
{
	if (c->r == BW_OK)
		c->r = r;
}

static void
on_cell(void *ptr, size_t len, void *arg)
{
	struct csvfile *c = arg;
	bw_err r;

	if (c->r != BW_OK)
		return;
	if (c->n == CSVFILE_COLUMNS) {
		fault_set(c->f, c->begin, "it has more than %d columns",
		    CSVFILE_COLUMNS);
		fail(c, BW_ERR_BOUND);
		return;
	}
	c->at[c->n++] = c->row.len;
	if ((len != 0 && (r = bw_buf_put(&c->row, ptr, len)) != BW_OK) ||
	    (r = bw_buf_put_u8(&c->row, 0)) != BW_OK) {
		fault_set(c->f, c->begin, "it is longer than %u bytes; is "
		    "a closing quote missing", CSVFILE_ROW_MAX);
		fail(c, r);
	}
}

static void
next_row(struct csvfile *c)
{
	bw_buf_reset(&c->row);
	c->n = 0;
	c->begin = 0;
}

/* No row is given from here on, only looked for more of the kind. */
static void
uneven_row(struct csvfile *c)
{
	if (c->uneven == 0)
		c->cells = c->n;
	if (c->uneven < UNEVEN_MAX)
		c->uneven_at[c->uneven] = c->begin;
	c->uneven++;
}

static void
say_uneven(struct csvfile *c, struct fault *f)
{
	char others[UNEVEN_MAX * 12] = "";
	size_t n = 0;

	for (size_t i = 1; i < c->uneven && i < UNEVEN_MAX; i++)
		n += (size_t)snprintf(others + n, sizeof(others) - n, "%s%zu",
		    i > 1 ? ", " : "", c->uneven_at[i]);
	if (c->uneven > UNEVEN_MAX)
		snprintf(others + n, sizeof(others) - n, ", ...");
	if (c->uneven == 1)
		fault_set(f, c->uneven_at[0], "it has %zu columns where the "
		    "first row has %zu", c->cells, c->columns);
	else
		fault_set(f, c->uneven_at[0], "it has %zu columns where the "
		    "first row has %zu; these lines differ from it too: %s",
		    c->cells, c->columns, others);
}

static void
on_row(int end, void *arg)
{
	struct csvfile *c = arg;

	(void)end;
	if (c->r != BW_OK)
		return;
	if (c->columns == 0)
		c->columns = c->n;
	if (c->n != c->columns)
		uneven_row(c);
	c->whole = c->uneven == 0;
	if (!c->whole)
		next_row(c);
}

static void
bad_quote(struct csvfile *c, bool at_end)
{
	if (at_end)
		fault_set(c->f, c->begin, "a quoted cell that begins in "
		    "this row is never closed");
	else
		fault_set(c->f, c->line, "a quote stands inside or behind "
		    "a cell of the row that begins on line %zu: a quote within "
		    "a quoted cell is doubled (\"\"), and each that opens is "
		    "closed", c->begin);
	fail(c, BW_ERR_FORMAT);
}

/* No quoted cell can be longer than a row, so libcsv's own buffer is bounded
 * too: it grows with the lines that are fed. */
static void
feed(struct csvfile *c, const char *text, size_t n)
{
	if (c->begin == 0)
		c->begin = c->line;
	if (csv_parse(&c->p, text, n, on_cell, on_row, c) != n) {
		if (csv_error(&c->p) == CSV_ENOMEM)
			fail(c, BW_ERR_NOMEM);
		else
			bad_quote(c, false);
	} else if (c->p.entry_pos > CSVFILE_ROW_MAX) {
		fault_set(c->f, c->begin, "it is longer than %u bytes; is "
		    "a closing quote missing", CSVFILE_ROW_MAX);
		fail(c, BW_ERR_BOUND);
	}
	/* Nothing but blanks: the row begins on a later line. */
	if (c->n == 0 && c->p.pstate == 0)
		c->begin = 0;
}

static void
feed_end(struct csvfile *c)
{
	c->end = true;
	if (csv_fini(&c->p, on_cell, on_row, c) != 0)
		bad_quote(c, true);
}

bw_err
csvfile_next(struct csvfile *c, struct import_row *row, struct fault *f)
{
	const char *text;
	size_t len;
	bw_err r;

	struct fault more = { 0 };	/* behind an uneven row */

	memset(row, 0, sizeof(*row));
	next_row(c);
	c->whole = false;
	while (!c->whole && c->r == BW_OK && !c->end) {
		c->f = c->uneven == 0 ? f : &more;
		r = decode_line(c->text, &text, &len, &c->line, c->f);
		if (r == BW_ERR_NOTFOUND)
			feed_end(c);
		else if (r != BW_OK)
			fail(c, r);
		else
			feed(c, text, len);
	}
	if (c->uneven != 0 && c->r != BW_ERR_NOMEM && c->r != BW_ERR_IO) {
		say_uneven(c, f);
		c->r = BW_ERR_FORMAT;
	}
	if (c->r != BW_OK || !c->whole)
		return c->r != BW_OK ? c->r : BW_ERR_NOTFOUND;
	for (size_t i = 0; i < c->n; i++)
		c->cell[i] = (const char *)c->row.ptr + c->at[i];
	*row = (struct import_row){ c->begin, c->n, c->cell };
	return BW_OK;
}

static char
find_separator(const char *s, size_t len)
{
	static const char known[] = ",;\t";
	size_t count[3] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		const char *k = strchr(known, s[i]);

		if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && k != NULL)
			count[k - known]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return known[best];
}

static bool
is_blank(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(" \t\r\n", s[i]) == NULL)
			return false;
	return true;
}

/* A spreadsheet's own line: "sep=;". */
static bool
says_separator(const char *s, size_t len, char *out)
{
	if (len < 5 || strncasecmp(s, "sep=", 4) != 0 ||
	    strchr(",;\t", s[4]) == NULL || (len > 5 && s[5] != '\r' &&
	    s[5] != '\n'))
		return false;
	*out = s[4];
	return true;
}

static void
free_parser(struct csvfile *c)
{
	if (!c->parser)
		return;
	if (c->p.entry_buf != NULL)
		explicit_bzero(c->p.entry_buf, c->p.entry_size);
	csv_free(&c->p);
	c->parser = false;
}

/* Find the separator, and stand where the first row begins. */
static bw_err
find_begin(struct csvfile *c, struct fault *f)
{
	const char *s;
	size_t len, skip = 0;
	bw_err r;

	c->separator = ',';
	do
		r = decode_line(c->text, &s, &len, &c->line, f);
	while (r == BW_OK && is_blank(s, len));
	if (r == BW_OK && says_separator(s, len, &c->separator))
		skip = c->line;
	else if (r == BW_OK)
		c->separator = find_separator(s, len);
	if (r != BW_OK && r != BW_ERR_NOTFOUND)
		return r;
	decode_rewind(c->text);
	for (r = BW_OK; skip != 0 && r == BW_OK; skip--)
		r = decode_line(c->text, &s, &len, &c->line, f);
	return r;
}

bw_err
csvfile_rewind(struct csvfile *c, struct fault *f)
{
	bw_err r;

	free_parser(c);
	c->r = BW_OK;
	c->columns = c->uneven = 0;
	c->end = false;
	decode_rewind(c->text);
	if ((r = find_begin(c, f)) != BW_OK)
		return r;
	if (csv_init(&c->p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return BW_ERR_NOMEM;
	c->parser = true;
	csv_set_delim(&c->p, (unsigned char)c->separator);
	csv_set_blk_size(&c->p, CELL_STEP);
	return BW_OK;
}

bw_err
csvfile_open(struct csvfile **out, int fd, struct fault *f)
{
	struct csvfile *c = calloc(1, sizeof(*c));
	bw_err r = BW_ERR_NOMEM;

	*out = NULL;
	if (c == NULL)
		goto out;
	c->row = BW_BUF_INIT(CSVFILE_ROW_MAX);
	if ((r = decode_open(&c->text, fd, f)) != BW_OK ||
	    (r = csvfile_rewind(c, f)) != BW_OK)
		goto out;
	*out = c;
	c = NULL;
	r = BW_OK;
out:
	csvfile_close(&c);
	return r;
}

void
csvfile_close(struct csvfile **c)
{
	if (*c == NULL)
		return;
	free_parser(*c);
	decode_close(&(*c)->text);
	bw_buf_free(&(*c)->row);
	free(*c);
	*c = NULL;
}

enum decode_charset
csvfile_charset(const struct csvfile *c)
{
	return decode_charset(c->text);
}

static bw_err
source_head(void *self, struct import_row *out, struct fault *f)
{
	bw_err r = csvfile_rewind(self, f);

	return r == BW_OK ? csvfile_next(self, out, f) : r;
}

static bw_err
source_next(void *self, struct import_row *out, struct fault *f)
{
	return csvfile_next(self, out, f);
}

static void
source_close(void *self)
{
	struct csvfile *c = self;

	csvfile_close(&c);
}

bw_err
import_source_csv(struct import_source *out, int fd, struct fault *f)
{
	struct csvfile *c;
	bw_err r = csvfile_open(&c, fd, f);

	memset(out, 0, sizeof(*out));
	if (r != BW_OK)
		return r;
	*out = (struct import_source){ c, source_head, source_next,
	    source_close, decode_charset_name(csvfile_charset(c)),
	    csvfile_charset(c) == CHARSET_WINDOWS };
	return BW_OK;
}
