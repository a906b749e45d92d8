// SPDX-License-Identifier: Apache-2.0
#include "host/import/decode.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/text.h"

#define CHUNK 65536

struct decode {
	int fd;
	enum decode_charset charset;
	off_t begin;		/* behind the byte order mark */
	off_t at;		/* of the next chunk */
	bool end;		/* the file has no more */
	size_t number;		/* of the line given last */
	size_t taken;		/* bytes of `text` that were given */
	struct bw_buf text;	/* decoded, not given yet */
	uint32_t high;		/* a first surrogate that waits; 0 */
	uint8_t chunk[CHUNK];
};

/* What stands in Windows-1252 where Latin-1 has controls; 0: nothing. */
static const uint16_t windows[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178
};

const char *
decode_charset_name(enum decode_charset c)
{
	switch (c) {
	case CHARSET_UTF8:
		return "UTF-8";
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		return "UTF-16";
	case CHARSET_WINDOWS:
		return "Windows-1252";
	}
	return "an unknown encoding";
}

enum decode_charset
decode_charset(const struct decode *d)
{
	return d->charset;
}

/* A whole chunk but at the file's end, so that UTF-16 stays in pairs. */
static bw_err
read_chunk(struct decode *d, size_t *len)
{
	ssize_t n = 1;

	*len = 0;
	while (*len < CHUNK && n != 0) {
		n = pread(d->fd, d->chunk + *len, CHUNK - *len, d->at);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return BW_ERR_IO;
		*len += (size_t)n;
		d->at += n;
	}
	d->end = n == 0;
	return BW_OK;
}

/* How much of a file is UTF-8 beyond ASCII, and how much is not. */
struct scan {
	unsigned need;		/* bytes that must follow */
	uint8_t low, high;	/* bounds of the next one */
	size_t good, bad;
};

static void
scan_first(struct scan *s, uint8_t c)
{
	s->low = 0x80;
	s->high = 0xbf;
	s->need = 0;
	if (c < 0x80)
		return;
	if (c >= 0xc2 && c <= 0xdf)
		s->need = 1;
	else if (c >= 0xe0 && c <= 0xef)
		s->need = 2;
	else if (c >= 0xf0 && c <= 0xf4)
		s->need = 3;
	else
		s->bad++;
	if (c == 0xe0)
		s->low = 0xa0;
	if (c == 0xed)
		s->high = 0x9f;
	if (c == 0xf0)
		s->low = 0x90;
	if (c == 0xf4)
		s->high = 0x8f;
}

static void
scan_byte(struct scan *s, uint8_t c)
{
	if (s->need == 0) {
		scan_first(s, c);
		return;
	}
	if (c < s->low || c > s->high) {
		s->bad++;
		scan_first(s, c);
		return;
	}
	s->low = 0x80;
	s->high = 0xbf;
	if (--s->need == 0)
		s->good++;
}

/* What the first bytes say; false: look at all of them. */
static bool
charset_from_head(struct decode *d, const uint8_t *p, size_t n)
{
	d->charset = CHARSET_UTF8;
	d->begin = 0;
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		d->begin = 3;
		return true;
	}
	if (n >= 2 && (memcmp(p, "\xff\xfe", 2) == 0 ||
	    memcmp(p, "\xfe\xff", 2) == 0)) {
		d->begin = 2;
		d->charset = p[0] == 0xff ? CHARSET_UTF16LE : CHARSET_UTF16BE;
		return true;
	}
	if (n >= 4 && (p[0] == 0) != (p[1] == 0) && (p[0] == 0) == (p[2] == 0)
	    && (p[1] == 0) == (p[3] == 0)) {
		d->charset = p[1] == 0 ? CHARSET_UTF16LE : CHARSET_UTF16BE;
		return true;
	}
	return false;
}

