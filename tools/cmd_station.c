// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward badge station: beside a tag writer at the badge desk. The host says
 * for whom a badge is to be written and makes it; no key is here.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "reader/port.h"
#include "record/enrol.h"
#include "tools/cmds.h"
#include "tools/station_host.h"
#include "tools/staff.h"

#define POLL_MS 1000		/* between two questions for work */
#define LOOK_MS 2000		/* for a tag, between two words to the host */
#define TAG_MS 60000		/* for a tag in all */
#define TOLD_MS 60000		/* how long the end of a job is tried to tell */
#define TOKEN_MAX 200

struct desk {
	struct station_where where;
	struct station_host *host;
	const char *nfc;
	bool once;
};

static volatile bool stop;

static void
on_signal(int sig)
{
	(void)sig;
	stop = true;
}

static void
rest(int ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&t, NULL);	/* a signal ends it, and is meant to */
}

/* The host's word for it (station_why). */
static const char *
why_of(enum tagwriter_result r)
{
	switch (r) {
	case TAGWRITER_NO_TAG:
		return "no-tag";
	case TAGWRITER_MORE_TAGS:
		return "more-tags";
	case TAGWRITER_NO_NTAG:
		return "no-ntag";
	case TAGWRITER_OTHER_TAG:
		return "other-tag";
	case TAGWRITER_TOO_SMALL:
		return "too-small";
	case TAGWRITER_PROTECTED:
		return "protected";
	case TAGWRITER_REMOVED:
		return "removed";
	case TAGWRITER_REFUSED:
		return "page-refused";
	case TAGWRITER_DIFFERS:
		return "differs";
	case TAGWRITER_TINY:
		return "tiny";
	case TAGWRITER_OK:
	case TAGWRITER_SYSTEM:
	case TAGWRITER_CONNSTRING:
	case TAGWRITER_NO_WRITER:
	case TAGWRITER_IN_USE:
	case TAGWRITER_NO_ANSWER:
	case TAGWRITER_CRASHED:
		return "writer";
	}
	return "writer";
}

/* How it ended must reach the host, for somebody stands there and waits. */
static bw_err
tell(struct desk *d, uint64_t job, const char *state, const char *why)
{
	int64_t until = clock_mono_ms() + TOLD_MS;
	bw_err r;

	while ((r = station_host_state(d->host, job, state, why)) ==
	    BW_ERR_GONE && !stop && clock_mono_ms() < until)
		rest(POLL_MS);
	return r;
}

/* Until one lies there, the host is told that we wait, and tells whether we
 * still shall. */
static bw_err
await_tag(struct desk *d, struct tagwriter *w, uint64_t job,
    struct tagwriter_tag *tag, enum tagwriter_result *t)
{
	int64_t until = clock_mono_ms() + TAG_MS;
	bw_err r = BW_OK;

	while (!stop && (r == BW_OK || r == BW_ERR_GONE)) {
		*t = tagwriter_find(w, LOOK_MS, tag);
		if (*t != TAGWRITER_NO_TAG || clock_mono_ms() >= until)
			return BW_OK;
		r = station_host_state(d->host, job, "waiting", NULL);
	}
	return stop ? BW_ERR_EXPIRED : r;
}

static bw_err
failed(struct desk *d, uint64_t job, enum tagwriter_result t)
{
	(void)staff_fail("%s", tagwriter_sentence(t));
	return tell(d, job, "failed", why_of(t));
}

static bw_err
write_tag(struct desk *d, struct tagwriter *w, uint64_t job,
    const struct tagwriter_tag *tag, bool *done)
{
	struct bw_buf tlv = BW_BUF_INIT(NDEF_TAG_MAX);
	enum tagwriter_result t;
	unsigned edition;
	bw_err r;

	r = station_host_tag(d->host, job, tag, &tlv, &edition);
	if (r == BW_ERR_ARG)
		r = BW_OK;	/* it was said, and the host knows */
	else if (r == BW_OK) {
		t = tagwriter_write(w, tag->uid, tlv.ptr, tlv.len);
		*done = t == TAGWRITER_OK;
		if (*done)
			puts("written and read back");
		r = *done ? tell(d, job, "done", NULL) : failed(d, job, t);
	}
	bw_buf_free(&tlv);
	return r;
}

