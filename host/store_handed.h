/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_handed.h - tickets that were handed on, for store_registration.c.
 *
 * An import has a row for a known ticket with another name AND another address
 * (both compared folded): that is another person. Where anything hangs on the
 * registration of the one before (a badge, so shares; a right, a case, a hold, a
 * disclosure, a mail, a correction, that it is a minor's), or while a hold on the
 * event stands, it stays as it is,
 * with its address, its shares and its rights, under a key of its own; it only
 * attends no more: REG_HANDED, its badges are blocked, its leads go to sponsors
 * as before. What was cancelled, withheld or a minor's stays that. The new one
 * begins with nothing. Where nothing hangs on it, nothing of it is kept, and
 * the new one has the row, under another number.
 *
 * One of both alone (a spelling, a new address) is the same person. Who comes
 * back, by the same address, gets the former registration back.
 */
#ifndef HOST_STORE_HANDED_H
#define HOST_STORE_HANDED_H

#include "host/deleted.h"
#include "host/store.h"

/* Whether these are another person's. */
bool handed_other(const struct field_values *had,
    const struct field_values *in);
/* The key of a registration whose ticket `key` is another's; BW_ERR_BOUND. */
BW_MUST_USE bw_err handed_key(const char *key, uint64_t id,
    char out[static REG_KEY_MAX + 1]);
/* The key as the shop has it, also of one whose ticket is another's. */
void handed_ticket(const struct registration *r,
    char out[static REG_KEY_MAX + 1]);
/* What records of before may know a registration by (deleted_mac_key): its key as
 * the shop has it, and the one it has once the ticket is another's. */
struct handed_keys {
	uint8_t ticket[DELETED_MAC], handed[DELETED_MAC];
};
BW_MUST_USE bw_err handed_keys(const uint8_t secret[static CRYPTO_KEY],
    const struct registration *r, struct handed_keys *out);
/* Whether anything hangs on a registration. */
BW_MUST_USE bw_err handed_has_traces(struct store *s, uint64_t registration,
    bool *has);
/* Who had this ticket before and is this person; the last one, if there are
 * more. BW_ERR_NOTFOUND. Wipe out. */
BW_MUST_USE bw_err handed_former(struct store *s, const char *ticket,
    const struct field_values *in, struct registration *out);
/* Since when; 0: it was not handed on. */
BW_MUST_USE bw_err handed_since(struct store *s, uint64_t edition,
    int64_t *at);

/* The registration that has the ticket of one that was handed on.
 * BW_ERR_NOTFOUND: none does. */
BW_MUST_USE bw_err handed_to(struct store *s, uint64_t registration,
    uint64_t *id);

/* The ticket is another's from now on; and it is this one's again, whose status
 * is the caller's. In a transaction. */
BW_MUST_USE bw_err handed_on(struct store *s, const struct registration *had,
    int64_t now);
BW_MUST_USE bw_err handed_back(struct store *s, const char *ticket,
    uint64_t registration);
/* With the registration's values. */
BW_MUST_USE bw_err handed_forget(struct store *s, uint64_t registration);

#endif
