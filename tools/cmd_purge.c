// SPDX-License-Identifier: Apache-2.0
/* badgeward purge. */
#include <inttypes.h>
#include <stdio.h>

#include "host/hostclock.h"
#include "host/import/stage.h"
#include "host/purge.h"
#include "host/right.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct purging {
	bool apply, confirm;
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

/* Of what was there before, what is there now. */
static uint64_t
left(const struct purge_line *l)
{
	return l->gone < l->kept ? l->kept - l->gone : 0;
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
		    rep->rules.days[i], apply ? left(l) : l->kept, apply ? l->gone : l->due,
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

static int
confirm(struct staff *st, struct hostclock *clock)
{
	char who[STAFF_ACTOR_SIZE];
	bw_err r;

	staff_actor(who);
	if ((r = store_begin(st->store)) == BW_OK &&
	    (r = hostclock_confirm(st->store, who, clock)) == BW_OK)
		r = store_commit(st->store);
	store_rollback(st->store);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

/* What the clock is worth; said, when it is in doubt. */
static int
look_at_clock(struct staff *st, const struct purging *p,
    struct hostclock *clock)
{
	char now[WHEN_SIZE], last[WHEN_SIZE];
	bw_err r;

	if (p->confirm)
		return confirm(st, clock);
	r = p->apply ? hostclock_keep(st->store, clock) :
	    hostclock_ask(st->store, clock);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (clock->doubt == HOSTCLOCK_FINE)
		return CMD_OK;
	when_format(clock->now.wall, now);
	when_format(clock->last.wall, last);
	printf("%s\nIt says %s; it was last believed at %s. Set it, or if it "
	    "is right, say so with --clock-is-right: until then nothing is "
	    "deleted because its time is over.\n",
	    hostclock_sentence(clock->doubt), now, last);
	return CMD_OK;
}

/* Those that fail keep nothing else back; *on is false when nothing more is to
 * be done. */
static int
erase(struct staff *st, const struct hostclock *clock, bool *on)
{
	struct right_done done;
	bw_err r = right_erase_due(st->host->path, st->store, st->now,
	    hostclock_until(clock), &done);

	*on = (r == BW_OK || done.failed != 0) &&
	    clock->doubt == HOSTCLOCK_FINE;
	if (r != BW_OK && done.failed == 0)
		return staff_fail_err(r, st->host->path);
	if (r != BW_OK)
		return staff_fail("%" PRIu64 " erasures could not be finished "
		    "(%s); the next run tries them again", done.failed,
		    bw_strerror(r));
	return *on ? CMD_OK : staff_fail("the clock is in doubt, so nothing "
	    "was purged");
}

struct due {
	struct staff *st;
	uint64_t n;
};

static bw_err
count_due(void *arg, const struct right_state *state)
{
	struct due *due = arg;
	int64_t held;
	bw_err r;

	if (state->erase_due == 0 || state->erase_due > due->st->now)
		return BW_OK;
	r = right_held(due->st->store, state, due->st->now, &held);
	due->n += r == BW_OK && held == 0;
	return r;
}

/* What would go, and that what an erasure takes first is not in the counts. */
static bw_err
look(struct staff *st, struct purge_report *rep)
{
	struct due due = { .st = st };
	bw_err r = right_each(st->store, count_due, &due);

	if (r == BW_OK && due.n != 0)
		printf("Erasures that are due and would be done first: %" PRIu64
		    ". What goes with them is\ncounted here as if it stayed.\n",
		    due.n);
	return r == BW_OK ? purge_look(st->store, st->now, rep) : r;
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
	struct hostclock clock = { 0 };
	bool on = true;
	int code;
	bw_err r;

	(void)arg;
	if ((code = look_at_clock(st, p, &clock)) != CMD_OK)
		return code;
	if (p->apply) {
		code = erase(st, &clock, &on);
		if (!on)
			return code;
		r = run(st, &rep);
	} else
		r = look(st, &rep);
	if (r != BW_OK)
		return failed(st, r);
	print(&rep, p->apply);
	if (!p->apply)
		puts("Nothing was deleted; --apply does it.");
	return code;
}

int
cmd_purge(const char *dir, int argc, char **argv)
{
	struct purging p = { false, false };
	const struct opt opt[] = {
		{ "apply", NULL, "delete it, instead of saying what would go",
		    false, NULL, &p.apply },
		{ "clock-is-right", NULL, "believe the present time, which "
		    "the host put in doubt", false, NULL, &p.confirm },
	};
	const struct opts o = { "purge", { NULL },
	    "Says what has been kept for longer than the policy allows, by "
	    "class: how many rows\nthere are, how many would go and from when "
	    "they are, how many a hold keeps, and\nwhen the next will go. What "
	    "goes with another class's row is counted in its own.\n"
	    "Erasures that are due are done first. Logs verify afterwards "
	    "as before.\nWith a clock that is in doubt nothing is deleted.",
	    opt, 2 };

	return staff_run(dir, &o, argc, argv, purge, &p);
}
