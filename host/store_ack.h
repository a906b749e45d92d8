/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_ack.h - what happened to leads that a sponsor has had, and must say
 * that it has seen: an item for each, open until somebody acknowledges it.
 *
 * An item is made when a live lead ends (store_lead_end) after it could have
 * been seen: from when its receipt is settled, before which no list and no
 * export has it. Whether it was in fact looked at is not asked. A share that is
 * undone in the upload that brings it makes none, neither does one that came
 * held or in quarantine, nor one that came while its holder was withheld
 * (right.h), and is so still: it was never released. One that is held after it
 * could be seen (not_me.h) makes one, by which what becomes of it meanwhile
 * makes others as if it were live. Items name a lead, never a value. One that a
 * lead is withheld goes, when it is still open, as the lead is back, which is
 * changed then, or has ended; whoever has acknowledged it is told that the lead
 * is back.
 *
 * One act of a person makes items for all that it shared, in one second and side
 * by side. Two sponsors who lay theirs next to each other, or one that looks at
 * its own, shall not find by them which leads are one person's: the number of
 * an item is drawn, its time is the quarter hour in which it was made, and within
 * that the order is the numbers'. What cannot be helped: an item is there at
 * once, so that who asks every second sees when; and where one person alone used
 * a right in a quarter hour, all items of it are that person's.
 */
#ifndef HOST_STORE_ACK_H
#define HOST_STORE_ACK_H

#include "host/store.h"

enum ack_kind {
	ACK_WITHDRAWN = 0,
	ACK_UNDONE,
	ACK_CORRECTED,		/* its values are others now */
	ACK_ERASED,		/* its holder: to be erased at the sponsor's */
	ACK_WITHHELD,		/* its holder has objected or is to be erased,
				 * it is restricted or somebody's who disowns
				 * it: for now it is passed on no longer */
	ACK_RETURNED		/* that is over: it may be used again */
};
#define ACK_KINDS (ACK_RETURNED + 1)
/* "withdrawn", "undone", "corrected", "erased", "withheld", "returned"; never
 * NULL. */
const char *ack_kind_name(enum ack_kind k);

/* Of its quarter hour the beginning, in unix seconds. */
#define ACK_QUARTER 900
/* Where an item stands in a list. */
struct ack_place {
	int64_t at;
	uint64_t id;
};
/* "AT-ID", as a query has it. */
#define ACK_PLACE_SIZE 48
void ack_place_put(const struct ack_place *p, char out[static ACK_PLACE_SIZE]);
/* BW_ERR_FORMAT */
BW_MUST_USE bw_err ack_place_parse(const char *text, struct ack_place *out);

struct store_ack {
	struct ack_place place;
	enum ack_kind kind;
	const char *device;		/* share_id is device-seq */
	uint64_t seq;
	/* Of ACK_WITHHELD: it is held for review (not_me.h) and for nothing else,
	 * now, or when it was acknowledged; else its holder is why. */
	bool held;
	int64_t acked_at;		/* 0: open */
	uint64_t account;		/* who acknowledged */
};
typedef bw_err (*store_ack_cb)(void *arg, const struct store_ack *a);
/* A sponsor's items, the newest quarter hour first: the open ones, or (history)
 * the others; at most `limit` behind this place (NULL: from the beginning). One
 * that is made later may come to stand behind others of its quarter hour: who
 * waits for new ones begins at the beginning. */
BW_MUST_USE bw_err store_ack_each(struct store *s, const char *sponsor,
    bool open, const struct ack_place *before, unsigned limit,
    store_ack_cb cb, void *arg);
/* How many are open, of each kind. */
BW_MUST_USE bw_err store_ack_count(struct store *s, const char *sponsor,
    uint64_t n[static ACK_KINDS]);
/* How many of the open ACK_WITHHELD are held (store_ack). */
BW_MUST_USE bw_err store_ack_held(struct store *s, const char *sponsor,
    uint64_t *n);
/* With its row in the audit, in the caller's transaction. A second time is BW_OK
 * and changes nothing. BW_ERR_NOTFOUND for one that is not there or another
 * sponsor's. */
