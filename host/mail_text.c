// SPDX-License-Identifier: Apache-2.0
#include "host/mail_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/case_letter.h"
#include "host/incident_letter.h"
#include "host/right.h"
#include "host/store_daily.h"
#include "host/store_link.h"

#define SUBJECT_MAX 600
#define TEXT_MAX 65536
#define SHARES_MAX 100		/* in one mail; its page shows all */

/* What a letter points to while it is written. */
struct draft {
	struct store *s;
	const struct hostdir_config *event;
	const struct mail_row *row;
	int64_t now;
	struct letter letter;
	struct registration reg;
	struct case_file file;
	struct incident_letter incident;
	char link[MAIL_LINK_MAX];
	struct letter_share share[SHARES_MAX];
	char *name[SHARES_MAX * 2];	/* of sponsors and booths */
	size_t nname;
};

/* <base><path><a new code> */
static bw_err
put_link(struct draft *d, enum link_purpose purpose, int64_t seconds,
    const char *path, char out[static MAIL_LINK_MAX])
{
	const struct link in = { d->reg.id, purpose, d->row->id,
		d->now + seconds };
	char code[LINK_CODE];
	bw_err r = link_add(d->s, &in, code);

	if (r == BW_OK && snprintf(out, MAIL_LINK_MAX, "%s%s%s",
	    d->event->base_url, path, code) >= MAIL_LINK_MAX)
		r = BW_ERR_BOUND;
	explicit_bzero(code, sizeof(code));
	return r;
}

static const char *
keep(struct draft *d, const char *text)
{
	char *copy = strdup(text);

	if (copy != NULL)
		d->name[d->nname++] = copy;
	return copy;
}

static bw_err
on_share(void *arg, const struct daily_share *in)
{
	struct draft *d = arg;
	struct letter_share *out = &d->share[d->letter.nshare];

	if (in->state == LEAD_UNDONE || in->state == LEAD_WITHDRAWN ||
	    d->letter.nshare == SHARES_MAX)
		return BW_OK;
	*out = (struct letter_share){ keep(d, in->sponsor),
		keep(d, in->booth), in->fields, in->time,
		!reg_releases(in->status), in->state != LEAD_LIVE,
		in->again };
	d->letter.nshare++;
	return out->sponsor != NULL && out->booth != NULL ? BW_OK :
	    BW_ERR_NOMEM;
}

static bw_err
shares(struct draft *d, struct mail_text *out)
{
	struct right_state st = { 0 };
	bool stopped;
	bw_err r = daily_stopped(d->s, d->reg.id, &stopped);

	if (r == BW_OK)
		r = right_look(d->s, d->reg.id, &st);
	if (r == BW_OK && (stopped || d->reg.status == REG_MINOR ||
	    st.erase_due != 0))
		return BW_ERR_NOTFOUND;
	d->letter.objected = st.objected;
	d->letter.restricted = st.restricted;
	if (r != BW_OK ||
	    (r = daily_each(d->s, d->row->id, on_share, d)) != BW_OK)
		return r;
	if (d->letter.nshare == 0)
		return BW_ERR_NOTFOUND;
	d->letter.share = d->share;
	if ((r = put_link(d, LINK_OPTOUT, LINK_OPTOUT_SECONDS, "/my/stop/",
	    out->unsubscribe)) != BW_OK)
		return r;
	d->letter.optout = out->unsubscribe;
	return put_link(d, LINK_SHARES, LINK_SHARES_SECONDS, "/my/shares/#",
	    d->link);
}

static bw_err
on_person(void *arg, const struct incident_person *p)
{
	struct draft *d = arg;

	if (p->registration == d->reg.id)
		d->letter.fields = p->fields;
	return BW_OK;
}

/* Where the person undoes it: a link with a code is for an hour alone. */
static bw_err
to_undo(struct draft *d)
{
	return snprintf(d->link, sizeof(d->link), "%s/my/",
	    d->event->base_url) < (int)sizeof(d->link) ? BW_OK : BW_ERR_BOUND;
}

