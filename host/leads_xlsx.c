// SPDX-License-Identifier: Apache-2.0
/*
 * The library writes rows, and parts of the file, to files of its own, and does
 * not look whether a write of these failed: on a disk that was full for a
 * moment rows would be missing from a file that it calls good. So that is
 * looked at here.
 */
#include <sys/stat.h>

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/file.h"
#include "host/case.h"
#include "host/case_due.h"
#include "host/leads_formats.h"
#include "host/leads_source.h"

#define COLUMNS 17
#define ROWS_MAX 1048576	/* of a sheet */
#define CELL_MAX 8192
#define COPY 65536
#define PIECE 16384
#define SPARE (1 << 20)		/* bytes of a file besides its rows */
#define SHEETS "xl/worksheets/sheet"

static const struct {
	const char *name;
	double width;
} columns[COLUMNS] = {
	{ "share_id", 14 }, { "time", 24 }, { "keep_until", 24 },
	{ "sponsor", 16 }, { "device", 12 }, { "name", 24 }, { "email", 28 }, { "company", 24 },
	{ "job_title", 24 }, { "work_phone", 20 }, { "location", 20 },
	{ "person", 16 }, { "policy_version", 16 }, { "rating", 8 },
	{ "tags", 24 }, { "answers", 32 }, { "note", 48 }
};

struct sheet {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *date, *bold;
	lxw_row_t row;
	unsigned sheets;
	uint64_t n;
	char zone[CASE_ZONE_MAX + 1];	/* that its times are in; "": UTC */
	int64_t quarter, ahead;		/* of the last time, by these clocks */
	struct bw_buf cell;
};

static bw_err
from_lxw(lxw_error e)
{
	if (e == LXW_NO_ERROR)
		return BW_OK;
	return e == LXW_ERROR_MEMORY_MALLOC_FAILED ? BW_ERR_NOMEM : BW_ERR_IO;
}

/* A sheet without a lead has nothing to choose from. */
static bw_err
sheet_end(struct sheet *x)
{
	return x->row < 2 ? BW_OK : from_lxw(worksheet_autofilter(x->sheet, 0,
	    0, x->row - 1, COLUMNS - 1));
}

/* A time says of which zone it is: "time (Europe/Berlin)". */
static void
write_head(struct sheet *x, lxw_col_t col)
{
	char name[CASE_ZONE_MAX + 20];

	snprintf(name, sizeof(name), col == 1 || col == 2 ? "%s (%s)" : "%s",
	    columns[col].name, x->zone[0] != 0 ? x->zone : "UTC");
	worksheet_write_string(x->sheet, 0, col, name, x->bold);
}

static bw_err
sheet_begin(struct sheet *x)
{
	char name[16] = "Leads";

	if (x->sheets++ != 0)
		snprintf(name, sizeof(name), "Leads %u", x->sheets);
	x->sheet = workbook_add_worksheet(x->book, name);
	if (x->sheet == NULL)
		return BW_ERR_NOMEM;
	for (lxw_col_t i = 0; i < COLUMNS; i++)
		worksheet_set_column(x->sheet, i, i, columns[i].width, NULL);
	worksheet_freeze_panes(x->sheet, 1, 0);
	for (lxw_col_t i = 0; i < COLUMNS; i++)
		write_head(x, i);
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

/* By the event's clocks, as the head says; they change at quarter hours. */
static bw_err
moment(struct sheet *x, lxw_col_t col, int64_t t)
{
	if (x->quarter != t / 900)
		x->ahead = case_ahead(x->zone, t);
	x->quarter = t / 900;
	return from_lxw(worksheet_write_unixtime(x->sheet, x->row, col,
	    t + x->ahead, x->date));
}

static bw_err
put_answers(struct sheet *x, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	char question[LEADS_QUESTION_SIZE];
	bw_err r = BW_OK;

	for (size_t i = 0; i < n->nanswers && r == BW_OK; i++) {
		leads_source_question(row, &n->answer[i], question);
		r = bw_buf_printf(&x->cell, "%s%s%s", i != 0 ? "\n" : "",
		    question, n->answer[i].answer);
	}
	return r == BW_OK ? text_cell(x, 15) : r;
}

static bw_err
put_note(struct sheet *x, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	bw_err r = BW_OK;

	if (n->rating >= 0)
		r = from_lxw(worksheet_write_number(x->sheet, x->row, 13,
		    n->rating, NULL));
	for (size_t i = 0; i < n->ntags && r == BW_OK; i++)
		r = bw_buf_printf(&x->cell, "%s%s", i != 0 ? ", " : "",
		    n->tag[i]);
	if (r != BW_OK || (r = text_cell(x, 14)) != BW_OK)
		return r;
	if ((r = put_answers(x, row)) != BW_OK)
		return r;
	return text(x, 16, n->text);
}

static bw_err
on_row(void *arg, const struct leads_row *row)
{
	const struct store_release *rel = row->rel;
	struct sheet *x = arg;
	char id[TEXT_ID_MAX + 24];
	bw_err r;

	if (x->row == ROWS_MAX && ((r = sheet_end(x)) != BW_OK ||
	    (r = sheet_begin(x)) != BW_OK))
		return r;
	snprintf(id, sizeof(id), "%s-%" PRIu64, rel->device, rel->seq);
	if ((r = text(x, 0, id)) != BW_OK ||
	    (r = moment(x, 1, rel->time)) != BW_OK ||
	    (r = moment(x, 2, store_keep_until(rel))) != BW_OK ||
	    (r = text(x, 3, rel->sponsor)) != BW_OK ||
	    (r = text(x, 4, rel->device)) != BW_OK)
		return r;
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((r = text(x, (lxw_col_t)(4 + f), row->value[f])) != BW_OK)
			return r;
	if ((r = text(x, 11, row->person)) != BW_OK ||
	    (r = text(x, 12, rel->version)) != BW_OK ||
	    (r = put_note(x, row)) != BW_OK)
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

/* All rows stand in the files that they went to; their bytes. */
static bw_err
rows_kept(struct sheet *x, uint64_t *bytes)
{
	lxw_worksheet *w;
	struct stat st;

	*bytes = 0;
	STAILQ_FOREACH(w, x->book->worksheets, list_pointers) {
		lxw_worksheet_write_single_row(w);
		if (fflush(w->optimize_tmpfile) != 0 ||
		    ferror(w->optimize_tmpfile) != 0)
			return BW_ERR_FULL;
		if (fstat(fileno(w->optimize_tmpfile), &st) == -1)
			return BW_ERR_IO;
		*bytes += (uint64_t)st.st_size;
	}
	return BW_OK;
}

/* There is room for a part that has all rows again, and for all of it packed:
 * when that fails the library leaves its files open. */
static bw_err
room_for(const char *dir, uint64_t rows)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), e;

	if (fd == -1)
		return errno == ENOSPC ? BW_ERR_FULL : BW_ERR_IO;
	e = posix_fallocate(fd, 0, (off_t)(2 * rows + SPARE));
	close(fd);
	if (e == ENOSPC || e == EDQUOT)
		return BW_ERR_FULL;
	return e == 0 ? BW_OK : BW_ERR_IO;
}

