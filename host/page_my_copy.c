// SPDX-License-Identifier: Apache-2.0
/* A copy to read, and as files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/my_copy.h"
#include "host/my_files.h"
#include "host/page_my_parts.h"
#include "host/page_row.h"
#include "host/store_disclosure.h"
#include "host/store_mail.h"

static void
number(struct page *p, const char *name, const json_t *v)
{
	char text[32];

	if (!json_is_integer(v))
		return;
	snprintf(text, sizeof(text), "%lld", (long long)json_integer_value(v));
	row_text(p, name, text);
}

static void
told(struct my *my, struct page *p, const json_t *list)
{
	static const char *const what[] = { "withdrawn", "undone",
		"corrected", "erased", "withheld", "returned" };
	const json_t *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	row_begin(p, my->m->told_title);
	page_raw(p, "<ul>");
	json_array_foreach(list, i, one) {
		page_raw(p, "<li>");
		for (size_t k = 0; k < sizeof(what) / sizeof(what[0]); k++)
			if (strcmp(what[k], my_text(one, "what")) == 0)
				page_text(p, my->m->told[k]);
		page_raw(p, ", ");
		page_day(p, my_at(one, "at"));
		page_raw(p, " (");
		page_text(p, my_at(one, "confirmed_at") != 0 ?
		    my->m->confirmed : my->m->unconfirmed);
		page_raw(p, ")</li>");
	}
	page_raw(p, "</ul>");
	row_end(p);
}

static void
remarks(struct my *my, struct page *p, const json_t *o)
{
	const json_t *one;
	const char *name;
	size_t i;

	number(p, my->m->rating, json_object_get(o, "rating"));
	json_array_foreach(json_object_get(o, "tags"), i, one)
		row_text(p, my->m->tags, json_string_value(one));
	for (void *it = json_object_iter(json_object_get(o, "answers"));
	    it != NULL; it = json_object_iter_next(
	    json_object_get(o, "answers"), it)) {
		name = json_object_iter_key(it);
		row_text(p, name, my_text(json_object_get(o, "answers"), name));
	}
	row_text(p, my->m->text, my_text(o, "text"));
}

static bool
any_remarks(const json_t *o)
{
	return json_is_integer(json_object_get(o, "rating")) ||
	    json_array_size(json_object_get(o, "tags")) != 0 ||
	    json_object_size(json_object_get(o, "answers")) != 0 ||
	    my_text(o, "text")[0] != 0;
}

static void
one_share(struct my *my, struct page *p, const json_t *share)
{
	const json_t *sponsor = json_object_get(share, "sponsor");
	const json_t *notice = json_object_get(share, "notice");

	my_sponsor(p, share);
	page_raw(p, "<dl>\n");
	row_text(p, my->w->reference, my_text(share, "id"));
	my_share(my, p, share);
	my_row_values(p, json_object_get(share, "values"));
	row_text(p, my->w->purpose, my_text(notice, "purpose"));
	row_text(p, my->w->kept, my_text(notice, "retention"));
	row_country(p, my_text(sponsor, "country"));
	row_text(p, my->w->contact, my_text(sponsor, "contact"));
	row_text(p, my->w->privacy, my_text(sponsor, "privacy"));
	told(my, p, json_object_get(share, "told"));
	page_raw(p, "</dl>\n");
	page_element(p, "h4", my->m->remarks);
	if (!any_remarks(json_object_get(share, "remarks"))) {
		page_element(p, "p", my->m->none);
		return;
	}
	page_raw(p, "<dl>\n");
	remarks(my, p, json_object_get(share, "remarks"));
	page_raw(p, "</dl>\n");
}

static void
badges(struct my *my, struct page *p, const json_t *list)
{
	const json_t *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	page_element(p, "h2", my->m->badges_title);
	json_array_foreach(list, i, one) {
		page_raw(p, "<dl>\n");
		my_row_time(p, my->m->issued, my_at(one, "made_at"));
		my_row_time(p, my->m->retired, my_at(one, "blocked_at"));
		my_row_fields(p, my->m->on_chip, json_object_get(one,
		    "on_chip"));
		my_row_values(p, json_object_get(one, "values"));
		page_raw(p, "</dl>\n");
	}
}

/* What a sponsor is called where this person has shared something with it. */
static const char *
sponsor_name(const json_t *shares, const char *id)
{
	const json_t *one, *sponsor;
	size_t i;

	json_array_foreach(shares, i, one) {
		sponsor = json_object_get(one, "sponsor");
		if (strcmp(my_text(sponsor, "id"), id) == 0)
			return my_text(sponsor, "name");
	}
	return id;
}

