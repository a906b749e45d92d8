// SPDX-License-Identifier: Apache-2.0
#include "host/fold.h"

#include <pthread.h>
#include <stdbool.h>
#include <unicode/ucasemap.h>

static UCaseMap *map;		/* NULL: no memory for it */

static void
make_map(void)
{
	UErrorCode status = U_ZERO_ERROR;

	map = ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
	if (U_FAILURE(status))
		map = NULL;
}

/* Most of what is searched is: no library is needed for it. */
static bool
fold_ascii(const char *s, char *out, size_t size)
{
	size_t n = 0;

	for (; (unsigned char)s[n] - 1u < 0x7f && n + 1 < size; n++)
		out[n] = (char)(s[n] >= 'A' && s[n] <= 'Z' ? s[n] + 32 :
		    s[n]);
	out[n] = 0;
	return s[n] == 0 || n + 1 >= size;
}

typedef int32_t (*change)(const UCaseMap *, char *, int32_t, const char *,
    int32_t, UErrorCode *);

static void
apply(change how, const char *s, char *out, size_t size)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0;

	if (fold_ascii(s, out, size))
		return;
	pthread_once(&once, make_map);
	if (map != NULL)
		n = how(map, out, (int32_t)size - 1, s, -1, &status);
	if (n < 0 || U_FAILURE(status))
		n = status == U_BUFFER_OVERFLOW_ERROR ? (int32_t)size - 1 : 0;
	out[n < (int32_t)size ? n : (int32_t)size - 1] = 0;
}

void
fold(const char *s, char *out, size_t size)
{
	apply(ucasemap_utf8FoldCase, s, out, size);
}

void
fold_lower(const char *s, char *out, size_t size)
{
	apply(ucasemap_utf8ToLower, s, out, size);
}
