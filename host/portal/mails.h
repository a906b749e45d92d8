/* SPDX-License-Identifier: Apache-2.0 */
/* mails.h - the page Mail, and what other pages say about mail. */
#ifndef HOST_PORTAL_MAILS_H
#define HOST_PORTAL_MAILS_H

#include "host/portal/layout.h"
#include "host/store_mail.h"

void mails_list(struct call *c);
void mails_retry(struct call *c);
void mails_retry_all(struct call *c);
/* What was answered last, in the reader's language, or its number. */
void mails_answer(struct page *p, unsigned answer);
/* What became of a letter: "sent", "not sent yet", "told nobody" and why. */
void mails_became(struct page *p, const struct mail_row *m);
/* A note when mail to this registration fails. */
void mails_sign(struct page *p, struct call *c, uint64_t registration);

#endif