BW_MUST_USE bw_err store_ack_done(struct store *s, const char *sponsor,
    uint64_t id, uint64_t account, const char *actor, int64_t now);
/* An item on a lead of whatever state, for its device's sponsor. */
BW_MUST_USE bw_err store_ack_add(struct store *s, uint64_t device,
    uint64_t seq, enum ack_kind kind, int64_t now);

/* When an item is made, as the row has it: no more than a page tells, so that none
 * is joined by its second to a row of the audit, which may name who it was. */
#define ACK_AT(now) now " - " now " % 900"

/* Of a row of lead: it came after its holder was withheld, who is so still. */
#define ACK_NEVER "EXISTS (SELECT 1 FROM edition JOIN badge " \
	"ON badge.badge_id = edition.badge_id JOIN barrier " \
	"ON barrier.registration = badge.registration " \
	"WHERE edition.id = lead.edition AND barrier.came < " \
	"(SELECT arrival.num FROM arrival WHERE arrival.id <= lead.id " \
	"ORDER BY arrival.id DESC LIMIT 1))"

/* Of a row of lead and its device's: it could be seen, or could before it was
 * held, of which the item that it is withheld tells. */
#define ACK_HAD "(lead.state = 0 OR (lead.state = 3 AND EXISTS " \
	"(SELECT 1 FROM ack AS had WHERE had.sponsor = device.sponsor " \
	"AND had.lead = lead.id AND had.kind = 4)))"
/* It has no open item that it is withheld. */
#define ACK_UNTOLD "NOT EXISTS (SELECT 1 FROM ack AS open " \
	"WHERE open.sponsor = device.sponsor AND open.acked_at = 0 " \
	"AND open.lead = lead.id AND open.kind = 4)"
/* Items of the kind ?3 at ?4 on each lead with a field of ?2 that its sponsor
 * could see: what store_release_each asks but for the holder's status, which was
 * another then (ACK_NEVER: or was not). which: more of the rows of lead. */
#define ACK_SERVED(which) "INSERT INTO ack (sponsor, lead, kind, at) " \
	"SELECT device.sponsor, lead.id, ?3, " ACK_AT("?4") " FROM lead " \
	"JOIN device ON device.num = lead.id >> 32 " \
	"JOIN log ON log.device = device.num " \
	"JOIN part ON part.id = lead.part AND part.sponsor = device.sponsor " \
	"WHERE " which " AND " ACK_HAD " " \
	"AND (lead.id & 4294967295) < log.settled " \
	"AND (lead.granted & (required | optional) & ?2) <> 0 " \
	"AND (?4 < time OR (?4 - time) / 86400 < retain_days) " \
	"AND NOT " ACK_NEVER " AND (?3 <> 4 OR " ACK_UNTOLD ") " \
	"ORDER BY lead.id"

/* Whoever has acknowledged that a lead was withheld hears that it is not: ?1 the
 * kind, ?2 now, ?3 the other kind; which: of the rows of lead. */
#define ACK_RETURN(which) "INSERT INTO ack (sponsor, lead, kind, at) " \
	"SELECT ack.sponsor, lead.id, ?1, " ACK_AT("?2") " FROM ack " \
	"JOIN lead ON lead.id = ack.lead JOIN part ON part.id = lead.part " \
	"WHERE ack.kind = ?3 AND ack.acked_at <> 0 AND lead.state = 0 " \
	"AND (?2 < time OR (?2 - time) / 86400 < retain_days) " \
	"AND " which " AND NOT EXISTS (SELECT 1 " \
	"FROM ack AS later WHERE later.lead = ack.lead " \
	"AND later.sponsor = ack.sponsor AND later.kind IN (?1, ?3) " \
	"AND later.id > ack.id) ORDER BY lead.id"

/* store_lead_end's: the item, if the lead is to end only now. */
BW_MUST_USE bw_err db_ack_ended(struct store *s, uint64_t lead,
    enum lead_state to, int64_t now);
/* not_me.h's: a lead is its sponsor's again, unless its holder is withheld or
 * attends no more, or was erased, whose shares are nobody's; what is open of that
 * goes, and of what was acknowledged it hears that. */
BW_MUST_USE bw_err db_ack_free(struct store *s, uint64_t lead, int64_t now);

#endif
