// SPDX-License-Identifier: Apache-2.0
#include "record/field.h"

#include <string.h>

#include <utf8proc.h>

#include "base/text.h"

/* A character has at most 4 code points in its canonical decomposition. */
#define POINTS_MAX (FIELD_VALUE_MAX * 4)

static const char *const names[FIELD_COUNT + 1] = {
	NULL, "name", "email", "company", "job_title", "work_phone",
	"location"
};

const char *
field_name(enum field f)
{
	return f >= FIELD_NAME && f <= FIELD_LOCATION ? names[f] : NULL;
}

int
field_from_name(const char *s, size_t len)
{
	for (int f = FIELD_NAME; f <= FIELD_LOCATION; f++)
		if (strlen(names[f]) == len && memcmp(names[f], s, len) == 0)
			return f;
	return 0;
}

/* Are these UTF-8 bytes exactly the given code points? */
static bool
spells(const char *s, size_t len, const utf8proc_int32_t *points, size_t n)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s;
	utf8proc_int32_t cp;
	utf8proc_ssize_t step;
	size_t i;

	for (i = 0; i < n && len > 0; i++) {
		step = utf8proc_iterate(p, (utf8proc_ssize_t)len, &cp);
		if (step <= 0 || cp != points[i])
			return false;
		p += step;
		len -= (size_t)step;
	}
	return i == n && len == 0;
}

/* Without utf8proc_NFC: it would leave copies of the value on the heap. */
static bool
is_nfc(const char *s, size_t len)
{
	const utf8proc_option_t how =
	    (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	utf8proc_int32_t points[POINTS_MAX];
	utf8proc_ssize_t n;
	bool ok = false;

	n = utf8proc_decompose((const utf8proc_uint8_t *)s,
	    (utf8proc_ssize_t)len, points, POINTS_MAX, how);
	if (n > 0 && n <= POINTS_MAX &&
	    (n = utf8proc_normalize_utf32(points, n, how)) > 0)
		ok = spells(s, len, points, (size_t)n);
	explicit_bzero(points, sizeof(points));
	return ok;
}

bool
field_value_ok(const char *s, size_t len)
{
	return len >= 1 && len <= FIELD_VALUE_MAX && text_is_clean(s, len) &&
	    is_nfc(s, len);
}
