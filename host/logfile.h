/* SPDX-License-Identifier: Apache-2.0 */
/*
 * logfile.h - an exported log, verified as a stream by whoever has the log's
 * verifier key (FORMATS.md, Log). Memory does not grow with the file.
 */
#ifndef HOST_LOGFILE_H
#define HOST_LOGFILE_H

#include <stdint.h>

#include "base/err.h"
#include "host/fault.h"
#include "record/chain.h"
#include "record/checkpoint.h"

struct logfile_report {
	struct checkpoint checkpoint;
	uint64_t entries;
	uint64_t deleted;		/* entries whose body is gone */
	uint64_t kinds[ENTRY_KINDS];
	uint64_t first, last;		/* times, unix seconds */
};

/* Each entry once it was found right; body NULL when it was deleted. May
 * return an error, which ends the walk and is its result. */
typedef bw_err (*logfile_entry_cb)(void *arg, const struct entry *e,
    const uint8_t leaf[static CRYPTO_HASH], const struct body *body);
/* Now and then: bytes read so far. */
typedef void (*logfile_progress_cb)(void *arg, uint64_t bytes);

struct logfile_watch {			/* both may be NULL */
	logfile_entry_cb entry;
	logfile_progress_cb progress;
	void *arg;
};

/* Read fd to its end: every entry, the chain, the commitments of the bodies
 * that are there, the signed checkpoint and the root over all. On BW_ERR_
 * FORMAT, BOUND, CHAIN, COMMIT, SIG or ROOT *f says which entry is the first
 * wrong one, and why; BW_ERR_IO is the file's. */
BW_MUST_USE bw_err logfile_verify(int fd, const char *origin,
    const uint8_t spki[static CRYPTO_SPKI], const struct logfile_watch *watch,
    struct logfile_report *out, struct fault *f);

/* A signed checkpoint of this log, by this key. BW_ERR_FORMAT or SIG, *f. */
BW_MUST_USE bw_err logfile_checkpoint(const char *note, size_t len,
    const char *origin, const uint8_t spki[static CRYPTO_SPKI],
    struct checkpoint *out, struct fault *f);

#endif
