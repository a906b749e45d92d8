// SPDX-License-Identifier: Apache-2.0
#include "host/my_copy.h"

#include <string.h>

#include "base/text.h"
#include "host/audit.h"
#include "host/case.h"
#include "host/case_share.h"
#include "host/hold.h"
#include "host/my_parts.h"
#include "host/retain.h"
#include "host/right.h"
#include "host/store_about.h"
#include "host/store_disclosure.h"
#include "host/store_mail.h"
#include "host/when.h"

void
my_put(struct my_doc *d, json_t *o, const char *key, json_t *v)
{
	if (json_object_set_new(o, key, v) != 0)
		d->bad = true;
}

void
my_add(struct my_doc *d, json_t *array, json_t *v)
{
	if (json_array_append_new(array, v) != 0)
		d->bad = true;
}

json_t *
my_time(int64_t t)
{
	char text[WHEN_SIZE];

	if (t == 0)
		return json_null();
	when_format(t, text);
	return json_string(text);
}

json_t *
my_fields(field_set set)
{
	json_t *a = json_array();

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0)
			json_array_append_new(a,
			    json_string(field_name((enum field)f)));
	return a;
}

json_t *
my_values(const struct field_values *v, field_set only)
{
	json_t *o = json_object();

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((only & FIELD_BIT(f)) != 0 && v->v[f][0] != 0)
			json_object_set_new(o, field_name((enum field)f),
			    json_string(v->v[f]));
	return o;
}

static void
put_event(struct my_doc *d)
{
	const struct hostdir_config *c = &d->c->host->dir->config;

	my_put(d, d->root, "format", json_string(MY_COPY_FORMAT));
	my_put(d, d->root, "made_at", my_time(d->now));
	my_put(d, d->root, "event", json_pack("{s:s, s:s, s:s}", "id",
	    c->event_id, "name", c->event_name, "uri", c->event_uri));
}

static bw_err
put_registration(struct my_doc *d)
{
	struct registration reg;
	struct right_state st;
	json_t *o = json_object();
	int64_t held;
	bw_err r;

	if ((r = store_registration_get(d->store, d->registration,
	    &reg)) != BW_OK || (r = right_look(d->store, d->registration,
	    &st)) != BW_OK ||
	    (r = right_held(d->store, &st, d->now, &held)) != BW_OK)
		goto out;
	d->status = reg.status;
	my_put(d, o, "number", json_integer((json_int_t)reg.id));
	my_put(d, o, "key", json_string(reg.key));
	my_put(d, o, "status", json_string(reg_status_name(reg.status)));
	my_put(d, o, "changed_at", my_time(reg.changed_at));
	my_put(d, o, "age", reg.age == REG_AGE_NONE ? json_null() :
	    json_integer(reg.age));
	my_put(d, o, "objected_at", my_time(st.objected));
	my_put(d, o, "restricted_at", my_time(st.restricted));
	my_put(d, o, "withheld_at", my_time(st.staff));
	my_put(d, o, "erasure_at", my_time(st.erase_due));
	my_put(d, o, "erasure_held_at", my_time(held));
	my_put(d, o, "values", my_values(&reg.values, FIELD_ALL));
	my_put(d, d->root, "registration", json_incref(o));
out:
	explicit_bzero(&reg, sizeof(reg));
	json_decref(o);
	return r;
}

static bw_err
on_edition(void *arg, const struct store_edition *e)
{
	struct my_doc *d = arg;
	char id[TEXT_HEX_SIZE(BADGE_ID)], uid[TEXT_HEX_SIZE(BADGE_UID)];
	json_t *o = json_object();

	text_hex(e->badge_id, BADGE_ID, id);
	text_hex(e->uid, BADGE_UID, uid);
	my_put(d, o, "badge", json_string(id));
	my_put(d, o, "edition", json_integer(e->edition));
	my_put(d, o, "chip", json_string(e->type));
	my_put(d, o, "chip_serial", json_string(uid));
	my_put(d, o, "made_at", my_time(e->issued_at));
	my_put(d, o, "blocked_at", my_time(e->retired_at));
	my_put(d, o, "on_chip", my_fields(e->on_badge));
	my_put(d, o, "values", my_values(&e->values, FIELD_ALL));
	my_add(d, json_object_get(d->root, "badges"), o);
	return BW_OK;
}

