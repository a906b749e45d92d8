/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail_id.h - the Message-ID of a mail in the queue: <event.mail.token@domain>.
 *
 * A bounce that comes later as a mail of its own names it. The token is an HMAC
 * under DIR/mail.key, which signs nothing else, so that only who had the mail
 * (or its bounce) can say so. It is the same each time the mail is tried, and
 * another when staff try again what failed.
 */
#ifndef HOST_MAIL_ID_H
#define HOST_MAIL_ID_H

#include "base/err.h"
#include "host/store_mail.h"
#include "record/crypto.h"

#define MAIL_TOKEN 16		/* bytes; 26 characters of base32 */
#define MAIL_ID_MAX 96		/* its zero included */

/* Read DIR/mail.key. BW_ERR_NOTFOUND: there is none; BW_ERR_FORMAT: it is
 * damaged. mail_key_make makes it then, in the first case. Wipe it. */
BW_MUST_USE bw_err mail_key_read(const char *dir,
    uint8_t key[static CRYPTO_KEY]);
BW_MUST_USE bw_err mail_key_make(const char *dir,
    uint8_t key[static CRYPTO_KEY]);

BW_MUST_USE bw_err mail_id_token(const uint8_t key[static CRYPTO_KEY],
    const struct mail_row *row, uint8_t out[static MAIL_TOKEN]);
/* What stands before the @. */
BW_MUST_USE bw_err mail_id_format(const uint8_t key[static CRYPTO_KEY],
    const char *event, const struct mail_row *row,
    char out[static MAIL_ID_MAX]);
/* From text as anybody may have sent it, with or without <>. False: none of
 * this form, and the outputs are zero. */
bool mail_id_parse(const char *text, uint64_t *mail,
    uint8_t token[static MAIL_TOKEN]);

#endif
