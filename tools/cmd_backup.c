// SPDX-License-Identifier: Apache-2.0
/* badgeward backup, restore. */
#include <stdio.h>

#include "host/backup.h"
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
	staff_close(&st);
	if (code == CMD_OK)
		puts("The store is the backup's. Next, as badgeward-host(8) "
		    "says under BACKUP:\n1. start badgeward-host\n2. import the "
		    "newest report of each ticket shop\n3. do again what was "
		    "lost since the backup, and only then start badgeward-mailer "
		    "and\n   badgeward-purge.timer\n4. look at the dashboard for "
		    "devices that the host has lost entries of");
	return code;
}
