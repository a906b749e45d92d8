// SPDX-License-Identifier: Apache-2.0
#include "host/redo.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define RECORD "rights-done"
#define RECORD_MAX ((size_t)64 << 20)
#define TAIL 512			/* more than a line */
#define WORDS 11

static const struct {
	const char *name;
	size_t words;
} kinds[] = {
	[REDO_NONE] = { "none", 4 },
	[REDO_SHARE] = { "share", 5 },
	[REDO_ALL] = { "all", 6 },
	[REDO_WITHHELD] = { "withheld", WORDS },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static bool
take_time(const char *word, int64_t *out)
{
	uint64_t n;

	if (text_number(word, strlen(word), INT64_MAX, &n) != BW_OK)
		return false;
	*out = (int64_t)n;
	return true;
}

static bool
take_hex(const char *word, void *out, size_t n)
{
	return strlen(word) == 2 * n && text_unhex(word, out, n) == BW_OK;
}

static bool
take_person(char *const *word, struct redo_act *act)
{
	return text_number(word[0], strlen(word[0]), INT64_MAX,
	    &act->st.registration) == BW_OK &&
	    take_hex(word[1], act->key_mac, DELETED_MAC);
}

static bool
take_rest(char *const *word, struct redo_act *act)
{
	switch (act->kind) {
	case REDO_NONE:
		return true;
	case REDO_SHARE:
		return take_hex(word[0], act->rh, RECEIPT_RH);
	case REDO_ALL:
		return take_person(word, act);
	case REDO_WITHHELD:
		return take_person(word, act) &&
		    take_time(word[2], &act->st.restricted) &&
		    take_time(word[3], &act->st.objected) &&
		    take_time(word[4], &act->st.staff) &&
		    take_time(word[5], &act->st.erase_planned) &&
		    take_time(word[6], &act->st.erase_due);
	}
	return false;
}

/* The line's words; its text is cut up. */
static bw_err
take_line(char *line, struct redo_act *act)
{
	char *rest = line, *word[WORDS];
	size_t n = 0, kind = 0;

	memset(act, 0, sizeof(*act));
	while (n < WORDS && rest != NULL)
		word[n++] = strsep(&rest, " ");
	if (rest != NULL || n < 4 || strcmp(word[0], "1") != 0)
		return BW_ERR_FORMAT;
	while (kind < KINDS && strcmp(word[2], kinds[kind].name) != 0)
		kind++;
	if (kind == KINDS || n != kinds[kind].words)
		return BW_ERR_FORMAT;
	act->kind = (enum redo_kind)kind;
	if (text_number(word[1], strlen(word[1]), INT64_MAX - 1,
	    &act->num) != BW_OK || !take_time(word[3], &act->at))
		return BW_ERR_FORMAT;
	return take_rest(word + 4, act) ? BW_OK : BW_ERR_FORMAT;
}

static bw_err
put_person(struct bw_buf *b, const struct redo_act *act)
{
	char hex[TEXT_HEX_SIZE(DELETED_MAC)];

	text_hex(act->key_mac, DELETED_MAC, hex);
	return bw_buf_printf(b, " %" PRIu64 " %s", act->st.registration, hex);
}

static bw_err
put_rest(struct bw_buf *b, const struct redo_act *act)
{
	const struct right_state *st = &act->st;
	char hex[TEXT_HEX_SIZE(RECEIPT_RH)];
	bw_err r;

	switch (act->kind) {
	case REDO_NONE:
		return BW_OK;
	case REDO_SHARE:
		text_hex(act->rh, RECEIPT_RH, hex);
		return bw_buf_printf(b, " %s", hex);
	case REDO_ALL:
		return put_person(b, act);
	case REDO_WITHHELD:
		if ((r = put_person(b, act)) != BW_OK)
			return r;
		return bw_buf_printf(b, " %" PRId64 " %" PRId64 " %" PRId64
		    " %" PRId64 " %" PRId64, st->restricted, st->objected,
		    st->staff, st->erase_planned, st->erase_due);
	}
	return BW_ERR_ARG;
}

static bw_err
put_line(struct bw_buf *b, uint64_t num, const struct redo_act *act)
{
	bw_err r;

	if ((r = bw_buf_printf(b, "1 %" PRIu64 " %s %" PRId64, num,
	    kinds[act->kind].name, act->at)) != BW_OK ||
	    (r = put_rest(b, act)) != BW_OK)
		return r;
	return bw_buf_put_u8(b, '\n');
}

/* Where the last whole line ends, and its number. */
static bw_err
look_at_end(int fd, off_t *end, uint64_t *num)
{
	char text[TAIL], *line;
	struct redo_act act;
	struct stat st;
	off_t from;
	ssize_t n;
	bw_err r;

	*num = 0;
	if (fstat(fd, &st) == -1)
		return BW_ERR_IO;
	if (!S_ISREG(st.st_mode))
		return BW_ERR_FORMAT;
	from = st.st_size < TAIL ? 0 : st.st_size - TAIL;
	if ((n = pread(fd, text, TAIL, from)) != st.st_size - from)
		return BW_ERR_IO;
	while (n > 0 && text[n - 1] != '\n')
		n--;
	*end = from + n;
	if (n == 0)
		return from == 0 ? BW_OK : BW_ERR_FORMAT;
	text[n - 1] = 0;
	for (line = text + n - 1; line != text && line[-1] != '\n'; line--)
		;
	if ((r = take_line(line, &act)) == BW_OK)
		*num = act.num;
	return r;
}

bw_err
redo_last(const char *dir, uint64_t *num)
{
	char path[FILE_PATH_MAX];
	off_t end;
	bw_err r;
	int fd;

	*num = 0;
	if ((r = file_path(path, dir, RECORD)) != BW_OK)
		return r;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd == -1)
		return errno == ENOENT ? BW_OK : BW_ERR_IO;
	r = look_at_end(fd, &end, num);
	close(fd);
	return r;
}

