// SPDX-License-Identifier: Apache-2.0
/* What an organiser does with a device. */
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/device_invite.h"
#include "host/device_stolen.h"
#include "host/portal/devices.h"
#include "host/portal/registrations.h"
#include "host/store_health.h"

#define ACTION_SIZE 64

static const char *
action(const struct store_device *d, const char *act,
    char out[static ACTION_SIZE])
{
	snprintf(out, ACTION_SIZE, "/devices/%s/%s", d->name, act);
	return out;
}

/* A sentence with a time and fields for its two %s. */
static void
opens(struct page *p, const char *sentence, int64_t until, field_set fields)
{
	const char *at[2] = { strstr(sentence, "%s"), NULL };
	char part[256];

	if (at[0] == NULL || (at[1] = strstr(at[0] + 2, "%s")) == NULL)
		return;
	page_raw(p, "<p>");
	snprintf(part, sizeof(part), "%.*s", (int)(at[0] - sentence),
	    sentence);
	page_text(p, part);
	page_time(p, until);
	snprintf(part, sizeof(part), "%.*s", (int)(at[1] - at[0] - 2),
	    at[0] + 2);
	page_text(p, part);
	regs_fields(p, fields);
	page_text(p, at[1] + 2);
	page_raw(p, "</p>\n");
}

static void
stolen(struct page *p, struct call *c, const struct store_device *d)
{
	field_set fields;
	int64_t until;
	bw_err r = device_stolen_reach(c->store, d, c->now, &fields, &until);

	if (r == BW_OK)
		opens(p, catalogue_find(p->w->lang, DEVICE_STOLEN_OPENS),
		    until, fields);
	else if (r == BW_ERR_NOTFOUND)
		say_in(p, "p", DEVICE_STOLEN_NOTHING);
	else if (r != BW_ERR_KEY && p->r == BW_OK)
		p->r = r;
}

static void
ends(struct page *p, struct call *c, const struct store_device *d)
{
	char to[ACTION_SIZE];

	say_in(p, "h2", N_("End it"));
	stolen(p, c, d);
	page_raw(p, "<div class=\"acts\">\n");
	form_danger(p, c, action(d, "lost", to), N_("Report it lost"),
	    N_("It is revoked, for ever: it gets no policy any more, and what "
	    "it sends from then on is kept apart and never exported. It is "
	    "listed as lost until you say that it was found."), d->name);
	form_danger(p, c, action(d, "revoke", to), N_("Revoke it"),
	    N_("For ever: it gets no policy any more, and what it sends from "
	    "then on is kept apart and never exported. What it has sent so far "
	    "stays. It can be used again under a new name."), d->name);
	page_raw(p, "</div>\n");
}

static void
reassign(struct page *p, struct call *c, const struct store_device *d,
    const struct device_typed *t)
{
	char to[ACTION_SIZE];

	say_in(p, "h2", N_("Reassign it"));
	say_in(p, "p", N_("For another sponsor, or because it was set up anew: "
	    "this name ends and is revoked, and the device enrols under a new "
	    "one, which begins a log of its own. The log so far stays."));
	form_begin(p, c, action(d, "reassign", to), false);
	device_fields(p, c, t);
	if (d->state != DEVICE_REVOKED) {
		page_raw(p, "<div class=\"field\"><label>");
		say_value(p, N_("To do this, type %s"), d->name);
		page_raw(p, "<input class=\"form-control\" name=\"confirm\" "
		    "autocomplete=\"off\" required></label></div>\n");
	}
	form_end(p, N_("Reassign it and show the address"));
}

static void
place(struct page *p, struct call *c, const struct store_device *d,
    const char *error)
{
	char to[ACTION_SIZE];

	say_in(p, "h2", N_("Where it stands"));
	form_begin(p, c, action(d, "booth", to), false);
	form_input(p, &(struct form_field){ .name = "place",
	    .label = N_("Booth"), .value = d->booth, .optional = true,
	    .error = error, .most = DEVICE_BOOTH_MAX });
	form_end(p, N_("Save"));
}

void
device_forms(struct page *p, struct call *c, const struct store_device *d,
    const struct device_typed *t)
{
	char to[ACTION_SIZE];

	if (d->state == DEVICE_INVITED) {
		say_in(p, "h2", N_("Its address"));
		form_danger(p, c, action(d, "renew", to),
		    N_("Make a new address"), N_("The address until now is "
		    "good for nothing from then on."), NULL);
	}
	if (d->lost_at != 0) {
		say_in(p, "h2", N_("It was lost"));
		form_button(p, c, action(d, "found", to),
		    N_("It was found"));
	}
	if (d->state != DEVICE_REVOKED) {
		place(p, c, d, t->word_fault == NULL && t->name[0] == 0 ?
		    t->booth_fault : NULL);
		ends(p, c, d);
	} else if (d->lost_at == 0) {
		say_in(p, "h2", N_("It is gone"));
		form_button(p, c, action(d, "lost", to),
		    N_("Report it lost"));
	}
	reassign(p, c, d, t);
}

/* The end of an act: its row in the audit, and the page again. */
static void
finish(struct call *c, const struct store_device *d, bw_err r,
    enum audit_act act, const char *done)
{
	char path[ACTION_SIZE];

	r = audit_finish(c->store, r, c->now, c->me->actor, act, d->name, "");
	snprintf(path, sizeof(path), "/devices/%s", d->name);
	if (r == BW_OK)
		layout_go(c, path, done);
	else
		layout_failure(c, r);
}