/* What comes to nothing: its rows are given up. */
static void
drop(struct sheet *x)
{
	lxw_worksheet *w;

	if (x->book == NULL)
		return;
	STAILQ_FOREACH(w, x->book->worksheets, list_pointers)
		fclose(w->optimize_tmpfile);
	lxw_workbook_free(x->book);
}

/* A part is XML to its end; its bytes. */
static bw_err
part_whole(struct archive *a, uint64_t *bytes)
{
	uint8_t p[PIECE], last = 0;
	la_ssize_t n;

	*bytes = 0;
	while ((n = archive_read_data(a, p, sizeof(p))) > 0) {
		*bytes += (uint64_t)n;
		last = p[n - 1];
	}
	explicit_bzero(p, sizeof(p));
	return n == 0 && (last == '>' || last == '\n') ? BW_OK :
	    BW_ERR_FULL;
}

/* What was lost is a block of the disk at least, and more than what a sheet has
 * besides its rows. */
static bw_err
whole(struct archive *a, uint64_t rows)
{
	struct archive_entry *e;
	uint64_t n, sheets = 0;
	bw_err r = BW_OK;
	int more;

	while ((more = archive_read_next_header(a, &e)) == ARCHIVE_OK) {
		const char *name = archive_entry_pathname(e);

		if ((r = part_whole(a, &n)) != BW_OK)
			return r;
		if (name != NULL &&
		    strncmp(name, SHEETS, strlen(SHEETS)) == 0)
			sheets += n;
	}
	if (more != ARCHIVE_EOF)
		return BW_ERR_IO;
	return sheets >= rows ? BW_OK : BW_ERR_FULL;
}

static bw_err
look_at(int fd, uint64_t rows)
{
	struct archive *a = archive_read_new();
	bw_err r = BW_ERR_NOMEM;

	if (a == NULL)
		return r;
	r = BW_ERR_IO;
	if (lseek(fd, 0, SEEK_SET) == 0 &&
	    archive_read_support_format_zip(a) == ARCHIVE_OK &&
	    archive_read_open_fd(a, fd, COPY) == ARCHIVE_OK)
		r = whole(a, rows);
	archive_read_free(a);
	return r;
}

/* The book is gone after it. */
static bw_err
finish(struct sheet *x, int fd, const char *dir)
{
	uint64_t rows;
	bw_err r;

	if ((r = rows_kept(x, &rows)) != BW_OK ||
	    (r = room_for(dir, rows)) != BW_OK) {
		drop(x);
		return r;
	}
	r = from_lxw(workbook_close(x->book));
	return r == BW_OK ? look_at(fd, rows) : r;
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
	if ((r = case_zone(s, x->zone)) != BW_OK)
		return r;
	if ((x->book = workbook_new_opt(path, &opt)) == NULL)
		return BW_ERR_NOMEM;
	x->date = workbook_add_format(x->book);
	x->bold = workbook_add_format(x->book);
	format_set_num_format(x->date, "yyyy-mm-dd hh:mm:ss");
	format_set_bold(x->bold);
	if ((r = sheet_begin(x)) == BW_OK)
		r = leads_source_each(s, what, on_row, x, left);
	return r == BW_OK ? sheet_end(x) : r;
}

bw_err
leads_xlsx(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	struct sheet x = { .cell = BW_BUF_INIT(CELL_MAX) };
	const char *env = getenv("TMPDIR");
	char dir[FILE_PATH_MAX], path[40];
	bw_err r;
	int fd;

	*n = 0;
	snprintf(dir, sizeof(dir), "%s", what->dir != NULL ? what->dir :
	    env != NULL ? env : "/tmp");
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd == -1)
		return errno == ENOSPC ? BW_ERR_FULL : BW_ERR_IO;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if ((r = fill(&x, s, what, path, dir, left)) != BW_OK)
		drop(&x);
	else if ((r = finish(&x, fd, dir)) == BW_OK &&
	    (r = copy(fd, out)) == BW_OK)
		*n = x.n;
	bw_buf_free(&x.cell);
	close(fd);
	return r;
}
