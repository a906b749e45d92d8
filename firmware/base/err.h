/* SPDX-License-Identifier: Apache-2.0 */
/*
 * err.h - the one list of errors and their sentences.
 *
 * Every function of Badgeward that can fail returns a bw_err. BW_OK is 0, so
 * encoders read as one chain: (r = put(...)) != BW_OK || (r = put(...)) ...
 */
#ifndef BW_ERR_H
#define BW_ERR_H

#define BW_MUST_USE __attribute__((warn_unused_result))
#define BW_PRINTF(f, a) __attribute__((format(printf, f, a)))

typedef enum bw_err {
	BW_OK = 0,
	BW_ERR_ARG,	/* the caller's argument is out of its range */
	BW_ERR_NOMEM,	/* memory could not be had */
	BW_ERR_IO,	/* the system refused a read, write or open (errno) */
	BW_ERR_FORMAT,	/* bytes break their format */
	BW_ERR_BOUND,	/* a stated bound is exceeded */
	BW_ERR_SIG,	/* a signature does not verify */
	BW_ERR_CHAIN,	/* seq, prev, time or pol break the log's chain */
	BW_ERR_COMMIT,	/* a body does not match its entry's commitment */
	BW_ERR_ROOT,	/* a checkpoint's size or root is not the entries' */
	BW_ERR_KEY,	/* no key for this, or the wrong one */
	BW_ERR_CRYPTO,	/* the crypto library failed */
	BW_ERR_NOTFOUND,/* there is no such thing */
	BW_ERR_EXISTS,	/* there is such a thing already */
	BW_ERR_BUSY,	/* someone else holds it */
	BW_ERR_TIMEOUT,	/* the deadline passed */
	BW_ERR_DENIED,	/* not allowed: policy, role or state */
	BW_ERR_FULL,	/* no room left: disk, tag or queue */
	BW_ERR_OLD,	/* older than what is already held */
	BW_ERR_EXPIRED,	/* its time is over */
	BW_ERR_FORK,	/* another root for a size already verified */
	BW_ERR_GAP,	/* begins beyond what is held */
	BW_ERR_GONE,	/* the peer or device went away */
	BW_ERR_COUNT_	/* how many there are */
} bw_err;

/* A short English sentence part, never NULL, static. */
const char *bw_strerror(bw_err e);

#endif
