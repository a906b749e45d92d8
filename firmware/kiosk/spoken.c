// SPDX-License-Identifier: Apache-2.0
#include "kiosk/spoken.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"
#include "kiosk/scene.h"

/* What is being put together; the first error stays. */
struct spoken {
	const struct view *v;
	const struct ui *ui;	/* NULL: nothing of it is asked */
	struct bw_buf *out;
	bw_err r;
};

static void
raw(struct spoken *s, const char *markup)
{
	if (s->r == BW_OK)
		s->r = bw_buf_put_str(s->out, markup);
}

/* Text, without what only drawing needs. */
static void
text(struct spoken *s, const char *t, size_t len)
{
	for (const char *end = t + len; t < end && s->r == BW_OK;) {
		size_t mark = isolate_mark(t);

		if (mark > 0)
			t += mark;
		else if (*t == '&' || *t == '<' || *t == '>')
			raw(s, *t == '&' ? "&amp;" : *t == '<' ? "&lt;" :
			    "&gt;"), t++;
		else
			s->r = bw_buf_put_u8(s->out, (uint8_t)*t++);
	}
}

static void
in_voice(struct spoken *s, const char *voice, const char *t, size_t len)
{
	if (voice != NULL) {
		raw(s, "<voice xml:lang=\"");
		raw(s, voice);
		raw(s, "\">");
	}
	text(s, t, len);
	if (voice != NULL)
		raw(s, "</voice>");
}

/* The sponsor's name has its own voice, wherever it stands. */
static void
words(struct spoken *s, const char *t)
{
	const char *name = scene_sponsor(s->v), *at;
	const char *voice = name[0] == '\0' ? NULL : spoken_voice(name,
	    s->v->policy->sponsor.country, s->v->lang);
	size_t n = strlen(name);

	while (voice != NULL && (at = strstr(t, name)) != NULL) {
		text(s, t, (size_t)(at - t));
		in_voice(s, voice, name, n);
		t = at + n;
	}
	text(s, t, strlen(t));
}

static void
sentence(struct spoken *s, const char *t)
{
	raw(s, "<s>");
	words(s, t);
	raw(s, "</s>");
}

static bool
inside(const struct ui_text *t, const struct ui_widget *w)
{
	int x = t->box.x + t->box.w / 2, y = t->box.y + t->box.h / 2;

	return x >= w->box.x && x < w->box.x + w->box.w &&
	    y >= w->box.y && y < w->box.y + w->box.h;
}

/* The sentences of the frame: all of its texts but those of controls. */
static void
sentences(struct spoken *s)
{
	const struct ui_widget *w;
	const struct ui_text *t;
	size_t n = ui_widgets(s->ui, &w), m = ui_texts(s->ui, &t);

	for (size_t i = 0; i < m; i++) {
		bool free = true;

		for (size_t k = 0; k < n; k++)
			free = free && !inside(&t[i], &w[k]);
		if (free)
			sentence(s, t[i].text);
	}
}

/* The words in a control, with a pause between them. */
static void
drawn_words(struct spoken *s, const struct ui_widget *w)
{
	const char *voice = strncmp(w->name, "lang:", 5) == 0 &&
	    strcmp(w->name + 5, s->v->lang) != 0 ? w->name + 5 : NULL;
	const struct ui_text *t;
	size_t n = ui_texts(s->ui, &t);
	bool more = false;

	for (size_t i = 0; i < n; i++) {
		if (!inside(&t[i], w))
			continue;
		if (more)
			raw(s, ", ");
		if (voice != NULL)
			in_voice(s, strcmp(voice, "zh") == 0 ? "cmn" : voice,
			    t[i].text, strlen(t[i].text));
		else
			words(s, t[i].text);
		more = true;
	}
}

/* What has a sign for a name, or is one thing or the other. */
static const char *
sign_of(const struct view *v, const char *name, const char **state)
{
	*state = NULL;
	if (strcmp(name, "size") == 0) {
		*state = v->large ? _("on") : _("off");
		return _("Large letters");
	}
	if (strcmp(name, "contrast") == 0) {
		*state = v->contrast ? _("on") : _("off");
		return _("High contrast");
	}
	if (strcmp(name, "speak") == 0) {
		*state = v->speaking ? _("on") : _("off");
		return _("Speech");
	}
	return strcmp(name, "languages") == 0 ? _("Languages") : NULL;
}

static const char *
state_of(const struct view *v, const char *name)
{
	unsigned long f;

	if (strncmp(name, "field:", 6) != 0)
		return strncmp(name, "lang:", 5) == 0 &&
		    strcmp(name + 5, v->lang) == 0 ? _("chosen") : NULL;
	f = strtoul(name + 6, NULL, 10);
	return (v->ticked & FIELD_BIT(f)) != 0 ? _("chosen") :
	    _("not chosen");
}

/* A box to tick needs no other word for what it is than its state. */
static void
control(struct spoken *s, const struct ui_widget *w)
{
	const char *state, *sign = sign_of(s->v, w->name, &state);

	raw(s, "<s>");
	if (sign != NULL)
		words(s, sign);
	else
		drawn_words(s, w);
	if (state == NULL)
		state = state_of(s->v, w->name);
	if (strncmp(w->name, "field:", 6) != 0) {
		raw(s, ", ");
		words(s, _("button"));
	}
	if (state != NULL) {
		raw(s, ", ");
		words(s, state);
	}
	raw(s, "</s>");
}

