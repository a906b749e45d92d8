/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linefile.h - a file of lines, 0600, which is appended to and synced: what
 * must not be lost when an older store is put back. A last line without its end
 * was cut off: it is passed over, and goes when the next is appended.
 *
 * Who appends, cuts, or puts the rest in its place has the store's transaction,
 * so that there is one at a time. A file is read as a stream: it may be of any
 * size. BW_ERR_NOTFOUND: there is no file; BW_ERR_FORMAT:
 * it is no regular file, or a line is longer than any of ours; BW_ERR_IO,
 * BW_ERR_FULL.
 */
#ifndef HOST_LINEFILE_H
#define HOST_LINEFILE_H

#include <stdbool.h>

#include "base/buf.h"

#define LINEFILE_LINE 3072		/* of a line, with its end */

/* Append whole lines, with their ends, and make the file when it is missing.
 * Durable at BW_OK. */
BW_MUST_USE bw_err linefile_append(const char *path, const void *ptr,
    size_t len);
/* The last whole line, without its end; BW_ERR_NOTFOUND when there is none. */
BW_MUST_USE bw_err linefile_last(const char *path,
    char out[static LINEFILE_LINE]);

/* text: a copy without its end, which may be cut up. */
typedef bw_err (*linefile_cb)(void *arg, char *text);
/* All lines that there are by now, as they came; *line (from 1) is the last one that was given. */
BW_MUST_USE bw_err linefile_each(const char *path, linefile_cb cb, void *arg,
    size_t *line);

/* The lines that are kept of a file, *gone of them are not. */
struct linefile_rest {
	int fd;				/* of the file that was looked at, */
	int64_t had;			/* so far */
	uint64_t sum;			/* of those bytes */
	struct bw_buf runs;		/* what is kept of it; linefile.c's */
	struct bw_buf more;		/* lines to be put behind that */
	uint64_t gone;
	bool kept;			/* the last line, which is: */
	char last[LINEFILE_LINE];
};
#define LINEFILE_REST_INIT { .fd = -1, .kept = true }
typedef bw_err (*linefile_keep)(void *arg, char *text, bool *keep);
/* Ask about each; free `out` in any case. Nothing is left of what it was. */
BW_MUST_USE bw_err linefile_sieve(const char *path, linefile_keep keep,
    void *arg, struct linefile_rest *out);
/* Put the rest into its place, with what was appended meanwhile: after a power
 * cut there is the old file or the new one. BW_ERR_BUSY: it is another one by
 * now, or something else stands in it. */
BW_MUST_USE bw_err linefile_put_rest(const char *path,
    struct linefile_rest *rest);
/* From the first line that is not kept on all go, in place, which a full disk
 * does not hinder. Durable at BW_OK. */
BW_MUST_USE bw_err linefile_cut(const char *path, linefile_keep keep,
    void *arg);
void linefile_rest_free(struct linefile_rest *rest);

#endif
