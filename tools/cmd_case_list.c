// SPDX-License-Identifier: Apache-2.0
/* badgeward case list, due, show. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case.h"
#include "host/store_device.h"
#include "host/store_mail.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

#define DAYS_MAX 3650

struct list {
	bool json, all;
	const char *within;
	uint64_t days;
	bool due;			/* those alone that are due in days */
	int64_t now;
	size_t n;
};

static bw_err
on_case(void *arg, const struct case_file *c)
{
	struct list *l = arg;
	char due[WHEN_SIZE], received[WHEN_SIZE];
	int64_t left = case_days_left(c->due, l->now);

	if (l->due && left >= (int64_t)l->days)
		return BW_OK;
	when_format(c->due, due);
	when_format(c->received, received);
	if (l->json)
		printf("%s{\"id\": %" PRIu64 ", \"type\": \"%s\", \"state\": "
		    "\"%s\", \"proof\": \"%s\", \"registration\": %" PRIu64
		    ", \"received\": \"%s\", \"due\": \"%s\", \"days_left\": "
		    "%" PRId64 "}", staff_list_sep(l->n), c->num,
		    case_type_name(c->type), case_state_name(c->state),
		    case_proof_name(c->proof), c->registration, received, due,
		    left);
	else if (!case_is_open(c->state))
		printf("%" PRIu64 "\t%s\t%s\t-\t%s\t%" PRIu64 "\n", c->num,
		    case_type_name(c->type), case_state_name(c->state), due,
		    c->registration);
	else
		printf("%" PRIu64 "\t%s\t%s\t%" PRId64 "\t%s\t%" PRIu64 "\n",
		    c->num, case_type_name(c->type),
		    case_state_name(c->state), left, due, c->registration);
	l->n++;
	return BW_OK;
}

static int
list(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	bw_err r;

	(void)arg;
	l->now = st->now;
	if (l->within != NULL && text_number(l->within, strlen(l->within),
	    DAYS_MAX, &l->days) != BW_OK)
		return staff_usage("--within is 0 to %d, not \"%s\"",
		    DAYS_MAX, l->within);
	r = case_each_open(st->store, on_case, l);
	if (r == BW_OK && l->all)
		r = case_each_closed(st->store, true, 0, UINT32_MAX,
		    on_case, l);
	return staff_list_end(st, l->json, l->n, r);
}

#define LINES "A line each, with tabs between: number, type, state, days " \
	"left (below 0: over-due),\ndue, registration (0: not known). "

int
cmd_case_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "all", NULL, "those that are closed too", false, NULL,
		    &l.all },
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "case list", { NULL },
	    LINES "Open ones, the next\ndue first.", opt, 2 };

	return staff_run_keyless(dir, &o, argc, argv, list, &l);
}

int
cmd_case_due(const char *dir, int argc, char **argv)
{
	struct list l = { .due = true, .within = "7" };
	const struct opt opt[] = {
		{ "within", "DAYS", "how soon (7)", false, &l.within, NULL },
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "case due", { NULL },
	    LINES "Open ones\nthat are due within some days, or over-due; "
	    "nothing when there are none.", opt, 2 };

	return staff_run_keyless(dir, &o, argc, argv, list, &l);
}

static bw_err
on_step(void *arg, const struct audit_row *a)
{
	const char *said = audit_said(a->act, a->detail);
	char at[WHEN_SIZE];

	(void)arg;
	when_format(a->at, at);
	printf("  %s  %s  %s  %s", at, a->act, a->actor, a->detail);
	if (said != NULL)
		printf("%s(%s)", a->detail[0] != 0 ? "  " : "", said);
	putchar('\n');
	return BW_OK;
}

/* Its further lines stand behind a tab. */
static void
print_text(const char *name, const char *text)
{
	printf("%s: ", name);
	for (; *text != 0; text++) {
		putchar(*text);
		if (*text == '\n' && text[1] != '\n')
			putchar('\t');
	}
	putchar('\n');
}

static void
print_share(struct store *s, const struct case_file *c)
{
	struct store_device d;

	if (c->device == 0 || store_device_num(s, c->device, &d) != BW_OK)
		return;
	if (c->seq == 0)
		printf("device: %s\n", d.name);
	else
		printf("share: %s-%" PRIu64 "\n", d.name, c->seq);
}

