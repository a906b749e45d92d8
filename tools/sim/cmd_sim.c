// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/cmd_sim.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "tools/sim/sim.h"

#define FIRST_MAX 64
#define LINK_MAX 500

static void
usage(FILE *f)
{
	fprintf(f,
	    "usage: badgeward sim --link TTY --control SOCKET [--trace FILE]"
	    " [--pace]\n"
	    "                     [--do COMMAND]...\n"
	    "       badgeward sim --ctl SOCKET COMMAND...\n\n"
	    "  --link TTY        make this link to the reader's serial port\n"
	    "  --control SOCKET  take commands on this socket\n"
	    "  --trace FILE      write what happens to this file, as JSON "
	    "lines\n"
	    "  --pace            take the time that a real reader takes\n"
	    "  --do COMMAND      do this control command at the start\n"
	    "  --ctl SOCKET      send control commands to a running simulator"
	    "\n"
	    "  --help            this text\n");
}

/* Send each command; print the answers. 1 when one of them is "err". */
static int
ctl(const char *path, int n, char **commands)
{
	struct bw_buf out = BW_BUF_INIT(4 * CONTROL_ANSWER);
	int code = n > 0 ? 0 : 2;
	bw_err r;

	if (n == 0)
		fprintf(stderr, "badgeward: --ctl needs a command, "
		    "for example 'help'\n");
	for (int i = 0; i < n; i++) {
		bw_buf_reset(&out);
		r = control_ask(path, commands[i], &out);
		if (r != BW_OK) {
			log_error("no answer on %s (%s); is a simulator "
			    "running there?", path, bw_strerror(r));
			code = 1;
			break;
		}
		fwrite(out.ptr, 1, out.len, stdout);
		if (out.len < 2 || memcmp(out.ptr, "ok", 2) != 0)
			code = 1;
	}
	/* "tag add …" in words of its own is many commands. */
	if (code == 1 && n > 1 && out.len != 0 &&
	    strchr(commands[0], ' ') == NULL)
		fprintf(stderr, "badgeward sim: each argument is a command; "
		    "one of several words goes in quotes: '%s %s ...'\n",
		    commands[0], commands[1]);
	bw_buf_free(&out);
	return code;
}

struct arguments {
	struct sim_options o;
	const char *first[FIRST_MAX];
	const char *ctl;
	bool help;
};

enum { LINK = 256, CONTROL, TRACE, PACE, DO, CTL, HELP };

static bool
parse(int argc, char **argv, struct arguments *a)
{
	static const struct option options[] = {
		{ "link", required_argument, NULL, LINK },
		{ "control", required_argument, NULL, CONTROL },
		{ "trace", required_argument, NULL, TRACE },
		{ "pace", no_argument, NULL, PACE },
		{ "do", required_argument, NULL, DO },
		{ "ctl", required_argument, NULL, CTL },
		{ "help", no_argument, NULL, HELP },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == LINK)
			a->o.link = optarg;
		else if (c == CONTROL)
			a->o.control = optarg;
		else if (c == TRACE)
			a->o.trace = optarg;
		else if (c == PACE)
			a->o.pace = true;
		else if (c == DO && a->o.nfirst == FIRST_MAX) {
			fprintf(stderr, "badgeward sim: --do may be given %d "
			    "times\n", FIRST_MAX);
			return false;
		} else if (c == DO)
			a->first[a->o.nfirst++] = optarg;
		else if (c == CTL)
			a->ctl = optarg;
		else if (c == HELP)
			a->help = true;
		else
			return false;
	}
	return true;
}

static int
misused(const char *why)
{
	fprintf(stderr, "badgeward sim: %s\n", why);
	usage(stderr);
	return 2;
}

int
cmd_sim(int argc, char **argv)
{
	struct arguments a = { .help = false };

	if (!parse(argc, argv, &a)) {
		usage(stderr);
		return 2;
	}
	if (a.help) {
		usage(stdout);
		return 0;
	}
	if (a.ctl != NULL && a.o.link == NULL && a.o.control == NULL)
		return ctl(a.ctl, argc - optind, argv + optind);
	if (a.ctl != NULL)
		return misused("--ctl goes without --link and --control");
	if (a.o.link == NULL || a.o.control == NULL)
		return misused("--link and --control are needed, or --ctl");
	if (optind != argc)
		return misused("commands go with --ctl, or behind --do");
	if (a.o.link[0] == 0 || strlen(a.o.link) > LINK_MAX ||
	    strchr(a.o.link, ':') != NULL)
		return misused("--link is a path of at most 500 bytes without "
		    "\":\"");
	a.o.first = a.first;
	return sim_run(&a.o);
}
