// SPDX-License-Identifier: Apache-2.0
/*
 * bench_draw - the median of drawing the question whole, in ms; the bench
 * measures the answer to a tap against it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "kiosk/ui.h"
#include "tests/support/views.h"

#define TIMES 41

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

int
main(void)
{
	int64_t spent[TIMES + 1];
	struct views s;
	struct ui *ui;

	views_make(&s, views_find("ask"), "en");
	if (ui_open(&ui, 1024, 600, 0) != BW_OK)
		return 1;
	/* The first one loads fonts and does not count. */
	for (size_t i = 0; i < TIMES + 1; i++) {
		spent[i] = clock_mono_us();
		if (ui_draw(ui, &s.view) != BW_OK)
			return 1;
		spent[i] = clock_mono_us() - spent[i];
	}
	qsort(spent + 1, TIMES, sizeof(spent[0]), by_size);
	printf("%.3f\n", (double)spent[1 + TIMES / 2] / 1000);
	ui_close(&ui);
	return 0;
}
