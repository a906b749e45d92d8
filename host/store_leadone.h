/* SPDX-License-Identifier: Apache-2.0 */
/* store_leadone.h - one lead as a list shows it, for store_lead*.c and
 * leads_source.c alone. */
#ifndef HOST_STORE_LEADONE_H
#define HOST_STORE_LEADONE_H

#include "host/store_leadlist.h"
#include "host/store_release.h"

struct lead_row {
	uint64_t seq, part, edition;
	int64_t time;
	field_set granted;
};
#define LEAD_ROW "SELECT id, time, granted, part, edition FROM lead "
/* A db_row_cb for these columns; arg is the struct lead_row. */
BW_MUST_USE bw_err lead_row(void *arg, struct db_query *q);

/* Policy, consent and the holder's status applied to a live lead of a sponsor's
 * device: what is released, with its marks. BW_ERR_NOTFOUND: nothing is. Begin
 * with `out` as lead_begin makes it; it may be used for one after the other. */
void lead_begin(struct leadlist_lead *out);
BW_MUST_USE bw_err lead_look(struct store *s,
    const struct release_rules *rules, const struct release_dev *d,
    const struct lead_row *h, int64_t now, struct leadlist_lead *out);
/* Of a lead whose device_num, seq, edition and released are set, in `out` as
 * lead_begin made it: the values that are released, and its marks. As above. */
BW_MUST_USE bw_err lead_values(struct store *s, struct leadlist_lead *out);
/* When it arrived and was corrected, which few that look at many ask. */
BW_MUST_USE bw_err lead_dates(struct store *s, struct leadlist_lead *out);
/* The key of its person, and how many others have it. */
BW_MUST_USE bw_err lead_person(struct store *s,
    const struct release_rules *rules, const struct person_keys *k,
    int64_t now, struct leadlist_lead *out);

/* How many leads all devices have, or the one of that name, without a look at
 * what is in them. BW_ERR_BOUND: there are more than `most` live shares; *n is how
 * many leads there are among the newest of each. */
BW_MUST_USE bw_err lead_count(struct store *s,
    const struct release_rules *rules, const char *device, int64_t now,
    uint64_t most, uint64_t *n);

/* The leads with the key of a registration that attends, newest first; granted
 * of `h` is what is released. */
typedef bw_err (*lead_same_cb)(void *arg, const struct release_dev *d,
    const struct lead_row *h);
BW_MUST_USE bw_err lead_same(struct store *s,
    const struct release_rules *rules, uint64_t holder, int64_t now,
    lead_same_cb cb, void *arg);

#endif
