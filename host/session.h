/* SPDX-License-Identifier: Apache-2.0 */
/*
 * session.h - who sends this request: a device, by the token it signed.
 */
#ifndef HOST_SESSION_H
#define HOST_SESSION_H

#include "host/host.h"
#include "host/store_device.h"

#define SESSION_SKEW 300	/* seconds that iat may be off */

/*
 * Before the body is read: the token's signature is that of a device, method
 * and path with query are the request's, its iat is within SESSION_SKEW of now
 * and its jti was not taken before; now it is. in (c->in) learns the device
 * and the hash of the body to come. Else BW_ERR_DENIED and the answer is
 * filled in: 401 (with the server's Date, as all answers), or what
 * http_failure says.
 */
BW_MUST_USE bw_err session_admit(struct call *c, struct http_request *in);

/*
 * The device of an admitted request, as it is now, once the body has shown to
 * be the one that was signed; errors as above. A revoked device is let
 * through: look at its state.
 */
BW_MUST_USE bw_err session_device(struct call *c, struct store_device *out);

#endif
