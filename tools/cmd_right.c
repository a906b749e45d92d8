// SPDX-License-Identifier: Apache-2.0
/* badgeward right …: what a person asks for. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/case.h"
#include "host/case_erase.h"
#include "host/case_stop.h"
#include "host/deleted.h"
#include "host/right.h"
#include "host/store_leadlist.h"
#include "host/when.h"
#include "tools/cmd_right.h"
#include "tools/cmds.h"
#include "tools/staff.h"

/* What is said of each error; NULL: the store's own words. */
static int
refused(struct staff *st, const struct right_act *a, bw_err r,
    const char *already)
{
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no registration %" PRIu64 "; "
		    "\"registration list\" shows all", a->id);
	if (r == BW_ERR_GONE)
		return staff_fail("registration %" PRIu64 " was erased",
		    a->id);
	if (r == BW_ERR_EXISTS)
		return staff_fail("registration %" PRIu64 " %s", a->id,
		    already);
	if (r == BW_ERR_DENIED && a->case_num != NULL)
		return staff_fail("case %s is of another registration, or "
		    "does not say how registration %" PRIu64 " showed who it "
		    "is (\"case show %s\"): note that on the case's page, or "
		    "open a case with --proof; nothing was changed",
		    a->case_num, a->id, a->case_num);
	return staff_fail_err(r, st->host->db_path);
}

int
right_begin(struct staff *st, const char *id, struct right_act *a)
{
	if (!staff_number("registration", id, &a->id))
		return CMD_USAGE;
	staff_actor(a->who);
	return staff_begin(st);
}

int
right_end(struct staff *st, const struct right_act *a, bw_err r,
    const char *already)
{
	if (r == BW_OK)
		r = store_commit(st->store);
	if (r != BW_OK)
		return refused(st, a, r, already);
	store_tidy(st->store);
	return CMD_OK;
}

/* One share, of this very person. */
static bw_err
withdraw_one(struct staff *st, struct right_act *a)
{
	struct store_edition e;
	struct store_lead lead;
	uint64_t device, seq;
	bool moved = false;
	bw_err r;

	if ((r = leadlist_share_id(st->store, a->share, &device,
	    &seq)) != BW_OK ||
	    (r = store_lead_get(st->store, device, seq, &lead)) != BW_OK ||
	    (r = store_edition_get(st->store, lead.edition, &e)) != BW_OK)
		return r;
	explicit_bzero(&e.values, sizeof(e.values));
	if (e.registration != a->id)
		return BW_ERR_NOTFOUND;
	r = right_withdraw(st->store, device, seq, a->who, st->now, &moved);
	a->n = moved;
	return r;
}

static int
withdraw(struct staff *st, const char *const *arg, void *ctx)
{
	struct right_act *a = ctx;
	int code;
	bw_err r;

	if ((code = right_begin(st, arg[0], a)) != CMD_OK)
		return code;
	if (a->share == NULL)
		r = right_withdraw_all(st->store, a->id, a->who, st->now,
		    &a->n);
	else if ((r = withdraw_one(st, a)) == BW_ERR_NOTFOUND)
		return staff_fail("registration %" PRIu64 " has no share "
		    "\"%s\"", a->id, a->share);
	if ((code = right_end(st, a, r, "")) == CMD_OK)
		printf("registration %" PRIu64 ": %" PRIu64 " shares are "
		    "withdrawn%s\n", a->id, a->n, a->share != NULL ? "" :
		    ", and those that devices still have as they come");
	return code;
}

int
cmd_right_withdraw(const char *dir, int argc, char **argv)
{
	struct right_act a = { 0 };
	const struct opt opt[] = {
		{ "share", "DEVICE-SEQ", "this one alone", false, &a.share,
		    NULL },
	};
	const struct opts o = { "right withdraw", { "ID", NULL },
	    "Withdraws all that this person has shared until now. It vanishes "
	    "from lists and\nexports at once, and each sponsor that could see "
	    "it must acknowledge that.", opt, 1 };

	return staff_run(dir, &o, argc, argv, withdraw, &a);
}

#define NO_LETTER "No letter tells its holder: no case asks for it."

static int
withhold(struct staff *st, const char *const *arg, struct right_act *a,
    enum right_why why)
{
	bool told;
	int code;

	if ((code = right_begin(st, arg[0], a)) != CMD_OK)
		return code;
	code = right_end(st, a, case_withhold(st->store, a->id, 0, why, "",
	    a->who, st->now, &told), why == RIGHT_OBJECTED ?
	    "has objected already" : "is restricted already");
	if (code == CMD_OK)
		printf("registration %" PRIu64 " is withheld: %s\n%s\n", a->id,
		    why == RIGHT_OBJECTED ? "its holder objects" :
		    "it is restricted", told ? "A letter that says so is "
		    "queued." : NO_LETTER);
	return code;
}

