/* SPDX-License-Identifier: Apache-2.0 */
/* enter.h - logging in: invitation, password, second factor; and out. */
#ifndef HOST_PORTAL_ENTER_H
#define HOST_PORTAL_ENTER_H

#include "host/portal/layout.h"

void enter_start(struct call *c);
void enter_ask(struct call *c);
void enter_password(struct call *c);
void enter_ask_second(struct call *c);
void enter_second(struct call *c);
void enter_ask_enrol(struct call *c);
void enter_enrol(struct call *c);
void enter_log_out(struct call *c);
void enter_invited(struct call *c);
void enter_accept(struct call *c);

/* Ask the gate; false: the page that says how long to wait is the answer. */
bool enter_gate(struct call *c, enum gate_kind kind, const char *mail);
/* The cookie of a login that has just begun or gone a step; the page that failed
 * is the answer when false. */
bool enter_cookie(struct call *c, bw_err r, char id[static LOGIN_ID_SIZE]);

#endif
