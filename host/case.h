/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case.h - what a person asked for, until it is answered: what, how the person
 * showed who it is, until when, and what came of it (GDPR 12).
 *
 * What changes a case does so in the caller's transaction and leaves its row in
 * the audit, under "case 7": that is the case's log. Texts that staff write may
 * name a person: they stand in the case alone, never in the audit. They go when
 * the person is erased, else with the case, whose period is its own: a purge of
 * the registration leaves them, for the event must be able to show what it
 * answered and why (5.2). Numbers never come again.
 */
#ifndef HOST_CASE_H
#define HOST_CASE_H

#include "host/audit.h"
#include "host/case_due.h"

enum case_type {
	CASE_ACCESS = 1,	/* 15 */
	CASE_CORRECTION,	/* 16 */
	CASE_ERASURE,		/* 17 */
	CASE_RESTRICTION,	/* 18 */
	CASE_OBJECTION,		/* 21 */
	CASE_TRANSFER,		/* 20 */
	CASE_WITHDRAWAL,	/* 7.3 */
	CASE_NOT_ME,		/* "this share is not mine" */
	CASE_COMPLAINT,
	CASE_BREACH,		/* 33: due in 72 hours, and never later */
	CASE_OTHER
};
#define CASE_TYPES CASE_OTHER
/* How the person showed who it is. */
enum case_proof {
	PROOF_NONE = 0,
	PROOF_RECEIPT,		/* by a receipt's code */
	PROOF_MAIL,		/* by a link sent to its address */
	PROOF_DESK		/* in person */
};
#define CASE_PROOFS (PROOF_DESK + 1)
enum case_state {
	CASE_OPEN = 0,
	CASE_EXTENDED,		/* open, and the person was told why */
	CASE_DONE,
	CASE_REFUSED,
	CASE_DROPPED		/* taken back, or opened by mistake */
};
#define CASE_STATES (CASE_DROPPED + 1)
/* Words for commands and the audit: "access" … "other", "none", "receipt",
 * "mail", "desk", "open" … "dropped"; never NULL. */
const char *case_type_name(enum case_type t);
const char *case_proof_name(enum case_proof p);
const char *case_state_name(enum case_state st);
/* BW_ERR_FORMAT. */
BW_MUST_USE bw_err case_type_parse(const char *s, enum case_type *out);
BW_MUST_USE bw_err case_proof_parse(const char *s, enum case_proof *out);
static inline bool
case_is_open(enum case_state st)
{
	return st == CASE_OPEN || st == CASE_EXTENDED;
}

struct case_new {
	enum case_type type;
	enum case_proof proof;
	uint64_t registration;		/* 0: not known (yet) */
	uint64_t device, seq;		/* of a lead; a device alone, or 0, 0 */
	const char *language;		/* of the answer; NULL or "": "en" */
	int64_t received;		/* 0: now */
	/* With a lead that is not of this registration, which was said to be
	 * whose it is: registration is 0 then, and the case is about nobody's
	 * share before it is matched. */
	uint64_t said;
};
/* BW_ERR_ARG: a type, proof, lead or language that is none, received after now,
 * or said beside a registration or without a lead; BW_ERR_NOTFOUND: no such
 * registration, lead or device; BW_ERR_DENIED: the lead is not of the
 * registration, or for a "not me" none is named. */
BW_MUST_USE bw_err case_open(struct store *s, const struct case_new *in,
    const char *actor, int64_t now, uint64_t *num);

#define CASE_TEXT_MAX 4000	/* bytes of one of staff's */
enum case_text {
	CASE_WHY_LONGER = 0,	/* 12.3: reason of the extension */
	CASE_WHY_REFUSED,	/* 12.4 */
	CASE_FEE,		/* 12.5: why a fee is asked, and what */
	CASE_OUTCOME,		/* what was done, in a sentence */
	CASE_WISH		/* what the person asked for, in its words */
};
#define CASE_TEXTS (CASE_WISH + 1)
/* Plain data with staff's texts in it: wipe after use. */
struct case_file {
	uint64_t num;
	enum case_type type;
	enum case_proof proof;
	enum case_state state;
	uint64_t registration, device, seq;
	/* Of a share that is named: in which quarter hour of the device, counted
	 * from 1970; 0: none, or said. It outlives the share, and its person. */
	int64_t quarter;
	uint64_t said;		/* as case_new has it; 0 when it is matched, or
				 * that person was erased */
	char language[BODY_LANG_MAX + 1];
	int64_t received, opened_at, due;
	int64_t extended_at, closed_at;		/* 0: not */
	char opened_by[AUDIT_TEXT_MAX + 1];	/* an actor, as in audit.h */
	char text[CASE_TEXTS][CASE_TEXT_MAX + 1];
};
/* It names a share that is not of whom it was said to be (case_new's said), and is
 * not matched. */
static inline bool
case_is_of_another(const struct case_file *f)
{
	return f->seq != 0 && f->quarter == 0;
}
/* BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err case_get(struct store *s, uint64_t num,
    struct case_file *out);

/* Without the texts. */
typedef bw_err (*case_cb)(void *arg, const struct case_file *c);
/* The open ones; all of them. Those of a "not me" that holds leads are first,
 * then by when they are due. */
