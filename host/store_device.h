/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_device.h - beside store.h: the devices, and how each is invited and
 * enrolled.
 */
#ifndef HOST_STORE_DEVICE_H
#define HOST_STORE_DEVICE_H

#include "host/store.h"
#include "record/enrol.h"

enum device_state {
	DEVICE_INVITED = 0,
	DEVICE_ACTIVE,
	DEVICE_REVOKED
};
/* "invited", "active", "revoked"; never NULL. */
const char *device_state_name(enum device_state st);

/* Whether the host has of its log what it ever confirmed. */
enum device_held {
	DEVICE_HELD = 0,
	DEVICE_HELD_UNSURE,	/* put back, and nothing was kept since */
	DEVICE_HELD_LESS	/* what it sent begins beyond what is held */
};

#define DEVICE_BOOTH_MAX 80	/* bytes */
struct store_device {
	uint64_t num;			/* given by the store */
	char name[TEXT_ID_MAX + 1];	/* never given twice */
	char sponsor[TEXT_ID_MAX + 1];
	char origin[ORIGIN_MAX + 1];
	char booth[DEVICE_BOOTH_MAX + 1];	/* where it stands, or "" */
	enum device_state state;
	bool enrolled;			/* it has keys */
	bool forked;
	enum device_held held;
	uint8_t log_spki[CRYPTO_SPKI];
	uint8_t seal_spki[CRYPTO_SPKI];
	uint8_t identity_spki[CRYPTO_SPKI];
	int64_t added_at, enrolled_at, revoked_at;	/* 0: not yet */
	int64_t invited_until;		/* its code's end */
	int64_t lost_at, last_seen;	/* lost: and so revoked; 0 */
	uint64_t size;			/* entries held and verified */
	uint8_t root[CRYPTO_HASH];	/* over them */
	uint64_t quarantine;		/* once revoked: its size then */
};
/* Invite: the code is kept until it is used or `until` passes, because the
 * proof is an HMAC under it. BW_ERR_EXISTS when the name was ever used. */
BW_MUST_USE bw_err store_device_add(struct store *s, const char *name,
    const char *sponsor, const char *origin,
    const uint8_t code[static ENROL_CODE], int64_t now, int64_t until);
/* Another code in place of the invitation's, which is good for nothing then.
 * BW_ERR_NOTFOUND unless the device is invited and never enrolled. */
BW_MUST_USE bw_err store_device_renew(struct store *s, const char *name,
    const uint8_t code[static ENROL_CODE], int64_t until);
/* No invitation's code is good any more, over a store that was put back: it may
 * have been used, or replaced because somebody saw it. */
BW_MUST_USE bw_err store_device_close_codes(struct store *s, int64_t now);
BW_MUST_USE bw_err store_device_get(struct store *s, const char *name,
    struct store_device *out);
BW_MUST_USE bw_err store_device_num(struct store *s, uint64_t num,
    struct store_device *out);
typedef bw_err (*store_device_cb)(void *arg, const struct store_device *d);
/* By name. */
BW_MUST_USE bw_err store_device_each(struct store *s, store_device_cb cb,
    void *arg);
/* From now on its uploads are quarantined; an unused invitation is wiped.
 * BW_ERR_NOTFOUND; a second time is BW_OK and changes nothing. */
BW_MUST_USE bw_err store_device_revoke(struct store *s, const char *name,
    int64_t now);
/* Note that it was heard of, and its health (JSON; NULL: keep the last). */
BW_MUST_USE bw_err store_device_seen(struct store *s, uint64_t num,
    int64_t now, const char *health, size_t len);

/* Over a store that was put back, inside a transaction: of no log it is known
 * whether all that was confirmed is there, until an upload was kept
 * (store_log_put). */
BW_MUST_USE bw_err db_devices_put_back(struct store *s);
/* Inside a transaction: the device sent what begins beyond what is held. */
BW_MUST_USE bw_err store_device_held_less(struct store *s, uint64_t num);

struct store_enrol {
	struct store_device device;
	bool open;			/* the code is still there */
	uint8_t code[ENROL_CODE];	/* wipe after use */
	int64_t until;
	uint8_t post[CRYPTO_HASH];	/* of what enrolled it, once it is */
	struct bw_buf answer;		/* the caller frees it */
	int64_t answer_until;
};
/* id is enrol_id's. BW_ERR_NOTFOUND. Free `answer` in any case. */
BW_MUST_USE bw_err store_enrol_get(struct store *s, const char *id,
    struct store_enrol *out);
/* Take the keys, wipe the code, keep the answer for repeats until a time. */
BW_MUST_USE bw_err store_enrol_finish(struct store *s, const char *id,
    const struct enrol_post *keys, const uint8_t post[static CRYPTO_HASH],
    const struct bw_buf *answer, int64_t now, int64_t answer_until);

#endif
