// SPDX-License-Identifier: Apache-2.0
/* The draft as the text of its file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/portal/draft.h"

static void
faults(struct page *p, const struct draft *d)
{
	char line[24];

	if (d->f.n == 0) {
		layout_note(p, "success", N_("Nothing is wrong with it. "
		    "Nothing of it counts before it is installed."));
		return;
	}
	page_raw(p, "<div class=\"note note-warning\">\n");
	say_in(p, "p", N_("This has to be mended before it can be "
	    "installed:"));
	page_raw(p, "<ul>\n");
	for (size_t i = 0; i < d->f.n; i++) {
		page_raw(p, "<li>");
		snprintf(line, sizeof(line), "%zu", d->f.one[i].line);
		if (d->f.one[i].line != 0)
			say_value(p, N_("Line %s: "), line);
		page_text(p, d->said[i]);
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul>\n");
	if (d->f.more != 0)
		say_count(p, N_("And %s more."), N_("And %s more."),
		    d->f.more);
	page_raw(p, "</div>\n");
}

static void
upload(struct page *p, struct draft *d)
{
	say_in(p, "h2", N_("From a file"));
	draft_form(p, d, "/policy/draft/upload", true);
	form_input(p, &(struct form_field){ .name = "text", .type = "file",
	    .label = N_("A policy file"), .hint = N_("It takes the place of "
	    "the whole text above.") });
	form_end(p, N_("Upload it into the draft"));
	page_raw(p, "<p>");
	layout_link(p, "/policy/draft/download", N_("Download the text"));
	page_raw(p, " · ");
	layout_link(p, "/policy/draft", N_("Back to the draft"));
	page_raw(p, "</p>\n");
}

static void
show(struct draft *d, const char *text, unsigned status)
{
	struct page p;

	layout_begin(&p, d->c, status, N_("The text of the draft"));
	draft_notes(&p, d);
	faults(&p, d);
	page_raw(&p, "<div class=\"wide\">\n");
	draft_form(&p, d, "/policy/draft/text", false);
	form_area(&p, &(struct form_field){ .name = "source",
	    .label = N_("Text"), .hint = N_("As badgeward policy check takes "
	    "it; badgeward-policy(5) explains every key."), .value = text,
	    .error = d->nrefused != 0 ? d->refused[0].sentence : NULL,
	    .room = POLICYFILE_MAX,
	    .typed = d->nrefused != 0 ? d->c : NULL }, 24);
	form_end(&p, N_("Save in the draft"));
	page_raw(&p, "</div>\n");
	upload(&p, d);
	layout_end(&p, d->c);
}

/* With the draft's own text. */
static void
show_own(struct draft *d, unsigned status)
{
	const struct bw_buf *own = &d->d.source;
	char *text = own->len == 0 ? strdup("") :
	    strndup((const char *)own->ptr, own->len);

	if (text != NULL)
		show(d, text, status);
	else
		layout_failure(d->c, BW_ERR_NOMEM);
	free(text);
}

void
draft_text(struct call *c)
{
	struct draft *d = draft_open(c, true);

	if (d != NULL)
		show_own(d, 200);
	draft_close(&d);
}

/* Browsers end lines with CR LF. */
static size_t
plain_lines(char *s)
{
	size_t n = 0;

	for (const char *in = s; *in != 0; in++)
		if (in[0] != '\r' || in[1] != '\n')
			s[n++] = *in;
	s[n] = 0;
	return n;
}

/* Wrong or not, it is kept; what is no text at all is not. */
static void
keep(struct draft *d, char *text, size_t size, const char *field)
{
	bw_err r = http_form(d->c->in, field, text, size);
	size_t len = r == BW_OK ? plain_lines(text) : 0;

	if (r == BW_ERR_BOUND || len > POLICYFILE_MAX)
		draft_refuse(d, "source", N_("It is over 256 KiB."));
	else if (r != BW_OK || len == 0 || !text_is_utf8(text, len))
		draft_refuse(d, "source", N_("It is no UTF-8 text."));
	if (d->nrefused != 0) {
		show_own(d, 422);
		return;
	}
	r = draft_store_text(d, text, len, "text");
	d->conflict = r == BW_ERR_EXISTS;
	if (r == BW_OK)
		layout_go(d->c, "/policy/draft/text", "draft");
	else if (d->conflict)
		show(d, text, 409);
	else
		layout_failure(d->c, r);
}

static void
save(struct call *c, const char *field)
{
	struct draft *d = draft_open(c, true);
	size_t size = 2 * POLICYFILE_MAX;
	char *text = malloc(size);

	if (d != NULL && text != NULL)
		keep(d, text, size, field);
	else if (d != NULL)
		layout_failure(c, BW_ERR_NOMEM);
	free(text);
	draft_close(&d);
}

void
draft_text_save(struct call *c)
{
	save(c, "source");
}

void
draft_upload(struct call *c)
{
	save(c, "text");
}

void
draft_download(struct call *c)
{
	struct draft *d = draft_open(c, true);

	if (d == NULL)
		return;
	http_text(c->out, 200, "text/plain; charset=utf-8", d->d.source.ptr,
	    d->d.source.len);
	http_save_as(c->out, "policy-draft.conf");
	draft_close(&d);
}
