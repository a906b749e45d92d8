// SPDX-License-Identifier: Apache-2.0
#include "host/portal/layout.h"

#include <stdio.h>
#include <string.h>

#include "host/once_form.h"
#include "host/portal/assets.h"
#include "host/portal/live.h"
#include "host/portal/notices.h"
#include "host/portal/sponsor.h"
#include "host/route.h"

/* Where a role can go, in this order. `of` is put behind a sponsor's path. */
struct place {
	const char *path, *name;
	enum access_act act;
};

static const struct place places[] = {
#include "host/portal/places.inc"
	{ "/me", N_("My account"), ACT_SELF },
};
#define NPLACES (sizeof(places) / sizeof(places[0]))

const char *
layout_role(enum account_role role)
{
	static const char *const names[] = { N_("Organiser"),
		N_("Privacy officer"), N_("Badge desk"),
		N_("Sponsor manager"), N_("Sponsor scanner") };

	return names[role];
}

bw_err
layout_id(const struct call *c, uint64_t *out)
{
	char part[STRICT_TARGET_MAX + 1];

	*out = 0;
	route_part(c, 0, part);
	return text_number(part, strlen(part), INT64_MAX, out) == BW_OK &&
	    *out != 0 ? BW_OK : BW_ERR_NOTFOUND;
}

const char *
layout_first(enum account_role role)
{
	size_t i = 0;

	while (i + 1 < NPLACES && !access_may(places[i].act, role))
		i++;
	return places[i].path;
}

const char *
layout_language(const struct call *c)
{
	const struct words *w;
	const char *own = c->me != NULL && c->me->who.login != NULL ?
	    c->me->login.account.language : "";

	if (own[0] != 0)
		return strcmp(own, "de") == 0 ? "de" : "en";
	w = words_for(c->in);
	return strcmp(w->lang, "de") == 0 ? "de" : "en";
}

/* Which of several it is, in the window's name: not an invitation's code, nor
 * what is not there. */
static void
which(struct page *p, const struct call *c, unsigned status)
{
	char part[STRICT_TARGET_MAX + 1];

	if (c->me == NULL || c->me->who.login == NULL || status == 404 ||
	    strncmp(c->in->path, "/invite/", strlen("/invite/")) == 0)
		return;
	route_part(c, 0, part);
	if (part[0] != 0)
		page_raw(p, " ");
	page_text(p, part);
}

static void
head(struct page *p, const struct call *c, unsigned status, const char *title)
{
	page_raw(p, "<!DOCTYPE html>\n<html lang=\"");
	page_raw(p, p->w->lang);
	page_raw(p, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name="
	    "\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"robots\" content=\"noindex\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<link rel=\"icon\" href=\"data:,\">\n");
	assets_head(p);
	page_raw(p, "<title>");
	say(p, title);
	which(p, c, status);
	page_raw(p, " · ");
	page_text(p, c->host->dir->config.event_name);
	page_raw(p, "</title>\n</head>\n<body>\n"
	    "<a class=\"skip\" href=\"#main\">");
	say(p, N_("Skip to content"));
	page_raw(p, "</a>\n");
}

static void
place(struct page *p, const struct call *c, const struct place *to)
{
	size_t n = strlen(to->path);
	bool here = strncmp(c->in->path, to->path, n) == 0 &&
	    (c->in->path[n] == 0 || c->in->path[n] == '/');

	page_raw(p, "<li><a href=\"");
	page_text(p, to->path);
	page_raw(p, here ? "\" aria-current=\"page\">" : "\">");
	say(p, to->name);
	page_raw(p, "</a></li>\n");
}

static void
navigation(struct page *p, const struct call *c)
{
	const struct login *l = c->me != NULL ? c->me->who.login : NULL;

	/* On a telephone it opens by its link, and closes so. */
	page_raw(p, "<nav id=\"pages\" aria-label=\"");
	say(p, N_("Pages"));
	page_raw(p, "\">\n<a class=\"menu btn btn-outline-secondary\" "
	    "href=\"#pages\">");
	say(p, N_("All pages"));
	page_raw(p, "</a>\n<a class=\"menu close btn btn-outline-secondary\" "
	    "href=\"#main\">");
	say(p, N_("Close"));
	page_raw(p, "</a>\n<ul>\n");
	for (size_t i = 0; i < NPLACES; i++)
		if (access_may(places[i].act, l->account.role))
			place(p, c, &places[i]);
	page_raw(p, "</ul>\n</nav>\n");
}

static void
log_out(struct page *p, const struct call *c)
{
	const struct account *a = &c->me->login.account;

	page_raw(p, "<div class=\"who\">\n<span>");
	page_value(p, a->name[0] != 0 ? a->name : a->mail);
	page_raw(p, "</span>\n<form method=\"post\" action=\"/logout\">"
	    "<input type=\"hidden\" name=\"csrf\" value=\"");
	page_text(p, c->me->csrf);
	page_raw(p, "\"><button class=\"btn btn-sm btn-outline-secondary\">");
	say(p, N_("Log out"));
	page_raw(p, "</button></form>\n</div>\n");
}

