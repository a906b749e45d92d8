// SPDX-License-Identifier: Apache-2.0
#include "kiosk/isolate.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"

#define STACK_MAX 2		/* marks above and below one letter */

/* The character at s, which is UTF-8, and its bytes. */
static uint32_t
code_of(const char *s, size_t *len)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t c = p[0] < 0xc0 ? p[0] : p[0] < 0xe0 ? p[0] & 0x1fu :
	    p[0] < 0xf0 ? p[0] & 0x0fu : p[0] & 0x07u;

	for (*len = 1; (p[*len] & 0xc0) == 0x80; ++*len)
		c = c << 6 | (p[*len] & 0x3fu);
	return c;
}

static bool
sets_direction(uint32_t c)
{
	return c == 0x61c || c == 0x200e || c == 0x200f ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool
ends_line(uint32_t c)
{
	return c == 0x2028 || c == 0x2029;
}

/* One that is drawn above or below the letter before, and of which a letter
 * of no language has more than two. */
static bool
stacks(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36f) || (c >= 0x1ab0 && c <= 0x1aff) ||
	    (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
	    (c >= 0xfe20 && c <= 0xfe2f);
}

size_t
isolate_mark(const char *s)
{
	size_t len;
	uint32_t c;

	/* Inside of a character there is no mark. */
	if (*s == '\0' || ((unsigned char)*s & 0xc0) == 0x80)
		return 0;
	c = code_of(s, &len);
	return c == 0x200b || sets_direction(c) ? len : 0;
}

const char *
isolate(char *buf, size_t size, const char *mark, const char *value)
{
	size_t n = strlen(mark), room = size - sizeof(I18N_PDI), len;
	int stack = 0;

	snprintf(buf, size, "%s", mark);
	for (; *value != '\0'; value += len) {
		uint32_t c = code_of(value, &len);

		stack = stacks(c) ? stack + 1 : 0;
		if (sets_direction(c) || ends_line(c) || stack > STACK_MAX)
			continue;
		if (n + len > room)
			break;
		memcpy(buf + n, value, len);
		n += len;
	}
	memcpy(buf + n, I18N_PDI, sizeof(I18N_PDI));
	return buf;
}

const char *
isolate_in(char *buf, size_t size, const char *sentence, const char *name)
{
	size_t n = 0, len = strlen(name);
	const char *at;

	while (len > 0 && (at = strstr(sentence, name)) != NULL) {
		size_t before = (size_t)(at - sentence);

		if (n + before + len + 8 + strlen(at + len) >= size)
			break;
		memcpy(buf + n, sentence, before);
		n += before;
		isolate(buf + n, len + 7, I18N_FSI, name);
		n += strlen(buf + n);
		sentence = at + len;
	}
	snprintf(buf + n, size - n, "%s", sentence);
	return buf;
}
