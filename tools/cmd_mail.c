// SPDX-License-Identifier: Apache-2.0
/* badgeward mail setup, list, retry, test. */
#include <sys/stat.h>

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/program.h"
#include "base/text.h"
#include "host/mailconf.h"
#include "host/store_mail.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

#define HOUR "6"

struct setup {
	const char *server, *from, *contact, *authority, *user, *password,
	    *ca, *hour;
	bool starttls;
};

static bool
copy(char *out, size_t size, const char *from, const char *name)
{
	if (from != NULL && strlen(from) >= size) {
		(void)staff_usage("--%s is too long", name);
		return false;
	}
	snprintf(out, size, "%s", from != NULL ? from : "");
	return true;
}

/* The first line of a file that nobody else may read. */
static int
read_password(const char *path, char *out, size_t size)
{
	struct bw_buf b = BW_BUF_INIT(size);
	struct stat st;
	size_t len;
	int code;

	if (stat(path, &st) == 0 && (st.st_mode & 077) != 0)
		return staff_fail("%s may be read by others: chmod 600 it",
		    path);
	if ((code = staff_read(path, &b)) == CMD_OK) {
		for (len = 0; len < b.len && b.ptr[len] != '\n'; len++)
			continue;
		if (len > 0 && len < size) {
			memcpy(out, b.ptr, len);
			out[len] = 0;
		} else
			code = staff_fail("%s has no password in its first "
			    "line", path);
	}
	bw_buf_free(&b);
	return code;
}

static int
setup_fill(const struct setup *in, struct mailconf *c)
{
	uint64_t hour;

	if (!copy(c->server, sizeof(c->server), in->server, "server") ||
	    !copy(c->from, sizeof(c->from), in->from, "from") ||
	    !copy(c->contact, sizeof(c->contact), in->contact, "contact") ||
	    !copy(c->complain, sizeof(c->complain), in->authority,
	    "authority") ||
	    !copy(c->user, sizeof(c->user), in->user, "user") ||
	    !copy(c->ca, sizeof(c->ca), in->ca, "ca"))
		return CMD_USAGE;
	if (text_number(in->hour, strlen(in->hour), 23, &hour) != BW_OK)
		return staff_usage("--hour: 0 to 23, by the event's clocks");
	c->hour = (unsigned)hour;
	c->starttls = in->starttls;
	if (c->ca[0] != 0 && access(c->ca, R_OK) == -1)
		return staff_fail("%s: %s", c->ca, strerror(errno));
	return in->password == NULL ? CMD_OK :
	    read_password(in->password, c->password, sizeof(c->password));
}

static int
setup_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct mailconf c = { 0 };
	const char *why;
	int code;
	bw_err r;

	(void)arg;
	if ((code = setup_fill(ctx, &c)) != CMD_OK)
		goto out;
	code = CMD_USAGE;
	if (mailconf_check(&c, &why) != BW_OK) {
		(void)staff_usage("%s", why);
		goto out;
	}
	if ((r = mailconf_write(st->host->path, &c)) != BW_OK)
		code = staff_fail_err(r, "mail.json");
	else
		code = staff_record(st, DID_MAIL_SETUP, "mail");
out:
	explicit_bzero(&c, sizeof(c));
	return code;
}

int
cmd_mail_setup(const char *dir, int argc, char **argv)
{
	struct setup s = { .hour = HOUR };
	const struct opt opt[] = {
		{ "server", "URL", "smtps://host:465 or smtp://host:587",
		    true, &s.server, NULL },
		{ "from", "ADDRESS", "whom mail is from, and where bounces go",
		    true, &s.from, NULL },
		{ "contact", "ADDRESS", "named in letters, for questions",
		    false, &s.contact, NULL },
		{ "authority", "TEXT", "where attendees may complain",
		    false, &s.authority, NULL },
		{ "user", "NAME", "to log in at the server", false, &s.user,
		    NULL },
		{ "password", "FILE", "its first line, with --user", false,
		    &s.password, NULL },
		{ "ca", "FILE", "certificates to trust; else the system's",
		    false, &s.ca, NULL },
		{ "starttls", NULL, "to a server on this machine, too", false,
		    NULL, &s.starttls },
		{ "hour", "HOUR", "of the daily mail (" HOUR ")",
		    false, &s.hour, NULL },
	};
	const struct opts o = { "mail setup", { NULL },
	    "Says how mail to attendees leaves; badgeward-mailer sends it. "
	    "To another\nmachine it goes under TLS alone.", opt, 9 };

	return staff_run_keyless(dir, &o, argc, argv, setup_act, &s);
}

