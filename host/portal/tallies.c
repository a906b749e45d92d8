// SPDX-License-Identifier: Apache-2.0
#include "host/portal/tallies.h"

#include <stdlib.h>
#include <string.h>

#define HOUR 3600
#define DAY 86400
#define HOURS 24

static void
add(struct tallied *to, const struct store_tally *t)
{
	to->shares += t->shares;
	to->declines += t->declines;
	to->no_answers += t->no_answers;
	to->unreads += t->unreads;
	to->undos += t->undos;
}

static struct tally_line *
append(struct tally_lines *l, const char *name, int64_t at)
{
	struct tally_line *line;

	if (l->n == l->room) {
		size_t room = l->room == 0 ? 32 : l->room * 2;
		void *more = reallocarray(l->line, room, sizeof(*l->line));

		if (more == NULL)
			return NULL;
		l->line = more;
		l->room = room;
	}
	line = &l->line[l->n++];
	memset(line, 0, sizeof(*line));
	memcpy(line->name, name, strnlen(name, TEXT_ID_MAX));
	line->at = at;
	return line;
}

/* The walk is by name: a new one is not among the earlier. */
static struct tally_line *
named(struct tally_lines *l, const char *name)
{
	if (l->n > 0 && strcmp(l->line[l->n - 1].name, name) == 0)
		return &l->line[l->n - 1];
	return append(l, name, 0);
}

static bw_err
timed(struct tallies *t, const struct store_tally *row)
{
	int64_t at = row->hour;
	struct tally_line *line = NULL;

	if (t->step == DAY) {
		at += case_ahead(t->zone, at);
		at -= at % DAY;
	}
	for (size_t i = t->times.n; i-- > 0 && line == NULL;)
		if (t->times.line[i].at == at)
			line = &t->times.line[i];
	if (line == NULL && t->times.n == TALLIES_TIMES_MAX)
		return BW_OK;
	if (line == NULL && (line = append(&t->times, "", at)) == NULL)
		return BW_ERR_NOMEM;
	add(&line->n, row);
	return BW_OK;
}

static bw_err
on_row(void *arg, const struct store_tally *row)
{
	struct tallies *t = arg;
	struct tally_line *sponsor = named(&t->sponsors, row->sponsor);
	struct tally_line *device = named(&t->devices, row->device);

	if (sponsor == NULL || device == NULL)
		return BW_ERR_NOMEM;
	add(&t->all, row);
	add(&sponsor->n, row);
	add(&device->n, row);
	return timed(t, row);
}

static int
by_time(const void *a, const void *b)
{
	const struct tally_line *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

bw_err
tallies_take(struct store *s, const char *sponsor, int64_t now, bool days,
    struct tallies *out)
{
	int64_t since = days ? 0 : now - now % HOUR - (HOURS - 1) * HOUR;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = case_zone(s, out->zone)) != BW_OK)
		return r;
	out->step = days ? DAY : HOUR;
	for (int i = 0; !days && i < HOURS; i++)
		if (append(&out->times, "", since + i * HOUR) == NULL)
			return BW_ERR_NOMEM;
	r = store_tally_each(s, sponsor, since, on_row, out);
	if (out->times.n > 0)
		qsort(out->times.line, out->times.n,
		    sizeof(*out->times.line), by_time);
	return r == BW_OK ? store_tally_held(s, sponsor, since, &out->held) : r;
}

void
tallies_free(struct tallies *t)
{
	free(t->sponsors.line);
	free(t->devices.line);
	free(t->times.line);
	memset(t, 0, sizeof(*t));
}
