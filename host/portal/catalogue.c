// SPDX-License-Identifier: Apache-2.0
#include "host/portal/catalogue.h"

#include <string.h>

#include "catalogues.h"

#define MAGIC 0x950412deu

static uint32_t
le32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

/* The i-th text of a table, with its zero inside; NULL: out of bounds. */
static const char *
text(const uint8_t *mo, size_t len, size_t table, size_t i)
{
	size_t at = table + i * 8, n, off;

	if (at + 8 > len)
		return NULL;
	n = le32(mo + at);
	off = le32(mo + at + 4);
	if (off >= len || n >= len - off || mo[off + n] != 0)
		return NULL;
	return (const char *)mo + off;
}

const char *
catalogue_in(const uint8_t *mo, size_t len, const char *sentence)
{
	size_t low = 0, high, from, to;

	if (len < 20 || le32(mo) != MAGIC)
		return NULL;
	high = le32(mo + 8);
	from = le32(mo + 12);
	to = le32(mo + 16);
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const char *is = text(mo, len, from, mid);
		int way = is != NULL ? strcmp(sentence, is) : 0;

		if (is == NULL)
			return NULL;
		if (way == 0)
			return text(mo, len, to, mid);
		if (way < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

const char *
catalogue_find(const char *lang, const char *sentence)
{
	const char *found = NULL;

	if (strcmp(lang, "de") == 0)
		found = catalogue_in(de_mo, sizeof(de_mo) - 1, sentence);
	return found != NULL && found[0] != 0 ? found : sentence;
}
