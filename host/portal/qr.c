// SPDX-License-Identifier: Apache-2.0
#include <qrencode.h>
#include <string.h>

#include "host/portal/second.h"

#define QUIET 4		/* modules around it */

static void
modules(struct page *p, const QRcode *q)
{
	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width; x++)
			if ((q->data[y * q->width + x] & 1) != 0 &&
			    p->r == BW_OK)
				p->r = bw_buf_printf(&p->out->body,
				    "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
}

void
qr_put(struct page *p, const char *label, const char *text)
{
	QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	int side;

	if (q == NULL) {
		p->r = p->r == BW_OK ? BW_ERR_NOMEM : p->r;
		return;
	}
	side = q->width + 2 * QUIET;
	page_raw(p, "<svg class=\"qr\" role=\"img\" aria-label=\"");
	say(p, label);
	if (p->r == BW_OK)
		p->r = bw_buf_printf(&p->out->body, "\" viewBox=\"0 0 %d %d\" "
		    "shape-rendering=\"crispEdges\"><rect width=\"%d\" "
		    "height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
		    side, side, side, side);
	modules(p, q);
	page_raw(p, "\"/></svg>\n");
	explicit_bzero(q->data, (size_t)(q->width * q->width));
	QRcode_free(q);
}
