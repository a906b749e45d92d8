/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.h - who did what to which id, in a chain that is hard to rewrite
 * (AUDIT.md says its bytes).
 *
 * actor: "account:7", "token:3", "cli:anna" (the login of who ran badgeward),
 * "device:k07", "host", "attendee". act: one of audit_act.h, by its
 * name "device.revoke". object: ids, e.g.
 * "registration 7". detail: ids, numbers and commitments. Never a value of a
 * person: commit to it with audit_commitment, if it must be shown later that it
 * was this one. A row belongs into the transaction of what it tells.
 */
#ifndef HOST_AUDIT_H
#define HOST_AUDIT_H

#include "host/store.h"

#define AUDIT_TEXT_MAX 200	/* bytes of each text */
struct audit_row {
	uint64_t id;		/* 1, 2, 3 … */
	int64_t at;
	const char *actor, *act, *object, *detail;
	uint8_t hash[CRYPTO_HASH];
};

/* In the open transaction. Texts are clean UTF-8 of at most AUDIT_TEXT_MAX
 * bytes, all but detail not empty: BW_ERR_ARG. store_audit is the same with
 * an empty detail. */
BW_MUST_USE bw_err audit_add(struct store *s, int64_t now, const char *actor,
    enum audit_act act, const char *object, const char *detail);

/* The end of a transaction: when r is BW_OK this row and the commit, else, or
 * when that fails, the rollback. What came of it. */
BW_MUST_USE bw_err audit_finish(struct store *s, bw_err r, int64_t now,
    const char *actor, enum audit_act act, const char *object,
    const char *detail);

/* "account:7" */
#define AUDIT_ACTOR_SIZE 24
void audit_actor(uint64_t account, char out[static AUDIT_ACTOR_SIZE]);
/* And back; 0 for any other actor. */
uint64_t audit_account(const char *actor);

/* Of a value, 32 hex digits: an HMAC under the salt that the store has for
 * this object, made when there is none. Tells nothing once the salt is gone.
 * In the open transaction. */
#define AUDIT_COMMITMENT_SIZE 33
BW_MUST_USE bw_err audit_commitment(struct store *s, const char *object,
    const void *value, size_t len, char out[static AUDIT_COMMITMENT_SIZE]);
/* The object's salt goes: nobody can tell any more what was committed to. */
BW_MUST_USE bw_err audit_forget(struct store *s, const char *object);

/* Whether a row tells of this act. */
bool audit_did(const struct audit_row *row, enum audit_act act);

typedef bw_err (*audit_cb)(void *arg, const struct audit_row *row);
/* The newest `limit` rows below id `before` (0: all), falling; about one object
 * when not NULL. For pages. */
BW_MUST_USE bw_err audit_each(struct store *s, uint64_t before,
    unsigned limit, const char *object, audit_cb cb, void *arg);
struct audit_query {
	uint64_t before;		/* below this id; 0: from the newest */
	unsigned limit;
	const char *actor;		/* "": anybody's */
	const char *act;		/* as audit_filter takes it */
};
BW_MUST_USE bw_err audit_find(struct store *s, const struct audit_query *q,
    audit_cb cb, void *arg);
/* How many there are, and the hash of the last (zero for none). */
BW_MUST_USE bw_err audit_head(struct store *s, uint64_t *n,
    uint8_t hash[static CRYPTO_HASH]);

#endif