static void
put_case(struct my_doc *d, json_t *o, const struct case_file *c)
{
	my_put(d, o, "number", json_integer((json_int_t)c->num));
	my_put(d, o, "type", json_string(case_type_name(c->type)));
	my_put(d, o, "state", json_string(case_state_name(c->state)));
	my_put(d, o, "shown_by", json_string(case_proof_name(c->proof)));
	my_put(d, o, "received_at", my_time(c->received));
	my_put(d, o, "due_at", my_time(c->due));
	my_put(d, o, "closed_at", my_time(c->closed_at));
	my_put(d, o, "matched", json_boolean(c->said == 0));
}

/* Whose words those of the case are is not known: they may be another's, whose
 * the share is (15.4). */
static bw_err
on_said(void *arg, const struct case_file *c)
{
	struct my_doc *d = arg;
	json_t *o = json_object();

	put_case(d, o, c);
	my_add(d, json_object_get(d->root, "cases"), o);
	return BW_OK;
}

static bw_err
on_case(void *arg, const struct case_file *c)
{
	struct my_doc *d = arg;
	struct case_file whole;
	json_t *o = json_object();
	bw_err r = case_get(d->store, c->num, &whole);

	if (r == BW_OK) {
		put_case(d, o, c);
		my_put(d, o, "wish", json_string(whole.text[CASE_WISH]));
		my_put(d, o, "longer_because",
		    json_string(whole.text[CASE_WHY_LONGER]));
		my_put(d, o, "refused_because",
		    json_string(whole.text[CASE_WHY_REFUSED]));
		my_put(d, o, "fee", json_string(whole.text[CASE_FEE]));
		my_put(d, o, "outcome", json_string(whole.text[CASE_OUTCOME]));
		my_add(d, json_object_get(d->root, "cases"), json_incref(o));
	}
	explicit_bzero(&whole, sizeof(whole));
	json_decref(o);
	return r;
}

static bw_err
on_mail(void *arg, const struct mail_row *m)
{
	struct my_doc *d = arg;

	my_add(d, json_object_get(d->root, "mails"),
	    json_pack("{s:s, s:o, s:s, s:o, s:s}",
	    "kind", mail_kind_name(m->mail.kind),
	    "queued_at", my_time(m->queued_at),
	    "state", mail_state_name(m->state),
	    "ended_at", my_time(m->ended_at), "language", m->mail.language));
	return BW_OK;
}

/* Those that it may be told of. */
static bw_err
on_disclosure(void *arg, const struct disclosure *x)
{
	struct my_doc *d = arg;

	my_add(d, json_object_get(d->root, "disclosures"),
	    json_pack("{s:o, s:s, s:o, s:s, s:s}", "at", my_time(x->at),
	    "basis", disclosure_basis_name(x->basis), "fields",
	    my_fields(x->fields), "to", x->asked, "reason", x->reason));
	return BW_OK;
}

/* Those that stand on something of this person's, without staff's words: they
 * are not written for the person, and may be about others. */
static bw_err
on_hold(void *arg, const struct hold *h)
{
	struct my_doc *d = arg;
	bool on = h->scope == HOLD_EVENT || (h->scope == HOLD_PERSON &&
	    h->registration == d->registration);
	bw_err r = BW_OK;

	if (h->scope == HOLD_SPONSOR)
		r = case_share_with(d->store, d->registration, h->sponsor,
		    &on);
	if (r == BW_OK && on)
		my_add(d, json_object_get(d->root, "holds"),
		    json_pack("{s:s, s:o, s:o}", "on",
		    hold_scope_name(h->scope), "at", my_time(h->added_at),
		    "review_at", my_time(h->review_at)));
	return r;
}

/* How long what is kept; nothing by a policy that says it in no such words. */
static bw_err
put_periods(struct my_doc *d)
{
	struct retain_rules rules;
	bw_err r = retain_load(d->store, &rules);

	for (int i = 0; i < RETAIN_CLASSES && r == BW_OK; i++) {
		const struct retain_class *c = retain_class((enum retain)i);

		my_add(d, json_object_get(d->root, "periods"),
		    json_pack("{s:s, s:i}", "class", c->name, "days",
		    (int)rules.days[i]));
	}
	return r == BW_ERR_NOTFOUND || r == BW_ERR_FORMAT ? BW_OK : r;
}

