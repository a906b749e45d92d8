// SPDX-License-Identifier: Apache-2.0
#include "host/lines.h"

#include <string.h>

#include <utf8proc.h>

#include "base/text.h"
#include "host/clean.h"

static bool
is_end(utf8proc_int32_t c)
{
	return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 ||
	    c == 0x2029;
}

/* By what the next character stands apart from the one before it. */
static size_t
apart(char *out, size_t ends, bool blank)
{
	size_t n = ends > 2 ? 2 : ends;

	memset(out, '\n', n);
	if (n == 0 && blank)
		out[n++] = ' ';
	return n;
}

size_t
lines_clean(char *s)
{
	size_t to = 0, ends = 0, n;
	bool blank = false;

	for (const char *at = s; *at != 0; at += n) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len = utf8proc_iterate(
		    (const utf8proc_uint8_t *)at, -1, &c);

		n = len > 0 ? (size_t)len : 1;
		if (is_end(c)) {
			n += c == '\r' && at[1] == '\n';
			ends++;
		} else if (c == ' ' || c == '\t')
			blank = true;
		else if (!clean_refuses(c)) {
			to += apart(s + to, to == 0 ? 0 : ends, to != 0 &&
			    blank);
			ends = 0;
			blank = false;
			memmove(s + to, at, n);
			to += n;
		}
	}
	s[to] = 0;
	return to;
}

bool
lines_ok(const char *s)
{
	for (;; s++) {
		size_t n = strcspn(s, "\n");

		if (!text_is_clean(s, n))
			return false;
		s += n;
		if (*s == 0)
			return true;
	}
}
