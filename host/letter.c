// SPDX-License-Identifier: Apache-2.0
#include "host/letter.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "host/letter_words.h"
#include "host/words_my.h"

static const struct letter_words *const all[] = { &letter_en, &letter_de,
	&letter_fr, &letter_es, &letter_ja, &letter_zh, &letter_ar,
	&letter_hi };
#define NALL (sizeof(all) / sizeof(all[0]))

const char *
letter_kind_name(enum letter_kind kind)
{
	static const char *const names[LETTER_KINDS_] = { "none", "link",
		"shares", "received", "extended", "refused", "done", "copy",
		"erase-planned", "erase-undone", "objection", "restricted",
		"unrestricted", "breach", "no-disclosure", "dropped",
		"erase-held", "agreed", "agreed-new" };

	return (unsigned)kind < LETTER_KINDS_ ? names[kind] : "unknown";
}

struct writer {
	const struct letter *in;
	const struct letter_words *w;
	const struct words *site;	/* months, fields */
};

static const struct letter_words *
words_of(const char *lang)
{
	const struct words *w = words_named(lang);

	for (size_t i = 0; w != NULL && i < NALL; i++)
		if (strcmp(all[i]->lang, w->lang) == 0)
			return all[i];
	return all[0];
}

static bw_err
put_date(const struct writer *l, int64_t at, struct bw_buf *out)
{
	time_t when = (time_t)(at + case_ahead(l->in->zone, at));
	struct tm tm;

	if (gmtime_r(&when, &tm) == NULL)
		return BW_ERR_ARG;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return bw_buf_printf(out, l->site->date, tm.tm_mday,
	    l->site->month[tm.tm_mon], tm.tm_year + 1900);
#pragma GCC diagnostic pop
}

static int64_t
day(const struct writer *l, int64_t at)
{
	return (at + case_ahead(l->in->zone, at)) / 86400;
}

/* A day, or from one to another. */
static bw_err
put_when(const struct writer *l, struct bw_buf *out)
{
	const struct letter *in = l->in;
	bw_err r;

	if (in->date == 0)
		return bw_buf_put_str(out, l->w->unknown);
	r = put_date(l, in->date, out);
	if (r != BW_OK || in->until == 0 ||
	    day(l, in->until) == day(l, in->date))
		return r;
	r = bw_buf_put_str(out, " \u2013 ");
	return r == BW_OK ? put_date(l, in->until, out) : r;
}

static bw_err
put_time(const char *zone, int64_t at, struct bw_buf *out)
{
	time_t when = (time_t)(at + case_ahead(zone, at));
	struct tm tm;

	if (gmtime_r(&when, &tm) == NULL)
		return BW_ERR_ARG;
	return bw_buf_printf(out, "%02d:%02d %s", tm.tm_hour, tm.tm_min,
	    zone[0] != 0 ? zone : "UTC");
}

static bw_err
put_fields(const struct writer *l, field_set fields, struct bw_buf *out)
{
	const char *between = "";
	bw_err r = BW_OK;

	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++) {
		if ((fields & FIELD_BIT(f)) == 0)
			continue;
		if ((r = bw_buf_put_str(out, between)) == BW_OK)
			r = bw_buf_put_str(out, l->site->field[f]);
		between = l->w->comma;
	}
	return r;
}

/* A name among other words; where those run from right to left, it keeps its
 * own direction. */
static bw_err
put_name(const struct writer *l, const char *name, struct bw_buf *out)
{
	return l->site->rtl ? bw_buf_printf(out, "\u2068%s\u2069", name) :
	    bw_buf_put_str(out, name);
}

static bw_err
put_since(const struct writer *l, const char *what, int64_t at,
    struct bw_buf *out)
{
	bw_err r;

	if (at == 0)
		return BW_OK;
	r = bw_buf_printf(out, "\n  %s ", what);
	return r == BW_OK ? put_date(l, at, out) : r;
}

/* Their own wish is named to who has it. */
static bw_err
put_held(const struct writer *l, struct bw_buf *out)
{
	const struct words_my *my = words_my(l->site);
	bw_err r = bw_buf_printf(out, "\n  %s", my->lead[WORDS_WITHHELD]);

	if (r == BW_OK)
		r = put_since(l, my->objected, l->in->objected, out);
	return r == BW_OK ? put_since(l, my->restricted, l->in->restricted,
	    out) : r;
}

static bw_err
put_share(const struct writer *l, const struct letter_share *s,
    struct bw_buf *out)
{
	bw_err r;

	if ((r = bw_buf_put_str(out, "- ")) != BW_OK ||
	    (r = put_name(l, s->sponsor, out)) != BW_OK)
		return r;
	if (s->booth[0] != 0 &&
	    ((r = bw_buf_printf(out, " (%s", l->w->booth)) != BW_OK ||
	    (r = put_name(l, s->booth, out)) != BW_OK ||
	    (r = bw_buf_put_str(out, ")")) != BW_OK))
		return r;
	if ((r = bw_buf_put_str(out, "\n  ")) != BW_OK ||
	    (r = put_date(l, s->at, out)) != BW_OK ||
	    (r = bw_buf_put_str(out, ", ")) != BW_OK ||
	    (r = put_time(l->in->zone, s->at, out)) != BW_OK ||
	    (r = bw_buf_put_str(out, "\n  ")) != BW_OK)
		return r;
	if ((r = put_fields(l, s->fields, out)) != BW_OK)
		return r;
	if (s->checked)
		return bw_buf_printf(out, "\n  %s %s", l->site->checked,
		    l->w->later);
	if (s->held)
		return put_held(l, out);
	return s->again ? bw_buf_printf(out, "\n  %s", l->w->again) : BW_OK;
}

