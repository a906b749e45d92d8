// SPDX-License-Identifier: Apache-2.0
/* What a sponsor gets and may do with it, as its policy says, and how attendees
 * are asked. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/country.h"
#include "host/portal/sponsor.h"
#include "host/preview.h"
#include "host/route.h"

/* The sponsor's part of the policy that holds now, also as JSON. Free both in
 * any case. BW_ERR_NOTFOUND: it has none. */
static bw_err
load(struct call *c, struct bw_buf *json, struct policy **out)
{
	struct store_policy now;
	bw_err r;

	*out = calloc(1, sizeof(**out));
	if (*out == NULL)
		return BW_ERR_NOMEM;
	if ((r = store_policy_current(c->store, &now)) != BW_OK ||
	    (r = store_policy_part(c->store, now.version, sponsor_own(c),
	    json)) != BW_OK)
		return r;
	return policy_decode((const char *)json->ptr, json->len, *out);
}

static void
unload(struct bw_buf *json, struct policy **p)
{
	bw_buf_free(json);
	if (*p != NULL)
		policy_free(*p);
	free(*p);
	*p = NULL;
}

bool
sponsor_has_pin(struct call *c)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy *policy;
	bool has = load(c, &json, &policy) == BW_OK &&
	    policy->staff_pin[0] != 0;

	unload(&json, &policy);
	return has;
}

static void
fields(struct page *p, const char *sentence, field_set set)
{
	if (set == 0)
		return;
	say_in(p, "p", sentence);
	page_raw(p, "<ul>\n");
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0)
			page_element(p, "li", p->w->field[f]);
	page_raw(p, "</ul>\n");
}

static void
who(struct page *p, const struct policy *policy)
{
	char country[COUNTRY_NAME_MAX];

	if (country_name(policy->sponsor.country, p->w->lang, country) !=
	    BW_OK)
		snprintf(country, sizeof(country), "%s",
		    policy->sponsor.country);
	page_raw(p, "<dl class=\"facts\">\n");
	say_in(p, "dt", N_("You are asked for as"));
	page_raw(p, "<dd>");
	page_value(p, policy->sponsor.name);
	page_raw(p, ", ");
	page_text(p, country);
	page_raw(p, "</dd>\n");
	say_in(p, "dt", N_("Your privacy policy"));
	page_raw(p, "<dd>");
	page_value(p, policy->sponsor.privacy_url);
	page_raw(p, "</dd>\n");
	say_in(p, "dt", N_("Who wants to be deleted asks"));
	page_raw(p, "<dd>");
	page_value(p, policy->sponsor.contact);
	page_raw(p, "</dd>\n</dl>\n");
}

static void
rules(struct page *p, const struct policy *policy)
{
	field_set asked = policy->required | policy->optional;

	say_in(p, "h2", N_("What you get"));
	fields(p, N_("With each share:"), policy->required);
	fields(p, N_("Only if the attendee ticks it:"), policy->optional);
	fields(p, N_("Never:"), FIELD_ALL & ~asked);
	page_raw(p, "<p>");
	say_count(p, N_("You may keep a share for %s day. After that it is in "
	    "no list and no file here any more: delete your copies too."),
	    N_("You may keep a share for %s days. After that it is in no list "
	    "and no file here any more: delete your copies too."),
	    policy->retain_days);
	page_raw(p, "</p>\n");
	say_in(p, "p", N_("To change any of this, ask the organisers."));
}

/* The language that was chosen, else the reader's, else the first. */
static size_t
chosen(const struct page *p, const struct policy *policy)
{
	char lang[BODY_LANG_MAX + 1];

	if (http_param(p->in, "screen", lang, sizeof(lang)) != BW_OK)
		snprintf(lang, sizeof(lang), "%s", p->w->lang);
	for (size_t i = 0; i < policy->nlangs; i++)
		if (strcmp(policy->lang[i], lang) == 0)
			return i;
	return 0;
}

static const char *
own_name(const char *lang)
{
	const struct words *w;

	for (size_t i = 0; (w = words_at(i)) != NULL; i++)
		if (strcmp(w->lang, lang) == 0)
			return w->own;
	return lang;
}

