// SPDX-License-Identifier: Apache-2.0
#include "host/page_site.h"

#include <stdio.h>
#include <string.h>

#include "host/page.h"
#include "host/person.h"
#include "host/store_device.h"
#include "host/words_my.h"
#include "host/well.h"
#include "pages.h"

static void
link_to(struct page *p, const char *href, const char *text)
{
	page_raw(p, "<p><a href=\"");
	page_text(p, href);
	page_raw(p, "\">");
	page_text(p, text);
	page_raw(p, "</a></p>\n");
}

void
site_home(struct call *c)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, 200, w->home_title, NULL);
	page_raw(&p, "<p><strong>");
	page_value(&p, c->host->dir->config.event_name);
	page_raw(&p, "</strong></p>\n");
	page_element(&p, "p", w->home_text);
	link_to(&p, "/r/", w->home_receipt);
	link_to(&p, "/my/", words_my(w)->title);
	link_to(&p, "/b", w->home_badge);
	page_raw(&p, "<div class=\"quiet\">\n");
	link_to(&p, "/login", w->staff_login);
	page_raw(&p, "</div>\n");
	page_end(&p);
}

void
site_badge(struct call *c)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, 200, w->badge_title, NULL);
	for (size_t i = 0; i < 4; i++)
		page_element(&p, "p", w->badge_text[i]);
	link_to(&p, "/r/", w->home_receipt);
	page_end(&p);
}

void
site_missing(const struct http_request *in, struct http_answer *out)
{
	const struct words *w = words_for(in);
	struct page p;

	page_begin(&p, w, in, out, 404, w->missing_title, NULL);
	page_element(&p, "p", w->missing_text);
	link_to(&p, "/", w->home_title);
	page_end(&p);
}

static bool
is_browser(const struct http_request *in)
{
	const char *accept = strict_value(in->head, "Accept");

	return accept != NULL && strstr(accept, "text/html") != NULL &&
	    strncmp(in->path, "/v1/", 4) != 0 && !http_is_api(in->path);
}

void
site_refused(const struct http_request *in, const char *base,
    struct http_answer *out)
{
	const struct words *w = words_for(in);
	bool name = out->status == 421;
	struct page p;

	if (!is_browser(in))
		return;
	page_begin(&p, w, in, out, out->status, name ? w->name_title :
	    w->odd_title, NULL);
	page_element(&p, "p", name ? w->name_text : w->odd_text);
	link_to(&p, name ? base : "/", name ? base : w->home_title);
	page_end(&p);
}

void
site_receipt_moved(struct call *c)
{
	http_error(c->out, 301, "it is at /r/");
	snprintf(c->out->location, sizeof(c->out->location), "/r/");
}

void
site_style(struct call *c)
{
	http_text(c->out, 200, "text/css; charset=utf-8", style_css,
	    sizeof(style_css) - 1);
	c->out->keep = true;
}

void
site_script(struct call *c)
{
	http_text(c->out, 200, "text/javascript; charset=utf-8", receipt_js,
	    sizeof(receipt_js) - 1);
	c->out->keep = true;
}

void
site_health(struct call *c)
{
	static const char ok[] =
	    "{\"status\":\"ok\",\"version\":\"" BW_VERSION "\"}";

	bw_err r = well_look(c->host, c->store);

	if (r == BW_OK)
		http_text(c->out, 200, "application/json", ok,
		    sizeof(ok) - 1);
	else
		http_error(c->out, 503, well_sentence(r));
}

/* false: the answer is filled in. */
static bool
is_auditor(struct call *c, bool *yes)
{
	struct person me;
	bool ok = person_find(c, true, &me);

	*yes = ok && access_ask(ACT_LOGS, &me.who, NULL) == ACCESS_YES;
	explicit_bzero(&me, sizeof(me));
	return ok;
}

void
site_checkpoint(struct call *c)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX * 2);
	struct store_device d;
	char name[STRICT_TARGET_MAX + 1];
	const char *from = c->in->path + strlen("/log/");
	bool newest;
	bw_err r;

	if (!is_auditor(c, &newest))
		return;
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(from, "/"), from);
	if ((r = store_device_get(c->store, name, &d)) == BW_OK)
		r = newest ? store_note_get(c->store, d.num, &note) :
		    store_note_public(c->store, d.num, c->now, &note);
	if (r == BW_OK)
		http_text(c->out, 200, "text/plain; charset=utf-8", note.ptr,
		    note.len);
	else if (r == BW_ERR_NOTFOUND)
		http_error(c->out, 404, "there is no such log, or it has "
		    "nothing from before this quarter hour: without the token "
		    "of an auditor, a log is shown as it was then");
	else
		http_failure(c->out, r);
	bw_buf_free(&note);
}
