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
#include <stdint.h>

#include "host/http.h"
#include "record/field.h"

struct words {
	const char *lang;		/* "en" */
	const char *own;		/* the language's own name */
	bool rtl;			/* written from right to left */
	const char *home_title, *home_text, *home_receipt, *home_badge;
	const char *missing_title, *missing_text;
	/* A request that does not fit; one for a host of another name. */
	const char *odd_title, *odd_text, *name_title, *name_text;
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
	/* checked: it is held itself; held: its holder is withheld */
	const char *live, *undone, *withdrawn, *held, *checked, *over;
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

	/* The receipt: what was read, and the paper. */
	const char *read_title, *read_lost, *version, *proof_paper;
	const char *proof_check, *paper_title, *paper_made, *paper_state;
	const char *paper_code;		/* with %s for the address */
	/* The public page (page_public.h). */
	const char *pub_title, *pub_track, *pub_none;
	const char *pub_who, *pub_controller, *pub_contact, *pub_complaint;
	const char *pub_complain, *pub_what, *pub_fields, *pub_booth, *pub_no;
	const char *pub_how, *pub_how_text, *pub_kept, *pub_kept_text;
	const char *day, *days;		/* printf: the days, alone */
	const char *pub_rights, *pub_rights_text, *pub_rights_ask;
	const char *pub_sponsors, *pub_always, *pub_ticked, *pub_valid;
	const char *ret_host, *ret_registrations, *ret_shares, *ret_logs;
	const char *ret_deleted, *ret_cases;	/* what the event keeps */
	const char *ret_event, *ret_period, *ret_erasure, *ret_answer;
	const char *ret_mail, *ret_disclosures, *ret_incidents, *ret_exports;
	const char *ret_salts, *ret_sent, *ret_disclosed, *ret_closed;
	const char *ret_exported, *ret_held;
	/* A proof is checked (page_check.h). */
	const char *chk_text, *chk_file, *chk_paste, *chk_keys, *chk_keys_text;
	const char *chk_button, *chk_cannot, *chk_right, *chk_wrong;
	const char *chk_unread, *chk_none, *chk_jsonld, *chk_pdf, *chk_else;
	const char *chk_choose, *chk_zip, *chk_copy, *chk_unproved;
	const char *chk_not_its, *chk_again;
	const char *chk_format, *chk_entry, *chk_tree, *chk_log, *chk_host;
	const char *chk_nokey, *chk_nohost, *chk_own, *chk_given;
	const char *chk_origin, *chk_number, *chk_kind, *chk_share, *chk_other;
	const char *chk_size, *chk_seen, *chk_commit, *chk_commit_text;
	/* The daily mail's pages. */
	const char *daily_title, *daily_ask, *daily_none;
	const char *daily_withdraw, *daily_notme, *daily_hint;
	const char *daily_sure, *daily_sure_yes;	/* before "not me" */
	const char *daily_disowned;	/* a share's state behind it */
	const char *daily_noted_title, *daily_noted;
	const char *daily_stop_title, *daily_stop, *daily_stop_button;
	const char *daily_stopped_title, *daily_stopped;
	/* The front page's quiet way in for staff and sponsors. */
	const char *staff_login;
};

extern const struct words words_en, words_de, words_fr, words_es, words_ja,
    words_zh, words_ar, words_hi;

#define WORDS_DAY_MAX 96
/* A day in UTC, as the language writes it. */
void words_day(const struct words *w, int64_t t, char out[static
    WORDS_DAY_MAX]);
/* One of the texts with a number in it. */
void words_count(const char *text, uint64_t n, char out[static
    WORDS_DAY_MAX]);
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
