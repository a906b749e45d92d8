// SPDX-License-Identifier: Apache-2.0
/* What a query looks for in one lead. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/fold.h"
#include "host/store_leadlist.h"

#define TAG_FOLDED_MAX 256

static bool
given(const char *s)
{
	return s != NULL && s[0] != 0;
}

static bool
found_in(struct search *k, const struct leadlist_lead *l)
{
	const struct note *n = &l->mark.note;
	char share[TEXT_ID_MAX + 24];

	search_begin(k);
	snprintf(share, sizeof(share), "%s-%" PRIu64, l->device, l->seq);
	if (search_is(k, share))
		return true;
	for (int f = 1; f <= FIELD_COUNT; f++)
		if (search_in(k, l->values.v[f]))
			return true;
	for (size_t i = 0; i < n->ntags; i++)
		if (search_in(k, n->tag[i]))
			return true;
	for (size_t i = 0; i < n->nanswers; i++)
		if (search_in(k, n->answer[i].answer))
			return true;
	return search_in(k, n->text);
}

static bool
tagged(const struct note *n, const char *tag)
{
	char want[TAG_FOLDED_MAX], is[TAG_FOLDED_MAX];

	fold(tag, want, sizeof(want));
	for (size_t i = 0; i < n->ntags; i++) {
		fold(n->tag[i], is, sizeof(is));
		if (strcmp(is, want) == 0)
			return true;
	}
	return false;
}

bw_err
leadlist_wants(struct store *s, const struct leadlist_query *q,
    struct search *k, const struct leadlist_lead *l, bool *yes)
{
	const struct note *n = &l->mark.note;

	*yes = n->rating >= q->rating || q->rating == 0;
	if (*yes && given(q->device))
		*yes = strcmp(l->device, q->device) == 0;
	if (*yes && given(q->tag))
		*yes = tagged(n, q->tag);
	if (*yes && k->n != 0)
		*yes = found_in(k, l);
	if (!*yes || q->changed_since == 0)
		return BW_OK;
	*yes = l->arrived_at >= q->changed_since ||
	    l->corrected_at >= q->changed_since;
	return *yes ? BW_OK : leadlist_marked_since(s, l->device_num,
	    &l->mark, q->changed_since, yes);
}
