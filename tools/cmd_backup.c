// SPDX-License-Identifier: Apache-2.0
/* badgeward backup, restore. */
#include <inttypes.h>
#include <stdio.h>

#include "host/backup.h"
#include "host/case.h"
#include "host/policy_kept.h"
#include "tools/cmds.h"
#include "tools/staff.h"

static int
backup(struct staff *st, const char *const *arg, void *ctx)
{
	const char *why;
	int code;

	(void)ctx;
	if (backup_make(st->host->path, arg[0], &why) != BW_OK)
		return staff_fail("%s: %s", arg[0], why);
	code = staff_record(st, DID_BACKUP, "host.db");
	if (code == CMD_OK)
		printf("%s has all that cannot be made again. Who reads it "
		    "reads every badge and every\nperson's details: keep it "
		    "safe, and delete it when the event's data go.\n", arg[0]);
	return code;
}

int
cmd_backup(const char *dir, int argc, char **argv)
{
	const struct opts o = { "backup", { "TO", NULL },
	    "Copies all that cannot be made again into the new directory TO: "
	    "the store, checked,\nas it is at this moment, keys, policies, the "
	    "records of deleted members and of what\nwas done for people's "
	    "rights, and mail's settings. Host and mailer may run.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, backup, NULL);
}

struct lost {
	const char *dir;
	size_t n;
};

static bw_err
say_lost(void *arg, uint64_t n)
{
	struct lost *l = arg;

	if (l->n++ == 0)
		puts("Policies were installed since the backup. Before "
		    "anything else, so that what people\nshared under them "
		    "is not held, install them again, in this order (a logo "
		    "is to lie\nbeside its file):");
	printf("   badgeward -C %s policy install %s/policy/%" PRIu64
	    ".conf\n", l->dir, l->dir, n);
	return BW_OK;
}

/* What is gone, and what comes before all else. */
static int
say_gone(struct staff *st, const struct backup_last *last)
{
	char zone[CASE_ZONE_MAX + 1], at[CASE_CLOCK_SIZE];
	struct lost l = { st->host->path, 0 };
	bw_err r = case_zone(st->store, zone);

	if (r != BW_OK)
		return staff_fail_err(r, "the event's time zone");
	case_clock(zone[0] != 0 ? zone : "UTC", last->at, at);
	printf("The store is the backup's. The last row of its audit is %"
	    PRIu64 ", of %s:\nwhat was entered after that is gone.\n", last->id,
	    at);
	r = policy_kept_lost(st->host, st->store, say_lost, &l);
	fflush(stdout);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->policy_path);
}

/* As the backup has it: what is done over it next may fail. */
static int
say_put_back(const char *dir, const struct backup_last *last)
{
	struct staff st = { 0 };
	const char *why;
	int code;
	bw_err r;

	if (hostdir_open_keyless(&st.host, dir, &why) != BW_OK)
		code = staff_fail("%s: %s", dir, why);
	else if ((r = store_open(&st.store, st.host->db_path)) != BW_OK)
		code = staff_fail("%s: %s", dir, store_open_why(r));
	else
		code = say_gone(&st, last);
	staff_close(&st);
	return code;
}

/* What was done for people since the copy is, before anybody sees it. */
static int
do_again(const char *dir)
{
	struct staff st;
	int code = staff_open(&st, dir);

	if (code != CMD_OK)
		return staff_fail("%s: the store is the backup's, and what "
		    "people asked for since is not done again: mend what is "
		    "named above, run \"registration list\", and go on as "
		    "badgeward-host(8) says under BACKUP", dir);
	staff_close(&st);
	return code;
}

static void
say_next(void)
{
	puts("Next, as badgeward-host(8) says under BACKUP:\n"
	    "1. start badgeward-host\n2. import the newest report of each "
	    "ticket shop\n3. do again what was lost since then, and only then "
	    "start badgeward-mailer and\n   badgeward-purge.timer:\n"
	    "   - accounts, API tokens, badges; cases and their "
	    "answers; what sponsors\n     noted and acknowledged\n"
	    "   - disclosures and incidents, from your papers, with the times "
	    "at which they were\n"
	    "   - holds stand without their reasons: place each again with its "
	    "reason, and lift\n     the one without (hold list)\n"
	    "   - the list of exports: let who took leads since then take them "
	    "again, so that it\n     is recorded\n"
	    "   - the audit cannot be entered again: keep what was exported of "
	    "it since then, and\n     write down what else is known\n"
	    "4. look at the dashboard for devices that the host has lost "
	    "entries of");
}

int
cmd_restore(const char *dir, int argc, char **argv)
{
	const struct opts o = { "restore", { "FROM", NULL },
	    "Puts the store of a backup back in place of the one that is "
	    "there, and other files\nwhere they are missing. The host, the "
	    "mailer and all commands must have ended. The\nrecords of deleted "
	    "members and of what was done for people's rights stay as they\n"
	    "are: what stands in them is done again.",
	    NULL, 0 };
	const char *arg[OPTS_ARGS_MAX], *why;
	char who[STAFF_ACTOR_SIZE];
	struct backup_last last;
	int code, said;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (dir == NULL)
		return staff_usage("say which host directory: badgeward -C DIR "
		    "restore FROM");
	staff_actor(who);
	if (backup_restore(dir, arg[0], who, &last, &why) != BW_OK)
		return staff_fail("%s: %s", dir, why);
	said = say_put_back(dir, &last);
	if ((code = do_again(dir)) == CMD_OK)
		say_next();
	return code == CMD_OK ? said : code;
}
