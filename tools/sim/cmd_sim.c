// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/cmd_sim.h"

#include <getopt.h>
#include <stdio.h>

static void
usage(FILE *f)
{
	fprintf(f, "usage: badgeward sim --link TTY --control SOCKET "
	    "[--trace FILE]\n");
}

int
cmd_sim(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};

	if (getopt_long(argc, argv, "h", options, NULL) == 'h') {
		usage(stdout);
		return 0;
	}
	usage(stderr);
	return 2;
}
