// SPDX-License-Identifier: Apache-2.0
#include "host/fold.h"

#include <unicode/ucasemap.h>

void
fold(const char *s, char *out, size_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	UCaseMap *map = ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
	int32_t n = 0;

	if (U_SUCCESS(status))
		n = ucasemap_utf8FoldCase(map, out, (int32_t)size - 1, s, -1,
		    &status);
	if (n < 0 || U_FAILURE(status))
		n = status == U_BUFFER_OVERFLOW_ERROR ? (int32_t)size - 1 : 0;
	out[n < (int32_t)size ? n : (int32_t)size - 1] = 0;
	ucasemap_close(map);
}