/* What staff wrote, and which of the person's fields it may concern. */
static bw_err
of_incident(struct draft *d, const struct mailconf *conf)
{
	struct incident i;
	bw_err r;

	if ((r = incident_get(d->s, d->row->mail.num, &i)) != BW_OK ||
	    (r = incident_letter_fill(d->s, &i, conf, &d->incident,
	    &d->letter)) != BW_OK)
		return r;
	return incident_people(d->s, &i.scope, on_person, d);
}

static bw_err
fill(struct draft *d, const struct mailconf *conf, struct mail_text *out)
{
	struct letter *l = &d->letter;
	bw_err r = case_zone(d->s, l->zone);

	if (r != BW_OK)
		return r;
	l->number = d->row->mail.num;
	l->date = d->row->mail.day;
	switch (d->row->mail.kind) {
	case MAIL_LINK:
		l->kind = LETTER_LINK;
		l->minutes = LINK_ALL_SECONDS / 60;
		r = put_link(d, LINK_ALL, LINK_ALL_SECONDS, "/my/#", d->link);
		break;
	case MAIL_SHARES:
		l->kind = LETTER_SHARES;
		r = shares(d, out);
		break;
	case MAIL_LETTER:
		l->kind = d->row->mail.letter;
		if (l->number != 0)
			r = case_letter_fill(d->s, l->number, &d->file, l);
		if (r == BW_OK && (l->kind == LETTER_ERASE_PLANNED ||
		    l->kind == LETTER_ERASE_HELD))
			r = to_undo(d);
		break;
	case MAIL_BREACH:
		r = of_incident(d, conf);
		break;
	case MAIL_KINDS_:
		return BW_ERR_ARG;
	}
	l->link = d->link[0] != 0 ? d->link : NULL;
	return r;
}

static const char *
given(const char *s)
{
	return s[0] != 0 ? s : NULL;
}

static void
draft_free(struct draft *d)
{
	while (d->nname > 0)
		free(d->name[--d->nname]);
	explicit_bzero(d, sizeof(*d));
	free(d);
}

static bw_err
address(const struct registration *reg, char out[static MAIL_ADDRESS_MAX + 1])
{
	bool utf8;

	if (reg->status == REG_DELETED)
		return BW_ERR_NOTFOUND;
	return mail_address_take(reg->values.v[FIELD_EMAIL], out, &utf8) ==
	    BW_OK ? BW_OK : BW_ERR_DENIED;
}

bw_err
mail_text_make(struct store *s, const struct hostdir_config *event,
    const struct mailconf *conf, const struct mail_row *row, int64_t now,
    struct mail_text *out)
{
	struct draft *d = calloc(1, sizeof(*d));
	bw_err r;

	*out = (struct mail_text){ .subject = BW_BUF_INIT(SUBJECT_MAX),
		.body = BW_BUF_INIT(TEXT_MAX) };
	if (d == NULL)
		return BW_ERR_NOMEM;
	d->s = s;
	d->event = event;
	d->row = row;
	d->now = now;
	d->letter = (struct letter){ .language = row->mail.language,
		.event = event->event_name, .contact = given(conf->contact) };
	if ((r = store_registration_get(s, row->mail.registration,
	    &d->reg)) != BW_OK || (r = address(&d->reg, out->to)) != BW_OK ||
	    (r = fill(d, conf, out)) != BW_OK)
		goto out;
	d->letter.person = d->reg.values.v[FIELD_NAME];
	if (letter_refuses(d->letter.kind))
		d->letter.complain = given(conf->complain);
	r = letter_text(&d->letter, &out->subject, &out->body);
out:
	draft_free(d);
	return r;
}

void
mail_text_free(struct mail_text *t)
{
	bw_buf_free(&t->subject);
	bw_buf_free(&t->body);
	explicit_bzero(t->to, sizeof(t->to));
	explicit_bzero(t->unsubscribe, sizeof(t->unsubscribe));
}
