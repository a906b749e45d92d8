// SPDX-License-Identifier: Apache-2.0
#include "record/receipt.h"

#include <string.h>

#include "base/text.h"
#include "record/cbor.h"
#include "record/entry.h"
#include "record/tree.h"

#define LABEL_RECEIPT "badgeward/1 receipt"
#define CODE_MAX 512	/* base32 characters of the longest code */

bw_err
receipt_hash(const uint8_t rc[static RECEIPT_RC],
    uint8_t rh[static RECEIPT_RH])
{
	const struct bw_part parts[] = { PART_STR0(LABEL_RECEIPT),
	    PART(rc, RECEIPT_RC) };
	uint8_t hash[CRYPTO_HASH];
	bw_err r = crypto_sha256(parts, 2, hash);

	memcpy(rh, hash, RECEIPT_RH);
	return r;
}

bw_err
receipt_url(const char *base, const uint8_t rc[static RECEIPT_RC],
    struct bw_buf *out)
{
	bw_err r;

	if ((r = bw_buf_put_str(out, base)) != BW_OK ||
	    (r = bw_buf_put_str(out, "/r/#")) != BW_OK)
		return r;
	return text_b32(out, rc, RECEIPT_RC);
}

bw_err
promise_text(const char *origin, uint64_t index,
    const uint8_t leaf[static CRYPTO_HASH], struct bw_buf *out)
{
	bw_err r;

	if ((r = bw_buf_printf(out, "badgeward/1 promise\n%s\n%llu\n", origin,
	    (unsigned long long)index)) != BW_OK ||
	    (r = text_b64(out, leaf, CRYPTO_HASH)) != BW_OK)
		return r;
	return bw_buf_put_u8(out, '\n');
}

bw_err
promise_make(const char *origin, uint64_t index,
    const uint8_t leaf[static CRYPTO_HASH],
    const uint8_t rc[static RECEIPT_RC], const struct crypto_key *log_key,
    struct promise *out)
{
	struct bw_buf b = BW_BUF_INIT(512);
	bw_err r;

	memset(out, 0, sizeof(*out));
	out->index = index;
	memcpy(out->leaf, leaf, CRYPTO_HASH);
	memcpy(out->rc, rc, RECEIPT_RC);
	if ((r = crypto_kid(crypto_key_spki(log_key), out->kid)) == BW_OK &&
	    (r = promise_text(origin, index, leaf, &b)) == BW_OK)
		r = crypto_sign(log_key, &PART(b.ptr, b.len), 1, out->sig);
	bw_buf_free(&b);
	return r;
}

bw_err
promise_encode(const struct promise *p, struct bw_buf *b)
{
	bw_err r;

	if (p->index > ENTRY_NUMBER_MAX)
		return BW_ERR_ARG;
	if ((r = cbor_put_array(b, 6)) != BW_OK ||
	    (r = cbor_put_uint(b, 1)) != BW_OK ||
	    (r = cbor_put_bytes(b, p->kid, CRYPTO_KID)) != BW_OK ||
	    (r = cbor_put_uint(b, p->index)) != BW_OK ||
	    (r = cbor_put_bytes(b, p->leaf, CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_put_bytes(b, p->sig, CRYPTO_SIG)) != BW_OK)
		return r;
	return cbor_put_bytes(b, p->rc, RECEIPT_RC);
}

bw_err
promise_decode(const uint8_t *ptr, size_t len, struct promise *out)
{
	struct bw_cur c = { ptr, len };
	uint64_t version;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = cbor_get_array(&c, 6)) != BW_OK ||
	    (r = cbor_get_uint(&c, 1, &version)) != BW_OK ||
	    (r = version == 1 ? BW_OK : BW_ERR_FORMAT) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->kid, CRYPTO_KID)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_NUMBER_MAX, &out->index)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->leaf, CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->sig, CRYPTO_SIG)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->rc, RECEIPT_RC)) != BW_OK ||
	    (r = cbor_end(&c)) != BW_OK)
		explicit_bzero(out, sizeof(*out));
	return r;
}

