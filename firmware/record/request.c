// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "record/canon.h"
#include "record/entry.h"
#include "record/jws.h"

#define BSH_TEXT 43	/* base64url characters of a hash */

/* What both sides ask of claims, beyond their shape. */
static bool
claims_ok(const struct request_claims *c)
{
	uint8_t jti[16];

	return c->iat <= ENTRY_NUMBER_MAX &&
	    text_unhex(c->jti, jti, sizeof(jti)) == BW_OK &&
	    c->htm[0] != 0 && c->htu[0] == '/' &&
	    text_is_clean(c->htu, strlen(c->htu)) &&
	    text_is_clean(c->htm, strlen(c->htm));
}

static bw_err
put_claims(struct bw_buf *out, const struct request_claims *c)
{
	struct bw_buf bsh = BW_BUF_INIT(64);
	json_t *json = NULL;
	bw_err r = BW_ERR_ARG;

	if (!claims_ok(c))
		goto out;
	if ((r = text_b64url(&bsh, c->bsh, sizeof(c->bsh))) != BW_OK)
		goto out;
	json = json_pack("{s:I, s:s, s:s, s:s, s:s%}",
	    "iat", (json_int_t)c->iat, "jti", c->jti, "htm", c->htm,
	    "htu", c->htu, "bsh", (const char *)bsh.ptr, bsh.len);
	r = canon_put(out, json);
out:
	json_decref(json);
	bw_buf_free(&bsh);
	return r;
}

bw_err
request_sign(const struct crypto_key *identity, const char *device,
    const struct request_claims *c, struct bw_buf *out)
{
	struct bw_buf payload = BW_BUF_INIT(JWS_REQUEST_MAX);
	bw_err r;

	if ((r = put_claims(&payload, c)) == BW_OK)
		r = jws_sign(identity, device, JWS_REQUEST_TYP, payload.ptr,
		    payload.len, out);
	bw_buf_free(&payload);
	return r;
}

static bw_err
take_bsh(const json_t *json, uint8_t out[static CRYPTO_HASH])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_HASH);
	const char *s = json_string_value(json);
	bw_err r = BW_ERR_FORMAT;

	if (s == NULL || strlen(s) != BSH_TEXT)
		goto out;
	if ((r = text_unb64url(s, BSH_TEXT, &b)) == BW_OK)
		memcpy(out, b.ptr, CRYPTO_HASH);
out:
	bw_buf_free(&b);
	return r;
}

static bw_err
take_claims(const json_t *o, struct request_claims *out)
{
	bw_err r;

	if (json_object_size(o) != 5)
		return BW_ERR_FORMAT;
	if ((r = canon_uint(json_object_get(o, "iat"), &out->iat)) != BW_OK ||
	    (r = canon_text(json_object_get(o, "jti"), out->jti,
	    sizeof(out->jti) - 1)) != BW_OK ||
	    (r = canon_text(json_object_get(o, "htm"), out->htm,
	    sizeof(out->htm) - 1)) != BW_OK ||
	    (r = canon_text(json_object_get(o, "htu"), out->htu,
	    sizeof(out->htu) - 1)) != BW_OK ||
	    (r = take_bsh(json_object_get(o, "bsh"), out->bsh)) != BW_OK)
		return r;
	return claims_ok(out) ? BW_OK : BW_ERR_FORMAT;
}

bw_err
request_verify(const char *jws, size_t len,
    const uint8_t spki[static CRYPTO_SPKI], struct request_claims *out)
{
	struct bw_buf payload = BW_BUF_INIT(JWS_REQUEST_MAX);
	json_t *json = NULL;
	bw_err r;

	memset(out, 0, sizeof(*out));
	r = BW_ERR_BOUND;
	if (len > JWS_REQUEST_MAX)
		goto out;
	if ((r = jws_verify(jws, len, spki, JWS_REQUEST_TYP,
	    &payload)) != BW_OK ||
	    (r = canon_load((const char *)payload.ptr, payload.len,
	    JWS_REQUEST_MAX, &json)) != BW_OK)
		goto out;
	r = take_claims(json, out);
out:
	if (r != BW_OK)
		memset(out, 0, sizeof(*out));
	json_decref(json);
	bw_buf_free(&payload);
	return r;
}
