// SPDX-License-Identifier: Apache-2.0
/* badgeward aggregates. */
#include <stdio.h>
#include <string.h>

#include "host/aggregate.h"
#include "host/hostclock.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

#define CSV_MAX (16u * 1024 * 1024)

static int
aggregates(struct staff *st, const char *const *arg, void *ctx)
{
	const char *const *k = ctx;
	struct bw_buf csv = BW_BUF_INIT(CSV_MAX);
	struct aggregate a = { 0 };
	uint64_t n = AGGREGATE_K;
	int64_t now;
	char until[WHEN_SIZE];
	int code;
	bw_err r;

	(void)arg;
	if (*k != NULL && (text_number(*k, strlen(*k), AGGREGATE_K_MAX,
	    &n) != BW_OK || n < AGGREGATE_K || n % AGGREGATE_K != 0))
		return staff_usage("--k is a multiple of %u, to %u",
		    AGGREGATE_K, AGGREGATE_K_MAX);
	if ((r = hostclock_sure(st->store, &now)) != BW_OK ||
	    (r = aggregate_make(st->store, (unsigned)n, now, &a)) != BW_OK ||
	    (r = aggregate_csv(&a, &csv)) != BW_OK) {
		code = staff_fail_err(r, st->host->db_path);
		goto out;
	}
	when_format(a.until, until);
	fwrite(csv.ptr, 1, csv.len, stdout);
	fprintf(stderr, "days before %.10s; an empty cell is under %u\n",
	    until, a.k);
	code = staff_record(st, DID_AGGREGATES, "counts");
out:
	aggregate_free(&a);
	bw_buf_free(&csv);
	return code;
}

int
cmd_aggregates(const char *dir, int argc, char **argv)
{
	const char *k = NULL;
	const struct opt opt[] = {
		{ "k", "N", "no count under N, a multiple of 10 (10)", false,
		    &k, NULL },
	};
	const struct opts o = { "aggregates", { NULL },
	    "Writes as CSV what may be given to anybody: people who shared, "
	    "declines, no answers and\npeople by field, per day and sponsor, "
	    "rounded down to a multiple of N, empty under N.\nA day is "
	    "counted once, two days after its end, and totals are of what is "
	    "shown, so that\nnobody can be told from several reports.", opt, 1 };

	return staff_run_keyless(dir, &o, argc, argv, aggregates, &k);
}
