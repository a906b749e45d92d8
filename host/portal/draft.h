/* SPDX-License-Identifier: Apache-2.0 */
/*
 * draft.h - the pages on which staff write the event's policy: its draft
 * (store_draft.h), forms over the keys of its file, its text, what is new in
 * it, and the screens that it makes. Between draft*.c and routes.c only.
 */
#ifndef HOST_PORTAL_DRAFT_H
#define HOST_PORTAL_DRAFT_H

#include "host/policyfile.h"
#include "host/policytree.h"
#include "host/portal/form.h"
#include "host/store_draft.h"

#define DRAFT_FORM_MAX (256u * 1024)	/* bytes of a form's body */
#define DRAFT_TEXT_MAX (1024u * 1024)	/* of the text, with its escapes */
#define DRAFT_LOGO_MAX (600u * 1024)
#define DRAFT_VALUE_MAX 2400u	/* bytes of a field at all, with a zero */
/* Members of a form_field: what was refused is shown as it was typed. */
#define DRAFT_TYPED(d) .room = DRAFT_VALUE_MAX - 1, \
	.typed = (d)->nrefused != 0 ? (d)->c : NULL
#define DRAFT_REFUSED 40

/* ---- handlers ---- */
void draft_begin(struct call *c);
void draft_show(struct call *c);
void draft_discard(struct call *c);
void draft_sponsor_add(struct call *c);
void draft_event(struct call *c);
void draft_event_save(struct call *c);
void draft_sponsor(struct call *c);
void draft_sponsor_save(struct call *c);
void draft_sponsor_remove(struct call *c);
void draft_sponsor_pin(struct call *c);
void draft_sponsor_logo(struct call *c);
/* Notices and questions, of all sponsors or of one. */
void draft_texts(struct call *c);
void draft_texts_save(struct call *c);
void draft_text(struct call *c);
void draft_text_save(struct call *c);
void draft_upload(struct call *c);
void draft_download(struct call *c);
void draft_changes(struct call *c);
void draft_install(struct call *c);
void draft_screen(struct call *c);
void draft_picture(struct call *c);

/* ---- what they share (draft_open.c) ---- */
struct draft {
	struct call *c;
	struct store_draft d;
	struct policytree *tree;	/* NULL: its form is wrong */
	struct policyfile *file;	/* NULL: something is wrong */
	struct fault_list f;		/* lines: those of tree, or source */
	char said[FAULT_LIST_MAX][FAULT_TEXT];	/* f in their language */
	bool comments;
	bool conflict;			/* somebody else was faster */
	size_t nrefused;		/* what was typed and cannot be kept */
	struct { char name[48]; const char *sentence; }
	    refused[DRAFT_REFUSED];
};
/* raw: check the text as it stands, not as forms would write it. NULL: the
 * answer is filled in. */
struct draft *draft_open(struct call *c, bool raw);
void draft_close(struct draft **d);
/* The same for pages of forms: NULL too when the text's form is wrong. */
struct draft *draft_open_tree(struct call *c);
/* The section of the path's sponsor. NULL: the answer is filled in. */
struct policytree *draft_sponsor_of(struct draft *d);
/* Check tree again after changes, so that faults have its lines. */
BW_MUST_USE bw_err draft_check(struct draft *d);
/* Store what tree is now, if the form's rev is right. BW_ERR_EXISTS: conflict;
 * BW_ERR_BOUND: over POLICYFILE_MAX; BW_ERR_FORMAT: it could not be read
 * again. logo, if not NULL, is kept under logo_name. what: ids, for the
 * audit. */
BW_MUST_USE bw_err draft_store(struct draft *d, const char *what,
    const char *logo_name, const struct policy_logo *logo);
BW_MUST_USE bw_err draft_store_text(struct draft *d, const void *text,
    size_t len, const char *what);

/* ---- forms over it (draft_form.c) ---- */
/* Take a field of the request into a key; what cannot be kept is refused. */
void draft_take(struct draft *d, struct policytree *s, const char *field,
    const char *key, bool keep_empty);
/* The same for a day, field and key of one name, also as people type it
 * (when_dotted). */
void draft_take_day(struct draft *d, struct policytree *s, const char *key);
void draft_refuse(struct draft *d, const char *field, const char *sentence);
/* What stands beside a field; NULL: nothing. */
const char *draft_error(const struct draft *d, const char *field,
    const struct policytree *s, const char *key);
/* All that is wrong between two lines; 0 to 0 is what concerns the whole. */
size_t draft_count(const struct draft *d, size_t from, size_t to);
void draft_faults(struct page *p, const struct draft *d, size_t from,
    size_t to);
/* A form with the draft's rev. */
void draft_form(struct page *p, const struct draft *d, const char *action,
    bool upload);
/* Above a form: that somebody was faster, or what was typed is not kept. */
void draft_notes(struct page *p, const struct draft *d);
/* After a form's fields were taken: store them and go to next, or false: show
 * the page again with *status. */
bool draft_done(struct draft *d, const char *what, const char *next,
    unsigned *status);
/* The languages that the draft lists, in its order; n at most POLICY_LANGS. */
size_t draft_languages(const struct draft *d,
    const char *out[static POLICY_LANGS]);
/* A language's name in the page's language. */
const char *draft_language(const struct page *p, const char *lang);

/* ---- plain sentences (draft_print.c) ---- */
void draft_print(struct page *p, const struct policyfile *file);
/* What is new, gone and changed; false: nothing is. was may be NULL. */
bool draft_print_changes(struct page *p, const struct policyfile *was,
    const struct policyfile *now);
/* Read an installed version, with the logos that it has. The caller frees. */
BW_MUST_USE bw_err draft_installed(struct call *c, const char *version,
    struct policyfile **out, struct bw_buf *text);

#endif
