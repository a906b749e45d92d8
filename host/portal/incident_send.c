// SPDX-License-Identifier: Apache-2.0
/* The letter to those whom an incident concerns: its texts are saved, and it is
 * sent. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/incident_letter.h"
#include "host/portal/cases.h"
#include "host/portal/incident_words.h"

#define PATH_SIZE 96

/* A language of words.h; all others mean all. */
static const char *
known(const char *lang)
{
	for (size_t k = 0; words_at(k) != NULL; k++)
		if (strcmp(words_at(k)->lang, lang) == 0)
			return words_at(k)->lang;
	return "";
}

/* That of the address. */
static const char *
asked(const struct call *c)
{
	char lang[8];

	return http_param(c->in, "lang", lang, sizeof(lang)) == BW_OK ?
	    known(lang) : "";
}

static bw_err
take_saved(struct call *c, struct letters *l)
{
	struct incident_text saved;
	bw_err r = incident_text_get(c->store, l->i->id, l->lang, &saved);

	for (int k = 0; k < INCIDENT_PARTS; k++)
		memcpy(l->text[k], saved.part[k], sizeof(saved.part[k]));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

void
incidents_letter(struct call *c)
{
	struct letters l = { .n = 0 };
	struct incident i;
	bw_err r;

	if (!incident_find(c, &i))
		return;
	l.i = &i;
	l.lang = asked(c);
	/* First: what is read behind it is that or newer. */
	if ((r = incident_text_seen(c->store, i.id, l.seen)) == BW_OK &&
	    (r = take_saved(c, &l)) == BW_OK)
		letters_show(c, &l, 200);
	else
		layout_failure(c, r);
}

/* Whether it can be saved: all of it, or nothing of one language's. */
static bool
take(struct call *c, struct letters *l, struct incident_text *out)
{
	bool whole = true, empty = true;
	char any[2];

	memset(out, 0, sizeof(*out));
	for (int k = 0; k < INCIDENT_PARTS; k++) {
		if (http_form(c->in, letters_part[k], any, sizeof(any)) !=
		    BW_OK || any[0] != 0)
			empty = false;
		if (cases_text(c, letters_part[k], l->text[k])) {
			memcpy(out->part[k], l->text[k],
			    sizeof(out->part[k]));
			continue;
		}
		whole = false;
		l->error[k] = N_("Write it in a few sentences.");
	}
	return whole || (empty && l->lang[0] != 0);
}

bw_err
incident_letter_same(struct call *c, uint64_t id)
{
	char now[INCIDENT_SEEN_SIZE], seen[INCIDENT_SEEN_SIZE];
	bw_err r = incident_text_seen(c->store, id, now);

	if (r != BW_OK)
		return r;
	return http_param(c->in, "seen", seen, sizeof(seen)) == BW_OK &&
	    strcmp(seen, now) == 0 ? BW_OK : BW_ERR_OLD;
}

static bw_err
save(struct call *c, const struct letters *l, const struct incident_text *text)
{
	bw_err r;

	if ((r = store_begin(c->store)) == BW_OK &&
	    (r = incident_letter_same(c, l->i->id)) == BW_OK &&
	    (r = incident_text_set(c->store, l->i->id, l->lang, text,
	    c->me->actor, c->now)) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	return r;
}

void
incidents_letter_save(struct call *c)
{
	struct letters l = { .n = 0 };
	struct incident_text text;
	struct incident i;
	char lang[8], path[PATH_SIZE];
	bw_err r;

	if (!incident_find(c, &i))
		return;
	form_value(c, "lang", lang, sizeof(lang));
	l.i = &i;
	l.lang = known(lang);
	snprintf(path, sizeof(path), "/duties/incidents/%" PRIu64
	    "/letter?lang=%s", i.id, l.lang);
	if ((r = incident_text_seen(c->store, i.id, l.seen)) != BW_OK)
		layout_failure(c, r);
	else if (i.told_at != 0 || i.closed_at != 0)
		layout_go(c, path, "otherwise");
	else if (!take(c, &l, &text))
		letters_show(c, &l, 422);
	else if ((r = save(c, &l, &text)) == BW_OK)
		layout_go(c, path, "saved");
	else if (r == BW_ERR_EXISTS)
		layout_go(c, path, "otherwise");
	else if (r == BW_ERR_OLD) {
		l.no = N_("Somebody else has changed the letter meanwhile. "
		    "Nothing of yours was saved: look below at how it goes out "
		    "now, then save again.");
		letters_show(c, &l, 409);
	} else
		layout_failure(c, r);
}

/* The letter's page again, as it stands now, and why nothing was sent. */
static void
unsent(struct call *c, const struct incident *i, const char *no)
{
	struct letters l = { .i = i, .no = no };
	bw_err r;

	l.lang = asked(c);
	if ((r = incident_text_seen(c->store, i->id, l.seen)) == BW_OK &&
	    (r = take_saved(c, &l)) == BW_OK)
		letters_show(c, &l, 422);
	else
		layout_failure(c, r);
}

static bw_err
count_told(void *arg, const struct incident_person *p)
{
	*(uint64_t *)arg += p->registration != 0;
	return BW_OK;
}

/* BW_ERR_ARG: the number was not typed as it stands there. */
static bw_err
tell(struct call *c, const struct incident *i)
{
	char count[24];
	uint64_t n = 0;
	bw_err r;

	if ((r = store_begin(c->store)) == BW_OK)
		r = incident_people(c->store, &i->scope, count_told, &n);
	snprintf(count, sizeof(count), "%" PRIu64, n);
	if (r == BW_OK && i->told_at == 0 && i->closed_at == 0)
		r = !form_confirmed(c, count) ? BW_ERR_ARG :
		    incident_letter_same(c, i->id);
	if (r == BW_OK)
		r = incident_tell(c->store, i->id, c->me->actor, c->now, &n);
	if (r == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	return r;
}

void
incidents_tell(struct call *c)
{
	struct incident i;
	char path[PATH_SIZE];
	bw_err r;

	if (!incident_find(c, &i))
		return;
	r = tell(c, &i);
	snprintf(path, sizeof(path), "/duties/incidents/%" PRIu64, i.id);
	if (r == BW_OK || r == BW_ERR_EXISTS)
		layout_go(c, path, r == BW_OK ? "letters" : "otherwise");
	else if (r == BW_ERR_ARG)
		unsent(c, &i, N_("Nothing was sent: the number of letters was "
		    "not typed as it stands there."));
	else if (r == BW_ERR_OLD)
		unsent(c, &i, N_("Nothing was sent: the letter has changed "
		    "since you looked at it. Look at it again."));
	else if (r == BW_ERR_DENIED)
		unsent(c, &i, N_("Nothing was sent: a language that "
		    "somebody reads has no text yet."));
	else
		layout_failure(c, r);
}
