// SPDX-License-Identifier: Apache-2.0
/*
 * libcsv takes the cells apart. It knows no line numbers, so it is fed one
 * line at a time: a row that ends while line n is fed ends on line n.
 */
#include "host/csvfile.h"

#include <csv.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

/* libcsv grows by this step: few copies of cells are left on the heap. */
#define CELL_STEP 65536

struct reader {
	csvfile_cb cb;
	void *arg;
	struct fault *f;
	bw_err r;		/* the first failure */
	size_t line;		/* the one being fed, from 1 */
	size_t begin;		/* where the row began; 0: between rows */
	size_t columns;		/* of the first row; 0: before it */
	size_t n;		/* cells of this row so far */
	size_t at[CSVFILE_COLUMNS];	/* where each begins in `row` */
	struct bw_buf row;	/* the cells, a zero behind each */
};

static void
fail(struct reader *rd, bw_err r)
{
	if (rd->r == BW_OK)
		rd->r = r;
}

static void
on_cell(void *ptr, size_t len, void *arg)
{
	struct reader *rd = arg;
	bw_err r;

	if (rd->r != BW_OK)
		return;
	if (rd->n == CSVFILE_COLUMNS) {
		fault_set(rd->f, rd->begin, "it has more than %d columns",
		    CSVFILE_COLUMNS);
		fail(rd, BW_ERR_BOUND);
		return;
	}
	rd->at[rd->n++] = rd->row.len;
	if ((len != 0 && (r = bw_buf_put(&rd->row, ptr, len)) != BW_OK) ||
	    (r = bw_buf_put_u8(&rd->row, 0)) != BW_OK) {
		fault_set(rd->f, rd->begin, "it is longer than %u bytes; is "
		    "a closing quote missing", CSVFILE_ROW_MAX);
		fail(rd, r);
	}
}

static void
on_row(int end, void *arg)
{
	struct reader *rd = arg;
	const char *cell[CSVFILE_COLUMNS];
	struct csv_row row = { rd->begin, rd->n, cell };

	(void)end;
	if (rd->r != BW_OK)
		return;
	if (rd->columns == 0)
		rd->columns = rd->n;
	if (rd->n != rd->columns) {
		fault_set(rd->f, rd->begin, "it has %zu columns where the "
		    "first row has %zu", rd->n, rd->columns);
		fail(rd, BW_ERR_FORMAT);
		return;
	}
	for (size_t i = 0; i < rd->n; i++)
		cell[i] = (const char *)rd->row.ptr + rd->at[i];
	fail(rd, rd->cb(rd->arg, &row));
	bw_buf_reset(&rd->row);
	rd->n = 0;
	rd->begin = 0;
}

/* The length of the first line, its end included. */
static size_t
line_length(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] != '\n' && s[n] != '\r')
		n++;
	if (n < len && s[n] == '\r' && n + 1 < len && s[n + 1] == '\n')
		n++;
	return n < len ? n + 1 : len;
}

static bw_err
check_line(const char *s, size_t n, size_t line, struct fault *f)
{
	if (memchr(s, 0, n) != NULL) {
		fault_set(f, line, "it holds a zero byte: this is no CSV "
		    "text in UTF-8 (is it UTF-16, or a spreadsheet file?)");
		return BW_ERR_FORMAT;
	}
	if (!text_is_utf8(s, n)) {
		fault_set(f, line, "it is not UTF-8: save the file as \"CSV "
		    "UTF-8\", or download it again");
		return BW_ERR_FORMAT;
	}
	return BW_OK;
}

static void
bad_quote(struct reader *rd, bool at_end)
{
	if (at_end)
		fault_set(rd->f, rd->begin, "a quoted cell that begins in "
		    "this row is never closed");
	else
		fault_set(rd->f, rd->line, "a quote stands inside or behind "
		    "a cell of the row that begins on line %zu: a quote within "
		    "a quoted cell is doubled (\"\"), and each that opens is "
		    "closed", rd->begin);
	fail(rd, BW_ERR_FORMAT);
}

static void
feed(struct reader *rd, struct csv_parser *p, const char *text, size_t len)
{
	while (len != 0 && rd->r == BW_OK) {
		size_t n = line_length(text, len);

		rd->line++;
		if (rd->begin == 0)
			rd->begin = rd->line;
		fail(rd, check_line(text, n, rd->line, rd->f));
		if (rd->r == BW_OK && csv_parse(p, text, n, on_cell, on_row,
		    rd) != n) {
			if (csv_error(p) == CSV_ENOMEM)
				fail(rd, BW_ERR_NOMEM);
			else
				bad_quote(rd, false);
		}
		/* Nothing but blanks: the row begins on a later line. */
		if (rd->n == 0 && p->pstate == 0)
			rd->begin = 0;
		text += n;
		len -= n;
	}
}

bw_err
csvfile_each(const char *text, size_t len, csvfile_cb cb, void *arg,
    struct fault *f)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct reader rd = { .cb = cb, .arg = arg, .f = f,
	    .row = BW_BUF_INIT(CSVFILE_ROW_MAX) };
	struct csv_parser p;

	if (len > CSVFILE_MAX) {
		fault_set(f, 0, "it is over %u MiB", CSVFILE_MAX >> 20);
		return BW_ERR_BOUND;
	}
	if (len >= 3 && memcmp(text, bom, 3) == 0) {
		text += 3;
		len -= 3;
	}
	csv_init(&p, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_blk_size(&p, CELL_STEP);
	feed(&rd, &p, text, len);
	if (rd.r == BW_OK && csv_fini(&p, on_cell, on_row, &rd) != 0)
		bad_quote(&rd, true);
	if (p.entry_buf != NULL)
		explicit_bzero(p.entry_buf, p.entry_size);
	csv_free(&p);
	bw_buf_free(&rd.row);
	return rd.r;
}
