// SPDX-License-Identifier: Apache-2.0
/* badgeward backup, restore. */
#include <inttypes.h>
#include <stdio.h>

#include "host/backup.h"
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

/* What is to be done, as badgeward-host(8) has it. */
static int
say_next(const struct staff *st)
{
	struct lost l = { st->host->path, 0 };
	bw_err r;

	puts("The store is the backup's.");
	r = policy_kept_lost(st->host, st->store, say_lost, &l);
	puts("Next, as badgeward-host(8) says under BACKUP:\n"
	    "1. start badgeward-host\n"
	    "2. import the newest report of each ticket shop\n"
	    "3. do again what was lost since the backup, and only then start "
	    "badgeward-mailer and\n   badgeward-purge.timer\n"
	    "4. look at the dashboard for devices that the host has lost "
	    "entries of");
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->policy_path);
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
	struct staff st;
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (dir == NULL)
		return staff_usage("say which host directory: badgeward -C DIR "
		    "restore FROM");
	if (backup_restore(dir, arg[0], &why) != BW_OK)
		return staff_fail("%s: %s", dir, why);
	if ((code = staff_open(&st, dir)) != CMD_OK)
		return code;
	code = staff_record(&st, DID_RESTORE, "host.db");
	if (code == CMD_OK)
		code = say_next(&st);
	staff_close(&st);
	return code;
}
