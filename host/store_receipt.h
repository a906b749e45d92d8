/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_receipt.h - beside store.h: a share by the hash of its receipt, and
 * withdrawals that came before their share.
 */
#ifndef HOST_STORE_RECEIPT_H
#define HOST_STORE_RECEIPT_H

#include "host/store_device.h"

/* What a receipt shows about a share: never a value. */
struct store_receipt {
	struct store_lead lead;
	struct store_device device;
	char version[BODY_VERSION_MAX + 1];	/* empty: unknown */
	bool barred;			/* its badge's holder does not attend:
					 * it is not released while so */
	int64_t kept_from;		/* its time; of one from the future
					 * (ODD_AHEAD) when it came */
};
/* From when the days count that its sponsor may keep it. */
BW_MUST_USE bw_err store_kept_from(struct store *s,
    const struct store_lead *lead, int64_t *from);
/* Not inside a snapshot. One that is not in the index is looked for again when
 * that was brought up; for this it waits so many milliseconds at most for those
 * who write, and says BW_ERR_BUSY then. */
BW_MUST_USE bw_err store_receipt_get(struct store *s,
    const uint8_t rh[static RECEIPT_RH], int64_t now, unsigned ms,
    struct store_receipt *out);
/* The first lead of the index that has it, whole; BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err db_receipt_lead(struct store *s,
    const uint8_t rh[static RECEIPT_RH], struct store_lead *out);
/* Withdrawals that came before their share; only the hash is kept, for
 * STORE_PENDING_DAYS. BW_ERR_FULL over STORE_PENDING_MAX of them. */
#define STORE_PENDING_DAYS 30
#define STORE_PENDING_MAX 100000
BW_MUST_USE bw_err store_pending_add(struct store *s,
    const uint8_t rh[static RECEIPT_RH], int64_t now);
BW_MUST_USE bw_err store_pending_any(struct store *s, bool *any);
/* Why one waits: it was withdrawn, or over an older store that was put back it
 * is to be held (not_me.h), or was withdrawn before. */
enum pending_why { PENDING_ASKED = 0, PENDING_HELD, PENDING_REDONE };
struct store_pending {
	int64_t since;
	enum pending_why why;
};
/* Remove it; BW_ERR_NOTFOUND when there is none. */
BW_MUST_USE bw_err store_pending_take(struct store *s,
    const uint8_t rh[static RECEIPT_RH], struct store_pending *out);
/* However many there are; what is withdrawn is not held any more. And one that
 * is held no longer. */
BW_MUST_USE bw_err db_pending_put(struct store *s,
    const uint8_t rh[static RECEIPT_RH], int64_t now, enum pending_why why);
BW_MUST_USE bw_err db_pending_free(struct store *s,
    const uint8_t rh[static RECEIPT_RH]);

#endif
