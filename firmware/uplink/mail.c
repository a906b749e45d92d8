// SPDX-License-Identifier: Apache-2.0
#include "uplink/mail.h"

#include <string.h>

#include "base/text.h"

#define DIGITS 10

/* Exactly ten digits. */
static bool
ten_digits(const char *s, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < DIGITS; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*out = *out * 10 + (uint64_t)(s[i] - '0');
	}
	return true;
}

static bool
is_log(const char *name, struct mail *out)
{
	return strlen(name) == 4 + DIGITS + 1 + DIGITS + 5 &&
	    strncmp(name, "log-", 4) == 0 &&
	    ten_digits(name + 4, &out->from) && name[4 + DIGITS] == '-' &&
	    ten_digits(name + 5 + DIGITS, &out->to) &&
	    strcmp(name + 5 + 2 * DIGITS, ".cbor") == 0 &&
	    out->from < out->to;
}

static bool
is_enrol(const char *name, const char *tail, struct mail *out)
{
	uint8_t raw[(ENROL_ID_HEX - 1) / 2];

	if (strlen(name) != 6 + ENROL_ID_HEX - 1 + strlen(tail) ||
	    strncmp(name, "enrol-", 6) != 0 ||
	    strcmp(name + 6 + ENROL_ID_HEX - 1, tail) != 0)
		return false;
	memcpy(out->id, name + 6, ENROL_ID_HEX - 1);
	out->id[ENROL_ID_HEX - 1] = 0;
	return text_unhex(out->id, raw, sizeof(raw)) == BW_OK;
}

void
mail_parse(const char *name, struct mail *out)
{
	enum mail_kind kind = MAIL_OTHER;

	memset(out, 0, sizeof(*out));
	if (is_log(name, out))
		kind = MAIL_LOG;
	else if (is_enrol(name, "-get.json", out))
		kind = MAIL_ENROL_GET;
	else if (is_enrol(name, "-post.json", out))
		kind = MAIL_ENROL_POST;
	if (kind == MAIL_OTHER)
		memset(out, 0, sizeof(*out));
	out->kind = kind;
}
