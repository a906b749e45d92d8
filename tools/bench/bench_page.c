// SPDX-License-Identifier: Apache-2.0
/*
 * bench_page DB SPONSOR N - the first page of a sponsor's leads, N times: the
 * 99th percentile in ms. tools/bench/bench calls it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "host/store_leadlist.h"

#define ROWS 50

static bw_err
row(void *arg, const struct leadlist_lead *l)
{
	(void)l;
	++*(unsigned *)arg;
	return BW_OK;
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bw_err
look(struct store *s, const char *sponsor, int64_t *took)
{
	struct leadlist_query q = { .sponsor = sponsor, .limit = ROWS };
	struct leadlist_end end;
	int64_t start = clock_mono_us();
	unsigned n = 0;
	bw_err r = leadlist_page(s, &q, clock_wall(), row, &n, &end);

	*took = clock_mono_us() - start;
	return r == BW_OK && n == 0 ? BW_ERR_NOTFOUND : r;
}

int
main(int argc, char **argv)
{
	size_t n = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	int64_t *took = NULL;
	struct store *s = NULL;
	bw_err r;

	if (n == 0 || n > 1000000) {
		fprintf(stderr, "usage: bench_page DB SPONSOR N\n");
		return 2;
	}
	if ((took = calloc(n, sizeof(*took))) == NULL)
		return 1;
	/* Once before, because the first to look brings the index of receipts
	 * up to all that came. */
	if ((r = store_open(&s, argv[1])) == BW_OK)
		r = look(s, argv[2], &took[0]);
	for (size_t i = 0; r == BW_OK && i < n; i++)
		r = look(s, argv[2], &took[i]);
	if (r == BW_OK) {
		qsort(took, n, sizeof(*took), by_size);
		printf("%.2f\n", (double)took[n * 99 / 100] / 1000);
	} else
		fprintf(stderr, "bench_page: %s\n", bw_strerror(r));
	store_close(&s);
	free(took);
	return r == BW_OK ? 0 : 1;
}
