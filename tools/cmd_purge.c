// SPDX-License-Identifier: Apache-2.0
/* badgeward purge. */
#include <inttypes.h>
#include <stdio.h>

#include "host/import/stage.h"
#include "host/purge.h"
#include "host/right.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct purging {
	bool apply;
};

static void
day(int64_t t, char out[static WHEN_SIZE])
{
	if (t == 0)
		snprintf(out, WHEN_SIZE, "-");
	else {
		when_format(t, out);
		out[10] = 0;
	}
}

static void
print(const struct purge_report *rep, bool apply)
{
	printf("%-14s %6s %9s %9s %9s  %-10s  %s\n", "class", "days", "kept",
	    apply ? "gone" : "would go", "held", "from", "next");
	for (int i = 0; i < RETAIN_CLASSES; i++) {
		const struct purge_line *l = &rep->line[i];
		char from[WHEN_SIZE], next[WHEN_SIZE];

		day(l->oldest, from);
		day(l->next, next);
		printf("%-14s %6u %9" PRIu64 " %9" PRIu64 " %9" PRIu64
		    "  %-10s  %s\n", retain_class((enum retain)i)->name,
		    rep->rules.days[i], l->kept, apply ? l->gone : l->due,
		    l->held, from, next);
	}
}

static int
failed(struct staff *st, bw_err r)
{
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("there is no policy yet, so no period has "
		    "begun");
	if (r == BW_ERR_FORMAT)
		return staff_fail("the policy in force has periods that this "
		    "program does not know; nothing more was deleted");
	return staff_fail_err(r, st->host->db_path);
}

/* Those that fail keep nothing else back; *on is false when nothing more is to
 * be done. */
static int
erase(struct staff *st, bool *on)
{
	struct right_done done;
	bw_err r = right_erase_due(st->host->path, st->store, st->now, &done);

	*on = r == BW_OK || done.failed != 0;
	if (r == BW_OK)
		return CMD_OK;
	if (!*on)
		return staff_fail_err(r, st->host->path);
	return staff_fail("%" PRIu64 " erasures could not be finished (%s); "
	    "the next run tries them again", done.failed, bw_strerror(r));
}

static bw_err
run(struct staff *st, struct purge_report *rep)
{
	char who[STAFF_ACTOR_SIZE];
	bw_err r;

	staff_actor(who);
	r = purge_run(st->host->path, st->store, who, st->now, rep);
	import_stage_sweep(st->host->path, st->now);
	return r;
}

static int
purge(struct staff *st, const char *const *arg, void *ctx)
{
	const struct purging *p = ctx;
	struct purge_report rep;
	int code = CMD_OK;
	bool on = true;
	bw_err r;

	(void)arg;
	if (p->apply) {
		code = erase(st, &on);
		if (!on)
			return code;
		r = run(st, &rep);
	} else
		r = purge_look(st->store, st->now, &rep);
	if (r != BW_OK)
		return failed(st, r);
	print(&rep, p->apply);
	if (!p->apply)
		puts("Nothing was changed; --apply does it.");
	return code;
}

int
cmd_purge(const char *dir, int argc, char **argv)
{
	struct purging p = { false };
	const struct opt opt[] = {
		{ "apply", NULL, "delete it, instead of saying what would go",
		    false, NULL, &p.apply },
	};
	const struct opts o = { "purge", { NULL },
	    "Says what has been kept for longer than the policy allows, by "
	    "class: how many rows\nthere are, how many would go and from when "
	    "they are, how many a hold keeps, and\nwhen the next will go. "
	    "Erasures that are due are done first. Logs\nverify afterwards "
	    "as before.", opt, 1 };

	return staff_run(dir, &o, argc, argv, purge, &p);
}
