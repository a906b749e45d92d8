/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settle.h - a thread that does what is due behind ingest (store_settle.h), so
 * that nobody's page waits for it: when no upload has come for SETTLE_QUIET_MS,
 * at the latest SETTLE_MOST_MS after one came, and at the start.
 */
#ifndef HOST_SETTLE_H
#define HOST_SETTLE_H

#include "host/host.h"

#define SETTLE_QUIET_MS 300
#define SETTLE_MOST_MS 2000

struct settler;

BW_MUST_USE bw_err settler_open(struct settler **out, struct host *h);
/* An upload was taken in. Threads may call it; accepts NULL. */
void settler_poke(struct settler *st);
/* What is left is for the next start. Accepts NULL, nulls. */
void settler_close(struct settler **st);

#endif
