// SPDX-License-Identifier: Apache-2.0
#include "record/note_line.h"

#include <string.h>

#include "base/text.h"
#include "record/checkpoint.h"

#define DASH "\xe2\x80\x94 "	/* EM DASH and a space */
#define DASH_LEN 4

bw_err
note_cut(const char *note, size_t len, struct bw_cur *text,
    struct bw_cur *lines)
{
	const char *gap;
	size_t head;

	*text = *lines = (struct bw_cur){ NULL, 0 };
	if (len > NOTE_MAX)
		return BW_ERR_BOUND;
	if (len == 0 || note[len - 1] != '\n' ||
	    (gap = memmem(note, len, "\n\n", 2)) == NULL)
		return BW_ERR_FORMAT;
	head = (size_t)(gap - note) + 1;
	if (head == 1 || head + 1 == len)
		return BW_ERR_FORMAT;
	*text = (struct bw_cur){ (const uint8_t *)note, head };
	*lines = (struct bw_cur){ (const uint8_t *)note + head + 1,
	    len - head - 1 };
	return BW_OK;
}

/* A key name: UTF-8 without spaces, controls and plus signs. */
static bool
is_name(const char *s, size_t len)
{
	return len != 0 && text_is_clean(s, len) &&
	    memchr(s, ' ', len) == NULL && memchr(s, '+', len) == NULL;
}

static bw_err
take_blob(const char *s, size_t len, struct note_line *out)
{
	struct bw_buf b = BW_BUF_INIT(NOTE_BLOB_MAX);
	bw_err r;

	if ((r = text_unb64(s, len, &b)) == BW_OK) {
		if (b.len <= CRYPTO_KID)
			r = BW_ERR_FORMAT;
		else
			memcpy(out->blob, b.ptr, b.len);
		out->blob_len = b.len;
	}
	bw_buf_free(&b);
	return r;
}

bw_err
note_line_next(struct bw_cur *lines, struct note_line *out)
{
	const char *p = (const char *)lines->ptr, *end, *space;
	size_t len;

	memset(out, 0, sizeof(*out));
	if (lines->len == 0 || (end = memchr(p, '\n', lines->len)) == NULL)
		return BW_ERR_FORMAT;
	len = (size_t)(end - p);
	lines->ptr += len + 1;
	lines->len -= len + 1;
	if (len < DASH_LEN || memcmp(p, DASH, DASH_LEN) != 0)
		return BW_ERR_FORMAT;
	p += DASH_LEN;
	if ((space = memchr(p, ' ', (size_t)(end - p))) == NULL)
		return BW_ERR_FORMAT;
	out->name = p;
	out->name_len = (size_t)(space - p);
	if (!is_name(out->name, out->name_len))
		return BW_ERR_FORMAT;
	return take_blob(space + 1, (size_t)(end - space) - 1, out);
}

bw_err
note_line_find(struct bw_cur lines, const char *name,
    const uint8_t kid[static CRYPTO_KID], struct note_line *out)
{
	struct note_line line;
	unsigned found = 0;
	bw_err r;

	memset(out, 0, sizeof(*out));
	while (lines.len != 0) {
		if ((r = note_line_next(&lines, &line)) != BW_OK)
			return r;
		if (line.name_len != strlen(name) ||
		    memcmp(line.name, name, line.name_len) != 0 ||
		    memcmp(line.blob, kid, CRYPTO_KID) != 0)
			continue;
		*out = line;
		found++;
	}
	return found == 1 ? BW_OK : BW_ERR_SIG;
}

bw_err
note_line_put(struct bw_buf *b, const char *name, const uint8_t *blob,
    size_t len)
{
	bw_err r;

	if ((r = bw_buf_put_str(b, DASH)) != BW_OK ||
	    (r = bw_buf_put_str(b, name)) != BW_OK ||
	    (r = bw_buf_put_u8(b, ' ')) != BW_OK ||
	    (r = text_b64(b, blob, len)) != BW_OK)
		return r;
	return bw_buf_put_u8(b, '\n');
}
