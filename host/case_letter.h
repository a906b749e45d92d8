/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case_letter.h - what the person of a case is told: the mail that goes, and
 * its text to look at before.
 */
#ifndef HOST_CASE_LETTER_H
#define HOST_CASE_LETTER_H

#include "host/case.h"
#include "host/letter.h"
#include "host/mailconf.h"

enum letter_type case_letter_type(enum case_type t);
/* Queue the letter, in the caller's transaction, if the person is known; its
 * day is the case's due date, or for an erasure (LETTER_ERASE_…) `day`. */
BW_MUST_USE bw_err case_mail(struct store *s, uint64_t num,
    enum letter_kind kind, int64_t now);
BW_MUST_USE bw_err case_mail_day(struct store *s, uint64_t num,
    enum letter_kind kind, int64_t day, int64_t now);
/* Type, number and what staff wrote, as the case has them: of a letter whose
 * kind is set. They point into *c, which the caller wipes. A case that is gone
 * leaves the letter as it is. */
BW_MUST_USE bw_err case_letter_fill(struct store *s, uint64_t num,
    struct case_file *c, struct letter *out);
/* Subject and body as they would go, in the case's language, with a text that
 * need not stand in the case yet. date: the day that it names. Wipe both. */
BW_MUST_USE bw_err case_letter(struct store *s, const struct case_file *c,
    enum letter_kind kind, const char *event, const struct mailconf *conf,
    const char *reason, int64_t date, struct bw_buf *subject,
    struct bw_buf *body);

#endif
