/* SPDX-License-Identifier: Apache-2.0 */
/* mailer.h - sends what is due in the queue of mails (store_mail.h). */
#ifndef HOST_MAILER_H
#define HOST_MAILER_H

#include <stdbool.h>

#include "base/err.h"

struct mailer;

/* Open DIR, whose lock is held until mailer_close: BW_ERR_BUSY when another
 * sends. What one that died has left is due again. *why is a sentence part
 * (static). seconds: for one mail. */
BW_MUST_USE bw_err mailer_open(struct mailer **out, const char *dir,
    unsigned seconds, const char **why);
void mailer_close(struct mailer **m);

/* The daily mail, when it is time for it or `now` is set. */
BW_MUST_USE bw_err mailer_daily(struct mailer *m, bool now);
/* Send what is due, until nothing is or *stop. *down: the server takes no mail;
 * what is due stays so. */
BW_MUST_USE bw_err mailer_send(struct mailer *m, const volatile bool *stop,
    bool *down);
/* One mail to an address, past the queue and its lock, so beside one who sends;
 * says on standard output that it was sent. False: it was logged why not. */
bool mailer_test(const char *dir, unsigned seconds, const char *to);

#endif