static void
control_named(struct spoken *s, const char *name)
{
	const struct ui_widget *w = ui_find(s->ui, name);

	if (w != NULL)
		control(s, w);
}

/* Each in its own voice: who does not understand the others knows it. */
static void
languages(struct spoken *s)
{
	const struct ui_widget *w;
	size_t n = ui_widgets(s->ui, &w);

	for (size_t i = 0; i < n; i++) {
		if (strncmp(w[i].name, "lang:", 5) != 0)
			continue;
		raw(s, "<s>");
		drawn_words(s, &w[i]);
		raw(s, "</s>");
	}
}

/* The answers, and nothing of the head. */
static void
answers(struct spoken *s)
{
	static const char *const all[] = { "start", "decline", "page", "share",
		"undo", "type", "tag", "done", "retry", "cancel", "confirm" };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		control_named(s, all[i]);
}

/* Every kind of field: required ones cannot be left out. */
static void
fields(struct spoken *s)
{
	const struct policy *p = s->v->policy;

	for (int f = FIELD_NAME; f <= FIELD_LOCATION; f++) {
		bool required = (p->required & FIELD_BIT(f)) != 0;

		if (((p->required | p->optional) & FIELD_BIT(f)) == 0)
			continue;
		raw(s, "<s>");
		words(s, scene_field((enum field)f));
		raw(s, ", ");
		words(s, required ? _("required") : _("optional"));
		if (!required) {
			raw(s, ", ");
			words(s, (s->v->ticked & FIELD_BIT(f)) != 0 ?
			    _("chosen") : _("not chosen"));
		}
		raw(s, "</s>");
	}
}

/* All that a yes rests on, and what happens without an answer. */
static void
question(struct spoken *s)
{
	const struct policy_notice *n = s->v->notice;
	const char *url = s->v->policy->sponsor.privacy_url;

	sentence(s, n->title);
	sentence(s, n->purpose);
	fields(s);
	sentence(s, n->retention);
	sentence(s, n->withdraw);
	sentence(s, _("Privacy policy"));
	raw(s, "<s><voice xml:lang=\"en\">");
	words(s, strncmp(url, "https://", 8) == 0 ? url + 8 : url);
	raw(s, "</voice></s>");
	sentence(s, n->silence);
	/* On a page before the last there is no such button yet. */
	if (ui_find(s->ui, "share") == NULL) {
		sentence(s, _("Share"));
		sentence(s, _("then hold your badge here"));
	}
}

/* Which kinds of fields, and that their values are there to be read. */
static void
shared(struct spoken *s)
{
	char title[400];

	sentence(s, scene_say(title, sizeof(title),
	    _("You shared with %s:"), scene_sponsor(s->v)));
	for (int f = FIELD_NAME; f <= FIELD_LOCATION; f++)
		if ((s->v->granted & FIELD_BIT(f)) != 0)
			sentence(s, scene_field((enum field)f));
	sentence(s, _("What it says on your badge is on the screen and is "
	    "not said aloud."));
	sentence(s, _("Your receipt. Whoever has this code can see and "
	    "withdraw this share."));
	if (s->v->undo_failed)
		sentence(s, _("The undo could not be stored here. You can "
		    "withdraw with the code, or ask at the badge desk."));
}

static void
screen(struct spoken *s)
{
	const struct view *v = s->v;

	if (v->state == STATE_IDLE && !v->language_list)
		sentence(s, _("Speech is on. Up and down go to a choice, OK "
		    "takes it, Back is no."));
	if (v->state == STATE_ASK && !v->language_list && v->notice != NULL &&
	    v->policy != NULL)
		question(s);
	else if (v->state == STATE_SHARED)
		shared(s);
	else if (v->state != STATE_STAFF && v->enrol_typed == NULL)
		sentences(s);
	answers(s);
	if (v->state == STATE_IDLE || v->language_list)
		languages(s);
	if (v->focus != NULL)
		control_named(s, v->focus);
}

static bw_err
finish(struct spoken *s)
{
	raw(s, "</speak>");
	i18n_end();
	return s->r;
}

static struct spoken
start(const struct view *v, const struct ui *ui, struct bw_buf *out)
{
	struct spoken s = { v, ui, out, BW_OK };

	i18n_begin(v->lang);
	raw(&s, "<speak>");
	return s;
}

bw_err
spoken_screen(const struct view *v, const struct ui *ui, struct bw_buf *out)
{
	struct spoken s = start(v, ui, out);

	screen(&s);
	return finish(&s);
}

bw_err
spoken_control(const struct view *v, const struct ui *ui, const char *name,
    struct bw_buf *out)
{
	struct spoken s = start(v, ui, out);

	control_named(&s, name);
	return finish(&s);
}

bw_err
spoken_time(const struct view *v, struct bw_buf *out)
{
	struct spoken s = start(v, NULL, out);
	unsigned n = v->seconds_left;
	char left[120];

	snprintf(left, sizeof(left), i18n_count("%u second left.",
	    "%u seconds left.", n), n);
	sentence(&s, left);
	return finish(&s);
}
