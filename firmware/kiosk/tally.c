// SPDX-License-Identifier: Apache-2.0
#include "kiosk/tally.h"

#include <string.h>

int
tally_by(enum entry_kind kind, enum tally_of *what)
{
	*what = TALLY_SHARE;
	switch (kind) {
	case ENTRY_SHARE:
		return 1;
	case ENTRY_UNDO:
		return -1;
	case ENTRY_DECLINE:
		*what = TALLY_DECLINE;
		return 1;
	case ENTRY_NO_ANSWER:
		*what = TALLY_NO_ANSWER;
		return 1;
	case ENTRY_OPEN:
	case ENTRY_UNREAD:
	case ENTRY_NOTE:
	case ENTRY_POLICY:
	case ENTRY_CLOCK:
	case ENTRY_CLOSE:
		break;
	}
	return 0;
}

static void
add(unsigned long *n, int64_t by)
{
	if (by >= 0)
		*n += (unsigned long)by;
	else
		*n -= *n < (unsigned long)-by ? *n : (unsigned long)-by;
}

/* An undo follows its share within a minute. */
static void
count(struct tally *t, const struct entry *e)
{
	enum tally_of what;
	int by = tally_by(e->kind, &what);

	add(&t->all[what], by);
	if ((int64_t)e->time >= t->day)
		add(&t->today[what], by);
}

/* From the entries on that the journal still has. */
static bw_err
begin(struct tally *t, struct journal *j, int64_t day)
{
	int64_t all[TALLY_KINDS], today[TALLY_KINDS];
	bw_err r;

	memset(t, 0, sizeof(*t));
	if ((r = journal_tally(j, 0, all)) != BW_OK ||
	    (r = journal_tally(j, day, today)) != BW_OK)
		return r;
	for (int i = 0; i < TALLY_KINDS; i++) {
		add(&t->all[i], all[i]);
		add(&t->today[i], today[i]);
	}
	t->upto = journal_cosigned(j);
	t->day = day;
	return BW_OK;
}

bw_err
tally_count(struct tally *t, struct journal *j, uint64_t to, int64_t day)
{
	struct bw_buf b = BW_BUF_INIT(ENTRY_MAX);
	struct entry e;
	bw_err r = BW_OK;

	if ((day != t->day || to < t->upto ||
	    t->upto < journal_cosigned(j)) &&
	    (r = begin(t, j, day)) != BW_OK)
		return r;
	for (; t->upto < to && r == BW_OK; t->upto++) {
		bw_buf_reset(&b);
		r = journal_get(j, t->upto, &b, NULL, NULL);
		if (r == BW_OK)
			r = entry_decode(b.ptr, b.len, &e);
		if (r != BW_OK)
			break;
		count(t, &e);
	}
	bw_buf_free(&b);
	return r;
}
