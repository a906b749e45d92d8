// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward journal recover: what a device's lost log still holds and the host
 * lacks, into quarantine.
 *
 * Every entry that is not cosigned was stored with the device's checkpoint
 * over it, or over it and those stored with it. So entries that follow on what the host has, without a gap, are as
 * well proven as in an upload, and are taken in as one: by the same checks,
 * and quarantined because the device is revoked. What lies behind a gap cannot
 * be proven, and is told and left where it is. So are answers that were counted
 * beside the log.
 */
#include <sys/stat.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "host/hostclock.h"
#include "host/ingest.h"
#include "record/checkpoint.h"
#include "record/upload.h"
#include "tools/branch.h"
#include "tools/carve.h"
#include "tools/cmds.h"
#include "tools/staff.h"
#include "tools/waiting.h"

#define FILE_BYTES_MAX (1024u * 1024 * 1024)
#define UNDO_MAGIC "bw owed1"	/* kiosk/owed.h */
#define UNDO_SEQ 8
#define UNDO_LEAF 16

enum { PART_DB, PART_WAL, PART_UNDO, PARTS };

/* An entry that goes on from what the host has. */
struct step {
	struct carved c;
	bool fits;			/* its note has the root up to here */
};

struct recover {
	const char *device;		/* --device, or NULL */
	bool dry;
	struct bw_buf part[PARTS];
	struct carve found;
	struct store_device d;
	struct step *step;
	size_t n;			/* steps */
};

static int
read_part(const char *path, const char *suffix, struct bw_buf *b)
{
	char name[FILE_PATH_MAX];
	bw_err r = BW_ERR_BOUND;
	int n = snprintf(name, sizeof(name), "%s%s", path, suffix);

	*b = BW_BUF_INIT(FILE_BYTES_MAX);
	if (n > 0 && n < FILE_PATH_MAX)
		r = file_read(name, b);
	if (r == BW_OK || (r == BW_ERR_NOTFOUND && *suffix != '\0'))
		return CMD_OK;
	return staff_fail_err(r, name);
}

/* The journal itself, or the folder that it was set aside in. */
static int
read_parts(struct recover *v, const char *path)
{
	static const char *const suffix[PARTS] = { "", "-wal", "-undo" };
	char inside[FILE_PATH_MAX];
	struct stat st;
	int code = CMD_OK;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		if (file_path(inside, path, "journal.db") != BW_OK)
			return staff_fail_err(BW_ERR_BOUND, path);
		path = inside;
	}
	for (int i = 0; i < PARTS && code == CMD_OK; i++)
		code = read_part(path, suffix[i], &v->part[i]);
	return code;
}

/* A journal of which nothing is left but that it was one. */
static bool
is_database(const struct bw_buf *b)
{
	static const char magic[] = "SQLite format 3";

	return b->len >= sizeof(magic) &&
	    memcmp(b->ptr, magic, sizeof(magic)) == 0;
}

static int
find_entries(struct recover *v, const char *path)
{
	bw_err r = BW_OK;

	for (int i = PART_DB; i <= PART_WAL && r == BW_OK; i++)
		r = carve_scan(&v->found, v->part[i].ptr, v->part[i].len);
	if (r != BW_OK)
		return staff_fail_err(r, path);
	carve_sort(&v->found);
	if (v->found.n == 0 && !is_database(&v->part[PART_DB]))
		return staff_fail("%s is no journal: nothing of a log is in it",
		    path);
	return CMD_OK;
}

/* Whose log an entry says it is of: in its body, if it is the first, or in the
 * checkpoint behind it. */
static bool
name_in(const struct carved *c, char out[static TEXT_ID_MAX + 1])
{
	struct checkpoint cp;
	struct body b;
	const char *last;

	if (c->e.kind == ENTRY_OPEN && c->body != NULL && body_decode(
	    ENTRY_OPEN, c->body, c->body_len, &b) == BW_OK) {
		memcpy(out, b.u.open.device, TEXT_ID_MAX + 1);
		return true;
	}
	if (c->note == NULL || checkpoint_peek(c->note, c->note_len,
	    &cp) != BW_OK || (last = strrchr(cp.origin, '/')) == NULL ||
	    !text_is_id(last + 1, strlen(last + 1)))
		return false;
	strcpy(out, last + 1);
	return true;
}

/* Whose log it is: `wanted`, if anything in it says so, else the first name
 * in it; false when there is none. */
static bool
name_in_log(const struct carve *c, const char *wanted,
    char out[static TEXT_ID_MAX + 1])
{
	char name[TEXT_ID_MAX + 1];
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		if (!name_in(&c->at[i], name))
			continue;
		if (!any || (wanted != NULL && strcmp(name, wanted) == 0))
			strcpy(out, name);
		any = true;
		if (wanted == NULL || strcmp(name, wanted) == 0)
			return true;
	}
	return any;
}

