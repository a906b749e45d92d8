// SPDX-License-Identifier: Apache-2.0
#include "host/fault.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

#include "host/clean.h"

#define WORD_MAX 48

/* Words of somebody's file go to terminals: what would steer one, reorders a line
 * or is half a character is a question mark. */
static void
tame(char *s)
{
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)s;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (; *in != 0; in += n) {
		if ((n = utf8proc_iterate(in, -1, &c)) > 0 &&
		    !clean_refuses(c)) {
			memmove(s, in, (size_t)n);
			s += n;
			continue;
		}
		n = n > 0 ? n : 1;
		*s++ = '?';
	}
	*s = 0;
}

/* A conversion: where it ends, its sign, and whether it counts in size_t. */
struct conversion {
	const char *end;
	char sign;
	bool size, width;	/* z; .* */
	int most;		/* .40; -1: all */
};

/* s is behind the "%". */
static struct conversion
conversion(const char *s)
{
	struct conversion c = { .most = -1 };

	if (*s == '.') {
		c.width = *++s == '*';
		s += c.width;
		for (c.most = 0; isdigit((unsigned char)*s); s++)
			c.most = c.most * 10 + (*s - '0');
	}
	c.size = *s == 'z';
	s += c.size;
	c.sign = *s;
	c.end = *s != 0 ? s + 1 : s;
	return c;
}

/* One value as text. false: it is of a kind that is not known here. */
static bool
value(const struct conversion *c, va_list ap, char out[static FAULT_TEXT])
{
	int most = c->width ? va_arg(ap, int) : c->most;

	switch (c->sign) {
	case 's':
		if (most < 0 || most >= FAULT_TEXT)
			most = FAULT_TEXT - 1;
		snprintf(out, FAULT_TEXT, "%.*s", most,
		    va_arg(ap, const char *));
		tame(out);
		return true;
	case 'c':
		snprintf(out, FAULT_TEXT, "%c", va_arg(ap, int));
		tame(out);
		return true;
	case 'd':
		snprintf(out, FAULT_TEXT, "%d", va_arg(ap, int));
		return true;
	case 'u':
		if (c->size)
			snprintf(out, FAULT_TEXT, "%zu", va_arg(ap, size_t));
		else
			snprintf(out, FAULT_TEXT, "%u", va_arg(ap, unsigned));
		return true;
	default:
		return false;
	}
}

/* Keep the sentence and its values, if all of them can be. */
static void
keep(struct fault *f, const char *fmt, va_list ap)
{
	char one[FAULT_TEXT];
	size_t at = 0, n;

	f->sentence = NULL;
	for (const char *s = fmt; (s = strchr(s, '%')) != NULL;) {
		struct conversion c = conversion(s + 1);

		s = c.end;
		if (c.sign == '%')
			continue;
		if (!value(&c, ap, one) ||
		    (n = strlen(one) + 1) > sizeof(f->arg) - at)
			return;
		memcpy(f->arg + at, one, n);
		at += n;
	}
	f->sentence = fmt;
}

static void
put(char out[static FAULT_TEXT], size_t *at, const char *s, size_t n)
{
	if (n > FAULT_TEXT - 1 - *at)
		n = FAULT_TEXT - 1 - *at;
	memcpy(out + *at, s, n);
	*at += n;
	out[*at] = 0;
}

void
fault_say(const struct fault *f,
    const char *(*find)(const char *lang, const char *sentence),
    const char *lang, char out[static FAULT_TEXT])
{
	const char *s = f->sentence != NULL ? find(lang, f->sentence) : NULL;
	const char *arg = f->arg, *a, *next;
	size_t at = 0;

	out[0] = 0;
	if (s == NULL) {
		snprintf(out, FAULT_TEXT, "%s", f->text);
		return;
	}
	for (; (next = strchr(s, '%')) != NULL;) {
		struct conversion c = conversion(next + 1);

		put(out, &at, s, (size_t)(next - s));
		s = c.end;
		if (c.sign == '%') {
			put(out, &at, "%", 1);
			continue;
		}
		/* One word is a name: a part has blanks. */
		a = strchr(arg, ' ') != NULL ? find(lang, arg) : arg;
		put(out, &at, a, strlen(a));
		arg += strlen(arg) + 1;
	}
	put(out, &at, s, strlen(s));
}

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
	tame(f->text);
	va_start(ap, fmt);
	keep(f, fmt, ap);
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
	tame(f.text);
	va_start(ap, fmt);
	keep(&f, fmt, ap);
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
