// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward-uplink: the network, and nothing personal.
 */
#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include "guard/guard.h"
#include "uplink/uplink.h"

static const char usage[] =
    "usage: badgeward-uplink -C STATE run [--once] [--every SECONDS] "
    "[--ca FILE]\n"
    "       badgeward-uplink -C STATE status\n"
    "Carries finished uploads and messages between a kiosk and its host.\n"
    "  -C STATE         the device's state directory\n"
    "  --once           carry what waits, then end: exit 0 when all went\n"
    "  --every SECONDS  between looks for a newer policy (default 60)\n"
    "  --ca FILE        certificates to trust instead of the system's\n"
    "  --debug          say more\n"
    "  --help           print this\n"
    "  --version        print the version\n";

#define WHEN 32		/* bytes of a time */

enum { OPT_ONCE = 256, OPT_EVERY, OPT_CA, OPT_DEBUG, OPT_HELP, OPT_VERSION };

static volatile bool stop;

static void
on_signal(int sig)
{
	(void)sig;
	stop = true;
}

static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
}

static int
bad_usage(const char *why)
{
	fprintf(stderr, "badgeward-uplink: %s\n%s", why, usage);
	return 2;
}

static int
cmd_run(const struct uplink_options *o)
{
	struct uplink u;
	bw_err r;

	catch_signals();
	if ((r = uplink_open(&u, o, &stop)) == BW_ERR_BUSY)
		log_error("another uplink runs on %s; stop it first",
		    o->state);
	else if (r != BW_OK)
		log_error("%s cannot be used: %s", o->state, bw_strerror(r));
	else if ((r = guard_enter(GUARD_UPLINK)) != BW_OK)
		log_error("the kernel refuses a filter of system calls");
	else if ((r = uplink_run(&u, &stop)) != BW_OK)
		log_error("not all was carried (%s); run it again later",
		    u.trouble[0] != '\0' ? u.trouble : bw_strerror(r));
	uplink_close(&u);
	return r == BW_OK ? 0 : 1;
}

/* Whether one runs here; who may not look at its lock takes it to. */
static bool
is_running(const char *state)
{
	char path[FILE_PATH_MAX];
	bool runs;
	int fd;

	if (snprintf(path, sizeof(path), "%s/uplink/lock", state) >=
	    FILE_PATH_MAX)
		return false;
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) == -1)
		return errno == EACCES;
	runs = flock(fd, LOCK_SH | LOCK_NB) == -1;
	close(fd);
	return runs;
}

static void
format_time(time_t t, char out[static WHEN])
{
	struct tm tm;

	if (gmtime_r(&t, &tm) != NULL)
		strftime(out, WHEN, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/* Of an uplink that has ended: what it said last, and since when that was so. */
static void
add_ended(const struct uplink_options *o, const char *path, json_t *status)
{
	char when[WHEN] = "some time ago", outbox[FILE_PATH_MAX];
	uint64_t entries;
	int pending;
	struct stat st;

	if (stat(path, &st) == 0)
		format_time(st.st_mtime, when);
	log_warn("no uplink runs on %s; this is how the last one left it, "
	    "unchanged since %s", o->state, when);
	json_object_set_new(status, "online", json_false());
	if (file_path(outbox, o->state, "outbox") != BW_OK)
		return;
	pending = uplink_pending(outbox, &entries);
	json_object_set_new(status, "pending", json_integer(pending));
	json_object_set_new(status, "entries",
	    json_integer((json_int_t)entries));
}

/* The file has unix seconds, 0 for never; people read this. */
static void
tell_last(json_t *status)
{
	json_int_t last = json_integer_value(json_object_get(status, "last"));
	char when[WHEN] = "";

	if (last > 0)
		format_time((time_t)last, when);
	json_object_set_new(status, "last", when[0] != '\0' ?
	    json_string(when) : json_null());
}

static int
cmd_status(const struct uplink_options *o)
{
	struct bw_buf b = BW_BUF_INIT(4096);
	char path[FILE_PATH_MAX];
	json_t *status = NULL;
	bool runs;

	if (snprintf(path, sizeof(path), "%s/inbox/uplink.json", o->state) <
	    FILE_PATH_MAX && file_read(path, &b) == BW_OK)
		status = json_loadb((const char *)b.ptr, b.len, 0, NULL);
	bw_buf_free(&b);
	if (!json_is_object(status)) {
		char *word = text_shell_word(o->state);

		log_error("%s has no status yet: start `badgeward-uplink -C "
		    "%s run`", o->state, word != NULL ? word : o->state);
		free(word);
		json_decref(status);
		return 1;
	}
	if (!(runs = is_running(o->state)))
		add_ended(o, path, status);
	tell_last(status);
	json_object_set_new(status, "running", json_boolean(runs));
	json_dumpf(status, stdout, JSON_COMPACT | JSON_SORT_KEYS);
	putchar('\n');
	json_decref(status);
	return 0;
}

static int
dispatch(const struct uplink_options *o, int argc, char **argv)
{
	if (o->state == NULL)
		return bad_usage("say which device with -C STATE");
	if (argc != 1)
		return bad_usage("say what to do: run or status");
	if (strcmp(argv[0], "run") == 0)
		return cmd_run(o);
	if (strcmp(argv[0], "status") == 0)
		return cmd_status(o);
	return bad_usage("say what to do: run or status");
}

static int
number(const char *s, unsigned *out)
{
	uint64_t v;

	if (text_number(s, strlen(s), 86400, &v) != BW_OK || v == 0)
		return -1;
	*out = (unsigned)v;
	return 0;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "once", no_argument, NULL, OPT_ONCE },
		{ "every", required_argument, NULL, OPT_EVERY },
		{ "ca", required_argument, NULL, OPT_CA },
		{ "debug", no_argument, NULL, OPT_DEBUG },
		{ "help", no_argument, NULL, OPT_HELP },
		{ "version", no_argument, NULL, OPT_VERSION },
		{ NULL, 0, NULL, 0 }
	};
	struct uplink_options o = { .every = 60 };
	enum log_level level = LOG_LEVEL_INFO;
	int c;

	while ((c = getopt_long(argc, argv, "C:h", options, NULL)) != -1) {
		switch (c) {
		case 'C':
			o.state = optarg;
			break;
		case OPT_ONCE:
			o.once = true;
			break;
		case OPT_EVERY:
			if (number(optarg, &o.every) != 0)
				return bad_usage("--every takes seconds, from 1 to "
				    "86400");
			break;
		case OPT_CA:
			o.ca = optarg;
			break;
		case OPT_DEBUG:
			level = LOG_LEVEL_DEBUG;
			break;
		case 'h':
		case OPT_HELP:
			fputs(usage, stdout);
			return 0;
		case OPT_VERSION:
			printf("badgeward-uplink %s\n", BW_VERSION);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	log_open("badgeward-uplink", level);
	notify_open();
	umask(027);
	return dispatch(&o, argc - optind, argv + optind);
}
