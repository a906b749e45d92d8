// SPDX-License-Identifier: Apache-2.0
#include "host/fault.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define WORD_MAX 48

void
fault_set(struct fault *f, size_t line, const char *fmt, ...)
{
	va_list ap;

	if (f->text[0] != 0)
		return;
	f->line = line;
	va_start(ap, fmt);
	vsnprintf(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
}

static bool
is_before(const struct fault *a, const struct fault *b)
{
	/* Line 0, the whole, behind all. */
	return a->line - 1 < b->line - 1;
}

void
fault_add(struct fault_list *l, size_t line, const char *fmt, ...)
{
	struct fault f = { .line = line };
	size_t at = 0;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f.text, sizeof(f.text), fmt, ap);
	va_end(ap);
	for (; at < l->n && !is_before(&f, &l->one[at]); at++)
		if (l->one[at].line == line &&
		    strcmp(l->one[at].text, f.text) == 0)
			return;
	if (l->n == FAULT_LIST_MAX)
		l->more++;
	else
		l->n++;
	if (at == FAULT_LIST_MAX)
		return;
	memmove(&l->one[at + 1], &l->one[at],
	    (l->n - at - 1) * sizeof(l->one[0]));
	l->one[at] = f;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool
same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Edits (insert, delete, change, swap of neighbours) from a to b. */
static size_t
distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t d[3][WORD_MAX + 1];

	for (size_t j = 0; j <= nb; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *now = d[i % 3], *last = d[(i + 2) % 3];

		now[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			now[j] = least(last[j - 1] +
			    !same(a[i - 1], b[j - 1]),
			    least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
			    same(a[i - 2], b[j - 1]))
				now[j] = least(now[j],
				    d[(i + 1) % 3][j - 2] + 1);
		}
	}
	return d[na % 3][nb];
}

const char *
fault_nearest(const char *word, const char *const *list, size_t n)
{
	size_t len = strlen(word), best = len / 3 + 1;
	const char *found = NULL;

	if (len == 0 || len > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t l = strlen(list[i]), d;

		if (l > WORD_MAX)
			continue;
		d = distance(word, len, list[i], l);
		/* As many edits as letters would be no likeness at all. */
		if (d < len && (d < best || (d == best && found == NULL))) {
			best = d;
			found = list[i];
		}
	}
	return found;
}
