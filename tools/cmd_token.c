// SPDX-License-Identifier: Apache-2.0
/* badgeward token add, list, revoke. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/token.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct given {
	const char *scopes, *sponsor, *mail, *days;
};

static bool
take(const struct given *g, struct token_new *in)
{
	uint64_t days;

	if (token_scopes_parse(g->scopes, &in->scopes) != BW_OK) {
		(void)staff_usage("--scope is a list, with commas, of "
		    "leads:read, leads:write, devices:read, logs:read, "
		    "metrics:read and badges:write, not \"%s\"", g->scopes);
		return false;
	}
	if (text_number(g->days, strlen(g->days), TOKEN_DAYS_MAX, &days) !=
	    BW_OK || days == 0) {
		(void)staff_usage("--days is 1 to %d, not \"%s\"",
		    TOKEN_DAYS_MAX, g->days);
		return false;
	}
	in->days = (unsigned)days;
	return true;
}

/* Whose token it is to be, if somebody's. */
static int
owner(struct staff *st, const char *mail, uint64_t *id)
{
	struct account a;
	bw_err r;

	if (mail == NULL)
		return CMD_OK;
	r = account_find(st->store, mail, &a);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no account \"%s\"; \"account "
		    "list\" shows all", mail);
	*id = a.id;
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

static int
refused(struct staff *st, const struct given *g, bw_err r)
{
	if (r == BW_ERR_ARG)
		return staff_no_sponsor(g->sponsor);
	if (r == BW_ERR_DENIED)
		return staff_fail("%s is not active, or of another sponsor",
		    g->mail);
	return staff_fail_err(r, st->host->db_path);
}

static int
add(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;
	struct token_new in = { .name = arg[0], .sponsor = g->sponsor };
	char text[TOKEN_SIZE], who[STAFF_ACTOR_SIZE];
	const char *why;
	uint64_t id;
	int code;
	bw_err r;

	if (!take(g, &in))
		return CMD_USAGE;
	if ((why = token_new_fault(&in)) != NULL)
		return staff_usage("%s", why);
	if ((code = owner(st, g->mail, &in.account)) != CMD_OK)
		return code;
	staff_actor(who);
	r = token_add(st->store, who, &in, st->now, &id, text);
	if (r != BW_OK)
		return refused(st, g, r);
	printf("%s\n", text);
	fprintf(stderr, "This is token %" PRIu64 ", good for %u day%s. It is "
	    "shown this once: keep it like a password.\n", id, in.days,
	    in.days == 1 ? "" : "s");
	explicit_bzero(text, sizeof(text));
	return CMD_OK;
}

int
cmd_token_add(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = {
		{ "scope", "LIST", "of leads:read, leads:write, devices:read, "
		    "logs:read, metrics:read, badges:write", true, &g.scopes, NULL },
		{ "days", "N", "how long it is good, at most 400", true,
		    &g.days, NULL },
		{ "sponsor", "ID", "whose leads or devices", false,
		    &g.sponsor, NULL },
		{ "account", "MAIL", "whose it is: it ends with the account",
		    false, &g.mail, NULL },
	};
	const struct opts o = { "token add", { "NAME", NULL },
	    "Prints a token for the API, which is shown this once. NAME says "
	    "what it is for.", opt, 4 };

	return staff_run_keyless(dir, &o, argc, argv, add, &g);
}

struct list {
	bool json;
	size_t n;
	int64_t now;
};

static const char *
state_of(const struct token *t, int64_t now)
{
	if (t->revoked_at != 0)
		return "revoked";
	return now >= t->expires_at ? "expired" : "good";
}

static bw_err
on_token(void *arg, const struct token *t)
{
	char used[WHEN_SIZE] = "never", until[WHEN_SIZE];
	char scopes[TOKEN_SCOPES_MAX];
	struct list *l = arg;

	if (t->last_used != 0)
		when_format(t->last_used, used);
	when_format(t->expires_at, until);
	token_scopes_format(t->scopes, scopes);
	if (l->json) {
		printf("%s{\"id\": %" PRIu64 ", \"prefix\": \"%s\", "
		    "\"state\": \"%s\", \"scopes\": \"%s\", \"sponsor\": "
		    "\"%s\", \"expires\": \"%s\", \"last_used\": \"%s\", "
		    "\"name\": ", staff_list_sep(l->n), t->id, t->prefix,
		    state_of(t, l->now), scopes, t->sponsor, until, used);
		staff_json(t->name);
		putchar('}');
	} else
		printf("%" PRIu64 "\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t->id,
		    t->prefix, state_of(t, l->now), scopes,
		    t->sponsor[0] != 0 ? t->sponsor : "-", until, used,
		    t->name);
	l->n++;
	return BW_OK;
}

static int
list_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	bw_err r;

	(void)arg;
	l->now = st->now;
	r = token_each(st->store, 0, NULL, on_token, l);
	return staff_list_end(st, l->json, l->n, r);
}

int
cmd_token_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "token list", { NULL },
	    "A line each, with tabs between: number, how it begins, state, "
	    "scopes, sponsor, until\nwhen it is good, last used, name.", opt,
	    1 };

	return staff_run_keyless(dir, &o, argc, argv, list_act, &l);
}

static int
revoke(struct staff *st, const char *const *arg, void *ctx)
{
	char who[STAFF_ACTOR_SIZE];
	uint64_t id;
	bw_err r;

	(void)ctx;
	if (!staff_number("token", arg[0], &id))
		return CMD_USAGE;
	staff_actor(who);
	r = token_revoke(st->store, who, id, st->now);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no token %" PRIu64 "; \"token "
		    "list\" shows all", id);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	printf("token %" PRIu64 " is revoked\n", id);
	return CMD_OK;
}

int
cmd_token_revoke(const char *dir, int argc, char **argv)
{
	const struct opts o = { "token revoke", { "ID", NULL },
	    "A token is good for nothing any more, by its number in \"token "
	    "list\".", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, revoke, NULL);
}
