// SPDX-License-Identifier: Apache-2.0
/* badgeward import eventbrite. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/csvfile.h"
#include "host/import_eventbrite.h"
#include "tools/cmds.h"
#include "tools/staff.h"

/* Remarks with the same reason stand together, lines in order. */
static int
by_reason(const void *a, const void *b)
{
	const struct import_remark *x = a, *y = b;
	int c = strcmp(x->why, y->why);

	if (c != 0)
		return c;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void
print_skipped(struct import_report *rep)
{
	size_t from = 0, to, width;

	if (rep->n != 0)
		qsort(rep->remark, rep->n, sizeof(rep->remark[0]), by_reason);
	for (; from < rep->n; from = to) {
		const char *why = rep->remark[from].why;

		for (to = from; to < rep->n &&
		    strcmp(rep->remark[to].why, why) == 0; to++)
			continue;
		width = (size_t)printf("  %zu skipped: %s: line%s",
		    to - from, why, to - from == 1 ? "" : "s");
		for (size_t i = from; i < to; i++) {
			if (width > 70)
				width = (size_t)printf("\n    ") - 1;
			width += (size_t)printf(" %zu%s", rep->remark[i].line,
			    i + 1 < to ? "," : "");
		}
		putchar('\n');
	}
}

static void
print_report(struct import_report *rep, bool dry)
{
	printf("added %zu, changed %zu, unchanged %zu, skipped %zu%s\n",
	    rep->added, rep->changed, rep->unchanged, rep->skipped,
	    dry ? " (dry run: nothing was changed)" : "");
	if (rep->cancelled != 0)
		printf("became cancelled: %zu; their leads are left out of "
		    "exports while they are\n", rep->cancelled);
	if (rep->minors != rep->released)
		printf("minors among them: %zu; no badge is made for minors\n",
		    rep->minors - rep->released);
	if (rep->released != 0)
		printf("under 18 in this file, but released by staff: %zu; "
		    "they count as adults\n", rep->released);
	if (rep->ageless != 0)
		printf("without an age: %zu; they count as adults\n",
		    rep->ageless);
	print_skipped(rep);
}

/* No badge may be made for minors, so not to know them must be said. */
static void
warn_age(const struct import_report *rep)
{
	if (rep->aged != 0 || rep->added + rep->changed + rep->unchanged == 0)
		return;
	fprintf(stderr, "badgeward: %s, so nobody here is known to be a "
	    "minor, and no badge may be\nmade for minors. Let Eventbrite's "
	    "order form ask for the age and import a new\nreport, or "
	    "\"registration withhold\" each minor before badges are "
	    "written.\n", rep->has_age ? "the column Age is empty" :
	    "there is no column Age");
}

static void
warn_absent(const struct import_report *rep)
{
	size_t n = rep->absent < IMPORT_ABSENT_MAX ? rep->absent :
	    IMPORT_ABSENT_MAX;

	if (n == 0)
		return;
	fprintf(stderr, "badgeward: registrations that attend but are not in "
	    "this file: %zu. They stay as\nthey are, badges too; \"registration "
	    "withhold ID\" if they do not come any more:\n ", rep->absent);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, " %" PRIu64, rep->absent_id[i]);
	fputs(n < rep->absent ? " ...\n" : "\n", stderr);
}

static int
import_text(struct staff *st, const char *path, const struct bw_buf *text,
    bool dry)
{
	struct import_report rep = { 0 };
	struct fault f = { 0 };
	char object[96];
	int code;
	bw_err r;

	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	r = import_eventbrite(st->store, (const char *)text->ptr, text->len,
	    st->now, &rep, &f);
	if (f.text[0] != 0) {
		code = staff_fail_fault(path, &f);
		fputs("badgeward: nothing was changed\n", stderr);
	} else if (r != BW_OK)
		code = staff_fail_err(r, path);
	else if (!dry) {
		snprintf(object, sizeof(object), "added %zu, changed %zu",
		    rep.added, rep.changed);
		code = staff_commit(st, "import.eventbrite", object);
	}
	if (code == CMD_OK) {
		print_report(&rep, dry);
		warn_age(&rep);
		warn_absent(&rep);
	}
	import_report_free(&rep);
	return code;
}

static int
import(struct staff *st, const char *const *arg, void *ctx)
{
	const bool *dry = ctx;
	struct bw_buf text = BW_BUF_INIT(CSVFILE_MAX);
	int code;

	if ((code = staff_read(arg[0], &text)) == CMD_OK)
		code = import_text(st, arg[0], &text, *dry);
	bw_buf_free(&text);
	return code;
}

int
cmd_import_eventbrite(const char *dir, int argc, char **argv)
{
	bool dry = false;
	const struct opt opt[] = {
		{ "dry-run", NULL, "only say what would be done", false, NULL,
		    &dry },
	};
	const struct opts o = { "import eventbrite", { "FILE", NULL },
	    "Reads an attendee report of Eventbrite (CSV). All of it is taken "
	    "or nothing;\ndoing it again changes nothing. badgeward(1) has "
	    "the rules.", opt, 1 };

	return staff_run(dir, &o, argc, argv, import, &dry);
}
