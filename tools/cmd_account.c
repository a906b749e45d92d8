// SPDX-License-Identifier: Apache-2.0
/* badgeward account invite, list, disable, enable, reset, role. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/account.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

#define ROLES "organiser, privacy-officer, badge-desk, sponsor-manager or " \
	"sponsor-scanner"
#define NO_ACCOUNT "there is no account \"%s\"; \"account list\" shows all"

/* Of invite and role. */
struct given {
	const char *role, *sponsor, *name, *language;
};

static bool
take_role(const char *s, enum account_role *out)
{
	if (account_role_parse(s, out) == BW_OK)
		return true;
	(void)staff_usage("--role is " ROLES ", not \"%s\"", s);
	return false;
}

/* The link alone on standard output, what there is to know of it beside. */
static int
print_link(const struct staff *st, const char *mail, char *code)
{
	char link[ACCOUNT_LINK_MAX], until[WHEN_SIZE];

	account_link(st->host, code, link);
	when_format(st->now + ACCOUNT_INVITE_SECONDS, until);
	printf("%s\n", link);
	fprintf(stderr, "Give this link to %s and to nobody else: it is good "
	    "once, until %s.\n", mail, until);
	explicit_bzero(link, sizeof(link));
	explicit_bzero(code, ACCOUNT_CODE_SIZE);
	return CMD_OK;
}

static int
invite(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;
	struct account_new in = { .mail = arg[0], .name = g->name,
		.sponsor = g->sponsor, .language = g->language };
	char code[ACCOUNT_CODE_SIZE], who[STAFF_ACTOR_SIZE];
	const char *why;
	uint64_t id;
	bw_err r;

	if (!take_role(g->role, &in.role))
		return CMD_USAGE;
	if ((why = account_new_fault(&in)) != NULL)
		return staff_usage("%s: %s", arg[0], why);
	staff_actor(who);
	r = account_invite(st->store, who, &in, st->now, &id, code);
	if (r == BW_ERR_EXISTS)
		return staff_fail("%s has an account already; \"account "
		    "reset\" makes a new link", arg[0]);
	if (r == BW_ERR_ARG)
		return staff_no_sponsor(g->sponsor);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	return print_link(st, arg[0], code);
}

#define OPT_ROLE(g) \
	{ "role", "ROLE", ROLES, true, &(g).role, NULL }, \
	{ "sponsor", "ID", "whose leads, for the two roles of a sponsor", \
	    false, &(g).sponsor, NULL }

int
cmd_account_invite(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = {
		OPT_ROLE(g),
		{ "name", "NAME", "as others see it", false, &g.name, NULL },
		{ "language", "en|de", "of the pages; else the browser's",
		    false, &g.language, NULL },
	};
	const struct opts o = { "account invite", { "MAIL", NULL },
	    "Makes an account for a person of the event or a sponsor, and "
	    "prints the link with\nwhich that person chooses a password. It "
	    "holds a secret, is good once and for 7 days.", opt, 4 };

	return staff_run_keyless(dir, &o, argc, argv, invite, &g);
}

struct list {
	bool json;
	size_t n;
};

static void
print_json(const struct account *a, const char *last)
{
	fputs("{\"mail\": ", stdout);
	staff_json(a->mail);
	fputs(", \"name\": ", stdout);
	staff_json(a->name);
	printf(", \"id\": %" PRIu64 ", \"role\": \"%s\", \"sponsor\": \"%s\", "
	    "\"state\": \"%s\", \"second\": %s, \"last_login\": \"%s\"}",
	    a->id, account_role_name(a->role), a->sponsor,
	    account_state_name(a->state), a->second ? "true" : "false", last);
}

static bw_err
on_account(void *arg, const struct account *a)
{
	struct list *l = arg;
	char last[WHEN_SIZE] = "never";

	if (a->last_login != 0)
		when_format(a->last_login, last);
	if (l->json) {
		fputs(staff_list_sep(l->n), stdout);
		print_json(a, last);
	} else
		printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", a->mail,
		    account_role_name(a->role),
		    a->sponsor[0] != 0 ? a->sponsor : "-",
		    account_state_name(a->state),
		    a->second ? "second" : "-", last, a->name);
	l->n++;
	return BW_OK;
}

static int
list_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	bw_err r = account_each(st->store, NULL, on_account, l);

	(void)arg;
	return staff_list_end(st, l->json, l->n, r);
}

int
cmd_account_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "account list", { NULL },
	    "A line each, with tabs between: mail, role, sponsor, state, "
	    "whether there is a second\nfactor, last log-in, name.", opt, 1 };

	return staff_run_keyless(dir, &o, argc, argv, list_act, &l);
}

