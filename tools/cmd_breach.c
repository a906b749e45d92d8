// SPDX-License-Identifier: Apache-2.0
/* badgeward breach. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/breach.h"
#include "host/case.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct asking {
	const char *device, *sponsor, *from, *to, *aware, *contact, *incident;
	const char *happened, *ended;
	bool event, people;
};

/* A time that is past, or nothing. */
static bool
take_time(struct staff *st, const char *option, const char *s, bool end,
    int64_t *out)
{
	bw_err r;

	if (s == NULL ||
	    (r = case_past(st->store, s, end, st->now, out)) == BW_OK)
		return true;
	if (r == BW_ERR_ARG)
		(void)staff_usage("--%s is still to come: it is a day or a "
		    "time that is past", option);
	else if (r == BW_ERR_FORMAT)
		(void)staff_usage("--%s is a day like 2026-06-01 or a time "
		    "like 2026-06-01T09:30:00Z", option);
	else
		(void)staff_fail_err(r, st->host->db_path);
	return false;
}

static bool
take_scope(struct staff *st, const struct asking *a,
    struct incident_scope *out)
{
	*out = (struct incident_scope){ .since = 0 };
	if (a->incident != NULL && a->device == NULL && a->sponsor == NULL &&
	    !a->event && a->from == NULL && a->to == NULL && a->aware == NULL)
		return true;
	if (a->incident != NULL) {
		(void)staff_usage("--incident says already what it is about");
		return false;
	}
	if ((a->device != NULL) + (a->sponsor != NULL) + a->event != 1) {
		(void)staff_usage("say what it is about: a device's name, "
		    "--sponsor ID or --event");
		return false;
	}
	snprintf(out->device, sizeof(out->device), "%s",
	    a->device != NULL ? a->device : "");
	snprintf(out->sponsor, sizeof(out->sponsor), "%s",
	    a->sponsor != NULL ? a->sponsor : "");
	return take_time(st, "from", a->from, false, &out->since) &&
	    take_time(st, "to", a->to, true, &out->until);
}

static bw_err
on_person(void *arg, const struct incident_person *p)
{
	(void)arg;
	if (p->registration != 0)
		printf("%" PRIu64 "\t%" PRIu64 "\n", p->registration,
		    p->shares);
	return BW_OK;
}

/* Open it as an incident: its clock runs. */
static int
open_incident(struct staff *st, const struct incident *in,
    struct incident *out)
{
	char who[STAFF_ACTOR_SIZE];
	uint64_t id;
	int code;
	bw_err r;

	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	staff_actor(who);
	r = incident_open(st->store, in, who, st->now, &id);
	if (r == BW_OK && (r = incident_get(st->store, id, out)) == BW_OK)
		r = store_commit(st->store);
	if (r == BW_ERR_ARG)
		return staff_fail("--aware and --happened must be in the past, "
		    "and a time end behind its beginning");
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

static int
report(struct staff *st, const struct asking *a,
    const struct incident_scope *scope, const struct incident *i)
{
	char contact[BREACH_CONTACT_SIZE];
	struct incident_said said = { 0 };
	struct breach b;
	bw_err r = breach_look(st->store, scope, st->now, &b);

	if (r == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, scope->device);
	if (r == BW_OK && i != NULL)
		r = incident_said_get(st->store, i->id, &said);
	if (r != BW_OK || (r = breach_contact(st->store, contact)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (i != NULL) {
		fprintf(stderr, "incident %" PRIu64 ": ", i->id);
		breach_clock(i, st->now, stderr);
	}
	breach_print(&b, scope, i, &said, st->host->config.event_name,
	    a->contact != NULL ? a->contact : contact, st->now, stdout);
	if (!a->people)
		return staff_record(st, DID_BREACH_LOOK, scope->device[0] != 0 ?
		    scope->device : scope->sponsor[0] != 0 ? scope->sponsor :
		    "event");
	puts("\nRegistrations and their shares:");
	r = incident_people(st->store, scope, on_person, NULL);
	return r == BW_OK ? staff_record(st, DID_BREACH_PEOPLE,
	    scope->device[0] != 0 ? scope->device : scope->sponsor[0] != 0 ?
	    scope->sponsor : "event") : staff_fail_err(r, st->host->db_path);
}

/* One that is open or closed, as it stands. */
static int
one(struct staff *st, const struct asking *a)
{
	struct incident i;
	uint64_t id;
	bw_err r;

	if (!staff_number("incident", a->incident, &id))
		return CMD_USAGE;
	if ((r = incident_get(st->store, id, &i)) == BW_ERR_NOTFOUND)
		return staff_fail("there is no incident %" PRIu64, id);
	return r == BW_OK ? report(st, a, &i.scope, &i) :
	    staff_fail_err(r, st->host->db_path);
}

static int
breach(struct staff *st, const char *const *arg, void *ctx)
{
	struct asking *a = ctx;
	struct incident in = { 0 }, i = { 0 };
	int code;

	a->device = arg[0];
	if (!take_scope(st, a, &in.scope) ||
	    !take_time(st, "aware", a->aware, false, &in.aware_at) ||
	    !take_time(st, "happened", a->happened, false, &in.event.from) ||
	    !take_time(st, "ended", a->ended, true, &in.event.to))
		return CMD_USAGE;
	if (a->aware == NULL && (a->happened != NULL || a->ended != NULL))
		return staff_usage("--happened and --ended go with --aware");
	if (a->incident != NULL)
		return one(st, a);
	if (in.scope.sponsor[0] != 0 &&
	    store_sponsor_known(st->store, in.scope.sponsor) != BW_OK)
		return staff_fail("no policy has a sponsor \"%s\"",
		    in.scope.sponsor);
	if (a->aware == NULL)
		return report(st, a, &in.scope, NULL);
	if ((code = open_incident(st, &in, &i)) != CMD_OK)
		return code;
	return report(st, a, &i.scope, &i);
}

int
cmd_breach(const char *dir, int argc, char **argv)
{
	struct asking a = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "it is about all devices of a sponsor",
		    false, &a.sponsor, NULL },
		{ "event", NULL, "it is about all who are registered", false,
		    NULL, &a.event },
		{ "from", "TIME", "of which time: from", false, &a.from,
		    NULL },
		{ "to", "TIME", "until", false, &a.to, NULL },
		{ "aware", "TIME", "open an incident: known since then, 72 "
		    "hours left", false, &a.aware, NULL },
		{ "happened", "TIME", "with --aware: when it happened (not "
		    "known)", false, &a.happened, NULL },
		{ "ended", "TIME", "until then", false, &a.ended, NULL },
		{ "incident", "ID", "the draft of one that is open, with what "
		    "staff wrote", false, &a.incident, NULL },
		{ "contact", "TEXT", "the contact point in the report (the "
		    "policy's)", false, &a.contact, NULL },
		{ "people", NULL, "list the registrations concerned, too",
		    false, NULL, &a.people },
	};
	const struct opts o = { "breach", { "[DEVICE]", NULL },
	    "Says from the log alone whom a lost device or another breach may "
	    "concern: how many\npeople and shares, which fields, of which "
	    "time, and what a finder of the device can\nand cannot read; as a "
	    "draft of what GDPR Art. 33(3) asks for. With --event\nit "
	    "concerns all whose registration the host holds.", opt,
	    sizeof(opt) / sizeof(opt[0]) };

	return staff_run_keyless(dir, &o, argc, argv, breach, &a);
}
