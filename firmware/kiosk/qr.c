// SPDX-License-Identifier: Apache-2.0
#include "kiosk/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#define QUIET 4

struct qr {
	QRcode *code;
};

bw_err
qr_new(struct qr **out, const char *text)
{
	struct qr *q = calloc(1, sizeof(*q));

	*out = NULL;
	if (q == NULL)
		return BW_ERR_NOMEM;
	q->code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (q->code == NULL) {
		free(q);
		return errno == ENOMEM ? BW_ERR_NOMEM : BW_ERR_BOUND;
	}
	*out = q;
	return BW_OK;
}

void
qr_free(struct qr **q)
{
	QRcode *code;

	if (*q == NULL)
		return;
	code = (*q)->code;
	explicit_bzero(code->data, (size_t)code->width * (size_t)code->width);
	QRcode_free(code);
	free(*q);
	*q = NULL;
}

int
qr_modules(const struct qr *q)
{
	return q->code->width + 2 * QUIET;
}

int
qr_side(const struct qr *q, int side)
{
	int module = side / qr_modules(q);

	if (module < QR_MODULE_MIN)
		module = QR_MODULE_MIN;
	return module * qr_modules(q);
}

/* One rectangle for each run of black modules in a row. */
static void
draw_row(cairo_t *cr, const QRcode *code, int row, int x, int y, int module)
{
	const unsigned char *p = code->data + (size_t)row *
	    (size_t)code->width;

	for (int i = 0, n; i < code->width; i += n) {
		for (n = 1; i + n < code->width &&
		    (p[i + n] & 1) == (p[i] & 1); n++)
			;
		if ((p[i] & 1) != 0)
			cairo_rectangle(cr, x + i * module, y, n * module,
			    module);
	}
}

void
qr_draw(struct canvas *c, const struct qr *q, struct ui_box b)
{
	int side = qr_side(q, b.w), module = side / qr_modules(q);
	struct ui_box at = box(b.x + (b.w - side) / 2, b.y, side, side);

	canvas_fill(c, at, 0xffffff);
	at = canvas_mirror(c, at);
	cairo_set_source_rgb(c->cr, 0, 0, 0);
	for (int row = 0; row < q->code->width; row++)
		draw_row(c->cr, q->code, row, at.x + QUIET * module,
		    at.y + (QUIET + row) * module, module);
	cairo_fill(c->cr);
}
