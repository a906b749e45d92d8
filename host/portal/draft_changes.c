// SPDX-License-Identifier: Apache-2.0
/* What is new in the draft, and how it becomes the event's policy. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "host/audit.h"
#include "host/policy_install.h"
#include "host/portal/draft.h"
#include "host/store_device.h"
#include "host/token.h"

struct lost {
	struct page *p;
	const struct policyfile *file;
	size_t n;
};

static void
lost(struct lost *l, const char *sentence, const char *what)
{
	page_raw(l->p, l->n++ == 0 ? "<ul>\n<li>" : "<li>");
	say_value(l->p, sentence, what);
	page_raw(l->p, "</li>\n");
}

/* A device whose sponsor is gone gets no policy any more: say so. */
static bw_err
lost_device(void *arg, const struct store_device *dev)
{
	struct lost *l = arg;

	if (dev->state != DEVICE_REVOKED &&
	    !policyfile_has(l->file, dev->sponsor))
		lost(l, N_("Device %s is of a sponsor that is gone: it goes "
		    "on with its last version until that ends. Revoke it if "
		    "it must stop now."), dev->name);
	return l->p->r;
}

/* What was shared with a sponsor stays its own. */
static bw_err
lost_account(void *arg, const struct account *a)
{
	struct lost *l = arg;

	if (a->state != ACCOUNT_DISABLED && a->sponsor[0] != 0 &&
	    !policyfile_has(l->file, a->sponsor))
		lost(l, N_("The account %s is of a sponsor that is gone: it "
		    "stays, for what was shared before. Disable it if it must "
		    "not."), a->mail);
	return l->p->r;
}

static bw_err
lost_token(void *arg, const struct token *t)
{
	struct lost *l = arg;

	if (t->revoked_at == 0 && t->sponsor[0] != 0 &&
	    !policyfile_has(l->file, t->sponsor))
		lost(l, N_("The token %s is of a sponsor that is gone: it "
		    "stays, for what was shared before. Revoke it if it must "
		    "not."), t->name);
	return l->p->r;
}

static bw_err
lost_all(struct lost *l, struct store *s)
{
	bw_err r;

	if ((r = store_device_each(s, lost_device, l)) == BW_OK &&
	    (r = account_each(s, NULL, lost_account, l)) == BW_OK)
		r = token_each(s, 0, NULL, lost_token, l);
	if (l->n != 0)
		page_raw(l->p, "</ul>\n");
	return r;
}

struct renamed {
	struct page *p;		/* NULL: to count only */
	size_t n;
};

static bw_err
renamed_row(void *arg, const struct policy *now, const char *was)
{
	struct renamed *x = arg;

	if (x->n++ == 0 && x->p != NULL)
		layout_note(x->p, "warning", N_("A sponsor's id had another "
		    "name before, and who has the id has its devices, "
		    "accounts and tokens and all that people share with them. "
		    "Another company needs another id."));
	if (x->p == NULL)
		return BW_OK;
	page_raw(x->p, "<p><code>");
	page_text(x->p, now->sponsor.id);
	page_raw(x->p, "</code>: ");
	page_value(x->p, was);
	page_raw(x->p, " → ");
	page_value(x->p, now->sponsor.name);
	page_raw(x->p, "</p>\n");
	return x->p->r;
}

/* The box without which a new name for an old id is not installed. */
static bw_err
renamed_box(struct page *p, struct draft *d)
{
	struct renamed x = { p, 0 };
	bw_err r = policy_renamed(d->c->store, d->file, renamed_row, &x);

	if (x.n != 0)
		form_check(p, &(struct form_field){ .name = "same-company",
		    .label = N_("It is the same company under a new name") },
		    "yes", false);
	return r;
}

static void
install_form(struct page *p, struct draft *d, const char *version)
{
	struct lost l = { .p = p, .file = d->file };
	bw_err r;

	say_in(p, "h2", N_("Install"));
	if (d->file->part[0]->valid_until <= (uint64_t)d->c->now)
		layout_note(p, "warning", N_("This policy is over: its last "
		    "day has passed, and no kiosk will open with it."));
	r = lost_all(&l, d->c->store);
	if (p->r == BW_OK)
		p->r = r;
	page_raw(p, "<p>");
	say_value(p, N_("It becomes version %s. Devices get it when they next "
	    "ask the host, within minutes while they are online, and ask "
	    "under it from then on. What was shared before stays under the "
	    "version that was shown then: a consent never counts for a text "
	    "that came later. A version is never changed and never removed; "
	    "to go back, install its text again."), version);
	page_raw(p, "</p>\n");
	draft_form(p, d, "/policy/draft/install", false);
	r = renamed_box(p, d);
	if (p->r == BW_OK)
		p->r = r;
	page_raw(p, "<div class=\"field\">\n<label>");
	say_value(p, N_("To do this, type the version: %s"), version);
	page_raw(p, "<input class=\"form-control\" name=\"confirm\" "
	    "autocomplete=\"off\" required></label>\n</div>\n");
	form_end(p, N_("Install"));
}

/* Two versions of one text would stand in DIR/policy, and what was shared under
 * the one that was lost be held for good. */
