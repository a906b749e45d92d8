/* SPDX-License-Identifier: Apache-2.0 */
/* account_act.h - how an act on an account ends; for account_*.c alone. */
#ifndef HOST_ACCOUNT_ACT_H
#define HOST_ACCOUNT_ACT_H

#include "host/store.h"

/* audit_finish about an account; by NULL: the account itself. */
BW_MUST_USE bw_err act_end(struct store *s, bw_err r, const char *by,
    enum audit_act act, uint64_t id, const char *detail, int64_t now);

#endif
