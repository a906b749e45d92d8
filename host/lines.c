// SPDX-License-Identifier: Apache-2.0
#include "host/lines.h"

#include <string.h>

#include "base/text.h"

/* The bytes of the line end that stands here; 0: none. */
static size_t
line_end(const unsigned char *s)
{
	if (s[0] == '\r')
		return s[1] == '\n' ? 2 : 1;
	if (s[0] == '\n')
		return 1;
	if (s[0] == 0xc2 && s[1] == 0x85)
		return 2;
	return s[0] == 0xe2 && s[1] == 0x80 && (s[2] == 0xa8 ||
	    s[2] == 0xa9) ? 3 : 0;
}

/* The same of what is left out: control characters, and embeddings, overrides
 * and isolates, which reorder what stands behind them. */
static size_t
left_out(const unsigned char *s)
{
	if (s[0] < 0x20 || s[0] == 0x7f)
		return 1;
	if (s[0] == 0xc2 && s[1] >= 0x80 && s[1] <= 0x9f)
		return 2;
	return s[0] == 0xe2 && ((s[1] == 0x80 && s[2] >= 0xaa &&
	    s[2] <= 0xae) || (s[1] == 0x81 && s[2] >= 0xa6 &&
	    s[2] <= 0xa9)) ? 3 : 0;
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
		const unsigned char *c = (const unsigned char *)at;

		if ((n = line_end(c)) != 0)
			ends++;
		else if (*at == ' ' || *at == '\t') {
			blank = true;
			n = 1;
		} else if ((n = left_out(c)) == 0) {
			to += apart(s + to, to == 0 ? 0 : ends, to != 0 &&
			    blank);
			ends = 0;
			blank = false;
			s[to++] = *at;
			n = 1;
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
