// SPDX-License-Identifier: Apache-2.0
/* The staff's screens, behind a PIN: how the device is, and notes on shares.
 * They have one size of letters: those who use them every day know them. */
#include "kiosk/scene_staff.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"
#include "kiosk/message.h"

#define TEXT 700		/* bytes of a line */
#define SHORT 40		/* bytes of a question on a button */

/* ---- parts ---- */

struct widget
staff_button(const struct canvas *c, const char *name, const char *text)
{
	return (struct widget){ .name = name, .text = text,
		.px = scene_fine(c), .least = scene_least(c) };
}

static struct label
line(const struct canvas *c, const char *s)
{
	return (struct label){ .s = s, .px = scene_body(c), .top = true,
		.colour = c->theme->ink, .ground = c->theme->ground };
}

/* Its place off the top of b, and the size of its letters. */
static struct ui_box
cut_title(struct canvas *c, struct label *l, struct ui_box *b)
{
	l->px = label_fit(c, l, b->w, b->h / 3, scene_least(c));
	return box_top(b, label_size(c, l, b->w).h, scene_gap(c));
}

static struct ui_box
titled(struct canvas *c, const char *title, struct foot *f,
    struct ui_box *foot, struct ui_box b)
{
	char text[TEXT];
	struct label l = line(c, isolate(text, sizeof(text), I18N_FSI, title));
	struct ui_box at;

	*foot = foot_plan(c, f, &b);
	box_top(&b, 0, scene_gap(c));
	l.bold = true;
	at = cut_title(c, &l, &b);
	label_draw(c, &l, at);
	return b;
}

struct ui_box
staff_frame(struct canvas *c, const struct view *v, const char *title,
    struct foot *f, struct ui_box *foot)
{
	struct ui_box b = scene_head(c, v, false);

	f->v = v;
	return titled(c, title, f, foot, b);
}

static struct widget
answer(const struct canvas *c, const char *name, const char *text,
    enum icon icon)
{
	struct widget w = foot_answer(c, name, text, NULL, icon);

	w.px = scene_body(c);
	w.full = false;
	return w;
}

/* Buttons in rows, as many columns as there are; those that fit. */
struct grid {
	size_t n, per, columns;
};

/* One column where the screen stands upright. */
static size_t
two(const struct canvas *c)
{
	return c->w > c->h ? 2 : 1;
}

static struct ui_box
cell(const struct canvas *c, const struct grid *g, struct ui_box b, size_t i)
{
	int gap = scene_gap(c), rows = (int)(g->per / g->columns);
	int most = scene_target(c) * 3 / 2;

	if (b.h > rows * most + (rows - 1) * gap)
		b.h = rows * most + (rows - 1) * gap;
	return box_column(box_row(b, (int)(i / g->columns), rows, gap),
	    (int)(i % g->columns), (int)g->columns, gap);
}

static void
size_grid(const struct canvas *c, struct grid *g, struct ui_box b)
{
	int rows = (b.h + scene_gap(c)) / (scene_target(c) + scene_gap(c));
	size_t need = (g->n + g->columns - 1) / g->columns;

	if (rows < 1)
		rows = 1;
	if (need < (size_t)rows)
		rows = need > 0 ? (int)need : 1;
	g->per = (size_t)rows * g->columns;
}

/* What one button of a page says; i is its number among all. */
typedef void item(struct canvas *c, const struct view *v, size_t i,
    struct ui_box b);

/* With one page; if that is not enough, with the way to the next. */
static void
plan_grid(struct canvas *c, const char *title, struct foot *f, struct grid *g,
    struct ui_box body)
{
	struct label l = line(c, title);

	l.bold = true;
	for (f->pages = 1; f->pages <= 2; f->pages++) {
		struct ui_box b = body;
		struct foot once = *f;

		(void)foot_plan(c, &once, &b);
		box_top(&b, 0, scene_gap(c));
		(void)cut_title(c, &l, &b);
		size_grid(c, g, b);
		if (g->n <= g->per)
			break;
	}
	f->pages = (unsigned)((g->n + g->per - 1) / g->per);
}

static void
draw_grid(struct canvas *c, const struct view *v, const char *title,
    struct foot *f, struct grid *g, item *draw)
{
	struct ui_box foot, b = scene_head(c, v, false);
	size_t first;

	f->v = v;
	plan_grid(c, title, f, g, b);
	b = titled(c, title, f, &foot, b);
	first = f->pages > 1 ? v->page % f->pages * g->per : 0;
	for (size_t i = first; i < g->n && i < first + g->per; i++)
		draw(c, v, i, cell(c, g, b, i - first));
	foot_draw(c, f, foot);
}

/* ---- how the device is ---- */

#define LINES 6

static const char *
clock_line(enum clock_source s)
{
	switch (s) {
	case CLOCK_NTP:
		return _("Clock: set by the network.");
	case CLOCK_HOST:
		return _("Clock: confirmed by the host.");
	case CLOCK_HELD:
	case CLOCK_RTC:
		return _("Clock: goes on by itself.");
	case CLOCK_UNKNOWN:
		break;
	}
	return _("Clock: not confirmed.");
}

