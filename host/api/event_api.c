// SPDX-License-Identifier: Apache-2.0
/* Devices, counts and logs for programs: of a sponsor, or of the event. */
#include <string.h>

#include "host/api/api.h"
#include "host/store_device.h"
#include "host/store_seen.h"
#include "host/store_settle.h"
#include "host/store_tally.h"

#define HEALTH_MAX 65536

struct walk {
	struct call *c;
	const char *sponsor;		/* NULL: of all */
	json_t *items;
};

static void
answer(struct walk *w, bw_err r)
{
	if (r == BW_OK)
		api_page(w->c, w->items, "", true);
	else {
		json_decref(w->items);
		api_failure(w->c, r);
	}
}

static bw_err
append(struct walk *w, json_t *o, bool ok)
{
	if (ok && json_array_append(w->items, o) == 0) {
		json_decref(o);
		return BW_OK;
	}
	json_decref(o);
	return BW_ERR_NOMEM;
}

/* What the device said of itself, or null: an object, and no more is known. */
static json_t *
health(struct call *c, uint64_t num)
{
	struct bw_buf b = BW_BUF_INIT(HEALTH_MAX);
	json_t *o = NULL;

	if (store_seen_health(c->store, num, &b) == BW_OK)
		o = json_loadb((const char *)b.ptr, b.len,
		    JSON_REJECT_DUPLICATES, NULL);
	bw_buf_free(&b);
	return o != NULL ? o : json_null();
}

static bw_err
on_device(void *arg, const struct store_device *d)
{
	struct walk *w = arg;
	json_t *o;

	if (w->sponsor != NULL && strcmp(w->sponsor, d->sponsor) != 0)
		return BW_OK;
	o = json_pack("{s:s, s:s, s:s, s:b, s:I, s:o}", "name", d->name,
	    "sponsor", d->sponsor, "state", device_state_name(d->state),
	    "forked", d->forked, "entries", (json_int_t)d->size, "health",
	    health(w->c, d->num));
	return append(w, o, o != NULL &&
	    api_put_time(o, "last_seen", d->last_seen) &&
	    api_put_time(o, "enrolled_at", d->enrolled_at) &&
	    api_put_time(o, "revoked_at", d->revoked_at));
}

static void
devices(struct call *c, const char *sponsor)
{
	struct walk w = { c, sponsor, json_array() };

	answer(&w, store_device_each(c->store, on_device, &w));
}

void
api_devices(struct call *c)
{
	devices(c, NULL);
}

void
api_sponsor_devices(struct call *c)
{
	devices(c, c->me->sponsor);
}

static bw_err
on_tally(void *arg, const struct store_tally *t)
{
	json_t *o = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I}",
	    "sponsor", t->sponsor, "device", t->device, "shares",
	    (json_int_t)t->shares, "declines", (json_int_t)t->declines,
	    "no_answers", (json_int_t)t->no_answers, "unreads",
	    (json_int_t)t->unreads, "undos", (json_int_t)t->undos);

	return append(arg, o, o != NULL && api_put_time(o, "hour", t->hour));
}

static void
counts(struct call *c, const char *sponsor)
{
	struct walk w = { c, sponsor, NULL };
	int64_t since = 0;
	bw_err r;

	if (!api_time(c, "since", &since))
		return;
	w.items = json_array();
	r = store_settle_few(c->store, c->now, SETTLE_LOOK_MS);
	if (r == BW_OK || r == BW_ERR_BUSY)
		r = store_tally_each(c->store, sponsor, since, on_tally, &w);
	answer(&w, r);
}

void
api_counts(struct call *c)
{
	counts(c, NULL);
}

void
api_sponsor_counts(struct call *c)
{
	counts(c, c->me->sponsor);
}

static bw_err
on_log(void *arg, const struct store_device *d)
{
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)], vkey[VKEY_MAX];
	json_t *o;
	bw_err r;

	if (d->size == 0)
		return BW_OK;
	text_hex(d->root, CRYPTO_HASH, hex);
	if ((r = vkey_format(d->origin, d->log_spki, vkey)) != BW_OK)
		return r;
	o = json_pack("{s:s, s:s, s:s, s:I, s:s, s:b, s:s++}", "name",
	    d->name, "origin", d->origin, "key", vkey, "size",
	    (json_int_t)d->size, "root", hex, "forked", d->forked,
	    "checkpoint", "/log/", d->name, "/checkpoint");
	return append(arg, o, o != NULL);
}

void
api_logs(struct call *c)
{
	struct walk w = { c, NULL, json_array() };

	answer(&w, store_device_each(c->store, on_log, &w));
}
