// SPDX-License-Identifier: Apache-2.0
#include "tools/staff.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "host/audit.h"
#include "host/hostclock.h"
#include "host/right.h"
#include "host/store_deleted.h"
#include "host/store_redo.h"
#include "host/store_restored.h"

static void say(const char *fmt, va_list ap) __attribute__((format(printf, 1,
    0)));

static void
say(const char *fmt, va_list ap)
{
	fflush(stdout);
	fputs("badgeward: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

int
staff_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	return CMD_FAILED;
}

int
staff_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	return CMD_USAGE;
}

/* Those of the store's errors that ask for something to be done. */
static const char *
advice(bw_err r)
{
	if (r == BW_ERR_BUSY)
		return "; another command is writing: try again";
	if (r == BW_ERR_FULL)
		return "; make room on the disk and try again";
	if (r == BW_ERR_FORMAT)
		return "; it is damaged";
	return "";
}

int
staff_no_sponsor(const char *id)
{
	return staff_fail("no policy ever had a sponsor \"%s\"; \"policy check "
	    "FILE\" shows the ids that a policy file has", id);
}

int
staff_fail_err(bw_err r, const char *what)
{
	if (r == BW_ERR_IO && errno != 0)
		return staff_fail("%s: %s", what, strerror(errno));
	return staff_fail("%s: %s%s", what, bw_strerror(r), advice(r));
}

int
staff_fail_file(bw_err r, const char *path)
{
	if (r == BW_ERR_EXISTS)
		return staff_fail("%s is there already; give --force to "
		    "replace it, or another name", path);
	return staff_fail_err(r, path);
}

int
staff_fail_fault(const char *file, const struct fault *f)
{
	if (f->line != 0)
		return staff_fail("%s, line %zu: %s", file, f->line, f->text);
	return staff_fail("%s: %s", file, f->text);
}

static int
erase_again_now(struct staff *st, const char *dir)
{
	struct right_done done;
	bw_err r = right_erase_again(dir, st->store, st->now, &done);

	if (done.erased != 0)
		log_warn("%" PRIu64 " who were erased since this store was "
		    "copied are erased again", done.erased);
	/* Who could not be is withheld, and tried again by the host. */
	return r == BW_OK || done.failed != 0 ? CMD_OK :
	    staff_fail_err(r, "deleted-members");
}

static int
refuse_behind(struct staff *st, const char *dir)
{
	const char *why;
	bw_err r = store_redo_waits(st->store, dir, &why);

	if (r != BW_OK)
		return staff_fail_err(r, "rights-done");
	return why == NULL ? CMD_OK : staff_fail("%s: %s", dir, why);
}

/* A store that was put back is given what was done since for people's rights,
 * and loses who was erased, before anybody sees it; that takes the keys. */
static int
redo(struct staff *st, const char *dir, bool keys)
{
	bool unerased = false;
	bw_err r;

	if ((r = store_redo_to(st->store, dir)) != BW_OK)
		return staff_fail_err(r, "rights-done");
	if (!keys)
		return refuse_behind(st, dir);
	if ((r = store_redo_run(st->store, st->now)) != BW_OK)
		return staff_fail_err(r, "rights-done");
	if ((r = store_unerased_is(st->store, &unerased)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	return unerased ? erase_again_now(st, dir) : CMD_OK;
}

static int
open_dir(struct staff *st, const char *dir, bool keys)
{
	const char *why = NULL;
	int code;
	bw_err r;

	memset(st, 0, sizeof(*st));
	if (dir == NULL)
		return staff_usage("say which host directory: badgeward -C DIR "
		    "COMMAND; \"badgeward init\" makes one");
	r = keys ? hostdir_open(&st->host, dir, &why) :
	    hostdir_open_keyless(&st->host, dir, &why);
	if (r != BW_OK)
		return staff_fail("%s: %s", dir, why);
	if ((r = store_open(&st->store, st->host->db_path)) != BW_OK ||
	    (r = hostclock_now(st->store, &st->now)) != BW_OK) {
		(void)(r == BW_ERR_FORMAT || r == BW_ERR_OLD ?
		    staff_fail("%s: %s", dir, store_open_why(r)) :
		    staff_fail_err(r, st->host->db_path));
		staff_close(st);
		return CMD_FAILED;
	}
	if (keys)
		store_deleted_key(st->store, st->host->deleted);
	if ((code = redo(st, dir, keys)) != CMD_OK)
		staff_close(st);
	return code;
}

int
staff_open(struct staff *st, const char *dir)
{
	return open_dir(st, dir, true);
}

void
staff_close(struct staff *st)
{
	if (st->store != NULL)
		store_rollback(st->store);
	store_close(&st->store);
	hostdir_close(&st->host);
}

static int
run(const char *dir, const struct opts *o, int argc, char **argv,
    staff_act *act, void *ctx, bool keys)
{
	const char *arg[OPTS_ARGS_MAX];
	struct staff st;
	int code;

	if (!opts_parse(o, argc, argv, arg, &code))
		return code;
	if ((code = open_dir(&st, dir, keys)) != CMD_OK)
		return code;
	code = act(&st, arg, ctx);
	staff_close(&st);
	return code;
}

int
staff_run(const char *dir, const struct opts *o, int argc, char **argv,
    staff_act *act, void *ctx)
{
	return run(dir, o, argc, argv, act, ctx, true);
}

int
staff_run_keyless(const char *dir, const struct opts *o, int argc,
    char **argv, staff_act *act, void *ctx)
{
	return run(dir, o, argc, argv, act, ctx, false);
}

static int
read_all(int fd, const char *path, struct bw_buf *b)
{
	uint8_t chunk[16384];
	bw_err r = BW_OK;
	ssize_t n = 1;

	while (n != 0 && r == BW_OK) {
		n = read(fd, chunk, sizeof(chunk));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return staff_fail("%s: %s", path, strerror(errno));
		r = bw_buf_put(b, chunk, (size_t)n);
	}
	explicit_bzero(chunk, sizeof(chunk));
	if (r == BW_ERR_BOUND)
		return staff_fail("%s: it is over %zu KiB", path,
		    b->max / 1024);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, path);
}

int
staff_read(const char *path, struct bw_buf *b)
{
	int fd, code;

	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, "standard input", b);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return staff_fail("%s: %s", path, strerror(errno));
	code = read_all(fd, path, b);
	close(fd);
	return code;
}

