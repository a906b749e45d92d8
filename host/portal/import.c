// SPDX-License-Identifier: Apache-2.0
/* A ticket shop's file: uploaded, looked at, applied. */
#include "host/portal/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/audit.h"
#include "host/route.h"

static void
ask(struct call *c, unsigned status, const char *error)
{
	struct page p;

	layout_begin(&p, c, status, N_("Upload registrations"));
	say_in(&p, "p", N_("Take Eventbrite's attendee report, or pretix's "
	    "export \"Order data\" (its sheet of positions), as CSV. You see "
	    "first what each row would do; nothing changes before you say "
	    "so."));
	say_in(&p, "p", N_("Only the columns that badges need are kept. The "
	    "file itself is removed once it was applied, or after an hour."));
	form_begin(&p, c, "/registrations/import", true);
	form_input(&p, &(struct form_field){ .name = "file", .type = "file",
	    .label = N_("File (CSV, up to 64 MB)"), .error = error });
	form_end(&p, N_("Upload and look at it"));
	import_done(&p, c);
	layout_end(&p, c);
}

void
import_ask(struct call *c)
{
	ask(c, 200, NULL);
}

static bw_err
keep(struct call *c, const struct http_part *part,
    char name[static STAGE_NAME_SIZE])
{
	const char *dir = c->host->dir->path;
	int fd;
	bw_err r;

	if ((r = import_stage(dir, c->now, name, &fd)) != BW_OK)
		return r;
	r = file_pour(fd, part->ptr, part->len);
	close(fd);
	if (r != BW_OK && import_stage_drop(dir, name) != BW_OK)
		return BW_ERR_IO;
	return r;
}

void
import_take(struct call *c)
{
	char name[STAGE_NAME_SIZE], path[64];
	struct http_part part;
	bw_err r = http_part(c->in, "file", 0, &part);

	if (r != BW_OK || part.len == 0)
		ask(c, 422, N_("Choose a file that is not empty."));
	else if ((r = keep(c, &part, name)) == BW_ERR_FULL)
		ask(c, 503, N_("There is no room, or too many files wait to "
		    "be applied. Apply or discard one first."));
	else if (r != BW_OK)
		layout_failure(c, r);
	else {
		snprintf(path, sizeof(path), "/registrations/import/%s",
		    name);
		layout_go(c, path, NULL);
	}
}

/* ---- what was chosen ---- */

typedef bw_err (*get_fn)(const struct http_request *r, const char *name,
    char *out, size_t size);

static void
choose_one(struct looked *l, enum column col)
{
	const char *s = l->chosen[col];
	uint64_t n;

	if (strcmp(s, "-") == 0)
		l->choice.header[col] = "";
	else if (text_number(s, strlen(s), l->n, &n) == BW_OK && n < l->n &&
	    l->column[n][0] != 0)
		l->choice.header[col] = l->column[n];
	else
		l->chosen[col][0] = 0;
}

/* From the query of a page or the body of a form. */
static bw_err
look(struct call *c, get_fn get, struct looked *l)
{
	char name[8];
	bw_err r;

	memset(l, 0, sizeof(*l));
	route_part(c, 0, l->name);
	snprintf(l->path, sizeof(l->path), "/registrations/import/%.40s",
	    l->name);
	l->lang = strcmp(layout_language(c), "de") == 0 ? WHY_DE : WHY_EN;
	r = import_upload_columns(c->host->dir->path, l->name, c->now,
	    &l->column, &l->n, &l->head, &l->fault);
	if (get(c->in, "k", l->kind, sizeof(l->kind)) != BW_OK)
		l->kind[0] = 0;
	for (enum import_kind k = IMPORT_AUTO; k <= IMPORT_PRETIX; k++)
		if (strcmp(import_kind_name(k), l->kind) == 0)
			l->choice.kind = k;
	for (enum column i = 0; i < COLUMNS; i++) {
		snprintf(name, sizeof(name), "m%d", (int)i);
		if (get(c->in, name, l->chosen[i],
		    sizeof(l->chosen[i])) != BW_OK)
			l->chosen[i][0] = 0;
		choose_one(l, i);
	}
	return r;
}

static void
look_end(struct looked *l)
{
	import_plan_free(&l->plan);
	free(l->column);
}

/* ---- the page ---- */

