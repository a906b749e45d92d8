// SPDX-License-Identifier: Apache-2.0
#include "host/store_contact.h"

#include <string.h>

#include "host/store_db.h"

bw_err
store_contact_put(struct store *s, const char *version,
    const struct store_contact *in)
{
	static const char sql[] = "INSERT INTO contact "
	    "(policy, controller, contact, complaint) "
	    "SELECT id, ?2, ?3, ?4 FROM policy WHERE version = ?1";

	return db_write(s, NULL, sql, "tttt", version, in->controller,
	    in->contact, in->complaint);
}

static bw_err
contact_row(void *arg, struct db_query *q)
{
	struct store_contact *out = arg;
	bw_err r;

	if ((r = db_copy(q, 0, out->controller,
	    sizeof(out->controller))) != BW_OK ||
	    (r = db_copy(q, 1, out->contact, sizeof(out->contact))) != BW_OK)
		return r;
	return db_copy(q, 2, out->complaint, sizeof(out->complaint));
}

bw_err
store_contact_get(struct store *s, const char *version,
    struct store_contact *out)
{
	static const char sql[] = "SELECT controller, contact.contact, "
	    "complaint FROM contact JOIN policy ON policy.id = contact.policy "
	    "WHERE version = ?1";
	bw_err r;

	memset(out, 0, sizeof(*out));
	r = db_first(s, contact_row, out, sql, "t", version);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}
