// SPDX-License-Identifier: Apache-2.0
/* badgeward case open, extend, refuse, done, zone. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case_letter.h"
#include "host/lines.h"
#include "host/not_me.h"
#include "host/right.h"
#include "host/store_device.h"
#include "host/when.h"
#include "host/words.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct given {
	const char *proof, *registration, *share, *language, *received;
	const char *wish;		/* a file with it */
	const char *file;		/* with the text */
};

/* Refusing to erase stops no erasure that was decided before. */
static void
say_erasure(struct staff *st, const struct case_file *c)
{
	char due[WHEN_SIZE];
	struct right_state w;

	if (c->state != CASE_REFUSED || c->type != CASE_ERASURE ||
	    c->registration == 0 ||
	    right_look(st->store, c->registration, &w) != BW_OK ||
	    w.erase_due == 0)
		return;
	when_format(w.erase_due, due);
	printf("Registration %" PRIu64 " will still be erased at %s: \"right "
	    "undo %" PRIu64 "\" stops that.\n", c->registration, due,
	    c->registration);
}

/* Commit and say until when, or what is wrong. */
static int
finish(struct staff *st, uint64_t num, bw_err r, const char *said)
{
	char due[WHEN_SIZE], zone[CASE_ZONE_MAX + 1], clock[CASE_CLOCK_SIZE];
	struct case_file c;
	uint64_t left;

	if (r == BW_OK)
		r = store_commit(st->store);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no case %" PRIu64 "; \"case list\" "
		    "shows all", num);
	if (r == BW_ERR_GONE)
		return staff_fail("case %" PRIu64 " is closed", num);
	if (r == BW_ERR_EXISTS)
		return staff_fail("case %" PRIu64 " was extended before", num);
	if (r == BW_ERR_EXPIRED)
		return staff_fail("case %" PRIu64 " can no longer be extended: "
		    "that is allowed within the first month only", num);
	if (r == BW_ERR_DENIED && not_me_left(st->store, num, &left) ==
	    BW_OK && left != 0)
		return staff_fail("%" PRIu64 " shares are held for case %"
		    PRIu64 " and for no other: release or withdraw them on "
		    "the case's page, then it can be closed", left, num);
	if (r == BW_ERR_DENIED)
		return staff_fail("the erasure of case %" PRIu64 " is only "
		    "planned; when it takes effect, the case that it was "
		    "planned for is closed by itself", num);
	if (r != BW_OK || (r = case_zone(st->store, zone)) != BW_OK ||
	    (r = case_get(st->store, num, &c)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	when_format(c.due, due);
	case_clock(zone, c.due, clock);
	if (case_is_open(c.state))
		printf("case %" PRIu64 " %s; it is due by %s%s%s%s\n", num,
		    said, due, clock[0] != 0 ? " (" : "", clock,
		    clock[0] != 0 ? ")" : "");
	else
		printf("case %" PRIu64 " %s\n", num, said);
	say_erasure(st, &c);
	explicit_bzero(&c, sizeof(c));
	return CMD_OK;
}

/* "k07-12", or a device alone. */
static int
share(struct staff *st, const char *id, struct case_new *in)
{
	char name[TEXT_ID_MAX + 24];
	struct store_device d;
	char *dash;

	if (id == NULL)
		return CMD_OK;
	snprintf(name, sizeof(name), "%s", id);
	if ((dash = strrchr(name, '-')) == NULL || text_number(dash + 1,
	    strlen(dash + 1), STORE_SEQ_MAX, &in->seq) != BW_OK)
		return staff_usage("--share is a share's number like k07-12, "
		    "not \"%s\"", id);
	*dash = 0;
	if (store_device_get(st->store, name, &d) != BW_OK)
		return staff_fail(NO_DEVICE, name);
	in->device = d.num;
	return CMD_OK;
}

static int
no_letters(const char *language)
{
	char all[128] = "";
	size_t len = 0;

	for (size_t i = 0; words_at(i) != NULL && len < sizeof(all); i++)
		len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s",
		    i == 0 ? "" : ", ", words_at(i)->lang);
	return staff_usage("--language is one in which there are letters (%s), "
	    "not \"%s\"", all, language);
}

static int
take(struct staff *st, const char *type, const struct given *g,
    struct case_new *in)
{
	bw_err r;

