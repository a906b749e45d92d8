/* SPDX-License-Identifier: Apache-2.0 */
/*
 * code.h - a QR code with its caption and address, below it or beside it.
 * Inside kiosk_ui only.
 */
#ifndef KIOSK_CODE_H
#define KIOSK_CODE_H

#include "kiosk/qr.h"
#include "kiosk/scene.h"

struct code {
	struct qr *qr;		/* NULL: the text makes no code */
	const char *caption;	/* in bold */
	const char *address;	/* what the code says, in text; may be NULL */
	int px;
};

/* Below each other in a column of w × h, the code as large as the words leave
 * room for: its side, and whether all of it fits. */
int code_column_side(struct canvas *c, const struct code *k, int w, int h);
bool code_fits(struct canvas *c, const struct code *k, int w, int h);
void code_draw(struct canvas *c, const struct code *k, struct ui_box b);

/* Side by side: the code at the start, of at most this side. */
int code_flat_height(struct canvas *c, const struct code *k, int w, int side);
void code_flat_draw(struct canvas *c, const struct code *k, struct ui_box b,
    int side);

#endif
