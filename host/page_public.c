// SPDX-License-Identifier: Apache-2.0
#include "host/page_public.h"

#include <stdlib.h>

#include "host/kept.h"
#include "host/page_row.h"
#include "host/retain.h"
#include "host/store_contact.h"
#include "host/words_my.h"

/* The current policy, part by part: each is written aside while it is looked
 * at, as what is to be said of all of them stands above. */
struct parts {
	struct call *c;
	struct page aside;
	struct http_answer out;	/* of aside */
	const char *version;
	struct policy *part;	/* room for one at a time */
	field_set all;		/* what any sponsor may be given */
	uint64_t from, until;	/* of the policy */
	const struct retain_rules *rules;
};

static void
row_days(struct page *p, uint64_t days)
{
	char text[WORDS_DAY_MAX];

	words_count(days == 1 ? p->w->day : p->w->days, days, text);
	row_text(p, p->w->kept, text);
}

static void
write_sponsor(struct page *p, const struct policy *o)
{
	page_raw(p, "<section id=\"");
	page_text(p, o->sponsor.id);
	page_raw(p, "\">\n<h3>");
	page_value(p, o->sponsor.name);
	page_raw(p, "</h3>\n<dl>\n");
	row_purpose(p, o, o->lang[0]);
	row_fields(p, p->w->pub_always, o->required);
	if (o->optional != 0)
		row_fields(p, p->w->pub_ticked, o->optional);
	row_days(p, o->retain_days);
	row_country(p, o->sponsor.country);
	row_contact(p, p->w->contact, o->sponsor.contact);
	row_url(p, p->w->privacy, o->sponsor.privacy_url);
	page_raw(p, "</dl>\n</section>\n");
}

static bw_err
on_sponsor(void *arg, const char *id, const char *name)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct parts *s = arg;
	bw_err r;

	(void)name;
	if ((r = store_policy_part(s->c->store, s->version, id,
	    &json)) == BW_OK && (r = policy_decode((const char *)json.ptr,
	    json.len, s->part)) == BW_OK) {
		s->all |= s->part->required | s->part->optional;
		s->from = s->part->valid_from;
		s->until = s->part->valid_until;
		write_sponsor(&s->aside, s->part);
		policy_free(s->part);
	}
	bw_buf_free(&json);
	return r;
}

static void
who(struct page *p, const struct hostdir *h, const struct store_contact *w)
{
	page_element(p, "h2", p->w->pub_who);
	page_raw(p, "<dl>\n");
	row_text(p, p->w->event, h->config.event_name);
	row_text(p, p->w->pub_controller, w->controller);
	row_contact(p, p->w->pub_contact, w->contact);
	row_contact(p, p->w->pub_complaint, w->complaint);
	page_raw(p, "</dl>\n");
	page_element(p, "p", p->w->pub_complain);
}

/* Of all that retain.h has, what is about attendees (13.2 a). */
static void
kept_here(struct page *p, const struct retain_rules *rules)
{
	const struct words *w = p->w;
	const struct {
		enum retain class;
		const char *what, *from;
	} all[] = {
		{ RETAIN_REGISTRATIONS, w->ret_registrations, w->ret_event },
		{ RETAIN_LEADS, w->ret_shares, w->ret_period },
		{ RETAIN_LOGS, w->ret_logs, w->ret_event },
		{ RETAIN_DELETED, w->ret_deleted, w->ret_erasure },
		{ RETAIN_CASES, w->ret_cases, w->ret_answer },
		{ RETAIN_MAIL, w->ret_mail, w->ret_sent },
		{ RETAIN_EXPORTS, w->ret_exports, w->ret_exported },
		{ RETAIN_SALTS, w->ret_salts, w->ret_event },
		{ RETAIN_DISCLOSURES, w->ret_disclosures, w->ret_disclosed },
		{ RETAIN_INCIDENTS, w->ret_incidents, w->ret_closed },
	};
	char days[WORDS_DAY_MAX];

	page_element(p, "p", w->ret_host);
	page_raw(p, "<dl>\n");
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		unsigned n = rules->days[all[i].class];

		words_count(n == 1 ? w->day : w->days, n, days);
		row_begin(p, all[i].what);
		page_text(p, days);
		page_raw(p, " (");
		page_text(p, all[i].from);
		page_raw(p, ")");
		row_end(p);
	}
	page_raw(p, "</dl>\n");
	page_element(p, "p", w->ret_held);
}

