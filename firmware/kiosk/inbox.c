// SPDX-License-Identifier: Apache-2.0
#include "kiosk/inbox.h"

#include <string.h>

#define DIGITS 10
#define ID_LEN (ENROL_ID_HEX - 1)

static bool
take_number(const char *s, const char *rest, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < DIGITS; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(s[i] - '0');
	}
	return strcmp(s + DIGITS, rest) == 0;
}

static enum inbox_kind
enrol_kind(const char *s, char id[static ENROL_ID_HEX])
{
	if (strspn(s, "0123456789abcdef") != ID_LEN)
		return INBOX_OTHER;
	memcpy(id, s, ID_LEN);
	id[ID_LEN] = '\0';
	if (strcmp(s + ID_LEN, "-offer.json") == 0)
		return INBOX_OFFER;
	if (strcmp(s + ID_LEN, "-answer.json") == 0)
		return INBOX_ANSWER;
	return INBOX_OTHER;
}

void
inbox_parse(const char *name, struct inbox_item *out)
{
	memset(out, 0, sizeof(*out));
	if (strcmp(name, "identity.spki") == 0)
		out->kind = INBOX_IDENTITY;
	else if (strcmp(name, "policy.jws") == 0)
		out->kind = INBOX_POLICY;
	else if (strcmp(name, "uplink.json") == 0)
		out->kind = INBOX_UPLINK;
	else if (strncmp(name, "enrol-", 6) == 0)
		out->kind = enrol_kind(name + 6, out->id);
	else if (strncmp(name, "note-", 5) == 0 &&
	    take_number(name + 5, ".txt", &out->number))
		out->kind = INBOX_NOTE;
	else if (strncmp(name, "resend-", 7) == 0 &&
	    take_number(name + 7, "", &out->number))
		out->kind = INBOX_RESEND;
}