static bw_err
put_shares(const struct writer *l, struct bw_buf *out)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < l->in->nshare && r == BW_OK; i++) {
		if (i != 0)
			r = bw_buf_put_str(out, "\n\n");
		if (r == BW_OK)
			r = put_share(l, &l->in->share[i], out);
	}
	return r;
}

static bw_err
put_given(const char *text, struct bw_buf *out)
{
	return text != NULL ? bw_buf_put_str(out, text) : BW_OK;
}

static bool
is(const char *name, size_t len, const char *other)
{
	return strlen(other) == len && memcmp(name, other, len) == 0;
}

/* What stands for a name: nothing when it was not given. */
static bw_err
put_named(const struct writer *l, const char *name, size_t len,
    struct bw_buf *out)
{
	const struct letter *in = l->in;
	const struct {
		const char *name, *text;
	} texts[] = { { "reason", in->reason }, { "likely", in->likely },
		{ "done", in->done }, { "advice", in->advice },
		{ "complain", in->complain }, { "contact", in->contact },
		{ "link", in->link }, { "optout", in->optout },
		{ "type", l->w->type[in->type] },
		{ "page", words_my(l->site)->title },
		{ "undo", words_my(l->site)->undo } };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (is(name, len, texts[i].name))
			return put_given(texts[i].text, out);
	if (is(name, len, "event"))
		return put_name(l, in->event, out);
	if (is(name, len, "booth"))
		return in->booth == NULL ? BW_OK :
		    put_name(l, in->booth, out);
	if (is(name, len, "person"))
		return put_name(l, in->person, out);
	if (is(name, len, "number"))
		return in->number == 0 ? BW_OK :
		    bw_buf_printf(out, "%" PRIu64, in->number);
	if (is(name, len, "minutes"))
		return bw_buf_printf(out, "%u", in->minutes);
	if (is(name, len, "date"))
		return in->date == 0 ? BW_OK : put_date(l, in->date, out);
	if (is(name, len, "when"))
		return put_when(l, out);
	if (is(name, len, "time"))
		return in->date == 0 ? BW_OK : put_time(in->zone, in->date, out);
	if (is(name, len, "fields"))
		return put_fields(l, in->fields, out);
	return is(name, len, "shares") ? put_shares(l, out) : BW_ERR_ARG;
}

/* One paragraph. *whole: nothing that it names was missing. */
static bw_err
put_paragraph(const struct writer *l, const char *text, size_t len,
    struct bw_buf *out, bool *whole)
{
	const char *end = text + len;
	bw_err r = BW_OK;

	*whole = true;
	while (text < end && r == BW_OK) {
		const char *name = memchr(text, '{', (size_t)(end - text));
		size_t had, n;

		if (name == NULL)
			return bw_buf_put(out, text, (size_t)(end - text));
		if ((r = bw_buf_put(out, text, (size_t)(name - text))) != BW_OK)
			break;
		n = strcspn(++name, "}");
		had = out->len;
		r = put_named(l, name, n, out);
		*whole = *whole && out->len > had;
		text = name + n + 1;
	}
	return r;
}

/* The right to complain, where it is to be named. */
static const char *
complaint(const struct writer *l)
{
	return l->in->complain == NULL && letter_refuses(l->in->kind) ?
	    l->w->may_complain : l->w->complain;
}

/* All that is whole of it, with an empty line before each. */
static bw_err
put_text(const struct writer *l, const char *text, struct bw_buf *out)
{
	struct bw_buf p = BW_BUF_INIT(out->max);
	bw_err r = BW_OK;
	bool whole;

	while (*text != 0 && r == BW_OK) {
		const char *gap = strstr(text, "\n\n");
		size_t len = gap != NULL ? (size_t)(gap - text) : strlen(text);

		bw_buf_reset(&p);
		r = put_paragraph(l, text, len, &p, &whole);
		if (r == BW_OK && whole && out->len > 0)
			r = bw_buf_put_str(out, "\n\n");
		if (r == BW_OK && whole)
			r = bw_buf_put(out, p.ptr, p.len);
		text += gap != NULL ? len + 2 : len;
	}
	bw_buf_free(&p);
	return r;
}

bw_err
letter_text(const struct letter *in, struct bw_buf *subject,
    struct bw_buf *body)
{
	const char *lang = in->language != NULL ? in->language : "";
	struct writer l = { .in = in, .w = words_of(lang) };
	bool named = in->person != NULL && in->person[0] != 0;
	bw_err r;

	if (in->kind <= LETTER_NONE || in->kind >= LETTER_KINDS_ ||
	    in->type >= LETTER_TYPES_ || in->event == NULL)
		return BW_ERR_ARG;
	l.site = words_named(l.w->lang);
	if ((r = put_text(&l, l.w->subject[in->kind], subject)) != BW_OK ||
	    (r = put_text(&l, named ? l.w->dear : l.w->hello,
	    body)) != BW_OK ||
	    (r = put_text(&l, l.w->text[in->kind], body)) != BW_OK ||
	    (r = put_text(&l, complaint(&l), body)) != BW_OK ||
	    (r = put_text(&l, l.w->contact, body)) != BW_OK ||
	    (r = put_text(&l, l.w->regards, body)) != BW_OK)
		return r;
	return bw_buf_put_str(body, "\n");
}
