// SPDX-License-Identifier: Apache-2.0
/* badgeward badge sheet: name badges to print. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/outfile.h"
#include "host/sheet.h"
#include "tools/cmds.h"
#include "tools/export.h"
#include "tools/staff.h"

#define ONLY_MAX 10000

struct print {
	struct sheet_order order;
	const char *path;
	uint64_t *only;
	bool force, test;
	struct outfile *out;
	struct export_meter meter;
};

static bw_err
put(void *arg, const void *ptr, size_t len)
{
	struct print *p = arg;

	return outfile_put(p->out, ptr, len);
}

static void
say_left(void *arg, uint64_t registration, enum sheet_why why)
{
	(void)arg;
	fprintf(stderr, "badgeward: registration %" PRIu64 " %s: it is not "
	    "printed\n", registration, sheet_why(why));
}

static bw_err
found(void *arg, size_t badges)
{
	struct print *p = arg;

	p->meter.most = badges;
	return BW_OK;
}

/* With what was printed; a test page is of nobody. */
static int
make(struct staff *st, struct print *p)
{
	struct sheet_done done = { 0 };
	struct fault f = { 0 };
	char object[64];
	int code;
	bw_err r;

	if (p->test)
		r = sheet_test_page(p->order.format, put, p);
	else {
		export_meter_begin(&p->meter, "badges", 0, p->path);
		p->order.found = found;
		p->order.progress = &p->meter.progress;
		r = sheet_make(st->store, st->host, &p->order, put, say_left,
		    p, &done, &f);
		export_meter_end(&p->meter);
	}
	if (f.text[0] != 0)
		return staff_fail("%s", f.text);
	if (r == BW_OK && !p->test) {
		snprintf(object, sizeof(object), "%zu badges", done.badges);
		if ((code = staff_record(st, DID_BADGE_SHEET, object)) != CMD_OK)
			return code;
	}
	if (r != BW_OK || (r = outfile_commit(p->out)) != BW_OK)
		return staff_fail_file(r, p->path);
	if (!p->test)
		fprintf(stderr, "%zu badge%s on %zu page%s\n", done.badges,
		    done.badges == 1 ? "" : "s", done.pages,
		    done.pages == 1 ? "" : "s");
	return CMD_OK;
}

static int
sheet(struct staff *st, const char *const *arg, void *ctx)
{
	struct print *p = ctx;
	int code;
	bw_err r;

	(void)arg;
	if ((r = outfile_open(&p->out, p->path, p->force)) != BW_OK)
		return staff_fail_file(r, p->path);
	code = make(st, p);
	outfile_close(&p->out);
	return code;
}

static int
take_format(const char *name, struct print *p)
{
	const struct label_format *all;
	size_t n = label_format_all(&all);

	if ((p->order.format = label_format_find(name)) != NULL)
		return CMD_OK;
	(void)staff_usage("there is no label format \"%.40s\"; there are",
	    name);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "  %-14s %s\n", all[i].name, all[i].about);
	return CMD_USAGE;
}

/* "7,9,12". */
static int
take_only(const char *s, struct print *p)
{
	p->only = calloc(ONLY_MAX, sizeof(*p->only));
	if (p->only == NULL)
		return staff_fail_err(BW_ERR_NOMEM, "--registration");
	for (p->order.only = p->only; *s != 0; s += *s == ',') {
		size_t len = strcspn(s, ",");

		if (p->order.n == ONLY_MAX)
			return staff_usage("--registration takes %d numbers "
			    "at most", ONLY_MAX);
		if (text_number(s, len, INT64_MAX,
		    &p->only[p->order.n++]) != BW_OK)
			return staff_usage("--registration is a list of "
			    "numbers like 7,9,12");
		s += len;
	}
	return p->order.n > 0 ? CMD_OK :
	    staff_usage("--registration is a list of numbers like 7,9,12");
}

static int
take_start(const char *s, struct print *p)
{
	size_t page = label_format_per_page(p->order.format);
	uint64_t n;

	if (text_number(s, strlen(s), page, &n) != BW_OK || n == 0)
		return staff_usage("a sheet of %s has labels 1 to %zu",
		    p->order.format->name, page);
	p->order.start = (size_t)n;
	return CMD_OK;
}

int
cmd_badge_sheet(const char *dir, int argc, char **argv)
{
	struct print p = { .order = { .start = 1 } };
	const char *format = NULL, *only = NULL, *start = "1";
	const char *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		{ "format", "NAME", "of the labels, e.g. avery-l4785; a wrong "
		    "one lists all", true, &format, NULL },
		{ "out", "FILE", "the PDF; - is standard output", true,
		    &p.path, NULL },
		{ "registration", "LIST", "only these, e.g. 7,9,12 (all that "
		    "attend)", false, &only, NULL },
		{ "start", "LABEL", "the first label of the first sheet that "
		    "is still there (1)", false, &start, NULL },
		{ "job-title", NULL, "print the job title, too", false, NULL,
		    &p.order.job_title },
		{ "outline", NULL, "a line around each label, for plain paper",
		    false, NULL, &p.order.outline },
		{ "test-page", NULL, "instead: where the labels are, to hold "
		    "against a sheet", false, NULL, &p.test },
		{ "force", NULL, "replace FILE, if it is there already",
		    false, NULL, &p.force },
	};
	const struct opts o = { "badge sheet", { NULL },
	    "Makes sheets of name badges to print, by name: name, company, "
	    "and a code that\nleads to the page about badges. Print at its own "
	    "size, not fitted to the page.", opt,
	    sizeof(opt) / sizeof(opt[0]) };
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if ((code = take_format(format, &p)) == CMD_OK &&
	    (code = take_start(start, &p)) == CMD_OK && only != NULL)
		code = take_only(only, &p);
	if (code == CMD_OK)
		code = staff_run_keyless(dir, &o, argc, argv, sheet, &p);
	free(p.only);
	return code;
}
