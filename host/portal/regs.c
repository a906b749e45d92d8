// SPDX-License-Identifier: Apache-2.0
/* What pages about registrations and badges share. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/badge_budget.h"
#include "host/case_stop.h"
#include "host/portal/registrations.h"
#include "host/route.h"
#include "host/store_registration.h"

const char *
regs_status(const struct registration *r)
{
	switch (r->status) {
	case REG_ATTENDING:
		return r->released ? N_("attends (released)") : N_("attends");
	case REG_CANCELLED:
		return N_("cancelled");
	case REG_WITHHELD:
		return N_("withheld");
	case REG_MINOR:
		return N_("minor");
	case REG_DELETED:
		return N_("erased");
	case REG_HANDED:
		return N_("handed on");
	}
	return "";
}

const char *
regs_badge(enum badge_state st)
{
	switch (st) {
	case BADGE_STATE_NONE:
		return N_("none yet");
	case BADGE_STATE_WRITTEN:
		return N_("made");
	case BADGE_STATE_REISSUED:
		return N_("reissued");
	case BADGE_STATE_BLOCKED:
		return N_("blocked");
	}
	return "";
}

const char *
regs_no_badge(enum reg_status st)
{
	switch (st) {
	case REG_ATTENDING:
		return NULL;
	case REG_CANCELLED:
		return N_("It is cancelled: no badge is made until an import "
		    "says that it attends.");
	case REG_WITHHELD:
		return N_("It is withheld: no badge is made until it is "
		    "released.");
	case REG_MINOR:
		return N_("It is a minor's: no badge is made for minors.");
	case REG_DELETED:
		return N_("It was erased: no badge is made.");
	case REG_HANDED:
		return N_("Its ticket is another person's now, who has a "
		    "registration of their own: no badge is made for this "
		    "one.");
	}
	return NULL;
}

static void
put_name(struct page *p, const struct registration *r)
{
	if (r->values.v[FIELD_NAME][0] == 0)
		say(p, N_("(no name)"));
	else
		page_value(p, r->values.v[FIELD_NAME]);
}

void
regs_name_cell(struct page *p, const struct registration *r, const char *href)
{
	table_head(p);
	page_raw(p, "<a href=\"");
	page_text(p, href);
	page_raw(p, "\">");
	put_name(p, r);
	page_raw(p, "</a></th>");
}

void
regs_who(struct page *p, const struct registration *r)
{
	put_name(p, r);
	if (r->values.v[FIELD_COMPANY][0] != 0) {
		page_raw(p, " · ");
		page_value(p, r->values.v[FIELD_COMPANY]);
	}
}

void
regs_fields(struct page *p, field_set set)
{
	const char *between = "";

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0) {
			page_text(p, between);
			page_text(p, p->w->field[f]);
			between = ", ";
		}
}

static void
budget_row(struct page *p, const struct badge_budget *b,
    const struct badge_budget_tag *t)
{
	table_row(p);
	page_raw(p, "<th scope=\"row\">");
	page_value(p, t->type);
	page_raw(p, "</th>");
	table_number(p, t->room);
	table_cell(p);
	if (t->fits && b->filled != 0)
		say(p, N_("everything"));
	else if (t->part != 0)
		regs_fields(p, t->part);
	else
		say(p, t->pointer ? N_("a badge without values") :
		    N_("no badge"));
	if (t->fits || t->part != 0 || t->pointer)
		table_number(p, t->fits ? b->all : t->part_bytes);
	else
		table_cell(p);
}

void
regs_budget(struct page *p, struct call *c, const struct field_values *values,
    const struct store_badge_state *had)
{
	static const char *const heads[] = { N_("Kind of tag"),
		N_("Room, bytes"), N_("What fits"), N_("Takes, bytes"), NULL };
	struct badge_budget b;
	bw_err r = badge_budget(c->host->dir, values,
	    (uint8_t)(had->edition < UINT8_MAX ? had->edition + 1 : 1), &b);

	if (r != BW_OK && p->r == BW_OK)
		p->r = r;
	table_begin(p, N_("What fits on which tag"), heads);
	for (unsigned i = 0; r == BW_OK && i < BADGE_TAGS; i++)
		budget_row(p, &b, &b.tag[i]);
	table_end(p);
}

bool
regs_find(struct call *c, unsigned part, struct registration *out)
{
	char text[STRICT_TARGET_MAX + 1];
	uint64_t id;
	bw_err r;

	memset(out, 0, sizeof(*out));
	route_part(c, part, text);
	if (text_number(text, strlen(text), INT64_MAX, &id) != BW_OK)
		r = BW_ERR_NOTFOUND;
	else
		r = store_registration_get(c->store, id, out);
	if (r != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}

void
regs_tick(struct page *p, const char *name, const char *label, bool ticked)
{
	form_check(p, &(struct form_field){ .name = name, .label = label },
	    "1", ticked);
}

bool
regs_ticked(const struct call *c, const char *name)
{
	char text[8];

	form_value(c, name, text, sizeof(text));
	return strcmp(text, "1") == 0;
}

void
regs_param(const struct call *c, const char *name, char *out, size_t size)
{
	if (http_param(c->in, name, out, size) != BW_OK ||
	    !text_is_clean(out, strlen(out)))
		out[0] = 0;
}

/* Appended as far as whole characters go; what has no room is left out. */
static size_t
encode(char *out, size_t n, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *s != 0 && n + 3 <= STRICT_TARGET_MAX; s++) {
		uint8_t c = (uint8_t)*s;

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '-' || c == '.') {
			out[n++] = *s;
			continue;
		}
		out[n++] = '%';
		out[n++] = hex[c >> 4];
		out[n++] = hex[c & 15];
	}
	return n;
}

