// SPDX-License-Identifier: Apache-2.0
#include "host/store_draft.h"

#include <string.h>

#include "host/policyfile.h"
#include "host/store_db.h"

static bw_err
draft_row(void *arg, struct db_query *q)
{
	struct store_draft *out = arg;
	const void *text;
	size_t len;
	bw_err r;

	out->rev = db_uint(q, 0);
	out->account = db_uint(q, 3);
	out->at = db_int(q, 4);
	text = db_blob(q, 2, &len);
	if ((r = bw_buf_put(&out->source, text, len)) != BW_OK)
		return r;
	return db_copy(q, 1, out->base, sizeof(out->base));
}

bw_err
store_draft_get(struct store *s, struct store_draft *out)
{
	static const char sql[] = "SELECT rev, base, source, account, at "
	    "FROM draft WHERE source IS NOT NULL";

	memset(out, 0, sizeof(*out));
	out->source = BW_BUF_INIT(POLICYFILE_MAX + 1);
	return db_first(s, draft_row, out, sql, "");
}

static bw_err
changed_one(bw_err r, int64_t changed)
{
	return r == BW_OK && changed == 0 ? BW_ERR_EXISTS : r;
}

bw_err
store_draft_begin(struct store *s, const char *base, const void *text,
    size_t len, uint64_t account, int64_t now)
{
	static const char sql[] = "INSERT INTO draft "
	    "(id, rev, base, source, account, at) "
	    "VALUES (1, 1, ?1, ?2, ?3, ?4) "
	    "ON CONFLICT (id) DO UPDATE SET rev = draft.rev + 1, "
	    "base = excluded.base, source = excluded.source, "
	    "account = excluded.account, at = excluded.at "
	    "WHERE draft.source IS NULL";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "tbui", base, text, len, account, now);

	return changed_one(r, n);
}

bw_err
store_draft_put(struct store *s, uint64_t rev, const void *text, size_t len,
    uint64_t account, int64_t now)
{
	static const char sql[] = "UPDATE draft SET rev = rev + 1, "
	    "source = ?2, account = ?3, at = ?4 "
	    "WHERE rev = ?1 AND source IS NOT NULL";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ubui", rev, text, len, account, now);

	return changed_one(r, n);
}

bw_err
store_draft_drop(struct store *s, uint64_t rev)
{
	static const char sql[] = "UPDATE draft SET rev = rev + 1, "
	    "source = NULL WHERE rev = ?1 AND source IS NOT NULL";
	static const char logos[] = "DELETE FROM draft_logo";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "u", rev);

	r = changed_one(r, n);
	return r == BW_OK ? db_write(s, NULL, logos, "") : r;
}

bw_err
store_draft_logo_put(struct store *s, const char *name,
    const struct policy_logo *logo)
{
	static const char sql[] = "INSERT INTO draft_logo (name, w, h, rgba) "
	    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO UPDATE SET "
	    "w = excluded.w, h = excluded.h, rgba = excluded.rgba";

	return db_write(s, NULL, sql, "tuub", name, logo->w, logo->h,
	    logo->rgba.ptr, logo->rgba.len);
}

static bw_err
logo_row(void *arg, struct db_query *q)
{
	struct policy_logo *out = arg;
	const void *rgba;
	size_t len;

	out->w = db_uint(q, 0);
	out->h = db_uint(q, 1);
	rgba = db_blob(q, 2, &len);
	if (out->w > POLICY_LOGO_W || out->h > POLICY_LOGO_H ||
	    len != out->w * out->h * 4)
		return BW_ERR_FORMAT;
	return bw_buf_put(&out->rgba, rgba, len);
}

bw_err
store_draft_logo_get(struct store *s, const char *name,
    struct policy_logo *out)
{
	static const char sql[] =
	    "SELECT w, h, rgba FROM draft_logo WHERE name = ?1";

	bw_buf_free(&out->rgba);
	*out = (struct policy_logo){ 0, 0,
	    BW_BUF_INIT(POLICY_LOGO_W * POLICY_LOGO_H * 4) };
	return db_first(s, logo_row, out, sql, "t", name);
}
