// SPDX-License-Identifier: Apache-2.0
#include "record/jws.h"

#include <string.h>

#include "record/canon.h"

#define HEADER_MAX 512		/* bytes of a header */
#define HEADER_TEXT_MAX 683	/* of its base64url */
#define SIG_TEXT 86		/* characters of a signature */

/* The three parts of a compact token, still in base64url. */
struct token {
	const char *part[3];
	size_t len[3];
	size_t signed_len;	/* of header "." payload */
};

static bw_err
split(const char *jws, size_t len, struct token *t)
{
	const char *at = jws, *end = jws + len;

	for (int i = 0; i < 3; i++) {
		const char *dot = memchr(at, '.', (size_t)(end - at));

		if ((dot == NULL) != (i == 2))
			return BW_ERR_FORMAT;
		t->part[i] = at;
		t->len[i] = (size_t)((dot != NULL ? dot : end) - at);
		at = dot != NULL ? dot + 1 : end;
	}
	t->signed_len = (size_t)(t->part[2] - 1 - jws);
	return BW_OK;
}

static bw_err
put_header(struct bw_buf *out, const char *kid, const char *typ)
{
	struct bw_buf b = BW_BUF_INIT(HEADER_MAX);
	json_t *json = json_pack("{s:s, s:s, s:s}", "alg", "ES256",
	    "kid", kid, "typ", typ);
	bw_err r;

	if ((r = canon_put(&b, json)) == BW_OK)
		r = text_b64url(out, b.ptr, b.len);
	json_decref(json);
	bw_buf_free(&b);
	return r;
}

bw_err
jws_sign(const struct crypto_key *key, const char *kid, const char *typ,
    const uint8_t *payload, size_t len, struct bw_buf *out)
{
	uint8_t sig[CRYPTO_SIG];
	size_t start = out->len;
	bw_err r;

	if (!text_is_id(kid, strlen(kid)))
		return BW_ERR_ARG;
	if ((r = put_header(out, kid, typ)) != BW_OK ||
	    (r = bw_buf_put_u8(out, '.')) != BW_OK ||
	    (r = text_b64url(out, payload, len)) != BW_OK ||
	    (r = crypto_sign(key, &PART(out->ptr + start, out->len - start),
	    1, sig)) != BW_OK ||
	    (r = bw_buf_put_u8(out, '.')) != BW_OK)
		return r;
	return text_b64url(out, sig, sizeof(sig));
}

/* The header, which must be the one spelling that put_header makes. */
static bw_err
take_header(const struct token *t, const char *typ,
    char kid[static TEXT_ID_MAX + 1])
{
	struct bw_buf b = BW_BUF_INIT(HEADER_MAX);
	struct bw_buf again = BW_BUF_INIT(HEADER_TEXT_MAX);
	json_t *json = NULL;
	const char *got_typ;
	bw_err r = BW_ERR_FORMAT;

	if (t->len[0] > HEADER_TEXT_MAX)
		goto out;
	if ((r = text_unb64url(t->part[0], t->len[0], &b)) != BW_OK ||
	    (r = canon_load((const char *)b.ptr, b.len, HEADER_MAX,
	    &json)) != BW_OK ||
	    (r = canon_text(json_object_get(json, "kid"), kid,
	    TEXT_ID_MAX)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;
	got_typ = json_string_value(json_object_get(json, "typ"));
	if (!text_is_id(kid, strlen(kid)) || got_typ == NULL ||
	    (typ != NULL && strcmp(got_typ, typ) != 0))
		goto out;
	if ((r = put_header(&again, kid, got_typ)) != BW_OK)
		goto out;
	r = again.len == t->len[0] &&
	    memcmp(again.ptr, t->part[0], again.len) == 0 ? BW_OK :
	    BW_ERR_FORMAT;
out:
	if (r != BW_OK)
		memset(kid, 0, TEXT_ID_MAX + 1);
	json_decref(json);
	bw_buf_free(&b);
	bw_buf_free(&again);
	return r;
}

bw_err
jws_kid(const char *jws, size_t len, char kid[static TEXT_ID_MAX + 1])
{
	struct token t;
	bw_err r;

	kid[0] = 0;
	if ((r = split(jws, len, &t)) != BW_OK)
		return r;
	return take_header(&t, NULL, kid);
}

bw_err
jws_verify(const char *jws, size_t len,
    const uint8_t spki[static CRYPTO_SPKI], const char *typ,
    struct bw_buf *out)
{
	struct bw_buf sig = BW_BUF_INIT(CRYPTO_SIG);
	struct bw_buf payload = BW_BUF_INIT(out->max);
	char kid[TEXT_ID_MAX + 1];
	struct token t;
	bw_err r;

	if ((r = split(jws, len, &t)) != BW_OK ||
	    (r = take_header(&t, typ, kid)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;
	if (t.len[2] != SIG_TEXT)
		goto out;
	if ((r = text_unb64url(t.part[2], t.len[2], &sig)) != BW_OK)
		goto out;
	if ((r = crypto_verify(spki, &PART(jws, t.signed_len), 1,
	    sig.ptr)) != BW_OK)
		goto out;
	if ((r = text_unb64url(t.part[1], t.len[1], &payload)) != BW_OK)
		goto out;
	r = bw_buf_put(out, payload.ptr, payload.len);
out:
	bw_buf_free(&sig);
	bw_buf_free(&payload);
	return r;
}
