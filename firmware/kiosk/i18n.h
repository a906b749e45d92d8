/* SPDX-License-Identifier: Apache-2.0 */
/*
 * i18n.h - the screen's own words in the attendee's language, by gettext.
 *
 * gettext translates only under a locale that is not "C", and a fresh machine
 * has no other (newer C libraries count "C.UTF-8" as "C" too). So the build
 * makes one tiny locale of its own, with messages only (po/any.locale), and
 * i18n_begin makes it this thread's until i18n_end; LANGUAGE says which
 * catalogue then. Between the two calls everything else, log lines and numbers
 * included, is as in "C".
 *
 * Sentences on which a consent rests (title, purpose, retention, withdrawal,
 * silence) come from the policy's notice, never from here.
 */
#ifndef KIOSK_I18N_H
#define KIOSK_I18N_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Find the locale and the catalogues beside the running program
 * (bin/../lib/badgeward/locale, bin/../share/badgeward/locale). Without them
 * all words are English: BW_ERR_NOTFOUND, and the rest still works. */
BW_MUST_USE bw_err i18n_open(void);
void i18n_close(void);

/* There are words in this language: English always, others (a tag) when a
 * catalogue for it, or for the language that it is a kind of, was found. */
bool i18n_has(const char *lang);
/* All of them, "en, de": a C string. BW_ERR_BOUND when buf is too small. */
BW_MUST_USE bw_err i18n_list(char *buf, size_t size);

/* From here on words are of this language (a tag: "de", "pt-BR"). */
void i18n_begin(const char *lang);
void i18n_end(void);

/* The word or sentence in the language begun; English when it has none. */
const char *i18n_text(const char *english) __attribute__((format_arg(1)));
/* The form for n things. */
const char *i18n_count(const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(1), format_arg(2)));
#define _(s) i18n_text(s)
#define N_(s) (s)	/* found by xgettext, translated later */

/* The language is written from right to left. */
bool i18n_rtl(const char *lang);
/* Its own name for itself, "Deutsch"; the tag when it is not known. */
const char *i18n_name(const char *lang);
/* The same in at most three signs, "DE". buf is used for unknown ones. */
const char *i18n_short_name(const char *lang, char buf[static 8]);
/* The fonts that its script is drawn with, the best first, comma-separated. */
const char *i18n_fonts(const char *lang);

/* The Debian package that has the last of them. */
const char *i18n_package(const char *lang);
/* Its place in a list of languages, which goes by their own names; from 0 on,
 * I18N_LANGUAGES when it is not known. */
#define I18N_LANGUAGES 21
size_t i18n_rank(const char *lang);

/* Direction marks that keep a value's own direction away from the sentence
 * around it: FSI, LRI (for phone numbers) and PDI. */
#define I18N_FSI "\u2068"
#define I18N_LRI "\u2066"
#define I18N_PDI "\u2069"
/* Zero-width space: in sentences without spaces, the places where a line may
 * end. A sentence that has one ends its lines nowhere else. */
#define I18N_ZWSP "\u200b"

#endif
