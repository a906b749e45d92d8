/* SPDX-License-Identifier: Apache-2.0 */
/*
 * session.h - one read: wait for a badge, read it, make sure that it is alone.
 *
 * Pure over a transport and a few functions of its caller, so that tests play
 * every tag and every fault. The field is on between its start and its end
 * and at no other time.
 */
#ifndef READER_SESSION_H
#define READER_SESSION_H

#include "reader/ipc.h"
#include "reader/tag.h"

/* What the caller gives a read. */
struct session {
	const struct tag_transport *tag;
	/* The badge of this yes: uid_len 0, or the one that was selected under
	 * it before, by this read or an earlier one. Any other is one too many. */
	struct tag_target *held;
	void *ctx;			/* for the functions below */
	int64_t (*now)(void *ctx);	/* milliseconds, never going back */
	/* Called before every command to the chip: BW_ERR_DENIED ends the read
	 * (cancelled, or nobody asks any more), BW_OK lets it go on. */
	bw_err (*check)(void *ctx);
	/* Wait a few milliseconds between two tries, or until check would say
	 * something else. */
	void (*rest)(void *ctx);
	/* A badge was selected. */
	void (*seen)(void *ctx);
};

/*
 * Wait until deadline_ms for a badge and read it. BW_OK: answer is a BADGE or
 * UNREAD (its id is left 0) and the field is off. BW_ERR_DENIED: ended by
 * check, the field off. BW_ERR_IO, BW_ERR_TIMEOUT: the chip must be closed and
 * opened again, and the field may be on until then; the read may then be tried
 * again with the same deadline. answer and held are personal: wipe them.
 */
BW_MUST_USE bw_err session_read(const struct session *s, int64_t deadline_ms,
    struct ipc_msg *answer);

#endif
