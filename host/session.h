/* SPDX-License-Identifier: Apache-2.0 */
/*
 * session.h - who sends this request: a device, by the token it signed.
 */
#ifndef HOST_SESSION_H
#define HOST_SESSION_H

#include "host/host.h"

#define SESSION_SKEW 300	/* seconds that iat may be off */

/*
 * The device whose identity key signed this very request: method, path with
 * query and body are the token's, its iat is within SESSION_SKEW of now and
 * its jti was not taken before. Else BW_ERR_DENIED and the answer is filled
 * in: 401 (with the server's Date, as all answers), or what http_failure says.
 * A revoked device is let through: look at its state.
 */
BW_MUST_USE bw_err session_device(struct call *c, struct store_device *out);

#endif