static void
languages(struct page *p, const struct policy *policy, size_t here)
{
	page_raw(p, "<nav class=\"langs\" aria-label=\"");
	say(p, N_("Language of the screen"));
	page_raw(p, "\">\n<ul>\n");
	for (size_t i = 0; i < policy->nlangs; i++) {
		page_raw(p, "<li><a href=\"/ours?screen=");
		page_text(p, policy->lang[i]);
		page_raw(p, i == here ? "\" aria-current=\"true\" lang=\"" :
		    "\" lang=\"");
		page_text(p, policy->lang[i]);
		page_raw(p, "\">");
		page_text(p, own_name(policy->lang[i]));
		page_raw(p, "</a></li>\n");
	}
	page_raw(p, "</ul>\n</nav>\n");
}

static bw_err
draw(struct call *c, const struct bw_buf *json, const char *lang,
    struct preview *out)
{
	struct preview_want want = { .w = 800, .h = 480 };

	memset(out, 0, sizeof(*out));
	snprintf(want.lang, sizeof(want.lang), "%s", lang);
	return preview_draw(c->host->previewer, json->ptr, json->len, &want,
	    out);
}

static void
screens(struct page *p, struct call *c, const struct policy *policy,
    const struct bw_buf *json)
{
	size_t here = chosen(p, policy);
	const struct policy_notice *n = &policy->notice[here];
	const char *texts[] = { n->title, n->purpose, n->retention,
		n->withdraw, n->silence };
	struct preview pages;
	char src[64];
	bw_err r = draw(c, json, policy->lang[here], &pages);

	say_in(p, "h2", N_("How attendees are asked"));
	languages(p, policy, here);
	for (size_t i = 0; r == BW_OK && i < pages.n; i++) {
		snprintf(src, sizeof(src), "/ours/screen/%s/%zu",
		    policy->lang[here], i + 1);
		page_raw(p, "<p><img class=\"screen\" width=\"800\" "
		    "height=\"480\" src=\"");
		page_text(p, src);
		page_raw(p, "\" alt=\"");
		say(p, N_("The screen on which the attendee is asked; its "
		    "words stand below."));
		page_raw(p, "\"></p>\n");
	}
	if (r != BW_OK)
		layout_note(p, "warning", N_("The screen could not be drawn "
		    "now; its words stand below."));
	page_raw(p, "<div lang=\"");
	page_text(p, policy->lang[here]);
	page_raw(p, "\">\n");
	for (size_t i = 0; i < 5; i++)
		page_element(p, "p", texts[i]);
	page_raw(p, "</div>\n");
	preview_free(&pages);
}

void
ours_show(struct call *c)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy *policy;
	struct page p;
	bw_err r = load(c, &json, &policy);

	layout_begin(&p, c, 200, N_("What was agreed"));
	if (r == BW_OK) {
		who(&p, policy);
		rules(&p, policy);
		screens(&p, c, policy, &json);
	} else if (r == BW_ERR_NOTFOUND)
		layout_empty(&p, N_("The policy that holds now has nothing for "
		    "you: nobody is asked in your name. Ask the "
		    "organisers."), NULL, NULL);
	else if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
	unload(&json, &policy);
}

static bool
speaks(const struct policy *policy, const char *lang)
{
	for (size_t i = 0; i < policy->nlangs; i++)
		if (strcmp(policy->lang[i], lang) == 0)
			return true;
	return false;
}

void
ours_screen(struct call *c)
{
	char lang[STRICT_TARGET_MAX + 1], page[STRICT_TARGET_MAX + 1];
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct preview pages = { .n = 0 };
	struct policy *policy;
	uint64_t n = 0;
	bw_err r = load(c, &json, &policy);

	route_part(c, 0, lang);
	route_part(c, 1, page);
	if (r == BW_OK && (!speaks(policy, lang) || text_number(page,
	    strlen(page), PREVIEW_PAGES, &n) != BW_OK || n == 0))
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK)
		r = draw(c, &json, lang, &pages);
	if (r == BW_OK && n > pages.n)
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK)
		http_text(c->out, 200, "image/png", pages.page[n - 1].ptr,
		    pages.page[n - 1].len);
	else
		layout_failure(c, r == BW_ERR_FORMAT ? BW_ERR_NOTFOUND : r);
	preview_free(&pages);
	unload(&json, &policy);
}
