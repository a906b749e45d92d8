/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_deleted.h - who was erased, as far as the store knows: HMACs of keys
 * and addresses (deleted.h), and what an erasure does to the rows.
 */
#ifndef HOST_STORE_DELETED_H
#define HOST_STORE_DELETED_H

#include "host/deleted.h"

/* What is compared under, for this handle and those that share with it. Without
 * it nothing can be taken up once somebody was erased: BW_ERR_KEY. */
void store_deleted_key(struct store *s,
    const uint8_t secret[static CRYPTO_KEY]);
/* NULL: it was not given. */
const uint8_t *db_deleted_key(const struct store *s);

/* Whether somebody with this key or (unless empty) address was erased. */
BW_MUST_USE bw_err store_deleted_has(struct store *s, const char *key,
    const char *mail, bool *has);
BW_MUST_USE bw_err store_deleted_knows(struct store *s,
    const uint8_t mac[static DELETED_MAC], bool *yes);
BW_MUST_USE bw_err store_deleted_put(struct store *s,
    const uint8_t mac[static DELETED_MAC], uint64_t registration);
BW_MUST_USE bw_err store_deleted_drop(struct store *s,
    const uint8_t mac[static DELETED_MAC]);
/* A key's, and all of these addresses'. */
BW_MUST_USE bw_err store_deleted_put_all(struct store *s,
    const uint8_t key_mac[static DELETED_MAC],
    const struct deleted_mails *mails, uint64_t registration);
/* Every address that the store knows of a registration: its own, those of its
 * badges' editions, and those that it had before. BW_ERR_KEY without the key. */
BW_MUST_USE bw_err store_deleted_mails(struct store *s,
    const struct registration *reg, struct deleted_mails *out);
/* A registration gets another address: the one it had is remembered as an HMAC,
 * with the handle's key, or not at all without one. */
BW_MUST_USE bw_err store_mail_moved(struct store *s,
    const struct registration *had, const char *mail, int64_t now);
BW_MUST_USE bw_err store_mail_forget(struct store *s, uint64_t registration);
/* Those that nobody knows whose they are: taken up from a record's line. */
BW_MUST_USE bw_err store_deleted_drop_unknown(struct store *s);

/* The whole of an erasure within the store, in one transaction: values, key,
 * editions with their tags' numbers, bodies of shares and notes, marks, mails
 * and links, salts, reasons of holds, and whose the shares were: a share is one
 * of a badge that is not known any more. What sponsors could see becomes an item
 * for them. The badges stay blocked. Files are to be swept afterwards. */
BW_MUST_USE bw_err store_erase(struct store *s,
    const struct registration *reg, int64_t now);
/* A share that came after its holder was erased: its body goes, and whose it
 * is. */
BW_MUST_USE bw_err store_erased_drop(struct store *s, uint64_t device,
    uint64_t seq);
/* Up to which erasure files are to be swept (erasures are counted), 0: to none;
 * and that they were, by a sweep that began when that was so. */
BW_MUST_USE bw_err store_sweep_get(struct store *s, uint64_t *wanted);
BW_MUST_USE bw_err store_sweep_done(struct store *s, uint64_t wanted);

#endif
