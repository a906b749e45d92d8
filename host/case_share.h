/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case_share.h - one person's shares with all sponsors, and what a device
 * recorded around one of them: for a case that is open, and nothing else.
 */
#ifndef HOST_CASE_SHARE_H
#define HOST_CASE_SHARE_H

#include "host/store.h"

struct case_share {
	const char *device;		/* its name */
	uint64_t num, seq;		/* of the device; share_id is NAME-seq */
	const char *sponsor;		/* its name, else its id */
	int64_t time;
	field_set granted;
	enum lead_state state;
	enum odd_reason reason;		/* of LEAD_HELD */
	int64_t ended_at;
	uint64_t registration;
};
typedef bw_err (*case_share_cb)(void *arg, const struct case_share *h);
/* The newest first. */
BW_MUST_USE bw_err case_share_each(struct store *s, uint64_t registration,
    case_share_cb cb, void *arg);
/* Those that are held of a device's quarter hour (case.h), without this share;
 * 0: without none. In order. */
BW_MUST_USE bw_err case_share_beside(struct store *s, uint64_t device,
    int64_t quarter, uint64_t seq, case_share_cb cb, void *arg);
/* Whether the person has a share with this sponsor. */
BW_MUST_USE bw_err case_share_with(struct store *s, uint64_t registration,
    const char *sponsor, bool *with);
/* BW_ERR_DENIED: the share is not this person's, or nobody's any more;
 * BW_ERR_NOTFOUND: there is no such share. */
BW_MUST_USE bw_err case_share_is_of(struct store *s, uint64_t device,
    uint64_t seq, uint64_t registration);
/* One; BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err case_share_get(struct store *s, uint64_t device,
    uint64_t seq, case_share_cb cb, void *arg);

#endif