static bw_err
append(int fd, const struct redo_act *act, size_t n, uint64_t least,
    uint64_t *num)
{
	struct bw_buf b = BW_BUF_INIT(RECORD_MAX);
	off_t end = 0;
	bw_err r;

	if ((r = look_at_end(fd, &end, num)) != BW_OK)
		goto out;
	*num = (*num < least ? least : *num) + 1;
	for (size_t i = 0; i < n && r == BW_OK; i++)
		r = put_line(&b, *num, &act[i]);
	if (r != BW_OK)
		goto out;
	r = BW_ERR_IO;
	/* Without what a power cut left of a last line. */
	if (ftruncate(fd, end) == -1)
		goto out;
	if ((r = file_pour(fd, b.ptr, b.len)) == BW_OK && fdatasync(fd) == -1)
		r = BW_ERR_IO;
out:
	bw_buf_free(&b);
	return r;
}

bw_err
redo_append(const char *dir, const struct redo_act *act, size_t n,
    uint64_t least, uint64_t *num)
{
	char path[FILE_PATH_MAX];
	bw_err r;
	int fd;

	*num = 0;
	if ((r = file_path(path, dir, RECORD)) != BW_OK)
		return r;
	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW |
	    O_NONBLOCK, 0600);
	if (fd == -1)
		return errno == ENOSPC ? BW_ERR_FULL : BW_ERR_IO;
	/* A file that is made is there after a power cut. */
	if ((r = append(fd, act, n, least, num)) == BW_OK)
		r = file_sync_dir(path);
	close(fd);
	return r;
}

/* What is made of the lines: `raw` is the line as it was, with its end. */
typedef bw_err (*line_cb)(void *arg, const struct redo_act *act,
    struct bw_cur raw);

static bw_err
walk(const char *dir, line_cb cb, void *arg, size_t *line)
{
	struct bw_buf b = BW_BUF_INIT(RECORD_MAX);
	char path[FILE_PATH_MAX], text[TAIL];
	const uint8_t *p, *end;
	struct redo_act act;
	bw_err r;

	*line = 0;
	if ((r = file_path(path, dir, RECORD)) == BW_OK)
		r = file_read(path, &b);
	for (p = b.ptr; r == BW_OK && b.len != 0 && (end = memchr(p, '\n',
	    b.len - (size_t)(p - b.ptr))) != NULL; p = end + 1) {
		size_t len = (size_t)(end - p);

		++*line;
		r = BW_ERR_FORMAT;
		if (len >= sizeof(text))
			break;
		memcpy(text, p, len);
		text[len] = 0;
		if ((r = take_line(text, &act)) == BW_OK)
			r = cb(arg, &act, (struct bw_cur){ p, len + 1 });
	}
	bw_buf_free(&b);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

struct each {
	redo_cb cb;
	void *arg;
};

static bw_err
each_line(void *arg, const struct redo_act *act, struct bw_cur raw)
{
	const struct each *e = arg;

	(void)raw;
	return e->cb(e->arg, act);
}

bw_err
redo_each(const char *dir, redo_cb cb, void *arg, size_t *line)
{
	struct each e = { cb, arg };

	return walk(dir, each_line, &e, line);
}

struct sieve {
	redo_keep_cb keep;
	void *arg;
	struct bw_buf left;
	struct redo_act last;		/* without what it was, */
	bool kept;			/* and whether it is in `left` */
	uint64_t gone;
};

static bw_err
sieve_line(void *arg, const struct redo_act *act, struct bw_cur raw)
{
	struct sieve *v = arg;
	bw_err r;

	v->kept = true;
	v->last = (struct redo_act){ .num = act->num, .at = act->at };
	if ((r = v->keep(v->arg, act, &v->kept)) != BW_OK)
		return r;
	if (v->kept)
		return bw_buf_put(&v->left, raw.ptr, raw.len);
	v->gone++;
	return BW_OK;
}

/* The last number stays, without what it was. */
static bw_err
write_left(const char *dir, struct sieve *v)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if (!v->kept &&
	    (r = put_line(&v->left, v->last.num, &v->last)) != BW_OK)
		return r;
	if ((r = file_path(path, dir, RECORD)) != BW_OK)
		return r;
	return file_write(path, v->left.ptr, v->left.len, 0600);
}

bw_err
redo_forget(const char *dir, redo_keep_cb keep, void *arg, uint64_t *n)
{
	struct sieve v = { .keep = keep, .arg = arg,
		.left = BW_BUF_INIT(RECORD_MAX) };
	size_t line;
	bw_err r;

	*n = 0;
	if ((r = walk(dir, sieve_line, &v, &line)) == BW_OK && v.gone != 0 &&
	    (r = write_left(dir, &v)) == BW_OK)
		*n = v.gone;
	bw_buf_free(&v.left);
	return r;
}
