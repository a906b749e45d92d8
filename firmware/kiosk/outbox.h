/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outbox.h - finished uploads on their way to the uplink: STATE/outbox.
 *
 * log-FFFFFFFFFF-TTTTTTTTTT.cbor holds the entries [F, T) and the checkpoint
 * of size T. The same name always has the same bytes, and the host takes an
 * entry that it has already without harm; so a file may be put, joined with
 * its neighbours or removed while the uplink is at it. Nothing here is synced:
 * the journal has it all, and each start builds the folder again.
 */
#ifndef KIOSK_OUTBOX_H
#define KIOSK_OUTBOX_H

#include <stdint.h>

#include "base/err.h"
#include "base/file.h"
#include "kiosk/journal.h"

struct outbox {
	char dir[FILE_PATH_MAX];
	uint64_t next;		/* entries below stand in a file, or are gone */
};

/* Begin anew: the uploads that stand there are removed, and outbox_feed
 * builds them again from entry `next` on. For the start, and when some are
 * missing. */
BW_MUST_USE bw_err outbox_reset(struct outbox *o, const char *dir,
    uint64_t next);

/* Up to where the entries [from, to) may be told at `now`, unix seconds. The
 * last ones of kinds 2 to 4, and a policy behind them or behind answers that are
 * no entries yet, wait for one of another kind to leave with, or for the end of
 * their quarter hour: the moment at which they leave would say what their
 * rounded time does not. */
uint64_t outbox_tellable(struct journal *j, uint64_t from, uint64_t to,
    int64_t now);

/* *at: the first entry of [from, o->next) that stands in no file; o->next when
 * all do. */
BW_MUST_USE bw_err outbox_missing(const struct outbox *o, uint64_t from,
    uint64_t *at);

/* Put everything up to `limit` that is not in the outbox yet. Small uploads
 * that the uplink has not taken yet are joined, so that few files wait
 * however long the host is away. */
BW_MUST_USE bw_err outbox_feed(struct outbox *o, struct journal *j,
    uint64_t limit);

/* A message of another kind, which can be made again; the name is kept, an
 * older one replaced. */
BW_MUST_USE bw_err outbox_put(const char *dir, const char *name,
    const void *ptr, size_t len);

#endif
