// SPDX-License-Identifier: Apache-2.0
/* badgeward-host - serve one event: parse, open, wait, close. */
#include <sys/stat.h>

#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "guard/guard.h"
#include "host/host.h"
#include "host/hostclock.h"
#include "host/import/stage.h"
#include "host/listen.h"
#include "host/purge.h"
#include "host/right.h"
#include "host/route.h"
#include "host/server.h"
#include "host/store_export.h"
#include "host/store_redo.h"
#include "host/store_watch.h"
#include "host/well.h"

#define PURGE_SECONDS 3600
#define TIDY_SECONDS 10
#define TIDY_MS 50
#define DRAIN_SECONDS 10

struct options {
	const char *dir;
	struct server_config server;
};

static void
usage(FILE *f)
{
	fputs("usage: badgeward-host -C DIR [--listen ADDRESS:PORT]\n"
	    "    [--proxy ADDRESS] [--threads N] [--connections N]\n"
	    "    [--per-address N] [--head-seconds N] [--body-seconds N]\n\n"
	    "  -C DIR             the host's directory, as `badgeward init` "
	    "made it\n"
	    "  --listen A:P       where to serve HTTP (127.0.0.1:8080); "
	    "port 0 takes a free one\n"
	    "  --proxy ADDRESS    a proxy in front, whose X-Forwarded-For "
	    "is believed\n"
	    "  --threads N        requests handled side by side (4)\n"
	    "  --connections N    connections at most (1000)\n"
	    "  --per-address N    of them from one address or IPv6 /64, "
	    "0 any (100)\n"
	    "  --head-seconds N   for a request's head to arrive (20)\n"
	    "  --body-seconds N   for its body, again while it moves (120)\n"
	    "  --routes           print who may do what where, and end\n"
	    "  --help             this text\n"
	    "  --version          the version\n", f);
}

static bool
number(const char *name, const char *text, uint64_t least, uint64_t most,
    unsigned *out)
{
	uint64_t v;

	if (text_number(text, strlen(text), most, &v) != BW_OK || v < least) {
		fprintf(stderr, "badgeward-host: --%s takes a number from "
		    "%llu to %llu\n", name, (unsigned long long)least,
		    (unsigned long long)most);
		return false;
	}
	*out = (unsigned)v;
	return true;
}

enum { OPT_LISTEN = 256, OPT_PROXY, OPT_THREADS, OPT_CONNECTIONS,
	OPT_PER_ADDRESS, OPT_HEAD, OPT_BODY, OPT_VERSION, OPT_ROUTES };

static const struct option long_options[] = {
	{ "listen", required_argument, NULL, OPT_LISTEN },
	{ "proxy", required_argument, NULL, OPT_PROXY },
	{ "threads", required_argument, NULL, OPT_THREADS },
	{ "connections", required_argument, NULL, OPT_CONNECTIONS },
	{ "per-address", required_argument, NULL, OPT_PER_ADDRESS },
	{ "head-seconds", required_argument, NULL, OPT_HEAD },
	{ "body-seconds", required_argument, NULL, OPT_BODY },
	{ "help", no_argument, NULL, 'h' },
	{ "routes", no_argument, NULL, OPT_ROUTES },
	{ "version", no_argument, NULL, OPT_VERSION },
	{ NULL, 0, NULL, 0 }
};

static bool
proxy(const char *text, struct address *out)
{
	if (address_parse(text, strlen(text), out) == BW_OK)
		return true;
	fputs("badgeward-host: --proxy takes the IP address that the proxy "
	    "connects from, e.g. 127.0.0.1\n", stderr);
	return false;
}

static bool
take_option(struct options *o, int opt)
{
	struct server_config *s = &o->server;

	switch (opt) {
	case 'C':
		o->dir = optarg;
		return true;
	case OPT_LISTEN:
		s->listen = optarg;
		return true;
	case OPT_PROXY:
		return proxy(optarg, &s->proxy);
	case OPT_THREADS:
		return number("threads", optarg, 1, HOST_THREADS_MAX,
		    &s->threads);
	case OPT_CONNECTIONS:
		return number("connections", optarg, 1, 100000,
		    &s->connections);
	case OPT_PER_ADDRESS:
		return number("per-address", optarg, 0, 100000,
		    &s->per_address);
	case OPT_HEAD:
		return number("head-seconds", optarg, 1, 3600,
		    &s->head_seconds);
	case OPT_BODY:
		return number("body-seconds", optarg, 1, 3600,
		    &s->body_seconds);
	default:
		usage(stderr);
		return false;
	}
}