BW_MUST_USE bw_err case_each_open(struct store *s, case_cb cb, void *arg);
/* The newest `limit` closed ones below this number (0: from the newest); copies:
 * also what people read or took of their own data at /my/, which was done as it
 * was asked for and waited for nobody. */
BW_MUST_USE bw_err case_each_closed(struct store *s, bool copies,
    uint64_t before, unsigned limit, case_cb cb, void *arg);
/* A registration's, the newest first. */
BW_MUST_USE bw_err case_each_of(struct store *s, uint64_t registration,
    case_cb cb, void *arg);
/* Those that were taken in for it, with a share that is not its own (said). */
BW_MUST_USE bw_err case_each_said(struct store *s, uint64_t registration,
    case_cb cb, void *arg);

struct case_counts {
	uint64_t open, over;		/* over: of the open ones, over-due */
	int64_t next;			/* due of the nearest; 0: none open */
};
BW_MUST_USE bw_err case_count(struct store *s, int64_t now,
    struct case_counts *out);

/*
 * Steps. BW_ERR_GONE: the case is closed. BW_ERR_ARG: a text that is empty, too
 * long or not clean (lines.h), or `now` before the case was received.
 */
/* It is this person, who has shown it so; for whoever matches: not_me_match.
 * BW_ERR_EXISTS: another is known.
 * BW_ERR_DENIED: the share that the case names is not this person's, whose page
 * would show it and who could have it withdrawn. */
BW_MUST_USE bw_err case_match(struct store *s, uint64_t num,
    uint64_t registration, enum case_proof proof, const char *actor,
    int64_t now);
/* To three months from receipt. BW_ERR_EXISTS: it was extended before;
 * BW_ERR_EXPIRED: the first month is over, or it may never be (a breach).
 * Whoever calls sends the letter in the same transaction. */
BW_MUST_USE bw_err case_extend(struct store *s, uint64_t num,
    const char *reason, const char *actor, int64_t now);
BW_MUST_USE bw_err case_fee(struct store *s, uint64_t num, const char *reason,
    const char *actor, int64_t now);
BW_MUST_USE bw_err case_refuse(struct store *s, uint64_t num,
    const char *reason, const char *actor, int64_t now);
/* What the person asked for in its own words, where it is more than a type says:
 * "name: Ada King". */
BW_MUST_USE bw_err case_wish(struct store *s, uint64_t num, const char *text,
    const char *actor, int64_t now);
/* All close it; case_done_as with an outcome, case_drop_as with a reason, for the
 * person. Of case_done_as BW_ERR_DENIED: its erasure is only planned
 * (case_erase.h). Of all of them and case_refuse: what this "not me" holds, and
 * no other case, was neither released nor withdrawn (not_me_left). */
BW_MUST_USE bw_err case_done(struct store *s, uint64_t num, const char *actor,
    int64_t now);
BW_MUST_USE bw_err case_done_as(struct store *s, uint64_t num,
    const char *outcome, const char *actor, int64_t now);
BW_MUST_USE bw_err case_drop(struct store *s, uint64_t num, const char *actor,
    int64_t now);
BW_MUST_USE bw_err case_drop_as(struct store *s, uint64_t num,
    const char *reason, const char *actor, int64_t now);
/* Something else was done for it, or looked at: "case.look", with a detail for
 * the audit. BW_ERR_GONE as above. */
BW_MUST_USE bw_err case_step(struct store *s, uint64_t num, enum audit_act act,
    const char *detail, const char *actor, int64_t now);

/* A person is erased: the texts of its cases go, and which share they are
 * about. A "not me" that is open keeps the device and its quarter hour, of which
 * others' shares wait, and is nobody's from now on. One that only said that the
 * share was this person's keeps the share, which is another's, who asks. */
BW_MUST_USE bw_err case_forget(struct store *s, uint64_t registration);

/* When a case of this type that was received then is due; `extended`: to three
 * months. */
BW_MUST_USE bw_err case_due_of(struct store *s, enum case_type type,
    int64_t received, bool extended, int64_t *out);
/* The event's time zone, for due dates of cases that are opened or extended
 * from now on; "": UTC alone. BW_ERR_ARG: unknown. */
BW_MUST_USE bw_err case_zone_set(struct store *s, const char *zone,
    const char *actor, int64_t now);
BW_MUST_USE bw_err case_zone(struct store *s,
    char out[static CASE_ZONE_MAX + 1]);
/* A day or a time as staff type it: "2026-06-01" and "2026-06-01 09:30", or with
 * seconds, by the event's clocks, or what when_parse takes, with a Z or an
 * offset. end: a day is its end. BW_ERR_FORMAT; or the store failed. */
BW_MUST_USE bw_err case_when(struct store *s, const char *text, bool end,
    int64_t *out);
/* The same as people type it: "1.6.2026" and "1.6.2026 09:30", too. */
BW_MUST_USE bw_err case_typed(struct store *s, const char *text, bool end,
    int64_t *out);
/* The same of what is not to come: a day that has begun is good, though its end
 * is not there yet. BW_ERR_ARG: it is to come. */
BW_MUST_USE bw_err case_past(struct store *s, const char *text, bool end,
    int64_t now, int64_t *out);

#endif
