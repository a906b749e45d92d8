/* SPDX-License-Identifier: Apache-2.0 */
/*
 * message.h - a picture, a headline and sentences in the middle of the screen,
 * with the foot below. Inside kiosk_ui only.
 */
#ifndef KIOSK_MESSAGE_H
#define KIOSK_MESSAGE_H

#include "kiosk/foot.h"

struct message {
	enum icon icon;
	const char *headline;
	const char *text;	/* may be NULL */
	const char *more;	/* a second sentence, smaller; may be NULL */
	struct foot foot;
};

/* Into a body that reaches down to the edge of the screen. */
void message_draw(struct canvas *c, const struct message *m,
    struct ui_box body);

/* The one button of a message that has been read. */
struct widget message_done(const struct canvas *c);

#endif
