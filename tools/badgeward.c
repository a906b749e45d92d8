// SPDX-License-Identifier: Apache-2.0
/* badgeward - the staff's command line: one table of commands. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "tools/cmd.h"
#include "tools/sim/cmd_sim.h"

static int
run_sim(const char *dir, int argc, char **argv)
{
	(void)dir;
	return cmd_sim(argc, argv);
}

static const struct cmd commands[] = {
	{ "sim", run_sim, "be an NFC reader and its badges, without hardware" },
};

#define NCOMMANDS (sizeof(commands) / sizeof(commands[0]))

static void
usage(FILE *f)
{
	fprintf(f, "usage: badgeward [-C DIR] COMMAND [ARGUMENT...]\n\n"
	    "  -C DIR       the host's directory, as `badgeward init` made it\n"
	    "  --help       this text; COMMAND --help says more\n"
	    "  --version    the version\n\n");
	for (size_t i = 0; i < NCOMMANDS; i++)
		fprintf(f, "  %-20s %s\n", commands[i].name,
		    commands[i].help);
}

/* How many of the words are this command's name; 0 when it is another. */
static int
words_of(const char *name, int argc, char **argv)
{
	const char *blank = strchr(name, ' ');
	size_t first = blank != NULL ? (size_t)(blank - name) : strlen(name);

	if (argc < 1 || strlen(argv[0]) != first ||
	    memcmp(argv[0], name, first) != 0)
		return 0;
	if (blank == NULL)
		return 1;
	return argc >= 2 && strcmp(argv[1], blank + 1) == 0 ? 2 : 0;
}

static int
dispatch(const char *dir, int argc, char **argv)
{
	for (size_t i = 0; i < NCOMMANDS; i++) {
		int words = words_of(commands[i].name, argc, argv);

		if (words == 0)
			continue;
		optind = 0;
		return commands[i].run(dir, argc - words + 1,
		    argv + words - 1);
	}
	fprintf(stderr, "badgeward: there is no command \"%s\"; "
	    "badgeward --help lists all\n", argv[0]);
	return CMD_USAGE;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 }
	};
	const char *dir = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "+C:h", options, NULL)) != -1) {
		switch (c) {
		case 'C':
			dir = optarg;
			break;
		case 'h':
			usage(stdout);
			return CMD_OK;
		case 'V':
			printf("badgeward %s\n", BW_VERSION);
			return CMD_OK;
		default:
			usage(stderr);
			return CMD_USAGE;
		}
	}
	if (optind == argc) {
		usage(stderr);
		return CMD_USAGE;
	}
	return dispatch(dir, argc - optind, argv + optind);
}
