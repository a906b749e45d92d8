// SPDX-License-Identifier: Apache-2.0
/* Forms over the keys of the draft. */
#include <stdio.h>
#include <string.h>

#include "host/notice.h"
#include "host/portal/draft.h"
#include "host/when.h"

void
draft_refuse(struct draft *d, const char *field, const char *sentence)
{
	if (d->nrefused == DRAFT_REFUSED)
		return;
	snprintf(d->refused[d->nrefused].name,
	    sizeof(d->refused[0].name), "%s", field);
	d->refused[d->nrefused++].sentence = sentence;
}

static void
trim(char *s)
{
	size_t from = strspn(s, " "), len = strlen(s + from);

	memmove(s, s + from, len + 1);
	while (len > 0 && s[len - 1] == ' ')
		s[--len] = 0;
}

/* "1.6.2026" as the policy file has it; what is no day stays as it is. */
static void
as_in_file(char v[static DRAFT_VALUE_MAX])
{
	char iso[WHEN_TYPED];
	uint64_t at;

	if (when_dotted(v, iso) && when_parse(iso, false, &at) == BW_OK)
		memcpy(v, iso, strlen(iso) + 1);
}

void
draft_take_day(struct draft *d, struct policytree *s, const char *key)
{
	char v[DRAFT_VALUE_MAX];

	draft_take(d, s, key, key, true);
	snprintf(v, sizeof(v), "%s", policytree_value(s, key));
	as_in_file(v);
	if (policytree_set(s, key, v) != BW_OK)
		draft_refuse(d, key, N_("There is no memory for this."));
}

void
draft_take(struct draft *d, struct policytree *s, const char *field,
    const char *key, bool keep_empty)
{
	char v[DRAFT_VALUE_MAX];
	bw_err r = http_form(d->c->in, field, v, sizeof(v));

	if (r == BW_ERR_NOTFOUND)
		r = BW_OK;
	if (r == BW_ERR_BOUND) {
		draft_refuse(d, field, N_("This is too long."));
		return;
	}
	if (r != BW_OK || !text_is_clean(v, strlen(v))) {
		draft_refuse(d, field, N_("This holds something that is no "
		    "text."));
		return;
	}
	trim(v);
	if (policytree_set(s, key, v[0] != 0 || keep_empty ? v : NULL) !=
	    BW_OK)
		draft_refuse(d, field, N_("There is no memory for this."));
}

const char *
draft_error(const struct draft *d, const char *field,
    const struct policytree *s, const char *key)
{
	const struct policytree_key *k = policytree_key(s, key);
	char quoted[48];

	for (size_t i = 0; i < d->nrefused; i++)
		if (strcmp(d->refused[i].name, field) == 0)
			return d->refused[i].sentence;
	/* One that is missing is told where its section ends. */
	snprintf(quoted, sizeof(quoted), "\"%s\"", key);
	for (size_t i = 0; i < d->f.n; i++)
		if (k != NULL ? d->f.one[i].line == k->line :
		    d->f.one[i].line == s->end &&
		    strstr(d->f.one[i].text, quoted) != NULL)
			return d->said[i];
	return NULL;
}

size_t
draft_count(const struct draft *d, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = 0; i < d->f.n; i++)
		n += d->f.one[i].line >= from && d->f.one[i].line <= to;
	return n;
}

void
draft_faults(struct page *p, const struct draft *d, size_t from, size_t to)
{
	if (draft_count(d, from, to) == 0)
		return;
	page_raw(p, "<div class=\"note note-warning\">\n");
	say_in(p, "p", N_("This has to be mended before it can be "
	    "installed:"));
	page_raw(p, "<ul>\n");
	for (size_t i = 0; i < d->f.n; i++)
		if (d->f.one[i].line >= from && d->f.one[i].line <= to) {
			page_raw(p, "<li>");
			page_text(p, d->said[i]);
			page_raw(p, "</li>\n");
		}
	page_raw(p, "</ul>\n</div>\n");
}

void
draft_form(struct page *p, const struct draft *d, const char *action,
    bool upload)
{
	char rev[24];

	snprintf(rev, sizeof(rev), "%llu", (unsigned long long)d->d.rev);
	form_begin(p, d->c, action, upload);
	form_hidden(p, "rev", rev);
}

void
draft_notes(struct page *p, const struct draft *d)
{
	if (d->conflict)
		layout_note(p, "danger", N_("Somebody else has changed the "
		    "draft meanwhile. Nothing of yours was saved: look at "
		    "what stands here now, then save again."));
	else if (d->nrefused != 0)
		layout_note(p, "danger", N_("Nothing was saved: something "
		    "below cannot be kept as it is."));
}

/* The rev that the store has now, for the next try. */
static bw_err
look_again(struct draft *d)
{
	struct store_draft now;
	bw_err r = store_draft_get(d->c->store, &now);

	d->d.rev = now.rev;
	bw_buf_free(&now.source);
	return r == BW_OK ? draft_check(d) : r;
}

bool
draft_done(struct draft *d, const char *what, const char *next,
    unsigned *status)
{
	bw_err r = BW_OK;

	*status = 422;
	if (d->nrefused == 0) {
		r = draft_store(d, what, NULL, NULL);
		if (r == BW_OK) {
			layout_go(d->c, next, "draft");
			return true;
		}
		d->conflict = r == BW_ERR_EXISTS;
		*status = d->conflict ? 409 : 422;
		if (r == BW_ERR_BOUND)
			draft_refuse(d, "", N_("The policy is too long."));
	}
	if (r == BW_OK || d->conflict || r == BW_ERR_BOUND)
		r = look_again(d);
	if (r == BW_OK)
		return false;
	layout_failure(d->c, r);
	return true;
}

size_t
draft_languages(const struct draft *d, const char *out[static POLICY_LANGS])
{
	const struct policytree_key *k = policytree_key(d->tree, "languages");
	size_t n = 0;

	for (size_t i = 0; k != NULL && i < k->n && n < POLICY_LANGS; i++)
		if (notice_language_name(k->value[i]) != NULL)
			out[n++] = k->value[i];
	return n;
}

const char *
draft_language(const struct page *p, const char *lang)
{
	static const struct { const char *lang, *name; } names[] = {
		{ "en", N_("English") }, { "de", N_("German") },
		{ "fr", N_("French") }, { "es", N_("Spanish") },
		{ "ja", N_("Japanese") }, { "zh", N_("Chinese") },
		{ "ar", N_("Arabic") }, { "hi", N_("Hindi") },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].lang, lang) == 0)
			return catalogue_find(p->w->lang, names[i].name);
	return lang;
}
