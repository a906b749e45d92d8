/* SPDX-License-Identifier: Apache-2.0 */
/*
 * duties.h - what the event owes: what is kept until when, what may be given to
 * anybody, what had to be disclosed, incidents and their clock.
 */
#ifndef HOST_PORTAL_DUTIES_H
#define HOST_PORTAL_DUTIES_H

#include "host/breach.h"
#include "host/portal/form.h"

/* What goes when, and the ways to the others. */
void duties_show(struct call *c);
/* That the clock is in doubt, if it is: for a dashboard; and an officer's word
 * that it is right. */
void duties_doubt(struct page *p, struct call *c);
void duties_clock(struct call *c);
/* duties_show's: what is known of it, and the officer's button. */
void duties_clock_note(struct page *p, struct call *c);
void duties_aggregates(struct call *c);
void duties_aggregates_file(struct call *c);

/* Whether the authority must be told of an incident, and until when: a note for
 * a dashboard, and behind the way to them; nothing for who may not see it. */
void incidents_due(struct page *p, struct call *c);
void incidents_due_beside(struct page *p, struct call *c);
/* What is left of the 72 hours, or by how much they are over. */
void incidents_hours(struct page *p, int64_t due, int64_t now);

void disclosures_list(struct call *c);
void disclosures_add(struct call *c);
/* Those of the list as a file, which is recorded. */
void disclosures_file(struct call *c);

/* ?device= fills in the form's. */
void incidents_list(struct call *c);
void incidents_open(struct call *c);
/* One, with its draft of a notification. */
void incidents_show(struct call *c);
/* The registrations that it concerns. */
void incidents_people(struct call *c);
void incidents_tell(struct call *c);
/* What its draft leaves to staff, that the authority was notified, and the end:
 * each a page with a form. */
void incidents_draft(struct call *c);
void incidents_draft_save(struct call *c);
void incidents_notified(struct call *c);
void incidents_reported(struct call *c);
void incidents_closing(struct call *c);
void incidents_close(struct call *c);
/* The letter to those whom it concerns: its text, how it goes out, sending. */
void incidents_letter(struct call *c);
void incidents_letter_save(struct call *c);
/* BW_ERR_OLD: the letter is not the one that the form's page has shown. */
BW_MUST_USE bw_err incident_letter_same(struct call *c, uint64_t id);
/* The incident of the path; false: the answer says that there is none. */
bool incident_find(struct call *c, struct incident *i);

/* A field in words, English; and some: "name, email". */
const char *duties_field(enum field f);
void duties_fields(struct page *p, field_set set);
/* A day or a time of a form (zone.h); "" is 0. Whether it could be read. */
bool duties_time(const struct call *c, const char *name, bool end,
    int64_t *out);
/* The same, and not in the future (case_past): what is wrong with it, or
 * NULL. */
const char *duties_past(const struct call *c, const char *name, bool end,
    int64_t *out);
/* A time as it is typed there, by the event's clocks; 0 is "". end: a midnight
 * ends the day before. */
#define DUTIES_TIME 40
BW_MUST_USE bw_err duties_typed(const struct call *c, int64_t t, bool end,
    char out[static DUTIES_TIME]);

/* What it is about; the draft of Art. 33(3), and the record of its end. */
void incident_about(struct page *p, const struct incident_scope *scope);
void incident_draft(struct page *p, struct call *c, const struct incident *i,
    const struct breach *b);
/* Whether that has a place in square brackets, for somebody to fill in; and the
 * note of a form which says so. */
BW_MUST_USE bw_err incident_unfilled(struct call *c, uint64_t id, bool *yes);
void incident_say_unfilled(struct page *p);
/* The fact (layout.h) when it happened. */
void incident_when(struct page *p, const struct incident_event *e);
/* Of a list of facts: how many letters were written, and what became of them. */
void incident_letters(struct page *p, const struct incident *i);
/* What a text is about, English. */
const char *incident_saying(enum incident_saying what);
/* The fields "from" and "to" of a form, as typed, and what is wrong with them;
 * false: something is. */
#define INCIDENT_TIME DUTIES_TIME
bool incident_take_event(const struct call *c, struct incident_event *out,
    char from[static INCIDENT_TIME], char to[static INCIDENT_TIME],
    const char **from_fault, const char **to_fault);
void incident_event_fields(struct page *p, const char *from, const char *to,
    const char *from_fault, const char *to_fault);

#endif
