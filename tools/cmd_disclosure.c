// SPDX-License-Identifier: Apache-2.0
/* badgeward disclosure add, list, export disclosures. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case.h"
#include "host/case_due.h"
#include "host/export_disclosures.h"
#include "host/store_disclosure.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/export.h"

struct adding {
	const char *basis, *asked, *decided, *registration, *sponsor, *fields;
	const char *at, *from, *to, *reason, *secret, *corrects;
	bool force;
};

/* A text of an option into its array; false: it was said. */
static bool
take_text(const char *option, const char *s, char *out, size_t size)
{
	if (s == NULL)
		return true;
	if (staff_line(s, out, size) != CMD_OK)
		return false;
	if (text_is_clean(out, strlen(out)))
		return true;
	(void)staff_usage("--%s is plain text", option);
	return false;
}

static bool
take_time(struct staff *st, const char *option, const char *s, bool end,
    int64_t *out)
{
	bw_err r;

	if (s == NULL || (r = case_typed(st->store, s, end, out)) == BW_OK)
		return true;
	if (r == BW_ERR_FORMAT)
		(void)staff_usage("--%s is a day like 2026-06-01 or a time "
		    "like 2026-06-01T09:30:00Z", option);
	else
		(void)staff_fail_err(r, st->host->db_path);
	return false;
}

static bool
take_fields(const char *s, field_set *out)
{
	size_t len;

	for (; s != NULL && *s != 0; s += len + (s[len] == ',')) {
		int f;

		len = strcspn(s, ",");
		if ((f = field_from_name(s, len)) == 0) {
			(void)staff_usage("--fields are of name, email, "
			    "company, job_title, work_phone and location, with "
			    "commas between");
			return false;
		}
		*out |= FIELD_BIT(f);
	}
	return true;
}

static bool
take(struct staff *st, const struct adding *a, struct disclosure *d)
{
	*d = (struct disclosure){ .at = st->now };
	if (disclosure_basis_parse(a->basis, &d->basis) != BW_OK) {
		(void)staff_usage("--basis is law, court, emergency or claim");
		return false;
	}
	if (a->registration != NULL && a->sponsor != NULL) {
		(void)staff_usage("give --registration or --sponsor, or "
		    "neither for the whole event");
		return false;
	}
	if (a->corrects != NULL &&
	    !staff_number("corrects", a->corrects, &d->corrects))
		return false;
	return (a->registration == NULL || staff_number("registration",
	    a->registration, &d->registration)) &&
	    take_text("sponsor", a->sponsor, d->sponsor, sizeof(d->sponsor)) &&
	    take_text("asked", a->asked, d->asked, sizeof(d->asked)) &&
	    take_text("decided", a->decided, d->decided,
	    sizeof(d->decided)) &&
	    take_text("reason", a->reason, d->reason, sizeof(d->reason)) &&
	    take_fields(a->fields, &d->fields) &&
	    take_time(st, "at", a->at, false, &d->at) &&
	    take_time(st, "from", a->from, false, &d->since) &&
	    take_time(st, "to", a->to, true, &d->until) &&
	    take_time(st, "secret-until", a->secret, true, &d->secret_until);
}

/* What must not be told yet is not told by correcting it: its day is the
 * correction's, too. */
static int
keep_secret(struct staff *st, struct disclosure *d)
{
	char until[WHEN_SIZE];
	struct disclosure first;
	bw_err r;

	if (d->corrects == 0)
		return CMD_OK;
	r = disclosure_get(st->store, d->corrects, &first);
	if (r != BW_OK || first.secret_until <= st->now)
		return r == BW_OK || r == BW_ERR_NOTFOUND ? CMD_OK :
		    staff_fail_err(r, st->host->db_path);
	when_format(first.secret_until, until);
	if (d->secret_until == 0) {
		d->secret_until = first.secret_until;
		printf("secret until %s, as disclosure %" PRIu64 " is; give "
		    "--force to tell it at once\n", until, d->corrects);
	} else if (d->secret_until < first.secret_until)
		return staff_fail("disclosure %" PRIu64 " must not be told "
		    "before %s: give --force if what corrects it may be told "
		    "before", d->corrects, until);
	return CMD_OK;
}

