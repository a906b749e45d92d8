// SPDX-License-Identifier: Apache-2.0
#include "host/portal/device_rows.h"

#include <stdlib.h>
#include <string.h>

#include "host/store_health.h"

struct take {
	struct device_rows *rows;
	int64_t now;
};

static bw_err
on_device(void *arg, const struct store_device *d, const struct health *h)
{
	struct take *t = arg;
	struct device_rows *r = t->rows;
	struct device_row *row;

	if (r->n == r->room) {
		size_t room = r->room == 0 ? 32 : r->room * 2;
		void *more = reallocarray(r->row, room, sizeof(*r->row));

		if (more == NULL)
			return BW_ERR_NOMEM;
		r->row = more;
		r->room = room;
	}
	row = &r->row[r->n++];
	row->d = *d;
	row->h = *h;
	row->cares = care_find(d, h, BW_VERSION, t->now);
	r->urgent += care_urgent(row->cares);
	return BW_OK;
}

static int
by_care(const void *a, const void *b)
{
	const struct device_row *x = a, *y = b;
	enum care cx = care_worst(x->cares), cy = care_worst(y->cares);

	/* What is well stands before what is over. */
	if (cx == CARES || cy == CARES) {
		bool over = (cx == CARES ? cy : cx) >= CARE_LOST;

		if (cx != cy)
			return (cx == CARES) == over ? -1 : 1;
	} else if (cx != cy)
		return cx < cy ? -1 : 1;
	return strcmp(x->d.name, y->d.name);
}

bw_err
device_rows_take(struct call *c, const char *sponsor,
    struct device_rows *out)
{
	struct take t = { out, c->now };
	bw_err r;

	memset(out, 0, sizeof(*out));
	r = store_health_each(c->store, sponsor, on_device, &t);
	if (out->n > 0)
		qsort(out->row, out->n, sizeof(*out->row), by_care);
	return r;
}

void
device_rows_free(struct device_rows *r)
{
	free(r->row);
	memset(r, 0, sizeof(*r));
}

void
device_cares(struct page *p, unsigned cares)
{
	if (cares == 0)
		say_in(p, "p", N_("All is well."));
	for (int i = 0; i < CARES; i++) {
		enum care c = (enum care)i;

		if ((cares & 1u << i) == 0)
			continue;
		page_raw(p, care_urgent(1u << i) ? "<p class=\"care\"><strong>" :
		    "<p><strong>");
		say(p, care_what(c));
		page_raw(p, "</strong> ");
		if (care_todo(c)[0] != 0)
			say(p, care_todo(c));
		page_raw(p, "</p>\n");
	}
}

struct word {
	const char *word, *text;
};

static void
put_word(struct page *p, const char *word, const struct word *w)
{
	for (; w->word != NULL; w++)
		if (strcmp(w->word, word) == 0) {
			say(p, w->text);
			return;
		}
	page_text(p, word[0] != 0 ? word : "–");
}

void
device_clock(struct page *p, const char *word)
{
	static const struct word words[] = { { "ntp", N_("set by network") },
		{ "host", N_("confirmed by the host") },
		{ "held", N_("confirmed earlier") },
		{ "rtc", N_("its battery's, not confirmed") },
		{ "unknown", N_("not confirmed") }, { NULL, NULL } };

	put_word(p, word, words);
}

void
device_reader(struct page *p, const char *word)
{
	static const struct word words[] = { { "ready", N_("ready") },
		{ "starting", N_("starting") }, { "not given", N_("none set") },
		{ "absent", N_("not plugged in") },
		{ "in use", N_("used by another program") },
		{ "silent", N_("does not answer") },
		{ "wrong chip", N_("cannot read badges") },
		{ "crashed", N_("its program ended") },
		{ "garbage", N_("answers nonsense") },
		{ "not allowed", N_("no permission") },
		{ "held by the kernel", N_("held by the kernel") },
		{ NULL, NULL } };

	put_word(p, word, words);
}

void
device_storage(struct page *p, const char *word)
{
	static const struct word words[] = { { "ok", N_("has room") },
		{ "low", N_("nearly full") }, { "full", N_("full") },
		{ NULL, NULL } };

	put_word(p, word, words);
}

static void
name_cell(struct page *p, const char *name, bool staff)
{
	page_raw(p, "<th scope=\"row\">");
	if (staff) {
		page_raw(p, "<a href=\"/devices/");
		page_text(p, name);
		page_raw(p, "\">");
	}
	page_value(p, name);
	page_raw(p, staff ? "</a></th>" : "</th>");
}

static void
put_row(struct page *p, const struct device_row *r, bool staff)
{
	table_row(p);
	name_cell(p, r->d.name, staff);
	table_cell_with(p, " class=\"cares\"");
	device_cares(p, r->cares);
	page_raw(p, "</td>");
	table_value(p, r->d.booth);
	if (staff)
		table_value(p, r->d.sponsor);
	table_cell(p);
	if (r->d.last_seen != 0)
		layout_when(p, r->d.last_seen);
	else
		say(p, N_("never"));
	table_number(p, r->h.backlog);
	table_cell(p);
	device_clock(p, r->h.clock);
	table_cell(p);
	device_reader(p, r->h.reader);
	table_value(p, r->h.version);
}

void
device_rows_put(struct page *p, const struct device_rows *r, bool staff)
{
	static const char *const all[] = { N_("Device"), N_("State"),
		N_("Booth"), N_("Sponsor"), N_("Last heard of"),
		N_("Waits to be sent"), N_("Clock"), N_("Reader"),
		N_("Version"), NULL };
	static const char *const own[] = { N_("Device"), N_("State"),
		N_("Booth"), N_("Last heard of"), N_("Waits to be sent"),
		N_("Clock"), N_("Reader"), N_("Version"), NULL };

	table_begin(p, N_("Devices"), staff ? all : own);
	for (size_t i = 0; i < r->n; i++)
		put_row(p, &r->row[i], staff);
	table_end(p);
}
