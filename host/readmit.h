/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readmit.h - who was erased comes back, because the person wants to or was
 * erased by staff's mistake: an import takes it up from then on, as somebody
 * new. What was erased stays so, also over a backup that is put back.
 */
#ifndef HOST_READMIT_H
#define HOST_READMIT_H

#include "host/store.h"

/* By the source's key, the address, or both; NULL or "": not by it. */
struct readmit_who {
	const char *key, *mail;
};
/* Every line of the record (deleted.h) that has one of them bars nobody any
 * more, *n of them; each has its row in the audit. In the caller's transaction,
 * which has the key (store_deleted_key): BW_ERR_KEY. BW_ERR_NOTFOUND: nobody was
 * erased who had one. Again is fine. */
BW_MUST_USE bw_err readmit(const char *dir, struct store *s,
    const struct readmit_who *who, const char *actor, int64_t now,
    uint64_t *n);

/* After an erasure that was done again (RIGHT_ERASED_BEFORE): who was let in
 * since is not barred by it. */
BW_MUST_USE bw_err readmit_again(const char *dir, struct store *s,
    uint64_t registration);

/* After an older store was put back (db_restored): nobody is barred whom the
 * record says was let in again. In the caller's transaction; a record that is
 * missing or damaged changes nothing. */
BW_MUST_USE bw_err readmit_all(const char *dir, struct store *s);

#endif