/* What is sent in place of a CSV file, by its first bytes. */
static const struct {
	const char *begins;
	size_t len;
	const char *says;
} others[] = {
	{ "PK\3\4", 4, FAULT_PART(
	    "it is a spreadsheet's own file, or a ZIP archive; open "
	    "it in the spreadsheet and save it as \"CSV UTF-8\", or unpack it "
	    "and take the CSV file in it") },
	{ "\xd0\xcf\x11\xe0", 4, FAULT_PART(
	    "it is a spreadsheet's own file; open it "
	    "there and save it as \"CSV UTF-8\"") },
	{ "\x1f\x8b", 2, FAULT_PART(
	    "it is packed with gzip; unpack it and take the CSV "
	    "file in it") },
	{ "7z\xbc\xaf\x27\x1c", 6, FAULT_PART(
	    "it is a 7z archive; unpack it and take "
	    "the CSV file in it") },
	{ "%PDF-", 5, FAULT_PART(
	    "it is a PDF document; export the list from the ticket "
	    "shop as CSV") },
	{ "{\\rtf", 5, FAULT_PART(
	    "it is a text document; export the list from the ticket "
	    "shop as CSV") },
	{ "\x89PNG", 4, FAULT_PART(
	    "it is a picture; export the list from the ticket shop "
	    "as CSV") },
	{ "\xff\xd8\xff", 3, FAULT_PART(
	    "it is a picture; export the list from the ticket "
	    "shop as CSV") },
	{ "GIF8", 4, FAULT_PART(
	    "it is a picture; export the list from the ticket shop as "
	    "CSV") },
	{ "<!DOCTYPE", 9, FAULT_PART(
	    "it is a web page, not the file itself; log in at the "
	    "ticket shop and download it again") },
	{ "<!doctype", 9, FAULT_PART(
	    "it is a web page, not the file itself; log in at the "
	    "ticket shop and download it again") },
	{ "<html", 5, FAULT_PART(
	    "it is a web page, not the file itself; log in at the "
	    "ticket shop and download it again") },
};

static bw_err
check_head(const uint8_t *p, size_t n, struct fault *f)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (n >= others[i].len && memcmp(p, others[i].begins,
		    others[i].len) == 0) {
			fault_set(f, 0, "%s", others[i].says);
			return BW_ERR_FORMAT;
		}
	return BW_OK;
}

static bw_err
find_charset(struct decode *d, struct fault *f)
{
	struct scan s = { 0 };
	bool known = false;
	size_t n;
	bw_err r;

	d->at = 0;
	do {
		bool first = d->at == 0;

		if ((r = read_chunk(d, &n)) != BW_OK)
			return r;
		if (d->at > (off_t)DECODE_FILE_MAX) {
			fault_set(f, 0, "it is over %u MiB",
			    DECODE_FILE_MAX >> 20);
			return BW_ERR_BOUND;
		}
		if (first) {
			if ((r = check_head(d->chunk, n, f)) != BW_OK)
				return r;
			known = charset_from_head(d, d->chunk, n);
		}
		for (size_t i = 0; i < n && !known; i++)
			scan_byte(&s, d->chunk[i]);
	} while (!d->end);
	if (!known && s.bad != 0 && s.good * 10 <= s.bad)
		d->charset = CHARSET_WINDOWS;
	return BW_OK;
}

bw_err
decode_open(struct decode **out, int fd, struct fault *f)
{
	struct decode *d = calloc(1, sizeof(*d));
	bw_err r = BW_ERR_NOMEM;

	*out = NULL;
	if (d == NULL)
		goto out;
	d->fd = fd;
	/* A line that is too long must be seen whole to be so. */
	d->text = BW_BUF_INIT(DECODE_LINE_MAX + 4 * CHUNK);
	if ((r = find_charset(d, f)) != BW_OK)
		goto out;
	decode_rewind(d);
	*out = d;
	d = NULL;
	r = BW_OK;
out:
	decode_close(&d);
	return r;
}

void
decode_close(struct decode **d)
{
	if (*d == NULL)
		return;
	bw_buf_free(&(*d)->text);
	explicit_bzero(*d, sizeof(**d));
	free(*d);
	*d = NULL;
}

void
decode_rewind(struct decode *d)
{
	d->at = d->begin;
	d->end = false;
	d->number = 0;
	d->taken = 0;
	d->high = 0;
	bw_buf_reset(&d->text);
}

/* A byte that is never in UTF-8 marks what could not be decoded: the line it
 * is on is known later. */
static bw_err
put_wrong(struct decode *d)
{
	return bw_buf_put_u8(&d->text, 0xff);
}

static bw_err
put_char(struct decode *d, uint32_t c)
{
	uint8_t u[4];
	utf8proc_ssize_t n;

	if (c < 0x80)
		return bw_buf_put_u8(&d->text, (uint8_t)c);
	n = utf8proc_encode_char((utf8proc_int32_t)c, u);
	return bw_buf_put(&d->text, u, (size_t)n);
}

