// SPDX-License-Identifier: Apache-2.0
/* badgeward right list. */
#include <inttypes.h>
#include <stdio.h>

#include "host/right.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct rights {
	bool json;
	struct staff *st;
	uint64_t n;
};

static void
print_time(const char *name, int64_t t, bool json)
{
	char when[WHEN_SIZE];

	if (t == 0 && !json)
		return;
	when_format(t, when);
	if (!json)
		printf("\t%s %s", name, when);
	else if (t == 0)
		printf(", \"%s\": null", name);
	else
		printf(", \"%s\": \"%s\"", name, when);
}

static bw_err
on_right(void *arg, const struct right_state *r)
{
	struct rights *a = arg;
	int64_t held;
	bw_err e = right_held(a->st->store, r, a->st->now, &held);

	if (e != BW_OK)
		return e;
	if (a->json)
		printf("%s{\"registration\": %" PRIu64,
		    staff_list_sep(a->n), r->registration);
	else
		printf("%" PRIu64, r->registration);
	print_time("restricted", r->restricted, a->json);
	print_time("objected", r->objected, a->json);
	print_time("staff", r->staff, a->json);
	print_time("erasure", r->erase_due, a->json);
	print_time("held", held, a->json);
	fputs(a->json ? "}" : "\n", stdout);
	a->n++;
	return BW_OK;
}

static int
list(struct staff *st, const char *const *arg, void *ctx)
{
	struct rights *a = ctx;

	(void)arg;
	a->st = st;
	return staff_list_end(st, a->json, a->n,
	    right_each(st->store, on_right, a));
}

int
cmd_right_list(const char *dir, int argc, char **argv)
{
	struct rights a = { 0 };
	const struct opt opt[] = {
		{ "json", NULL, "as an array of objects", false, NULL,
		    &a.json },
	};
	const struct opts o = { "right list", { NULL },
	    "Lists the registrations that are withheld for a right: since when "
	    "restricted,\nobjected, when an erasure takes effect, and since "
	    "when a hold stops it.", opt, 1 };

	return staff_run_keyless(dir, &o, argc, argv, list, &a);
}
