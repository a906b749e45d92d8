// SPDX-License-Identifier: Apache-2.0
#include "host/device_stolen.h"

#include <stdio.h>

#include "host/when.h"

/* "name, email" */
static void
names(field_set fields, char *out, size_t size)
{
	size_t at = 0;

	out[0] = 0;
	for (int f = 1; f <= FIELD_COUNT && at < size; f++)
		if ((fields & FIELD_BIT(f)) != 0)
			at += (size_t)snprintf(out + at, size - at, "%s%s",
			    at > 0 ? ", " : "", field_name((enum field)f));
}

bw_err
device_stolen_reach(struct store *s, const struct store_device *d, int64_t now,
    field_set *fields, int64_t *until)
{
	*fields = 0;
	*until = 0;
	return d->enrolled ? store_sponsor_reach(s, d->sponsor, now, fields,
	    until) : BW_ERR_KEY;
}

bw_err
device_stolen(struct store *s, const struct store_device *d, int64_t now,
    char out[static DEVICE_STOLEN_MAX])
{
	char when[WHEN_SIZE], list[256];
	field_set fields;
	int64_t until;
	bw_err r;

	out[0] = 0;
	r = device_stolen_reach(s, d, now, &fields, &until);
	if (r == BW_ERR_KEY)
		return BW_OK;
	if (r == BW_ERR_NOTFOUND) {
		snprintf(out, DEVICE_STOLEN_MAX, "%s", DEVICE_STOLEN_NOTHING);
		return BW_OK;
	}
	if (r != BW_OK)
		return r;
	when_format(until, when);
	names(fields, list, sizeof(list));
	snprintf(out, DEVICE_STOLEN_MAX, DEVICE_STOLEN_OPENS, when, list);
	return BW_OK;
}
