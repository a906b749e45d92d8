// SPDX-License-Identifier: Apache-2.0
/* What a writing station is to write, ordered and taken back. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "host/audit.h"
#include "host/badge_tlv.h"
#include "host/import/why.h"
#include "host/portal/desk.h"

static void
station_path(const struct station *s, char out[static 64 + TEXT_ID_MAX])
{
	snprintf(out, 64 + TEXT_ID_MAX, "/badges/stations/%s", s->name);
}

/* What can be put on the badge, each with a box; o: what was ordered, and
 * comes back with an error, NULL before. */
static void
fields(struct page *p, const struct registration *r,
    const struct station_order *o)
{
	enum why_lang lang = strcmp(p->w->lang, "de") == 0 ? WHY_DE : WHY_EN;
	field_set filled = badge_filled(&r->values);
	char name[8];

	page_raw(p, "<fieldset>\n");
	say_in(p, "legend", N_("On the badge"));
	say_in(p, "p", N_("A booth reads only what its question named and the "
	    "attendee agreed to. Without any of these the badge still "
	    "works."));
	for (int f = 1; f <= FIELD_COUNT; f++) {
		if ((filled & FIELD_BIT(f)) == 0)
			continue;
		snprintf(name, sizeof(name), "f%d", f);
		regs_tick(p, name, why_field((enum field)f, lang), o == NULL ||
		    (o->fields & FIELD_BIT(f)) != 0);
	}
	page_raw(p, "</fieldset>\n");
}

/* What lies there is gone then, and whoever wears it has no badge any more:
 * nothing brings it back, so the number is typed, or nothing is written over.
 * For a reissue a tick is enough: whoever is at the desk has the new badge in
 * the hand when the earlier one is blocked, and a further one can be made. */
static void
over(struct page *p, const char *id, bool wrong)
{
	page_raw(p, wrong ? "<details class=\"danger\" open>\n" :
	    "<details class=\"danger\">\n");
	say_in(p, "summary", N_("Write over what lies on the tag"));
	say_in(p, "p", N_("It is gone then. The badge of somebody else there is "
	    "blocked on every device for ever, and that person needs a new "
	    "one. Without the number here only an empty tag or this person's "
	    "own is written."));
	page_raw(p, "<label>");
	say_value(p, N_("To do this, type %s"), id);
	page_raw(p, "<input class=\"form-control\" name=\"confirm\" "
	    "autocomplete=\"off\"></label>\n</details>\n");
}

static void
order_form(struct page *p, struct call *c, const struct station *s,
    const struct registration *r, const struct store_badge_state *b,
    const struct station_order *o)
{
	char path[64 + TEXT_ID_MAX], to[80 + TEXT_ID_MAX], id[24];

	station_path(s, path);
	snprintf(to, sizeof(to), "%s/order", path);
	snprintf(id, sizeof(id), "%" PRIu64, r->id);
	form_begin(p, c, to, false);
	form_hidden(p, "registration", id);
	fields(p, r, o);
	if (b->edition != 0) {
		layout_note(p, "info", N_("It has a badge already. A further "
		    "one is good beside it, unless you block the earlier "
		    "one."));
		regs_tick(p, "reissue", N_("The earlier badge is lost: block "
		    "it on all devices"), o != NULL && o->reissue);
	}
	over(p, id, o != NULL && o->overwrite);
	form_end(p, N_("Write"));
}

/* o: as for fields; error NULL: none. */
static void
choose(struct call *c, unsigned status, const struct station *s,
    const struct registration *r, const struct station_order *o,
    const char *error)
{
	struct store_badge_state b;
	char path[64 + TEXT_ID_MAX];
	struct page p;
	bw_err e = store_badge_state(c->store, r->id, &b);

	if (e != BW_OK) {
		layout_failure(c, e);
		return;
	}
	station_path(s, path);
	layout_begin(&p, c, status, N_("Write a badge"));
	if (error != NULL)
		layout_note(&p, "danger", error);
	page_raw(&p, "<p class=\"whose\">");
	regs_who(&p, r);
	page_raw(&p, "</p>\n<p>");
	say_value(&p, N_("At the station %s"), s->name);
	page_raw(&p, " · ");
	layout_link(&p, path, N_("somebody else"));
	page_raw(&p, "</p>\n");
	if (regs_no_badge(r->status) != NULL)
		layout_note(&p, "danger", regs_no_badge(r->status));
	else {
		order_form(&p, c, s, r, &b, o);
		say_in(&p, "h2", N_("What fits on which tag"));
		regs_budget(&p, c, &r->values, &b);
	}
	layout_end(&p, c);
}

void
desk_choose(struct call *c)
{
	struct registration r = { .id = 0 };
	struct station s;

	if (desk_find(c, &s) && regs_find(c, 1, &r))
		choose(c, 200, &s, &r, NULL, NULL);
	explicit_bzero(&r, sizeof(r));
}

