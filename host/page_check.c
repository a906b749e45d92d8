// SPDX-License-Identifier: Apache-2.0
#include "host/page_check.h"

#include <stdio.h>

#include "host/page.h"
#include "host/store_device.h"
#include "pages.h"

static bw_err
put_key(void *arg, const struct store_device *d)
{
	char vkey[VKEY_MAX];
	struct page *p = arg;
	bw_err r;

	if (!d->enrolled)
		return BW_OK;
	if ((r = vkey_format(d->origin, d->log_spki, vkey)) != BW_OK)
		return r;
	page_text(p, vkey);
	page_raw(p, "\n");
	return BW_OK;
}

/* The host's, by the name of its cosignatures, then every log's. */
static bw_err
put_keys(struct page *p, struct call *c)
{
	char name[ORIGIN_MAX + 8], vkey[VKEY_MAX];
	bw_err r;

	snprintf(name, sizeof(name), "%s/host",
	    c->host->dir->config.log_name);
	if ((r = vkey_format(name, crypto_key_spki(c->host->dir->host),
	    vkey)) != BW_OK)
		return r;
	page_text(p, vkey);
	page_raw(p, "\n");
	return store_device_each(c->store, put_key, p);
}

static void
area(struct page *p, const char *id, const char *label, unsigned rows)
{
	char n[48];

	page_raw(p, "<label for=\"");
	page_raw(p, id);
	page_raw(p, "\">");
	page_text(p, label);
	page_raw(p, "</label>\n<p><textarea dir=\"ltr\" lang=\"zxx\" "
	    "spellcheck=\"false\" autocomplete=\"off\" id=\"");
	page_raw(p, id);
	snprintf(n, sizeof(n), "\" rows=\"%u\"", rows);
	page_raw(p, n);
	page_raw(p, p->r == BW_OK && id[0] == 'k' ?
	    " aria-describedby=\"keys-hint\">" : ">");
}

/* What the script says, in the page's language, to be shown by its name. */
static void
sentences(struct page *p)
{
	const struct words *w = p->w;
	const char *const all[][2] = {
		{ "right", w->chk_right }, { "wrong", w->chk_wrong },
		{ "none", w->chk_none }, { "jsonld", w->chk_jsonld },
		{ "pdf", w->chk_pdf }, { "else", w->chk_else },
		{ "choose", w->chk_choose },
		{ "zip", w->chk_zip },
		{ "copy", w->chk_copy }, { "unproved", w->chk_unproved },
		{ "notits", w->chk_not_its }, { "again", w->chk_again },
		{ "format", w->chk_format }, { "entry", w->chk_entry },
		{ "tree", w->chk_tree }, { "log", w->chk_log },
		{ "host", w->chk_host }, { "nokey", w->chk_nokey },
		{ "nohost", w->chk_nohost }, { "own", w->chk_own },
		{ "given", w->chk_given }, { "cannot", w->chk_cannot },
		{ "unread", w->chk_unread },
		{ "origin", w->chk_origin }, { "number", w->chk_number },
		{ "kind", w->chk_kind }, { "share", w->chk_share },
		{ "other", w->chk_other }, { "when", w->when },
		{ "size", w->chk_size }, { "seen", w->chk_seen },
		{ "commit", w->chk_commit },
		{ "commit-text", w->chk_commit_text },
	};

	page_raw(p, "<template id=\"words\">\n");
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		page_raw(p, "<p data-word=\"");
		page_raw(p, all[i][0]);
		page_raw(p, "\">");
		page_text(p, all[i][1]);
		page_raw(p, "</p>\n");
	}
	page_raw(p, "</template>\n");
}

static void
ask(struct page *p, struct call *c)
{
	const struct words *w = p->w;

	page_raw(p, "<form id=\"check\">\n<label for=\"file\">");
	page_text(p, w->chk_file);
	page_raw(p, "</label>\n<p><input type=\"file\" id=\"file\"></p>\n");
	area(p, "proof", w->chk_paste, 6);
	page_raw(p, "</textarea></p>\n");
	area(p, "keys", w->chk_keys, 5);
	/* A first line that is empty is not part of the value. */
	page_raw(p, "\n");
	if (p->r == BW_OK)
		p->r = put_keys(p, c);
	page_raw(p, "</textarea></p>\n<p class=\"quiet\" id=\"keys-hint\">");
	page_text(p, w->chk_keys_text);
	page_raw(p, "</p>\n<button>");
	page_text(p, w->chk_button);
	page_raw(p, "</button>\n</form>\n<div id=\"said\" role=\"status\">"
	    "<noscript><p>");
	page_text(p, w->chk_cannot);
	page_raw(p, "</p></noscript></div>\n");
}

void
site_check(struct call *c)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, 200, w->proof_check, NULL);
	page_element(&p, "p", w->chk_text);
	ask(&p, c);
	sentences(&p);
	page_raw(&p, "<script src=\"/zip.js\"></script>\n"
	    "<script src=\"/check.js\"></script>\n");
	page_end(&p);
}

static void
script(struct call *c, const void *text, size_t len)
{
	http_text(c->out, 200, "text/javascript; charset=utf-8", text, len);
	c->out->keep = true;
}

void
site_check_script(struct call *c)
{
	script(c, check_js, sizeof(check_js) - 1);
}

void
site_zip_script(struct call *c)
{
	script(c, zip_js, sizeof(zip_js) - 1);
}