struct list {
	bool json, failed;
	size_t n;
};

static bw_err
on_mail(void *arg, const struct mail_row *m)
{
	struct list *l = arg;
	char at[WHEN_SIZE];

	when_format(m->ended_at != 0 ? m->ended_at : m->queued_at, at);
	if (l->json)
		printf("%s{\"mail\": %" PRIu64 ", \"registration\": %" PRIu64
		    ", \"kind\": \"%s\", \"state\": \"%s\", \"answer\": %u, "
		    "\"tries\": %u, \"at\": \"%s\"}", staff_list_sep(l->n),
		    m->id, m->mail.registration, mail_kind_name(m->mail.kind),
		    mail_state_name(m->state), m->answer, m->tries, at);
	else
		printf("%" PRIu64 "\t%" PRIu64 "\t%s\t%s\t%u\t%u\t%s\n",
		    m->id, m->mail.registration, mail_kind_name(m->mail.kind),
		    mail_state_name(m->state), m->answer, m->tries, at);
	l->n++;
	return BW_OK;
}

static int
list_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	const struct mail_query q = { 0, l->failed ? MAIL_FAILED : -1, 0,
		1000000 };

	(void)arg;
	return staff_list_end(st, l->json, l->n,
	    mail_each(st->store, &q, on_mail, l));
}

int
cmd_mail_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "failed", NULL, "only what failed", false, NULL, &l.failed },
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "mail list", { NULL },
	    "Mails to attendees, the newest first, a line each: mail, "
	    "registration, kind,\nstate, the server's last answer, tries, "
	    "when.", opt, 2 };

	return staff_run_keyless(dir, &o, argc, argv, list_act, &l);
}

static int
retry_act(struct staff *st, const char *const *arg, void *ctx)
{
	uint64_t id = 0, n;
	char object[40];
	int code;
	bw_err r;

	(void)ctx;
	if (arg[0] != NULL && !staff_number("mail", arg[0], &id))
		return CMD_USAGE;
	snprintf(object, sizeof(object), "mail %" PRIu64, id);
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	r = mail_retry(st->store, id, st->now, &n);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("no mail %" PRIu64 " has failed; \"mail "
		    "list --failed\" shows those that did", id);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if ((code = staff_commit_kept(st, DID_MAIL_RETRY,
	    id != 0 ? object : "mail")) == CMD_OK)
		printf("%" PRIu64 " mail%s due again\n", n,
		    n == 1 ? " is" : "s are");
	return code;
}

int
cmd_mail_retry(const char *dir, int argc, char **argv)
{
	const struct opts o = { "mail retry", { "[MAIL]", NULL },
	    "A mail that failed is due again, or without a number all of "
	    "them; says how many.",
	    NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, retry_act, NULL);
}

static int
test_act(struct staff *st, const char *const *arg, void *ctx)
{
	char path[PATH_MAX], to[MAIL_ADDRESS_MAX + 1];
	bool utf8;

	(void)ctx;
	if (mail_address_take(arg[0], to, &utf8) != BW_OK)
		return staff_usage("a mail address, local@domain");
	if (program_path("badgeward-mailer", "BADGEWARD_MAILER", path) !=
	    BW_OK)
		return staff_fail("badgeward-mailer is not found");
	fflush(NULL);
	execl(path, "badgeward-mailer", "-C", st->host->path, "--test",
	    to, (char *)NULL);
	return staff_fail("%s: %s", path, strerror(errno));
}

int
cmd_mail_test(const char *dir, int argc, char **argv)
{
	const struct opts o = { "mail test", { "ADDRESS", NULL },
	    "Sends one mail to this address, by badgeward-mailer, and says "
	    "what the server\nanswered. What is sending already goes on.",
	    NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, test_act, NULL);
}
