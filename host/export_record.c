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

bw_err
export_read(struct store *s, const char *sponsor, const char *actor,
    uint64_t n, int64_t now)
{
	bool first = false;
	bw_err r;

	if (n == 0)
		return BW_OK;
	if ((r = store_begin(s)) == BW_OK)
		r = store_export_read(s, sponsor, actor, n, now, &first);
	if (first)
		return audit_finish(s, r, now, actor, DID_EXPORT_LEADS,
		    sponsor, STORE_EXPORT_API);
	if (r == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}