static void
what(struct page *p, const struct parts *s)
{
	const struct words *w = p->w;

	page_element(p, "h2", w->pub_what);
	page_element(p, "p", w->pub_fields);
	page_raw(p, "<ul>\n");
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((s->all & FIELD_BIT(f)) != 0)
			page_element(p, "li", w->field[f]);
	page_raw(p, "</ul>\n");
	page_element(p, "p", w->pub_booth);
	page_element(p, "p", w->pub_no);
	page_element(p, "h2", w->pub_how);
	page_element(p, "p", w->pub_how_text);
	page_element(p, "h2", w->pub_kept);
	page_element(p, "p", w->pub_kept_text);
	kept_here(p, s->rules);
	page_element(p, "h2", w->pub_rights);
	page_element(p, "p", w->pub_rights_text);
	page_raw(p, "<p><a href=\"/r/\">");
	page_text(p, w->home_receipt);
	page_raw(p, "</a></p>\n");
	page_element(p, "p", w->pub_rights_ask);
	page_raw(p, "<p><a href=\"/my/\">");
	page_text(p, words_my(w)->title);
	page_raw(p, "</a></p>\n");
}

static void
in_force(struct page *p, const struct parts *s)
{
	page_raw(p, "<dl>\n");
	row_text(p, p->w->version, s->version);
	row_begin(p, p->w->pub_valid);
	page_day(p, (int64_t)s->from);
	page_raw(p, " – ");
	/* It ends with its last second. */
	page_day(p, (int64_t)s->until - 1);
	row_end(p);
	page_raw(p, "</dl>\n");
}

/* One state of the policy for all of it. */
static bw_err
make_policy(struct call *c, struct page *p, const struct store_policy *now)
{
	struct retain_rules rules;
	struct parts s = { .c = c, .rules = &rules,
		.aside = { .in = p->in, .w = p->w },
		.out.body = BW_BUF_INIT(HTTP_ANSWER_MAX) };
	struct store_contact w;
	bw_err r;

	if ((r = retain_load(c->store, &rules)) != BW_OK ||
	    (r = store_contact_get(c->store, now->version, &w)) != BW_OK)
		return r;
	if ((s.part = calloc(1, sizeof(*s.part))) == NULL)
		return BW_ERR_NOMEM;
	s.version = now->version;
	s.aside.out = &s.out;
	if ((r = store_sponsor_each(c->store, on_sponsor, &s)) == BW_OK &&
	    (r = s.aside.r) == BW_OK) {
		who(p, c->host->dir, &w);
		what(p, &s);
		page_element(p, "h2", p->w->pub_sponsors);
		in_force(p, &s);
		if (p->r == BW_OK)
			p->r = bw_buf_put(&p->out->body, s.out.body.ptr,
			    s.out.body.len);
	}
	bw_buf_free(&s.out.body);
	free(s.part);
	return r;
}

static bw_err
write_policy(struct call *c, struct page *p)
{
	struct bw_buf *body = &p->out->body;
	struct store_policy now;
	size_t from = body->len;
	bw_err r;

	if ((r = store_policy_current(c->store, &now)) == BW_ERR_NOTFOUND) {
		page_element(p, "p", p->w->pub_none);
		return BW_OK;
	}
	if (r != BW_OK || p->r != BW_OK || (r = kept_get(c->host->kept, p->w,
	    &now, body)) != BW_ERR_NOTFOUND)
		return r;
	r = make_policy(c, p, &now);
	if (r == BW_OK && p->r == BW_OK)
		kept_put(c->host->kept, p->w, &now, body->ptr + from,
		    body->len - from);
	return r;
}

void
site_privacy(struct call *c)
{
	const struct words *w = words_for(c->in);
	struct page p;
	bw_err r;

	if ((r = store_snapshot(c->store)) != BW_OK) {
		http_failure(c->out, r);
		return;
	}
	page_begin(&p, w, c->in, c->out, 200, w->pub_title, NULL);
	page_element(&p, "p", w->home_text);
	r = write_policy(c, &p);
	store_snapshot_end(c->store);
	if (p.r == BW_OK)
		p.r = r;
	page_raw(&p, "<p class=\"quiet\">");
	page_text(&p, w->pub_track);
	page_raw(&p, "</p>\n");
	page_end(&p);
}