/* What staff must say yes to, and have not; NULL: nothing. */
static const char *
unsaid(const struct call *c, const struct import_plan *plan)
{
	if (!import_plan_alarms(plan))
		return NULL;
	if (!regs_ticked(c, "sure"))
		return N_("Say that it is this event's file, and all of it.");
	if (plan->field[FIELD_NAME] != 0 && !regs_ticked(c, "names"))
		return N_("Say that the other names are right.");
	return NULL;
}

/* After an error they stand as they were ticked. */
static void
ticks(struct page *p, const struct call *c, const struct import_plan *plan,
    bool again)
{
	if (!import_plan_alarms(plan))
		return;
	regs_tick(p, "sure", N_("It is this event's file, and all of it"),
	    again && regs_ticked(c, "sure"));
	if (plan->field[FIELD_NAME] != 0)
		regs_tick(p, "names", N_("The other names are right: no "
		    "column was sorted alone"), again && regs_ticked(c,
		    "names"));
}

static void
apply_form(struct page *p, struct call *c, const struct looked *l,
    const char *error)
{
	const struct import_plan *plan = l->plan;
	char to[STRICT_TARGET_MAX + 16], hex[CRYPTO_HASH * 2 + 1];

	if (plan->n[IMPORT_SAME] + plan->n[IMPORT_SKIP] == plan->nlines) {
		say_in(p, "p", N_("Nothing would change."));
		return;
	}
	text_hex(plan->hash, CRYPTO_HASH, hex);
	snprintf(to, sizeof(to), "%s/apply", l->path);
	form_begin(p, c, to, false);
	form_hidden(p, "plan", hex);
	import_chosen(p, l);
	ticks(p, c, plan, error != NULL);
	if (error != NULL) {
		page_raw(p, "<p class=\"error\" role=\"alert\">");
		say(p, error);
		page_raw(p, "</p>\n");
	}
	form_end(p, N_("Apply"));
}

static void
drop_form(struct page *p, struct call *c, const struct looked *l)
{
	char to[STRICT_TARGET_MAX + 16];

	snprintf(to, sizeof(to), "%s/drop", l->path);
	form_button(p, c, to, N_("Discard the file"));
}

/* The file is not taken as it is. */
static void
refused(struct page *p, const struct looked *l)
{
	char text[FAULT_TEXT], line[24];

	page_raw(p, "<div class=\"note note-danger\" role=\"alert\">");
	say(p, N_("The file cannot be taken like this:"));
	page_raw(p, " ");
	snprintf(line, sizeof(line), "%zu", l->fault.line);
	if (l->fault.line != 0)
		say_value(p, N_("Line %s: "), line);
	fault_say(&l->fault, catalogue_find, p->w->lang, text);
	page_text(p, text);
	page_raw(p, "</div>\n");
}

static void
counts(struct page *p, const struct looked *l)
{
	static const char *const names[IMPORT_ACTS] = { N_("Added"),
		N_("Changed"), N_("Handed on"), N_("Unchanged"), N_("Skipped") };

	page_raw(p, "<dl class=\"facts\">\n");
	for (int i = 0; i < IMPORT_ACTS; i++) {
		page_raw(p, "<dt>");
		say(p, names[i]);
		page_raw(p, "</dt>\n<dd>");
		layout_number(p, l->plan->n[i]);
		page_raw(p, "</dd>\n");
	}
	page_raw(p, "</dl>\n");
}

/* Not where the file itself is broken below its head: choosing columns mends
 * nothing there, unless some were chosen. */
static bool
columns_matter(const struct looked *l)
{
	bool chosen = l->kind[0] != 0;

	for (int i = 0; i < COLUMNS; i++)
		chosen |= l->chosen[i][0] != 0;
	return l->plan != NULL || chosen || l->fault.line <= l->head;
}

/* error: beside the button; note: above all. */
static void
page(struct call *c, unsigned status, const struct looked *l, int act,
    size_t from, const char *note, const char *error)
{
	struct page p;

	layout_begin(&p, c, status, N_("What the file would do"));
	if (note != NULL)
		layout_note(&p, "warning", note);
	if (l->plan == NULL)
		refused(&p, l);
	else {
		counts(&p, l);
		import_warnings(&p, l);
	}
	page_raw(&p, "<div class=\"acts\">\n");
	if (l->plan != NULL)
		apply_form(&p, c, l, error);
	drop_form(&p, c, l);
	page_raw(&p, "</div>\n");
	if (l->plan != NULL)
		import_rows(&p, c, l, act, from);
	if (l->n > 0 && columns_matter(l))
		import_mapping(&p, l);
	layout_end(&p, c);
}

