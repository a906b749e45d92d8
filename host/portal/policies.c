// SPDX-License-Identifier: Apache-2.0
#include "host/portal/policies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/audit.h"
#include "host/portal/draft.h"
#include "host/route.h"

struct installer {
	struct call *c;
	char who[ACCOUNT_MAIL_MAX + 1];
};

static bw_err
installer_row(void *arg, const struct audit_row *row)
{
	struct installer *in = arg;

	if (audit_did(row, DID_POLICY_INSTALL) && in->who[0] == 0)
		layout_actor(in->c, row->actor, in->who);
	return BW_OK;
}

static bw_err
installer(struct call *c, const char *version, struct installer *out)
{
	*out = (struct installer){ .c = c };
	return audit_each(c->store, 0, 20, version, installer_row, out);
}

struct versions {
	struct store_policy *one;
	size_t n, cap;
};

static bw_err
keep(void *arg, const struct store_policy *p)
{
	struct versions *v = arg;
	struct store_policy *more;

	if (v->n == v->cap) {
		v->cap = v->cap == 0 ? 16 : v->cap * 2;
		more = reallocarray(v->one, v->cap, sizeof(*more));
		if (more == NULL)
			return BW_ERR_NOMEM;
		v->one = more;
	}
	v->one[v->n++] = *p;
	return BW_OK;
}

static void
version_row(struct page *p, struct call *c, const struct store_policy *v)
{
	struct installer in;
	bw_err r = installer(c, v->version, &in);

	table_row(p);
	page_raw(p, "<th scope=\"row\"><a href=\"/policy/versions/");
	page_text(p, v->version);
	page_raw(p, "\">");
	say_value(p, N_("Version %s"), v->version);
	page_raw(p, "</a></th>");
	table_time(p, v->installed_at);
	table_value(p, in.who);
	if (p->r == BW_OK)
		p->r = r;
}

static void
draft_part(struct page *p, struct call *c)
{
	struct store_draft d;
	bw_err r = store_draft_get(c->store, &d);

	bw_buf_free(&d.source);
	say_in(p, "h2", N_("Draft"));
	if (r == BW_OK) {
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, "/policy/draft", N_("Go on with the draft"));
		page_raw(p, "</p>\n");
	} else if (r == BW_ERR_NOTFOUND) {
		say_in(p, "p", N_("Changes are made in a draft. Nothing of it "
		    "counts before it is installed."));
		form_button(p, c, "/policy/draft", N_("Begin a draft"));
	} else if (p->r == BW_OK)
		p->r = r;
}

/* What is still to be done before a booth can open. */
static void
next(struct page *p, struct call *c)
{
	struct store_lacks l;
	bw_err r = store_lacks(c->store, &l);

	if (p->r == BW_OK)
		p->r = r;
	if (!l.registrations && !l.devices)
		return;
	page_raw(p, "<div class=\"note\">\n");
	say_in(p, "p", N_("Before a booth can open:"));
	page_raw(p, "<ul>\n");
	if (l.registrations) {
		page_raw(p, "<li>");
		layout_link(p, "/registrations",
		    N_("Upload the registrations"));
		page_raw(p, "</li>\n");
	}
	if (l.devices) {
		page_raw(p, "<li>");
		layout_link(p, "/devices", N_("Add a device for each booth"));
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul>\n</div>\n");
}

void
policies_show(struct call *c)
{
	static const char *const heads[] = { N_("Version"), N_("Installed"),
		N_("By"), NULL };
	struct versions v = { .one = NULL };
	struct page p;
	bw_err r = store_policy_each(c->store, keep, &v);

	layout_begin(&p, c, 200, N_("Policy"));
	if (v.n == 0)
		layout_empty(&p, N_("There is no policy yet, so no device can "
		    "ask anybody. Begin a draft: give the event's days, then "
		    "add its sponsors."), NULL, NULL);
	else {
		page_raw(&p, "<p>");
		say_value(&p, N_("In force is version %s: which sponsor may "
		    "ask for what, what for and for how long. "),
		    v.one[0].version);
		layout_link(&p, "/sponsors", N_("Sponsors"));
		page_raw(&p, "</p>\n");
		next(&p, c);
	}
	draft_part(&p, c);
	if (v.n != 0) {
		say_in(&p, "h2", N_("Versions"));
		table_begin(&p, N_("Versions"), heads);
		for (size_t i = 0; i < v.n; i++)
			version_row(&p, c, &v.one[i]);
		table_end(&p);
	}
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
	free(v.one);
}

/* The path's version and its text; false: the answer is filled in. */
static bool
open_version(struct call *c, char version[STRICT_TARGET_MAX + 1],
    struct policyfile **file, struct bw_buf *text)
{
	bw_err r = BW_ERR_NOTFOUND;

	route_part(c, 0, version);
	*file = NULL;
	if (text_is_id(version, strlen(version)))
		r = draft_installed(c, version, file, text);
	/* A text that this program would not take any more is still one. */
	if (r == BW_ERR_FORMAT && text->len != 0)
		r = BW_OK;
	if (r != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}

static void
show_text(struct page *p, const struct bw_buf *text)
{
	char *s = text->len == 0 ? NULL :
	    strndup((const char *)text->ptr, text->len);

	say_in(p, "h2", N_("Its text"));
	page_raw(p, "<pre class=\"source\" tabindex=\"0\">");
	page_text(p, s != NULL ? s : "");
	page_raw(p, "</pre>\n");
	free(s);
}

void
policies_version(struct call *c)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	char version[STRICT_TARGET_MAX + 1], to[96];
	struct policyfile *file;
	struct installer in;
	struct page p;
	bw_err r;

	if (!open_version(c, version, &file, &text))
		goto out;
	r = installer(c, version, &in);
	layout_begin(&p, c, 200, N_("A version of the policy"));
	page_raw(&p, "<p>");
	say_value(&p, N_("Version %s"), version);
	if (in.who[0] != 0) {
		page_raw(&p, " · ");
		say_value(&p, N_("installed by %s"), in.who);
	}
	page_raw(&p, " · ");
	snprintf(to, sizeof(to), "/policy/versions/%.32s/download", version);
	layout_link(&p, to, N_("Download the text"));
	page_raw(&p, " · ");
	layout_link(&p, "/policy", N_("Back to the policy"));
	page_raw(&p, "</p>\n");
	if (file != NULL) {
		say_in(&p, "h2", N_("In plain sentences"));
		draft_print(&p, file);
	}
	show_text(&p, &text);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
out:
	policyfile_free(&file);
	bw_buf_free(&text);
}

void
policies_download(struct call *c)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	char version[STRICT_TARGET_MAX + 1], name[HTTP_NAME_MAX];
	struct policyfile *file;

	if (open_version(c, version, &file, &text)) {
		http_text(c->out, 200, "text/plain; charset=utf-8", text.ptr,
		    text.len);
		snprintf(name, sizeof(name), "policy-%.32s.conf", version);
		http_save_as(c->out, name);
	}
	policyfile_free(&file);
	bw_buf_free(&text);
}
