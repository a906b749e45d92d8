// SPDX-License-Identifier: Apache-2.0
#include "kiosk/i18n.h"

#include <ctype.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define DOMAIN "badgeward"
#define LOCALE "any"

/* glibc looks at LANGUAGE again only when this counter has moved. */
extern int _nl_msg_cat_cntr;

struct language {
	const char *tag, *name, *brief;
	bool rtl;
	const char *fonts;
};

#define LATIN "Noto Sans"
/* It has the signs of each region; the language of a text chooses. */
#define CJK LATIN ",Noto Sans CJK JP"

/* In the order of their own names: by alphabet, then script after script. */
static const struct language known[] = {
	{ "cs", "Čeština", "CS", false, LATIN },
	{ "da", "Dansk", "DA", false, LATIN },
	{ "de", "Deutsch", "DE", false, LATIN },
	{ "en", "English", "EN", false, LATIN },
	{ "es", "Español", "ES", false, LATIN },
	{ "fr", "Français", "FR", false, LATIN },
	{ "it", "Italiano", "IT", false, LATIN },
	{ "nl", "Nederlands", "NL", false, LATIN },
	{ "pl", "Polski", "PL", false, LATIN },
	{ "pt", "Português", "PT", false, LATIN },
	{ "sv", "Svenska", "SV", false, LATIN },
	{ "tr", "Türkçe", "TR", false, LATIN },
	{ "uk", "Українська", "УК", false, LATIN },
	{ "he", "עברית", "עב", true, LATIN ",Noto Sans Hebrew" },
	{ "ar", "العربية", "عرب", true, LATIN ",Noto Sans Arabic" },
	{ "fa", "فارسی", "فا", true, LATIN ",Noto Sans Arabic" },
	{ "ur", "اردو", "ار", true, LATIN ",Noto Sans Arabic" },
	{ "hi", "हिन्दी", "हि", false, LATIN ",Noto Sans Devanagari" },
	{ "ko", "한국어", "한국", false, CJK },
	{ "zh", "中文", "中文", false, CJK },
	{ "ja", "日本語", "日本", false, CJK },
};
#define KNOWN (sizeof(known) / sizeof(known[0]))

_Static_assert(KNOWN == I18N_LANGUAGES, "i18n_rank");

static locale_t words;		/* (locale_t)0: not found, all is English */
static char catalogues[FILE_PATH_MAX];

static const struct language *
look_up(const char *tag)
{
	size_t n = strcspn(tag, "-_");

	for (size_t i = 0; i < KNOWN; i++)
		if (strlen(known[i].tag) == n &&
		    strncmp(known[i].tag, tag, n) == 0)
			return &known[i];
	return NULL;
}

bool
i18n_rtl(const char *lang)
{
	const struct language *l = look_up(lang);

	return l != NULL && l->rtl;
}

const char *
i18n_name(const char *lang)
{
	const struct language *l = look_up(lang);

	return l != NULL ? l->name : lang;
}

const char *
i18n_short_name(const char *lang, char buf[static 8])
{
	const struct language *l = look_up(lang);
	size_t i;

	if (l != NULL)
		return l->brief;
	for (i = 0; i < 3 && isalpha((unsigned char)lang[i]); i++)
		buf[i] = (char)toupper((unsigned char)lang[i]);
	buf[i] = '\0';
	return buf;
}

const char *
i18n_fonts(const char *lang)
{
	const struct language *l = look_up(lang);

	return l != NULL ? l->fonts : LATIN;
}

size_t
i18n_rank(const char *lang)
{
	const struct language *l = look_up(lang);

	return l != NULL ? (size_t)(l - known) : I18N_LANGUAGES;
}

const char *
i18n_package(const char *lang)
{
	return strstr(i18n_fonts(lang), "CJK") != NULL ? "fonts-noto-cjk" :
	    "fonts-noto-core";
}

/* The directory above the one that the running program stands in. */
static bw_err
prefix(char out[static FILE_PATH_MAX])
{
	ssize_t n = readlink("/proc/self/exe", out, FILE_PATH_MAX - 1);
	char *slash;

	if (n < 0 || n >= FILE_PATH_MAX - 1)
		return BW_ERR_NOTFOUND;
	out[n] = '\0';
	for (int i = 0; i < 2; i++) {
		if ((slash = strrchr(out, '/')) == NULL)
			return BW_ERR_NOTFOUND;
		*slash = '\0';
	}
	return BW_OK;
}

bw_err
i18n_open(void)
{
	char top[FILE_PATH_MAX], path[FILE_PATH_MAX];
	bw_err r;

	i18n_close();
	if ((r = prefix(top)) != BW_OK ||
	    (r = file_path(path, top, "lib/badgeward/locale")) != BW_OK)
		return r;
	if (setenv("LOCPATH", path, 1) != 0)
		return BW_ERR_NOMEM;
	words = newlocale(LC_MESSAGES_MASK, LOCALE, (locale_t)0);
	unsetenv("LOCPATH");
	if (words == (locale_t)0)
		return BW_ERR_NOTFOUND;
	if ((r = file_path(catalogues, top, "share/badgeward/locale")) !=
	    BW_OK)
		return r;
	if (bindtextdomain(DOMAIN, catalogues) == NULL ||
	    bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL)
		return BW_ERR_NOMEM;
	return BW_OK;
}

void
i18n_close(void)
{
	i18n_end();
	if (words != (locale_t)0)
		freelocale(words);
	words = (locale_t)0;
}

/* The catalogue of the first n characters of a tag. */
static bool
has_catalogue(const char *lang, size_t n)
{
	char path[FILE_PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/%.*s/LC_MESSAGES/%s.mo",
	    catalogues, (int)n, lang, DOMAIN);

	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)lang[i]))
			return false;
	return n > 0 && len > 0 && len < FILE_PATH_MAX &&
	    access(path, R_OK) == 0;
}

bool
i18n_has(const char *lang)
{
	size_t n = strcspn(lang, "-");

	if (strspn(lang, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != strlen(lang))
		return false;
	if (n == 2 && strncmp(lang, "en", 2) == 0)
		return true;
	return words != (locale_t)0 && has_catalogue(lang, n);
}

bw_err
i18n_list(char *buf, size_t size)
{
	struct file_list l = { NULL, 0 };
	size_t n = (size_t)snprintf(buf, size, "en");
	bw_err r = BW_OK;

	if (words != (locale_t)0)
		r = file_list(catalogues, &l);
	for (size_t i = 0; i < l.n && n < size; i++)
		if (has_catalogue(l.name[i], strlen(l.name[i])))
			n += (size_t)snprintf(buf + n, size - n, ", %s",
			    l.name[i]);
	file_list_free(&l);
	return n < size ? r : BW_ERR_BOUND;
}

void
i18n_begin(const char *lang)
{
	char name[32];
	const char *now = getenv("LANGUAGE");

	if (words == (locale_t)0)
		return;
	snprintf(name, sizeof(name), "%s", lang);
	for (char *p = name; *p != '\0'; p++)
		if (*p == '-')
			*p = '_';
	if (now == NULL || strcmp(now, name) != 0) {
		/* Without memory the words stay in the language before. */
		(void)setenv("LANGUAGE", name, 1);
		_nl_msg_cat_cntr++;
	}
	uselocale(words);
}

void
i18n_end(void)
{
	uselocale(LC_GLOBAL_LOCALE);
}

const char *
i18n_text(const char *english)
{
	return dgettext(DOMAIN, english);
}

const char *
i18n_count(const char *one, const char *many, unsigned long n)
{
	return dngettext(DOMAIN, one, many, n);
}
