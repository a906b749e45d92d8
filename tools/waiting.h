/* SPDX-License-Identifier: Apache-2.0 */
/*
 * waiting.h - the answers by which nothing was shared that a kiosk's journal had
 * beside its log when it was lost (kiosk/journal.h, journal_answer): no entries
 * yet, and signed by nobody.
 *
 * What SQLite committed last stands in the file and its WAL. They are joined in
 * memory, so that neither is written to and nothing is copied to a disk.
 */
#ifndef TOOLS_WAITING_H
#define TOOLS_WAITING_H

#include "base/buf.h"

struct waiting {
	uint64_t declined, unanswered, unread;
};

/* wal is empty when there is none. BW_ERR_FORMAT when it cannot be read out of
 * them, BW_ERR_NOMEM. */
BW_MUST_USE bw_err waiting_read(const struct bw_buf *db,
    const struct bw_buf *wal, struct waiting *out);

#endif
