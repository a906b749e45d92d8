// SPDX-License-Identifier: Apache-2.0
#include "host/portal/disclosure_form.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/portal/duties.h"

static const struct form_choice bases[] = {
	{ "", N_("Choose a basis") },
	{ "law", N_("A law demands it") },
	{ "court", N_("A court or an authority ordered it") },
	{ "emergency", N_("An emergency: to protect somebody") },
	{ "claim", N_("A legal claim") },
	{ NULL, NULL }
};

const char *
disclosure_basis(enum disclosure_basis b)
{
	return bases[b].text;
}

void
disclosure_number(struct page *p, const char *sentence, uint64_t id)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, id);
	say_value(p, sentence, text);
}

/* What is wrong with boxes, below them. */
static void
wrong(struct page *p, const char *fault)
{
	if (fault == NULL)
		return;
	page_raw(p, "<p class=\"error\">");
	say(p, fault);
	page_raw(p, "</p>\n");
}

static void
fields(struct page *p, const struct disclosure_typed *t)
{
	page_raw(p, "<fieldset class=\"field\">\n<legend>");
	say(p, N_("Which fields"));
	page_raw(p, "</legend>\n");
	for (int f = 1; f <= FIELD_COUNT; f++)
		form_check(p, &(struct form_field){ .name = "field",
		    .label = duties_field((enum field)f) },
		    field_name((enum field)f),
		    (t->fields & FIELD_BIT(f)) != 0);
	form_check(p, &(struct form_field){ .name = "field",
	    .label = N_("none: only that there was a share") }, "none",
	    t->none);
	wrong(p, t->fields_fault);
	page_raw(p, "</fieldset>\n");
}

static void
form_head(struct page *p, const struct disclosure_typed *t)
{
	page_raw(p, "<h2 id=\"record\">");
	if (t->corrects == 0)
		say(p, N_("Record a disclosure"));
	else
		disclosure_number(p, N_("Correct disclosure number %s"), t->corrects);
	page_raw(p, "</h2>\n");
	say_in(p, "p", N_("It cannot be changed or deleted afterwards, before "
	    "its period is over; what was wrong is corrected by another. The "
	    "person finds it among all that the event "
	    "has, unless it must not be told until a day."));
}

static void
form_who(struct page *p, const struct disclosure_typed *t)
{
	form_select(p, &(struct form_field){ .name = "basis",
	    .label = N_("Basis"), .value = t->basis,
	    .error = t->basis_fault }, bases);
	form_input(p, &(struct form_field){ .name = "asked",
	    .label = N_("Who asked for it"), .value = t->asked,
	    .error = t->asked_fault, .most = DISCLOSURE_WHO_CHARS,
	    .room = DISCLOSURE_WHO_MAX, .typed = t->typed });
	form_input(p, &(struct form_field){ .name = "decided",
	    .label = N_("Who decided that it is given"),
	    .value = t->decided, .error = t->decided_fault,
	    .most = DISCLOSURE_WHO_CHARS, .room = DISCLOSURE_WHO_MAX,
	    .typed = t->typed });
}

static void
form_scope(struct page *p, struct call *c, const struct disclosure_typed *t)
{
	form_input(p, &(struct form_field){ .name = "registration",
	    .label = N_("Number of the registration"), .optional = true,
	    .value = t->registration, .error = t->registration_fault,
	    .hint = N_("Empty: it is about a sponsor or the whole event. A "
	    "person's stands in the case, where it is found by name, mail "
	    "address or the shop's key.") });
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"), .optional = true, .value = t->sponsor,
	    .error = t->sponsor_fault });
	fields(p, t);
	form_input(p, &(struct form_field){ .name = "since",
	    .label = N_("Data of which time: from"), .value = t->since,
	    .optional = true, .error = t->since_fault,
	    .hint = N_("A day, or like 2026-06-01 09:30, in the event's time "
	    "zone; 2026-06-01T09:30:00Z is UTC.") });
	form_input(p, &(struct form_field){ .name = "until",
	    .label = N_("until"), .value = t->until, .optional = true,
	    .error = t->until_fault });
}

static void
form_given(struct page *p, const struct disclosure_typed *t)
{
	form_input(p, &(struct form_field){ .name = "at",
	    .label = N_("When it was given"), .value = t->at,
	    .optional = true, .error = t->at_fault,
	    .hint = N_("Like 2026-06-01, or 2026-06-01 09:30, in "
	    "the event's time zone; empty: now.") });
	form_input(p, &(struct form_field){ .name = "reason",
	    .label = N_("Why, such as the number of the order"),
	    .optional = true, .value = t->reason, .error = t->reason_fault,
	    .most = DISCLOSURE_REASON_CHARS, .room = DISCLOSURE_REASON_MAX,
	    .typed = t->typed });
	form_day(p, &(struct form_field){ .name = "secret",
	    .label = N_("The person must not be told before the end of"),
	    .value = t->secret, .optional = true, .error = t->secret_fault });
	form_check(p, &(struct form_field){ .name = "sure",
	    .label = N_("I have checked it: it cannot be changed afterwards") },
	    "yes", t->sure);
	wrong(p, t->sure_fault);
}

void
disclosure_form(struct page *p, struct call *c,
    const struct disclosure_typed *t)
{
	char corrects[24];

	form_head(p, t);
	form_begin(p, c, DISCLOSURES_PATH, false);
	if (t->corrects != 0) {
		snprintf(corrects, sizeof(corrects), "%" PRIu64, t->corrects);
		form_hidden(p, "corrects", corrects);
	}
	form_who(p, t);
	form_scope(p, c, t);
	form_given(p, t);
	form_end(p, N_("Record it"));
}