/* The account that an argument names; says what is wrong. */
static int
find(struct staff *st, const char *mail, struct account *a)
{
	bw_err r = account_find(st->store, mail, a);

	if (r == BW_ERR_NOTFOUND)
		return staff_fail(NO_ACCOUNT, mail);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

typedef bw_err change_fn(struct store *s, const char *by, uint64_t id,
    int64_t now);

struct change {
	change_fn *run;
	enum account_state from;	/* already: nothing is to be done */
	bool unless;			/* in another state than `from` */
	const char *already, *done;
};

static int
change(struct staff *st, const char *const *arg, void *ctx)
{
	const struct change *c = ctx;
	char who[STAFF_ACTOR_SIZE];
	struct account a;
	int code;
	bw_err r;

	if ((code = find(st, arg[0], &a)) != CMD_OK)
		return code;
	if ((a.state == c->from) != c->unless) {
		printf("%s %s\n", a.mail, c->already);
		return CMD_OK;
	}
	staff_actor(who);
	if ((r = c->run(st->store, who, a.id, st->now)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	printf("%s %s\n", a.mail, c->done);
	return CMD_OK;
}

int
cmd_account_disable(const char *dir, int argc, char **argv)
{
	struct change c = { account_disable, ACCOUNT_DISABLED, false,
		"is disabled already", "is disabled: nobody logs in with it, "
		"what was open is closed, and its tokens and the "
		"invitations that it made are revoked" };
	const struct opts o = { "account disable", { "MAIL", NULL },
	    "Nobody logs in with this account any more. Its logins end at "
	    "once, its tokens are\nrevoked; its open link and those that it "
	    "gave to others are good for nothing.\n\"account enable\" takes "
	    "it back, without tokens and links.",
	    NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, change, &c);
}

int
cmd_account_enable(const char *dir, int argc, char **argv)
{
	struct change c = { account_enable, ACCOUNT_DISABLED, true,
		"is not disabled", "is enabled; its tokens stay revoked, make new "
		"ones. If it never had a password, \"account reset\" makes a "
		"new link" };
	const struct opts o = { "account enable", { "MAIL", NULL },
	    "Takes \"account disable\" back. Its tokens stay revoked: whoever "
	    "used them makes new\nones.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, change, &c);
}

static int
reset(struct staff *st, const char *const *arg, void *ctx)
{
	char code[ACCOUNT_CODE_SIZE], who[STAFF_ACTOR_SIZE];
	struct account a;
	int ret;
	bw_err r;

	(void)ctx;
	if ((ret = find(st, arg[0], &a)) != CMD_OK)
		return ret;
	staff_actor(who);
	r = account_reset(st->store, who, a.id, st->now, code);
	if (r == BW_ERR_DENIED)
		return staff_fail("%s is disabled; \"account enable\" comes "
		    "first", a.mail);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	store_tidy(st->store);
	return print_link(st, a.mail, code);
}

int
cmd_account_reset(const char *dir, int argc, char **argv)
{
	const struct opts o = { "account reset", { "MAIL", NULL },
	    "Begins anew, for whoever lost the link, the password or the "
	    "second factor: all of\nthem are good for nothing, logins end, "
	    "tokens and the invitations that it made are\nrevoked, and a new "
	    "link is printed.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, reset, NULL);
}

static int
set_role(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;
	struct account_new as = { .mail = arg[0], .sponsor = g->sponsor };
	char who[STAFF_ACTOR_SIZE];
	struct account a;
	const char *why;
	int code;
	bw_err r;

	if (!take_role(g->role, &as.role))
		return CMD_USAGE;
	if ((why = account_new_fault(&as)) != NULL)
		return staff_usage("%s: %s", arg[0], why);
	if ((code = find(st, arg[0], &a)) != CMD_OK)
		return code;
	staff_actor(who);
	r = account_role_set(st->store, who, a.id, as.role, g->sponsor,
	    st->now);
	if (r == BW_ERR_ARG)
		return staff_no_sponsor(g->sponsor);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	printf("%s is %s%s%s\n", a.mail, account_role_name(as.role),
	    g->sponsor != NULL ? " of " : "",
	    g->sponsor != NULL ? g->sponsor : "");
	if (a.state == ACCOUNT_INVITED)
		printf("its link is good for nothing; \"account reset\" makes "
		    "a new one\n");
	return CMD_OK;
}

int
cmd_account_role(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = { OPT_ROLE(g) };
	const struct opts o = { "account role", { "MAIL", NULL },
	    "Gives an account another role. Its logins end, its tokens are "
	    "revoked, and open\nlinks, its own and those that it gave to "
	    "others, are good for nothing.", opt, 2 };

	return staff_run_keyless(dir, &o, argc, argv, set_role, &g);
}
