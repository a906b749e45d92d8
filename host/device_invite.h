/* SPDX-License-Identifier: Apache-2.0 */
/*
 * device_invite.h - a device is invited: its name, whose booth it stands at, and
 * the address with the secret code that enrols it.
 *
 * In the transaction that is open; the address is given out only after its
 * commit, and wiped (bw_buf_free does).
 */
#ifndef HOST_DEVICE_INVITE_H
#define HOST_DEVICE_INVITE_H

#include "host/hostdir.h"
#include "host/store.h"

#define DEVICE_INVITE_SECONDS (24 * 3600)
#define DEVICE_ADDRESS_MAX 512

struct device_new {
	const char *name, *sponsor;
	const char *booth;		/* NULL or "": none */
};
/* BW_ERR_ARG: no device can have this name (device_name_ok) or stand at this
 * booth; _NOTFOUND: the policy in force has no such sponsor; _EXISTS: the name
 * was ever given. */
BW_MUST_USE bw_err device_invite(struct store *s, const struct hostdir *h,
    const struct device_new *in, int64_t now, struct bw_buf *address);
/* Another address in place of one that was not used. BW_ERR_NOTFOUND: there is
 * no such device, or it has enrolled. */
BW_MUST_USE bw_err device_renew(struct store *s, const struct hostdir *h,
    const char *name, int64_t now, struct bw_buf *address);

bool device_name_ok(const struct hostdir *h, const char *name);
bool device_booth_ok(const char *booth);
/* Whether the policy in force has this sponsor: BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err device_sponsor(struct store *s, const char *sponsor);

#endif
