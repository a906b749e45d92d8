// SPDX-License-Identifier: Apache-2.0
#include "host/breach.h"

#include <inttypes.h>
#include <string.h>

#include "host/store_device.h"
#include "host/when.h"

static bw_err
on_person(void *arg, const struct incident_person *p)
{
	struct breach *b = arg;

	if (p->registration == 0)
		b->unknown = p->shares;
	else
		b->people++;
	b->shares += p->shares;
	b->fields |= p->fields;
	if (p->shares != 0 && (b->first == 0 || p->first < b->first))
		b->first = p->first;
	if (p->last > b->last)
		b->last = p->last;
	return BW_OK;
}

/* One sponsor's fields; of a whole event's devices nothing is said here. */
static bw_err
reach(struct store *s, const struct incident_scope *scope, int64_t now,
    struct breach *b)
{
	struct store_device d;
	bw_err r = BW_OK;

	memcpy(b->sponsor, scope->sponsor, sizeof(b->sponsor));
	if (scope->device[0] != 0 &&
	    (r = store_device_get(s, scope->device, &d)) == BW_OK) {
		memcpy(b->sponsor, d.sponsor, sizeof(b->sponsor));
		b->device_revoked = d.state == DEVICE_REVOKED;
	}
	if (r != BW_OK || b->sponsor[0] == 0)
		return r;
	r = store_sponsor_reach(s, b->sponsor, now, &b->reach,
	    &b->reach_until);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
breach_look(struct store *s, const struct incident_scope *scope, int64_t now,
    struct breach *out)
{
	bw_err r;

	*out = (struct breach){ 0 };
	if ((r = store_snapshot(s)) != BW_OK)
		return r;
	if ((r = reach(s, scope, now, out)) == BW_OK &&
	    (r = incident_people(s, scope, on_person, out)) == BW_OK)
		r = incident_badges(s, &out->badges, &out->pointers);
	store_snapshot_end(s);
	return r;
}

static void
print_fields(FILE *out, field_set set)
{
	const char *sep = "";

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0) {
			fputs(sep, out);
			for (const char *c = field_name((enum field)f);
			    *c != 0; c++)
				fputc(*c == '_' ? ' ' : *c, out);
			sep = ", ";
		}
	if (set == 0)
		fputs("none", out);
}

static void
print_time(FILE *out, int64_t t)
{
	char text[WHEN_SIZE];

	when_format(t, text);
	fprintf(out, "%.10s %.5s UTC", text, text + 11);
}

static void
print_scope(const struct incident_scope *scope, FILE *out)
{
	if (scope->device[0] != 0)
		fprintf(out, "device %s", scope->device);
	else if (scope->sponsor[0] != 0)
		fprintf(out, "all devices of sponsor %s", scope->sponsor);
	else
		fputs("the whole event, the host and all devices", out);
	if (scope->since != 0) {
		fputs(", from ", out);
		print_time(out, scope->since);
	}
	if (scope->until != 0) {
		fputs(", until ", out);
		print_time(out, scope->until);
	}
}

void
breach_clock(const struct incident *i, int64_t now, FILE *out)
{
	int64_t left = incident_due(i) - now;

	fputs("to be notified until ", out);
	print_time(out, incident_due(i));
	if (i->reported_at != 0)
		fputs("; it was", out);
	else if (i->closed_at != 0)
		fputs("; closed, not notified", out);
	else if (left < 0)
		fprintf(out, "; overdue by %" PRId64 " hours: give the reasons "
		    "for the delay", -left / 3600);
	else
		fprintf(out, "; %" PRId64 " hours left", left / 3600);
	fputc('\n', out);
}

static void
print_times(const struct incident *i, FILE *out)
{
	fputs("Became aware: ", out);
	print_time(out, i->aware_at);
	if (i->reported_at != 0) {
		fputs("\nNotified: ", out);
		print_time(out, i->reported_at);
	}
	fputc('\n', out);
}

/* Art. 34: what those concerned were told, and who was not reached. */
static void
print_letters(const struct incident *i, FILE *out)
{
	if (i->told_at == 0)
		return;
	fprintf(out, "   Letters to those concerned (GDPR Art. 34): %" PRIu64
	    ", written ", i->told);
	print_time(out, i->told_at);
	fputs(".\n", out);
	if (i->waiting != 0)
		fprintf(out, "   Of them not sent yet: %" PRIu64 ".\n",
		    i->waiting);
	if (i->unreached != 0)
		fprintf(out, "   Of them not reached: %" PRIu64 ". These people "
		    "must be told in another way\n   that reaches them as well "
		    "(GDPR Art. 34(3)(c)).\n", i->unreached);
}

bw_err
breach_contact(struct store *s, char out[static BREACH_CONTACT_SIZE])
{
	struct store_policy now;
	struct store_contact who;
	bw_err r;

	out[0] = 0;
	if ((r = store_policy_current(s, &now)) == BW_OK)
		r = store_contact_get(s, now.version, &who);
	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r == BW_OK)
		snprintf(out, BREACH_CONTACT_SIZE, "%s%s%s", who.controller,
		    who.controller[0] != 0 && who.contact[0] != 0 ? "; " : "",
		    who.contact);
	return r;
}

