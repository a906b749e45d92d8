// SPDX-License-Identifier: Apache-2.0
/* How many leads there are, whatever is in them. */
#include "host/store_leadone.h"

#include <string.h>

#include "host/store_db.h"

struct count {
	const struct release_rules *rules;
	int64_t now;
	uint64_t looked, most, n;
};

/* Columns: part, time, granted, status or REG_STATUSES. */
static bw_err
count_row(void *arg, struct db_query *q)
{
	struct count *w = arg;
	uint64_t status = db_uint(q, 3);

	if (w->looked++ >= w->most)
		return BW_ERR_BOUND;
	if (status < REG_STATUSES && reg_releases((enum reg_status)status) &&
	    release_allowed(w->rules, db_uint(q, 0), db_int(q, 1),
	    (field_set)db_int(q, 2), w->now) != 0)
		w->n++;
	return BW_OK;
}

bw_err
lead_count(struct store *s, const struct release_rules *rules,
    const char *device, int64_t now, uint64_t most, uint64_t *n)
{
	static const char sql[] = "SELECT part, time, granted, "
	    "coalesce(status, ?3) FROM lead "
	    "LEFT JOIN edition ON edition.id = lead.edition "
	    "LEFT JOIN registration ON registration.id = holder "
	    "WHERE lead.id >= ?1 AND lead.id < ?2 AND state = 0 "
	    "ORDER BY lead.id DESC";
	struct count w = { .rules = rules, .now = now, .most = most };
	bw_err r = BW_OK;

	for (uint64_t i = 0; i < rules->ndev && r == BW_OK; i++) {
		const struct release_dev *d = &rules->dev[i];

		if (device == NULL || strcmp(d->name, device) == 0)
			r = db_each(s, count_row, &w, sql, "uuu",
			    db_key(d->num, 0), db_key(d->num, 0) + d->settled,
			    (uint64_t)REG_STATUSES);
	}
	*n = w.n;
	return r;
}
