/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plan.h - what an import would do, before it is done.
 *
 * A plan is made from a source and the store as they are, and changes nothing.
 * It says of every row whether it would be added, change something (which
 * fields, by name), be the same or be skipped, and why; it holds no value of
 * anybody. To apply it is to make it again while writing, in one transaction:
 * the hash that comes out must be the one that people looked at.
 *
 * Beside what row.h says of a row:
 *
 *  - Who was never taken up and does not attend is skipped, so that nothing is
 *    kept of people who do not come; who was, becomes cancelled and keeps the
 *    values that badges were made from. Of who is withheld or a minor's the
 *    source's word is kept, and counts when that ends.
 *  - Another name and another address for a known ticket are another person's:
 *    the ticket was handed on (store_handed.h). Staff see such rows apart.
 *  - Who is not in the source at all stays as he is, and is counted: a report
 *    may be about some of the attendees only.
 *  - A minor is kept as such and never given a badge, unless staff have
 *    released him at this very age. Who was erased is never taken up again.
 *  - A row whose key stands in the source before is skipped.
 *  - A source about more than one event is refused whole, and one that its
 *    reader refuses.
 *
 * Memory grows by about a hundred bytes per row, whatever stands in it.
 */
#ifndef HOST_IMPORT_PLAN_H
#define HOST_IMPORT_PLAN_H

#include "host/audit.h"
#include "host/import/why.h"
#include "host/store.h"
#include "record/crypto.h"

#define IMPORT_ABSENT_MAX 20

/* What the source says, of a registration that is withheld or a minor's: it is
 * cancelled, or not any more, when that ends. */
enum import_later { IMPORT_NEVER, IMPORT_CANCELS, IMPORT_RESTORES };

struct import_line {
	uint64_t registration;	/* 0: not there yet, or skipped; of IMPORT_HAND
				 * that of who has the ticket until now */
	uint32_t line;		/* of the source */
	uint8_t act;		/* enum import_act */
	uint8_t status;		/* enum reg_status, as it would be */
	field_set changed;	/* of IMPORT_CHANGE: these fields */
	bool status_changed;	/* and this, or the age behind it */
	uint8_t later;		/* enum import_later, of IMPORT_CHANGE */
	struct why why;		/* of IMPORT_SKIP and IMPORT_HAND, and of who is
				 * cancelled */
};

struct import_plan {
	struct map map;
	const char *charset;	/* static */
	bool guessed;		/* nothing in the file says its encoding */
	size_t n[IMPORT_ACTS];	/* rows by act */
	size_t field[FIELD_COUNT + 1];	/* rows that change it */
	size_t cancelled;	/* rows that change: not cancelled before */
	size_t later;		/* rows with IMPORT_CANCELS */
	size_t minors;		/* rows that are not skipped */
	size_t released;	/* of them those whom staff released */
	bool has_age;		/* there is an age or a date of birth */
	size_t aged, ageless;	/* attendees with and without one */
	size_t no_email;	/* attendees without an address */
	size_t unnamed;		/* tickets beyond the first of a row */
	size_t known;		/* registrations that attend before it */
	size_t absent;		/* of them those that the source lacks */
	bool late;		/* registrations are not kept any more: who is
				 * added goes again with the next purge */
	uint64_t absent_id[IMPORT_ABSENT_MAX];	/* the first of them */
	uint8_t hash[CRYPTO_HASH];
	size_t nlines, cap;
	struct import_line *line;	/* by line of the source */
};

/* BW_ERR_FORMAT and BW_ERR_BOUND fill *f: the source is refused; others are the
 * store's or the source's reading. */
BW_MUST_USE bw_err import_plan_make(struct import_plan **out,
    struct store *s, struct import_source *src, const struct map_choice *c,
    int64_t now, struct fault *f);
/* Do it, in the transaction that the caller has opened and rolls back unless
 * this is BW_OK. BW_ERR_OLD with *f: source, choice or store are not those that
 * the plan of this hash was made from. */
BW_MUST_USE bw_err import_plan_apply(struct import_plan **out,
    struct store *s, struct import_source *src, const struct map_choice *c,
    int64_t now, const uint8_t hash[static CRYPTO_HASH], struct fault *f);
void import_plan_free(struct import_plan **p);

/* Whether so many would be cancelled, handed on, get another name or are not
 * there that this looks like another event's file, a part of one, one whose
 * columns are taken for others or of which one was sorted alone: more than two,
 * and over a fifth of those that attend. Or whether it adds somebody when
 * registrations are not kept any more. Staff must say yes then. */
bool import_plan_alarms(const struct import_plan *p);
bool import_plan_too_late(const struct import_plan *p);

/* What is written of it into the audit: the act, its object "added 2, changed 1,
 * unchanged 8, skipped 2", words of why_act, and as its detail which lines of the
 * source were skipped, "skipped rows 4, 7", as far as there is room. */
#define IMPORT_SKIPPED "skipped rows "
struct import_sum {
	enum audit_act act;
	char object[AUDIT_TEXT_MAX + 1], detail[AUDIT_TEXT_MAX + 1];
};
void import_plan_sum(const struct import_plan *p, struct import_sum *out);

/* Up to max lines that would do this (-1: any), `from` such passed over. How
 * many were put into out; p->n has how many there are. */
size_t import_plan_page(const struct import_plan *p, int act, size_t from,
    size_t max, const struct import_line **out);

#endif
