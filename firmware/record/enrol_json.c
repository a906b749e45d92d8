// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "record/body.h"
#include "record/canon.h"
#include "record/checkpoint.h"
#include "record/enrol.h"
#include "record/entry.h"
#include "record/policy.h"

#define POST_MAX 16384	/* bytes of the POST's JSON */

bw_err
enrol_post_encode(const struct enrol_post *p, struct bw_buf *json)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s%}",
	    "id", p->id,
	    "log_spki", canon_new_b64(p->log_spki, CRYPTO_SPKI),
	    "seal_spki", canon_new_b64(p->seal_spki, CRYPTO_SPKI),
	    "identity_spki", canon_new_b64(p->identity_spki, CRYPTO_SPKI),
	    "entry", canon_new_b64(p->entry.ptr, p->entry.len),
	    "body", canon_new_b64(p->body.ptr, p->body.len),
	    "proof", canon_new_b64(p->proof, CRYPTO_HASH),
	    "note", (const char *)p->note.ptr, p->note.len);
	bw_err r = canon_put(json, o);

	json_decref(o);
	return r;
}

static bw_err
take_id(const json_t *json, char out[static ENROL_ID_HEX])
{
	uint8_t raw[8];
	bw_err r;

	if ((r = canon_text(json, out, ENROL_ID_HEX - 1)) != BW_OK)
		return r;
	return text_unhex(out, raw, sizeof(raw));
}

/* A JSON string as bytes; line feeds are wanted in a signed note. */
static bw_err
take_string(const json_t *json, struct bw_buf *out)
{
	const char *s = json_string_value(json);

	if (s == NULL)
		return BW_ERR_FORMAT;
	return bw_buf_put(out, s, json_string_length(json));
}

static bw_err
take_post(const json_t *o, struct enrol_post *out)
{
	bw_err r;

	if (json_object_size(o) != 8)
		return BW_ERR_FORMAT;
	if ((r = take_id(json_object_get(o, "id"), out->id)) != BW_OK ||
	    (r = canon_fixed(json_object_get(o, "log_spki"), out->log_spki,
	    CRYPTO_SPKI)) != BW_OK ||
	    (r = canon_fixed(json_object_get(o, "seal_spki"), out->seal_spki,
	    CRYPTO_SPKI)) != BW_OK ||
	    (r = canon_fixed(json_object_get(o, "identity_spki"),
	    out->identity_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = canon_fixed(json_object_get(o, "proof"), out->proof,
	    CRYPTO_HASH)) != BW_OK ||
	    (r = canon_bytes(json_object_get(o, "entry"),
	    &out->entry)) != BW_OK ||
	    (r = canon_bytes(json_object_get(o, "body"), &out->body)) != BW_OK)
		return r;
	return take_string(json_object_get(o, "note"), &out->note);
}

bw_err
enrol_post_decode(const char *json, size_t len, struct enrol_post *out)
{
	json_t *o = NULL;
	bw_err r;

	memset(out, 0, sizeof(*out));
	out->entry.max = ENTRY_MAX;
	out->body.max = BODY_MAX;
	out->note.max = NOTE_MAX;
	if ((r = canon_load(json, len, POST_MAX, &o)) == BW_OK)
		r = take_post(o, out);
	json_decref(o);
	if (r != BW_OK)
		enrol_post_free(out);
	return r;
}

void
enrol_post_free(struct enrol_post *p)
{
	bw_buf_free(&p->entry);
	bw_buf_free(&p->body);
	bw_buf_free(&p->note);
}

bw_err
enrol_offer_encode(const struct enrol_offer *o, struct bw_buf *json)
{
	json_t *j = json_pack("{s:s, s:s, s:s, s:s%}", "event", o->event,
	    "device", o->device, "origin", o->origin,
	    "policy", (const char *)o->policy.ptr, o->policy.len);
	bw_err r = canon_put(json, j);

	json_decref(j);
	return r;
}

static bw_err
take_offer(const json_t *o, struct enrol_offer *out)
{
	bw_err r;

	if (json_object_size(o) != 4)
		return BW_ERR_FORMAT;
	if ((r = canon_text(json_object_get(o, "event"), out->event,
	    sizeof(out->event) - 1)) != BW_OK ||
	    (r = canon_text(json_object_get(o, "device"), out->device,
	    sizeof(out->device) - 1)) != BW_OK ||
	    (r = canon_text(json_object_get(o, "origin"), out->origin,
	    sizeof(out->origin) - 1)) != BW_OK)
		return r;
	return take_string(json_object_get(o, "policy"), &out->policy);
}

bw_err
enrol_offer_decode(const char *json, size_t len, struct enrol_offer *out)
{
	json_t *o = NULL;
	bw_err r;

	memset(out, 0, sizeof(*out));
	out->policy.max = POLICY_MAX;
	if ((r = canon_load(json, len, POLICY_MAX + 1024, &o)) == BW_OK)
		r = take_offer(o, out);
	json_decref(o);
	if (r != BW_OK)
		enrol_offer_free(out);
	return r;
}

void
enrol_offer_free(struct enrol_offer *o)
{
	bw_buf_free(&o->policy);
}
