/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd.h - what a command of `badgeward` is.
 *
 * A command stands in cmd_<name>.c, declares `int cmd_<name>(…)` of the type
 * cmd_run in its header and one row in the table of badgeward.c.
 */
#ifndef TOOLS_CMD_H
#define TOOLS_CMD_H

/* Exit codes: done; refused or failed, with a sentence; wrong usage; only a
 * part of what was asked is proven (verify receipt). */
enum cmd_exit { CMD_OK = 0, CMD_FAILED = 1, CMD_USAGE = 2, CMD_PARTLY = 3 };

/* dir is what -C gave, NULL without it. argv[0] is the command's last word,
 * argv[1] on its own arguments; getopt is reset before the call. Returns the
 * exit code of the program. */
typedef int cmd_run(const char *dir, int argc, char **argv);

struct cmd {
	const char *name;	/* "init", or two words: "policy check" */
	cmd_run *run;		/* NULL: a program of its own (alone.h) */
	const char *help;	/* one line, lower case, no full stop */
};

#endif