static int
find_device(struct staff *st, struct recover *v)
{
	char name[TEXT_ID_MAX + 1];
	const char *device = v->device;
	bw_err r;

	if (!name_in_log(&v->found, device, name)) {
		if (device == NULL)
			return staff_fail("whose log this is cannot be read "
			    "in it: say so with --device NAME");
	} else if (device == NULL)
		device = name;
	else if (strcmp(device, name) != 0)
		return staff_fail("this log is %s's, not %s's; leave --device "
		    "out", name, device);
	r = store_device_get(st->store, device, &v->d);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, device);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (!v->d.enrolled)
		return staff_fail("device %s never enrolled: it has no log",
		    device);
	if (v->d.state != DEVICE_REVOKED && !v->dry)
		return staff_fail("device %s is not revoked. Its log must not "
		    "be continued: let its uplink carry what it still has, "
		    "then \"device revoke %s\", then this again; --dry-run "
		    "only looks", device, device);
	return CMD_OK;
}

/* A share that its attendee was not told of must not leave, nor what follows
 * it: the device would have undone it first. */
static void
read_owed(const struct recover *v, struct branch_in *in)
{
	const struct bw_buf *b = &v->part[PART_UNDO];
	struct bw_cur at;

	if (b->len < UNDO_LEAF + CRYPTO_HASH ||
	    memcmp(b->ptr, UNDO_MAGIC, UNDO_SEQ) != 0)
		return;
	at = (struct bw_cur){ b->ptr + UNDO_SEQ, b->len - UNDO_SEQ };
	in->owed = bw_cur_be64(&at, &in->owed_seq) == BW_OK;
	memcpy(in->owed_leaf, b->ptr + UNDO_LEAF, CRYPTO_HASH);
}

static bool
note_fits(const struct carved *c, const struct chain *chain)
{
	uint8_t root[CRYPTO_HASH];
	struct checkpoint cp;

	return c->note != NULL && checkpoint_peek(c->note, c->note_len,
	    &cp) == BW_OK && cp.size == chain->tree.size &&
	    tree_root(&chain->tree, root) == BW_OK &&
	    memcmp(root, cp.root, CRYPTO_HASH) == 0;
}

static void
take_steps(struct recover *v, struct chain *chain, const size_t *path,
    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct carved *c = &v->found.at[path[i]];

		if (chain_add(chain, c->entry, c->entry_len, c->body,
		    c->body_len, NULL, NULL, NULL) != BW_OK)
			return;
		v->step[v->n++] = (struct step){ *c, note_fits(c, chain) };
	}
}

