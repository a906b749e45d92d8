// SPDX-License-Identifier: Apache-2.0
#include "host/portal/disclosure_query.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/portal/disclosure_form.h"
#include "host/portal/registrations.h"
#include "host/portal/zone.h"

static void
read_one(const struct call *c, bool form, const char *name, char *out,
    size_t size)
{
	if (form)
		(void)form_value(c, name, out, size);
	else
		regs_param(c, name, out, size);
}

/* What is wrong with a day, or NULL. */
static const char *
take_day(const struct call *c, const char *typed, bool end, int64_t *out)
{
	if (typed[0] == 0 || zone_parse(c, typed, end, out) == BW_OK)
		return NULL;
	return N_("A day like 2026-06-01.");
}

static void
take(const struct call *c, struct disclosure_asked *a)
{
	struct disclosure_query *q = &a->q;

	q->text = a->text;
	if (disclosure_basis_parse(a->basis, &q->basis) != BW_OK)
		a->basis[0] = 0;
	if (a->person[0] != 0 && (text_number(a->person, strlen(a->person),
	    INT64_MAX, &q->registration) != BW_OK || q->registration == 0))
		a->person_fault = N_("The number of a registration.");
	a->from_fault = take_day(c, a->from, false, &q->from);
	a->to_fault = take_day(c, a->to, true, &q->to);
	if (a->to_fault == NULL && q->to != 0 && q->to <= q->from)
		a->to_fault = N_("The end must be after the beginning.");
}

bool
disclosure_ask(const struct call *c, bool form, struct disclosure_asked *out)
{
	char before[24];

	*out = (struct disclosure_asked){ .text = "" };
	read_one(c, form, "text", out->text, sizeof(out->text));
	read_one(c, form, "by", out->basis, sizeof(out->basis));
	read_one(c, form, "person", out->person, sizeof(out->person));
	read_one(c, form, "first", out->from, sizeof(out->from));
	read_one(c, form, "last", out->to, sizeof(out->to));
	read_one(c, form, "before", before, sizeof(before));
	if (form || text_number(before, strlen(before), INT64_MAX,
	    &out->q.before) != BW_OK)
		out->q.before = 0;
	take(c, out);
	return out->person_fault == NULL && out->from_fault == NULL &&
	    out->to_fault == NULL;
}

bool
disclosure_filters(const struct disclosure_asked *a)
{
	return a->text[0] != 0 || a->basis[0] != 0 || a->person[0] != 0 ||
	    a->from[0] != 0 || a->to[0] != 0;
}

void
disclosure_search(struct page *p, const struct disclosure_asked *a)
{
	struct form_field basis = { .name = "by", .label = N_("Basis"),
		.value = a->basis, .unmarked = true };

	page_raw(p, "<div class=\"search\" role=\"search\">\n");
	form_ask(p, DISCLOSURES_PATH);
	form_input(p, &(struct form_field){ .name = "text", .type = "search",
	    .label = N_("Who asked, who decided or why"), .value = a->text,
	    .unmarked = true, .most = DISCLOSURE_TEXT_MAX });
	form_select_begin(p, &basis);
	form_option(p, &basis, "", catalogue_find(p->w->lang, N_("any")));
	for (unsigned i = DISCLOSURE_LAW; i <= DISCLOSURE_BASES; i++)
		form_option(p, &basis,
		    disclosure_basis_name((enum disclosure_basis)i),
		    catalogue_find(p->w->lang,
		    disclosure_basis((enum disclosure_basis)i)));
	form_select_end(p, &basis);
	form_input(p, &(struct form_field){ .name = "person",
	    .label = N_("Number of the registration"), .value = a->person,
	    .unmarked = true, .error = a->person_fault, .most = 20 });
	form_day(p, &(struct form_field){ .name = "first",
	    .label = N_("Given from"), .value = a->from, .unmarked = true,
	    .error = a->from_fault });
	form_day(p, &(struct form_field){ .name = "last",
	    .label = N_("Given until"), .value = a->to, .unmarked = true,
	    .error = a->to_fault });
	form_end(p, N_("Search"));
	page_raw(p, "</div>\n");
}

void
disclosure_address(const struct disclosure_asked *a, uint64_t before,
    char out[static STRICT_TARGET_MAX + 1])
{
	char at[24] = "";

	if (before != 0)
		snprintf(at, sizeof(at), "%" PRIu64, before);
	regs_link(out, DISCLOSURES_PATH, "text", a->text, "by", a->basis,
	    "person", a->person, "first", a->from, "last", a->to, "before",
	    at, NULL);
}

void
disclosure_file_form(struct page *p, struct call *c,
    const struct disclosure_asked *a)
{
	form_begin(p, c, DISCLOSURES_PATH "/file", false);
	form_hidden(p, "text", a->text);
	form_hidden(p, "by", a->basis);
	form_hidden(p, "person", a->person);
	form_hidden(p, "first", a->from);
	form_hidden(p, "last", a->to);
	form_end(p, disclosure_filters(a) ? N_("Save these as CSV") :
	    N_("Save all as CSV"));
}
