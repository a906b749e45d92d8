/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_note.h - what a sponsor's staff noted on a lead, for its JSON.
 */
#ifndef HOST_LEADS_NOTE_H
#define HOST_LEADS_NOTE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "host/store.h"

#define LEADS_NOTE_MAX 65536	/* bytes of one */

/* Append `, "rating": …, "tags": […], "answers": {…}, "note": …` of a
 * share, of each the newest (store_mark.h). Without one, or where nothing was said: null, [] and {}. */
BW_MUST_USE bw_err leads_note_json(struct store *s, uint64_t device,
    uint64_t share, struct bw_buf *out);

#endif
