/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scene_staff.h - between scene_staff.c, scene_pin.c and scene_keyboard.c.
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

/* The pad for the PIN. */
void scene_pin(struct canvas *c, const struct view *v);
/* The text being written, and the keyboard. */
void scene_keyboard(struct canvas *c, const struct view *v);

#endif
