/* SPDX-License-Identifier: Apache-2.0 */
/*
 * staff.h - what the commands of `badgeward` share: the host's directory and
 * store, what staff are told, files that they name.
 */
#ifndef TOOLS_STAFF_H
#define TOOLS_STAFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "host/fault.h"
#include "host/hostdir.h"
#include "host/store.h"
#include "tools/cmd.h"
#include "tools/opts.h"

struct staff {
	struct hostdir *host;
	struct store *store;
	int64_t now;		/* when the command began, unix seconds */
};
/* Open what -C gave. CMD_OK, or an exit code when all was said. */
int staff_open(struct staff *st, const char *dir);
/* Drops what was not committed. All zero is fine. */
void staff_close(struct staff *st);

/* What a command does in an open directory; arg are the arguments that its
 * struct opts names, ctx is its own. Returns the exit code. */
typedef int staff_act(struct staff *st, const char *const *arg, void *ctx);
/* A whole command: parse its options, open, act, close. The exit code. */
int staff_run(const char *dir, const struct opts *o, int argc, char **argv,
    staff_act *act, void *ctx);
/* The same for what neither signs nor opens anything: st->host has no keys. */
int staff_run_keyless(const char *dir, const struct opts *o, int argc,
    char **argv, staff_act *act, void *ctx);

#define NO_DEVICE "there is no device \"%s\"; \"device list\" shows all"

/* "badgeward: …" on standard error, and CMD_FAILED. */
int staff_fail(const char *fmt, ...) BW_PRINTF(1, 2);
/* The same for what was called wrongly: CMD_USAGE. */
int staff_usage(const char *fmt, ...) BW_PRINTF(1, 2);
/* No policy ever had this sponsor: what is wrong, and where the ids stand. */
int staff_no_sponsor(const char *id);
/* What went wrong with a thing, in the error's own words and the store's. */
int staff_fail_err(bw_err r, const char *what);
/* The same of a file that was to be written: --force, when it is there. */
int staff_fail_file(bw_err r, const char *path);
/* The fault in a file, with its line; "nothing was changed" behind it. */
int staff_fail_fault(const char *file, const struct fault *f);

/* Append the whole of a file that staff named; "-" is standard input. Says
 * what is wrong; CMD_OK or CMD_FAILED. */
int staff_read(const char *path, struct bw_buf *b);

/* What is to stay out of the arguments, which every user of the machine sees and
 * a shell keeps: the argument, or for "-" one line of standard input without its
 * end. An empty line is an empty text; no line at all is refused, and so is more
 * than one. CMD_OK, or an exit code when all was said; out is erased then, and
 * by the caller after use. */
int staff_line(const char *arg, char *out, size_t size);

/* A registration's or entry's number; false: CMD_USAGE, and it was said. */
bool staff_number(const char *what, const char *s, uint64_t *out);

/* Who the audit says that this is: "cli:" and the login of this process. */
#define STAFF_ACTOR_SIZE 80
void staff_actor(char out[static STAFF_ACTOR_SIZE]);

/* Begin a transaction; commit it with a line in the audit: who (the login of
 * this process), which act, on which id. Both say what is wrong. */
int staff_begin(struct staff *st);
int staff_commit(struct staff *st, enum audit_act act, const char *object);
int staff_commit_detail(struct staff *st, enum audit_act act,
    const char *object, const char *detail);
/* The same for what replaces no value: nothing is swept out of files. */
int staff_commit_kept(struct staff *st, enum audit_act act, const char *object);
/* Both for an act that changed nothing: its line in the audit alone. */
int staff_record(struct staff *st, enum audit_act act, const char *object);


/* The end of a list of n things whose printing ended with r; in JSON the
 * things were printed behind staff_list_sep. */
int staff_list_end(struct staff *st, bool json, size_t n, bw_err r);
/* What stands in front of the nth. */
const char *staff_list_sep(size_t n);
/* Print a JSON string with its quotes. */
void staff_json(const char *s);

#endif