static int
misused(const char *why)
{
	fprintf(stderr, "badgeward-host: %s\n", why);
	usage(stderr);
	return 2;
}

/* -1: go on; else the exit code. */
static int
parse(struct options *o, int argc, char **argv)
{
	int opt;

	while ((opt = getopt_long(argc, argv, "C:h", long_options,
	    NULL)) != -1) {
		if (opt == 'h') {
			usage(stdout);
			return 0;
		}
		if (opt == OPT_VERSION) {
			puts("badgeward-host " BW_VERSION);
			return 0;
		}
		if (opt == OPT_ROUTES) {
			route_print(stdout);
			return 0;
		}
		if (!take_option(o, opt))
			return 2;
	}
	if (o->dir == NULL)
		return misused("say which host directory with -C DIR");
	if (optind != argc)
		return misused("there are options only");
	if (!listen_ok(o->server.listen))
		return misused(LISTEN_WRONG);
	/* The library shares the connections out among its threads. */
	if (o->server.threads > o->server.connections)
		o->server.threads = o->server.connections;
	return -1;
}

/* Said once, in the log; pages say it while it lasts. */
static void
say_doubt(const struct hostclock *clock)
{
	static enum hostclock_doubt said;

	if (clock->doubt == said)
		return;
	said = clock->doubt;
	if (said == HOSTCLOCK_FINE)
		log_info("the clock is believed again");
	else
		log_warn("%s Nothing is deleted because its time is over: set "
		    "the clock, or if it is right, say so with `badgeward "
		    "purge --clock-is-right` or on the page Duties",
		    hostclock_sentence(said));
}

/* Erasures that are due, and those that were begun when it ended last. Those
 * that fail are withheld, and are tried again with the next look: only what
 * stops all of them is an error. *sure: the clock is not in doubt. */
static bw_err
erase_with(struct host *h, struct store *s, bool *sure)
{
	static uint64_t failing;	/* the last time: said once */
	struct right_done done;
	struct hostclock clock;
	bw_err r;

	if ((r = hostclock_keep(s, &clock)) != BW_OK)
		return r;
	say_doubt(&clock);
	*sure = clock.doubt == HOSTCLOCK_FINE;
	r = right_erase_due(h->dir->path, s, hostclock_time(&clock),
	    hostclock_until(&clock), &done);
	if (r != BW_OK && done.failed != 0 && done.failed != failing)
		log_error("%" PRIu64 " erasures cannot be finished: %s",
		    done.failed, bw_strerror(r));
	failing = done.failed;
	return done.failed != 0 ? BW_OK : r;
}

static bw_err
erase_due(struct host *h, bool *sure)
{
	struct store *s;
	bw_err r;

	*sure = false;
	if ((r = host_store_take(h, &s)) != BW_OK)
		return r;
	if ((r = erase_with(h, s, sure)) != BW_OK)
		log_error("erasures cannot be finished: %s", bw_strerror(r));
	host_store_give(h, &s);
	return r;
}

/* What a purge began that was killed. */
static void
finish_purge(struct host *h)
{
	struct store *s;
	int64_t now;
	bw_err r;

	if ((r = host_store_take(h, &s)) == BW_OK) {
		if ((r = hostclock_now(s, &now)) == BW_OK)
			r = purge_finish(h->dir->path, s, "host", now);
		host_store_give(h, &s);
	}
	if (r != BW_OK)
		log_error("a purge that was cut off is not finished: %s",
		    bw_strerror(r));
}

/* What was being sent as the host was stopped did not arrive. */
static void
finish_exports(struct host *h)
{
	struct store *s;
	bw_err r;

	if ((r = host_store_take(h, &s)) == BW_OK) {
		r = store_exports_stopped(s);
		host_store_give(h, &s);
	}
	if (r != BW_OK)
		log_error("exports that broke off are not marked: %s",
		    bw_strerror(r));
}

