// SPDX-License-Identifier: Apache-2.0
#include "host/mail_address.h"

#include <ctype.h>
#include <idn2.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "host/fold.h"

#define LOCAL_MAX 64

static bool
is_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

static bool
local_ok(const char *s, size_t len)
{
	if (len == 0 || len > LOCAL_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) &&
		    (unsigned char)s[i] < 0x80 &&
		    strchr("!#$%&'*+-/=?^_`{|}~.", s[i]) == NULL)
			return false;
	return true;
}

static bool
domain_ok(const char *s)
{
	size_t len = strlen(s);

	if (len == 0 || *s == '.' || s[len - 1] == '.' ||
	    strstr(s, "..") != NULL)
		return false;
	for (; *s != 0; s++)
		if (!isalnum((unsigned char)*s) && *s != '-' && *s != '.')
			return false;
	return true;
}

bool
mail_address_ok(const char *s)
{
	size_t len = strlen(s), local = strcspn(s, "@");

	return len <= MAIL_ADDRESS_MAX && local < len && is_ascii(s, len) &&
	    local_ok(s, local) && domain_ok(s + local + 1);
}

bw_err
mail_address_take(const char *given, char out[static MAIL_ADDRESS_MAX + 1],
    bool *utf8)
{
	size_t len = strlen(given), local = strcspn(given, "@");
	const char *domain = given + local + 1;
	uint8_t *ascii = NULL;
	bw_err r = BW_ERR_ARG;

	out[0] = 0;
	*utf8 = !is_ascii(given, local);
	if (len > MAIL_ADDRESS_MAX || local == len ||
	    !text_is_plain(given, len) || !local_ok(given, local))
		return r;
	if (!is_ascii(domain, strlen(domain))) {
		if (idn2_lookup_u8((const uint8_t *)domain, &ascii,
		    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
			return r;
		domain = (const char *)ascii;
	}
	/* What letters are mapped to may be more than letters. */
	if (domain_ok(domain) && snprintf(out, MAIL_ADDRESS_MAX + 1,
	    "%.*s@%s", (int)local, given, domain) <= MAIL_ADDRESS_MAX)
		r = BW_OK;
	else
		out[0] = 0;
	idn2_free(ascii);
	return r;
}

void
mail_address_fold(const char *given, char *out, size_t size)
{
	char ascii[MAIL_ADDRESS_MAX + 1];
	bool utf8;

	fold(mail_address_take(given, ascii, &utf8) == BW_OK ? ascii : given,
	    out, size);
	explicit_bzero(ascii, sizeof(ascii));
}
