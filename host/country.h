/* SPDX-License-Identifier: Apache-2.0 */
/*
 * country.h - countries by their ISO 3166-1 alpha-2 code, as people call them.
 */
#ifndef HOST_COUNTRY_H
#define HOST_COUNTRY_H

#include <stddef.h>

#include "base/err.h"

#define COUNTRY_NAME_MAX 120	/* bytes of UTF-8, a zero included */

/* "DE" in "de" is "Deutschland". BW_ERR_NOTFOUND when no country has this code
 * (upper case) or it has no name in this language. */
BW_MUST_USE bw_err country_name(const char *code, const char *lang,
    char out[static COUNTRY_NAME_MAX]);

#endif
