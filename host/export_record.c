// SPDX-License-Identifier: Apache-2.0
#include "host/export_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"

bw_err
export_record(struct store *s, struct store_export *e, int64_t now)
{
	bool audit = strcmp(e->kind, "audit") == 0;
	const char *of = audit ? e->kind : e->subject;
	enum audit_act act;
	char name[24], object[AUDIT_TEXT_MAX + 1];
	bw_err r;

	snprintf(name, sizeof(name), "export.%s", e->kind);
	snprintf(object, sizeof(object), "%s%s%" PRIu64, of,
	    of[0] != 0 ? " " : "", e->n);
	if ((r = audit_act_find(name, &act)) == BW_OK &&
	    (r = store_begin(s)) == BW_OK)
		r = store_export_add(s, e);
	return audit_finish(s, r, now, e->actor, act, object, "");
}
