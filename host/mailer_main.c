// SPDX-License-Identifier: Apache-2.0
/* badgeward-mailer: the host's mails to attendees, out to an SMTP server. */
#include <sys/stat.h>

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "guard/guard.h"
#include "host/bounce.h"
#include "host/mailer.h"

#define LOOK_SECONDS 10		/* between two looks at the queue */
#define DOWN_SECONDS 60		/* while the server takes no mail */

struct options {
	const char *dir, *test;
	bool once, daily, bounces;
	unsigned seconds;
};

static volatile bool stopped;

static void
on_stop(int sig)
{
	(void)sig;
	stopped = true;
}

static void
usage(FILE *f)
{
	fputs("usage: badgeward-mailer -C DIR [--once] [--daily]\n"
	    "    [--test ADDRESS] [--timeout SECONDS]\n"
	    "       badgeward-mailer -C DIR --bounces <MESSAGE\n\n"
	    "  -C DIR             the host's directory, where `badgeward mail "
	    "setup` has been\n"
	    "  --once             send what is due, and end\n"
	    "  --daily            begin with the daily mail, whatever the "
	    "hour\n"
	    "  --test ADDRESS     send one mail to this address, and end\n"
	    "  --bounces          read one message that came to the sender's "
	    "address, and mark\n"
	    "                     the mail that it returns as failed\n"
	    "  --timeout SECONDS  for one mail (60)\n"
	    "  --help             this text\n"
	    "  --version          the version\n", f);
}

enum {
	OPT_BOUNCES = 256, OPT_ONCE, OPT_DAILY, OPT_TEST, OPT_TIMEOUT,
	OPT_VERSION
};

static const struct option long_options[] = {
	{ "bounces", no_argument, NULL, OPT_BOUNCES },
	{ "once", no_argument, NULL, OPT_ONCE },
	{ "daily", no_argument, NULL, OPT_DAILY },
	{ "test", required_argument, NULL, OPT_TEST },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ NULL, 0, NULL, 0 }
};

static bool
take_option(struct options *o, int opt)
{
	uint64_t v;

	switch (opt) {
	case 'C':
		o->dir = optarg;
		return true;
	case OPT_BOUNCES:
		o->bounces = true;
		return true;
	case OPT_ONCE:
		o->once = true;
		return true;
	case OPT_DAILY:
		o->daily = true;
		return true;
	case OPT_TEST:
		o->test = optarg;
		return true;
	case OPT_TIMEOUT:
		if (text_number(optarg, strlen(optarg), 3600, &v) == BW_OK &&
		    v > 0) {
			o->seconds = (unsigned)v;
			return true;
		}
		fputs("badgeward-mailer: --timeout takes a number from 1 to "
		    "3600\n", stderr);
		return false;
	default:
		usage(stderr);
		return false;
	}
}

/* -1: go on; else the exit code. */
static int
parse(struct options *o, int argc, char **argv)
{
	bool alone;
	int opt;

	while ((opt = getopt_long(argc, argv, "C:h", long_options,
	    NULL)) != -1) {
		if (opt == 'h') {
			usage(stdout);
			return 0;
		}
		if (opt == OPT_VERSION) {
			puts("badgeward-mailer " BW_VERSION);
			return 0;
		}
		if (!take_option(o, opt))
			return 2;
	}
	alone = !o->bounces || !(o->once || o->daily || o->test != NULL);
	if (o->dir != NULL && optind == argc && alone)
		return -1;
	fprintf(stderr, "badgeward-mailer: %s\n", o->dir == NULL ?
	    "say which host directory with -C DIR" : optind != argc ?
	    "there are options only" : "--bounces sends nothing");
	usage(stderr);
	return 2;
}

static bw_err
turn(struct mailer *m, bool daily, bool *down)
{
	bw_err r = mailer_daily(m, daily);

	*down = false;
	if (r == BW_OK)
		r = mailer_send(m, &stopped, down);
	if (r != BW_OK)
		log_error("the queue of mails: %s", bw_strerror(r));
	return r;
}

/* Until a signal says to stop: the mail that is being sent is finished. */
static void
serve(struct mailer *m, const struct options *o, const sigset_t *stop)
{
	bool daily = o->daily, down;
	struct timespec step = { 0, 0 };

	for (;;) {
		(void)!turn(m, daily, &down);
		daily = false;
		step.tv_sec = down ? DOWN_SECONDS : LOOK_SECONDS;
		sigprocmask(SIG_BLOCK, stop, NULL);
		if (stopped || sigtimedwait(stop, NULL, &step) != -1)
			return;
		sigprocmask(SIG_UNBLOCK, stop, NULL);
	}
}

static int
run(struct mailer *m, const struct options *o, const sigset_t *stop)
{
	bool down;

	if (o->once)
		return turn(m, o->daily, &down) == BW_OK && !down ? 0 : 1;
	serve(m, o, stop);
	log_info("stopping");
	return 0;
}

/* An MTA keeps the message and tries again when it is told EX_TEMPFAIL, and
 * answers its sender on any other failure. */
static int
take_bounce(const char *dir)
{
	const char *why;

	if (bounce_take(dir, STDIN_FILENO, &why) == BW_OK)
		return 0;
	log_error("%s: %s", dir, why);
	return EX_TEMPFAIL;
}

int
main(int argc, char **argv)
{
	struct options o = { .seconds = 60 };
	struct mailer *m = NULL;
	const char *why;
	sigset_t stop;
	int code;

	umask(077);
	if ((code = parse(&o, argc, argv)) != -1)
		return code;
	log_open("badgeward-mailer", LOG_LEVEL_INFO);
	if (guard_memory() != BW_OK) {
		log_error("the kernel does not keep memory out of core files");
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	if (o.bounces)
		return take_bounce(o.dir);
	if (o.test != NULL)
		return mailer_test(o.dir, o.seconds, o.test) ? 0 : 1;
	signal(SIGTERM, on_stop);
	signal(SIGINT, on_stop);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	code = 1;
	if (mailer_open(&m, o.dir, o.seconds, &why) != BW_OK)
		log_error("%s: %s", o.dir, why);
	else
		code = run(m, &o, &stop);
	mailer_close(&m);
	return code;
}
