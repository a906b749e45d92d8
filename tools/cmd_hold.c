// SPDX-License-Identifier: Apache-2.0
/* badgeward hold add, list, lift. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/hold.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct given {
	const char *registration, *sponsor, *reason, *reviewer, *days;
	bool event, all, json, yes;
	uint64_t n;
};

#define DAYS_MAX 3650

/* "-" is a line of standard input. */
static int
copy(char *out, size_t size, const char *option, const char *value)
{
	int code = staff_line(value, out, size);

	if (code == CMD_OK && (out[0] == 0 || !text_is_clean(out,
	    strlen(out))))
		return staff_usage("--%s is 1 to %zu bytes of text", option,
		    size - 1);
	return code;
}

/* On what: one of three. */
static int
take_scope(const struct given *g, struct hold *h)
{
	if ((g->registration != NULL) + (g->sponsor != NULL) + g->event != 1)
		return staff_usage("a hold is on --registration, --sponsor or "
		    "--event: one of them");
	h->scope = g->event ? HOLD_EVENT :
	    g->sponsor != NULL ? HOLD_SPONSOR : HOLD_PERSON;
	if (g->registration != NULL && !staff_number("registration",
	    g->registration, &h->registration))
		return CMD_USAGE;
	return g->sponsor != NULL ? copy(h->sponsor, sizeof(h->sponsor),
	    "sponsor", g->sponsor) : CMD_OK;
}

/* Whose erasure is final stands in another file than the store. */
static const char *
unread(struct staff *st, const struct hold *h)
{
	uint64_t n;

	return hold_beyond(st->store, h, &n) == BW_OK ? st->host->db_path :
	    "no hold was added: the record of the deleted, deleted-members";
}

static int
refused(struct staff *st, const struct hold *h, bw_err r)
{
	if (r == BW_ERR_NOTFOUND && h->scope == HOLD_SPONSOR)
		return staff_no_sponsor(h->sponsor);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no registration %" PRIu64 "; "
		    "\"registration list\" shows all", h->registration);
	if (r == BW_ERR_GONE)
		return staff_fail("registration %" PRIu64 " was erased",
		    h->registration);
	if (r == BW_ERR_DENIED)
		return staff_fail("no hold was added: the erasure of "
		    "registration %" PRIu64 " is final, and is being done; "
		    "nothing keeps it any more", h->registration);
	return staff_fail_err(r, unread(st, h));
}

static int
add(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;
	char who[STAFF_ACTOR_SIZE], when[WHEN_SIZE];
	struct hold h = { 0 };
	uint64_t days, id, beyond = 0;
	int code;
	bw_err r;

	(void)arg;
	if ((code = take_scope(g, &h)) != CMD_OK ||
	    (code = copy(h.reason, sizeof(h.reason), "reason",
	    g->reason)) != CMD_OK ||
	    (code = copy(h.reviewer, sizeof(h.reviewer), "reviewer",
	    g->reviewer)) != CMD_OK)
		return code;
	if (text_number(g->days, strlen(g->days), DAYS_MAX, &days) != BW_OK ||
	    days == 0)
		return staff_usage("--review-days is 1 to %d, not \"%s\"",
		    DAYS_MAX, g->days);
	h.review_at = st->now + (int64_t)days * 86400;
	staff_actor(who);
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	if ((r = hold_add(st->store, &h, who, st->now, &id)) == BW_OK &&
	    (r = hold_beyond(st->store, &h, &beyond)) == BW_OK)
		r = store_commit(st->store);
	if (r != BW_OK)
		return refused(st, &h, r);
	when_format(h.review_at, when);
	printf("hold %" PRIu64 " stands until \"hold lift %" PRIu64 "\"; %s "
	    "looks at it again by %s\n", id, id, h.reviewer, when);
	if (beyond != 0)
		printf("It keeps nothing of %" PRIu64 " whose erasure is "
		    "final, and is being done.\n", beyond);
	return CMD_OK;
}

int
cmd_hold_add(const char *dir, int argc, char **argv)
{
	struct given g = { .days = "90" };
	const struct opt opt[] = {
		{ "registration", "ID", "of one person", false,
		    &g.registration, NULL },
		{ "sponsor", "ID", "of a sponsor's shares", false,
		    &g.sponsor, NULL },
		{ "event", NULL, "of everything", false, NULL, &g.event },
		{ "reason", "TEXT", "why, without a person's name", true,
		    &g.reason, NULL },
		{ "reviewer", "WHO", "who looks at it again", true,
		    &g.reviewer, NULL },
		{ "review-days", "N", "in how many days (90)", false, &g.days,
		    NULL },
	};
	const struct opts o = { "hold add", { NULL },
	    "Keeps what a complaint or a lawsuit needs: while the hold stands "
	    "no erasure and no\npurge takes it. A correction still changes it: "
	    "where a value itself is the evidence,\nexport it first. With - "
	    "TEXT is a line of standard input, which no other user of\nthis "
	    "machine sees.", opt,
	    sizeof(opt) / sizeof(opt[0]) };

	return staff_run(dir, &o, argc, argv, add, &g);
}

