// SPDX-License-Identifier: Apache-2.0
#include "host/country.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <unicode/uloc.h>
#include <unicode/ustring.h>

static bool
is_country(const char *code)
{
	for (const char *const *c = uloc_getISOCountries(); *c != NULL; c++)
		if (strcmp(*c, code) == 0)
			return true;
	return false;
}

bw_err
country_name(const char *code, const char *lang,
    char out[static COUNTRY_NAME_MAX])
{
	UErrorCode status = U_ZERO_ERROR;
	UChar name[COUNTRY_NAME_MAX];
	char locale[8];

	out[0] = 0;
	if (!is_country(code))
		return BW_ERR_NOTFOUND;
	snprintf(locale, sizeof(locale), "und_%s", code);
	(void)uloc_getDisplayCountry(locale, lang, name, COUNTRY_NAME_MAX,
	    &status);
	/* U_USING_DEFAULT_WARNING: the code itself, for want of a name. */
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING ||
	    status == U_USING_DEFAULT_WARNING)
		return BW_ERR_NOTFOUND;
	(void)u_strToUTF8(out, COUNTRY_NAME_MAX, NULL, name, -1, &status);
	if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING) {
		out[0] = 0;
		return BW_ERR_NOTFOUND;
	}
	return BW_OK;
}