static void
gone(struct call *c)
{
	struct page p;

	layout_begin(&p, c, 404, N_("What the file would do"));
	layout_empty(&p, N_("This file is not here any more: it was applied "
	    "or discarded, or its hour is over. Nothing else was changed."),
	    "/registrations/import", N_("Upload it again"));
	layout_end(&p, c);
}

/* With a plan as things are now. */
static void
show(struct call *c, struct looked *l, unsigned status, const char *note,
    const char *error)
{
	char text[16];
	uint64_t from;
	int act = -1;
	bw_err r;

	import_plan_free(&l->plan);
	l->fault.text[0] = 0;
	r = import_upload_plan(&l->plan, c->store, c->host->dir->path,
	    l->name, &l->choice, c->now, &l->fault);
	regs_param(c, "act", text, sizeof(text));
	for (enum import_act i = 0; i < IMPORT_ACTS; i++)
		if (strcmp(why_act(i, WHY_EN), text) == 0)
			act = (int)i;
	regs_param(c, "from", text, sizeof(text));
	if (text_number(text, strlen(text), UINT32_MAX, &from) != BW_OK)
		from = 0;
	if (r == BW_ERR_NOTFOUND)
		gone(c);
	else if (r != BW_OK && l->fault.text[0] == 0)
		layout_failure(c, r);
	else
		page(c, r == BW_OK ? status : 422, l, act, from, note, error);
}

void
import_show(struct call *c)
{
	struct looked l;
	bw_err r = look(c, http_param, &l);

	if (r == BW_ERR_NOTFOUND)
		gone(c);
	else if (r != BW_OK && l.fault.text[0] == 0)
		layout_failure(c, r);
	else if (r != BW_OK)
		page(c, 422, &l, -1, 0, NULL, NULL);
	else
		show(c, &l, 200, NULL, NULL);
	look_end(&l);
}

static bw_err
apply(struct call *c, struct looked *l, const uint8_t hash[CRYPTO_HASH],
    const char **error)
{
	struct import_sum sum;
	bw_err r;

	*error = NULL;
	if ((r = store_begin(c->store)) != BW_OK)
		return r;
	r = import_upload_apply(&l->plan, c->store, c->host->dir->path,
	    l->name, &l->choice, c->now, hash, &l->fault);
	if (r == BW_OK && (*error = unsaid(c, l->plan)) != NULL)
		r = BW_ERR_DENIED;
	if (r != BW_OK) {
		store_rollback(c->store);
		return r;
	}
	import_plan_sum(l->plan, &sum);
	return audit_finish(c->store, r, c->now, c->me->actor, sum.act,
	    sum.object, sum.detail);
}

static void
applied(struct call *c, const struct looked *l)
{
	/* What cannot be removed now goes within the hour. */
	if (import_stage_drop(c->host->dir->path, l->name) != BW_OK)
		import_stage_sweep(c->host->dir->path, c->now);
	layout_go(c, "/registrations/import", "imported");
}

void
import_apply(struct call *c)
{
	char hex[CRYPTO_HASH * 2 + 1];
	uint8_t hash[CRYPTO_HASH];
	const char *error = NULL;
	struct looked l;
	bw_err r = look(c, http_form, &l);

	form_value(c, "plan", hex, sizeof(hex));
	if (r == BW_OK && (strlen(hex) != CRYPTO_HASH * 2 ||
	    text_unhex(hex, hash, sizeof(hash)) != BW_OK))
		r = BW_ERR_OLD;
	if (r == BW_OK)
		r = apply(c, &l, hash, &error);
	if (r == BW_OK)
		applied(c, &l);
	else if (r == BW_ERR_NOTFOUND)
		gone(c);
	else if (error != NULL)
		show(c, &l, 422, NULL, error);
	else if (r == BW_ERR_OLD || l.fault.text[0] != 0)
		show(c, &l, 409, N_("Nothing was changed: registrations have "
		    "changed since you looked. This is what the file would do "
		    "now."), NULL);
	else
		layout_failure(c, r);
	look_end(&l);
}

void
import_drop(struct call *c)
{
	char name[STRICT_TARGET_MAX + 1];
	bw_err r;

	route_part(c, 0, name);
	r = import_stage_drop(c->host->dir->path, name);
	if (r == BW_OK)
		layout_go(c, "/registrations", "file-discarded");
	else
		layout_failure(c, r);
}