static bw_err
do_job(struct desk *d, uint64_t job, uint64_t registration, bool *done)
{
	struct tagwriter *w = NULL;
	struct tagwriter_tag tag;
	enum tagwriter_result t = tagwriter_open(&w, d->nfc);
	bw_err r = BW_OK;

	*done = false;
	printf("registration %" PRIu64 ": lay one tag on the writer\n",
	    registration);
	fflush(stdout);
	if (t == TAGWRITER_OK)
		r = await_tag(d, w, job, &tag, &t);
	if (r == BW_OK)
		r = t == TAGWRITER_OK ? write_tag(d, w, job, &tag, done) :
		    failed(d, job, t);
	tagwriter_close(&w);
	if (r == BW_ERR_EXPIRED && !stop)
		puts("the desk has taken the order back");
	fflush(stdout);
	return r == BW_ERR_EXPIRED ? BW_OK : r;
}

static int
serve(struct desk *d)
{
	uint64_t job, registration;
	bool done = false;
	bw_err r = BW_OK;

	printf("station %s asks %s for work\n", d->where.name, d->where.base);
	fflush(stdout);
	while (!stop && r != BW_ERR_DENIED) {
		r = station_host_poll(d->host, &job, &registration);
		if (r == BW_OK && job != 0) {
			r = do_job(d, job, registration, &done);
			if (d->once)
				return done ? CMD_OK : CMD_FAILED;
		} else if (r != BW_ERR_DENIED && !stop)
			rest(POLL_MS);
	}
	return r == BW_ERR_DENIED ? CMD_FAILED : CMD_OK;
}

/* A file of one line, so that it stands in no list of processes. */
static int
read_token(const char *path, char out[static TOKEN_MAX + 1])
{
	struct bw_buf b = BW_BUF_INIT(TOKEN_MAX);
	int code = staff_read(path, &b);
	size_t n = b.len;

	while (n > 0 && (b.ptr[n - 1] == '\n' || b.ptr[n - 1] == '\r'))
		n--;
	for (size_t i = 0; i < n && code == CMD_OK; i++)
		if (b.ptr[i] <= ' ' || b.ptr[i] > '~')
			code = staff_fail("%s: it holds more than a token",
			    path);
	if (code == CMD_OK && n == 0)
		code = staff_fail("%s: it holds no token", path);
	if (code == CMD_OK) {
		memcpy(out, b.ptr, n);
		out[n] = '\0';
	}
	bw_buf_free(&b);
	return code;
}

static int
run(struct desk *d, const char *token_file)
{
	const struct sigaction act = { .sa_handler = on_signal };
	char token[TOKEN_MAX + 1];
	int code;
	bw_err r;

	if ((code = read_token(token_file, token)) != CMD_OK)
		return code;
	d->where.token = token;
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	r = station_host_open(&d->host, &d->where, &stop);
	code = r == BW_OK ? serve(d) : staff_fail_err(r, d->where.base);
	station_host_close(&d->host);
	explicit_bzero(token, sizeof(token));
	return code;
}

int
cmd_badge_station(const char *dir, int argc, char **argv)
{
	struct desk d = { 0 };
	const char *token = NULL, *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		{ "host", "URL", "the host, https://NAME as devices know it",
		    true, &d.where.base, NULL },
		{ "name", "NAME", "of this station, as the desk is to call it",
		    true, &d.where.name, NULL },
		{ "token-file", "FILE", "holds a token for badges:write", true,
		    &token, NULL },
		{ "nfc", "CONNSTRING", "the writer, as libnfc calls it, e.g. "
		    "pn532_uart:/dev/ttyUSB0", true, &d.nfc, NULL },
		{ "ca", "FILE", "certificates to trust instead of the "
		    "system's", false, &d.where.ca, NULL },
		{ "once", NULL, "end after one badge", false, NULL, &d.once },
	};
	const struct opts o = { "badge station", { NULL },
	    "Beside a tag writer at the badge desk: asks the host for whom a "
	    "badge is to be\nwritten, writes it and tells how it went. Runs "
	    "until it is stopped. It needs no\nhost directory and has no key.",
	    opt, sizeof(opt) / sizeof(opt[0]) };
	int code;

	(void)dir;
	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (enrol_base_check(d.where.base, strlen(d.where.base)) != BW_OK)
		return staff_usage("--host is https://NAME, or http on this "
		    "machine, without a slash at its end");
	if (!text_is_id(d.where.name, strlen(d.where.name)))
		return staff_usage("--name is 1 to 32 of a-z, 0-9, . and -");
	if (!port_name_ok(d.nfc))
		return staff_usage("--nfc " PORT_NAME_WRONG);
	return run(&d, token);
}
