// SPDX-License-Identifier: Apache-2.0
#include "host/enrol_api.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "host/ingest.h"
#include "host/policy_issue.h"
#include "record/enrol.h"
#include "record/upload.h"

#define UNKNOWN "there is no such invitation: check the address, " \
	"or have staff make a new one with \"device renew\""
#define OVER "this invitation was used, revoked or has expired: " \
	"have staff make a new address, with \"device renew\" if the " \
	"device never enrolled, else by adding it under a new name"
#define OTHERS "another device has taken this invitation: have staff " \
	"revoke it and add yours under a new name"
#define NO_POLICY "no policy is installed that has this device's sponsor; " \
	"staff must run badgeward policy install"

static bool
id_ok(const char *id)
{
	uint8_t raw[(ENROL_ID_HEX - 1) / 2];

	return strlen(id) == ENROL_ID_HEX - 1 &&
	    text_unhex(id, raw, sizeof(raw)) == BW_OK;
}

static void
too_many(struct call *c, unsigned wait)
{
	http_error(c->out, 429, "too many attempts; wait and try again");
	c->out->retry_after = wait;
}

/* Look an invitation up; an id that is not known costs the asker a try. */
static bw_err
find(struct call *c, const char *id, struct store_enrol *e)
{
	unsigned wait;
	bw_err r = store_enrol_get(c->store, id, e);

	if (r == BW_OK)
		return BW_OK;
	if (r != BW_ERR_NOTFOUND)
		http_failure(c->out, r);
	else if (throttle_take(c->host->unknown, c->in->source,
	    clock_mono_ms(), &wait))
		http_error(c->out, 404, UNKNOWN);
	else
		too_many(c, wait);
	return BW_ERR_DENIED;
}

static void
enrol_free(struct store_enrol *e)
{
	bw_buf_free(&e->answer);
	explicit_bzero(e->code, sizeof(e->code));
}

/* Whether it can be taken still, or was just now and may be asked again. */
static bool
is_good(const struct call *c, const struct store_enrol *e)
{
	if (e->device.state == DEVICE_REVOKED)
		return false;
	if (e->device.enrolled)
		return e->answer_until > c->now;
	return e->open && e->until > c->now;
}

static bw_err
offer_json(struct call *c, const struct store_enrol *e, struct bw_buf *json)
{
	struct enrol_offer o = { .policy = BW_BUF_INIT(POLICY_MAX) };
	bw_err r;

	strcpy(o.event, c->host->dir->config.event_id);
	strcpy(o.device, e->device.name);
	strcpy(o.origin, e->device.origin);
	if ((r = policy_offer(c->store, c->host->dir, &e->device,
	    &o.policy)) == BW_OK)
		r = enrol_offer_encode(&o, json);
	enrol_offer_free(&o);
	return r;
}

void
enrol_get(struct call *c)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX * 2);
	struct store_enrol e;
	const char *id;
	bw_err r;

	if (!http_query(c->in, "id", &id) || !id_ok(id)) {
		http_error(c->out, 400, "say which invitation: "
		    "GET /v1/device/enrol?id=ID, 16 hexadecimal digits");
		return;
	}
	if (find(c, id, &e) != BW_OK) {
		enrol_free(&e);
		return;
	}
	if (!is_good(c, &e))
		http_error(c->out, 410, OVER);
	else if ((r = offer_json(c, &e, &json)) == BW_OK)
		http_text(c->out, 200, "application/json", json.ptr,
		    json.len);
	else if (r == BW_ERR_NOTFOUND)
		http_error(c->out, 404, NO_POLICY);
	else
		http_failure(c->out, r);
	enrol_free(&e);
	bw_buf_free(&json);
}

/* What makes two POSTs the same one: the invitation, the keys and the first
 * entry. */
static bw_err
post_hash(const struct enrol_post *p, uint8_t out[static CRYPTO_HASH])
{
	struct bw_part parts[6] = {
		PART(p->id, sizeof(p->id)),
		PART(p->log_spki, sizeof(p->log_spki)),
		PART(p->seal_spki, sizeof(p->seal_spki)),
		PART(p->identity_spki, sizeof(p->identity_spki)),
		PART(p->proof, sizeof(p->proof)),
		PART(p->entry.ptr, p->entry.len)
	};

	return crypto_sha256(parts, 6, out);
}

/* Asked again: the same answer for a day, and no other keys ever. */
static void
again(struct call *c, const struct store_enrol *e, const uint8_t *hash)
{
	if (memcmp(hash, e->post, CRYPTO_HASH) != 0)
		http_error(c->out, 409, OTHERS);
	else if (e->answer_until <= c->now || e->answer.len == 0)
		http_error(c->out, 410, OVER);
	else
		http_text(c->out, 200, "application/json", e->answer.ptr,
		    e->answer.len);
}

/* The proof shows that whoever made these keys has the code. */
static bw_err
check_proof(struct call *c, const struct store_enrol *e,
    const struct enrol_post *p)
{
	uint8_t proof[CRYPTO_HASH];
	unsigned wait;
	bw_err r;

	if (!throttle_ready(c->host->proofs, p->id, clock_mono_ms(), &wait)) {
		too_many(c, wait);
		return BW_ERR_DENIED;
	}
	if ((r = enrol_proof(e->code, e->device.name, p->log_spki,
	    p->seal_spki, p->identity_spki, proof)) != BW_OK) {
		http_failure(c->out, r);
		return BW_ERR_DENIED;
	}
	if (crypto_equal(proof, p->proof, sizeof(proof)))
		return BW_OK;
	(void)throttle_take(c->host->proofs, p->id, clock_mono_ms(), &wait);
	log_warn("device %s: enrolment refused, wrong proof", e->device.name);
	http_error(c->out, 403, "the proof is wrong: type or scan the "
	    "enrol address again");
	return BW_ERR_DENIED;
}

