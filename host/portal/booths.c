// SPDX-License-Identifier: Apache-2.0
/* Where a sponsor's devices stand, beside their names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/portal/sponsor.h"

struct take {
	struct booths *b;
	const char *sponsor;
};

static bw_err
on_device(void *arg, const struct store_device *d)
{
	struct take *t = arg;
	struct booth *more;

	if (strcmp(d->sponsor, t->sponsor) != 0)
		return BW_OK;
	more = reallocarray(t->b->of, t->b->n + 1, sizeof(*more));
	if (more == NULL)
		return BW_ERR_NOMEM;
	t->b->of = more;
	more += t->b->n++;
	snprintf(more->device, sizeof(more->device), "%s", d->name);
	snprintf(more->place, sizeof(more->place), "%s", d->booth);
	return BW_OK;
}

bw_err
booths_take(struct call *c, struct booths *out)
{
	struct take t = { out, sponsor_own(c) };

	memset(out, 0, sizeof(*out));
	return store_device_each(c->store, on_device, &t);
}

void
booths_free(struct booths *b)
{
	free(b->of);
	memset(b, 0, sizeof(*b));
}

void
booths_name(const struct booths *b, const char *device,
    char out[static BOOTH_NAME_MAX])
{
	const char *place = "";

	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->of[i].device, device) == 0)
			place = b->of[i].place;
	snprintf(out, BOOTH_NAME_MAX, place[0] != 0 ? "%s (%s)" : "%s%s",
	    place[0] != 0 ? place : device, place[0] != 0 ? device : "");
}
