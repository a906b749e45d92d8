// SPDX-License-Identifier: Apache-2.0
#include "record/checkpoint.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "record/entry.h"
#include "record/note_line.h"

bool
origin_ok(const char *s, size_t len)
{
	if (len == 0 || len > ORIGIN_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!((s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= '0' && s[i] <= '9') || s[i] == '.' ||
		    s[i] == '/' || s[i] == '-'))
			return false;
	return true;
}

bw_err
origin_format(char out[static ORIGIN_MAX + 1], const char *log,
    const char *event, const char *device)
{
	int n;

	out[0] = 0;
	if (!origin_ok(log, strlen(log)) ||
	    !text_is_id(event, strlen(event)) ||
	    !text_is_id(device, strlen(device)))
		return BW_ERR_ARG;
	n = snprintf(out, ORIGIN_MAX + 1, "%s/%s/%s", log, event, device);
	if (n < 0 || n > ORIGIN_MAX) {
		out[0] = 0;
		return BW_ERR_BOUND;
	}
	return BW_OK;
}

bw_err
checkpoint_text(const struct checkpoint *c, struct bw_buf *out)
{
	bw_err r;

	if (!origin_ok(c->origin, strnlen(c->origin, ORIGIN_MAX + 1)) ||
	    c->size > ENTRY_NUMBER_MAX)
		return BW_ERR_ARG;
	if ((r = bw_buf_printf(out, "%s\n%llu\n", c->origin,
	    (unsigned long long)c->size)) != BW_OK ||
	    (r = text_b64(out, c->root, CRYPTO_HASH)) != BW_OK)
		return r;
	return bw_buf_put_u8(out, '\n');
}

bw_err
checkpoint_sign(const struct checkpoint *c, const struct crypto_key *log_key,
    struct bw_buf *out)
{
	uint8_t sig[CRYPTO_SIG], blob[CRYPTO_KID + CRYPTO_DER_MAX];
	size_t start = out->len, len;
	bw_err r;

	if ((r = checkpoint_text(c, out)) != BW_OK ||
	    (r = crypto_kid(crypto_key_spki(log_key), blob)) != BW_OK ||
	    (r = crypto_sign(log_key, &PART(out->ptr + start,
	    out->len - start), 1, sig)) != BW_OK ||
	    (r = crypto_sig_to_der(sig, blob + CRYPTO_KID, &len)) != BW_OK ||
	    (r = bw_buf_put_u8(out, '\n')) != BW_OK)
		return r;
	return note_line_put(out, c->origin, blob, CRYPTO_KID + len);
}

/* The next line of a text, without its LF. */
static bw_err
take_line(struct bw_cur *c, const char **s, size_t *len)
{
	const uint8_t *end;

	if (c->len == 0 || (end = memchr(c->ptr, '\n', c->len)) == NULL)
		return BW_ERR_FORMAT;
	*s = (const char *)c->ptr;
	*len = (size_t)(end - c->ptr);
	c->ptr += *len + 1;
	c->len -= *len + 1;
	return BW_OK;
}

static bw_err
take_root(struct bw_cur *c, uint8_t root[static CRYPTO_HASH])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_HASH);
	const char *s;
	size_t len;
	bw_err r;

	if ((r = take_line(c, &s, &len)) == BW_OK &&
	    (r = text_unb64(s, len, &b)) == BW_OK) {
		if (b.len == CRYPTO_HASH)
			memcpy(root, b.ptr, CRYPTO_HASH);
		else
			r = BW_ERR_FORMAT;
	}
	bw_buf_free(&b);
	return r;
}

static bw_err
parse_text(struct bw_cur c, struct checkpoint *out)
{
	const char *s;
	size_t len;
	bw_err r;

	if ((r = take_line(&c, &s, &len)) != BW_OK)
		return r;
	if (!origin_ok(s, len))
		return BW_ERR_FORMAT;
	memcpy(out->origin, s, len);
	out->origin[len] = 0;
	if ((r = take_line(&c, &s, &len)) != BW_OK ||
	    (r = text_number(s, len, ENTRY_NUMBER_MAX, &out->size)) != BW_OK ||
	    (r = take_root(&c, out->root)) != BW_OK)
		return r;
	return c.len == 0 ? BW_OK : BW_ERR_FORMAT;
}

bw_err
checkpoint_peek(const char *note, size_t len, struct checkpoint *out)
{
	struct bw_cur text, lines;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = note_cut(note, len, &text, &lines)) == BW_OK)
		r = parse_text(text, out);
	if (r != BW_OK)
		memset(out, 0, sizeof(*out));
	return r;
}

