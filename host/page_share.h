/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_share.h - what an attendee sees of one share: its state, which fields
 * went to whom, what for and for how long, and what can be done about it.
 */
#ifndef HOST_PAGE_SHARE_H
#define HOST_PAGE_SHARE_H

#include "host/receipt_file.h"
#include "host/words.h"

/* "You shared with" and whom, the name in its own direction. */
#define SHARE_WITH_MAX 400
void share_with(const struct words *w, const struct share_facts *f,
    char out[static SHARE_WITH_MAX]);
/* What became of it, in a sentence. */
const char *share_state(const struct words *w, const struct share_facts *f,
    int64_t now);

/* code: as the next form repeats it. just_now: it was withdrawn by this very
 * request. */
void page_share(struct call *c, const char *code, const struct share_facts *f,
    bool just_now);

#endif
