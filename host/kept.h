/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kept.h - what the current policy says on a public page, as bytes: the same
 * for everybody who reads a language, and made once for each, so that nobody keeps
 * the host busy by asking again. At most one text per language is held, that of
 * the policy for which it was asked last. Threads may call all of it.
 */
#ifndef HOST_KEPT_H
#define HOST_KEPT_H

#include "base/buf.h"
#include "host/store.h"
#include "host/words.h"

struct kept;

BW_MUST_USE bw_err kept_open(struct kept **out);
/* Accepts NULL, nulls. */
void kept_close(struct kept **k);
/* Append what was put for this language under this policy. BW_ERR_NOTFOUND:
 * nothing was. */
BW_MUST_USE bw_err kept_get(struct kept *k, const struct words *w,
    const struct store_policy *policy, struct bw_buf *out);
/* It is copied; without memory for that nothing is held. */
void kept_put(struct kept *k, const struct words *w,
    const struct store_policy *policy, const uint8_t *ptr, size_t len);

#endif
