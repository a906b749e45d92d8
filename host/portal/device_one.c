// SPDX-License-Identifier: Apache-2.0
/* A device's page. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/portal/device_rows.h"
#include "host/portal/devices.h"
#include "host/store_health.h"
#include "host/store_incident.h"

static void
identity(struct page *p, const struct store_device *d)
{
	fact_begin(p, N_("Name"));
	page_value(p, d->name);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Sponsor"));
	page_value(p, d->sponsor);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Booth"));
	page_value(p, d->booth[0] != 0 ? d->booth : "–");
	page_raw(p, "</dd>\n");
	if (d->state == DEVICE_INVITED)
		fact_time(p, N_("Address good until"), d->invited_until);
	else
		fact_time(p, N_("Enrolled"), d->enrolled_at);
	if (d->state == DEVICE_REVOKED)
		fact_time(p, N_("Revoked"), d->revoked_at);
	if (d->lost_at != 0)
		fact_time(p, N_("Reported lost"), d->lost_at);
	fact_begin(p, N_("Entries that the host holds"));
	layout_number(p, d->size);
	page_raw(p, "</dd>\n");
}

static void
health(struct page *p, const struct store_device *d, const struct health *h)
{
	fact_time(p, N_("Last heard of"), d->last_seen);
	fact_begin(p, N_("Waits to be sent"));
	layout_number(p, h->backlog);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Clock"));
	device_clock(p, h->clock);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Reader"));
	device_reader(p, h->reader);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Disk"));
	device_storage(p, h->storage);
	page_raw(p, "</dd>\n");
	fact_begin(p, N_("Version"));
	page_value(p, h->version[0] != 0 ? h->version : "–");
	page_raw(p, "</dd>\n");
}

/* Why the booth was closed, if it was. */
static void
booth_word(struct page *p, const char *word)
{
	struct store_device d = { .state = DEVICE_ACTIVE };
	struct health h = { .told = true };
	enum care worst;

	snprintf(h.trouble, sizeof(h.trouble), "%s", word);
	worst = care_worst(care_find(&d, &h, "", 0));
	say(p, worst < CARES ? care_what(worst) : N_("open"));
}

static bw_err
change(void *arg, int64_t at, const struct health *h)
{
	struct page *p = arg;

	table_row(p);
	table_time(p, at);
	table_cell(p);
	booth_word(p, h->trouble);
	table_cell(p);
	device_reader(p, h->reader);
	table_cell(p);
	device_clock(p, h->clock);
	table_cell(p);
	device_storage(p, h->storage);
	table_value(p, h->version);
	return p->r;
}

static bw_err
changes(struct page *p, struct call *c, const struct store_device *d,
    const struct health *h)
{
	static const char *const heads[] = { N_("From"), N_("Booth"),
		N_("Reader"), N_("Clock"), N_("Disk"), N_("Version"), NULL };
	bw_err r;

	say_in(p, "h2", N_("What changed"));
	if (!h->told) {
		layout_empty(p, N_("It has not said yet how it is. That comes "
		    "a minute after it was enrolled."), NULL, NULL);
		return BW_OK;
	}
	table_begin(p, N_("What changed"), heads);
	r = store_health_changes(c->store, d->num, change, p);
	table_end(p);
	return r;
}

struct search {
	const struct store_device *device;
	struct incident i;		/* the newest of this loss; id 0: none */
};

static bw_err
of_device(void *arg, const struct incident *i)
{
	struct search *s = arg;

	/* One that was closed before is of another. */
	if (s->i.id == 0 && strcmp(i->scope.device, s->device->name) == 0 &&
	    (i->closed_at == 0 || i->closed_at >= s->device->lost_at))
		s->i = *i;
	return BW_OK;
}

/* What is left to do about the authority. */
static const char *
lost_sentence(const struct incident *i)
{
	if (i->closed_at != 0)
		return N_("It was reported lost. Its incident is closed.");
	if (i->reported_at != 0)
		return N_("It was reported lost, and the authority was "
		    "notified.");
	return N_("It was reported lost. From when you became aware of it "
	    "there are 72 hours to notify the authority.");
}

/* The way from a lost device to its incident, for who may report one. */
static void
lost(struct page *p, struct call *c, const struct store_device *d)
{
	struct search s = { .device = d };
	char href[TEXT_ID_MAX + 48];
	bw_err r;

	if (d->lost_at == 0 ||
	    !access_may(ACT_INCIDENTS, c->me->login.account.role))
		return;
	if ((r = incident_each(c->store, of_device, &s)) != BW_OK) {
		p->r = p->r == BW_OK ? r : p->r;
		return;
	}
	page_raw(p, "<div class=\"note note-warning\"><p>");
	say(p, lost_sentence(&s.i));
	page_raw(p, "</p>\n<p>");
	if (s.i.id != 0) {
		snprintf(href, sizeof(href), "/duties/incidents/%" PRIu64,
		    s.i.id);
		layout_link(p, href, N_("To its incident"));
	} else {
		snprintf(href, sizeof(href), "/duties/incidents?device=%s#open",
		    d->name);
		layout_link(p, href, N_("Open an incident of this device"));
	}
	page_raw(p, "</p></div>\n");
}

void
device_page(struct call *c, unsigned status, const struct store_device *d,
    const struct device_typed *t)
{
	struct health h;
	struct page p;
	bw_err r = store_health_get(c->store, d->num, &h);

	if (r != BW_OK) {
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, status, N_("Device"));
	if (t->word_fault != NULL)
		layout_note(&p, "danger", t->word_fault);
	lost(&p, c, d);
	live_begin(&p, "device-now");
	device_cares(&p, care_find(d, &h, BW_VERSION, c->now));
	page_raw(&p, "<dl class=\"facts\">\n");
	identity(&p, d);
	if (d->enrolled)
		health(&p, d, &h);
	page_raw(&p, "</dl>\n");
	live_end(&p);
	live_begin(&p, "device-changes");
	if (d->enrolled)
		r = changes(&p, c, d, &h);
	live_end(&p);
	if (p.r == BW_OK)
		p.r = r;
	if (access_may(ACT_DEVICES_CHANGE, c->me->login.account.role))
		device_forms(&p, c, d, t);
	layout_end(&p, c);
}

void
devices_show(struct call *c)
{
	struct device_typed t = { .name = "" };
	struct store_device d;

	if (!device_of(c, &d))
		return;
	memcpy(t.sponsor, d.sponsor, sizeof(t.sponsor));
	memcpy(t.booth, d.booth, sizeof(t.booth));
	device_page(c, 200, &d, &t);
}
