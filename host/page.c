// SPDX-License-Identifier: Apache-2.0
#include "host/page.h"

#include <string.h>
#include <time.h>

#include "host/case.h"
#include "host/once_form.h"
#include "host/words_my.h"

void
page_raw(struct page *p, const char *markup)
{
	if (p->r == BW_OK)
		p->r = bw_buf_put_str(&p->out->body, markup);
}

static const char *
entity(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
page_text(struct page *p, const char *text)
{
	for (; *text != 0 && p->r == BW_OK; text++) {
		const char *e = entity(*text);

		if (e != NULL)
			p->r = bw_buf_put_str(&p->out->body, e);
		else
			p->r = bw_buf_put_u8(&p->out->body, (uint8_t)*text);
	}
}

void
page_value(struct page *p, const char *value)
{
	page_raw(p, "<bdi>");
	page_text(p, value);
	page_raw(p, "</bdi>");
}

void
page_element(struct page *p, const char *tag, const char *text)
{
	page_raw(p, "<");
	page_raw(p, tag);
	page_raw(p, ">");
	page_text(p, text);
	page_raw(p, "</");
	page_raw(p, tag);
	page_raw(p, ">\n");
}

enum exact { TO_DAY, TO_MINUTE, TO_SECOND };

/* By the page's clocks, which a machine is told in UTC: "2026-06-01T09:30:00Z",
 * or the day as it is called there. */
static void
put_time(struct page *p, int64_t t, enum exact to)
{
	int64_t there = t + case_ahead(p->zone, t);
	time_t when = (time_t)(to != TO_DAY ? t : there), wall = (time_t)there;
	char machine[32], clock[16], day[WORDS_DAY_MAX];
	struct tm tm;

	if (p->r != BW_OK || gmtime_r(&when, &tm) == NULL)
		return;
	strftime(machine, sizeof(machine), to != TO_DAY ?
	    "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%d", &tm);
	if (gmtime_r(&wall, &tm) == NULL)
		return;
	strftime(clock, sizeof(clock), to == TO_SECOND ? ", %H:%M:%S " :
	    ", %H:%M ", &tm);
	page_raw(p, "<time datetime=\"");
	page_text(p, machine);
	page_raw(p, "\">");
	words_day(p->w, there, day);
	page_text(p, day);
	if (to != TO_DAY) {
		page_raw(p, clock);
		page_text(p, p->zone[0] != 0 ? p->zone : "UTC");
	}
	page_raw(p, "</time>");
}

void
page_in_zone(struct page *p, struct store *s)
{
	bw_err r = case_zone(s, p->zone);

	if (p->r == BW_OK)
		p->r = r;
}

void
page_time(struct page *p, int64_t t)
{
	put_time(p, t, TO_MINUTE);
}

void
page_second(struct page *p, int64_t t)
{
	put_time(p, t, TO_SECOND);
}

void
page_day(struct page *p, int64_t t)
{
	put_time(p, t, TO_DAY);
}

void
page_begin(struct page *p, const struct words *w,
    const struct http_request *in, struct http_answer *out, unsigned status,
    const char *title, const char *code)
{
	*p = (struct page){ .out = out, .in = in, .w = w, .code = code };
	http_text(out, status, "text/html; charset=utf-8", NULL, 0);
	out->page = true;
	out->language = p->w->lang;
	page_raw(p, "<!DOCTYPE html>\n<html lang=\"");
	page_text(p, p->w->lang);
	page_raw(p, p->w->rtl ? "\" dir=\"rtl" : "\" dir=\"ltr");
	page_raw(p, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name="
	    "\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"robots\" content=\"noindex\">\n"
	    "<link rel=\"icon\" href=\"data:,\">\n"
	    "<link rel=\"stylesheet\" href=\"/style.css\">\n<title>");
	page_text(p, title);
	page_raw(p, "</title>\n</head>\n<body>\n<main>\n<h1>");
	page_text(p, title);
	page_raw(p, "</h1>\n");
}

void
page_code_fields(struct page *p)
{
	/* What nobody chose is looked for again. */
	if (words_chosen(p->in) != NULL) {
		page_raw(p, "<input type=\"hidden\" name=\"lang\" value=\"");
		page_text(p, p->w->lang);
		page_raw(p, "\">");
	}
	if (p->code == NULL)
		return;
	page_raw(p, "<input type=\"hidden\" name=\"code\" value=\"");
	page_text(p, p->code);
	page_raw(p, "\">");
}

static void
form(struct page *p)
{
	page_raw(p, "<form method=\"post\" action=\"");
	page_text(p, p->action != NULL ? p->action : "/r/");
	page_raw(p, "\">");
}

void
page_button(struct page *p, const char *act, const char *text, bool plain)
{
	form(p);
	page_code_fields(p);
	page_raw(p, plain ? "<button class=\"plain\" name=\"act\" value=\"" :
	    "<button name=\"act\" value=\"");
	page_text(p, act);
	page_raw(p, "\">");
	page_text(p, text);
	page_raw(p, "</button></form>\n");
}

/* One language: a link, or a form when the code has to come along. */
static void
language(struct page *p, const struct words *w)
{
	page_raw(p, "<li>");
	if (w == p->w) {
		page_raw(p, "<span aria-current=\"true\">");
		page_text(p, w->own);
		page_raw(p, "</span>");
	} else if (p->code != NULL) {
		form(p);
		page_raw(p, "<input type=\"hidden\" name=\"code\" value=\"");
		page_text(p, p->code);
		page_raw(p, "\"><button class=\"link\" name=\"lang\" value=\"");
		page_text(p, w->lang);
		page_raw(p, "\" lang=\"");
		page_text(p, w->lang);
		page_raw(p, "\">");
		page_text(p, w->own);
		page_raw(p, "</button></form>");
	} else {
		page_raw(p, "<a href=\"?lang=");
		page_text(p, w->lang);
		page_raw(p, "\" hreflang=\"");
		page_text(p, w->lang);
		page_raw(p, "\" lang=\"");
		page_text(p, w->lang);
		page_raw(p, "\">");
		page_text(p, w->own);
		page_raw(p, "</a>");
	}
	page_raw(p, "</li>\n");
}

/* Another page, in the language that was chosen. */
static void
elsewhere(struct page *p, const char *path, const char *title)
{
	page_raw(p, "<li><a href=\"");
	page_raw(p, path);
	if (words_chosen(p->in) != NULL) {
		page_raw(p, "?lang=");
		page_text(p, p->w->lang);
	}
	page_raw(p, "\">");
	page_text(p, title);
	page_raw(p, "</a></li>\n");
}

void
page_end(struct page *p)
{
	page_raw(p, "</main>\n<footer>\n<ul>\n");
	for (size_t i = 0; words_at(i) != NULL; i++)
		language(p, words_at(i));
	page_raw(p, "</ul>\n<ul>\n");
	elsewhere(p, "/privacy", p->w->pub_title);
	elsewhere(p, "/my/", words_my(p->w)->title);
	page_raw(p, "</ul>\n</footer>\n</body>\n</html>\n");
	once_fill(p);
	if (p->r != BW_OK) {
		p->out->page = false;
		http_failure(p->out, p->r);
	}
}
