// SPDX-License-Identifier: Apache-2.0
#include "host/session.h"

#include <stdio.h>
#include <string.h>

#include "record/jws.h"

#define OTHER_REQUEST "the token was made for another request"

static bw_err
refuse(struct call *c, const char *sentence)
{
	http_error(c->out, 401, sentence);
	c->out->challenge = "Bearer";
	return BW_ERR_DENIED;
}

static bw_err
token_of(struct call *c, const char **token)
{
	const char *v = strict_value(c->in->head, "Authorization");

	*token = NULL;
	if (v == NULL || strncmp(v, "Bearer ", 7) != 0 ||
	    strlen(v + 7) > JWS_REQUEST_MAX)
		return refuse(c, "a request of a device needs "
		    "\"Authorization: Bearer\" with its signed token");
	*token = v + 7;
	return BW_OK;
}

/* Nothing that it sends will ever count here, as if it were revoked: of a device
 * that was enrolled after the backup that this store was put back from. */
static bw_err
refuse_unknown(struct call *c)
{
	static const char said[] = "{\"error\":\"the token is not that of "
	    "an enrolled device; enrol the device again if it was reset\","
	    "\"revoked\":true}";

	http_text(c->out, 401, "application/json", said, sizeof(said) - 1);
	c->out->challenge = "Bearer";
	return BW_ERR_DENIED;
}

/* The signature. A device that does not exist and one that has another key get
 * the same answer. */
static bw_err
check_signature(struct call *c, const char *token, struct store_device *d,
    struct request_claims *claims)
{
	char kid[TEXT_ID_MAX + 1];
	bw_err r;

	r = jws_kid(token, strlen(token), kid);
	if (r == BW_OK)
		r = store_device_get(c->store, kid, d);
	if (r == BW_OK && d->enrolled)
		r = request_verify(token, strlen(token), d->identity_spki,
		    claims);
	else if (r == BW_OK)
		r = BW_ERR_KEY;
	switch ((int)r) {
	case BW_OK:
		return BW_OK;
	case BW_ERR_NOMEM:
	case BW_ERR_BUSY:
	case BW_ERR_IO:
		http_failure(c->out, r);
		return BW_ERR_DENIED;
	default:
		return refuse_unknown(c);
	}
}

/* The token is for this request and no other, as far as its head shows. */
static bw_err
check_claims(struct call *c, const struct request_claims *claims)
{
	const struct http_request *in = c->in;
	int64_t iat = (int64_t)claims->iat;

	if (strcmp(claims->htm, in->post ? "POST" : "GET") != 0 ||
	    strcmp(claims->htu, in->head->target) != 0)
		return refuse(c, OTHER_REQUEST);
	if (iat < c->wall - SESSION_SKEW || iat > c->wall + SESSION_SKEW)
		return refuse(c, "the token's time is more than 300 seconds "
		    "off; take the time of this answer's Date");
	return BW_OK;
}

bw_err
session_admit(struct call *c, struct http_request *in)
{
	struct request_claims claims;
	struct store_device d;
	const char *token;
	bw_err r;

	if ((r = token_of(c, &token)) != BW_OK ||
	    (r = check_signature(c, token, &d, &claims)) != BW_OK ||
	    (r = check_claims(c, &claims)) != BW_OK)
		return r;
	r = replay_take(c->host->replay, d.num, claims.jti, c->wall);
	if (r == BW_ERR_EXISTS)
		return refuse(c, "the token was used before; "
		    "sign a new one for each request");
	if (r != BW_OK) {
		http_failure(c->out, r);
		return BW_ERR_DENIED;
	}
	in->device = d.num;
	memcpy(in->body_sha256, claims.bsh, sizeof(in->body_sha256));
	return BW_OK;
}

bw_err
session_device(struct call *c, struct store_device *out)
{
	const struct http_request *in = c->in;
	struct bw_part body = PART(in->body, in->body_len);
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if ((r = crypto_sha256(&body, 1, hash)) == BW_OK &&
	    memcmp(hash, in->body_sha256, sizeof(hash)) != 0)
		return refuse(c, OTHER_REQUEST);
	if (r == BW_OK)
		r = store_device_num(c->store, in->device, out);
	if (r == BW_OK)
		return BW_OK;
	http_failure(c->out, r);
	return BW_ERR_DENIED;
}