	if (case_type_parse(type, &in->type) != BW_OK)
		return staff_usage("a case is about access, correction, "
		    "erasure, restriction, objection, transfer, withdrawal, "
		    "not-me, complaint, breach or other, not \"%s\"", type);
	if (case_proof_parse(g->proof, &in->proof) != BW_OK)
		return staff_usage("--proof is none, receipt, mail or desk, "
		    "not \"%s\"", g->proof);
	if (g->registration != NULL && !staff_number("registration",
	    g->registration, &in->registration))
		return CMD_USAGE;
	in->language = g->language;
	if (words_named(g->language) == NULL)
		return no_letters(g->language);
	if (g->received == NULL)
		return share(st, g->share, in);
	r = case_typed(st->store, g->received, false, &in->received);
	if (r == BW_ERR_FORMAT)
		return staff_usage("--received is a day like 2026-06-01, not "
		    "\"%s\"", g->received);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (in->received > st->now)
		return staff_usage("--received is still to come");
	return share(st, g->share, in);
}

/* The text of a file. */
static int
text(const char *path, char out[static CASE_TEXT_MAX + 1])
{
	struct bw_buf b = BW_BUF_INIT(16384);
	int code = staff_read(path, &b);
	const char *whole;
	size_t n = 0;

	if (code != CMD_OK)
		goto out;
	if (bw_buf_cstr(&b, &whole) == BW_OK && text_is_utf8(whole, b.len))
		n = lines_clean((char *)b.ptr);
	if (n == 0)
		code = staff_fail("%s: it must have 1 to %d bytes of text",
		    path, CASE_TEXT_MAX);
	else if (n > CASE_TEXT_MAX)
		code = staff_fail("%s: its text has %zu bytes, %zu more than "
		    "there is room for; nothing was changed", path, n,
		    n - CASE_TEXT_MAX);
	else
		memcpy(out, b.ptr, n + 1);
out:
	bw_buf_free(&b);
	return code;
}

static int
open_case(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;
	struct case_new in = { 0 };
	char who[STAFF_ACTOR_SIZE], wish[CASE_TEXT_MAX + 1];
	uint64_t num, beside;
	int code;
	bw_err r;

	if ((code = take(st, arg[0], g, &in)) != CMD_OK ||
	    (g->wish != NULL && (code = text(g->wish, wish)) != CMD_OK) ||
	    (code = staff_begin(st)) != CMD_OK)
		return code;
	staff_actor(who);
	r = not_me_case(st->store, &in, who, st->now, &num, &beside);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no such registration or share");
	if (r == BW_ERR_DENIED && in.registration == 0)
		return staff_fail("whose share %s is has to be said with "
		    "--registration; nothing was changed", g->share);
	if (r == BW_ERR_DENIED)
		return staff_fail("registration %" PRIu64 " has no share %s; "
		    "nothing was changed", in.registration, g->share);
	if (r == BW_OK && g->wish != NULL)
		r = case_wish(st->store, num, wish, who, st->now);
	explicit_bzero(wish, sizeof(wish));
	if (r == BW_OK)
		r = case_mail(st->store, num, LETTER_RECEIVED, st->now);
	if ((code = finish(st, num, r, "is open")) == CMD_OK && beside != 0)
		printf("With the share %" PRIu64 " more that its device "
		    "recorded in the same quarter hour\n%s held until an "
		    "officer has looked at them, on the case's page.\n",
		    beside, beside == 1 ? "is" : "are");
	return code;
}

int
cmd_case_open(const char *dir, int argc, char **argv)
{
	struct given g = { .proof = "none", .language = "en" };
	const struct opt opt[] = {
		{ "registration", "ID", "whose it is, if that is known", false,
		    &g.registration, NULL },
		{ "proof", "HOW", "how the person showed it: none, receipt, "
		    "mail, desk", false, &g.proof, NULL },
		{ "share", "NUMBER", "which share it is about, like k07-12",
		    false, &g.share, NULL },
		{ "language", "TAG", "of the answer (en)", false, &g.language,
		    NULL },
		{ "received", "DAY", "when it came (now)", false,
		    &g.received, NULL },
		{ "wish", "FILE", "what the person wants, in its own words",
		    false, &g.wish, NULL },
	};
	const struct opts o = { "case open", { "TYPE", NULL },
	    "Takes a person's request in. TYPE is access, correction, "
	    "erasure, restriction,\nobjection, transfer, withdrawal, not-me, "
	    "complaint, breach or other. Who is known gets\na letter.", opt,
	    sizeof(opt) / sizeof(opt[0]) };

	return staff_run_keyless(dir, &o, argc, argv, open_case, &g);
}