static bw_err
put_unit(struct decode *d, uint32_t u)
{
	uint32_t high = d->high;
	bw_err r;

	d->high = 0;
	if (u >= 0xdc00 && u <= 0xdfff)
		return high == 0 ? put_wrong(d) : put_char(d,
		    0x10000 + ((high - 0xd800) << 10) + (u - 0xdc00));
	if (high != 0 && (r = put_wrong(d)) != BW_OK)
		return r;
	if (u >= 0xd800 && u <= 0xdbff) {
		d->high = u;
		return BW_OK;
	}
	return put_char(d, u);
}

static bw_err
put_utf16(struct decode *d, const uint8_t *p, size_t n)
{
	size_t first = d->charset == CHARSET_UTF16BE ? 0 : 1;
	bw_err r = BW_OK;

	for (size_t i = 0; i + 1 < n && r == BW_OK; i += 2)
		r = put_unit(d, (uint32_t)p[i + first] << 8 |
		    p[i + 1 - first]);
	if (r == BW_OK && (n % 2 != 0 || (d->end && d->high != 0)))
		r = put_wrong(d);
	return r;
}

static bw_err
put_windows(struct decode *d, const uint8_t *p, size_t n)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < n && r == BW_OK; i++) {
		uint32_t c = p[i];

		if (c >= 0x80 && c < 0xa0)
			c = windows[c - 0x80];
		/* A zero byte stays one, and is told as such. */
		r = c == 0 && p[i] != 0 ? put_wrong(d) : put_char(d, c);
	}
	return r;
}

/* Decode one more chunk behind what is there. */
static bw_err
fill(struct decode *d)
{
	size_t n, left = d->text.len - d->taken;
	bw_err r;

	if (d->taken != 0) {
		memmove(d->text.ptr, d->text.ptr + d->taken, left);
		d->text.len = left;
		d->taken = 0;
	}
	if ((r = read_chunk(d, &n)) != BW_OK)
		return r;
	switch (d->charset) {
	case CHARSET_UTF8:
		return n == 0 ? BW_OK : bw_buf_put(&d->text, d->chunk, n);
	case CHARSET_UTF16LE:
	case CHARSET_UTF16BE:
		return put_utf16(d, d->chunk, n);
	case CHARSET_WINDOWS:
		return put_windows(d, d->chunk, n);
	}
	return BW_ERR_ARG;
}

/* The length of the first line, its end included; 0: more must be read to
 * tell. */
static size_t
line_length(const struct decode *d)
{
	size_t len = d->text.len - d->taken, n = 0;
	const char *s;

	if (len == 0)
		return 0;
	s = (const char *)d->text.ptr + d->taken;
	while (n < len && s[n] != '\n' && s[n] != '\r')
		n++;
	if (n == len || (n + 1 == len && s[n] == '\r'))
		return d->end ? len : 0;
	return s[n] == '\r' && s[n + 1] == '\n' ? n + 2 : n + 1;
}

static bw_err
check_line(const struct decode *d, const char *s, size_t n, struct fault *f)
{
	if (memchr(s, 0, n) != NULL) {
		fault_set(f, d->number, "it holds a zero byte: this is no CSV "
		    "text");
		return BW_ERR_FORMAT;
	}
	if (text_is_utf8(s, n))
		return BW_OK;
	fault_set(f, d->number, "it is not %s%s: save the file as \"CSV "
	    "UTF-8\", or download it again", decode_charset_name(d->charset),
	    d->charset == CHARSET_UTF8 ? "" :
	    FAULT_PART(" as the rest of the file is"));
	return BW_ERR_FORMAT;
}

bw_err
decode_line(struct decode *d, const char **line, size_t *len, size_t *number,
    struct fault *f)
{
	size_t n;
	bw_err r;

	*line = NULL;
	*len = 0;
	while ((n = line_length(d)) == 0) {
		if (d->end)
			return BW_ERR_NOTFOUND;
		if (d->text.len - d->taken > DECODE_LINE_MAX) {
			fault_set(f, d->number + 1, "it is longer than %u "
			    "bytes", DECODE_LINE_MAX);
			return BW_ERR_BOUND;
		}
		if ((r = fill(d)) != BW_OK)
			return r;
	}
	*number = ++d->number;
	*line = (const char *)d->text.ptr + d->taken;
	*len = n;
	d->taken += n;
	return check_line(d, *line, n, f);
}
