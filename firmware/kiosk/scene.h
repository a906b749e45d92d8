/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scene.h - one scene a state, and what they share. Inside kiosk_ui only.
 *
 * A scene draws a whole view on a canvas that canvas_begin has emptied. Sizes
 * come from the eye and the finger (SCREEN.md), never from pixels:
 *   - what must be read has capitals of 0.7°, nothing is under 0.42°;
 *   - a target is at least 9 mm high and wide, with gaps of 8 px or more.
 */
#ifndef KIOSK_SCENE_H
#define KIOSK_SCENE_H

#include "kiosk/canvas.h"
#include "kiosk/view.h"
#include "kiosk/widget.h"

/* Font sizes in px. In large mode each is a quarter larger. */
int scene_must(const struct canvas *c);		/* what must be read: 0.7° */
int scene_body(const struct canvas *c);		/* 0.6° */
int scene_fine(const struct canvas *c);		/* 0.5° */
int scene_small(const struct canvas *c);	/* 0.46° */
int scene_least(const struct canvas *c);	/* 0.42°; never smaller */

int scene_target(const struct canvas *c);	/* 9 mm and a little */
int scene_gap(const struct canvas *c);		/* between two targets */
int scene_margin(const struct canvas *c);	/* to the screen's edge */

/* The head: who asks, and when tools is set the buttons for speech, size,
 * contrast and languages, which are listed last by scene_tools. Returns what
 * is left below it, inside the margins. */
struct ui_box scene_head(struct canvas *c, const struct view *v, bool tools);
/* The head's buttons; called last, so that the focus comes to them last. */
void scene_tools(struct canvas *c, const struct view *v);

/* With more languages than this the head has one button for a list of them. */
#define SCENE_DIRECT 4
/* The languages of the policy that can be shown, in the order of their own
 * names; the count. One without a font is left out, and logged once. */
size_t scene_langs(struct canvas *c, const struct view *v,
    const char *out[static POLICY_LANGS]);
/* Where nothing but the languages matters, they all stand below the head, each
 * in its own name and script: this cuts their place off the top of the body,
 * when they are too many for the head. */
struct ui_box scene_strip(struct canvas *c, const struct view *v,
    struct ui_box *body);
void scene_strip_draw(struct canvas *c, const struct view *v,
    struct ui_box b);

/* The name of a field in the language begun. */
const char *scene_field(enum field f);
/* A sentence with a value in it that keeps its own direction (isolate.h). fmt
 * has one %s. The value is cut when buf is too small. */
const char *scene_say(char *buf, size_t size, const char *fmt,
    const char *value) __attribute__((format(printf, 3, 0)));
const char *scene_sponsor(const struct view *v);

void scene_idle(struct canvas *c, const struct view *v);
void scene_ask(struct canvas *c, const struct view *v);
void scene_hold(struct canvas *c, const struct view *v);
void scene_reading(struct canvas *c, const struct view *v);
void scene_again(struct canvas *c, const struct view *v);
void scene_shared(struct canvas *c, const struct view *v);
void scene_declined(struct canvas *c, const struct view *v);
void scene_noanswer(struct canvas *c, const struct view *v);
void scene_unread(struct canvas *c, const struct view *v);
void scene_trouble(struct canvas *c, const struct view *v);
void scene_staff(struct canvas *c, const struct view *v);
void scene_enrol(struct canvas *c, const struct view *v);
void scene_address(struct canvas *c, const struct view *v);
void scene_languages(struct canvas *c, const struct view *v);

#endif
