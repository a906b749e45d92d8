/* SPDX-License-Identifier: Apache-2.0 */
/* second.h - setting up a second factor, while logging in and later. */
#ifndef HOST_PORTAL_SECOND_H
#define HOST_PORTAL_SECOND_H

#include "host/portal/layout.h"

/* Make a secret and show the page with it, whose form posts to action. */
void second_begin(struct call *c, const char *action);
/* The page with the secret that was begun, while logging in; the error stands
 * beside the code's field, or is NULL. */
void second_ask(struct call *c, const char *action, const char *error);
/* What was posted: in force, and the recovery codes are shown, or asked again;
 * the secret is shown again only while logging in, when the password was given
 * a moment ago. */
void second_take(struct call *c, const char *action);
/* A page with recovery codes, once. Wipes them. */
void second_show_recovery(struct call *c,
    char recovery[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE]);

/* Text as a QR code in SVG. label: what it is, English. */
void qr_put(struct page *p, const char *label, const char *text);

#endif