void
regs_link(char out[static STRICT_TARGET_MAX + 1], const char *path, ...)
{
	size_t n = (size_t)snprintf(out, STRICT_TARGET_MAX + 1, "%s", path);
	char between = strchr(path, '?') != NULL ? '&' : '?';
	const char *name;
	va_list ap;

	va_start(ap, path);
	while ((name = va_arg(ap, const char *)) != NULL) {
		const char *value = va_arg(ap, const char *);

		if (value == NULL || value[0] == 0 ||
		    n + strlen(name) + 2 > STRICT_TARGET_MAX)
			continue;
		n += (size_t)snprintf(out + n, STRICT_TARGET_MAX + 1 - n,
		    "%c%s=", between, name);
		n = encode(out, n, value);
		between = '&';
	}
	va_end(ap);
	out[n] = 0;
}

bool
regs_reason(const struct call *c, const struct form_choice *choices,
    char out[static 24])
{
	form_value(c, "reason", out, 24);
	for (; choices->value != NULL; choices++)
		if (choices->value[0] != 0 && strcmp(choices->value, out) == 0)
			return true;
	out[0] = 0;
	return false;
}

/* What the person wants is a right; the rest is staff's own. */
static enum right_why
why_of(const char *reason)
{
	return strcmp(reason, "objection") == 0 ? RIGHT_OBJECTED :
	    strcmp(reason, "restriction") == 0 ? RIGHT_RESTRICTED :
	    RIGHT_STAFF;
}

bool
regs_of_person(const char *reason)
{
	return why_of(reason) != RIGHT_STAFF;
}

static bw_err
change(struct call *c, const struct registration *r, enum reg_status to,
    const char *reason)
{
	char detail[40];
	bool told;
	bw_err e;

	snprintf(detail, sizeof(detail), "reason %s", reason);
	if (to == REG_WITHHELD)
		return case_withhold(c->store, r->id, 0, why_of(reason),
		    detail, c->me->actor, c->now, &told);
	if (to == REG_MINOR)
		return r->status == REG_ATTENDING ||
		    r->status == REG_CANCELLED ? store_registration_status(
		    c->store, r->id, to, c->now) : BW_ERR_GONE;
	if (r->status == REG_WITHHELD)
		return right_release(c->store, r->id, c->me->actor, c->now);
	e = registration_target(r, to, &to);
	return e == BW_OK ? store_registration_status(c->store, r->id, to,
	    c->now) : e;
}

bw_err
regs_change(struct call *c, const struct registration *was, enum reg_status to,
    enum audit_act act, const char *reason)
{
	char object[40], detail[40];
	struct registration r;
	bw_err e;

	snprintf(object, sizeof(object), "registration %" PRIu64, was->id);
	snprintf(detail, sizeof(detail), "reason %s", reason);
	if ((e = store_begin(c->store)) != BW_OK)
		return e;
	e = store_registration_get(c->store, was->id, &r);
	explicit_bzero(&r.values, sizeof(r.values));
	if (e == BW_OK && r.status != was->status)
		e = BW_ERR_GONE;
	if (e == BW_OK)
		e = change(c, &r, to, reason);
	return audit_finish(c->store, e, c->now, c->me->actor, act, object,
	    detail);
}