bw_err
promise_verify(const struct promise *p, const char *origin,
    const uint8_t spki[static CRYPTO_SPKI])
{
	struct bw_buf b = BW_BUF_INIT(512);
	uint8_t kid[CRYPTO_KID];
	bw_err r;

	if ((r = crypto_kid(spki, kid)) != BW_OK)
		goto out;
	r = BW_ERR_SIG;
	if (memcmp(kid, p->kid, CRYPTO_KID) != 0)
		goto out;
	if ((r = promise_text(origin, p->index, p->leaf, &b)) == BW_OK)
		r = crypto_verify(spki, &PART(b.ptr, b.len), 1, p->sig);
out:
	bw_buf_free(&b);
	return r;
}

/* Base32 characters of what people paste, upper case. */
static bw_err
clean_code(const char *s, size_t len, struct bw_buf *out)
{
	bw_err r;

	for (size_t i = 0; i < len; i++) {
		char c = s[i];

		if (c == ' ' || c == '-' || c == '\t' || c == '\r' ||
		    c == '\n')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((r = bw_buf_put_u8(out, (uint8_t)c)) != BW_OK)
			return r;
	}
	return out->len != 0 ? BW_OK : BW_ERR_FORMAT;
}

static bw_err
take_code(const struct bw_buf *code, uint8_t rc[static RECEIPT_RC],
    struct bw_buf *promise)
{
	struct bw_buf b = BW_BUF_INIT(CODE_MAX);
	struct promise p;
	bw_err r;

	r = text_unb32((const char *)code->ptr, code->len, &b);
	if (r != BW_OK)
		goto out;
	if (code->len == RECEIPT_CODE) {
		memcpy(rc, b.ptr, RECEIPT_RC);
		goto out;
	}
	if ((r = promise_decode(b.ptr, b.len, &p)) != BW_OK)
		goto out;
	if ((r = bw_buf_put(promise, b.ptr, b.len)) == BW_OK)
		memcpy(rc, p.rc, RECEIPT_RC);
	explicit_bzero(&p, sizeof(p));
out:
	bw_buf_free(&b);
	return r;
}

bw_err
receipt_parse(const char *text, size_t len, uint8_t rc[static RECEIPT_RC],
    struct bw_buf *promise)
{
	struct bw_buf code = BW_BUF_INIT(CODE_MAX);
	const char *hash = len != 0 ? memchr(text, '#', len) : NULL;
	bw_err r;

	memset(rc, 0, RECEIPT_RC);
	if (hash != NULL) {
		len -= (size_t)(hash + 1 - text);
		text = hash + 1;
	}
	if ((r = clean_code(text, len, &code)) == BW_OK)
		r = take_code(&code, rc, promise);
	bw_buf_free(&code);
	return r;
}

bw_err
tlog_proof_encode(const uint8_t *extra, size_t extra_len, uint64_t index,
    const struct tree_proof *proof, const char *note, size_t note_len,
    struct bw_buf *out)
{
	bw_err r;

	if ((r = bw_buf_put_str(out, "c2sp.org/tlog-proof@v1\n")) != BW_OK)
		return r;
	if (extra != NULL &&
	    ((r = bw_buf_put_str(out, "extra ")) != BW_OK ||
	    (r = text_b64(out, extra, extra_len)) != BW_OK ||
	    (r = bw_buf_put_u8(out, '\n')) != BW_OK))
		return r;
	if ((r = bw_buf_printf(out, "index %llu\n",
	    (unsigned long long)index)) != BW_OK)
		return r;
	for (size_t i = 0; i < proof->n; i++)
		if ((r = text_b64(out, proof->hash[i], CRYPTO_HASH)) != BW_OK ||
		    (r = bw_buf_put_u8(out, '\n')) != BW_OK)
			return r;
	if ((r = bw_buf_put_u8(out, '\n')) != BW_OK)
		return r;
	return bw_buf_put(out, note, note_len);
}
