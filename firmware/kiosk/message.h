/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message.h - a picture, a headline and sentences in the middle of the screen,
 * with up to two buttons below. Inside kiosk_ui only.
 */
#ifndef KIOSK_MESSAGE_H
#define KIOSK_MESSAGE_H

#include "kiosk/scene.h"

struct message {
	enum icon icon;
	const char *headline;
	const char *text;	/* may be NULL */
	const char *more;	/* a second sentence, smaller; may be NULL */
	struct widget button, other;	/* name NULL: not there */
};

/* Below the head; the bar with what is left of the time is drawn when there
 * is such a time. */
void message_draw(struct canvas *c, const struct view *v,
    const struct message *m, struct ui_box body);

/* The one button of a message that has been read. */
struct widget message_done(const struct canvas *c);

#endif
