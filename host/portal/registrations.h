/* SPDX-License-Identifier: Apache-2.0 */
/* registrations.h - pages about those who have registered. */
#ifndef HOST_PORTAL_REGISTRATIONS_H
#define HOST_PORTAL_REGISTRATIONS_H

#include "host/portal/form.h"
#include "host/store_desk.h"

#define REGS_PAGE 50		/* rows of a page */

/* The list, and one of it with what staff may decide about it. */
void registrations_list(struct call *c);
void registration_show(struct call *c);
void registration_withhold(struct call *c);
void registration_release(struct call *c);
/* Those whom the report says to be minors: no name, no address. */
void minors_list(struct call *c);
void minors_show(struct call *c);
void minors_release(struct call *c);
void minors_mark(struct call *c);
/* A file of a ticket shop: uploaded, looked at, applied. */
void import_ask(struct call *c);
void import_take(struct call *c);
void import_show(struct call *c);
void import_apply(struct call *c);
void import_drop(struct call *c);

/* ---- pieces that they and the badge desk share ---- */

/* A status and what a badge's state is, English. */
const char *regs_status(const struct registration *r);
const char *regs_badge(enum badge_state st);
/* Why no badge is made for it; NULL: one is. English. */
const char *regs_no_badge(enum reg_status st);
/* The head of a row that leads to href: the name, or what stands in its
 * place. */
void regs_name_cell(struct page *p, const struct registration *r,
    const char *href);
/* Name and company, or what stands in their place. */
void regs_who(struct page *p, const struct registration *r);
/* "name, company", in the reader's language. */
void regs_fields(struct page *p, field_set set);
/* What of these values fits on which tag, as a table. */
void regs_budget(struct page *p, struct call *c,
    const struct field_values *values, const struct store_badge_state *had);
/* The first "*" of the path, which is a registration: false, and the answer is
 * filled in, when there is none. Wipe *out. */
bool regs_find(struct call *c, unsigned part, struct registration *out);
/* A box to tick, which sends "1". */
void regs_tick(struct page *p, const char *name, const char *label,
    bool ticked);
bool regs_ticked(const struct call *c, const char *name);
/* A parameter of the query: clean text, or "". */
void regs_param(const struct call *c, const char *name, char *out,
    size_t size);
/* "path?" and what it is asked with, of clean text, name and value in turn up
 * to NULL; a value that is NULL or "" is left out. */
void regs_link(char out[static STRICT_TARGET_MAX + 1], const char *path,
    ...) __attribute__((sentinel));

/* Every reason that staff may give, each up to NULL. */
extern const struct form_choice regs_withhold_reasons[],
    regs_release_reasons[], minors_release_reasons[];
/* Choices of a reason that go into the audit as their words. */
bool regs_reason(const struct call *c, const struct form_choice *choices,
    char out[static 24]);
/* Whether a reason is the person's own wish (right.h). */
bool regs_of_person(const char *reason);
/* Withhold or release it (registration_target), unless its status is not any
 * more what it was: BW_ERR_GONE. BW_ERR_DENIED: it is withheld for the person's
 * own wish. With its row in the audit. */
BW_MUST_USE bw_err regs_change(struct call *c, const struct registration *was,
    enum reg_status to, enum audit_act act, const char *reason);

#endif