static void
purge(struct host *h)
{
	struct store *s;
	int64_t now;
	bw_err r;

	if ((r = host_store_take(h, &s)) != BW_OK) {
		log_error("cannot clear out old rows: %s", bw_strerror(r));
		return;
	}
	if ((r = hostclock_sure(s, &now)) != BW_OK ||
	    (r = store_begin(s)) != BW_OK ||
	    (r = store_purge(s, now)) != BW_OK ||
	    (r = store_commit(s)) != BW_OK)
		log_error("cannot clear out old rows: %s", bw_strerror(r));
	else
		store_tidy(s);
	if ((r = store_redo_forget(s, now)) != BW_OK)
		log_error("rights-done keeps old lines: %s", bw_strerror(r));
	host_store_give(h, &s);
}

/* What was withdrawn or written over leaves the files, and what a command noted
 * that was killed. */
static void
tidy(struct host *h)
{
	struct store *s;

	if (host_store_take(h, &s) != BW_OK)
		return;
	(void)!store_redo_mend(s);
	store_tidy_within(s, TIDY_MS);
	host_store_give(h, &s);
}

/* What stops the host's work is said once, and once more when it is over. */
static void
say_well(struct host *h)
{
	static bw_err said;
	struct store *s;
	bw_err r;

	if ((r = host_store_take(h, &s)) == BW_OK) {
		if ((r = well_look(h, s)) == BW_ERR_FULL &&
		    store_try(s) == BW_OK)
			r = well_look(h, s);
		host_store_give(h, &s);
	}
	if (r == said)
		return;
	said = r;
	if (r == BW_OK)
		log_info("%s again", well_sentence(r));
	else
		log_error("%s: what comes is refused until that is mended",
		    well_sentence(r));
}

/* Until a signal says to stop. */
static void
serve(struct host *h, const sigset_t *stop)
{
	const struct timespec step = { TIDY_SECONDS, 0 };
	unsigned n = 0;
	bool sure;

	do {
		(void)erase_due(h, &sure);
		say_well(h);
		if (n++ % (PURGE_SECONDS / TIDY_SECONDS) != 0) {
			tidy(h);
			continue;
		}
		if (sure)
			purge(h);
		import_stage_sweep(h->dir->path, clock_wall());
	} while (sigtimedwait(stop, NULL, &step) == -1);
}

int
main(int argc, char **argv)
{
	struct options o = { .server = { .listen = "127.0.0.1:8080",
		.threads = 4, .connections = 1000, .per_address = 100,
		.head_seconds = 20, .body_seconds = 120 } };
	struct host *host = NULL;
	struct server *server = NULL;
	struct server_app app;
	const char *why;
	sigset_t stop;
	bool sure;
	int code;

	/* The store and what comes out of it are for their owner alone. */
	umask(077);
	if ((code = parse(&o, argc, argv)) != -1)
		return code;
	log_open("badgeward-host", LOG_LEVEL_INFO);
	if (guard_memory() != BW_OK) {
		log_error("the kernel does not keep memory out of core files");
		return 1;
	}
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	code = 1;
	if (host_open(&host, o.dir, &why) != BW_OK) {
		log_error("%s: %s", o.dir, why);
		goto out;
	}
	import_stage_sweep(o.dir, STAGE_ALL);
	/* Before anybody is served. */
	if (erase_due(host, &sure) != BW_OK)
		goto out;
	if (route_open(host, &app) != BW_OK) {
		log_error("out of memory");
		goto out;
	}
	finish_exports(host);
	if (server_start(&server, &o.server, &app, &why) != BW_OK) {
		log_error("%s: %s", o.server.listen, why);
		goto out;
	}
	printf("listening on http://%s\n", server_address(server));
	fflush(stdout);
	if (sure)
		finish_purge(host);
	serve(host, &stop);
	log_info("stopping");
	code = 0;
out:
	server_stop(&server, DRAIN_SECONDS);
	if (host != NULL)
		route_close(host);
	host_close(&host);
	return code;
}
