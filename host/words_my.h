/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words_my.h - the texts of the pages under /my/ (page_my.h), beside words.h
 * and in the same languages.
 */
#ifndef HOST_WORDS_MY_H
#define HOST_WORDS_MY_H

#include "host/words.h"

struct words_my {
	const char *title, *intro, *go_back;
	/* The two boxes, and what comes of them. */
	const char *open_title, *open_text, *open_label, *open_button;
	const char *ask_title, *ask_text, *ask_label, *ask_button, *ask_wrong;
	const char *asked_title, *asked_text;
	const char *code_note;		/* what a receipt's code opens */
	const char *gone_title, *gone_text, *again;
	const char *over_title, *over_text;
	const char *until, *shared, *end_button, *ended_title, *ended_text;
	const char *several, *show;
	/* The registration. */
	const char *reg_title, *number, *status;
	const char *is[6];		/* by enum reg_status */
	const char *none;		/* a value that is not there */
	const char *correct_button, *correct_title, *correct_text, *save;
	const char *corrected, *wished, *value_wrong;
	/* Shares. */
	const char *shares_title, *shares_none, *state;
	const char *lead[6];		/* live, undone, withdrawn, held, over,
					 * withheld with its holder: */
#define WORDS_WITHHELD 5
	const char *withdraw, *withdraw_all, *withdrawn;
	/* No booth may read the badge. */
	const char *stop_title, *object_text, *object_button;
	const char *restrict_text, *restrict_button;
	const char *objected, *restricted, *lift_button;
	const char *agree_button, *agree_new_button, *lifted;
	/* A status: an erasure is planned; then what is said above, once it was
	 * done (at most ONCE_TEXT_SIZE), or was so already. */
	const char *to_erase;
	const char *object_noted, *restrict_noted, *erase_noted, *unchanged;
	/* Copy. */
	const char *copy_title, *copy_text, *read, *zip, *json;
	const char *badges_title, *on_chip, *issued, *retired;
	const char *remarks, *rating, *tags, *text;
	const char *told_title, *told[6], *confirmed, *unconfirmed;
	const char *records_title, *records_text, *records_until;
	const char *exports_title, *exports_text;
	const char *cases_title, *case_type[12], *case_state[5], *answer_by;
	const char *case_ended;		/* an objection or restriction */
	const char *case_unmatched;	/* behind its state */
	const char *mails_title, *mail[5], *history_title;
	/* Erasure. */
	const char *erase_title, *erase_text, *erase_button;
	const char *erase_what[5], *erase_yes, *back;
	const char *planned, *undo, *undone, *erasing, *erased,
	    *held;
	const char *erase_held;		/* a hold stops it */
	const char *overdue;		/* its time has come, and it waits */
	/* What was given to authorities, of the copy. */
	const char *disclosed_title, *disclosed_to, *disclosed_why;
	const char *disclosed_what, *disclosed_on;
	const char *disclosed_basis[5];	/* by disclosure_basis */
	/* What stands before a request's number, and before the time until
	 * which an erasure that is asked for now can be called off. */
	const char *case_number, *erase_until;
	/* A receipt in place of an address: the part and button on its page,
	 * and what comes of it. */
	const char *all_text, *all_button, *all_asked;
};

/* Of the same language. */
const struct words_my *words_my(const struct words *w);

extern const struct words_my words_my_en, words_my_de, words_my_fr,
    words_my_es, words_my_ja, words_my_zh, words_my_ar, words_my_hi;

#endif
