// SPDX-License-Identifier: Apache-2.0
/* A policy in plain sentences, and what is new in it: the lines that
 * `badgeward policy check` prints, by sponsor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/portal/draft.h"

/* The event's lines (NULL), or a sponsor's. For free(); NULL: no memory. */
static char *
lines_of(const struct policyfile *file, const struct policy *part)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	if (f == NULL)
		return NULL;
	if (part != NULL)
		policyfile_print_sponsor(part, f);
	else
		policyfile_print_event(file, f);
	if (fclose(f) == 0)
		return text;
	free(text);
	return NULL;
}

static void
put_line(struct page *p, const char *line)
{
	page_value(p, line + strspn(line, " "));
}

static void
print_block(struct page *p, char *text, bool event)
{
	char *rest = text, *line;
	bool head = !event;

	if (event)
		page_raw(p, "<ul>\n");
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (line[0] == 0)
			continue;
		page_raw(p, head ? "<h3>" : strncmp(line, "    ", 4) == 0 ?
		    "<li class=\"said\">" : "<li>");
		put_line(p, line);
		page_raw(p, head ? "</h3>\n<ul>\n" : "</li>\n");
		head = false;
	}
	page_raw(p, "</ul>\n");
}

void
draft_print(struct page *p, const struct policyfile *file)
{
	page_raw(p, "<div class=\"sentences\" lang=\"en\">\n");
	for (size_t i = 0; i <= file->n; i++) {
		char *text = lines_of(file, i == 0 ? NULL : file->part[i - 1]);

		if (text != NULL)
			print_block(p, text, i == 0);
		else if (p->r == BW_OK)
			p->r = BW_ERR_NOMEM;
		free(text);
	}
	page_raw(p, "</div>\n");
}

/* Does a text have this line? */
static bool
has_line(const char *text, const char *line, size_t len)
{
	while (*text != 0) {
		size_t n = strcspn(text, "\n");

		if (n == len && memcmp(text, line, n) == 0)
			return true;
		text += n + (text[n] == '\n');
	}
	return false;
}

/* The lines of one that the other has not; with their word unless all are new
 * or gone. */
static bool
only_in(struct page *p, const char *text, const char *other,
    const char *word)
{
	bool any = false;
	char line[2048];

	while (*text != 0) {
		size_t n = strcspn(text, "\n");

		if (n != 0 && !has_line(other, text, n)) {
			snprintf(line, sizeof(line), "%.*s", (int)n, text);
			page_raw(p, "<li>");
			if (*other != 0)
				say_in(p, "strong", word);
			page_raw(p, " <span lang=\"en\">");
			put_line(p, line);
			page_raw(p, "</span></li>\n");
			any = true;
		}
		text += n + (text[n] == '\n');
	}
	return any;
}

static bool
changed(struct page *p, const char *was, const char *now, const char *name)
{
	bool any;

	if (strcmp(was, now) == 0)
		return false;
	page_raw(p, "<h3>");
	if (name[0] == 0)
		say(p, N_("The event"));
	else if (was[0] == 0)
		say_value(p, N_("New sponsor: %s"), name);
	else if (now[0] == 0)
		say_value(p, N_("Sponsor that is gone: %s"), name);
	else
		say_value(p, N_("Changed sponsor: %s"), name);
	page_raw(p, "</h3>\n<ul>\n");
	any = only_in(p, was, now, N_("Before:"));
	any = only_in(p, now, was, N_("From now on:")) || any;
	if (!any) {
		page_raw(p, "<li>");
		say(p, N_("The order of its sentences."));
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul>\n");
	return true;
}

static const struct policy *
find(const struct policyfile *file, const char *id)
{
	for (size_t i = 0; file != NULL && i < file->n; i++)
		if (strcmp(file->part[i]->sponsor.id, id) == 0)
			return file->part[i];
	return NULL;
}

/* What no sentence tells: other pixels, another PIN. */
static bool
unseen(struct page *p, const struct policy *a, const struct policy *b)
{
	bool pin = a != NULL && b != NULL &&
	    a->staff_pin[0] != 0 && b->staff_pin[0] != 0 &&
	    strcmp(a->staff_pin, b->staff_pin) != 0;
	bool logo = a != NULL && b != NULL && a->logo.w != 0 &&
	    b->logo.w != 0 && (a->logo.rgba.len != b->logo.rgba.len ||
	    memcmp(a->logo.rgba.ptr, b->logo.rgba.ptr,
	    a->logo.rgba.len) != 0);

	if (pin || logo)
		page_raw(p, "<p>");
	if (pin)
		say_value(p, N_("The staff of %s get another PIN. "),
		    b->sponsor.id);
	if (logo)
		say_value(p, N_("The logo of %s is another one."),
		    b->sponsor.id);
	if (pin || logo)
		page_raw(p, "</p>\n");
	return pin || logo;
}

static bool
one(struct page *p, const struct policyfile *was,
    const struct policyfile *now, const struct policy *a,
    const struct policy *b, const char *name)
{
	bool event = name[0] == 0, any = false;
	char *x = (event ? was != NULL : a != NULL) ? lines_of(was, a) :
	    strdup("");
	char *y = event || b != NULL ? lines_of(now, b) : strdup("");

	if (x != NULL && y != NULL)
		any = changed(p, x, y, name);
	else if (p->r == BW_OK)
		p->r = BW_ERR_NOMEM;
	free(x);
	free(y);
	return unseen(p, a, b) || any;
}

bool
draft_print_changes(struct page *p, const struct policyfile *was,
    const struct policyfile *now)
{
	bool any = one(p, was, now, NULL, NULL, "");

	for (size_t i = 0; i < now->n; i++) {
		const char *id = now->part[i]->sponsor.id;

		any = one(p, was, now, find(was, id), now->part[i], id) ||
		    any;
	}
	for (size_t i = 0; was != NULL && i < was->n; i++) {
		const char *id = was->part[i]->sponsor.id;

		if (find(now, id) == NULL)
			any = one(p, was, now, was->part[i], NULL, id) || any;
	}
	return any;
}

static bw_err
take_logos(struct call *c, const char *version, struct policyfile *p)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy *part = calloc(1, sizeof(*part));
	bw_err r = part != NULL ? BW_OK : BW_ERR_NOMEM;

	for (size_t i = 0; r == BW_OK && i < p->n; i++) {
		if (p->logo[i].name[0] == 0)
			continue;
		bw_buf_reset(&json);
		r = store_policy_part(c->store, version,
		    p->part[i]->sponsor.id, &json);
		if (r != BW_OK || (r = policy_decode((const char *)json.ptr,
		    json.len, part)) != BW_OK)
			break;
		p->part[i]->logo = part->logo;
		part->logo = (struct policy_logo){ .w = 0 };
		policy_free(part);
	}
	free(part);
	bw_buf_free(&json);
	return r;
}

bw_err
draft_installed(struct call *c, const char *version, struct policyfile **out,
    struct bw_buf *text)
{
	struct fault_list *f = calloc(1, sizeof(*f));
	bw_err r = f != NULL ? BW_OK : BW_ERR_NOMEM;

	*out = NULL;
	if (r == BW_OK)
		r = store_policy_source(c->store, version, text);
	if (r == BW_OK)
		r = policyfile_read(out, (const char *)text->ptr, text->len,
		    c->host->dir->config.event_id, f);
	if (r == BW_OK)
		r = take_logos(c, version, *out);
	free(f);
	return r;
}
