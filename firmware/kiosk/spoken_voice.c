// SPDX-License-Identifier: Apache-2.0
/* Whose voice says a name. */
#include "kiosk/spoken.h"

#include <ctype.h>
#include <string.h>

enum script { OTHER, LATIN, HAN, KANA, ARABIC, DEVANAGARI };

/* Of the character at s, which is UTF-8; its bytes. */
static enum script
script_at(const unsigned char *s, size_t *len)
{
	unsigned c = s[0];

	*len = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	for (size_t i = 1; i < *len; i++)
		if (s[i] == '\0')
			*len = i;
	if (*len == 1)
		return isalpha((int)c) ? LATIN : OTHER;
	if (*len == 2)
		c = (c & 0x1f) << 6 | (s[1] & 0x3f);
	else if (*len == 3)
		c = (c & 0x0f) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3f);
	else
		return OTHER;
	if (c >= 0xc0 && c <= 0x24f)
		return LATIN;
	if (c >= 0x600 && c <= 0x6ff)
		return ARABIC;
	if (c >= 0x900 && c <= 0x97f)
		return DEVANAGARI;
	if (c >= 0x3040 && c <= 0x30ff)
		return KANA;
	return c >= 0x4e00 && c <= 0x9fff ? HAN : OTHER;
}

/* Of the first letter; but one kana makes a name Japanese. */
static enum script
script_of(const char *name)
{
	const unsigned char *s = (const unsigned char *)name;
	enum script first = OTHER;
	size_t len;

	for (; *s != '\0'; s += len) {
		enum script here = script_at(s, &len);

		if (here == KANA)
			return KANA;
		if (first == OTHER)
			first = here;
	}
	return first;
}

/* The language of a Latin name from there; English where it is none that the
 * screen has. */
static const char *
latin_of(const char *country)
{
	static const char *const of[][2] = {
		{ "AT", "de" }, { "DE", "de" }, { "LI", "de" },
		{ "FR", "fr" }, { "LU", "fr" }, { "MC", "fr" },
		{ "AR", "es" }, { "CL", "es" }, { "CO", "es" },
		{ "ES", "es" }, { "MX", "es" }, { "PE", "es" },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (strcmp(of[i][0], country) == 0)
			return of[i][1];
	return "en";
}

static bool
is(const char *lang, const char *tag)
{
	size_t n = strcspn(lang, "-");

	return strlen(tag) == n && strncmp(lang, tag, n) == 0;
}

const char *
spoken_voice(const char *name, const char *country, const char *lang)
{
	const char *voice = NULL;

	switch (script_of(name)) {
	case LATIN:
		voice = latin_of(country);
		break;
	case HAN:
		/* Who reads one of them reads the other's, in a way. */
		if (!is(lang, "ja") && !is(lang, "zh"))
			voice = strcmp(country, "JP") == 0 ? "ja" : "cmn";
		break;
	case KANA:
		voice = "ja";
		break;
	case ARABIC:
		voice = is(lang, "fa") || is(lang, "ur") ? NULL : "ar";
		break;
	case DEVANAGARI:
		voice = "hi";
		break;
	case OTHER:
		break;
	}
	return voice != NULL && is(lang, voice) ? NULL : voice;
}