static void
home_lines(const struct view *v, char out[static LINES][TEXT])
{
	const struct staff_facts *f = &v->staff->facts;

	snprintf(out[0], TEXT, _("Today: %lu shared, %lu declined, %lu "
	    "without an answer"), f->today[0], f->today[1], f->today[2]);
	snprintf(out[1], TEXT, _("In all: %lu shared, %lu declined, %lu "
	    "without an answer"), f->all[0], f->all[1], f->all[2]);
	snprintf(out[2], TEXT, _("Entries not yet with the host: %lu"),
	    f->pending);
	snprintf(out[3], TEXT, "%s %s", f->reader ? _("Reader: ready.") :
	    _("Reader: missing."), clock_line(f->clock));
	scene_say(out[4], TEXT, _("Policy and its end: %s"), f->policy);
	scene_say(out[5], TEXT, _("Version: %s"), BW_VERSION);
}

static void
home(struct canvas *c, const struct view *v)
{
	char text[LINES][TEXT];
	struct foot f = { .v = v,
		.first = answer(c, "done", _("Leave"), ICON_NONE),
		.second = answer(c, "leads", _("Leads"), ICON_NEXT) };
	struct ui_box foot, b;
	struct widget day = staff_button(c, "day", v->staff->facts.day_over ?
	    _("Begin the day") : _("End the day"));

	if (v->staff->facts.over)
		day = staff_button(c, "anew", _("Enrol anew"));
	home_lines(v, text);
	b = staff_frame(c, v, v->staff->facts.day_over ?
	    _("The booth is closed: the day was ended.") :
	    _("This device"), &f, &foot);
	widget_button(c, &day, box_centre(box_bottom(&b, scene_target(c),
	    scene_gap(c)), c->w > c->h ? b.w / 2 : b.w, scene_target(c)));
	for (int i = 0; i < LINES; i++) {
		struct label l = line(c, text[i]);

		l.px = scene_fine(c);
		l.px = label_fit(c, &l, b.w, b.h / (LINES - i),
		    scene_least(c));
		label_draw(c, &l, box_top(&b, label_size(c, &l, b.w).h, 0));
	}
	foot_draw(c, &f, foot);
}

/* ---- an end, and a beginning ---- */

static void
anew(struct canvas *c, const struct view *v)
{
	struct foot f = { .v = v,
		.first = answer(c, "back", _("Back"), ICON_NONE),
		.second = answer(c, "anew:yes", _("Enrol anew"), ICON_NEXT) };
	struct ui_box foot, b = staff_frame(c, v, _("Enrol this device anew?"),
	    &f, &foot);
	struct label l = line(c, _("You need a new enrol address from the "
	    "organisers. What this device has recorded is kept on it."));

	l.px = label_fit(c, &l, b.w, b.h, scene_least(c));
	label_draw(c, &l, b);
	foot_draw(c, &f, foot);
}

/* ---- shares ---- */

/* "k07-12, 14:05": letters and numbers, from the left to the right. */
static const char *
share_text(const struct view *v, const struct staff_share *s,
    char out[static TEXT])
{
	snprintf(out, TEXT, I18N_LRI "%s   %.32s-%llu" I18N_PDI, s->at,
	    v->staff->facts.device, (unsigned long long)s->seq);
	return out;
}

static void
share_item(struct canvas *c, const struct view *v, size_t i, struct ui_box b)
{
	const struct staff_share *s = &v->shares->share[i];
	char name[UI_NAME_MAX] = "", text[TEXT] = "";
	struct widget w = staff_button(c, name, share_text(v, s, text));

	snprintf(name, sizeof(name), "share:%u", (unsigned)i);
	if (s->noted)
		w.icon = ICON_TICK;
	widget_button(c, &w, b);
}

static void
leads(struct canvas *c, const struct view *v)
{
	struct foot f = { .first = answer(c, "back", _("Back"), ICON_NONE) };
	struct grid g = { .n = v->shares->n, .columns = two(c) };

	draw_grid(c, v, g.n > 0 ? _("Shares of the last hour") :
	    _("There was no share in the last hour."), &f, &g, share_item);
}

/* ---- the card ---- */

const char *
staff_question(const struct view *v)
{
	unsigned i = v->staff->question;

	if (v->policy == NULL || i >= v->policy->nquestions)
		return _("Note");
	return policy_question_text(&v->policy->question[i], v->lang);
}

#define FIXED 3		/* rating, tags, note */

static size_t
questions(const struct view *v)
{
	return v->policy != NULL ? v->policy->nquestions : 0;
}

