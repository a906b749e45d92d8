// SPDX-License-Identifier: Apache-2.0
/* A policy in plain sentences, for the person who answers for it. */
#include <inttypes.h>
#include <stdbool.h>

#include "host/country.h"
#include "host/notice.h"
#include "host/policyfile.h"
#include "host/when.h"

/* "job title" for job_title. */
static void
print_field(FILE *out, enum field f)
{
	for (const char *s = field_name(f); *s != 0; s++)
		fputc(*s == '_' ? ' ' : *s, out);
}

/* "name, email and company", by the last join; "nothing" for the empty set. */
static void
print_fields(FILE *out, field_set set, const char *join)
{
	int left = __builtin_popcount(set & FIELD_ALL);

	if (left == 0)
		fputs("nothing", out);
	for (int f = 1; f <= FIELD_COUNT; f++) {
		if ((set & FIELD_BIT(f)) == 0)
			continue;
		print_field(out, (enum field)f);
		left--;
		fputs(left > 1 ? ", " : left == 1 ? join : "", out);
	}
}

static void
print_time(FILE *out, uint64_t t)
{
	char text[WHEN_SIZE];

	when_format((int64_t)t, text);
	fprintf(out, "%.10s %.5s UTC", text, text + 11);
}

static void
print_rule(FILE *out, const char *verb, field_set set, const char *rest)
{
	fprintf(out, "  %s ", verb);
	print_fields(out, set, " and ");
	fprintf(out, "%s.\n", rest);
}

static void
print_questions(FILE *out, const struct policy *p)
{
	for (size_t i = 0; i < p->nquestions; i++) {
		const struct policy_question *q = &p->question[i];

		fprintf(out, "  Its staff may note: %s", q->text[0].text);
		for (size_t j = 0; j < q->nchoices; j++)
			fprintf(out, "%s%s", j == 0 ? " (" : ", ",
			    q->choice[j]);
		fprintf(out, "%s\n", q->nchoices != 0 ? ")" : "");
	}
}

static void
print_notice(FILE *out, const struct policy_notice *n)
{
	fprintf(out, "  In %s the attendee reads:\n"
	    "    %s\n    %s\n    %s\n    %s\n    %s\n",
	    notice_language_name(n->lang), n->title, n->purpose, n->retention,
	    n->withdraw, n->silence);
}

void
policyfile_print_sponsor(const struct policy *p, FILE *out)
{
	field_set asked = p->required | p->optional;
	char country[COUNTRY_NAME_MAX];

	if (country_name(p->sponsor.country, "en", country) != BW_OK)
		snprintf(country, sizeof(country), "%s", p->sponsor.country);
	fprintf(out, "%s: %s, established in %s\n", p->sponsor.id,
	    p->sponsor.name, country);
	print_rule(out, "With a share it always gets", p->required, "");
	print_rule(out, "Only if the attendee ticks it, it gets", p->optional,
	    p->optional != 0 ? " as well" : "");
	if (asked != FIELD_ALL) {
		fputs("  It never gets ", out);
		print_fields(out, FIELD_ALL & ~asked, " or ");
		fputs(".\n", out);
	}
	fprintf(out, "  It may keep a share for %" PRIu64 " day%s.\n",
	    p->retain_days, p->retain_days == 1 ? "" : "s");
	fprintf(out, "  Its privacy policy is at %s\n", p->sponsor.privacy_url);
	fprintf(out, "  Rights requests go to %s\n", p->sponsor.contact);
	print_questions(out, p);
	if (p->logo.w != 0)
		fprintf(out, "  Its logo is shown in %" PRIu64 "x%" PRIu64
		    " pixels at most.\n", p->logo.w, p->logo.h);
	fprintf(out, p->staff_pin[0] != 0 ? "  Its staff open the staff's "
	    "screens of its devices with a PIN.\n" : "  Its devices have no "
	    "screens for its staff: there is no staff_pin.\n");
	for (size_t i = 0; i < p->nlangs; i++)
		print_notice(out, &p->notice[i]);
}

/* By class, from when it counts. */
static void
print_retention(const struct policyfile *p, FILE *out)
{
	fputs("The host itself keeps:\n", out);
	for (int i = 0; i < RETAIN_CLASSES; i++) {
		const struct retain_class *c = retain_class((enum retain)i);

		fprintf(out, "  %s: %u day%s from %s.\n", c->what,
		    p->retain[i], p->retain[i] == 1 ? "" : "s", c->from);
	}
}

static void
print_who(const struct store_contact *w, FILE *out)
{
	if (w->controller[0] != 0)
		fprintf(out, "Responsible for the event is %s\n",
		    w->controller);
	if (w->contact[0] != 0)
		fprintf(out, "Questions about data protection go to %s\n",
		    w->contact);
	if (w->complaint[0] != 0)
		fprintf(out, "Complaints go to %s\n", w->complaint);
	if (w->controller[0] == 0 || w->contact[0] == 0)
		fputs("Attendees are not told who answers for the event: "
		    "\"controller\" or \"contact\" is missing.\n", out);
}

void
policyfile_print_event(const struct policyfile *p, FILE *out)
{
	const struct policy *first = p->part[0];

	fprintf(out, "The policy of event %s holds from ", p->event);
	print_time(out, p->valid_from);
	fputs(" until ", out);
	print_time(out, p->valid_until);
	fputs(".\nAttendees are asked in ", out);
	for (size_t i = 0; i < first->nlangs; i++)
		fprintf(out, "%s%s", i == 0 ? "" : i + 1 == first->nlangs ?
		    " or " : ", ", notice_language_name(first->lang[i]));
	fprintf(out, ".\nNo sponsor keeps a share for longer than %" PRIu64
	    " day%s, and one that is not listed here gets nothing.\n",
	    p->retain_days, p->retain_days == 1 ? "" : "s");
	print_who(&p->who, out);
	print_retention(p, out);
}

void
policyfile_print(const struct policyfile *p, FILE *out)
{
	policyfile_print_event(p, out);
	for (size_t i = 0; i < p->n; i++) {
		fputc('\n', out);
		policyfile_print_sponsor(p->part[i], out);
	}
}
