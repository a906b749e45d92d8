// SPDX-License-Identifier: Apache-2.0
#include "record/mail.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define DIGITS 10
#define NUMBERS UINT64_C(10000000000)
#define ID_LEN (ENROL_ID_HEX - 1)

/* What a name is made of: how it begins, what follows, how it ends. */
static const struct form {
	enum mail_kind kind;
	const char *head;
	enum { PLAIN, ID, NUMBER, RANGE } middle;
	const char *tail;
} forms[] = {
	{ MAIL_ENROL_GET, "enrol-", ID, "-get.json" },
	{ MAIL_ENROL_POST, "enrol-", ID, "-post.json" },
	{ MAIL_LOG, "log-", RANGE, ".cbor" },
	{ MAIL_STATUS, "status.json", PLAIN, "" },
	{ MAIL_IDENTITY, "identity.spki", PLAIN, "" },
	{ MAIL_OFFER, "enrol-", ID, "-offer.json" },
	{ MAIL_ANSWER, "enrol-", ID, "-answer.json" },
	{ MAIL_POLICY, "policy.jws", PLAIN, "" },
	{ MAIL_NOTE, "note-", NUMBER, ".txt" },
	{ MAIL_RESEND, "resend-", NUMBER, "" },
	{ MAIL_REVOKED, "revoked", PLAIN, "" },
	{ MAIL_UPLINK, "uplink.json", PLAIN, "" },
};
#define FORMS (sizeof(forms) / sizeof(forms[0]))

/* Exactly ten digits; where they end, or NULL. */
static const char *
take_number(const char *s, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < DIGITS; i++) {
		if (s[i] < '0' || s[i] > '9')
			return NULL;
		*out = *out * 10 + (uint64_t)(s[i] - '0');
	}
	return s + DIGITS;
}

static const char *
take_id(const char *s, char id[static ENROL_ID_HEX])
{
	uint8_t raw[ID_LEN / 2];

	if (strlen(s) < ID_LEN)
		return NULL;
	memcpy(id, s, ID_LEN);
	id[ID_LEN] = '\0';
	return text_unhex(id, raw, sizeof(raw)) == BW_OK ? s + ID_LEN : NULL;
}

static const char *
take_range(const char *s, struct mail *m)
{
	if ((s = take_number(s, &m->from)) == NULL || *s != '-' ||
	    (s = take_number(s + 1, &m->to)) == NULL || m->from >= m->to)
		return NULL;
	return s;
}

static bool
fits(const char *name, const struct form *f, struct mail *m)
{
	const char *s;

	memset(m, 0, sizeof(*m));
	if (strncmp(name, f->head, strlen(f->head)) != 0)
		return false;
	s = name + strlen(f->head);
	if (f->middle == ID)
		s = take_id(s, m->id);
	else if (f->middle == NUMBER)
		s = take_number(s, &m->number);
	else if (f->middle == RANGE)
		s = take_range(s, m);
	m->kind = f->kind;
	return s != NULL && strcmp(s, f->tail) == 0;
}

void
mail_parse(const char *name, struct mail *out)
{
	for (size_t i = 0; i < FORMS; i++)
		if (fits(name, &forms[i], out))
			return;
	memset(out, 0, sizeof(*out));
}

static void
fill(const struct form *f, const struct mail *m, char *out)
{
	const unsigned long long number = m->number % NUMBERS;
	const unsigned long long from = m->from % NUMBERS;
	const unsigned long long to = m->to % NUMBERS;

	switch (f->middle) {
	case PLAIN:
		snprintf(out, MAIL_NAME_MAX, "%s", f->head);
		return;
	case ID:
		snprintf(out, MAIL_NAME_MAX, "%s%s%s", f->head, m->id,
		    f->tail);
		return;
	case NUMBER:
		snprintf(out, MAIL_NAME_MAX, "%s%010llu%s", f->head, number,
		    f->tail);
		return;
	case RANGE:
		snprintf(out, MAIL_NAME_MAX, "%s%010llu-%010llu%s", f->head,
		    from, to, f->tail);
		return;
	}
}

void
mail_name(const struct mail *m, char out[static MAIL_NAME_MAX])
{
	out[0] = '\0';
	for (size_t i = 0; i < FORMS; i++)
		if (forms[i].kind == m->kind)
			fill(&forms[i], m, out);
}
