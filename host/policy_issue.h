/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy_issue.h - the policy of one device: the installed part of its
 * sponsor, a serial, the field keys of that sponsor's fields and the blocked
 * list, both sealed to the device, and the host's signature over all.
 */
#ifndef HOST_POLICY_ISSUE_H
#define HOST_POLICY_ISSUE_H

#include "base/buf.h"
#include "host/hostdir.h"
#include "host/store_device.h"

/* What a device may see before it has proved itself: the current part of its
 * sponsor with serial 1, no field keys, no blocked list, no staff PIN. BW_ERR_NOTFOUND when
 * there is no policy yet or it has no such sponsor. */
BW_MUST_USE bw_err policy_offer(struct store *s, const struct hostdir *h,
    const struct store_device *d, struct bw_buf *jws);

/* The device's policy as it is now. It is issued anew, with the next serial,
 * when a version was installed or the blocked list changed since the last
 * issue; a transaction must be open for that (BW_ERR_ARG else), and *fresh
 * says that it was. Without one, what was issued is given while it holds. */
BW_MUST_USE bw_err policy_issue(struct store *s, const struct hostdir *h,
    const struct store_device *d, struct bw_buf *jws, uint64_t *serial,
    bool *fresh);

#endif
