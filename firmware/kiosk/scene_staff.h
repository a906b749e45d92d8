/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scene_staff.h - between scene_staff.c, scene_pin.c and the two keyboards,
 * scene_keyboard.c and scene_address.c.
 */
#ifndef KIOSK_SCENE_STAFF_H
#define KIOSK_SCENE_STAFF_H

#include "kiosk/foot.h"

/* The head and a title; what is left between them and the foot, which may have
 * answers, and whose place goes to *foot. */
struct ui_box staff_frame(struct canvas *c, const struct view *v,
    const char *title, struct foot *f, struct ui_box *foot);
/* The question being answered, or the word for the note. */
const char *staff_question(const struct view *v);
/* A button of theirs. */
struct widget staff_button(const struct canvas *c, const char *name,
    const char *text);

/* The i-th place of n in a row of keys: they stand as on every keyboard, from
 * the left to the right in every language. */
struct ui_box keyboard_column(const struct canvas *c, struct ui_box row,
    int i, int n);
/* In how many lines a row of so many keys stands: one, or more where the
 * screen is too narrow for them. */
int keyboard_lines(const struct canvas *c, struct ui_box b, int columns);

/* The pad for the PIN. */
void scene_pin(struct canvas *c, const struct view *v);
/* The text being written, and the keyboard. */
void scene_keyboard(struct canvas *c, const struct view *v);

#endif