static int
restrict_act(struct staff *st, const char *const *arg, void *ctx)
{
	return withhold(st, arg, ctx, RIGHT_RESTRICTED);
}

static int
object_act(struct staff *st, const char *const *arg, void *ctx)
{
	return withhold(st, arg, ctx, RIGHT_OBJECTED);
}

#define WITHHELD "Whose\nopen case asks for it has a letter. No badge is made, its\nbadges are refused at every booth " \
	"after its next sync, and its leads are in no\nlist and no export, which " \
	"sponsors that could see one must acknowledge. Imports\ndo not lift it. "

int
cmd_right_restrict(const char *dir, int argc, char **argv)
{
	struct right_act a = { 0 };
	const struct opts o = { "right restrict", { "ID", NULL },
	    "Withholds the registration while something is settled. " WITHHELD
	    "\"right lift\" gives the\nleads back.", NULL, 0 };

	return staff_run(dir, &o, argc, argv, restrict_act, &a);
}

int
cmd_right_object(const char *dir, int argc, char **argv)
{
	struct right_act a = { 0 };
	const struct opts o = { "right object", { "ID", NULL },
	    "Withholds the registration because its holder objects. " WITHHELD
	    "\"right lift\nID --objection\" lifts it when the person says so.",
	    NULL, 0 };

	return staff_run(dir, &o, argc, argv, object_act, &a);
}

static int
lift(struct staff *st, const char *const *arg, void *ctx)
{
	struct registration reg;
	struct right_act *a = ctx;
	int code;
	bw_err r;

	if (a->leads && !a->objection)
		return staff_usage("--leads goes with --objection; a "
		    "restriction that is lifted always gives the leads back");
	if ((code = right_begin(st, arg[0], a)) != CMD_OK)
		return code;
	r = a->objection ? case_agree(st->store, a->id, 0, a->leads, a->who,
	    st->now) : case_lift(st->store, a->id, 0, a->who, st->now);
	if (r == BW_ERR_EXISTS && !a->objection &&
	    (r = right_release(st->store, a->id, a->who,
	    st->now)) == BW_ERR_DENIED)
		r = BW_ERR_EXISTS;
	code = right_end(st, a, r, a->objection ? "has not objected" :
	    "is not restricted; \"right list\" says what is withheld and why");
	if (code != CMD_OK)
		return code;
	r = store_registration_get(st->store, a->id, &reg);
	if (r == BW_OK)
		printf("registration %" PRIu64 " is %s\n", a->id,
		    reg_status_name(reg.status));
	explicit_bzero(&reg, sizeof(reg));
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

int
cmd_right_lift(const char *dir, int argc, char **argv)
{
	struct right_act a = { 0 };
	const struct opt opt[] = {
		{ "objection", NULL, "its objection, which its holder takes "
		    "back", false, NULL, &a.objection },
		{ "leads", NULL, "and wants the leads from before it given "
		    "back; else they are withdrawn", false, NULL, &a.leads },
	};
	const struct opts o = { "right lift", { "ID", NULL },
	    "Lifts the restriction of a registration, and its leads are back. "
	    "It attends again\nwhen nothing else withholds it.", opt, 2 };

	return staff_run(dir, &o, argc, argv, lift, &a);
}

/* What takes effect at once is done at once. */
static int
take_effect(struct staff *st, const struct right_act *a)
{
	uint8_t spki[CRYPTO_SPKI];
	bool erased;
	bw_err r = right_erase_one(st->host->path, st->store, a->id, st->now,
	    &erased);

	if (erased)
		printf("registration %" PRIu64 " is erased\n", a->id);
	if (erased && a->case_num != NULL)
		puts("No letter tells the person: the address went with it. "
		    "Tell it yourself.");
	if (r != BW_OK)
		return staff_fail("registration %" PRIu64 " is withheld, but "
		    "%s (%s); badgeward-host tries it again, or \"purge "
		    "--apply\"", a->id, erased ? "files may still hold what "
		    "was erased" : "its erasure could not be finished",
		    bw_strerror(r));
	if (deleted_officer(st->host->path, spki) == BW_ERR_NOTFOUND)
		puts("No privacy officer's key is set up: of who is erased "
		    "nothing is kept that can be read\n(\"deleted setup\").");
	return CMD_OK;
}

/* When, and that a hold stops it. */
static int
say_due(struct staff *st, const struct right_act *a)
{
	char when[WHEN_SIZE];
	struct right_state state;
	bw_err r = right_look(st->store, a->id, &state);

	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	when_format(a->due, when);
	if (a->due > st->now)
		printf("registration %" PRIu64 " is withheld and will be "
		    "erased at %s; until then \"right undo\" undoes it\n",
		    a->id, when);
	if (state.held_at != 0)
		puts("A hold stops the erasure until it is lifted (\"hold "
		    "list\").");
	return CMD_OK;
}

/* Who is erased has asked, and shown who it is; or there is a reason. */
static int
asked(const struct right_act *a)
{
	static const char *const whys[] = { "law", "unlawful", "mistake" };

	if ((a->case_num != NULL) == (a->why != NULL))
		return staff_usage("say which case asks for it with --case, "
		    "or with --without-case why none has to");
	for (size_t i = 0; a->why != NULL && i < 3; i++)
		if (strcmp(a->why, whys[i]) == 0)
			return CMD_OK;
	return a->why == NULL ? CMD_OK : staff_usage("--without-case law, "
	    "unlawful or mistake");
}

/* With its letter where a case asks for it. */
static bw_err
plan(struct staff *st, struct right_act *a, uint64_t num)
{
	unsigned hours = st->host->config.erase_undo_hours;

	return num != 0 ? case_erase(st->store, a->id, num, hours, a->who,
	    st->now, &a->due) : right_erase_plan(st->store, a->id, 0, a->why,
	    hours, a->who, st->now, &a->due);
}

/* num 0: none was given. */
static int
case_asks(struct staff *st, uint64_t num)
{
	struct case_file c = { .state = CASE_OPEN };
	bw_err r = num != 0 ? case_get(st->store, num, &c) : BW_OK;
	bool open = case_is_open(c.state);

	explicit_bzero(&c, sizeof(c));
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no case %" PRIu64 "; \"case "
		    "list\" shows all", num);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	return open ? CMD_OK : staff_fail("case %" PRIu64 " is closed; "
	    "nothing was changed", num);
}

