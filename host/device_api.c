// SPDX-License-Identifier: Apache-2.0
#include "host/device_api.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "host/hostclock.h"
#include "host/ingest.h"
#include "host/policy_issue.h"
#include "host/session.h"
#include "host/settle.h"
#include "host/store_health.h"

#define NO_POLICY "no policy is installed that has this device's sponsor; " \
	"staff must run badgeward policy install"
#define REVOKED "this device was revoked; take it to the staff"

/* Answer with a JSON object, which is consumed; NULL is a failure. */
static void
answer_json(struct call *c, unsigned status, json_t *o)
{
	char *text = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;

	json_decref(o);
	if (text == NULL)
		http_failure(c->out, BW_ERR_NOMEM);
	else
		http_text(c->out, status, "application/json", text,
		    strlen(text));
	free(text);
}

/* The policy, issued anew in a transaction of its own when that is due. */
static bw_err
policy_now(struct call *c, const struct store_device *d, struct bw_buf *jws,
    uint64_t *serial)
{
	struct store *s = c->store;
	bool fresh;
	bw_err r;

	r = policy_issue(s, c->host->dir, d, jws, serial, &fresh);
	if (r != BW_ERR_ARG)
		return r;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	bw_buf_reset(jws);
	r = policy_issue(s, c->host->dir, d, jws, serial, &fresh);
	if (r == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	if (r == BW_OK && fresh)
		log_info("device %s: policy issued, serial %llu", d->name,
		    (unsigned long long)*serial);
	return r;
}

void
device_get_policy(struct call *c)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct store_device d;
	const char *had = strict_value(c->in->head, "If-None-Match");
	char etag[sizeof(c->out->etag)];
	uint64_t serial;
	bw_err r;

	if (session_device(c, &d) != BW_OK)
		return;
	if (d.state == DEVICE_REVOKED) {
		answer_json(c, 403, json_pack("{s:s, s:b}", "error", REVOKED,
		    "revoked", 1));
		return;
	}
	if ((r = policy_now(c, &d, &jws, &serial)) == BW_OK) {
		snprintf(etag, sizeof(etag), "\"%llu\"",
		    (unsigned long long)serial);
		if (had != NULL && strcmp(had, etag) == 0)
			http_text(c->out, 304, NULL, NULL, 0);
		else
			http_text(c->out, 200, "application/jose", jws.ptr,
			    jws.len);
		memcpy(c->out->etag, etag, sizeof(etag));
	} else if (r == BW_ERR_NOTFOUND)
		http_error(c->out, 404, NO_POLICY);
	else
		http_failure(c->out, r);
	bw_buf_free(&jws);
}

void
device_get_log(struct call *c)
{
	struct bw_buf root = BW_BUF_INIT(TEXT_B64_SIZE(CRYPTO_HASH));
	struct store_device d;
	struct store_log log;
	uint8_t hash[CRYPTO_HASH];
	const char *text;
	bw_err r;

	if (session_device(c, &d) != BW_OK)
		return;
	if ((r = store_log_get(c->store, d.num, &log)) != BW_OK ||
	    (r = tree_root(&log.chain.tree, hash)) != BW_OK ||
	    (r = text_b64(&root, hash, sizeof(hash))) != BW_OK ||
	    (r = bw_buf_cstr(&root, &text)) != BW_OK)
		http_failure(c->out, r);
	else
		answer_json(c, 200, json_pack("{s:I, s:s}", "size",
		    (json_int_t)log.chain.tree.size, "root", text));
	bw_buf_free(&root);
}

/* Which status an upload's failure is, and what it says besides. */
static void
answer_refused(struct call *c, const struct ingest_out *out, bw_err r)
{
	const char *why = out->why != NULL ? out->why : bw_strerror(r);

	/* A number out of bounds in an entry is a wrong byte of it. */
	if (r == BW_ERR_BOUND && out->has_entry)
		r = BW_ERR_FORMAT;
	switch ((int)r) {
	case BW_ERR_GAP:
		answer_json(c, 409, json_pack("{s:s, s:I}", "error", why,
		    "size", (json_int_t)out->size));
		return;
	case BW_ERR_BOUND:
		http_error(c->out, 413, why);
		return;
	case BW_ERR_FORK:	/* what it records never counts again */
		answer_json(c, 403, json_pack("{s:s, s:b}", "error", why,
		    "revoked", 1));
		return;
	case BW_ERR_FORMAT:
	case BW_ERR_CHAIN:
	case BW_ERR_COMMIT:
	case BW_ERR_SIG:
	case BW_ERR_ROOT:
	case BW_ERR_KEY:
	case BW_ERR_DENIED:
		break;
	default:
		http_failure(c->out, r);
		return;
	}
	if (out->has_entry)
		answer_json(c, 422, json_pack("{s:s, s:I}", "error", why,
		    "entry", (json_int_t)out->entry));
	else
		http_error(c->out, 422, why);
}

/* Staff see it before the device closes; it is written once. */
static bw_err
beyond(struct call *c, const struct store_device *d)
{
	bw_err r;

	if (d->held == DEVICE_HELD_LESS)
		return BW_ERR_GAP;
	if ((r = store_begin(c->store)) == BW_OK &&
	    (r = store_device_held_less(c->store, d->num)) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	return r == BW_OK ? BW_ERR_GAP : r;
}

void
device_post_log(struct call *c)
{
	struct store_device d;
	struct ingest_in in = { .host = c->host->dir, .device = &d,
		.ptr = c->in->body, .len = c->in->body_len, .now = c->wall };
	struct ingest_out out = { 0 };
	struct hostclock clock;
	const char *from;
	bw_err r;

	if (session_device(c, &d) != BW_OK)
		return;
	if (!http_query(c->in, "from", &from) || text_number(from,
	    strlen(from), STORE_SEQ_MAX, &in.from) != BW_OK) {
		http_error(c->out, 400, "say where the upload begins: "
		    "POST /v1/device/log?from=N");
		return;
	}
	if ((r = hostclock_ask(c->store, &clock)) == BW_OK) {
		in.doubted = clock.doubt != HOSTCLOCK_FINE;
		r = ingest_upload(c->store, &in, &out);
	}
	if (r == BW_ERR_GAP)
		r = beyond(c, &d);
	if (r == BW_OK) {
		settler_poke(c->host->settler);
		http_text(c->out, 200, "text/plain; charset=utf-8",
		    out.note.ptr, out.note.len);
	} else {
		if (r != BW_ERR_GAP)
			log_warn("device %s: upload refused: %s", d.name,
			    out.why != NULL ? out.why : bw_strerror(r));
		answer_refused(c, &out, r);
	}
	bw_buf_free(&out.note);
}

void
device_post_status(struct call *c)
{
	struct store_device d;
	bw_err r;

	if (session_device(c, &d) != BW_OK)
		return;
	if ((r = store_begin(c->store)) == BW_OK &&
	    (r = store_health_put(c->store, d.num, c->now, c->in->body,
	    c->in->body_len)) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	if (r == BW_ERR_FORMAT) {
		http_error(c->out, 400, "a status is one JSON object");
		return;
	}
	if (r != BW_OK) {
		http_failure(c->out, r);
		return;
	}
	http_text(c->out, 200, "application/json", "{}", 2);
}
