/* SPDX-License-Identifier: Apache-2.0 */
/*
 * alone.h - a command of `badgeward` that is a program of its own.
 *
 * "badge sheet" is badgeward-badge-sheet, which stands beside `badgeward` and
 * takes its place. So libraries that one command wants, and what they may do,
 * are not in the process of all others: most commands end before those would be
 * loaded. Such a program is alone_main.c with its command in cmd_<name>.c.
 */
#ifndef TOOLS_ALONE_H
#define TOOLS_ALONE_H

#include "tools/cmd.h"

/* Become the program of this command, with -C dir unless that is NULL, and the
 * arguments behind argv[0]. Returns only CMD_FAILED, when that was said. */
int alone_start(const char *command, char *dir, int argc, char **argv);

/* What such a program does: [-C DIR] ARGUMENT..., or --version alone. The exit
 * code. */
int alone_run(cmd_run *run, int argc, char **argv);

#endif
