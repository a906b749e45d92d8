// SPDX-License-Identifier: Apache-2.0
/* badgeward policy check, policy install. */
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/account.h"
#include "host/policy_install.h"
#include "host/store_device.h"
#include "host/token.h"
#include "tools/cmd_policy.h"
#include "tools/cmds.h"

/* They lie beside the file. */
static bw_err
read_logos(struct policyfile *p, const char *path, struct fault_list *f)
{
	char copy[FILE_PATH_MAX];

	if (snprintf(copy, sizeof(copy), "%s", path) >= (int)sizeof(copy))
		return BW_ERR_BOUND;
	return policyfile_logos(p, dirname(copy), f);
}

int
policy_file_read(const char *path, const struct hostdir *h, struct bw_buf *text,
    struct policyfile **p)
{
	struct fault_list f = { 0 };
	int code;
	bw_err r;

	if ((code = staff_read(path, text)) != CMD_OK)
		return code;
	r = policyfile_read(p, (const char *)text->ptr, text->len,
	    h != NULL ? h->config.event_id : NULL, &f);
	if (r == BW_OK)
		r = read_logos(*p, path, &f);
	for (size_t i = 0; i < f.n; i++)
		code = staff_fail_fault(path, &f.one[i]);
	if (f.more != 0)
		fprintf(stderr, "badgeward: and %zu more\n", f.more);
	if (code != CMD_OK)
		return code;
	return r == BW_OK ? CMD_OK : staff_fail_err(r, path);
}

/* The wrong year is an easy mistake, and a kiosk would only say "closed". */
static void
warn_over(const struct policyfile *p, int64_t now)
{
	if (p->n != 0 && p->part[0]->valid_until <= (uint64_t)now)
		fputs("badgeward: this policy is over: its valid_until has "
		    "passed, and no kiosk will open with it\n", stderr);
}

/* A device whose sponsor is gone gets no policy any more: say so. */
static bw_err
warn_device(void *arg, const struct store_device *d)
{
	if (d->state == DEVICE_REVOKED || policyfile_has(arg, d->sponsor))
		return BW_OK;
	fprintf(stderr, "badgeward: device %s is of sponsor %s, which is not "
	    "in this policy: it goes on with its last one until that ends; "
	    "revoke it if it must stop now\n", d->name, d->sponsor);
	return BW_OK;
}

/* What was shared with a sponsor stays its own. */
static bw_err
warn_account(void *arg, const struct account *a)
{
	if (a->state == ACCOUNT_DISABLED || a->sponsor[0] == 0 ||
	    policyfile_has(arg, a->sponsor))
		return BW_OK;
	fprintf(stderr, "badgeward: account %s is of sponsor %s, which is not "
	    "in this policy: it stays, for what was shared before; disable "
	    "it if it must not\n", a->mail, a->sponsor);
	return BW_OK;
}

static bw_err
warn_token(void *arg, const struct token *t)
{
	if (t->revoked_at != 0 || t->sponsor[0] == 0 ||
	    policyfile_has(arg, t->sponsor))
		return BW_OK;
	fprintf(stderr, "badgeward: token %" PRIu64 " (%s) is of sponsor %s, "
	    "which is not in this policy: it stays, for what was shared "
	    "before; revoke it if it must not\n", t->id, t->name, t->sponsor);
	return BW_OK;
}

static bw_err
warn_lost(struct store *s, struct policyfile *p)
{
	bw_err r;

	if ((r = store_device_each(s, warn_device, p)) != BW_OK ||
	    (r = account_each(s, NULL, warn_account, p)) != BW_OK)
		return r;
	return token_each(s, 0, NULL, warn_token, p);
}

/* Of one company, or of two? */
static bw_err
say_renamed(void *arg, const struct policy *now, const char *was)
{
	*(int *)arg = staff_fail("sponsor %s is \"%s\" here and was \"%s\" "
	    "before, and who has the id has its devices, accounts and tokens "
	    "and all that people share with them: another company needs "
	    "another id; if it is the same, install it with --same-company",
	    now->sponsor.id, now->sponsor.name, was);
	return BW_OK;
}

static int
refuse_renamed(struct staff *st, const struct policyfile *p)
{
	int code = CMD_OK;
	bw_err r = policy_renamed(st->store, p, say_renamed, &code);

	return r == BW_OK ? code : staff_fail_err(r, st->host->db_path);
}

static bw_err
count_renamed(void *arg, const struct policy *now, const char *was)
{
	(void)now;
	(void)was;
	++*(size_t *)arg;
	return BW_OK;
}

/* Against what the event has. */
static int
check_event(struct staff *st, struct policyfile *p)
{
	bw_err r = warn_lost(st->store, p);

	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	return refuse_renamed(st, p);
}

