/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_daily.h - /my/shares/ and /my/stop/: what a link in the daily mail leads
 * to.
 *
 * The code of /my/shares/ stands behind the "#" and comes in the body of a
 * POST, as at /r/ (page_receipt.h). Pages show which fields went to whom, never
 * a value.
 */
#ifndef HOST_PAGE_DAILY_H
#define HOST_PAGE_DAILY_H

#include "host/host.h"

#define DAILY_FORM_MAX 8192	/* bytes of a form */

/* GET: the box for the code; a script takes it from behind the "#". */
void daily_ask(struct call *c);
/* POST code[, act, share]: the mail's shares. With act "withdraw" the share
 * named NAME-SEQ is withdrawn; with "notme-sure" too, a case is opened, and what
 * the device recorded beside it is held (not_me.h), which "notme" asks first. */
void daily_show(struct call *c);

/* GET asks, POST does it, without a form too (RFC 8058): no daily mails any
 * more for whose code the path ends with. */
void daily_stop_ask(struct call *c);
void daily_stop_now(struct call *c);

#endif
