/* SPDX-License-Identifier: Apache-2.0 */
/*
 * qr.h - a QR code on the canvas: black on white in every theme, in whole
 * pixels, with the four modules of quiet zone around it.
 */
#ifndef KIOSK_QR_H
#define KIOSK_QR_H

#include "kiosk/canvas.h"

/* A module is never smaller than this, in pixels. */
#define QR_MODULE_MIN 3

struct qr;

/* The smallest version that holds the text at error correction M.
 * BW_ERR_BOUND when none does, BW_ERR_NOMEM. */
BW_MUST_USE bw_err qr_new(struct qr **out, const char *text);
/* Wipes it: a receipt is a secret. */
void qr_free(struct qr **q);

/* Modules on a side, the quiet zone included. */
int qr_modules(const struct qr *q);
/* The side in pixels of the largest that fits into side, but with modules of
 * at least QR_MODULE_MIN pixels even when that is larger. */
int qr_side(const struct qr *q, int side);
/* Draw it, qr_side(q, b.w) large, at the top middle of b. */
void qr_draw(struct canvas *c, const struct qr *q, struct ui_box b);

#endif
