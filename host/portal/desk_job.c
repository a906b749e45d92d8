// SPDX-License-Identifier: Apache-2.0
/* How the job of a writing station goes. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/badge_budget.h"
#include "host/portal/desk.h"

const char *
desk_state(const struct station *s)
{
	if (!s->live && s->state != STATION_FAILED)
		return N_("not there");
	switch (s->state) {
	case STATION_IDLE:
	case STATION_CANCELLED:
		return N_("free");
	case STATION_ORDERED:
		return N_("fetches its order");
	case STATION_WAITING:
		return N_("waits for a tag");
	case STATION_WRITING:
		return N_("writes");
	case STATION_DONE:
		return N_("free; the last badge was written");
	case STATION_FAILED:
		return s->live ? N_("free; the last badge was not written") :
		    N_("not there");
	}
	return "";
}

/* What to do now, or what came of it. */
static const char *
what(enum station_state st)
{
	switch (st) {
	case STATION_IDLE:
		return N_("Nothing was ordered yet. Search for the person "
		    "below.");
	case STATION_ORDERED:
		return N_("The station fetches the order.");
	case STATION_WAITING:
		return N_("Put an empty tag on the writer now.");
	case STATION_WRITING:
		return N_("It writes: leave the tag where it is.");
	case STATION_DONE:
		return N_("Written and read back. Take the tag: the badge is "
		    "ready.");
	case STATION_FAILED:
		return N_("The badge was not written.");
	case STATION_CANCELLED:
		return N_("The order was taken back; nothing was written.");
	}
	return "";
}

/* It has too little room: what would fit there. */
static void
too_full(struct page *p, struct call *c, const struct station *s,
    const struct registration *r)
{
	struct badge_budget b;
	bw_err e = badge_budget(c->host->dir, &r->values, 1, &b);

	say_value(p, N_("All that was ordered does not fit on a tag of the "
	    "type %s."), s->type);
	page_raw(p, " ");
	for (unsigned i = 0; e == BW_OK && i < BADGE_TAGS; i++) {
		if (strcmp(b.tag[i].type, s->type) != 0)
			continue;
		if (b.tag[i].part != 0) {
			say(p, N_("This would fit:"));
			page_raw(p, " ");
			regs_fields(p, b.tag[i].part);
			page_raw(p, ". ");
		} else if (b.tag[i].pointer) {
			say(p, N_("A badge without values would fit."));
			page_raw(p, " ");
		}
	}
	say(p, N_("Order it with less, or take a larger tag."));
}

/* Whose badge lies there instead: the desk may have that person before it. */
static void
another(struct page *p, struct call *c, const struct station *s)
{
	struct registration r;
	char href[48];
	bw_err e;

	if (s->over.what != BADGE_FOUND_BADGE ||
	    s->over.registration == s->order.registration)
		return;
	e = store_registration_get(c->store, s->over.registration, &r);
	if (e == BW_OK) {
		snprintf(href, sizeof(href), "/registrations/%" PRIu64, r.id);
		page_raw(p, "<br><a href=\"");
		page_text(p, href);
		page_raw(p, "\">");
		regs_who(p, &r);
		page_raw(p, "</a>");
	}
	explicit_bzero(&r, sizeof(r));
	if (p->r == BW_OK && e != BW_ERR_NOTFOUND)
		p->r = e;
}

static void
refused(struct page *p, struct call *c, const struct station *s,
    const struct registration *r)
{
	const char *why = regs_no_badge(r->status);
	char text[FAULT_TEXT];

	if (why != NULL)
		say(p, why);
	else if (s->refused == BW_ERR_FULL)
		too_full(p, c, s, r);
	else if (s->refused == BW_ERR_DENIED && s->said.text[0] != 0) {
		fault_say(&s->said, catalogue_find, p->w->lang, text);
		page_text(p, text);
		another(p, c, s);
	} else
		say(p, N_("The host cannot make a badge now; its log says "
		    "why."));
}

static void
failed(struct page *p, struct call *c, const struct station *s,
    const struct registration *r)
{
	const char *why = station_why(s->why);

	page_raw(p, "<p>");
	if (strcmp(s->why, "refused") == 0)
		refused(p, c, s, r);
	else if (why != NULL)
		say(p, why);
	page_raw(p, "</p>\n");
}

static const char *
note_kind(enum station_state st)
{
	switch (st) {
	case STATION_DONE:
		return "success";
	case STATION_FAILED:
		return "danger";
	case STATION_IDLE:
	case STATION_ORDERED:
	case STATION_WAITING:
	case STATION_WRITING:
	case STATION_CANCELLED:
		break;
	}
	return "info";
}

static void
acts(struct page *p, struct call *c, const struct station *s)
{
	char to[64 + TEXT_ID_MAX], job[24];

	if (s->state == STATION_ORDERED || s->state == STATION_WAITING) {
		snprintf(to, sizeof(to), "/badges/stations/%s/cancel",
		    s->name);
		snprintf(job, sizeof(job), "%" PRIu64, s->job);
		form_begin(p, c, to, false);
		form_hidden(p, "job", job);
		page_raw(p, "<button class=\"btn btn-outline-secondary\">");
		say(p, N_("Take the order back"));
		page_raw(p, "</button>\n</form>\n");
	} else if (s->state == STATION_FAILED || s->state ==
	    STATION_CANCELLED) {
		snprintf(to, sizeof(to), "/badges/stations/%s/%" PRIu64,
		    s->name, s->order.registration);
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, to, N_("Order it again"));
		page_raw(p, "</p>\n");
	}
}

static bw_err
on_made(void *arg, const struct store_badge_made *m)
{
	unsigned *newest = arg;

	*newest = m->issue > *newest ? m->issue : *newest;
	return BW_OK;
}

/* The tag's type and the issue, once they are known. */
static void
made(struct page *p, struct call *c, const struct station *s)
{
	unsigned issue = 0;
	bw_err r;

	if (s->edition == 0)
		return;
	r = store_badge_made_each(c->store, s->order.registration, on_made,
	    &issue);
	if (p->r == BW_OK)
		p->r = r;
	page_raw(p, "<p>");
	say_value(p, N_("Tag %s"), s->type);
	page_raw(p, " · ");
	say_count(p, N_("issue %s"), N_("issue %s"), issue);
	page_raw(p, "</p>\n");
}

void
desk_job(struct page *p, struct call *c, const struct station *s)
{
	struct registration r = { .id = 0 };
	bw_err e = BW_OK;

	if (s->job != 0)
		e = store_registration_get(c->store, s->order.registration,
		    &r);
	page_raw(p, "<div id=\"job\" data-live role=\"status\">\n");
	if (!s->live)
		layout_note(p, "danger", N_("The station is not there. Is it "
		    "still running, and does it reach this host?"));
	page_raw(p, "<div class=\"note note-");
	page_raw(p, note_kind(s->state));
	page_raw(p, "\" data-state=\"");
	page_raw(p, station_state_name(s->state));
	page_raw(p, "\">\n");
	if (s->job != 0 && e == BW_OK) {
		page_raw(p, "<p>");
		regs_who(p, &r);
		page_raw(p, "</p>\n");
	}
	say_in(p, "p", what(s->state));
	if (s->state == STATION_FAILED && e == BW_OK)
		failed(p, c, s, &r);
	made(p, c, s);
	acts(p, c, s);
	page_raw(p, "</div>\n</div>\n");
	explicit_bzero(&r, sizeof(r));
	if (p->r == BW_OK && e != BW_ERR_NOTFOUND)
		p->r = e;
}