static void
asked(const struct view *v, size_t i, struct widget *w, char *name,
    char text[static TEXT])
{
	const struct policy_question *q = &v->policy->question[i];
	const char *s = policy_question_text(q, v->lang);

	snprintf(name, UI_NAME_MAX, "ask:%u", (unsigned)i);
	isolate(text, TEXT, I18N_FSI, strlen(s) <= SHORT ? s : q->id);
	if (v->staff->text[i][0] != 0)
		w->icon = ICON_TICK;
}

static void
card_item(struct canvas *c, const struct view *v, size_t i, struct ui_box b)
{
	const struct staff *s = v->staff;
	char name[UI_NAME_MAX] = "", text[TEXT] = "";
	struct widget w = staff_button(c, name, text);

	if (i == 0) {
		strcpy(name, "rating");
		snprintf(text, TEXT, s->rating != 0 ? "%s: %d" : "%s",
		    _("Rating"), s->rating);
		w.icon = s->rating != 0 ? ICON_TICK : ICON_NONE;
	} else if (i == 1) {
		strcpy(name, "tags");
		snprintf(text, TEXT, "%s", _("Tags"));
		w.icon = s->tags != 0 ? ICON_TICK : ICON_NONE;
	} else if (i == 2) {
		strcpy(name, "note");
		snprintf(text, TEXT, "%s", _("Note"));
		w.icon = s->text[STAFF_NOTE][0] != 0 ? ICON_TICK : ICON_NONE;
	} else
		asked(v, i - FIXED, &w, name, text);
	widget_button(c, &w, b);
}

static void
card(struct canvas *c, const struct view *v)
{
	char text[TEXT];
	struct foot f = { .first = answer(c, "back", _("Back"), ICON_NONE),
		.second = answer(c, "save", _("Save"), ICON_TICK) };
	struct grid g = { .n = FIXED + questions(v), .columns = two(c) };

	draw_grid(c, v, v->staff->failed ?
	    _("The note could not be stored. Try again.") :
	    share_text(v, &v->staff->share, text), &f, &g, card_item);
}

static void
rating_item(struct canvas *c, const struct view *v, size_t i, struct ui_box b)
{
	char name[UI_NAME_MAX] = "", text[4] = "";
	struct widget w = staff_button(c, name, text);

	snprintf(name, sizeof(name), "rate:%u", (unsigned)(i + 1));
	snprintf(text, sizeof(text), "%u", (unsigned)(i + 1) % 10);
	w.on = v->staff->rating == (int)i + 1;
	widget_button(c, &w, b);
}

static const char *
tag_text(size_t i)
{
	static const char *const words[STAFF_TAGS] = { N_("Call back"),
		N_("Send information"), N_("Meeting"), N_("Quote"),
		N_("Partner"), N_("Press") };

	return i18n_text(words[i]);
}

static void
tag_item(struct canvas *c, const struct view *v, size_t i, struct ui_box b)
{
	char name[UI_NAME_MAX] = "";
	struct widget w = staff_button(c, name, tag_text(i));

	snprintf(name, sizeof(name), "tag:%u", (unsigned)i);
	w.on = (v->staff->tags & 1u << i) != 0;
	widget_button(c, &w, b);
}

static void
choice_item(struct canvas *c, const struct view *v, size_t i, struct ui_box b)
{
	const struct staff *s = v->staff;
	const char *choice = v->policy->question[s->question].choice[i];
	char name[UI_NAME_MAX] = "", text[TEXT] = "";
	struct widget w = staff_button(c, name, text);

	snprintf(name, sizeof(name), "choice:%u", (unsigned)i);
	isolate(text, TEXT, I18N_FSI, choice);
	w.on = strcmp(s->text[s->question], choice) == 0;
	widget_button(c, &w, b);
}

/* A page of choices, and the way back. */
static void
choose(struct canvas *c, const struct view *v, const char *title, size_t n,
    size_t columns, item *draw)
{
	struct foot f = { .first = answer(c, "back", _("Back"), ICON_NONE) };
	struct grid g = { .n = n, .columns = columns };

	draw_grid(c, v, title, &f, &g, draw);
}

void
scene_staff(struct canvas *c, const struct view *v)
{
	const struct staff *s = v->staff;

	c->large = false;
	switch (s->page) {
	case STAFF_PIN:
		scene_pin(c, v);
		return;
	case STAFF_HOME:
		home(c, v);
		return;
	case STAFF_ANEW:
		anew(c, v);
		return;
	case STAFF_LEADS:
		leads(c, v);
		return;
	case STAFF_CARD:
		card(c, v);
		return;
	case STAFF_RATING:
		choose(c, v, _("Rating"), 5, 5, rating_item);
		return;
	case STAFF_TAGGING:
		choose(c, v, _("Tags"), STAFF_TAGS, two(c), tag_item);
		return;
	case STAFF_ANSWER:
		choose(c, v, staff_question(v), s->question < questions(v) ?
		    v->policy->question[s->question].nchoices : 0,
		    two(c), choice_item);
		return;
	case STAFF_TEXT:
		scene_keyboard(c, v);
		return;
	}
}
