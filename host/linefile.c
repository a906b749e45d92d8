// SPDX-License-Identifier: Apache-2.0
#include "host/linefile.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/hostfile.h"

#define ROOM 32768u		/* that is read at once */
#define RUNS_MAX ((size_t)256 << 20)
#define MORE_MAX ((size_t)1 << 20)

/* Whole lines of a file, up to where it ended when it was opened. */
struct lines {
	int fd;
	int64_t at, end;		/* of what was read; of the file */
	int64_t line;			/* where the line behind the last begins */
	size_t i, n;
	char buf[ROOM];
};

/* Lines that are kept, one behind the other. */
struct run {
	int64_t from, to;
};

/* The last whole line and what was cut off behind it, in `text`; where that
 * begins in the file, *end, and in the text, *n. */
static bw_err
look_at_end(int fd, char text[static LINEFILE_LINE], off_t *end, size_t *n)
{
	struct stat st;
	off_t from;
	ssize_t got;

	if (fstat(fd, &st) == -1)
		return BW_ERR_IO;
	if (!S_ISREG(st.st_mode))
		return BW_ERR_FORMAT;
	from = st.st_size < LINEFILE_LINE ? 0 : st.st_size - LINEFILE_LINE;
	if ((got = pread(fd, text, LINEFILE_LINE, from)) != st.st_size - from)
		return BW_ERR_IO;
	while (got > 0 && text[got - 1] != '\n')
		got--;
	*n = (size_t)got;
	*end = from + got;
	return got == 0 && from != 0 ? BW_ERR_FORMAT : BW_OK;
}

static bw_err
open_to_read(const char *path, int *fd)
{
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (*fd == -1)
		return errno == ENOENT ? BW_ERR_NOTFOUND : BW_ERR_IO;
	return BW_OK;
}

bw_err
linefile_last(const char *path, char out[static LINEFILE_LINE])
{
	char text[LINEFILE_LINE];
	size_t n, from;
	off_t end;
	bw_err r;
	int fd;

	out[0] = 0;
	if ((r = open_to_read(path, &fd)) != BW_OK)
		return r;
	r = look_at_end(fd, text, &end, &n);
	close(fd);
	if (r != BW_OK || n == 0)
		return r == BW_OK ? BW_ERR_NOTFOUND : r;
	for (from = n - 1; from != 0 && text[from - 1] != '\n'; from--)
		;
	memcpy(out, text + from, n - 1 - from);
	out[n - 1 - from] = 0;
	return BW_OK;
}

static bw_err
append(int fd, const void *ptr, size_t len)
{
	char text[LINEFILE_LINE];
	size_t n;
	off_t end;
	bw_err r = look_at_end(fd, text, &end, &n);

	if (r != BW_OK)
		return r;
	if (ftruncate(fd, end) == -1)
		return BW_ERR_IO;
	if ((r = file_pour(fd, ptr, len)) == BW_OK && fdatasync(fd) == -1)
		r = BW_ERR_IO;
	return r;
}

bw_err
linefile_append(const char *path, const void *ptr, size_t len)
{
	bw_err r;
	int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC |
	    O_NOFOLLOW | O_NONBLOCK, 0600);

	if (fd == -1)
		return errno == ENOSPC ? BW_ERR_FULL : BW_ERR_IO;
	/* A file that is made is there after a power cut. */
	if ((r = hostfile_give(fd, path)) == BW_OK &&
	    (r = append(fd, ptr, len)) == BW_OK)
		r = file_sync_dir(path);
	close(fd);
	return r;
}

static bw_err
lines_open(struct lines *l, const char *path)
{
	struct stat st;
	bw_err r;

	l->at = l->line = 0;
	l->i = l->n = 0;
	if ((r = open_to_read(path, &l->fd)) != BW_OK)
		return r;
	if (fstat(l->fd, &st) == -1)
		r = BW_ERR_IO;
	else if (!S_ISREG(st.st_mode))
		r = BW_ERR_FORMAT;
	l->end = st.st_size;
	return r;
}

static void
lines_close(struct lines *l)
{
	explicit_bzero(l->buf, sizeof(l->buf));
	if (l->fd != -1)
		close(l->fd);
	l->fd = -1;
}

