// SPDX-License-Identifier: Apache-2.0
#include "host/linefile.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define ALL_MAX ((size_t)64 << 20)

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

bw_err
linefile_last(const char *path, char out[static LINEFILE_LINE])
{
	char text[LINEFILE_LINE];
	size_t n, from;
	off_t end;
	bw_err r;
	int fd;

	out[0] = 0;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd == -1)
		return errno == ENOENT ? BW_ERR_NOTFOUND : BW_ERR_IO;
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
	if ((r = append(fd, ptr, len)) == BW_OK)
		r = file_sync_dir(path);
	close(fd);
	return r;
}

/* The next whole line, with its end; false: there is none. */
static bool
next(struct bw_cur *c, struct bw_cur *line)
{
	const uint8_t *end = c->len == 0 ? NULL : memchr(c->ptr, '\n', c->len);

	if (end == NULL)
		return false;
	*line = (struct bw_cur){ c->ptr, (size_t)(end - c->ptr) + 1 };
	c->ptr += line->len;
	c->len -= line->len;
	return true;
}

static bw_err
copy(const struct bw_cur *line, char text[static LINEFILE_LINE])
{
	if (line->len > LINEFILE_LINE)
		return BW_ERR_FORMAT;
	memcpy(text, line->ptr, line->len - 1);
	text[line->len - 1] = 0;
	return BW_OK;
}

bw_err
linefile_each(const char *path, linefile_cb cb, void *arg, size_t *line)
{
	struct bw_buf b = BW_BUF_INIT(ALL_MAX);
	char text[LINEFILE_LINE];
	struct bw_cur c, one;
	bw_err r;

	*line = 0;
	r = file_read(path, &b);
	c = (struct bw_cur){ b.ptr, b.len };
	while (r == BW_OK && next(&c, &one)) {
		++*line;
		if ((r = copy(&one, text)) == BW_OK)
			r = cb(arg, text);
	}
	bw_buf_free(&b);
	return r;
}

bw_err
linefile_sieve(const char *path, linefile_keep keep, void *arg,
    struct linefile_rest *out)
{
	char text[LINEFILE_LINE];
	struct bw_cur c, one = { 0 };
	bw_err r;

	*out = (struct linefile_rest){ .all = BW_BUF_INIT(ALL_MAX),
		.left = BW_BUF_INIT(ALL_MAX), .kept = true };
	r = file_read(path, &out->all);
	c = (struct bw_cur){ out->all.ptr, out->all.len };
	while (r == BW_OK && next(&c, &one)) {
		out->kept = true;
		if ((r = copy(&one, text)) != BW_OK ||
		    (r = keep(arg, text, &out->kept)) != BW_OK)
			break;
		out->gone += !out->kept;
		if (out->kept)
			r = bw_buf_put(&out->left, one.ptr, one.len);
	}
	/* What was cut off is nobody's. */
	out->all.len -= r == BW_OK ? c.len : 0;
	return r == BW_OK && out->all.len != 0 ? copy(&one, out->last) : r;
}

bw_err
linefile_put_rest(const char *path, struct linefile_rest *rest)
{
	struct bw_buf now = BW_BUF_INIT(ALL_MAX);
	size_t had = rest->all.len;
	bw_err r = file_read(path, &now);

	if (r == BW_OK && (now.len < had ||
	    (had != 0 && memcmp(now.ptr, rest->all.ptr, had) != 0)))
		r = BW_ERR_BUSY;
	if (r == BW_OK && now.len > had)
		r = bw_buf_put(&rest->left, now.ptr + had, now.len - had);
	if (r == BW_OK)
		r = file_write(path, rest->left.ptr, rest->left.len, 0600);
	bw_buf_free(&now);
	return r;
}

/* How many bytes the lines have before the first that is not kept. */
static bw_err
measure(const struct bw_buf *all, linefile_keep keep, void *arg, off_t *len)
{
	struct bw_cur c = { all->ptr, all->len }, one;
	char text[LINEFILE_LINE];
	bool kept = true;
	bw_err r = BW_OK;

	*len = 0;
	while (next(&c, &one)) {
		if ((r = copy(&one, text)) != BW_OK ||
		    (r = keep(arg, text, &kept)) != BW_OK || !kept)
			break;
		*len += (off_t)one.len;
	}
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
	struct bw_buf b = BW_BUF_INIT(ALL_MAX);
	off_t len;
	bw_err r;

	if ((r = file_read(path, &b)) == BW_OK &&
	    (r = measure(&b, keep, arg, &len)) == BW_OK)
		r = shorten(path, len);
	bw_buf_free(&b);
	return r;
}

void
linefile_rest_free(struct linefile_rest *rest)
{
	bw_buf_free(&rest->all);
	bw_buf_free(&rest->left);
}
