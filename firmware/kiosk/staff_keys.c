// SPDX-License-Identifier: Apache-2.0
#include "kiosk/staff_keys.h"

#include <stdint.h>
#include <string.h>

struct keyboard {
	const char *lang;
	const char *letters[STAFF_ROWS];
	const char *symbols[STAFF_ROWS];
};

#define QWERTY { "qwertyuiop", "asdfghjkl'", "zxcvbnm,.-" }
#define DIGITS "1234567890"
#define MARKS ".,?!-/@:'()"

static const struct keyboard keyboards[] = {
	{ "en", QWERTY, { DIGITS "+", "é&;\"_#%*=€$", MARKS } },
	{ "de", { "qwertzuiopü", "asdfghjklöä", "yxcvbnmß,.-" },
	    { DIGITS "+", "éèáàç&;\"_#€", MARKS } },
	{ "fr", { "azertyuiop'", "qsdfghjklmé", "wxcvbnèà,.-" },
	    { DIGITS "œ", "éèàçùêâîôûë", ".,?!-/@:ïüæ" } },
	{ "es", { "qwertyuiop'", "asdfghjklñá", "zxcvbnméó,." },
	    { DIGITS "+", "áéíóúü¿¡ç\"&", MARKS } },
	{ "ja", QWERTY, { DIGITS "+", "〇一二三四五六七八九十", MARKS } },
	{ "zh", QWERTY, { DIGITS "+", "〇一二三四五六七八九十", MARKS } },
	{ "ar", QWERTY, { DIGITS "+", "٠١٢٣٤٥٦٧٨٩؟", MARKS } },
	{ "hi", QWERTY, { DIGITS "+", "०१२३४५६७८९।", MARKS } },
};

static const struct keyboard *
keyboard_of(const char *lang)
{
	for (size_t i = 0; i < sizeof(keyboards) / sizeof(keyboards[0]); i++)
		if (strncmp(lang, keyboards[i].lang, 2) == 0)
			return &keyboards[i];
	return &keyboards[0];
}

static size_t
letter_len(const char *s)
{
	size_t n = 1;

	while (((uint8_t)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* The capital of what stands on the keys above; the ß has none of its own. */
static void
raise(char *s)
{
	if (s[0] >= 'a' && s[0] <= 'z')
		s[0] = (char)(s[0] - 'a' + 'A');
	else if (strcmp(s, "œ") == 0)
		strcpy(s, "Œ");
	else if ((uint8_t)s[0] == 0xc3 && (uint8_t)s[1] >= 0xa0 &&
	    (uint8_t)s[1] <= 0xbe && (uint8_t)s[1] != 0xb7)
		s[1] = (char)((uint8_t)s[1] - 0x20);
}

bool
staff_key(const char *lang, bool symbols, bool shift, size_t row,
    size_t column, char out[static STAFF_KEY_MAX])
{
	const struct keyboard *k = keyboard_of(lang);
	const char *s;

	memset(out, 0, STAFF_KEY_MAX);
	if (row >= STAFF_ROWS)
		return false;
	s = symbols ? k->symbols[row] : k->letters[row];
	for (size_t i = 0; i < column && *s != 0; i++)
		s += letter_len(s);
	if (*s == 0)
		return false;
	memcpy(out, s, letter_len(s));
	if (shift)
		raise(out);
	return true;
}
