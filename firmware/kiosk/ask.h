/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask.h - the parts of the question: what each says, how high it is, drawing
 * it. How they are put together is scene_ask.c's. Inside kiosk_ui only.
 */
#ifndef KIOSK_ASK_H
#define KIOSK_ASK_H

#include "kiosk/code.h"
#include "kiosk/scene.h"

#define STEPS 12		/* sizes that are tried, 0 the least */
#define BLOCKS 6
#define WIDTHS 3		/* that text is tried in: two beside the code */
/* The sponsor's name stands isolated in the notice's sentences. */
#define SENTENCE ((size_t)POLICY_TEXT_MAX * 2)

enum block { TITLE, PURPOSE, FIELDS, RETENTION, WITHDRAW, POLICY };

struct ask {
	struct canvas *c;
	const struct view *v;
	char title[SENTENCE], purpose[SENTENCE], retention[SENTENCE];
	char withdraw[SENTENCE], silence[SENTENCE];
	char address[POLICY_URL_MAX * 4 + 8];	/* a mark behind a sign */
	struct ui_box body;	/* between the head and the answers */
	struct code code;
	bool column;		/* the code stands in a column at the end */
	int column_w;
	int step;
	int known[WIDTHS][STEPS + 1][BLOCKS];	/* heights; 0: not yet */
};

/* The code beside the text: wide, else as narrow as it can be read. */
#define ASK_COLUMN_MM 400
#define ASK_COLUMN_NARROW_MM 290

/* Take the sentences and the address from the view. */
void ask_take(struct ask *a);
/* The height of a block at the step that a has, in a width: the body's or
 * that beside the code. Each is measured once a frame. */
int ask_height(struct ask *a, enum block b, int w);
void ask_draw(const struct ask *a, enum block b, struct ui_box at);
/* The space above a block: sentences that belong together stand close. */
int ask_space(const struct ask *a, enum block b);

#endif
