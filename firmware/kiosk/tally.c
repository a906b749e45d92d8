// SPDX-License-Identifier: Apache-2.0
#include "kiosk/tally.h"

#include <string.h>

static void
add(struct tally *t, enum tally_of what, uint64_t time)
{
	t->all[what]++;
	if ((int64_t)time >= t->day)
		t->today[what]++;
}

static void
count(struct tally *t, const struct entry *e)
{
	switch (e->kind) {
	case ENTRY_SHARE:
		add(t, TALLY_SHARE, e->time);
		return;
	case ENTRY_UNDO:
		/* It follows its share within a minute. */
		if (t->all[TALLY_SHARE] > 0)
			t->all[TALLY_SHARE]--;
		if (t->today[TALLY_SHARE] > 0)
			t->today[TALLY_SHARE]--;
		return;
	case ENTRY_DECLINE:
		add(t, TALLY_DECLINE, e->time);
		return;
	case ENTRY_NO_ANSWER:
		add(t, TALLY_NO_ANSWER, e->time);
		return;
	case ENTRY_OPEN:
	case ENTRY_UNREAD:
	case ENTRY_NOTE:
	case ENTRY_POLICY:
	case ENTRY_CLOCK:
	case ENTRY_CLOSE:
		return;
	}
}

bw_err
tally_count(struct tally *t, struct journal *j, uint64_t to, int64_t day)
{
	struct bw_buf b = BW_BUF_INIT(ENTRY_MAX);
	struct entry e;
	bw_err r = BW_OK;

	if (day != t->day || to < t->upto) {
		memset(t, 0, sizeof(*t));
		t->day = day;
	}
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