/* Who of the staff did it is not the person's. */
static bw_err
on_audit(void *arg, const struct audit_row *row)
{
	struct my_doc *d = arg;

	my_add(d, json_object_get(d->root, "history"),
	    json_pack("{s:o, s:s, s:s, s:b}", "at", my_time(row->at),
	    "act", row->act, "said", my_did(d->language, row->act),
	    "by_you", strcmp(row->actor, "attendee") == 0));
	return BW_OK;
}

static const char *
text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

static bool
did(const json_t *row, enum audit_act act)
{
	return strcmp(text_of(row, "act"), audit_act_name(act)) == 0;
}

/* What a case brings into force and what ends it, as the history says it. */
struct force {
	const char *type;
	enum audit_act began, ended;
	size_t next;		/* of the history, which has the newest first */
};

/* When what this case brought into force has ended; NULL: it has not, or there
 * was none. The newest case comes first, and has the newest row of its time. */
static json_t *
ended(struct force *f, const json_t *history, const char *received)
{
	const json_t *row;
	size_t i = f->next;

	while ((row = json_array_get(history, i)) != NULL &&
	    !did(row, f->began))
		i++;
	if (row == NULL || strcmp(text_of(row, "at"), received) < 0)
		return NULL;
	f->next = i + 1;
	while (i-- > 0) {
		row = json_array_get(history, i);
		if (did(row, f->ended))
			return json_object_get(row, "at");
	}
	return NULL;
}

/* Who takes an objection back, or ends a restriction, asks for nothing else: it
 * stands with the case. */
static void
put_ended(struct my_doc *d)
{
	struct force all[] = {
		{ "objection", DID_RIGHT_OBJECT, DID_RIGHT_AGREE, 0 },
		{ "restriction", DID_RIGHT_RESTRICT, DID_RIGHT_LIFT, 0 },
	};
	const json_t *history = json_object_get(d->root, "history");
	json_t *one, *at;
	size_t i;

	json_array_foreach(json_object_get(d->root, "cases"), i, one) {
		at = NULL;
		if (json_is_false(json_object_get(one, "matched")))
			continue;
		for (size_t k = 0; k < sizeof(all) / sizeof(*all); k++)
			if (strcmp(text_of(one, "type"), all[k].type) == 0)
				at = ended(&all[k], history,
				    text_of(one, "received_at"));
		my_put(d, one, "ended_at", at != NULL ? json_incref(at) :
		    json_null());
	}
}

#define HISTORY_MAX 1000

static bw_err
fill(struct my_doc *d)
{
	static const char *const lists[] = { "badges", "shares", "records", "exports",
		"cases", "mails", "disclosures", "holds", "periods",
		"history" };
	const struct mail_query mails = { .registration = d->registration,
		.state = -1, .most = HISTORY_MAX };
	char object[40];
	bw_err r;

	put_event(d);
	if ((r = put_registration(d)) != BW_OK)
		return r;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		my_put(d, d->root, lists[i], json_array());
	snprintf(object, sizeof(object), "registration %llu",
	    (unsigned long long)d->registration);
	if ((r = about_editions(d->store, d->registration, on_edition,
	    d)) != BW_OK || (r = my_shares(d)) != BW_OK ||
	    (r = my_records(d)) != BW_OK || (r = case_each_of(d->store, d->registration, on_case,
	    d)) != BW_OK ||
	    (r = case_each_said(d->store, d->registration, on_said,
	    d)) != BW_OK ||
	    (r = mail_each(d->store, &mails, on_mail, d)) != BW_OK ||
	    (r = disclosure_each_of(d->store, d->registration, d->now,
	    on_disclosure, d)) != BW_OK ||
	    (r = hold_each(d->store, false, on_hold, d)) != BW_OK ||
	    (r = put_periods(d)) != BW_OK)
		return r;
	r = audit_each(d->store, 0, HISTORY_MAX, object, on_audit, d);
	put_ended(d);
	return r;
}

bw_err
my_copy(struct call *c, uint64_t registration, const char *language,
    bool files, json_t **out)
{
	struct my_doc d = { .c = c, .store = c->store,
		.registration = registration, .now = c->now, .files = files,
		.language = language,
		.root = json_object() };
	bw_err r;

	*out = NULL;
	if ((r = store_snapshot(c->store)) == BW_OK)
		r = fill(&d);
	store_snapshot_end(c->store);
	if (r == BW_OK && d.bad)
		r = BW_ERR_NOMEM;
	if (r == BW_OK)
		*out = json_incref(d.root);
	json_decref(d.root);
	return r;
}
