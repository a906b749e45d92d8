/* SPDX-License-Identifier: Apache-2.0 */
/*
 * logo.h - the sponsor's logo, where there is one and room for it. Inside
 * kiosk_ui only.
 *
 * It stands on a white ground in both themes: that is what logos are made for.
 */
#ifndef KIOSK_LOGO_H
#define KIOSK_LOGO_H

#include "kiosk/scene.h"

/* How wide it is at a height, its ground included; 0: there is none. */
int logo_width(const struct view *v, int height);
/* Into a box of that width and height. */
void logo_draw(struct canvas *c, const struct view *v, struct ui_box b);
/* Its height where it stands alone above the words. */
int logo_height(const struct canvas *c);

#endif
