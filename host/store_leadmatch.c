// SPDX-License-Identifier: Apache-2.0
/* What a query looks for in one lead. */
#include <string.h>

#include "host/fold.h"
#include "host/store_leadlist.h"

#define FOLDED_MAX 4096

static bool
given(const char *s)
{
	return s != NULL && s[0] != 0;
}

static bool
has(const char *search, const char *text)
{
	char folded[FOLDED_MAX];
	bool found;

	if (text[0] == 0)
		return false;
	fold(text, folded, sizeof(folded));
	found = strstr(folded, search) != NULL;
	explicit_bzero(folded, sizeof(folded));
	return found;
}

static bool
found(const char *what, const struct leadlist_lead *l)
{
	const struct note *n = &l->mark.note;
	char search[FOLDED_MAX];

	fold(what, search, sizeof(search));
	for (int f = 1; f <= FIELD_COUNT; f++)
		if (has(search, l->values.v[f]))
			return true;
	for (size_t i = 0; i < n->ntags; i++)
		if (has(search, n->tag[i]))
			return true;
	for (size_t i = 0; i < n->nanswers; i++)
		if (has(search, n->answer[i].answer))
			return true;
	return has(search, n->text);
}

static bool
tagged(const struct note *n, const char *tag)
{
	for (size_t i = 0; i < n->ntags; i++)
		if (strcmp(n->tag[i], tag) == 0)
			return true;
	return false;
}

bw_err
leadlist_wants(struct store *s, const struct leadlist_query *q,
    const struct leadlist_lead *l, bool *yes)
{
	const struct note *n = &l->mark.note;

	*yes = n->rating >= q->rating || q->rating == 0;
	if (*yes && given(q->device))
		*yes = strcmp(l->device, q->device) == 0;
	if (*yes && given(q->tag))
		*yes = tagged(n, q->tag);
	if (*yes && given(q->search))
		*yes = found(q->search, l);
	if (!*yes || q->changed_since == 0)
		return BW_OK;
	*yes = l->arrived_at >= q->changed_since ||
	    l->corrected_at >= q->changed_since;
	return *yes ? BW_OK : leadlist_marked_since(s, l->device_num,
	    &l->mark, q->changed_since, yes);
}
