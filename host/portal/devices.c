// SPDX-License-Identifier: Apache-2.0
/* The list, a new device, its address. */
#include "host/portal/devices.h"

#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/device_invite.h"
#include "host/portal/device_rows.h"
#include "host/portal/second.h"
#include "host/route.h"

void
device_fields(struct page *p, struct call *c, const struct device_typed *t)
{
	form_input(p, &(struct form_field){ .name = "name",
	    .label = N_("Name"), .value = t->name, .error = t->name_fault,
	    .hint = N_("Letters a to z, digits, dot and hyphen, such as k07. A "
	    "name is never given twice."), .most = TEXT_ID_MAX });
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"), .value = t->sponsor,
	    .error = t->sponsor_fault });
	form_input(p, &(struct form_field){ .name = "booth",
	    .label = N_("Booth"), .value = t->booth, .optional = true,
	    .error = t->booth_fault, .most = DEVICE_BOOTH_MAX,
	    .hint = N_("Where it stands, such as Hall 2, B14.") });
}

bool
device_booth_take(const struct call *c, const char *field,
    char out[static DEVICE_BOOTH_MAX + 1])
{
	return form_value(c, field, out, DEVICE_BOOTH_MAX + 1) &&
	    device_booth_ok(out);
}

bool
device_typed_take(const struct call *c, struct device_typed *t)
{
	memset(t, 0, sizeof(*t));
	form_value(c, "name", t->name, sizeof(t->name));
	form_value(c, "sponsor", t->sponsor, sizeof(t->sponsor));
	if (!device_booth_take(c, "booth", t->booth))
		t->booth_fault = N_("This is too long or no plain text.");
	return t->booth_fault == NULL;
}

bool
device_typed_fault(struct device_typed *t, bw_err r)
{
	switch ((int)r) {
	case BW_ERR_EXISTS:
		t->name_fault = N_("There was a device of this name before. "
		    "Take another one.");
		return true;
	case BW_ERR_NOTFOUND:
		t->sponsor_fault = N_("The policy in force has no such "
		    "sponsor.");
		return true;
	case BW_ERR_ARG:
		t->name_fault = N_("This name cannot be used.");
		return true;
	default:
		return false;
	}
}

static bw_err
some(void *arg, const char *id, const char *name)
{
	(void)id;
	(void)name;
	*(bool *)arg = true;
	return BW_OK;
}

static void
add_form(struct page *p, struct call *c, const struct device_typed *t)
{
	bool sponsors = false;
	bw_err r = store_sponsor_each(c->store, some, &sponsors);

	if (!access_may(ACT_DEVICES_CHANGE, c->me->login.account.role))
		return;
	say_in(p, "h2", N_("Add a device"));
	if (!sponsors)
		layout_empty(p, N_("A device belongs to a sponsor, and there is "
		    "no policy with sponsors yet. Install one first."), NULL,
		    NULL);
	else {
		form_begin(p, c, "/devices", false);
		device_fields(p, c, t);
		form_end(p, N_("Add it and show its address"));
	}
	if (p->r == BW_OK && r != BW_ERR_NOTFOUND)
		p->r = r;
}

static void
list(struct call *c, unsigned status, const struct device_typed *t)
{
	struct device_rows rows;
	struct page p;
	bw_err r = device_rows_take(c, NULL, &rows);

	if (r == BW_OK) {
		layout_begin(&p, c, status, N_("Devices"));
		live_begin(&p, "device-list");
		if (rows.n > 0)
			device_rows_put(&p, &rows, true);
		else
			layout_empty(&p, N_("There is no device yet. Each "
			    "booth needs one."), NULL, NULL);
		live_end(&p);
		add_form(&p, c, t);
		layout_end(&p, c);
	} else
		layout_failure(c, r);
	device_rows_free(&rows);
}

void
devices_list(struct call *c)
{
	list(c, 200, &(struct device_typed){ .name = "" });
}

void
device_address(struct call *c, const char *name, struct bw_buf *address)
{
	char path[48];
	const char *text;
	struct page p;
	bw_err r;

	if ((r = bw_buf_cstr(address, &text)) != BW_OK) {
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, 200, N_("Enrol the device"));
	page_raw(&p, "<p>");
	say_value(&p, N_("With this address one device enrols as %s, once. It "
	    "is not shown again: whoever has it can enrol in its place."),
	    name);
	page_raw(&p, "</p>\n<p>");
	say(&p, N_("It is good until:"));
	page_raw(&p, " ");
	page_time(&p, c->now + DEVICE_INVITE_SECONDS);
	page_raw(&p, "</p>\n");
	qr_put(&p, N_("QR code with the device's address"), text);
	page_raw(&p, "<p><code class=\"secret\" id=\"address\">");
	page_text(&p, text);
	page_raw(&p, "</code></p>\n");
	say_in(&p, "p", N_("Give it to the device at its first start: type it "
	    "on its screen, put it into badgeward-enrol.txt on the card's boot "
	    "partition, or write it on a tag with a phone that scans the code. "
	    "Compare the name, the sponsor and the event that its screen then "
	    "shows."));
	snprintf(path, sizeof(path), "/devices/%s", name);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, path, N_("To the device's page"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
	c->shown_once = "/devices";
}

void
devices_add(struct call *c)
{
	struct bw_buf address = BW_BUF_INIT(DEVICE_ADDRESS_MAX);
	struct device_typed t;
	bw_err r;

	if (!device_typed_take(c, &t)) {
		list(c, 422, &t);
		return;
	}
	if ((r = store_begin(c->store)) == BW_OK) {
		r = device_invite(c->store, c->host->dir,
		    &(struct device_new){ t.name, t.sponsor, t.booth },
		    c->now, &address);
		r = audit_finish(c->store, r, c->now, c->me->actor,
		    DID_DEVICE_ADD, t.name[0] != 0 ? t.name : "-", "");
	}
	if (r == BW_OK)
		device_address(c, t.name, &address);
	else if (device_typed_fault(&t, r))
		list(c, 422, &t);
	else
		layout_failure(c, r);
	bw_buf_free(&address);
}

bool
device_of(struct call *c, struct store_device *d)
{
	char name[STRICT_TARGET_MAX + 1];
	bw_err r;

	route_part(c, 0, name);
	if ((r = store_device_get(c->store, name, d)) != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}