static void
exports(struct my *my, struct page *p, const json_t *copy)
{
	const json_t *list = json_object_get(copy, "exports"), *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	page_element(p, "h2", my->m->exports_title);
	page_element(p, "p", my->m->exports_text);
	page_raw(p, "<dl>\n");
	json_array_foreach(list, i, one)
		my_row_time(p, sponsor_name(json_object_get(copy, "shares"),
		    my_text(one, "sponsor")), my_at(one, "at"));
	page_raw(p, "</dl>\n");
}

static void
mails(struct my *my, struct page *p, const json_t *list)
{
	const json_t *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	page_element(p, "h2", my->m->mails_title);
	page_raw(p, "<dl>\n");
	json_array_foreach(list, i, one)
		for (int k = 1; k < MAIL_KINDS_; k++)
			if (strcmp(mail_kind_name((enum mail_kind)k),
			    my_text(one, "kind")) == 0)
				my_row_time(p, my->m->mail[k], my_at(one,
				    "queued_at"));
	page_raw(p, "</dl>\n");
}

static void
history(struct my *my, struct page *p, const json_t *list)
{
	const json_t *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	page_element(p, "h2", my->m->history_title);
	page_raw(p, "<dl>\n");
	json_array_foreach(list, i, one)
		my_row_time(p, my_text(one, "said"), my_at(one, "at"));
	page_raw(p, "</dl>\n");
}

static const char *
basis(const struct my *my, const char *name)
{
	enum disclosure_basis b;

	return disclosure_basis_parse(name, &b) == BW_OK ?
	    my->m->disclosed_basis[b] : name;
}

static void
disclosures(struct my *my, struct page *p, const json_t *list)
{
	const json_t *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	page_element(p, "h2", my->m->disclosed_title);
	json_array_foreach(list, i, one) {
		page_raw(p, "<dl>\n");
		my_row_time(p, my->w->when, my_at(one, "at"));
		my_row_fields(p, my->m->disclosed_what, json_object_get(one,
		    "fields"));
		row_text(p, my->m->disclosed_to, my_text(one, "to"));
		row_text(p, my->m->disclosed_on, basis(my, my_text(one,
		    "basis")));
		row_text(p, my->m->disclosed_why, my_text(one, "reason"));
		page_raw(p, "</dl>\n");
	}
}

static void
records(struct my *my, struct page *p, const json_t *list)
{
	const json_t *one;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	page_element(p, "h2", my->m->records_title);
	page_element(p, "p", my->m->records_text);
	json_array_foreach(list, i, one) {
		my_sponsor(p, one);
		page_raw(p, "<dl>\n");
		row_text(p, my->w->reference, my_text(one, "id"));
		my_row_time(p, my->w->when, my_at(one, "at"));
		my_row_fields(p, my->w->what, json_object_get(one, "fields"));
		my_row_time(p, my->m->records_until, my_at(one, "kept_until"));
		page_raw(p, "</dl>\n");
	}
}

static void
whole(struct my *my, struct page *p, const json_t *copy)
{
	const json_t *list = json_object_get(copy, "shares"), *one;
	size_t i;

	page_raw(p, "<p class=\"quiet\">");
	page_value(p, my_text(json_object_get(copy, "event"), "name"));
	page_raw(p, ", ");
	page_time(p, my_at(copy, "made_at"));
	page_raw(p, "</p>\n");
	page_element(p, "h2", my->m->reg_title);
	my_registration(my, p, copy);
	if (json_array_size(json_object_get(copy, "holds")) != 0)
		page_element(p, "p", my->m->held);
	badges(my, p, json_object_get(copy, "badges"));
	page_element(p, "h2", my->m->shares_title);
	if (json_array_size(list) == 0)
		page_element(p, "p", my->m->shares_none);
	json_array_foreach(list, i, one)
		one_share(my, p, one);
	records(my, p, json_object_get(copy, "records"));
	exports(my, p, copy);
	disclosures(my, p, json_object_get(copy, "disclosures"));
	my_cases(my, p, copy);
	mails(my, p, json_object_get(copy, "mails"));
	history(my, p, json_object_get(copy, "history"));
}