/* Go on from what the host has, as far as it is proven. */
static int
find_run(struct staff *st, struct recover *v)
{
	size_t *path = calloc(v->found.n + 1, sizeof(*path)), n;
	struct branch_in in = { .spki = v->d.log_spki,
		.origin = v->d.origin };
	bw_err r = BW_ERR_NOMEM;
	struct store_log log;

	v->step = calloc(v->found.n + 1, sizeof(*v->step));
	if (path == NULL || v->step == NULL ||
	    (r = store_log_get(st->store, v->d.num, &log)) != BW_OK)
		goto out;
	in.from = &log.chain;
	read_owed(v, &in);
	if ((r = branch_find(&v->found, &in, path, &n)) == BW_OK)
		take_steps(v, &log.chain, path, n);
out:
	free(path);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

/* Where an upload that begins with step[from] ends: behind the last entry
 * whose checkpoint is the device's; `from` when there is none. */
static size_t
upload_end(const struct recover *v, size_t from)
{
	size_t to = from, bytes = NOTE_MAX + 9;
	struct checkpoint cp;

	for (; to < v->n && to - from < UPLOAD_ENTRIES_MAX; to++) {
		const struct carved *c = &v->step[to].c;

		/* Heads of the array and its two strings. */
		bytes += c->entry_len + c->body_len + 7;
		if (bytes > UPLOAD_MAX)
			break;
	}
	for (; to > from; to--) {
		const struct step *last = &v->step[to - 1];

		if (last->fits && checkpoint_verify(last->c.note,
		    last->c.note_len, v->d.log_spki, v->d.origin, &cp) ==
		    BW_OK)
			break;
	}
	return to;
}

static bw_err
build(const struct recover *v, size_t from, size_t to, struct bw_buf *out)
{
	const struct carved *last = &v->step[to - 1].c;
	bw_err r = BW_OK;

	for (size_t i = from; i < to && r == BW_OK; i++) {
		const struct carved *c = &v->step[i].c;

		r = upload_put_item(out, &(struct upload_item){ c->entry,
		    c->entry_len, c->body, c->body_len });
	}
	return r == BW_OK ? upload_put_note(out, last->note, last->note_len) :
	    r;
}

static int
take_upload(struct staff *st, const struct recover *v, size_t from, size_t to)
{
	struct bw_buf up = BW_BUF_INIT(UPLOAD_MAX);
	struct ingest_in in = { .host = st->host, .device = &v->d,
		.from = v->step[from].c.e.seq, .now = st->now };
	struct ingest_out out = { .why = NULL };
	struct hostclock clock;
	bw_err r = hostclock_ask(st->store, &clock);

	in.doubted = clock.doubt != HOSTCLOCK_FINE;
	if (r == BW_OK && (r = build(v, from, to, &up)) == BW_OK) {
		in.ptr = up.ptr;
		in.len = up.len;
		r = ingest_upload(st->store, &in, &out);
	}
	bw_buf_free(&out.note);
	bw_buf_free(&up);
	if (r == BW_OK)
		return CMD_OK;
	return staff_fail_err(r, out.why != NULL ? out.why :
	    st->host->db_path);
}

/* Take in all that is proven: *n entries. */
static int
take(struct staff *st, const struct recover *v, size_t *n)
{
	int code = CMD_OK;
	size_t to;

	*n = 0;
	while (code == CMD_OK && (to = upload_end(v, *n)) > *n) {
		if (!v->dry)
			code = take_upload(st, v, *n, to);
		if (code == CMD_OK)
			*n = to;
	}
	return code;
}

/* "0, 3 to 6": the numbers that were found from `least` on; how many. */
static uint64_t
print_numbers(const struct carve *c, uint64_t least)
{
	uint64_t n = 0;
	size_t i = carve_first(c, least);

	while (i < c->n) {
		uint64_t from = c->at[i].e.seq, to = from;

		for (; i < c->n && c->at[i].e.seq <= to + 1; i++)
			to = c->at[i].e.seq;
		printf(n == 0 ? "%" PRIu64 : ", %" PRIu64, from);
		if (to != from)
			printf(" to %" PRIu64, to);
		n += to - from + 1;
	}
	return n;
}

static void
report(const struct recover *v, uint64_t held, size_t taken)
{
	uint64_t lacked;

	printf("Read of %s: ", v->d.origin);
	if (print_numbers(&v->found, 0) == 0)
		printf("nothing");
	printf("\nUnknown to the host, which has %" PRIu64 " entries: ", held);
	lacked = print_numbers(&v->found, held);
	printf("%s(%" PRIu64 ")\n", lacked == 0 ? "none " : " ", lacked);
	if (lacked == 0)
		return;
	printf("%s: %zu%s\n", v->dry ? "Would go into quarantine" :
	    "Taken into quarantine", taken, taken == 0 ? "" :
	    ", never exported; \"odd list\" has the shares");
	if (taken < lacked)
		printf("Left where they are: %" PRIu64 ", behind a gap, not "
		    "whole, or never confirmed to an attendee\n",
		    lacked - taken);
}

/* Nobody signed them: there is nothing to take them in by. */
static void
report_waiting(const struct recover *v)
{
	struct waiting n;

	if (waiting_read(&v->part[PART_DB], &v->part[PART_WAL], &n) != BW_OK)
		printf("Answers that waited beside the log: cannot be read\n");
	else if (n.declined + n.unanswered + n.unread > 0)
		printf("Answers that waited beside the log, signed by nobody and "
		    "not taken in: %" PRIu64 " declined, %" PRIu64 " without an "
		    "answer, %" PRIu64 " not read\n", n.declined, n.unanswered,
		    n.unread);
}

static int
recover(struct staff *st, const char *const *arg, struct recover *v)
{
	uint64_t held;
	size_t taken;
	int code;

	if ((code = read_parts(v, arg[0])) != CMD_OK ||
	    (code = find_entries(v, arg[0])) != CMD_OK ||
	    (code = find_device(st, v)) != CMD_OK ||
	    (code = find_run(st, v)) != CMD_OK)
		return code;
	held = v->d.size;
	if (!v->dry && ((code = staff_begin(st)) != CMD_OK ||
	    (code = staff_commit(st, DID_JOURNAL_RECOVER, v->d.name)) != CMD_OK))
		return code;
	if ((code = take(st, v, &taken)) == CMD_OK) {
		report(v, held, taken);
		report_waiting(v);
	}
	return code;
}

static int
recover_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct recover *v = ctx;
	int code = recover(st, arg, v);

	for (int i = 0; i < PARTS; i++)
		bw_buf_free(&v->part[i]);
	carve_free(&v->found);
	free(v->step);
	return code;
}

int
cmd_journal_recover(const char *dir, int argc, char **argv)
{
	struct recover v = { .device = NULL };
	const struct opt opt[] = {
		{ "device", "NAME", "whose log it is, if that cannot be read "
		    "in it", false, &v.device, NULL },
		{ "dry-run", NULL, "only look; change nothing", false, NULL,
		    &v.dry },
	};
	const struct opts o = { "journal recover", { "PATH", NULL },
	    "Reads what can still be read of a lost log: a folder aside-N that "
	    "a kiosk has\nset aside, or a journal.db. Entries that the host "
	    "lacks and that the device's\nown checkpoints prove are kept in "
	    "quarantine, where nothing is exported from.\nThe device must be "
	    "revoked first.", opt, 2 };

	return staff_run(dir, &o, argc, argv, recover_act, &v);
}