/* The bytes that come next, at most ROOM; 0 at the end. */
static bw_err
lines_fill(struct lines *l)
{
	size_t want = l->end - l->at < ROOM ? (size_t)(l->end - l->at) : ROOM;
	ssize_t got;

	do
		got = pread(l->fd, l->buf, want, l->at);
	while (got == -1 && errno == EINTR);
	l->i = 0;
	l->n = got > 0 ? (size_t)got : 0;
	l->at += (int64_t)l->n;
	return got == -1 ? BW_ERR_IO : BW_OK;
}

/* The next whole line, without its end; *none: there is none. */
static bw_err
lines_next(struct lines *l, char text[static LINEFILE_LINE], bool *none)
{
	size_t n = 0;
	bw_err r;

	*none = false;
	for (;;) {
		if (l->i == l->n && (r = lines_fill(l)) != BW_OK)
			return r;
		if ((*none = l->n == 0) || l->buf[l->i] == '\n')
			break;
		if (n == LINEFILE_LINE - 1)
			return BW_ERR_FORMAT;
		text[n++] = l->buf[l->i++];
	}
	text[n] = 0;
	if (*none)
		return BW_OK;
	l->i++;
	l->line += (int64_t)n + 1;
	return BW_OK;
}

bw_err
linefile_each(const char *path, linefile_cb cb, void *arg, size_t *line)
{
	char text[LINEFILE_LINE];
	struct lines l;
	bool none;
	bw_err r;

	*line = 0;
	r = lines_open(&l, path);
	while (r == BW_OK && ((r = lines_next(&l, text, &none)) != BW_OK ||
	    !none)) {
		++*line;
		if (r == BW_OK)
			r = cb(arg, text);
	}
	explicit_bzero(text, sizeof(text));
	lines_close(&l);
	return r;
}

/* One more that is kept. */
static bw_err
run_add(struct bw_buf *b, struct run one)
{
	struct run had;

	if (b->len != 0) {
		memcpy(&had, b->ptr + b->len - sizeof(had), sizeof(had));
		if (had.to == one.from) {
			b->len -= sizeof(had);
			one.from = had.from;
		}
	}
	return bw_buf_put(b, &one, sizeof(one));
}

/* FNV-1a: nobody makes up a file that looks the same. */
#define SUM_INIT UINT64_C(0xcbf29ce484222325)
static uint64_t
sum_add(uint64_t sum, const char *ptr, size_t len)
{
	for (size_t i = 0; i < len; i++)
		sum = (sum ^ (uint8_t)ptr[i]) * UINT64_C(0x100000001b3);
	return sum;
}

static bw_err
sieve(struct lines *l, linefile_keep keep, void *arg,
    struct linefile_rest *out)
{
	char text[LINEFILE_LINE];
	bool none;
	bw_err r;

	while ((r = lines_next(l, text, &none)) == BW_OK && !none) {
		memcpy(out->last, text, sizeof(text));
		/* All of it: a zero does not end a line. */
		out->sum = sum_add(out->sum, text,
		    (size_t)(l->line - out->had) - 1);
		out->sum = sum_add(out->sum, "\n", 1);
		if ((r = keep(arg, text, &out->kept)) != BW_OK)
			break;
		if (out->kept && (r = run_add(&out->runs,
		    (struct run){ out->had, l->line })) != BW_OK)
			break;
		out->gone += !out->kept;
		out->had = l->line;
	}
	explicit_bzero(text, sizeof(text));
	return r;
}

bw_err
linefile_sieve(const char *path, linefile_keep keep, void *arg,
    struct linefile_rest *out)
{
	struct lines l;
	bw_err r;

	*out = (struct linefile_rest)LINEFILE_REST_INIT;
	out->runs = BW_BUF_INIT(RUNS_MAX);
	out->sum = SUM_INIT;
	out->more = BW_BUF_INIT(MORE_MAX);
	if ((r = lines_open(&l, path)) == BW_OK) {
		r = sieve(&l, keep, arg, out);
		/* Open, its number is given to no other file. */
		out->fd = l.fd;
		l.fd = -1;
	}
	lines_close(&l);
	return r;
}

