// SPDX-License-Identifier: Apache-2.0
#include "tools/alone.h"

#include <sys/stat.h>

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/program.h"
#include "guard/guard.h"
#include "tools/staff.h"

#define NAME_MAX_LEN 64

static void
name_of(const char *command, char out[static NAME_MAX_LEN])
{
	snprintf(out, NAME_MAX_LEN, "badgeward-%s", command);
	for (; *out != 0; out++)
		if (*out == ' ')
			*out = '-';
}

/* For execv: NAME [-C DIR] ARGUMENT... NULL: no memory. */
static char **
words_of(char *name, char *dir, int argc, char **argv)
{
	static char option[] = "-C";
	char **args = calloc((size_t)argc + 3, sizeof(*args));
	size_t n = 0;

	if (args == NULL)
		return NULL;
	args[n++] = name;
	if (dir != NULL) {
		args[n++] = option;
		args[n++] = dir;
	}
	memcpy(args + n, argv + 1, ((size_t)argc - 1) * sizeof(*args));
	return args;
}

int
alone_start(const char *command, char *dir, int argc, char **argv)
{
	char path[PATH_MAX], name[NAME_MAX_LEN], **args;
	int why;

	name_of(command, name);
	if (program_path(name, "", path) != BW_OK ||
	    (args = words_of(name, dir, argc, argv)) == NULL)
		return staff_fail("%s cannot be started", name);
	fflush(NULL);
	execv(path, args);
	why = errno;
	free(args);
	return staff_fail("%s: %s", path, strerror(why));
}

int
alone_run(cmd_run *run, int argc, char **argv)
{
	const char *dir = NULL;

	umask(077);
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		printf("%s %s\n", program_invocation_short_name, BW_VERSION);
		return CMD_OK;
	}
	if (argc > 2 && strcmp(argv[1], "-C") == 0) {
		dir = argv[2];
		argc -= 2;
		argv += 2;
	}
	if (guard_memory() != BW_OK)
		return staff_fail("the kernel does not keep memory out of "
		    "core files");
	return run(dir, argc, argv);
}
