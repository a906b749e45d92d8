// SPDX-License-Identifier: Apache-2.0
#include "host/case_letter.h"

#include <stdio.h>
#include <string.h>

#include "host/mail.h"

enum letter_type
case_letter_type(enum case_type t)
{
	static const enum letter_type types[CASE_TYPES + 1] = {
		[CASE_ACCESS] = LETTER_OF_ACCESS,
		[CASE_CORRECTION] = LETTER_OF_CORRECTION,
		[CASE_ERASURE] = LETTER_OF_ERASURE,
		[CASE_RESTRICTION] = LETTER_OF_RESTRICTION,
		[CASE_OBJECTION] = LETTER_OF_OBJECTION,
		[CASE_TRANSFER] = LETTER_OF_PORTABILITY,
		[CASE_WITHDRAWAL] = LETTER_OF_WITHDRAWAL,
		[CASE_NOT_ME] = LETTER_OF_NOT_ME,
		[CASE_OTHER] = LETTER_OF_OTHER };

	return (unsigned)t <= CASE_TYPES ? types[t] : LETTER_OF_OTHER;
}

bw_err
case_mail_day(struct store *s, uint64_t num, enum letter_kind kind,
    int64_t day, int64_t now)
{
	struct mail m = { .kind = MAIL_LETTER, .letter = kind, .num = num,
		.day = day };
	struct case_file c;
	bw_err r = case_get(s, num, &c);

	m.registration = c.registration;
	memcpy(m.language, c.language, sizeof(m.language));
	if (day == 0)
		m.day = c.due;
	explicit_bzero(&c, sizeof(c));
	return r != BW_OK || m.registration == 0 ? r : mail_queue(s, &m, now);
}

bw_err
case_mail(struct store *s, uint64_t num, enum letter_kind kind, int64_t now)
{
	return case_mail_day(s, num, kind, 0, now);
}

static const char *
given(const char *s)
{
	return s[0] != 0 ? s : NULL;
}

bw_err
case_letter_fill(struct store *s, uint64_t num, struct case_file *c,
    struct letter *out)
{
	bw_err r = case_get(s, num, c);

	if (r != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	out->number = c->num;
	out->type = case_letter_type(c->type);
	if (out->kind == LETTER_EXTENDED)
		out->reason = given(c->text[CASE_WHY_LONGER]);
	else if (out->kind == LETTER_REFUSED)
		out->reason = given(c->text[CASE_WHY_REFUSED]);
	else if (out->kind == LETTER_DONE || out->kind == LETTER_DROPPED)
		out->reason = given(c->text[CASE_OUTCOME]);
	return BW_OK;
}

bw_err
case_letter(struct store *s, const struct case_file *c,
    enum letter_kind kind, const char *event, const struct mailconf *conf,
    const char *reason, int64_t date, struct bw_buf *subject,
    struct bw_buf *body)
{
	struct letter l = { .kind = kind, .language = c->language,
		.event = event, .type = case_letter_type(c->type),
		.number = c->num, .date = date, .reason = reason,
		.contact = given(conf->contact) };
	struct registration r;
	bw_err e;

	memset(&r, 0, sizeof(r));
	if ((e = case_zone(s, l.zone)) == BW_OK && c->registration != 0)
		e = store_registration_get(s, c->registration, &r);
	l.person = r.values.v[FIELD_NAME];
	if (letter_refuses(kind))
		l.complain = given(conf->complain);
	if (e == BW_OK)
		e = letter_text(&l, subject, body);
	explicit_bzero(&r, sizeof(r));
	return e;
}
