// SPDX-License-Identifier: Apache-2.0
/* From touches and keys to events; from the state to a frame. */
#include "kiosk/kiosk_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/desk.h"
#include "kiosk/secret.h"

/* Whoever wants high contrast sees no bar and no second by second: nothing on
 * the screen moves by itself but in steps of so many seconds. */
#define STILL_S 5

unsigned
kiosk_seconds(const struct kiosk *k)
{
	unsigned n = consent_seconds_left(&k->consent, kiosk_now(k));

	return k->consent.contrast ? (n + STILL_S - 1) / STILL_S * STILL_S : n;
}

static void
fill_view(const struct kiosk *k, struct view *v)
{
	const struct consent *c = &k->consent;

	*v = (struct view){ .state = c->state, .large = c->large,
		.contrast = c->contrast, .language_list = c->language_list,
		.ticked = c->ticked, .may_extend = consent_may_extend(c),
		.seconds_left = kiosk_seconds(k), .speaking = c->speech,
		.can_speak = k->speech != NULL && speech_works(k->speech),
		.page = k->page, .undo_failed = c->undo_failed,
		.reason = c->reason, .undone = c->undone,
		.trouble = c->trouble, .staff = k->staff,
		.shares = &k->shares };

	v->lang = k->o->lang != NULL ? k->o->lang : "en";
	if (v->seconds_left != 0)
		v->seconds_total = (unsigned)(c->total / 1000);
	if (k->rules != NULL) {
		v->policy = &k->rules->policy;
		v->lang = v->policy->lang[c->lang];
		v->notice = policy_notice(v->policy, v->lang);
	}
	v->again = c->again;
	v->removed = c->removed;
	if (c->state == STATE_AGAIN) {
		v->today = repeat_day(clock_wall());
		v->shared_day = k->visit->mark.day;
	}
	if (c->state == STATE_SHARED) {
		v->values = &k->visit->badge.values;
		v->granted = c->ticked;
		v->receipt_url = k->visit->url;
	}
	if (c->state == STATE_ENROL)
		kiosk_first_view(k, v);
	v->staff_wait = (unsigned)((gate_wait(&k->gate, kiosk_now(k)) +
	    59999) / 60000);
	v->focus = k->focus[0] != '\0' ? k->focus : NULL;
	v->pressed = touch_pressed(&k->touch);
}

bool
kiosk_size(struct kiosk *k, int w, int h)
{
	bw_err r;

	ui_close(&k->ui);
	if ((r = ui_open(&k->ui, w, h, 0)) != BW_OK)
		log_error("nothing can be drawn at %dx%d: %s. Are the Noto "
		    "fonts installed?", w, h, bw_strerror(r));
	return r == BW_OK;
}

bool
kiosk_is_dark(const struct kiosk *k)
{
	return k->screen->ops->dark != NULL &&
	    k->screen->ops->dark(k->screen);
}

static void
take_back(struct kiosk *k)
{
	const struct consent_event undo = { .kind = EV_UNDO };

	kiosk_event(k, &undo);
}

/* The frame is drawn and shown next: from now on the share stands. Where that
 * cannot be stored the share is undone, and no frame says that it was.
 *
 * A kill right here leaves a share that its attendee did not see confirmed.
 * That cannot be closed, for a disk and a screen do not change in one step: if
 * the share were confirmed when the frame is up, a kill in between would undo
 * what the attendee saw confirmed, and "You shared" must be durable. The other
 * way round nobody was told anything false: a badge was held to the reader
 * after a yes, the share is in the log, and it can be withdrawn. So the wait
 * is kept short: between the two there is nothing but handing over a picture
 * that is ready. */
static void
confirm(struct kiosk *k)
{
	if (k->consent.state == STATE_SHARED && k->journal != NULL &&
	    journal_confirm(k->journal) != BW_OK)
		take_back(k);
}

/* The keys go on from the first control, where the one before is gone. */
static bool
place_focus(struct kiosk *k, struct view *v)
{
	const struct ui_widget *w = ui_find(k->ui, k->focus);
	const char *first = ui_focus_next(k->ui, NULL);

	if (!k->by_keys || first == NULL || (w != NULL && w->enabled))
		return false;
	memcpy(k->focus, first, strlen(first) + 1);
	v->focus = k->focus;
	return true;
}

static bw_err
draw(struct kiosk *k, struct view *v)
{
	bw_err r = ui_draw(k->ui, v);

	if (r == BW_OK && place_focus(k, v))
		r = ui_draw(k->ui, v);
	return r;
}

/* Whoever cannot see the truth must not be asked: the booth closes until a
 * frame is shown again, and what nobody was told of was not shared. */
static void
not_shown(struct kiosk *k, bool first, bw_err r)
{
	ui_blank(k->ui);
	kiosk_hush(k);
	k->dirty = true;
	k->draw_at = kiosk_now(k) + KIOSK_DRAW_AGAIN_MS;
	if (!k->blind)
		log_error("a frame cannot be shown: %s", bw_strerror(r));
	k->blind = true;
	if (first && k->consent.state == STATE_SHARED)
		take_back(k);
	kiosk_trouble(k);
}