void
my_read(struct my *my)
{
	struct page p;
	json_t *copy;
	bw_err r = my_copy(my->c, my->reg, my->w->lang, false, &copy);

	if (r != BW_OK) {
		my_failed(my->c, r);
		return;
	}
	my_begin(my, &p, 200, my->m->title);
	my_button(my, &p, "", my->m->go_back, true);
	whole(my, &p, copy);
	my_page_end(my, &p);
	json_decref(copy);
}

/* The same as a file that needs nothing beside it. */
static bw_err
page_alone(struct my *my, const json_t *copy, struct http_answer *out)
{
	struct page p = { .out = out, .in = my->c->in, .w = my->w };

	page_in_zone(&p, my->c->store);
	page_raw(&p, "<!DOCTYPE html>\n<html lang=\"");
	page_text(&p, my->w->lang);
	page_raw(&p, my->w->rtl ? "\" dir=\"rtl" : "\" dir=\"ltr");
	page_raw(&p, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	page_text(&p, my->m->title);
	page_raw(&p, "</title>\n<style>\n"
	    "body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem;\n"
	    "\tfont: 1rem/1.5 system-ui, sans-serif }\n"
	    "dl div { display: grid; grid-template-columns: 1fr 2fr;\n"
	    "\tgap: 1rem; border-bottom: 1px solid #ccc }\n"
	    "dd { margin: 0; overflow-wrap: anywhere }\n"
	    "</style>\n</head>\n<body>\n<main>\n<h1>");
	page_text(&p, my->m->title);
	page_raw(&p, "</h1>\n");
	whole(my, &p, copy);
	page_raw(&p, "</main>\n</body>\n</html>\n");
	return p.r;
}

static bw_err
answer_zip(struct my *my, const json_t *copy)
{
	struct http_answer page = { .body = BW_BUF_INIT(MY_FILES_MAX) };
	struct bw_buf zip = BW_BUF_INIT(MY_FILES_MAX);
	bw_err r;

	if ((r = page_alone(my, copy, &page)) == BW_OK &&
	    (r = my_zip(copy, &page.body, &zip)) == BW_OK) {
		http_text(my->c->out, 200, "application/zip", zip.ptr,
		    zip.len);
		http_save_as(my->c->out, "about-me.zip");
	}
	bw_buf_free(&page.body);
	bw_buf_free(&zip);
	return r;
}

static bw_err
answer_json(struct my *my, const json_t *copy)
{
	char *text = json_dumps(copy, JSON_INDENT(2));

	if (text == NULL)
		return BW_ERR_NOMEM;
	http_text(my->c->out, 200, "application/json", text, strlen(text));
	http_save_as(my->c->out, MY_FILES_COPY);
	explicit_bzero(text, strlen(text));
	free(text);
	return BW_OK;
}

void
my_download(struct my *my, const char *act)
{
	json_t *copy;
	bw_err r = my_copy(my->c, my->reg, my->w->lang, true, &copy);

	if (r == BW_OK)
		r = act[0] == 'z' ? answer_zip(my, copy) :
		    answer_json(my, copy);
	if (r != BW_OK)
		my_failed(my->c, r);
	json_decref(copy);
}

void
my_copy_for(struct call *c, uint64_t registration, const char *language)
{
	struct my my = { .c = c, .w = &words_en, .reg = registration };
	const struct words *w;

	for (size_t i = 0; (w = words_at(i)) != NULL; i++)
		if (strcmp(w->lang, language) == 0)
			my.w = w;
	my.m = words_my(my.w);
	my_download(&my, "zip");
}
