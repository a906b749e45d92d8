/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sponsor.h - the pages of a sponsor's people: leads, what was withdrawn,
 * files, team, what was agreed. All of it is of the sponsor that the
 * account belongs to; no path names another.
 *
 * A manager sees what was released of a lead. A scanner sees that there is one,
 * where and when it was made and what staff noted, and can note; no value, and
 * nothing that could be guessed from one, as a search (access.c).
 */
#ifndef HOST_PORTAL_SPONSOR_H
#define HOST_PORTAL_SPONSOR_H

#include "host/portal/layout.h"
#include "host/store_device.h"
#include "host/store_leadlist.h"

void leads_list(struct call *c);
void leads_show(struct call *c);
void leads_note(struct call *c);
void withdrawals_list(struct call *c);
void withdrawals_one(struct call *c);
void withdrawals_all(struct call *c);
void downloads_list(struct call *c);
void downloads_make(struct call *c);
void team_list(struct call *c);
void team_invite(struct call *c);
void team_disable(struct call *c);
void team_enable(struct call *c);
void team_logins(struct call *c);
void team_ask_link(struct call *c);
void team_link(struct call *c);
void ours_show(struct call *c);
void ours_screen(struct call *c);

/* Whose people ask; "" for the event's. */
const char *sponsor_own(const struct call *c);
/* Whether its people can open the staff's screens of its devices: the policy
 * that holds now has a PIN for them. */
bool sponsor_has_pin(struct call *c);
/* Whether who asks sees values. */
bool sponsor_sees_values(const struct call *c);
/* What must be acknowledged, on top of each page of a sponsor's people. */
void sponsor_banner(struct page *p, struct call *c);
/* Who did it: a name, "the organisers", never a mail of another sponsor's. */
void sponsor_who(struct page *p, struct call *c, uint64_t account);
/* A program by its token, with what that is for, also when it is good for nothing
 * any more. */
void sponsor_program(struct page *p, struct call *c, uint64_t token);
/* Either of an actor, as exports have one; and an export's format. */
void sponsor_by(struct page *p, struct call *c, const char *actor);
void sponsor_format(struct page *p, const char *format);

/* ---- where devices stand ---- */

#define BOOTH_NAME_MAX (DEVICE_BOOTH_MAX + TEXT_ID_MAX + 8)
struct booth {
	char device[TEXT_ID_MAX + 1], place[DEVICE_BOOTH_MAX + 1];
};
struct booths {
	struct booth *of;
	size_t n;
};
/* All of the sponsor whose person asks. Free it in any case. */
BW_MUST_USE bw_err booths_take(struct call *c, struct booths *out);
void booths_free(struct booths *b);
/* "Hall 2, B14 (k07)"; the device alone where nobody said its place. */
void booths_name(const struct booths *b, const char *device,
    char out[static BOOTH_NAME_MAX]);

/* ---- what a list of leads is asked for ---- */

struct leads_query {
	char search[100], device[TEXT_ID_MAX + 1], tag[41], since[24];
	char cursor[STRICT_TARGET_MAX + 1];
	enum leadlist_sort sort;
	int rating;
	int64_t changed_since;
	const char *fault;		/* of since, English; or NULL */
};
/* From the address, or from a form's fields. */
void leads_query_read(const struct call *c, bool form,
    struct leads_query *out);
/* Whether it leaves any lead out. */
bool leads_query_filters(const struct leads_query *q);
/* The address of the same list; false: it is too long to be one. */
bool leads_query_address(const struct leads_query *q, const char *path,
    const char *cursor, char out[static STRICT_TARGET_MAX + 1]);
/* As the store is asked; points into q. */
struct leadlist_query leads_query_for(const struct leads_query *q,
    const char *sponsor);
/* Search, filter, order: a form that leads to this list. */
void leads_query_form(struct page *p, struct call *c,
    const struct booths *b, const struct leads_query *q);
/* The same fields, hidden. */
void leads_query_hidden(struct page *p, const struct leads_query *q);

#endif