static bw_err
present(struct kiosk *k)
{
	bw_err r = k->screen->ops->present(k->screen, ui_image(k->ui));

	return r == BW_OK && kiosk_is_dark(k) ? BW_ERR_GONE : r;
}

void
kiosk_show(struct kiosk *k, bool now)
{
	struct view v;
	bool other;
	bw_err r;

	if (!k->dirty || (!now && kiosk_now(k) < k->draw_at))
		return;
	fill_view(k, &v);
	k->seconds_shown = v.seconds_left;
	other = k->other_screen;
	k->dirty = k->moved = k->other_screen = false;
	if ((r = draw(k, &v)) == BW_OK) {
		confirm(k);
		if (k->dirty)
			return;
		r = present(k);
	} else {
		bw_err blank = present(k);

		(void)blank;	/* one error is enough */
	}
	/* The dark is nothing that a new start would mend. */
	k->shown = r == BW_OK || kiosk_is_dark(k);
	if (k->burn) {
		k->burn = false;
		secret_burn_stack();
	}
	if (r != BW_OK) {
		not_shown(k, other, r);
		return;
	}
	/* Nobody could answer it before. */
	if (other || k->blind)
		touch_changed(&k->touch, kiosk_now(k));
	k->blind = false;
	kiosk_voice(k, &v);
}

void
kiosk_changed(struct kiosk *k, bool other_screen)
{
	int64_t now = kiosk_now(k);

	k->dirty = k->moved = true;
	k->draw_at = now;
	if (!other_screen)
		return;
	if (k->consent.state == STATE_READING)
		k->draw_at = now + KIOSK_READING_SHOWN_MS;
	k->focus[0] = '\0';
	if (consent_is_free(&k->consent) && !k->consent.speech &&
	    k->consent.state != STATE_ENROL)
		k->by_keys = false;
	k->page = 0;
	k->other_screen = true;
	door_close(&k->door);
	touch_changed(&k->touch, now);
	/* Nothing may come between: the share stands only once it is shown. */
	if (k->consent.state == STATE_SHARED)
		kiosk_show(k, true);
	if (k->screen->ops->entered != NULL)
		k->screen->ops->entered(k->screen,
		    consent_state_name(k->consent.state));
}

int64_t
kiosk_face_due(const struct kiosk *k)
{
	const struct consent *c = &k->consent;
	int64_t now = kiosk_now(k);
	unsigned left = kiosk_seconds(k), step = c->contrast ? STILL_S : 1;

	if (k->dirty)
		return k->draw_at > now ? k->draw_at : now;
	if (left == 0)
		return 0;
	return left != k->seconds_shown ? now :
	    c->deadline - (int64_t)(left - step) * 1000;
}

/* The index of a language of the policy, or -1. */
static int
language(const struct kiosk *k, const char *lang)
{
	if (k->rules == NULL)
		return -1;
	for (size_t i = 0; i < k->rules->policy.nlangs; i++)
		if (strcmp(k->rules->policy.lang[i], lang) == 0)
			return (int)i;
	return -1;
}

/* The event that a widget stands for; false when it is none. */
static bool
event_of(const struct kiosk *k, const char *name, struct consent_event *e)
{
	static const struct {
		const char *name;
		enum consent_event_kind kind;
	} plain[] = {
		{ "start", EV_START }, { "share", EV_SHARE },
		{ "decline", EV_DECLINE }, { "more-time", EV_MORE_TIME },
		{ "undo", EV_UNDO }, { "done", EV_DONE },
		{ "size", EV_SIZE }, { "contrast", EV_CONTRAST },
		{ "speak", EV_SPEECH },
		{ "languages", EV_LANGUAGE_LIST },
		{ "cancel", EV_LANGUAGE_LIST },
	};
	int lang;

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (strcmp(name, plain[i].name) == 0) {
			e->kind = plain[i].kind;
			return true;
		}
	}
	if (strncmp(name, "field:", 6) == 0) {
		e->kind = EV_FIELD;
		e->field = (enum field)strtoul(name + 6, NULL, 10);
		return true;
	}
	if (strncmp(name, "lang:", 5) == 0 &&
	    (lang = language(k, name + 5)) >= 0) {
		e->kind = EV_LANGUAGE;
		e->lang = (unsigned)lang;
		return true;
	}
	return false;
}

/* On the next page an answer may stand where the finger is. */
static void
turn_page(struct kiosk *k)
{
	k->page++;
	kiosk_changed(k, false);
	touch_changed(&k->touch, kiosk_now(k));
}

static void
use_widget(struct kiosk *k, const char *name, bool by_keys)
{
	/* Nothing ends between what is on screen and this (kiosk.c). */
	struct consent_event e = { .by_keys = by_keys, .seen = true };

	if (strcmp(name, "page") == 0) {
		turn_page(k);
		return;
	}
	/* What has lain there may be of who came after the staff. */
	if (k->consent.state == STATE_STAFF) {
		if (!k->late)
			kiosk_staff_use(k, name);
		return;
	}
	if (k->consent.state == STATE_ENROL) {
		kiosk_first_use(k, name);
		return;
	}
	if (!event_of(k, name, &e) || (e.kind == EV_SHARE && k->late))
		return;
	/* Other words or letters are other pages: from the first on again. */
	if (e.kind == EV_LANGUAGE || e.kind == EV_SIZE)
		k->page = 0;
	if (e.kind == EV_SHARE)
		kiosk_trouble(k);	/* the policy may have ended just now */
	kiosk_event(k, &e);
}

