/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_token.h - the rows of API tokens (token.h): writing demands an open
 * transaction and audits nothing.
 */
#ifndef HOST_STORE_TOKEN_H
#define HOST_STORE_TOKEN_H

#include "host/token.h"

/* in: all but id, last_used, revoked_at and actor. */
BW_MUST_USE bw_err store_token_add(struct store *s, const struct token *in,
    const uint8_t hash[static CRYPTO_HASH], uint64_t *id);
BW_MUST_USE bw_err store_token_find(struct store *s,
    const uint8_t hash[static CRYPTO_HASH], struct token *out);
BW_MUST_USE bw_err store_token_used(struct store *s, uint64_t id,
    int64_t now);
BW_MUST_USE bw_err store_token_revoke(struct store *s, uint64_t id,
    int64_t now);
/* All of an account that are not yet. */
BW_MUST_USE bw_err store_tokens_revoke(struct store *s, uint64_t account,
    int64_t now);

#endif