void
layout_begin(struct page *p, struct call *c, unsigned status,
    const char *title)
{
	const char *lang = layout_language(c);
	bool in = c->me != NULL && c->me->who.login != NULL;
	bool whole = in && c->me->login.stage == LOGIN_FULL;

	*p = (struct page){ .out = c->out, .in = c->in,
		.w = strcmp(lang, "de") == 0 ? &words_de : &words_en };
	http_text(c->out, status, "text/html; charset=utf-8", NULL, 0);
	if (whole)
		page_in_zone(p, c->store);
	live_open(p);
	c->out->portal = true;
	c->out->language = p->w->lang;
	head(p, c, status, title);
	page_raw(p, "<header class=\"top\">\n<p class=\"event\">");
	page_value(p, c->host->dir->config.event_name);
	page_raw(p, "</p>\n");
	if (in)
		log_out(p, c);
	page_raw(p, "</header>\n<div class=\"frame\">\n");
	if (whole)
		navigation(p, c);
	page_raw(p, whole ? "<main id=\"main\" tabindex=\"-1\">\n<h1>" :
	    "<main id=\"main\" class=\"narrow\" tabindex=\"-1\">\n<h1>");
	say(p, title);
	page_raw(p, "</h1>\n");
	notices_show(p, c);
	if (whole && c->me->login.account.sponsor[0] != 0)
		sponsor_banner(p, c);
}

void
layout_end(struct page *p, struct call *c)
{
	(void)c;
	page_raw(p, "</main>\n</div>\n<footer><p>Badgeward</p></footer>\n"
	    "</body>\n</html>\n");
	live_close(p);
	once_fill(p);
	if (p->r != BW_OK) {
		p->out->portal = false;
		http_failure(p->out, p->r);
	}
}

static void
whole(struct call *c, unsigned status, const char *title,
    const char *sentence)
{
	struct page p;

	layout_begin(&p, c, status, title);
	say_in(&p, "p", sentence);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/start", N_("Go to my first page"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
layout_refuse(struct call *c, enum access_answer why)
{
	switch (why) {
	case ACCESS_LOG_IN:
		http_go(c->out, "/login");
		return;
	case ACCESS_SECOND:
		http_go(c->out, "/login/second");
		return;
	case ACCESS_ENROL:
		http_go(c->out, "/login/enrol");
		return;
	case ACCESS_HIDDEN:
		whole(c, 404, N_("Not found"), N_("There is no such page, or "
		    "nothing of yours with this name."));
		return;
	case ACCESS_NO:
	case ACCESS_YES:
		break;
	}
	whole(c, 403, N_("Not allowed"), c->me != NULL &&
	    c->me->login.account.role == ROLE_ORGANISER ?
	    N_("Your role does not allow this: it is for another role.") :
	    N_("Your role does not allow this. An organiser can change "
	    "roles."));
}

void
layout_foreign(struct call *c)
{
	whole(c, 403, N_("Nothing was changed"), N_("The form was too old or "
	    "came from elsewhere. Open the page again and repeat it there."));
}

void
layout_too_large(struct call *c, size_t most)
{
	char size[32];
	struct page p;

	if (most >= 1024 * 1024)
		snprintf(size, sizeof(size), "%zu MiB", most >> 20);
	else
		snprintf(size, sizeof(size), "%zu KiB", most >> 10);
	layout_begin(&p, c, 413, N_("Too large"));
	page_raw(&p, "<p>");
	say_value(&p, N_("Nothing was changed: here at most %s are taken. Send "
	    "a smaller file, or fewer words."), size);
	page_raw(&p, "</p>\n<p>");
	layout_link(&p, "/start", N_("Go to my first page"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
layout_failure(struct call *c, bw_err r)
{
	bool later = r == BW_ERR_BUSY || r == BW_ERR_FULL ||
	    r == BW_ERR_NOMEM || r == BW_ERR_TIMEOUT;

	if (r == BW_ERR_NOTFOUND)
		layout_refuse(c, ACCESS_HIDDEN);
	else if (r == BW_ERR_DENIED)
		layout_refuse(c, ACCESS_NO);
	else
		whole(c, later ? 503 : 500, N_("That did not work"), later ?
		    N_("The host is busy or has no room left. Nothing was "
		    "changed; try again in a minute.") :
		    N_("The host failed; its log says why. Nothing was "
		    "changed."));
	if (later)
		c->out->retry_after = 5;
}

void
layout_go(struct call *c, const char *path, const char *done)
{
	char to[STRICT_TARGET_MAX + 1];

	snprintf(to, sizeof(to), "%s%s%s", path, done == NULL ? "" :
	    strchr(path, '?') != NULL ? "&done=" : "?done=",
	    done != NULL ? done : "");
	http_go(c->out, to);
}
