/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words.h - the texts of the attendee's pages, by language.
 *
 * gettext's language belongs to the whole process; here each request has its
 * own, so the few texts stand in tables, one file a language.
 */
#ifndef HOST_WORDS_H
#define HOST_WORDS_H

#include <stdbool.h>

#include "host/http.h"
#include "record/field.h"

struct words {
	const char *lang;		/* "en" */
	const char *own;		/* the language's own name */
	bool rtl;			/* written from right to left */
	const char *home_title, *home_text, *home_receipt, *home_badge;
	const char *missing_title, *missing_text;
	const char *badge_title;
	const char *badge_text[4];
	const char *ask_title, *ask_text, *ask_label, *ask_button, *ask_hint;
	const char *bad_code;
	const char *secret;		/* who has the code can do this */
	const char *shared_with;	/* with %s for the sponsor's name */
	const char *what, *when, *kept;
	const char *kept_day, *kept_days;	/* printf: the days; what comes */
	const char *kept_end;		/* before and after the last one */
	const char *country, *purpose, *contact, *privacy, *event, *reference;
	const char *no_values;
	const char *field[FIELD_COUNT + 1];
	const char *live, *undone, *withdrawn, *held, *over;
	const char *withdraw_title, *withdraw_text, *withdraw_button;
	const char *withdrawn_title, *withdrawn_text;
	const char *unknown_title, *unknown_text, *unknown_button;
	const char *pending_title, *pending_text;
	const char *slow_title, *slow_text;
	const char *busy_title, *busy_text;
	const char *failed_title, *failed_text;
	const char *proof_title, *proof_text, *proof_receipt, *proof_log;
	const char *back;
	const char *month[12];
	const char *date;		/* printf: day, month, year */
};

extern const struct words words_en, words_de, words_fr, words_es, words_ja,
    words_zh, words_ar, words_hi;

/* The language that was chosen with this request, ?lang=xx or a form's lang;
 * NULL when none was. */
const struct words *words_chosen(const struct http_request *in);
/* The language that fits a request: the one chosen, else what its
 * Accept-Language likes best, else English. */
const struct words *words_for(const struct http_request *in);
/* The same, where a share was made in a language: that one before English. */
const struct words *words_for_share(const struct http_request *in,
    const char *lang);
/* Those of a language tag ("de", "de-AT"); NULL when there are none. */
const struct words *words_named(const char *tag);
/* All languages, in order; NULL after the last. */
const struct words *words_at(size_t i);

#endif
