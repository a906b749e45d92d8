// SPDX-License-Identifier: Apache-2.0
/* What a "not me" holds beside a share, all of it, however much. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/case_share.h"
#include "host/not_me.h"
#include "host/portal/cases.h"

#define HELD_PART 200		/* in one transaction */

/* Those that were held when the act began. */
struct held {
	struct { uint64_t device, seq; } *one;
	size_t n, cap;
};

static bw_err
take_held(void *arg, const struct case_share *h)
{
	struct held *l = arg;
	size_t cap = l->cap == 0 ? 256 : l->cap * 2;
	void *more;

	if (h->reason != ODD_NOT_ME)
		return BW_OK;
	if (l->n == l->cap) {
		more = reallocarray(l->one, cap, sizeof(*l->one));
		if (more == NULL)
			return BW_ERR_NOMEM;
		l->one = more;
		l->cap = cap;
	}
	l->one[l->n].device = h->num;
	l->one[l->n++].seq = h->seq;
	return BW_OK;
}

/* Somebody else may have been faster with one of them. */
static bw_err
held_part(struct call *c, const struct case_file *f, const struct held *l,
    size_t from, bool release)
{
	bw_err r = BW_OK;

	for (size_t i = from; i < l->n && i < from + HELD_PART &&
	    r == BW_OK; i++) {
		r = release ? not_me_release(c->store, l->one[i].device,
		    l->one[i].seq, f->num, c->me->actor, c->now) :
		    not_me_withdraw(c->store, l->one[i].device,
		    l->one[i].seq, c->me->actor, c->now);
		if (r == BW_ERR_EXISTS)
			r = BW_OK;
	}
	return r;
}

/* Others write between two parts. BW_ERR_GONE: and have closed the case. */
static bw_err
next_turn(struct store *s, uint64_t num, int64_t *began)
{
	struct case_file f;
	bool open;
	bw_err r = store_commit(s);

	if (r != BW_OK)
		return r;
	store_give_turn(*began);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	*began = clock_mono_ms();
	r = case_get(s, num, &f);
	open = case_is_open(f.state);
	explicit_bzero(&f, sizeof(f));
	return r != BW_OK || open ? r : BW_ERR_GONE;
}

bw_err
cases_each_held(struct call *c, const struct case_file *f, bool release)
{
	int64_t began = clock_mono_ms();
	struct held l = { .n = 0 };
	bw_err r = f->type != CASE_NOT_ME ? BW_ERR_NOTFOUND :
	    case_share_beside(c->store, f->device,
	    f->quarter, f->seq, take_held, &l);

	if (r == BW_OK && l.n == 0)
		r = BW_ERR_EXISTS;
	for (size_t at = 0; r == BW_OK && at < l.n; at += HELD_PART) {
		if (at != 0)
			r = next_turn(c->store, f->num, &began);
		if (r == BW_OK)
			r = held_part(c, f, &l, at, release);
	}
	free(l.one);
	return r;
}