/* Who took it in could not see that the two numbers are not one person's. */
static void
print_said(const struct case_file *c)
{
	if (!case_is_of_another(c))
		return;
	if (c->said != 0)
		printf("taken in for registration %" PRIu64 ", whose share it "
		    "is not: one of the two numbers is wrong,\n\tor somebody "
		    "asks about another's share\n", c->said);
	else
		printf("taken in for a registration that was erased since, "
		    "whose share it is not\n");
}

/* Beside UTC as the event's clocks show it. */
static void
print_moment(const char *name, const char *zone, int64_t at)
{
	char t[WHEN_SIZE], clock[CASE_CLOCK_SIZE];

	if (at == 0)
		return;
	when_format(at, t);
	case_clock(zone, at, clock);
	printf("%s: %s%s%s%s", name, t, clock[0] != 0 ? " (" : "", clock,
	    clock[0] != 0 ? ")" : "");
}

static void
print(struct store *s, const struct case_file *c, const char *zone,
    int64_t now)
{
	static const char *const texts[CASE_TEXTS] = { "why it takes longer",
		"why it was refused", "fee", "outcome",
		"what the person asked for" };

	printf("case %" PRIu64 ": %s, %s\n", c->num, case_type_name(c->type),
	    case_state_name(c->state));
	printf("registration: %" PRIu64 ", proof: %s, language: %s\n",
	    c->registration, case_proof_name(c->proof), c->language);
	print_share(s, c);
	print_said(c);
	print_moment("received", zone, c->received);
	print_moment("\ndue", zone, c->due);
	if (case_is_open(c->state))
		printf(" (%" PRId64 " days left)", case_days_left(c->due,
		    now));
	print_moment("\nextended", zone, c->extended_at);
	print_moment("\nclosed", zone, c->closed_at);
	putchar('\n');
	for (int i = 0; i < CASE_TEXTS; i++)
		if (c->text[i][0] != 0)
			print_text(texts[i], c->text[i]);
}

/* Who looked is written first, while it is open. */
static int
looked(struct staff *st, uint64_t num)
{
	char who[STAFF_ACTOR_SIZE];
	int code = staff_begin(st);
	bw_err r;

	if (code != CMD_OK)
		return code;
	staff_actor(who);
	r = case_step(st->store, num, DID_CASE_LOOK, "", who, st->now);
	if (r == BW_OK)
		r = store_commit(st->store);
	else
		store_rollback(st->store);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no case %" PRIu64 "; \"case list "
		    "--all\" shows all", num);
	return r == BW_OK || r == BW_ERR_GONE ? CMD_OK :
	    staff_fail_err(r, st->host->db_path);
}

static bw_err
on_letter(void *arg, const struct mail_row *m)
{
	char at[WHEN_SIZE], why[MAIL_WORDS_MAX] = "";

	(void)arg;
	when_format(m->ended_at != 0 ? m->ended_at : m->queued_at, at);
	if (m->state == MAIL_FAILED)
		mail_answer_words(m->answer, why);
	printf("letter: %s  %s  %s%s%s\n", at,
	    letter_kind_name(m->mail.letter), mail_state_name(m->state),
	    why[0] != 0 ? ": " : "", why);
	return BW_OK;
}

static int
show(struct staff *st, const char *const *arg, void *ctx)
{
	char object[32], zone[CASE_ZONE_MAX + 1];
	struct case_file c;
	uint64_t num;
	int code;
	bw_err r;

	(void)ctx;
	if (!staff_number("case", arg[0], &num))
		return CMD_USAGE;
	if ((code = looked(st, num)) != CMD_OK)
		return code;
	if ((r = case_zone(st->store, zone)) == BW_OK &&
	    (r = case_get(st->store, num, &c)) == BW_OK) {
		snprintf(object, sizeof(object), "case %" PRIu64, num);
		print(st->store, &c, zone, st->now);
		r = mail_each_of_case(st->store, c.registration, num,
		    on_letter, NULL);
		printf("steps, the newest first:\n");
		if (r == BW_OK)
			r = audit_each(st->store, 0, 500, object, on_step,
		    NULL);
	}
	explicit_bzero(&c, sizeof(c));
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

int
cmd_case_show(const char *dir, int argc, char **argv)
{
	const struct opts o = { "case show", { "ID", NULL },
	    "One case, with what staff wrote, what became of its letters, and "
	    "its steps; not the person's "
	    "data. Each look at an\nopen one is in the audit.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, show, NULL);
}
