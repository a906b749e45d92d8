/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_my.h - /my/, "All that this event has about you": see it, take a copy,
 * correct, withdraw, object, restrict, be erased.
 *
 * Who asks is shown by a link that was mailed to the registration's address. It
 * works once and gives a session of MY_SECONDS: a secret that each form of its
 * pages repeats in the body of its POST. There is no cookie, so no other site
 * can act for somebody: what it would have to send, it does not know. The
 * secret is a LINK_SESSION (store_link.h): it ends with its time, by a button,
 * or with the registration, and a form that is sent again after that does
 * nothing.
 *
 * A receipt's code opens one share at /r/ and nothing here: whoever photographs
 * the booth's screen has it. It only has the link mailed to the registered
 * address.
 */
#ifndef HOST_PAGE_MY_H
#define HOST_PAGE_MY_H

#include "host/host.h"

#define MY_FORM_MAX 8192	/* bytes of a form */
#define MY_SECONDS 1800

/* GET /my/: the boxes for a link, and for an address or a receipt. */
void my_enter(struct call *c);
void my_moved(struct call *c);
/* POST /my/ask mail, or code of a receipt, which mail may hold too: the same
 * answer whether or not it is known, see my_box.h. */
void my_ask(struct call *c);
/* POST /my/ code[, reg][, act ...]: code is a link's, or a session's secret. */
void my_post(struct call *c);
void my_script(struct call *c);

/* For a page of staff's, who give it to the person: the same copy as a file,
 * ZIP, in this language. Not inside a transaction. */
void my_copy_for(struct call *c, uint64_t registration, const char *language);

#endif
