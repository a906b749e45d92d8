/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letter.h - what mails to attendees say, in eight languages.
 *
 * Plain text in UTF-8 with single line feeds. What a member is not given for
 * (NULL, 0) is left out together with its sentence. Values stand in the text as
 * they are: the caller has them from the store, and wipes what it gets.
 */
#ifndef HOST_LETTER_H
#define HOST_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "host/case_due.h"
#include "record/field.h"

/* As they stand in the store: add at the end. */
enum letter_kind {
	LETTER_NONE = 0,
	LETTER_LINK,		/* link, minutes */
	LETTER_SHARES,		/* shares, link, optout */
	LETTER_RECEIVED,	/* type, number, date: answered until then */
	LETTER_EXTENDED,	/* type, number, date: until then; reason */
	LETTER_REFUSED,		/* type, number, reason, complain */
	LETTER_DONE,		/* type, number; reason: what was done */
	LETTER_COPY,		/* the access copy is ready: number; link,
				 * date: until when */
	LETTER_ERASE_PLANNED,	/* number, date: when; link: /my/, to undo it;
				 * the last one, for no address is left then */
	LETTER_ERASE_UNDONE,	/* number */
	LETTER_OBJECTION,	/* in force: number */
	LETTER_RESTRICTED,	/* in force: number */
	LETTER_UNRESTRICTED,	/* it ends: number, date */
	LETTER_BREACH,		/* reason: what happened; likely, done, advice;
				 * fields; date, until: when, or that this is
				 * not known; contact, complain */
	LETTER_NO_DISCLOSURE,	/* number: data went to no authority */
	LETTER_DROPPED,		/* type, number, reason: nothing more is done */
	LETTER_ERASE_HELD,	/* number, complain: something has to be kept
				 * for now; link: /my/, to call it off */
	LETTER_AGREED,		/* the objection is taken back, earlier shares
				 * are back: number */
	LETTER_AGREED_NEW,	/* the same, those are withdrawn: number */
	LETTER_KINDS_
};

/* A word for commands: "received", "extended" ...; never NULL. */
const char *letter_kind_name(enum letter_kind kind);

/* What a case is about, in the words of a letter. */
enum letter_type {
	LETTER_OF_OTHER = 0,
	LETTER_OF_ACCESS,
	LETTER_OF_CORRECTION,
	LETTER_OF_ERASURE,
	LETTER_OF_RESTRICTION,
	LETTER_OF_PORTABILITY,
	LETTER_OF_OBJECTION,
	LETTER_OF_WITHDRAWAL,
	LETTER_OF_NOT_ME,
	LETTER_OF_DISCLOSURE,
	LETTER_TYPES_
};

/* One share of the daily mail. */
struct letter_share {
	const char *sponsor;		/* its name */
	const char *booth;		/* "": not known */
	field_set fields;
	int64_t at;
	bool held;			/* its holder is withheld, */
	bool checked;			/* or it itself is, */
	bool again;			/* or was, and is passed on again */
};

struct letter {
	enum letter_kind kind;
	const char *language;		/* "de", "de-AT"; others: English */
	const char *event;		/* its name */
	const char *person;		/* name; NULL or "": nobody's */
	enum letter_type type;
	int64_t objected, restricted;	/* why its shares are held: since when
					 * the person has, or is; 0: not */
	uint64_t number;		/* of the case */
	int64_t date;			/* a moment: the letter names it, or
					 * its day, by the clocks of */
	char zone[CASE_ZONE_MAX + 1];	/* "": UTC */
	int64_t until;			/* what date began ended here; 0: its
					 * day alone */
	const char *booth;		/* whose it was at, and where that stood;
					 * NULL: at none alone */
	const char *reason;		/* what staff wrote, as it is */
	const char *likely;		/* the same: what may come of it */
	const char *done;		/* the measures */
	const char *advice;		/* what the person can do */
	const char *complain;		/* the authority, name and address */
	const char *contact;		/* who answers, an address */
	const char *link;
	unsigned minutes;		/* that the link is good for */
	const char *optout;		/* link to stop daily mails */
	field_set fields;
	const struct letter_share *share;
	size_t nshare;
};

/* Whether it says no, if only for now: then it names the right to complain
 * (12.4), with `complain` or without. */
static inline bool
letter_refuses(enum letter_kind kind)
{
	return kind == LETTER_REFUSED || kind == LETTER_ERASE_HELD;
}

/* Append subject (one line, without its line feed) and body. BW_ERR_ARG: there
 * is no such kind. */
BW_MUST_USE bw_err letter_text(const struct letter *in,
    struct bw_buf *subject, struct bw_buf *body);

#endif
