// SPDX-License-Identifier: Apache-2.0
/* badgeward registration list, minor, withhold, release. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/right.h"
#include "host/store_registration.h"
#include "tools/cmds.h"
#include "tools/staff.h"

/* A released minor attends like any other, but staff should see why. */
static const char *
status_of(const struct registration *r)
{
	return r->released && r->status == REG_ATTENDING ? "released" :
	    reg_status_name(r->status);
}

struct list {
	bool json;
	uint64_t n;
};

static void
print_json(const struct list *l, const struct registration *r)
{
	printf("%s{\"id\": %" PRIu64, staff_list_sep(l->n), r->id);
	for (int f = 1; f <= FIELD_COUNT; f++) {
		printf(", \"%s\": ", field_name((enum field)f));
		staff_json(r->values.v[f]);
	}
	fputs(", \"status\": ", stdout);
	staff_json(status_of(r));
	putchar('}');
}

static bw_err
on_registration(void *arg, const struct registration *r)
{
	struct list *l = arg;

	if (l->json)
		print_json(l, r);
	else {
		printf("%" PRIu64 "\t%s", r->id, status_of(r));
		for (int f = 1; f <= FIELD_COUNT; f++)
			printf("\t%s", r->values.v[f]);
		putchar('\n');
	}
	l->n++;
	return BW_OK;
}

static int
list_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	bw_err r = store_registration_each(st->store, on_registration, l);

	(void)arg;
	return staff_list_end(st, l->json, l->n, r);
}

int
cmd_registration_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "registration list", { NULL },
	    "Lists all registrations: id, status, name, email, company, job "
	    "title, work phone\nand location, with tabs between. The status "
	    "\"released\" attends although under 18 by\nthe report. This is "
	    "personal data: keep it on this machine.", opt, 1 };

	return staff_run(dir, &o, argc, argv, list_act, &l);
}

/* What cannot be changed, and why; -1: it can. */
static int
check_change(const struct registration *reg, enum reg_status to)
{
	bool from = to == REG_MINOR ? reg->status == REG_ATTENDING ||
	    reg->status == REG_CANCELLED : reg->status == REG_MINOR;

	if (from)
		return -1;
	if (reg->status == to) {
		printf("registration %" PRIu64 " is %s already\n", reg->id,
		    reg_status_name(to));
		return CMD_OK;
	}
	if (reg->status == REG_DELETED)
		return staff_fail("registration %" PRIu64 " was erased",
		    reg->id);
	if (reg->status == REG_WITHHELD)
		return staff_fail("registration %" PRIu64 " is withheld; "
		    "\"right list\" says why, \"right lift\" lifts it",
		    reg->id);
	return staff_fail("registration %" PRIu64 " is %s, which an import "
	    "decides", reg->id, reg_status_name(reg->status));
}

/* What minor and release do. */
struct change {
	enum reg_status to;
	enum audit_act act;	/* in the audit */
};

static int
change(struct staff *st, const char *const *arg, void *ctx)
{
	const struct change *c = ctx;
	struct registration reg;
	char object[40];
	uint64_t id;
	int code;
	bw_err r;

	if (!staff_number("registration", arg[0], &id))
		return CMD_USAGE;
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	r = store_registration_get(st->store, id, &reg);
	explicit_bzero(&reg.values, sizeof(reg.values));
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no registration %" PRIu64 "; "
		    "\"registration list\" shows all", id);
	if (r == BW_OK && (code = check_change(&reg, c->to)) != -1)
		return code;
	if (r == BW_OK)
		r = store_registration_status(st->store, id, c->to, st->now);
	if (r == BW_OK)
		r = store_registration_get(st->store, id, &reg);
	explicit_bzero(&reg.values, sizeof(reg.values));
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	snprintf(object, sizeof(object), "registration %" PRIu64, id);
	if ((code = staff_commit(st, c->act, object)) == CMD_OK)
		printf("registration %" PRIu64 " is %s\n", id,
		    reg_status_name(reg.status));
	return code;
}

int
cmd_registration_minor(const char *dir, int argc, char **argv)
{
	const struct opts o = { "registration minor", { "ID", NULL },
	    "Its holder is under 18, whatever the report says: no badge is "
	    "made, its badges are\nblocked on every device, and nothing of it "
	    "is in an export. An import does not lift\nthis; \"registration "
	    "release\" does.", NULL, 0 };
	struct change c = { REG_MINOR, DID_REGISTRATION_MINOR };

	return staff_run(dir, &o, argc, argv, change, &c);
}

/* Those of the page's reasons that are staff's own, the usual one first. */
static const char *const reasons[] = { "not-coming", "mistake" };

static int
check_reason(const char *said, char detail[static 40])
{
	for (size_t i = 0; i < 2; i++)
		if (strcmp(said, reasons[i]) == 0) {
			snprintf(detail, 40, "reason %s", said);
			return CMD_OK;
		}
	return staff_usage("--reason is not-coming or mistake, not \"%s\"; "
	    "what a person asks for is \"right restrict\" or \"right "
	    "object\"", said);
}

static int
not_withheld(struct staff *st, uint64_t id, bw_err r)
{
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no registration %" PRIu64 "; "
		    "\"registration list\" shows all", id);
	if (r == BW_ERR_GONE)
		return staff_fail("registration %" PRIu64 " was erased", id);
	if (r == BW_ERR_EXISTS)
		return staff_fail("registration %" PRIu64 " is withheld by "
		    "staff already", id);
	return staff_fail_err(r, st->host->db_path);
}

static int
withhold(struct staff *st, const char *const *arg, void *ctx)
{
	const char *const *reason = ctx;
	char who[STAFF_ACTOR_SIZE], detail[40];
	uint64_t id;
	int code;
	bw_err r;

	if (!staff_number("registration", arg[0], &id))
		return CMD_USAGE;
	if ((code = check_reason(*reason, detail)) != CMD_OK ||
	    (code = staff_begin(st)) != CMD_OK)
		return code;
	staff_actor(who);
	/* It has written its row into the audit. */
	if ((r = right_withhold(st->store, id, RIGHT_STAFF, detail, who,
	    st->now)) != BW_OK || (r = store_commit(st->store)) != BW_OK)
		return not_withheld(st, id, r);
	store_tidy(st->store);
	printf("registration %" PRIu64 " is withheld; \"right lift %" PRIu64
	    "\" undoes it\n", id, id);
	return CMD_OK;
}

int
cmd_registration_withhold(const char *dir, int argc, char **argv)
{
	const char *reason = reasons[0];
	const struct opt opt[] = {
		{ "reason", "WHY", "not-coming (unless given) or mistake",
		    false, &reason, NULL },
	};
	const struct opts o = { "registration withhold", { "ID", NULL },
	    "Its holder does not come, or it is a mistake: no badge is made, "
	    "its badges are refused\nat every booth after its next sync, and "
	    "its leads are in no list and no export. Imports\ndo not lift it; "
	    "\"right lift\" does.", opt, 1 };

	return staff_run(dir, &o, argc, argv, withhold, &reason);
}

int
cmd_registration_release(const char *dir, int argc, char **argv)
{
	const struct opts o = { "registration release", { "ID", NULL },
	    "A minor's mark was a mistake: the registration attends, unless "
	    "its ticket was\ncancelled. An import does not take this back, "
	    "until the age in the report is another\none.", NULL, 0 };
	struct change c = { REG_ATTENDING, DID_REGISTRATION_RELEASE };

	return staff_run(dir, &o, argc, argv, change, &c);
}
