/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol_mail.h - the messages of enrolment, as files that the uplink carries.
 */
#ifndef KIOSK_ENROL_MAIL_H
#define KIOSK_ENROL_MAIL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "kiosk/place.h"
#include "record/crypto.h"
#include "record/enrol.h"
#include "record/reach.h"

/* An answer of the host. */
struct enrol_reply {
	int status;		/* HTTP */
	char error[400];	/* its sentence, fit to print; "" when none */
	struct bw_buf body;	/* JSON; owned: bw_buf_free */
};

/* Put enrol-ID-get.json, enrol-ID-post.json into the outbox. */
BW_MUST_USE bw_err enrol_mail_get(const struct place *p, const char *base,
    const char *id);
BW_MUST_USE bw_err enrol_mail_post(const struct place *p, const char *base,
    const char *device, const struct enrol_post *post);

/* The POST is in the outbox still, or its answer in the inbox. */
bool enrol_mail_is_on_its_way(const struct place *p, const char *id);

/* Read enrol-ID-<what>.json ("offer", "answer") in the inbox. BW_ERR_NOTFOUND
 * while it is not there; BW_ERR_FORMAT when it is no answer. */
BW_MUST_USE bw_err enrol_mail_read(const struct place *p, const char *id,
    const char *what, struct enrol_reply *out);
/* Likewise identity.spki. */
BW_MUST_USE bw_err enrol_mail_identity(const struct place *p,
    uint8_t spki[static CRYPTO_SPKI]);

/* Why the uplink could not reach the host, by its last word. */
enum reach enrol_mail_reach(const struct place *p);

/* Remove every message of this enrolment, in both folders. */
BW_MUST_USE bw_err enrol_mail_clear(const struct place *p, const char *id);
/* What the uplink last said of a device that was revoked is not about this one:
 * with its new key it says that no more. */
BW_MUST_USE bw_err enrol_mail_not_revoked(const struct place *p);
/* Remove the answer alone, so that a new one can be waited for. */
BW_MUST_USE bw_err enrol_mail_forget(const struct place *p, const char *id,
    const char *what);

#endif