/* false: what may be written over is not this registration's number. */
static bool
take_order(const struct call *c, const struct registration *r,
    struct station_order *o)
{
	char name[8], id[24], word[24];
	bool whole = form_value(c, "confirm", word, sizeof(word));

	*o = (struct station_order){ .registration = r->id,
		.reissue = regs_ticked(c, "reissue"),
		.overwrite = !whole || word[0] != 0 };
	for (int f = 1; f <= FIELD_COUNT; f++) {
		snprintf(name, sizeof(name), "f%d", f);
		if (regs_ticked(c, name))
			o->fields |= FIELD_BIT(f);
	}
	snprintf(id, sizeof(id), "%" PRIu64, r->id);
	return !o->overwrite || strcmp(word, id) == 0;
}

/* The row is there before the station can ask. */
static bw_err
order(struct call *c, const struct station *s, const struct station_order *o)
{
	struct stations *t = c->host->stations;
	char object[40], detail[64 + TEXT_ID_MAX];
	uint64_t job;
	bw_err e;

	snprintf(object, sizeof(object), "registration %" PRIu64,
	    o->registration);
	snprintf(detail, sizeof(detail), "station %s%s%s", s->name,
	    o->reissue ? ", reissue" : "", o->overwrite ? ", over" : "");
	if ((e = store_begin(c->store)) != BW_OK ||
	    (e = audit_add(c->store, c->now, c->me->actor, DID_BADGE_ORDER,
	    object, detail)) != BW_OK ||
	    (e = station_order(t, s->name, o, c->now, &job)) != BW_OK)
		goto out;
	if ((e = store_commit(c->store)) != BW_OK &&
	    station_cancel(t, s->name, job, c->now) != BW_OK)
		log_error("an order of a badge stands, but not in the audit");
out:
	store_rollback(c->store);
	return e;
}

/* The registration of a form; false: the answer is filled in. */
static bool
form_registration(struct call *c, struct registration *r)
{
	char text[24];
	uint64_t id;
	bw_err e = BW_ERR_NOTFOUND;

	form_value(c, "registration", text, sizeof(text));
	if (text_number(text, strlen(text), INT64_MAX, &id) == BW_OK)
		e = store_registration_get(c->store, id, r);
	if (e != BW_OK)
		layout_failure(c, e);
	return e == BW_OK;
}

void
desk_order(struct call *c)
{
	struct registration r = { .id = 0 };
	char path[64 + TEXT_ID_MAX];
	struct station_order o;
	struct station s;
	bool sure;
	bw_err e;

	if (!desk_find(c, &s) || !form_registration(c, &r))
		goto out;
	sure = take_order(c, &r, &o);
	station_path(&s, path);
	if (regs_no_badge(r.status) != NULL)
		choose(c, 422, &s, &r, &o, NULL);
	else if (!sure)
		choose(c, 422, &s, &r, &o, N_("Nothing was ordered: the number "
		    "was not typed as it stands there."));
	else if ((e = order(c, &s, &o)) == BW_OK)
		layout_go(c, path, NULL);
	else if (e == BW_ERR_BUSY)
		choose(c, 409, &s, &r, &o, N_("The station has another job. Wait "
		    "until it is done, or take that order back."));
	else if (e == BW_ERR_NOTFOUND)
		choose(c, 409, &s, &r, &o, N_("The station is not there. Is it "
		    "still running, and does it reach this host?"));
	else
		layout_failure(c, e);
out:
	explicit_bzero(&r, sizeof(r));
}

void
desk_cancel(struct call *c)
{
	char text[24], object[40], detail[40 + TEXT_ID_MAX];
	char path[64 + TEXT_ID_MAX];
	struct station s;
	uint64_t job;
	bw_err e;

	if (!desk_find(c, &s))
		return;
	station_path(&s, path);
	form_value(c, "job", text, sizeof(text));
	if (text_number(text, strlen(text), INT64_MAX, &job) != BW_OK ||
	    job != s.job) {
		layout_go(c, path, "otherwise");
		return;
	}
	snprintf(object, sizeof(object), "registration %" PRIu64,
	    s.order.registration);
	snprintf(detail, sizeof(detail), "station %s", s.name);
	if ((e = store_begin(c->store)) == BW_OK) {
		e = station_cancel(c->host->stations, s.name, job, c->now);
		e = audit_finish(c->store, e, c->now, c->me->actor,
		    DID_BADGE_CANCEL, object, detail);
	}
	if (e == BW_OK)
		layout_go(c, path, NULL);
	else if (e == BW_ERR_NOTFOUND || e == BW_ERR_BUSY)
		layout_go(c, path, "otherwise");
	else
		layout_failure(c, e);
}