static int
erase(struct staff *st, const char *const *arg, void *ctx)
{
	struct right_act *a = ctx;
	uint64_t num = 0;
	int code;

	if ((code = asked(a)) != CMD_OK)
		return code;
	if (a->case_num != NULL && (!staff_number("case", a->case_num, &num) ||
	    num == 0))
		return CMD_USAGE;
	if (st->host->config.erase_undo_hours == 0 && !a->force)
		return staff_fail("erase_undo_hours is 0: it would be erased "
		    "now, and nothing brings it back; --force does that. "
		    "Nothing was changed");
	if ((code = right_begin(st, arg[0], a)) != CMD_OK ||
	    (code = case_asks(st, num)) != CMD_OK)
		return code;
	code = right_end(st, a, plan(st, a, num), "will be erased already; \"right "
	    "list\" says when");
	if (code == CMD_OK)
		code = say_due(st, a);
	if (code == CMD_OK && num == 0)
		puts(NO_LETTER);
	return code == CMD_OK ? take_effect(st, a) : code;
}

int
cmd_right_erase(const char *dir, int argc, char **argv)
{
	struct right_act a = { 0 };
	const struct opt opt[] = {
		{ "case", "N", "the case that asks for it", false,
		    &a.case_num, NULL },
		{ "without-case", "WHY", "law, unlawful or mistake: why nobody "
		    "has to ask", false, &a.why, NULL },
		{ "force", NULL, "where there is no time to undo it, erase at "
		    "once", false, NULL, &a.force },
	};
	const struct opts o = { "right erase", { "ID", NULL },
	    "Withholds the registration at once and erases it when the time to "
	    "undo that is over\n(erase_undo_hours in config.json): values, "
	    "badges' editions, shares' bodies, notes,\nmails, links and staged "
	    "imports. Sponsors that could see it must acknowledge that.\nWho "
	    "was erased is not imported again before \"right readmit\". Files that "
	    "were\nexported before are where they were taken (\"export list\"). A "
	    "case must be named,\nwhose person gets a letter (none where it is erased at "
	    "once: the address is gone), or why none has to ask and "
	    "nobody is told: a court or an authority demands it\n(law), it "
	    "should never have been held (unlawful), it is nobody's "
	    "registration\n(mistake).", opt, 3 };

	return staff_run(dir, &o, argc, argv, erase, &a);
}

static int
undo(struct staff *st, const char *const *arg, void *ctx)
{
	struct right_act *a = ctx;
	bool told;
	int code;
	bw_err r;

	if ((code = right_begin(st, arg[0], a)) != CMD_OK)
		return code;
	r = case_erase_undo(st->store, a->id, 0, a->who, st->now, &told);
	if (r == BW_ERR_GONE)
		return staff_fail("registration %" PRIu64 " is erased, or is "
		    "being erased: that cannot be undone", a->id);
	code = right_end(st, a, r, "is not to be erased");
	if (code == CMD_OK)
		printf("registration %" PRIu64 " will not be erased%s\n",
		    a->id, told ? "; a letter that says so is queued" : "");
	return code;
}

int
cmd_right_undo(const char *dir, int argc, char **argv)
{
	struct right_act a = { 0 };
	const struct opts o = { "right undo", { "ID", NULL },
	    "Undoes \"right erase\" until it takes effect: a hold, or a clock in "
	    "doubt, may put that\noff. What it was before it is again. Who was told of it gets a "
	    "letter.", NULL, 0 };

	return staff_run(dir, &o, argc, argv, undo, &a);
}