static void
print_json(const struct given *g, const struct hold *h, const char *review)
{
	printf("%s{\"id\": %" PRIu64 ", \"scope\": \"%s\", "
	    "\"registration\": %" PRIu64 ", \"sponsor\": ",
	    staff_list_sep(g->n), h->id, hold_scope_name(h->scope),
	    h->registration);
	staff_json(h->sponsor);
	fputs(", \"reason\": ", stdout);
	staff_json(h->reason);
	fputs(", \"reviewer\": ", stdout);
	staff_json(h->reviewer);
	printf(", \"review\": \"%s\", \"lifted\": %s}", review,
	    h->lifted_at != 0 ? "true" : "false");
}

static bw_err
on_hold(void *arg, const struct hold *h)
{
	struct given *g = arg;
	char review[WHEN_SIZE];

	when_format(h->review_at, review);
	if (g->json)
		print_json(g, h, review);
	else {
		printf("%" PRIu64 "\t%s", h->id, hold_scope_name(h->scope));
		if (h->scope == HOLD_PERSON)
			printf(" %" PRIu64, h->registration);
		printf("%s%s\t%s\t%s\t%s\t%s\n",
		    h->scope == HOLD_SPONSOR ? " " : "", h->sponsor,
		    h->lifted_at != 0 ? "lifted" : "stands", review,
		    h->reviewer, h->reason);
	}
	g->n++;
	return BW_OK;
}

static int
list(struct staff *st, const char *const *arg, void *ctx)
{
	struct given *g = ctx;

	(void)arg;
	return staff_list_end(st, g->json, g->n,
	    hold_each(st->store, g->all, on_hold, g));
}

int
cmd_hold_list(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = {
		{ "all", NULL, "also those that were lifted", false, NULL,
		    &g.all },
		{ "json", NULL, "as an array of objects", false, NULL,
		    &g.json },
	};
	const struct opts o = { "hold list", { NULL },
	    "Lists the holds: id, on what, whether it stands, when it is "
	    "looked at again, by\nwhom, and why.", opt, 2 };

	return staff_run_keyless(dir, &o, argc, argv, list, &g);
}

/* What goes then does not come back: nothing is written without --yes. */
static int
lift(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;
	char who[STAFF_ACTOR_SIZE];
	uint64_t id;
	int code;
	bw_err r;

	if (!staff_number("hold", arg[0], &id))
		return CMD_USAGE;
	staff_actor(who);
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	r = hold_lift(st->store, id, who, st->now);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no hold %" PRIu64 "; \"hold list\" "
		    "shows all", id);
	if (r == BW_ERR_EXISTS)
		return staff_fail("hold %" PRIu64 " was lifted before", id);
	if (r == BW_OK && !g->yes)
		return staff_fail("nothing was changed: what hold %" PRIu64
		    " keeps may go then, unless another hold keeps it. An "
		    "erasure that a person asked for takes effect when the "
		    "time to undo it has run once more, which a letter says; "
		    "any other when its time has come, which may be now; and "
		    "what only this hold has kept beyond its period is "
		    "deleted by the next \"badgeward purge --apply\", each "
		    "night where its timer is on. If that is meant, say --yes",
		    id);
	if (r == BW_OK)
		r = store_commit(st->store);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	printf("hold %" PRIu64 " is lifted. Erasures that no other hold stops "
	    "go on when the host looks again: \"right\nlist\" says when; who "
	    "asked for one gets a letter that says it. What only this hold has "
	    "kept beyond its period is\ndeleted by the next \"badgeward purge "
	    "--apply\", each night where its timer is on.\n", id);
	return CMD_OK;
}

int
cmd_hold_lift(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = {
		{ "yes", NULL, "what it keeps may go", false, NULL, &g.yes },
	};
	const struct opts o = { "hold lift", { "ID", NULL },
	    "Lifts a hold. What no other hold keeps goes then: an erasure that a "
	    "person asked for\nwhen the time to undo it has run once more, which "
	    "a letter says, any other as soon as\nthe host looks again, the "
	    "rest by the next \"purge --apply\". Nothing comes back; so nothing is\ndone "
	    "without --yes.", opt, 1 };

	return staff_run(dir, &o, argc, argv, lift, &g);
}
