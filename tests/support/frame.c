// SPDX-License-Identifier: Apache-2.0
#include "tests/support/frame.h"

int frame_faults;

void
frame_draw(struct frame *f)
{
	if (ui_draw(f->ui, &f->s.view) != BW_OK)
		fail_msg("%s: not drawn", f->what);
	f->nwidgets = ui_widgets(f->ui, &f->widget);
	f->ntexts = ui_texts(f->ui, &f->text);
}

uint32_t
frame_pixel(const struct frame *f, int x, int y)
{
	const struct ui_image *m = ui_image(f->ui);

	return m->px[(size_t)y * (m->stride / 4) + (size_t)x] & 0xffffff;
}

int
frame_begin(void **state)
{
	(void)state;
	frame_faults = 0;
	return 0;
}

int
frame_end(void **state)
{
	(void)state;
	return frame_faults;
}
