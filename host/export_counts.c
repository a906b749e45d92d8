// SPDX-License-Identifier: Apache-2.0
#include "host/export_counts.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/hostclock.h"
#include "host/store_settle.h"
#include "host/when.h"

struct counts {
	struct outfile *out;
	uint64_t n;
};

/* Ids and numbers: nothing needs quoting. */
static bw_err
on_tally(void *arg, const struct store_tally *t)
{
	struct counts *c = arg;
	char hour[WHEN_SIZE], row[256];
	int len;

	when_format(t->hour, hour);
	len = snprintf(row, sizeof(row), "%s,%s,%s,%" PRIu64 ",%" PRIu64
	    ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\r\n", t->sponsor, t->device,
	    hour, t->shares, t->declines, t->no_answers, t->unreads,
	    t->undos);
	if (len < 0 || (size_t)len >= sizeof(row))
		return BW_ERR_BOUND;
	c->n++;
	return outfile_put(c->out, row, (size_t)len);
}

bw_err
export_counts(struct store *s, const char *sponsor, struct outfile *out,
    uint64_t *n)
{
	static const char head[] = EXPORT_COUNTS_HEAD "\r\n";
	struct counts c = { out, 0 };
	int64_t now;
	bw_err r;

	if ((r = hostclock_now(s, &now)) == BW_OK &&
	    (r = store_settle_all(s, now)) == BW_OK &&
	    (r = outfile_put(out, head, sizeof(head) - 1)) == BW_OK)
		r = store_tally_each(s, sponsor, 0, on_tally, &c);
	*n = c.n;
	return r;
}