/* The open entry and its checkpoint in the upload form, taken in. */
static bw_err
take_log(struct call *c, const struct store_device *d,
    const struct enrol_post *p, struct ingest_out *out)
{
	struct bw_buf up = BW_BUF_INIT(ENROL_POST_MAX);
	struct upload_item item = { p->entry.ptr, p->entry.len, p->body.ptr,
		p->body.len };
	struct ingest_in in = { .host = c->host->dir, .device = d,
		.now = c->now };
	bw_err r;

	if ((r = upload_put_item(&up, &item)) != BW_OK ||
	    (r = upload_put_note(&up, (const char *)p->note.ptr,
	    p->note.len)) != BW_OK)
		goto out;
	in.ptr = up.ptr;
	in.len = up.len;
	r = ingest_first(c->store, &in, out);
out:
	bw_buf_free(&up);
	return r;
}

static bw_err
answer_make(const struct bw_buf *jws, struct bw_buf *json)
{
	bw_err r;

	/* A compact JWS holds nothing that JSON would have to escape. */
	if ((r = bw_buf_put_str(json, "{\"policy\":\"")) != BW_OK ||
	    (r = bw_buf_put(json, jws->ptr, jws->len)) != BW_OK)
		return r;
	return bw_buf_put_str(json, "\"}");
}

/* Everything an enrolment writes, inside a transaction. */
static bw_err
write_all(struct call *c, struct store_enrol *e, const struct enrol_post *p,
    const uint8_t *hash, struct bw_buf *answer, struct ingest_out *out)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct store_device d = e->device;
	char actor[TEXT_ID_MAX + 8];
	uint64_t serial;
	bool fresh;
	bw_err r;

	memcpy(d.log_spki, p->log_spki, CRYPTO_SPKI);
	memcpy(d.seal_spki, p->seal_spki, CRYPTO_SPKI);
	memcpy(d.identity_spki, p->identity_spki, CRYPTO_SPKI);
	if ((r = policy_issue(c->store, c->host->dir, &d, &jws, &serial,
	    &fresh)) != BW_OK || (r = answer_make(&jws, answer)) != BW_OK ||
	    (r = store_enrol_finish(c->store, p->id, p, hash, answer, c->now,
	    c->now + ENROL_ANSWER_SECONDS)) != BW_OK ||
	    (r = take_log(c, &d, p, out)) != BW_OK)
		goto out;
	snprintf(actor, sizeof(actor), "device:%s", d.name);
	r = store_audit(c->store, c->now, actor, DID_ENROL, d.name);
out:
	bw_buf_free(&jws);
	return r;
}

static void
answer_failed(struct call *c, const struct ingest_out *out, bw_err r)
{
	switch ((int)r) {
	case BW_ERR_NOTFOUND:
		http_error(c->out, 404, NO_POLICY);
		break;
	case BW_ERR_FORMAT:
	case BW_ERR_CHAIN:
	case BW_ERR_COMMIT:
	case BW_ERR_SIG:
	case BW_ERR_ROOT:
	case BW_ERR_KEY:
	case BW_ERR_DENIED:
		if (out->why != NULL)
			http_error(c->out, 422, out->why);
		else
			http_failure(c->out, r);
		break;
	default:
		http_failure(c->out, r);
		break;
	}
}

/* Enrol. The invitation is looked up again inside the transaction, because
 * the same POST may be on its way twice. */
static void
enrol(struct call *c, const struct enrol_post *p, const uint8_t *hash)
{
	struct bw_buf answer = BW_BUF_INIT(POLICY_MAX * 2);
	struct ingest_out out = { 0 };
	struct store_enrol e = { 0 };
	bw_err r;

	if ((r = store_begin(c->store)) != BW_OK ||
	    (r = store_enrol_get(c->store, p->id, &e)) != BW_OK) {
		http_failure(c->out, r);
		goto out;
	}
	if (e.device.enrolled) {
		again(c, &e, hash);
		goto out;
	}
	if (!is_good(c, &e)) {
		http_error(c->out, 410, OVER);
		goto out;
	}
	if ((r = write_all(c, &e, p, hash, &answer, &out)) != BW_OK ||
	    (r = store_commit(c->store)) != BW_OK) {
		answer_failed(c, &out, r);
		goto out;
	}
	log_info("device %s: enrolled", e.device.name);
	http_text(c->out, 200, "application/json", answer.ptr, answer.len);
out:
	store_rollback(c->store);
	enrol_free(&e);
	bw_buf_free(&out.note);
	bw_buf_free(&answer);
}

static void
decide(struct call *c, const struct enrol_post *p)
{
	uint8_t hash[CRYPTO_HASH];
	struct store_enrol e;
	bw_err r;

	if (find(c, p->id, &e) != BW_OK)
		goto out;
	if ((r = post_hash(p, hash)) != BW_OK)
		http_failure(c->out, r);
	else if (e.device.state == DEVICE_REVOKED)
		http_error(c->out, 410, OVER);
	else if (e.device.enrolled)
		again(c, &e, hash);
	else if (!is_good(c, &e))
		http_error(c->out, 410, OVER);
	else if (check_proof(c, &e, p) == BW_OK)
		enrol(c, p, hash);
out:
	enrol_free(&e);
}

void
enrol_post(struct call *c)
{
	struct enrol_post p = { 0 };

	if (enrol_post_decode((const char *)c->in->body, c->in->body_len,
	    &p) != BW_OK)
		http_error(c->out, 400, "an enrolment is the JSON object "
		    "{id, log_spki, seal_spki, identity_spki, entry, body, "
		    "note, proof}, bytes in base64");
	else
		decide(c, &p);
	enrol_post_free(&p);
}