/* Does the log's own line in this note verify over its text? */
static bw_err
check_line(const char *note, size_t len, const uint8_t *spki,
    const char *origin)
{
	struct bw_cur text, lines;
	struct note_line line;
	uint8_t kid[CRYPTO_KID], sig[CRYPTO_SIG];
	bw_err r;

	if ((r = note_cut(note, len, &text, &lines)) != BW_OK ||
	    (r = crypto_kid(spki, kid)) != BW_OK ||
	    (r = note_line_find(lines, origin, kid, &line)) != BW_OK)
		return r;
	if (crypto_sig_from_der(line.blob + CRYPTO_KID,
	    line.blob_len - CRYPTO_KID, sig) != BW_OK)
		return BW_ERR_SIG;
	return crypto_verify(spki, &PART(text.ptr, text.len), 1, sig);
}

bw_err
checkpoint_verify(const char *note, size_t len,
    const uint8_t spki[static CRYPTO_SPKI], const char *origin,
    struct checkpoint *out)
{
	bw_err r;

	if ((r = checkpoint_peek(note, len, out)) == BW_OK) {
		if (origin != NULL && strcmp(origin, out->origin) != 0)
			r = BW_ERR_SIG;
		else
			r = check_line(note, len, spki, out->origin);
	}
	if (r != BW_OK)
		memset(out, 0, sizeof(*out));
	return r;
}

bw_err
vkey_format(const char *origin, const uint8_t spki[static CRYPTO_SPKI],
    char out[static VKEY_MAX])
{
	uint8_t kid[CRYPTO_KID];
	char hex[TEXT_HEX_SIZE(CRYPTO_KID)];
	struct bw_buf b = BW_BUF_INIT(VKEY_MAX - 1);
	uint8_t typed[1 + CRYPTO_SPKI] = { 2 };
	bw_err r = BW_ERR_ARG;

	memset(out, 0, VKEY_MAX);
	memcpy(typed + 1, spki, CRYPTO_SPKI);
	if (!origin_ok(origin, strlen(origin)) ||
	    (r = crypto_kid(spki, kid)) != BW_OK)
		goto out;
	text_hex(kid, CRYPTO_KID, hex);
	if ((r = bw_buf_printf(&b, "%s+%s+", origin, hex)) != BW_OK ||
	    (r = text_b64(&b, typed, sizeof(typed))) != BW_OK)
		goto out;
	memcpy(out, b.ptr, b.len);
	r = BW_OK;
out:
	bw_buf_free(&b);
	return r;
}

/* "<kid hex>+<base64(02 || SPKI)>" */
static bw_err
parse_key(const char *s, uint8_t spki[static CRYPTO_SPKI])
{
	struct bw_buf b = BW_BUF_INIT(1 + CRYPTO_SPKI);
	uint8_t kid[CRYPTO_KID], have[CRYPTO_KID];
	char hex[TEXT_HEX_SIZE(CRYPTO_KID)];
	bw_err r = BW_ERR_FORMAT;

	if (strlen(s) < sizeof(hex) || s[sizeof(hex) - 1] != '+')
		goto out;
	memcpy(hex, s, sizeof(hex) - 1);
	hex[sizeof(hex) - 1] = 0;
	s += sizeof(hex);
	if ((r = text_unhex(hex, kid, CRYPTO_KID)) != BW_OK ||
	    (r = text_unb64(s, strlen(s), &b)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;
	if (b.len != 1 + CRYPTO_SPKI || b.ptr[0] != 2)
		goto out;
	memcpy(spki, b.ptr + 1, CRYPTO_SPKI);
	if ((r = crypto_spki_check(spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = crypto_kid(spki, have)) != BW_OK)
		goto out;
	r = memcmp(kid, have, CRYPTO_KID) == 0 ? BW_OK : BW_ERR_FORMAT;
out:
	bw_buf_free(&b);
	return r;
}

bw_err
vkey_parse(const char *vkey, char origin[static ORIGIN_MAX + 1],
    uint8_t spki[static CRYPTO_SPKI])
{
	const char *plus = strchr(vkey, '+');
	bw_err r = BW_ERR_FORMAT;

	memset(origin, 0, ORIGIN_MAX + 1);
	memset(spki, 0, CRYPTO_SPKI);
	if (strlen(vkey) >= VKEY_MAX || plus == NULL ||
	    !origin_ok(vkey, (size_t)(plus - vkey)))
		return r;
	if ((r = parse_key(plus + 1, spki)) == BW_OK)
		memcpy(origin, vkey, (size_t)(plus - vkey));
	else
		memset(spki, 0, CRYPTO_SPKI);
	return r;
}
