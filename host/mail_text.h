/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail_text.h - a queued mail becomes one that can be sent: address and text,
 * from the store as it is now.
 */
#ifndef HOST_MAIL_TEXT_H
#define HOST_MAIL_TEXT_H

#include "host/hostdir.h"
#include "host/mailconf.h"
#include "host/store_mail.h"

#define MAIL_LINK_MAX (ENROL_BASE_MAX + 64)	/* an address with a code */

struct mail_text {
	char to[MAIL_ADDRESS_MAX + 1];	/* mail_address_take */
	struct bw_buf subject, body;
	char unsubscribe[MAIL_LINK_MAX];	/* "": none */
};
/* Make it; its codes are made with it (store_link.h), so this writes, in the
 * caller's transaction. BW_ERR_NOTFOUND: nothing is left to be told, or nobody
 * to tell it. BW_ERR_DENIED: there is no address that mail can go to. Free it
 * in any case. */
BW_MUST_USE bw_err mail_text_make(struct store *s,
    const struct hostdir_config *event, const struct mailconf *conf,
    const struct mail_row *row, int64_t now, struct mail_text *out);
void mail_text_free(struct mail_text *t);

#endif