/* What a finder can and cannot read. */
static void
print_reach(const struct breach *b, FILE *out)
{
	fputs("   A device keeps no values: its journal holds commitments, and "
	    "shares by a badge's\n   random number.\n", out);
	if (b->reach_until == 0) {
		fputs("   No policy that it can have is valid any more: it "
		    "opens no badge.\n", out);
		return;
	}
	fputs("   Until ", out);
	print_time(out, b->reach_until);
	fputs(" it can still open, of any badge\n   that is held to its "
	    "reader: ", out);
	print_fields(out, b->reach);
	if (b->reach != FIELD_ALL) {
		fputs(".\n   It cannot open: ", out);
		print_fields(out, FIELD_ALL & ~b->reach);
	}
	fprintf(out, ".\n   Badges with values on them: %" PRIu64 "; badges "
	    "without, which give it nothing: %" PRIu64 ".\n", b->badges,
	    b->pointers);
}

static void
print_people(const struct breach *b, const struct incident_scope *scope,
    FILE *out)
{
	fprintf(out, "2. Categories and approximate numbers\n"
	    "   Attendees of the event: %" PRIu64 "%s.\n"
	    "   Records (shares): %" PRIu64, b->people, b->unknown != 0 ?
	    " and those whose badge is not known" : "", b->shares);
	if (b->unknown != 0)
		fprintf(out, ", %" PRIu64 " of badges that are not known any "
		    "more (erased since,\n   too)", b->unknown);
	fputs(incident_whole(scope) ? ".\n   Fields that the host holds: " :
	    ".\n   Fields that were shared there: ", out);
	print_fields(out, b->fields);
	fputs(".\n", out);
	if (b->first != 0) {
		fputs("   The first share: ", out);
		print_time(out, b->first);
		fputs("; the last: ", out);
		print_time(out, b->last);
		fputs(".\n", out);
	}
}

/* Each line of a text that staff wrote under its number. */
static void
print_lines(const char *text, FILE *out)
{
	size_t n;

	for (; *text != 0; text += n + (text[n] != 0)) {
		n = strcspn(text, "\n");
		fprintf(out, n != 0 ? "   %.*s\n" : "%.*s\n", (int)n, text);
	}
}

static void
print_event(const struct incident_event *e, FILE *out)
{
	if (e->from == 0) {
		fputs("   When it happened is not known.\n", out);
		return;
	}
	fputs("   It happened: ", out);
	print_time(out, e->from);
	if (e->to != 0) {
		fputs(" to ", out);
		print_time(out, e->to);
	}
	fputs(".\n", out);
}

/* What staff said, or what they have to say. */
static void
print_said(const struct incident_said *said, enum incident_saying what,
    const char *must, FILE *out)
{
	print_lines(said != NULL && said->text[what][0] != 0 ?
	    said->text[what] : must, out);
}

/* Art. 33(1), 33(5) and 34: what was said when it was closed. */
static void
print_end(const struct incident *i, const struct incident_said *said,
    FILE *out)
{
	static const char *const head[INCIDENT_SAYINGS] = {
		[INCIDENT_NO_NOTICE] = "Why the authority was not notified "
		    "(GDPR 33(1))",
		[INCIDENT_NO_LETTER] = "Why those concerned were not told "
		    "(GDPR 34)",
		[INCIDENT_EFFECTS] = "Effects (GDPR 33(5))",
		[INCIDENT_REMEDY] = "What was done against them (GDPR 33(5))" };

	if (i->closed_at == 0)
		return;
	fputs("\nClosed: ", out);
	print_time(out, i->closed_at);
	fputc('\n', out);
	for (int k = INCIDENT_NO_NOTICE; k < INCIDENT_SAYINGS; k++)
		if (said->text[k][0] != 0) {
			fprintf(out, "%s\n", head[k]);
			print_lines(said->text[k], out);
		}
}

void
breach_print(const struct breach *b, const struct incident_scope *scope,
    const struct incident *incident, const struct incident_said *said,
    const char *event, const char *contact, int64_t now, FILE *out)
{
	fprintf(out, "DRAFT: notification of a personal data breach "
	    "(GDPR Art. 33(3))\nEvent: %s\n", event);
	if (incident != NULL)
		print_times(incident, out);
	fputs("\n1. Nature of the breach\n   It concerns ", out);
	print_scope(scope, out);
	fputs(".\n", out);
	if (incident != NULL)
		print_event(&incident->event, out);
	if (b->sponsor[0] != 0)
		print_reach(b, out);
	print_people(b, scope, out);
	fprintf(out, "3. Contact point\n   %s\n", contact[0] != 0 ? contact :
	    "[Name and contact details: the policy says neither controller "
	    "nor contact.]");
	fputs("4. Likely consequences\n", out);
	print_said(said, INCIDENT_CONSEQUENCES, "[Whoever holds a badge to the "
	    "device may learn the fields above; unwanted\ncontact, or "
	    "somebody posing as the event or the sponsor.]", out);
	fputs("5. Measures taken or proposed\n", out);
	if (scope->device[0] != 0)
		fputs(b->device_revoked ? "   The device is revoked: it gets "
		    "no policy any more, and what it sends is kept\n   apart "
		    "and never exported.\n" : "   The device is NOT revoked "
		    "yet (\"device revoke\").\n", out);
	if (incident != NULL)
		print_letters(incident, out);
	print_said(said, INCIDENT_PROPOSED, "[Badges reissued without values; "
	    "the affected told; what else was done.]", out);
	if (incident != NULL && incident_late(incident, now)) {
		fputs("6. Reasons for the delay (GDPR Art. 33(1))\n", out);
		print_said(said, INCIDENT_LATE, "[Why it is notified later "
		    "than 72 hours after staff became aware of it.]", out);
	}
	if (incident != NULL)
		print_end(incident, said, out);
}
