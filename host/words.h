/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words.h - the texts of the attendee's pages, by language.
 *
 * gettext's language belongs to the whole process; here each request has its
 * own, so the few texts stand in tables.
 */
#ifndef HOST_WORDS_H
#define HOST_WORDS_H

#include "host/http.h"
#include "record/field.h"

struct words {
	const char *lang;		/* "en" */
	const char *own;		/* the language's own name */
	const char *home_title, *home_text, *home_receipt, *home_badge;
	const char *missing_title, *missing_text;
	const char *badge_title;
	const char *badge_text[4];
	const char *ask_title, *ask_text, *ask_label, *ask_button, *ask_hint;
	const char *bad_code;
	const char *secret;		/* who has the code can do this */
	const char *shared_with;	/* before the sponsor's name */
	const char *what, *when, *kept, *kept_day, *kept_days, *country, *purpose,
	    *contact, *privacy, *event, *reference;
	const char *no_values;
	const char *field[FIELD_COUNT + 1];
	const char *live, *undone, *withdrawn, *held, *over;
	const char *withdraw_title, *withdraw_text, *withdraw_button;
	const char *withdrawn_title, *withdrawn_text;
	const char *unknown_title, *unknown_text, *unknown_button;
	const char *pending_title, *pending_text;
	const char *slow_title, *slow_text;
	const char *failed_title, *failed_text;
	const char *proof_title, *proof_text, *proof_receipt, *proof_log;
	const char *back;
	const char *month[12];
	const char *date;		/* printf: day, month, year */
};

/* The language that fits a request: ?lang=xx, a form's lang, else what its
 * Accept-Language likes best, else English. */
const struct words *words_for(const struct http_request *in);
/* All languages, in order; NULL after the last. */
const struct words *words_at(size_t i);

#endif
