// SPDX-License-Identifier: Apache-2.0
/* Of each share that has gone: the record in the log, that somebody agreed. */
#include <stdio.h>
#include <string.h>

#include "host/my_parts.h"
#include "host/retain.h"
#include "host/store_about.h"
#include "record/body.h"

struct records {
	struct my_doc *d;
	struct retain_rules rules;
	bool known;			/* the periods */
};

/* As retain.h counts the logs' days; 0: nobody can say. */
static int64_t
kept_until(const struct records *w, int64_t ended)
{
	int64_t from = ended > w->rules.event_end ? ended :
	    w->rules.event_end;

	return w->known ? from + (int64_t)w->rules.days[RETAIN_LOGS] * 86400 :
	    0;
}

static bw_err
on_record(void *arg, const struct about_record *rec)
{
	struct records *w = arg;
	struct my_doc *d = w->d;
	char id[TEXT_ID_MAX + 24];
	struct entry e;
	struct body b;
	json_t *o;
	bw_err r;

	if ((r = entry_decode(rec->entry, rec->entry_len, &e)) != BW_OK ||
	    (r = body_decode(e.kind, rec->body, rec->body_len, &b)) != BW_OK)
		return r;
	if (e.kind != ENTRY_SHARE)
		return BW_ERR_FORMAT;
	o = json_object();
	snprintf(id, sizeof(id), "%s-%llu", rec->device_name,
	    (unsigned long long)rec->seq);
	my_put(d, o, "id", json_string(id));
	my_put(d, o, "at", my_time((int64_t)e.time));
	my_put(d, o, "sponsor", json_pack("{s:s, s:s}", "id", rec->sponsor,
	    "name", rec->sponsor_name));
	my_put(d, o, "fields", my_fields(b.u.share.granted));
	my_put(d, o, "language", json_string(b.u.share.language));
	my_put(d, o, "share_ended_at", my_time(rec->ended));
	my_put(d, o, "kept_until", my_time(kept_until(w, rec->ended)));
	my_put(d, o, "because", json_string("proof of consent"));
	my_add(d, json_object_get(d->root, "records"), o);
	explicit_bzero(&b, sizeof(b));
	return BW_OK;
}

bw_err
my_records(struct my_doc *d)
{
	struct records w = { .d = d };
	bw_err r = retain_load(d->store, &w.rules);

	if (r != BW_OK && r != BW_ERR_NOTFOUND && r != BW_ERR_FORMAT)
		return r;
	w.known = r == BW_OK;
	return about_records(d->store, d->registration, on_record, &w);
}