static int
add(struct staff *st, const char *const *arg, void *ctx)
{
	const struct adding *a = ctx;
	struct disclosure d;
	char who[STAFF_ACTOR_SIZE];
	uint64_t id = 0;
	int code;
	bw_err r;

	(void)arg;
	if (!take(st, a, &d))
		return CMD_USAGE;
	if ((code = staff_begin(st)) != CMD_OK ||
	    (!a->force && (code = keep_secret(st, &d)) != CMD_OK))
		return code;
	staff_actor(who);
	r = disclosure_add(st->store, &d, who, st->now, &id);
	if (r == BW_ERR_EXISTS)
		return staff_fail("disclosure %" PRIu64 " was corrected "
		    "already: correct that correction", d.corrects);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail(d.corrects != 0 ? "there is no such "
		    "disclosure to correct, registration or sponsor" :
		    d.registration != 0 ? "there is no such "
		    "registration" : "no policy has this sponsor");
	if (r == BW_ERR_ARG)
		return staff_fail("it must have happened already, end behind "
		    "its beginning, not be secret until a day that is past, "
		    "and say who asked and who decided");
	if (r != BW_OK || (r = store_commit(st->store)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	printf("disclosure %" PRIu64 " is recorded\n", id);
	return CMD_OK;
}

int
cmd_disclosure_add(const char *dir, int argc, char **argv)
{
	struct adding a = { 0 };
	const struct opt opt[] = {
		{ "basis", "BASIS", "law, court, emergency or claim", true,
		    &a.basis, NULL },
		{ "asked", "TEXT", "who asked for it", true, &a.asked, NULL },
		{ "decided", "TEXT", "who decided that it is given", true,
		    &a.decided, NULL },
		{ "registration", "ID", "whose it was", false,
		    &a.registration, NULL },
		{ "sponsor", "ID", "whose shares they were", false,
		    &a.sponsor, NULL },
		{ "fields", "LIST", "which fields, with commas between",
		    false, &a.fields, NULL },
		{ "at", "TIME", "when it was given (now)", false, &a.at,
		    NULL },
		{ "from", "TIME", "of what time it was", false, &a.from,
		    NULL },
		{ "to", "TIME", "until then", false, &a.to, NULL },
		{ "reason", "TEXT", "why, such as an order's number", false,
		    &a.reason, NULL },
		{ "secret-until", "DAY", "the person must not be told before "
		    "its end", false, &a.secret, NULL },
		{ "corrects", "ID", "in place of a disclosure that was "
		    "recorded wrongly", false, &a.corrects, NULL },
		{ "force", NULL, "tell it sooner than the one that it "
		    "corrects", false, NULL, &a.force },
	};
	const struct opts o = { "disclosure add", { NULL },
	    "Records that data was given to somebody because the law, a court "
	    "or an emergency\nasked for it. It is kept for its period and "
	    "cannot be changed; the person sees it\namong all that the event "
	    "has, unless that is forbidden until a day. One TEXT may be -, for a "
	    "line of standard\ninput, which no other user of this machine "
	    "sees.", opt,
	    sizeof(opt) / sizeof(opt[0]) };

	return staff_run_keyless(dir, &o, argc, argv, add, &a);
}

/* Which of them. */
struct looking {
	const char *basis, *text, *registration, *first, *last;
};
#define OPT_LOOKING(l) \
	{ "basis", "BASIS", "with this basis alone", false, &(l).basis, \
	    NULL }, \
	{ "text", "TEXT", "with its words in who asked, who decided or why", \
	    false, &(l).text, NULL }, \
	{ "registration", "ID", "of one registration alone", false, \
	    &(l).registration, NULL }, \
	{ "first", "DAY", "given from this day on", false, &(l).first, \
	    NULL }, \
	{ "last", "DAY", "given until the end of this day", false, \
	    &(l).last, NULL }

/* text: room for it. */
static bool
look(struct staff *st, const struct looking *l,
    char text[static DISCLOSURE_TEXT_MAX + 1], struct disclosure_query *q)
{
	*q = (struct disclosure_query){ .text = text };
	text[0] = 0;
	if (l->basis != NULL &&
	    disclosure_basis_parse(l->basis, &q->basis) != BW_OK) {
		(void)staff_usage("--basis is law, court, emergency or claim");
		return false;
	}
	return (l->registration == NULL || staff_number("registration",
	    l->registration, &q->registration)) &&
	    take_text("text", l->text, text, DISCLOSURE_TEXT_MAX + 1) &&
	    take_time(st, "first", l->first, false, &q->from) &&
	    take_time(st, "last", l->last, true, &q->to);
}

struct list {
	bool json;
	size_t n;
	struct looking looking;
	char zone[CASE_ZONE_MAX + 1];
};

static void
print_fields(field_set set)
{
	const char *sep = "";

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0) {
			printf("%s%s", sep, field_name((enum field)f));
			sep = ",";
		}
}

static void
print_json(const struct list *l, const struct disclosure *d)
{
	printf("%s{\"id\": %" PRIu64 ", \"at\": %" PRId64 ", \"basis\": ",
	    staff_list_sep(l->n), d->id, d->at);
	staff_json(disclosure_basis_name(d->basis));
	printf(", \"registration\": %" PRIu64 ", \"sponsor\": ",
	    d->registration);
	staff_json(d->sponsor);
	fputs(", \"fields\": \"", stdout);
	print_fields(d->fields);
	printf("\", \"since\": %" PRId64 ", \"until\": %" PRId64
	    ", \"asked\": ", d->since, d->until);
	staff_json(d->asked);
	fputs(", \"decided\": ", stdout);
	staff_json(d->decided);
	fputs(", \"reason\": ", stdout);
	staff_json(d->reason);
	printf(", \"secret_until\": %" PRId64 ", \"corrects\": %" PRIu64
	    ", \"corrected_by\": %" PRIu64 "}", d->secret_until, d->corrects,
	    d->corrected);
}

/* A time with a word before it and the event's clocks behind; nothing for 0. */
static void
print_time(const char *zone, const char *word, int64_t t)
{
	char utc[WHEN_SIZE], clock[CASE_CLOCK_SIZE];

	if (t == 0)
		return;
	when_format(t, utc);
	case_clock(zone, t, clock);
	printf("%s%s%s%s%s", word, utc, clock[0] != 0 ? " (" : "", clock,
	    clock[0] != 0 ? ")" : "");
}

static void
print_line(const struct list *l, const struct disclosure *d)
{
	char at[WHEN_SIZE];

	when_format(d->at, at);
	printf("%" PRIu64 "\t%s\t%s\t", d->id, at,
	    disclosure_basis_name(d->basis));
	if (d->registration != 0)
		printf("registration %" PRIu64, d->registration);
	else
		fputs(d->sponsor[0] != 0 ? d->sponsor : "event", stdout);
	putchar('\t');
	print_fields(d->fields);
	printf("\t%s\t%s\t%s\t", d->asked, d->decided, d->reason);
	print_time(l->zone, "from ", d->since);
	print_time(l->zone, d->since != 0 ? " to " : "to ", d->until);
	putchar('\t');
	print_time(l->zone, "secret until ", d->secret_until);
	putchar('\n');
}

static bw_err
on_disclosure(void *arg, const struct disclosure *d)
{
	struct list *l = arg;

	if (l->json)
		print_json(l, d);
	else
		print_line(l, d);
	l->n++;
	return BW_OK;
}

static int
list(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	char text[DISCLOSURE_TEXT_MAX + 1];
	struct disclosure_query q;
	bw_err r;

	(void)arg;
	if (!look(st, &l->looking, text, &q))
		return CMD_USAGE;
	if ((r = case_zone(st->store, l->zone)) == BW_OK)
		r = disclosure_find(st->store, &q, on_disclosure, l);
	return staff_list_end(st, l->json, l->n, r);
}

int
cmd_disclosure_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		OPT_LOOKING(l.looking),
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "disclosure list", { NULL },
	    "Lists disclosures, the newest first: number, when, basis, "
	    "about whom, fields,\nwho asked, who decided, why, of what time, until "
	    "when it is secret, with tabs\nbetween.", opt,
	    sizeof(opt) / sizeof(opt[0]) };

	return staff_run_keyless(dir, &o, argc, argv, list, &l);
}

