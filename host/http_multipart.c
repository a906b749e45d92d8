// SPDX-License-Identifier: Apache-2.0
/*
 * multipart/form-data (RFC 7578) over a body that is all there: parts are found,
 * not copied. As strict as browsers write it: CRLF line ends, a boundary line
 * first, a Content-Disposition with quoted values in each part.
 */
#include <string.h>
#include <strings.h>

#include "host/http.h"
#include "record/crypto.h"

#define BOUNDARY_MAX 70
#define PART_HEAD_MAX 1024

struct walk {
	struct bw_cur in;
	char line[BOUNDARY_MAX + 5];	/* CRLF "--" boundary */
	size_t len;
};

static bool
boundary_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || (c != 0 &&
	    strchr("'()+_,-./:=?", c) != NULL);
}

/* The boundary of the Content-Type, its last parameter. */
static bw_err
begin(struct walk *w, const struct http_request *r)
{
	const char *type = r->head != NULL ?
	    strict_value(r->head, "Content-Type") : NULL;
	const char *b = type != NULL ? strstr(type, "boundary=") : NULL;
	size_t n = 0;

	if (b == NULL || strncasecmp(type, "multipart/form-data", 19) != 0)
		return BW_ERR_FORMAT;
	b += strlen("boundary=");
	if (*b == '"')
		b++;
	while (n <= BOUNDARY_MAX && boundary_char(b[n]))
		n++;
	if (n == 0 || n > BOUNDARY_MAX ||
	    (b[n] != 0 && strcmp(b + n, "\"") != 0))
		return BW_ERR_FORMAT;
	memcpy(w->line, "\r\n--", 4);
	memcpy(w->line + 4, b, n);
	w->len = n + 4;
	w->in = (struct bw_cur){ r->body, r->body_len };
	/* The first one has no line before it. */
	if (w->in.len < w->len - 2 ||
	    memcmp(w->in.ptr, w->line + 2, w->len - 2) != 0)
		return BW_ERR_FORMAT;
	w->in.ptr += w->len - 2;
	w->in.len -= w->len - 2;
	return BW_OK;
}

/* The value of a quoted parameter of a Content-Disposition; what a browser
 * wrote for a quote or a line's end (%22, %0D) stays as it is. */
static bw_err
quoted(const char *head, size_t len, const char *name, char *out, size_t size)
{
	size_t n = strlen(name), i;
	const char *p = memmem(head, len, name, n);
	const char *end = head + len;

	out[0] = 0;
	if (p == NULL)
		return BW_ERR_NOTFOUND;
	p += n;
	for (i = 0; p + i < end && p[i] != '"'; i++) {
		if (i + 1 >= size || (unsigned char)p[i] < ' ')
			return BW_ERR_FORMAT;
		out[i] = p[i];
	}
	out[i] = 0;
	return p + i < end ? BW_OK : BW_ERR_FORMAT;
}

/* The first line of the head that is a Content-Disposition. */
static bw_err
disposition(const char *head, size_t len, char *name, size_t name_size,
    struct http_part *out)
{
	static const char want[] = "Content-Disposition: form-data;";
	size_t n = sizeof(want) - 1;
	const char *p = head, *end = head + len;
	bw_err r;

	while (p < end) {
		const char *cr = memmem(p, (size_t)(end - p), "\r\n", 2);
		size_t line = (size_t)((cr != NULL ? cr : end) - p);

		if (line > n && strncasecmp(p, want, n) == 0) {
			if ((r = quoted(p, line, " name=\"", name,
			    name_size)) != BW_OK)
				return BW_ERR_FORMAT;
			r = quoted(p, line, " filename=\"", out->file,
			    sizeof(out->file));
			return r == BW_ERR_NOTFOUND ? BW_OK : r;
		}
		p += line + 2;
	}
	return BW_ERR_FORMAT;
}

/* The next part; BW_ERR_NOTFOUND after the last. */
static bw_err
next(struct walk *w, char *name, size_t name_size, struct http_part *out)
{
	const uint8_t *at, *head;
	size_t len;

	if (w->in.len >= 2 && memcmp(w->in.ptr, "--", 2) == 0)
		return BW_ERR_NOTFOUND;
	if (w->in.len < 2 || memcmp(w->in.ptr, "\r\n", 2) != 0)
		return BW_ERR_FORMAT;
	head = w->in.ptr + 2;
	len = w->in.len - 2;
	at = memmem(head, len < PART_HEAD_MAX ? len : PART_HEAD_MAX,
	    "\r\n\r\n", 4);
	if (at == NULL || disposition((const char *)head,
	    (size_t)(at - head), name, name_size, out) != BW_OK)
		return BW_ERR_FORMAT;
	out->ptr = at + 4;
	len -= (size_t)(out->ptr - head);
	at = memmem(out->ptr, len, w->line, w->len);
	if (at == NULL)
		return BW_ERR_FORMAT;
	out->len = (size_t)(at - out->ptr);
	w->in.ptr = at + w->len;
	w->in.len = len - out->len - w->len;
	return BW_OK;
}

bw_err
http_part(const struct http_request *r, const char *name, size_t nth,
    struct http_part *out)
{
	struct walk w;
	char is[HTTP_NAME_MAX];
	bw_err e;

	*out = (struct http_part){ 0 };
	if (r->body == NULL)
		return BW_ERR_NOTFOUND;
	e = begin(&w, r);
	while (e == BW_OK) {
		e = next(&w, is, sizeof(is), out);
		if (e == BW_OK && strcmp(is, name) == 0 && nth-- == 0)
			return BW_OK;
	}
	*out = (struct http_part){ 0 };
	return e;
}

/* The hash so far, and one part more. */
static bw_err
add_part(uint8_t hash[static CRYPTO_HASH], const char *name,
    const struct http_part *part)
{
	const struct bw_part parts[] = { PART(hash, CRYPTO_HASH),
		PART(name, strlen(name) + 1),
		PART(part->file, strlen(part->file) + 1),
		PART(part->ptr, part->len) };
	uint8_t next_hash[CRYPTO_HASH];
	bw_err r = crypto_sha256(parts, 4, next_hash);

	memcpy(hash, next_hash, CRYPTO_HASH);
	return r;
}

bw_err
http_form_hash(const struct http_request *r, uint8_t out[static CRYPTO_HASH])
{
	const struct bw_part whole = PART(r->body, r->body_len);
	char name[HTTP_NAME_MAX];
	struct http_part part;
	struct walk w;
	bw_err e;

	memset(out, 0, CRYPTO_HASH);
	if (r->body == NULL || begin(&w, r) != BW_OK)
		return crypto_sha256(&whole, r->body != NULL, out);
	for (part.file[0] = 0; (e = next(&w, name, sizeof(name),
	    &part)) == BW_OK; part.file[0] = 0)
		if ((e = add_part(out, name, &part)) != BW_OK)
			return e;
	/* It breaks off: what stands there is nothing that handlers take. */
	return e == BW_ERR_NOTFOUND || e == BW_ERR_FORMAT ? BW_OK : e;
}
