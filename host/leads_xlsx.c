// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/file.h"
#include "host/leads_formats.h"
#include "host/leads_source.h"

#define COLUMNS 16
#define ROWS_MAX 1048576	/* of a sheet */
#define CELL_MAX 8192
#define COPY 65536

static const struct {
	const char *name;
	double width;
} columns[COLUMNS] = {
	{ "share_id", 14 }, { "time", 20 }, { "sponsor", 16 },
	{ "device", 12 }, { "name", 24 }, { "email", 28 }, { "company", 24 },
	{ "job_title", 24 }, { "work_phone", 20 }, { "location", 20 },
	{ "language", 10 }, { "policy_version", 16 }, { "rating", 8 },
	{ "tags", 24 }, { "answers", 32 }, { "note", 48 }
};

struct sheet {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *date, *bold;
	lxw_row_t row;
	uint64_t n;
	struct bw_buf cell;
};

static bw_err
from_lxw(lxw_error e)
{
	if (e == LXW_NO_ERROR)
		return BW_OK;
	return e == LXW_ERROR_MEMORY_MALLOC_FAILED ? BW_ERR_NOMEM : BW_ERR_IO;
}

static bw_err
sheet_begin(struct sheet *x)
{
	x->sheet = workbook_add_worksheet(x->book, NULL);
	if (x->sheet == NULL)
		return BW_ERR_NOMEM;
	for (lxw_col_t i = 0; i < COLUMNS; i++)
		worksheet_set_column(x->sheet, i, i, columns[i].width, NULL);
	worksheet_freeze_panes(x->sheet, 1, 0);
	for (lxw_col_t i = 0; i < COLUMNS; i++)
		worksheet_write_string(x->sheet, 0, i, columns[i].name,
		    x->bold);
	x->row = 1;
	return BW_OK;
}

/* Always as text: what looks like a formula is none. */
static bw_err
text(struct sheet *x, lxw_col_t col, const char *s)
{
	if (s[0] == 0)
		return BW_OK;
	return from_lxw(worksheet_write_string(x->sheet, x->row, col, s,
	    NULL));
}

static bw_err
text_cell(struct sheet *x, lxw_col_t col)
{
	const char *s;
	bw_err r;

	if ((r = bw_buf_cstr(&x->cell, &s)) == BW_OK)
		r = text(x, col, s);
	bw_buf_reset(&x->cell);
	return r;
}

static bw_err
put_note(struct sheet *x, const struct note *n)
{
	bw_err r = BW_OK;

	if (n->rating >= 0)
		r = from_lxw(worksheet_write_number(x->sheet, x->row, 12,
		    n->rating, NULL));
	for (size_t i = 0; i < n->ntags && r == BW_OK; i++)
		r = bw_buf_printf(&x->cell, "%s%s", i != 0 ? ", " : "",
		    n->tag[i]);
	if (r != BW_OK || (r = text_cell(x, 13)) != BW_OK)
		return r;
	for (size_t i = 0; i < n->nanswers && r == BW_OK; i++)
		r = bw_buf_printf(&x->cell, "%s%s: %s", i != 0 ? "\n" : "",
		    n->answer[i].question, n->answer[i].answer);
	if (r != BW_OK || (r = text_cell(x, 14)) != BW_OK)
		return r;
	return text(x, 15, n->text);
}

static bw_err
on_row(void *arg, const struct leads_row *row)
{
	const struct store_release *rel = row->rel;
	struct sheet *x = arg;
	char id[TEXT_ID_MAX + 24];
	bw_err r;

	if (x->row == ROWS_MAX && (r = sheet_begin(x)) != BW_OK)
		return r;
	snprintf(id, sizeof(id), "%s-%" PRIu64, rel->device, rel->seq);
	if ((r = text(x, 0, id)) != BW_OK ||
	    (r = from_lxw(worksheet_write_unixtime(x->sheet, x->row, 1,
	    rel->time, x->date))) != BW_OK ||
	    (r = text(x, 2, rel->sponsor)) != BW_OK ||
	    (r = text(x, 3, rel->device)) != BW_OK)
		return r;
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((r = text(x, (lxw_col_t)(3 + f), row->value[f])) != BW_OK)
			return r;
	if ((r = text(x, 10, rel->language)) != BW_OK ||
	    (r = text(x, 11, rel->version)) != BW_OK ||
	    (r = put_note(x, &row->mark->note)) != BW_OK)
		return r;
	x->row++;
	x->n++;
	return BW_OK;
}

static bw_err
copy(int fd, struct outfile *out)
{
	uint8_t *p = malloc(COPY);
	ssize_t n = 0;
	bw_err r = p == NULL ? BW_ERR_NOMEM : BW_OK;

	if (lseek(fd, 0, SEEK_SET) != 0)
		r = BW_ERR_IO;
	while (r == BW_OK && (n = read(fd, p, COPY)) > 0)
		r = outfile_put(out, p, (size_t)n);
	free(p);
	return r == BW_OK && n < 0 ? BW_ERR_IO : r;
}

static bw_err
fill(struct sheet *x, struct store *s, const struct leads_what *what,
    const char *path, char *dir, struct store_left_out *left)
{
	/* Rows go to a file without a name as they come. */
	lxw_workbook_options opt = { .constant_memory = LXW_TRUE,
		.use_zip64 = LXW_TRUE };
	bw_err r;

	opt.tmpdir = dir;
	if ((x->book = workbook_new_opt(path, &opt)) == NULL)
		return BW_ERR_NOMEM;
	x->date = workbook_add_format(x->book);
	x->bold = workbook_add_format(x->book);
	format_set_num_format(x->date, "yyyy-mm-dd hh:mm:ss");
	format_set_bold(x->bold);
	if ((r = sheet_begin(x)) == BW_OK)
		r = leads_source_each(s, what, on_row, x, left);
	return r;
}

bw_err
leads_xlsx(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	struct sheet x = { .cell = BW_BUF_INIT(CELL_MAX) };
	const char *env = getenv("TMPDIR");
	char dir[FILE_PATH_MAX], path[40];
	bw_err r, closed;
	int fd;

	*n = 0;
	snprintf(dir, sizeof(dir), "%s", what->dir != NULL ? what->dir :
	    env != NULL ? env : "/tmp");
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd == -1)
		return BW_ERR_IO;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	r = fill(&x, s, what, path, dir, left);
	closed = x.book != NULL ? from_lxw(workbook_close(x.book)) : BW_OK;
	if (r == BW_OK && (r = closed) == BW_OK && (r = copy(fd, out)) == BW_OK)
		*n = x.n;
	bw_buf_free(&x.cell);
	close(fd);
	return r;
}