static bw_err
pour_run(int from, struct run one, int to)
{
	char buf[ROOM];
	ssize_t got = 1;
	bw_err r = BW_OK;

	for (; r == BW_OK && one.from < one.to; one.from += got) {
		size_t want = one.to - one.from < ROOM ?
		    (size_t)(one.to - one.from) : ROOM;

		if ((got = pread(from, buf, want, one.from)) <= 0)
			r = BW_ERR_IO;
		else
			r = file_pour(to, buf, (size_t)got);
	}
	explicit_bzero(buf, sizeof(buf));
	return r;
}

/* Whether these are the bytes that were looked at. */
static bw_err
same(const struct linefile_rest *rest)
{
	char buf[ROOM];
	uint64_t sum = SUM_INIT;
	ssize_t got = 1;

	for (int64_t at = 0; at < rest->had && got > 0; at += got) {
		size_t want = rest->had - at < ROOM ?
		    (size_t)(rest->had - at) : ROOM;

		if ((got = pread(rest->fd, buf, want, at)) > 0)
			sum = sum_add(sum, buf, (size_t)got);
	}
	explicit_bzero(buf, sizeof(buf));
	if (got <= 0)
		return BW_ERR_IO;
	return sum == rest->sum ? BW_OK : BW_ERR_BUSY;
}

struct pour {
	const char *path;
	const struct linefile_rest *rest;
	int64_t end;
};

static bw_err
pour_rest(void *arg, int fd)
{
	const struct pour *p = arg;
	const struct linefile_rest *rest = p->rest;
	struct run one;
	bw_err r = hostfile_give(fd, p->path);

	for (size_t i = 0; r == BW_OK && i < rest->runs.len;
	    i += sizeof(one)) {
		memcpy(&one, rest->runs.ptr + i, sizeof(one));
		r = pour_run(rest->fd, one, fd);
	}
	if (r == BW_OK)
		r = file_pour(fd, rest->more.ptr, rest->more.len);
	return r != BW_OK ? r : pour_run(rest->fd, (struct run){ rest->had,
	    p->end }, fd);
}

bw_err
linefile_put_rest(const char *path, struct linefile_rest *rest)
{
	struct pour p = { .path = path, .rest = rest };
	struct stat was, is;
	bw_err r;

	if (lstat(path, &is) == -1)
		return errno == ENOENT ? BW_ERR_NOTFOUND : BW_ERR_IO;
	if (fstat(rest->fd, &was) == -1)
		return BW_ERR_IO;
	if (was.st_dev != is.st_dev || was.st_ino != is.st_ino ||
	    was.st_size < rest->had)
		return BW_ERR_BUSY;
	if ((r = same(rest)) != BW_OK)
		return r;
	p.end = was.st_size;
	return file_write_by(path, pour_rest, &p, 0600);
}

/* How many bytes the lines have before the first that is not kept. */
static bw_err
measure(struct lines *l, linefile_keep keep, void *arg, off_t *len)
{
	char text[LINEFILE_LINE];
	bool none, kept = true;
	bw_err r;

	*len = 0;
	while ((r = lines_next(l, text, &none)) == BW_OK && !none) {
		if ((r = keep(arg, text, &kept)) != BW_OK || !kept)
			break;
		*len = (off_t)l->line;
	}
	explicit_bzero(text, sizeof(text));
	return r;
}

static bw_err
shorten(const char *path, off_t len)
{
	bw_err r = BW_OK;
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd == -1)
		return BW_ERR_IO;
	if (ftruncate(fd, len) == -1 || fdatasync(fd) == -1)
		r = BW_ERR_IO;
	close(fd);
	return r;
}

bw_err
linefile_cut(const char *path, linefile_keep keep, void *arg)
{
	struct lines l;
	off_t len;
	bw_err r;

	if ((r = lines_open(&l, path)) == BW_OK &&
	    (r = measure(&l, keep, arg, &len)) == BW_OK)
		r = shorten(path, len);
	lines_close(&l);
	return r;
}

void
linefile_rest_free(struct linefile_rest *rest)
{
	if (rest->fd != -1)
		close(rest->fd);
	rest->fd = -1;
	explicit_bzero(rest->last, sizeof(rest->last));
	bw_buf_free(&rest->runs);
	bw_buf_free(&rest->more);
}