static void
refuse_other(struct page *p, uint64_t n)
{
	char version[BODY_VERSION_MAX + 1];

	snprintf(version, sizeof(version), "%" PRIu64, n);
	page_raw(p, "<div class=\"note note-danger\" role=\"alert\">");
	say_value(p, N_("It cannot be installed: version %s, which was lost "
	    "over a backup, is this text with another logo. To have it again, "
	    "give each sponsor the logo that it had. For a new version change "
	    "something else, too; a comment in the text will do."), version);
	page_raw(p, "</div>\n<p class=\"no-paper\">");
	layout_link(p, "/policy/draft", N_("Back to the draft"));
	page_raw(p, "</p>\n");
}

static void
differences(struct page *p, struct draft *d, const struct policyfile *was,
    const struct policy_next *next)
{
	say_in(p, "h2", N_("What is new"));
	if (was == NULL)
		say_in(p, "p", N_("There is no version yet: all of it is "
		    "new."));
	else if (!draft_print_changes(p, was, d->file))
		say_in(p, "p", N_("Nothing: it says what is installed "
		    "already."));
	if (next->same)
		layout_empty(p, N_("The draft is the installed version, so "
		    "there is nothing to install."), "/policy/draft",
		    N_("Back to the draft"));
	else if (next->other != 0)
		refuse_other(p, next->other);
	else
		install_form(p, d, next->version);
	say_in(p, "h2", N_("The draft in plain sentences"));
	draft_print(p, d->file);
}

static void
show(struct draft *d, unsigned status, const char *error)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct policy_next next = { 0 };
	struct policyfile *was = NULL;
	struct store_policy cur;
	struct page p;
	bw_err r;

	r = store_policy_current(d->c->store, &cur);
	if (r == BW_OK)
		r = draft_installed(d->c, cur.version, &was, &text);
	else if (r == BW_ERR_NOTFOUND)
		r = BW_OK;
	if (r == BW_OK && d->file != NULL)
		r = policy_next_version(d->c->store, d->c->host->dir, d->file,
		    &d->d.source, false, &next);
	layout_begin(&p, d->c, status, N_("What is new in the draft"));
	draft_notes(&p, d);
	if (error != NULL)
		layout_note(&p, "danger", error);
	if (d->file != NULL)
		differences(&p, d, was, &next);
	else
		layout_empty(&p, N_("Something is wrong with the draft, so it "
		    "cannot be compared and not be installed."),
		    "/policy/draft", N_("Mend the draft"));
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, d->c);
	policyfile_free(&was);
	bw_buf_free(&text);
}

void
draft_changes(struct call *c)
{
	struct draft *d = draft_open(c, true);

	if (d != NULL)
		show(d, 200, NULL);
	draft_close(&d);
}

/* A new name for an old id, and nobody ticked the box. */
static bw_err
refuse_renamed(struct draft *d, bool *refused, bool *said)
{
	struct renamed x = { NULL, 0 };
	bw_err r = policy_renamed(d->c->store, d->file, renamed_row, &x);
	char box[8];

	form_value(d->c, "same-company", box, sizeof(box));
	*said = x.n != 0 && strcmp(box, "yes") == 0;
	*refused = x.n != 0 && !*said;
	return r == BW_OK && *refused ? BW_ERR_DENIED : r;
}

/* In the transaction; its end is the caller's. */
static bw_err
install(struct draft *d, const char *version, char path[FILE_PATH_MAX])
{
	struct call *c = d->c;
	char given[24];
	uint64_t rev;
	bw_err r;

	form_value(c, "rev", given, sizeof(given));
	if (text_number(given, strlen(given), INT64_MAX, &rev) != BW_OK ||
	    rev != d->d.rev)
		return BW_ERR_EXISTS;
	if ((r = store_draft_drop(c->store, rev)) != BW_OK)
		return r;
	return policy_install(c->store, c->host->dir, d->file, version,
	    &d->d.source, c->now, path);
}

static void
install_checked(struct draft *d)
{
	char path[FILE_PATH_MAX] = "";
	struct policy_next next = { 0 };
	struct call *c = d->c;
	bool right = false, other = false, said = false;
	bw_err r;

	if ((r = store_begin(c->store)) == BW_OK) {
		r = policy_next_version(c->store, c->host->dir, d->file,
		    &d->d.source, false, &next);
		right = r == BW_OK && !next.same && next.other == 0 &&
		    form_confirmed(c, next.version);
		if (right && (r = refuse_renamed(d, &other, &said)) == BW_OK)
			r = install(d, next.version, path);
		else if (r == BW_OK)
			r = BW_ERR_DENIED;
		r = audit_finish(c->store, r, c->now, c->me->actor,
		    DID_POLICY_INSTALL, next.version,
		    said ? POLICY_SAME_COMPANY : "");
	}
	if (r != BW_OK && path[0] != 0 && file_remove(path) != BW_OK)
		log_error("policy: %s is of no version; remove it", path);
	d->conflict = right && r == BW_ERR_EXISTS;
	if (r == BW_OK)
		layout_go(c, "/policy", "installed");
	else if (d->conflict)
		show(d, 409, NULL);
	else if (other)
		show(d, 422, N_("Nothing was installed: give another company "
		    "another id, or say that it is the same one."));
	else if (r == BW_ERR_DENIED && next.other != 0)
		show(d, 422, NULL);
	else if (r == BW_ERR_DENIED)
		show(d, 422, N_("Nothing was installed: what you typed is not "
		    "the version that it becomes."));
	else
		layout_failure(c, r);
}

void
draft_install(struct call *c)
{
	struct draft *d = draft_open(c, true);

	if (d == NULL)
		return;
	if (d->file != NULL)
		install_checked(d);
	else
		show(d, 422, NULL);
	draft_close(&d);
}
