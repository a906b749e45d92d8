// SPDX-License-Identifier: Apache-2.0
#include "host/leadcursor.h"

#include <string.h>

/* Five bits a digit, the lowest first; the sixth says that more follow. */
static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789-_";

static bw_err
number_put(char out[static LEADLIST_CURSOR_MAX], size_t *n, uint64_t v)
{
	do {
		if (*n + 1 >= LEADLIST_CURSOR_MAX)
			return BW_ERR_BOUND;
		out[(*n)++] = digits[(v & 31) | (v > 31 ? 32 : 0)];
	} while ((v >>= 5) != 0);
	out[*n] = 0;
	return BW_OK;
}

static bw_err
number_take(const char **s, uint64_t *v)
{
	const char *d;
	size_t at;

	*v = 0;
	for (unsigned shift = 0; shift < 40; shift += 5) {
		if (**s == 0 || (d = strchr(digits, *(*s)++)) == NULL)
			return BW_ERR_ARG;
		at = (size_t)(d - digits);
		*v |= (uint64_t)(at & 31) << shift;
		if (at < 32)
			return *v <= STORE_SEQ_MAX ? BW_OK : BW_ERR_ARG;
	}
	return BW_ERR_ARG;
}

/* How far a number is from the one before it, as one that is never negative:
 * a sponsor's devices are mostly neighbours. */
static uint64_t
step_from(uint64_t was, uint64_t is)
{
	return is >= was ? (is - was) * 2 : (was - is) * 2 - 1;
}

static uint64_t
step_to(uint64_t was, uint64_t step)
{
	return (step & 1) == 0 ? was + step / 2 : was - (step + 1) / 2;
}

bw_err
leadcursor_put(struct leadcursor *c, char out[static LEADLIST_CURSOR_MAX],
    uint64_t num, uint64_t below)
{
	bw_err r;

	if ((r = number_put(out, &c->n, step_from(c->num, num))) != BW_OK)
		return r;
	c->num = num;
	return number_put(out, &c->n, below);
}

bw_err
leadcursor_take(struct leadcursor *c, const char **s, uint64_t *below)
{
	uint64_t step;
	bw_err r;

	*below = 0;
	if ((r = number_take(s, &step)) != BW_OK)
		return r;
	c->num = step_to(c->num, step);
	return number_take(s, below);
}
