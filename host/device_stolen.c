// SPDX-License-Identifier: Apache-2.0
#include "host/device_stolen.h"

#include <stdio.h>
#include <string.h>

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

/* A sentence with its two %s. */
static void
fill(const char *sentence, const char *one, const char *two, char *out)
{
	const char *a = strstr(sentence, "%s");
	const char *b = a != NULL ? strstr(a + 2, "%s") : NULL;

	if (b == NULL)
		snprintf(out, DEVICE_STOLEN_MAX, "%s", sentence);
	else
		snprintf(out, DEVICE_STOLEN_MAX, "%.*s%s%.*s%s%s",
		    (int)(a - sentence), sentence, one, (int)(b - a - 2),
		    a + 2, two, b + 2);
}

bw_err
device_stolen(struct store *s, const struct store_device *d, int64_t now,
    const char *opens, const char *nothing,
    char out[static DEVICE_STOLEN_MAX])
{
	char when[WHEN_SIZE], list[256];
	field_set fields;
	int64_t until;
	bw_err r;

	out[0] = 0;
	if (!d->enrolled)
		return BW_OK;
	r = store_sponsor_reach(s, d->sponsor, now, &fields, &until);
	if (r == BW_ERR_NOTFOUND) {
		snprintf(out, DEVICE_STOLEN_MAX, "%s", nothing);
		return BW_OK;
	}
	if (r != BW_OK)
		return r;
	when_format(until, when);
	names(fields, list, sizeof(list));
	fill(opens, when, list, out);
	return BW_OK;
}