/* It is so already, of a page that was open for long or a button that was
 * pressed twice: no second row, no other time. */
static void
before(struct call *c, const struct store_device *d)
{
	char path[ACTION_SIZE];

	store_rollback(c->store);
	snprintf(path, sizeof(path), "/devices/%s", d->name);
	layout_go(c, path, "otherwise");
}

/* The page as it is when nothing was typed, with what was wrong. */
static void
refuse(struct call *c, const struct store_device *d, const char *word,
    const char *booth)
{
	struct device_typed t = { .word_fault = word, .booth_fault = booth };

	store_rollback(c->store);
	memcpy(t.sponsor, d->sponsor, sizeof(t.sponsor));
	memcpy(t.booth, d->booth, sizeof(t.booth));
	device_page(c, 422, d, &t);
}

/* Begin an act on the path's device; false: the answer is filled in. */
static bool
begin(struct call *c, struct store_device *d)
{
	bw_err r = store_begin(c->store);

	if (r != BW_OK)
		layout_failure(c, r);
	else if (device_of(c, d))
		return true;
	store_rollback(c->store);
	return false;
}

void
devices_booth(struct call *c)
{
	char booth[DEVICE_BOOTH_MAX + 1];
	struct store_device d;

	if (!begin(c, &d))
		return;
	if (device_booth_take(c, "place", booth))
		finish(c, &d, store_device_booth(c->store, d.name, booth),
		    DID_DEVICE_BOOTH, "saved");
	else
		refuse(c, &d, NULL, N_("This is too long or no plain text."));
}

void
devices_renew(struct call *c)
{
	struct bw_buf address = BW_BUF_INIT(DEVICE_ADDRESS_MAX);
	struct store_device d;
	bw_err r;

	if (begin(c, &d)) {
		r = device_renew(c->store, c->host->dir, d.name, c->now,
		    &address);
		r = audit_finish(c->store, r, c->now, c->me->actor,
		    DID_DEVICE_RENEW, d.name, "");
		if (r == BW_OK) {
			store_tidy(c->store);
			device_address(c, d.name, &address);
		} else if (r == BW_ERR_NOTFOUND)
			refuse(c, &d, N_("It has enrolled already: there is no "
			    "address to renew. Reassign it instead."), NULL);
		else
			layout_failure(c, r);
	}
	bw_buf_free(&address);
}

static void
end(struct call *c, bool lost)
{
	char path[ACTION_SIZE];
	struct store_device d;
	bw_err r;

	if (!begin(c, &d))
		return;
	if (d.state == DEVICE_REVOKED && (!lost || d.lost_at != 0)) {
		before(c, &d);
		return;
	}
	if (d.state != DEVICE_REVOKED && !form_confirmed(c, d.name)) {
		store_rollback(c->store);
		snprintf(path, sizeof(path), "/devices/%s", d.name);
		form_unconfirmed(c, path, "word", NULL);
		return;
	}
	r = store_device_revoke(c->store, d.name, c->now);
	if (r == BW_OK && lost)
		r = store_device_lost(c->store, d.name, c->now);
	finish(c, &d, r, lost ? DID_DEVICE_LOST : DID_DEVICE_REVOKE,
	    lost ? "device-lost" : "device-revoked");
}

void
devices_revoke(struct call *c)
{
	end(c, false);
}

void
devices_lost(struct call *c)
{
	end(c, true);
}

void
devices_found(struct call *c)
{
	struct store_device d;

	if (!begin(c, &d))
		return;
	if (d.lost_at != 0)
		finish(c, &d, store_device_lost(c->store, d.name, 0),
		    DID_DEVICE_FOUND, "device-found");
	else
		before(c, &d);
}

/* The old one ends, the new one is invited: both or neither. */
static bw_err
replace(struct call *c, const struct store_device *old,
    const struct device_typed *t, struct bw_buf *address)
{
	const struct device_new in = { t->name, t->sponsor, t->booth };
	bw_err r = BW_OK;

	if (old->state != DEVICE_REVOKED &&
	    (r = store_device_revoke(c->store, old->name, c->now)) == BW_OK)
		r = audit_add(c->store, c->now, c->me->actor,
		    DID_DEVICE_REVOKE, old->name, "");
	if (r == BW_OK)
		r = device_invite(c->store, c->host->dir, &in, c->now,
		    address);
	return audit_finish(c->store, r, c->now, c->me->actor, DID_DEVICE_ADD,
	    t->name[0] != 0 ? t->name : "-", "");
}

void
devices_reassign(struct call *c)
{
	struct bw_buf address = BW_BUF_INIT(DEVICE_ADDRESS_MAX);
	struct device_typed t;
	struct store_device d;
	bw_err r;

	if (!begin(c, &d))
		return;
	if (!device_typed_take(c, &t) || (d.state != DEVICE_REVOKED &&
	    !form_confirmed(c, d.name))) {
		if (t.booth_fault == NULL)
			t.word_fault = N_("Nothing was changed: type the "
			    "device's name to do this.");
		store_rollback(c->store);
		device_page(c, 422, &d, &t);
		return;
	}
	r = replace(c, &d, &t, &address);
	if (r == BW_OK)
		device_address(c, t.name, &address);
	else if (device_typed_fault(&t, r))
		device_page(c, 422, &d, &t);
	else
		layout_failure(c, r);
	bw_buf_free(&address);
}