struct saving {
	struct looking looking;
	const char *path;
	bool force;
};

static int
save(struct staff *st, const char *const *arg, void *ctx)
{
	const struct saving *f = ctx;
	char text[DISCLOSURE_TEXT_MAX + 1];
	struct store_export e = { .kind = "disclosures", .subject = "",
		.format = "csv" };
	struct disclosure_query q;
	struct outfile *out = NULL;
	int code;
	bw_err r;

	(void)arg;
	if (!look(st, &f->looking, text, &q))
		return CMD_USAGE;
	if ((r = export_begin(&out, f->path, f->force)) == BW_OK)
		r = export_disclosures(st->store, &q, out, &e.n);
	code = r == BW_OK ? export_finished(st, &e, out, f->path) :
	    staff_fail_file(r, f->path);
	outfile_close(&out);
	return code;
}

int
cmd_export_disclosures(const char *dir, int argc, char **argv)
{
	struct saving f = { .path = NULL };
	const struct opt opt[] = {
		OPT_LOOKING(f.looking),
		{ "out", "FILE", "where; - is standard output", true,
		    &f.path, NULL },
		{ "force", NULL, "replace FILE, if it is there already",
		    false, NULL, &f.force },
	};
	const struct opts o = { "export disclosures", { NULL },
	    "Writes disclosures as CSV, those of \"disclosure list\" with the "
	    "same options.\nThat they were written down in a file is recorded.",
	    opt, sizeof(opt) / sizeof(opt[0]) };

	return staff_run_keyless(dir, &o, argc, argv, save, &f);
}