static int
check(const char *dir, const char *path)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct policyfile *p = NULL;
	struct staff st = { 0 };
	int code;

	if (dir != NULL && (code = staff_open(&st, dir)) != CMD_OK)
		goto out;
	if ((code = policy_file_read(path, st.host, &text, &p)) != CMD_OK)
		goto out;
	policyfile_print(p, stdout);
	warn_over(p, clock_wall());
	if (dir != NULL)
		code = check_event(&st, p);
out:
	staff_close(&st);
	policyfile_free(&p);
	bw_buf_free(&text);
	return code;
}

int
cmd_policy_check(const char *dir, int argc, char **argv)
{
	const struct opts o = { "policy check", { "FILE", NULL },
	    "Reads a policy file and says in plain sentences what it allows, "
	    "per sponsor.\nChanges nothing. With -C DIR it also looks whether "
	    "the file is for that event,\nwhether an id went to another "
	    "company, and who is of a sponsor that is gone.", NULL, 0 };
	const char *arg[OPTS_ARGS_MAX];
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	return check(dir, arg[0]);
}

static int
put(struct staff *st, struct policyfile *p, const char *version,
    const struct bw_buf *text, bool renamed)
{
	char path[FILE_PATH_MAX];
	int code;
	bw_err r;

	r = policy_install(st->store, st->host, p, version, text, st->now,
	    path);
	if (r != BW_OK)
		return staff_fail_err(r, "the policy was not installed");
	code = staff_commit_detail(st, DID_POLICY_INSTALL, version, renamed ?
	    POLICY_SAME_COMPANY : "");
	if (code != CMD_OK && path[0] != 0 &&
	    (r = file_remove(path)) != BW_OK)
		(void)staff_fail_err(r, path);
	return code;
}

/* What is still to be done before a booth can open. */
static bw_err
say_next(struct store *s)
{
	struct store_lacks l;
	bw_err r = store_lacks(s, &l);

	if (r == BW_OK && l.registrations)
		puts("next: import the registrations, with `badgeward import "
		    "auto FILE`");
	if (r == BW_OK && l.devices)
		puts("next: add a device for each booth, with `badgeward "
		    "device add NAME --sponsor ID`");
	return r;
}

static int
install_file(struct staff *st, struct policyfile *p, const struct bw_buf *text,
    bool renamed)
{
	struct policy_next next;
	size_t n = 0;
	int code;
	bw_err r;

	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	if ((r = policy_next_version(st->store, st->host, p, text, true,
	    &next)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (next.same) {
		printf("version %s is this very file: nothing was changed\n",
		    next.version);
		return CMD_OK;
	}
	if (next.other != 0)
		return staff_fail("version %" PRIu64 ", which was lost over a "
		    "backup, is this text with another logo. To have it again "
		    "lay the logos that it had beside the file; for a new "
		    "version write another line into it, a comment will do; "
		    "nothing was changed", next.other);
	if (!renamed && (code = refuse_renamed(st, p)) != CMD_OK)
		return code;
	if (renamed && (r = policy_renamed(st->store, p, count_renamed,
	    &n)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if ((code = put(st, p, next.version, text, n != 0)) != CMD_OK)
		return code;
	if (next.past) {
		printf("installed as version %s, which it was before a backup "
		    "was put back; a later one stays in force\n",
		    next.version);
		return CMD_OK;
	}
	printf("installed as version %s for %zu sponsor%s; devices get it "
	    "when they next ask\n", next.version, p->n,
	    p->n == 1 ? "" : "s");
	warn_over(p, st->now);
	if ((r = warn_lost(st->store, p)) == BW_OK)
		r = say_next(st->store);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

static int
install(struct staff *st, const char *const *arg, void *ctx)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct policyfile *p = NULL;
	int code;

	if ((code = policy_file_read(arg[0], st->host, &text, &p)) == CMD_OK)
		code = install_file(st, p, &text, *(const bool *)ctx);
	policyfile_free(&p);
	bw_buf_free(&text);
	return code;
}

int
cmd_policy_install(const char *dir, int argc, char **argv)
{
	bool renamed = false;
	const struct opt opt[] = {
		{ "same-company", NULL, "an id that is in use has another "
		    "name, and is of the same company", false, NULL,
		    &renamed },
	};
	const struct opts o = { "policy install", { "FILE", NULL },
	    "Checks a policy file and makes it the current version of the "
	    "event's policy.\nDevices get it when they next ask; what was "
	    "shared before stays under the version\nthat was shown then.",
	    opt, 1 };

	return staff_run(dir, &o, argc, argv, install, &renamed);
}