static void
use_finger(struct kiosk *k, const struct screen_event *e, enum touch_kind kind)
{
	const struct ui_widget *hit = ui_hit(k->ui, e->x, e->y);
	const char *pressed = touch_pressed(&k->touch);
	char name[UI_NAME_MAX];
	bool tap;

	door_finger(&k->door, kind, ui_in_corner(k->ui, e->x, e->y),
	    kiosk_now(k));
	tap = touch_step(&k->touch, kind, e->finger,
	    hit != NULL ? hit->name : NULL, kiosk_now(k), name);
	if (pressed != NULL || touch_pressed(&k->touch) != NULL) {
		/* Only the highlight: the widgets stay where they are. */
		k->focus[0] = '\0';
		k->dirty = true;
	}
	if (tap)
		use_widget(k, name, false);
}

/* "Back" is the answer that gives nothing away. Where nothing is asked it
 * takes no sight to find: there it is the one for speech. */
static const char *
back_of(const struct kiosk *k)
{
	static const char *const names[] = { "cancel", "decline", "done",
		"back", "speak" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct ui_widget *w = ui_find(k->ui, names[i]);

		if (w != NULL && w->enabled)
			return names[i];
	}
	return NULL;
}

static void
move_focus(struct kiosk *k, bool forward)
{
	const char *at = k->focus[0] != '\0' ? k->focus : NULL;
	const char *to = forward ? ui_focus_next(k->ui, at) :
	    ui_focus_prev(k->ui, at);

	if (to != NULL)
		memmove(k->focus, to, strlen(to) + 1);
	else
		k->focus[0] = '\0';
	kiosk_changed(k, false);
}

static void
use_key(struct kiosk *k, enum screen_key key)
{
	const struct ui_widget *w;
	const char *back;
	char name[UI_NAME_MAX];

	k->by_keys = true;
	if (door_key(&k->door, key, kiosk_now(k))) {
		kiosk_staff_open(k);
		return;
	}
	switch (key) {
	case SCREEN_KEY_UP:
		move_focus(k, false);
		return;
	case SCREEN_KEY_DOWN:
		move_focus(k, true);
		return;
	case SCREEN_KEY_OK:
		w = k->focus[0] != '\0' ? ui_find(k->ui, k->focus) : NULL;
		if (w == NULL || !w->enabled ||
		    touch_deaf_ms(&k->touch, kiosk_now(k)) > 0)
			return;
		memcpy(name, w->name, sizeof(name));
		use_widget(k, name, true);
		return;
	case SCREEN_KEY_BACK:
		back = back_of(k);
		if (back != NULL && touch_deaf_ms(&k->touch, kiosk_now(k)) <= 0)
			use_widget(k, back, true);
		return;
	}
}

/* Nothing counts that is done before one can have looked. */
static void
expose(struct kiosk *k)
{
	kiosk_trouble(k);
	kiosk_changed(k, false);
	touch_changed(&k->touch, kiosk_now(k));
}

/* Another screen was put in: other pages, other places. */
static void
resize(struct kiosk *k, int w, int h)
{
	if (!kiosk_size(k, w, h)) {
		k->quit = true;
		return;
	}
	k->page = 0;
	expose(k);
}

/* Silent at once; and staff have their time anew, whatever they do. */
static void
heed(struct kiosk *k)
{
	const struct consent_event used = { .kind = EV_STAFF_USE,
		.seen = true };

	kiosk_hush(k);
	if (k->consent.state == STATE_STAFF && !k->late)
		kiosk_event(k, &used);
}

void
kiosk_input(struct kiosk *k, const struct screen_event *e)
{
	/* A touch is judged against the widgets that the finger saw. */
	if (k->moved)
		kiosk_show(k, true);
	if (e->kind == SCREEN_DOWN || e->kind == SCREEN_KEY)
		heed(k);
	switch (e->kind) {
	case SCREEN_DOWN:
		k->by_keys = false;
		use_finger(k, e, TOUCH_DOWN);
		return;
	case SCREEN_MOVE:
		use_finger(k, e, TOUCH_MOVE);
		return;
	case SCREEN_UP:
		use_finger(k, e, TOUCH_UP);
		return;
	case SCREEN_KEY:
		/* As with two fingers: nobody can say which is meant. */
		if (!e->chord)
			use_key(k, e->key);
		return;
	case SCREEN_EXPOSE:
		expose(k);
		return;
	case SCREEN_SIZE:
		resize(k, e->x, e->y);
		return;
	case SCREEN_DEMO:
		desk_key(e->letter);
		return;
	case SCREEN_QUIT:
		k->quit = true;
		return;
	}
}