typedef bw_err (*step)(struct store *s, uint64_t num, const char *text,
    const char *actor, int64_t now);

static int
with_text(struct staff *st, const char *id, const char *file, step run,
    enum letter_kind letter, const char *said)
{
	char why[CASE_TEXT_MAX + 1], who[STAFF_ACTOR_SIZE];
	uint64_t num;
	int code;
	bw_err r;

	if (!staff_number("case", id, &num))
		return CMD_USAGE;
	if ((code = text(file, why)) == CMD_OK &&
	    (code = staff_begin(st)) == CMD_OK) {
		staff_actor(who);
		r = run(st->store, num, why, who, st->now);
		if (r == BW_OK)
			r = case_mail(st->store, num, letter, st->now);
		code = finish(st, num, r, said);
	}
	explicit_bzero(why, sizeof(why));
	return code;
}

static int
extend(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;

	return with_text(st, arg[0], g->file, case_extend, LETTER_EXTENDED,
	    "is extended");
}

static int
refuse(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;

	return with_text(st, arg[0], g->file, case_refuse, LETTER_REFUSED,
	    "is refused");
}

static int
done(struct staff *st, const char *const *arg, void *ctx)
{
	const struct given *g = ctx;

	return with_text(st, arg[0], g->file, case_done_as, LETTER_DONE,
	    "is done");
}

int
cmd_case_extend(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = {
		{ "reason", "FILE", "why, in the person's language; - for "
		    "standard input", true, &g.file, NULL },
	};
	const struct opts o = { "case extend", { "ID", NULL },
	    "Gives a case three months from its receipt in all, once and in "
	    "its first month. The\nletter with the reason goes at once.", opt,
	    1 };

	return staff_run_keyless(dir, &o, argc, argv, extend, &g);
}

int
cmd_case_refuse(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = {
		{ "reason", "FILE", "why, in the person's language; - for "
		    "standard input", true, &g.file, NULL },
	};
	const struct opts o = { "case refuse", { "ID", NULL },
	    "Closes a case. The letter gives the reason, and says that the "
	    "person may complain.", opt, 1 };

	return staff_run_keyless(dir, &o, argc, argv, refuse, &g);
}

int
cmd_case_done(const char *dir, int argc, char **argv)
{
	struct given g = { 0 };
	const struct opt opt[] = {
		{ "outcome", "FILE", "what was done, in the person's language; "
		    "- for standard input", true, &g.file, NULL },
	};
	const struct opts o = { "case done", { "ID", NULL },
	    "Closes a case: what was asked for is done. The letter says so. "
	    "A case whose\nerasure is planned closes by itself when that takes "
	    "effect.",
	    opt, 1 };

	return staff_run_keyless(dir, &o, argc, argv, done, &g);
}

static int
zone(struct staff *st, const char *const *arg, void *ctx)
{
	char who[STAFF_ACTOR_SIZE], now[CASE_ZONE_MAX + 1];
	const char *name = arg[0];
	int code;
	bw_err r = BW_OK;

	(void)ctx;
	if (name != NULL) {
		if (!case_zone_known(strcmp(name, "UTC") == 0 ? "" : name))
			return staff_usage("\"%s\" is no time zone; they are "
			    "like Europe/Berlin", name);
		if ((code = staff_begin(st)) != CMD_OK)
			return code;
		staff_actor(who);
		r = case_zone_set(st->store, strcmp(name, "UTC") == 0 ? "" :
		    name, who, st->now);
		if (r == BW_OK)
			r = store_commit(st->store);
	}
	if (r != BW_OK || (r = case_zone(st->store, now)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	printf("%s\n", now[0] != 0 ? now : "UTC");
	return CMD_OK;
}

int
cmd_case_zone(const char *dir, int argc, char **argv)
{
	const struct opts o = { "case zone", { "[ZONE]", NULL },
	    "Says, or sets for cases that are opened or extended from now on, "
	    "the event's time\nzone: the days of receipt, and on which an "
	    "answer is due, are days there.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, zone, NULL);
}
