// SPDX-License-Identifier: Apache-2.0
#include "kiosk/marks.h"

#include <string.h>

void
marks_join(struct marks *m, uint64_t below)
{
	size_t at = 0;
	int order = 1;

	if (m->seq == 0 || m->seq >= below)
		return;
	while (at < m->n && (order = memcmp(m->one[at].mark, m->last.mark,
	    REPEAT_MARK)) < 0)
		at++;
	if (at == m->n || order != 0)
		memmove(m->one + at + 1, m->one + at,
		    (m->n++ - at) * sizeof(*m->one));
	m->one[at] = m->last;
	m->seq = 0;
}

static bool
is_it(const struct journal_mark *m, const uint8_t mark[static REPEAT_MARK])
{
	return memcmp(m->mark, mark, REPEAT_MARK) == 0;
}

int64_t
marks_find(const struct marks *m, const uint8_t mark[static REPEAT_MARK])
{
	int64_t day = m->seq != 0 && is_it(&m->last, mark) ? m->last.day : -1;

	for (size_t i = 0; i < m->n; i++)
		if (m->one[i].day > day && is_it(&m->one[i], mark))
			day = m->one[i].day;
	return day;
}

static bw_err
put(struct bw_buf *out, const struct journal_mark *m)
{
	bw_err r = bw_buf_put(out, m->mark, REPEAT_MARK);

	return r == BW_OK ? bw_buf_put_be64(out, (uint64_t)m->day) : r;
}

bw_err
marks_encode(const struct marks *m, struct bw_buf *out)
{
	bw_err r = bw_buf_put_be64(out, m->seq);

	if (r == BW_OK && m->seq != 0)
		r = put(out, &m->last);
	for (size_t i = 0; r == BW_OK && i < m->n; i++)
		r = put(out, &m->one[i]);
	return r;
}

static bw_err
take(struct bw_cur *c, struct journal_mark *m)
{
	uint64_t day;
	bw_err r;

	if ((r = bw_cur_copy(c, m->mark, REPEAT_MARK)) == BW_OK &&
	    (r = bw_cur_be64(c, &day)) == BW_OK)
		m->day = (int64_t)day;
	return r;
}

bw_err
marks_decode(const uint8_t *ptr, size_t len, struct marks *out)
{
	struct bw_cur c = { ptr, len };
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = bw_cur_be64(&c, &out->seq)) == BW_OK && out->seq != 0)
		r = take(&c, &out->last);
	while (r == BW_OK && c.len != 0)
		r = out->n == MARKS_MAX ? BW_ERR_FORMAT :
		    take(&c, &out->one[out->n++]);
	return r;
}
