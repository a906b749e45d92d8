// SPDX-License-Identifier: Apache-2.0
#include "host/search.h"

#include <string.h>
#include <utf8proc.h>

#define PARTS_MAX 32		/* of one letter */

/* Letters that Unicode takes for letters of their own, as they are typed where
 * no key has them; by number. */
static const struct alike {
	utf8proc_int32_t letter;
	const char *typed;
} alikes[] = { { 0xe6, "ae" }, { 0xf0, "d" }, { 0xf8, "o" }, { 0xfe, "th" },
	{ 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" }, { 0x138, "k" },
	{ 0x142, "l" }, { 0x14b, "n" }, { 0x153, "oe" }, { 0x167, "t" },
	{ 0x180, "b" }, { 0x192, "f" }, { 0x197, "i" }, { 0x19a, "l" },
	{ 0x1b6, "z" }, { 0x1dd, "e" }, { 0x1e5, "g" }, { 0x253, "b" },
	{ 0x254, "o" }, { 0x257, "d" }, { 0x259, "e" }, { 0x25b, "e" },
	{ 0x268, "i" }, { 0x2019, "'" } };

struct out {
	char *at;
	size_t left;			/* with the NUL's */
};

static void
put(struct out *o, const char *s, size_t n)
{
	if (n >= o->left)
		o->left = 1;		/* and no other after it */
	else {
		memcpy(o->at, s, n);
		o->at += n;
		o->left -= n;
	}
}

static bool
is_mark(utf8proc_int32_t c)
{
	return c >= 0x300 && c <= 0x36f;
}

static void
put_part(struct out *o, utf8proc_int32_t c)
{
	utf8proc_uint8_t s[4];

	if (is_mark(c))
		return;
	for (size_t i = 0; i < sizeof(alikes) / sizeof(alikes[0]) &&
	    alikes[i].letter <= c; i++)
		if (alikes[i].letter == c) {
			put(o, alikes[i].typed, strlen(alikes[i].typed));
			return;
		}
	put(o, (const char *)s, (size_t)utf8proc_encode_char(c, s));
}

/* A letter that is not ASCII; the bytes it has. */
static size_t
put_letter(struct out *o, const char *s)
{
	utf8proc_int32_t c, part[PARTS_MAX];
	utf8proc_ssize_t n, len = utf8proc_iterate(
	    (const utf8proc_uint8_t *)s, -1, &c);
	int class = UTF8PROC_BOUNDCLASS_START;

	if (len <= 0) {
		put(o, s, 1);
		return 1;
	}
	n = utf8proc_decompose_char(c, part, PARTS_MAX,
	    (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
	    UTF8PROC_CASEFOLD), &class);
	for (utf8proc_ssize_t i = 0; i < n && n <= PARTS_MAX; i++)
		put_part(o, part[i]);
	return (size_t)len;
}

/* What is written for a letter with two dots. */
static bool
is_pair(const char *s)
{
	return s[1] == 'e' && (s[0] == 'a' || s[0] == 'o' || s[0] == 'u');
}

/* Most is ASCII: that way is short. Whether there is a pair in it. */
static bool
bare(const char *s, char *out, size_t size)
{
	struct out o = { out, size };
	bool pair = false;

	while (*s != 0 && o.left > 1) {
		if (((unsigned char)*s & 0x80) != 0)
			s += put_letter(&o, s);
		else {
			*o.at++ = (char)(*s >= 'A' && *s <= 'Z' ? *s + 32 :
			    *s);
			o.left--;
			s++;
		}
		pair = pair || (o.at - out > 1 && is_pair(o.at - 2));
	}
	*o.at = 0;
	return pair;
}

/* "ae", "oe" and "ue" as "a", "o" and "u", in place: what is written for a
 * letter with two dots, and the letter without them. */
static void
shorten(char *s)
{
	char *to = s;

	while (*s != 0) {
		*to++ = *s;
		s += is_pair(s) ? 2 : 1;
	}
	*to = 0;
}

void
search_take(struct search *s, const char *query)
{
	static const char between[] = " \t\r\n,;";
	char *save = NULL, *w;

	memset(s, 0, sizeof(*s));
	s->pairs = bare(query != NULL ? query : "", s->words,
	    sizeof(s->words));
	memcpy(s->short_words, s->words, sizeof(s->words));
	for (w = strtok_r(s->words, between, &save);
	    w != NULL && s->n < SEARCH_WORDS_MAX;
	    w = strtok_r(NULL, between, &save)) {
		char *is_short = s->short_words + (w - s->words);

		is_short[strlen(w)] = 0;
		shorten(is_short);
		s->word[s->n] = w;
		s->short_word[s->n++] = is_short;
	}
}

void
search_wipe(struct search *s)
{
	explicit_bzero(s, sizeof(*s));
}

void
search_begin(struct search *s)
{
	s->left = (1u << s->n) - 1;
}

static void
look(struct search *s, const char *const *word)
{
	for (size_t i = 0; i < s->n; i++)
		if ((s->left & 1u << i) != 0 &&
		    strstr(s->text, word[i]) != NULL)
			s->left &= ~(1u << i);
}

bool
search_in(struct search *s, const char *text)
{
	bool pair;

	if (s->left == 0 || text[0] == 0)
		return s->left == 0;
	pair = bare(text, s->text, sizeof(s->text));
	look(s, s->word);
	if (s->left != 0 && (pair || s->pairs)) {
		shorten(s->text);
		look(s, s->short_word);
	}
	return s->left == 0;
}

bool
search_is(struct search *s, const char *text)
{
	bare(text, s->text, sizeof(s->text));
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->text, s->word[i]) == 0)
			s->left &= ~(1u << i);
	return s->left == 0;
}