/* Up to the end of a line or of all; a terminal gives a line at a time, and what
 * stands behind one elsewhere is mostly read with it. */
static int
read_line(char *out, size_t size, size_t *n)
{
	ssize_t got;

	*n = 0;
	do {
		got = read(STDIN_FILENO, out + *n, size - *n);
		if (got == -1 && errno != EINTR)
			return staff_fail("standard input: %s",
			    strerror(errno));
		*n += got > 0 ? (size_t)got : 0;
	} while (got != 0 && *n < size && memchr(out, '\n', *n) == NULL);
	return CMD_OK;
}

static int
take_line(char *out, size_t size)
{
	size_t n, len;
	char *lf;
	int code;

	if ((code = read_line(out, size, &n)) != CMD_OK)
		return code;
	lf = memchr(out, '\n', n);
	len = lf != NULL ? (size_t)(lf - out) : n;
	if (n == 0)
		return staff_usage("standard input is empty: it must have the "
		    "line that \"-\" stands for");
	if (len == size)
		return staff_usage("standard input: its line is over %zu "
		    "bytes", size - 1);
	if (lf != NULL && len + 1 != n)
		return staff_usage("standard input has more than one line");
	if (memchr(out, 0, len) != NULL)
		return staff_usage("standard input is no text");
	out[len] = 0;
	return CMD_OK;
}

int
staff_line(const char *arg, char *out, size_t size)
{
	int code = CMD_OK;

	memset(out, 0, size);
	if (strcmp(arg, "-") == 0)
		code = take_line(out, size);
	else if (strlen(arg) < size)
		strcpy(out, arg);
	else
		code = staff_usage("a value has at most %zu bytes", size - 1);
	if (code != CMD_OK)
		explicit_bzero(out, size);
	return code;
}

bool
staff_number(const char *what, const char *s, uint64_t *out)
{
	if (text_number(s, strlen(s), INT64_MAX, out) == BW_OK)
		return true;
	(void)staff_usage("\"%s\" is no %s's number", s, what);
	return false;
}

int
staff_begin(struct staff *st)
{
	bw_err r = store_begin(st->store);

	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

void
staff_actor(char out[static STAFF_ACTOR_SIZE])
{
	const struct passwd *pw = getpwuid(getuid());

	if (pw != NULL)
		snprintf(out, STAFF_ACTOR_SIZE, "cli:%s", pw->pw_name);
	else
		snprintf(out, STAFF_ACTOR_SIZE, "cli:%u",
		    (unsigned)getuid());
}

static int
commit(struct staff *st, enum audit_act act, const char *object,
    const char *detail)
{
	char who[STAFF_ACTOR_SIZE];
	bw_err r;

	staff_actor(who);
	if ((r = audit_add(st->store, st->now, who, act, object,
	    detail)) == BW_OK)
		r = store_commit(st->store);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

int
staff_commit_kept(struct staff *st, enum audit_act act, const char *object)
{
	return commit(st, act, object, "");
}

int
staff_commit_detail(struct staff *st, enum audit_act act, const char *object,
    const char *detail)
{
	int code = commit(st, act, object, detail);

	/* What was replaced goes now, not when the host ends. */
	if (code == CMD_OK)
		store_tidy(st->store);
	return code;
}

int
staff_commit(struct staff *st, enum audit_act act, const char *object)
{
	return staff_commit_detail(st, act, object, "");
}

int
staff_record(struct staff *st, enum audit_act act, const char *object)
{
	int code = staff_begin(st);

	return code == CMD_OK ? commit(st, act, object, "") : code;
}

const char *
staff_list_sep(size_t n)
{
	return n == 0 ? "[" : ",\n ";
}

int
staff_list_end(struct staff *st, bool json, size_t n, bw_err r)
{
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (json)
		puts(n == 0 ? "[]" : "]");
	return CMD_OK;
}

void
staff_json(const char *s)
{
	putchar('"');
	for (; *s != 0; s++) {
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			printf("\\u%04x", (unsigned char)*s);
		else
			putchar(*s);
	}
	putchar('"');
}
