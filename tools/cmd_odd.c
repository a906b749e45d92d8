// SPDX-License-Identifier: Apache-2.0
/* badgeward odd list: what was well-formed and yet is never released. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "host/store_device.h"
#include "host/store_settle.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/staff.h"

struct list {
	bool json;
	const char *device;	/* only of this one; NULL: all */
	size_t n;
};

static bw_err
on_odd(void *arg, const struct store_odd *odd)
{
	struct list *l = arg;
	char found[WHEN_SIZE];

	if (l->device != NULL && strcmp(l->device, odd->device) != 0)
		return BW_OK;
	when_format(odd->found_at, found);
	if (l->json)
		printf("%s{\"device\": \"%s\", \"entry\": %" PRIu64
		    ", \"found\": \"%s\", \"reason\": \"%s\"}",
		    staff_list_sep(l->n), odd->device, odd->seq, found,
		    odd_reason_name(odd->reason));
	else
		printf("%s\t%" PRIu64 "\t%s\t%s\n", odd->device, odd->seq,
		    found, odd_reason_name(odd->reason));
	l->n++;
	return BW_OK;
}

static int
list_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	struct store_device d;
	bw_err r = BW_OK;

	(void)arg;
	if (l->device != NULL)
		r = store_device_get(st->store, l->device, &d);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, l->device);
	if (r == BW_OK && (r = store_settle_all(st->store,
	    st->now)) == BW_OK)
		r = store_odd_each(st->store, on_odd, l);
	return staff_list_end(st, l->json, l->n, r);
}

int
cmd_odd_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "device", "NAME", "only of this device", false, &l.device,
		    NULL },
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "odd list", { NULL },
	    "Entries that devices have recorded and that are kept but never "
	    "released, a line\neach: device, entry, when it was found, why.",
	    opt, 2 };

	return staff_run(dir, &o, argc, argv, list_act, &l);
}
