// SPDX-License-Identifier: Apache-2.0
/* The bytes of a row, and what is said with one. */
#include "host/audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "host/store_audit.h"
#include "record/tree.h"

#define ROW_BYTES (20 + CRYPTO_HASH + 16 + 4 * (4 + AUDIT_TEXT_MAX))

static bool
text_ok(const char *s, bool empty)
{
	size_t len = strnlen(s, AUDIT_TEXT_MAX + 1);

	return len <= AUDIT_TEXT_MAX && (empty || len != 0) &&
	    text_is_clean(s, len);
}

bool
audit_row_ok(const struct audit_row *row)
{
	return row->at >= 0 && text_ok(row->actor, false) &&
	    text_ok(row->act, false) && text_ok(row->object, false) &&
	    text_ok(row->detail, true);
}

static bw_err
put_text(struct bw_buf *b, const char *s)
{
	bw_err r = bw_buf_put_be32(b, (uint32_t)strlen(s));

	return r == BW_OK ? bw_buf_put_str(b, s) : r;
}

bw_err
audit_row_hash(const struct audit_row *row,
    const uint8_t before[static CRYPTO_HASH],
    uint8_t out[static CRYPTO_HASH])
{
	static const char label[] = "badgeward/1 audit";
	struct bw_buf b = BW_BUF_INIT(ROW_BYTES);
	bw_err r;

	memset(out, 0, CRYPTO_HASH);
	if ((r = bw_buf_put(&b, label, sizeof(label))) == BW_OK &&
	    (r = bw_buf_put(&b, before, CRYPTO_HASH)) == BW_OK &&
	    (r = bw_buf_put_be64(&b, row->id)) == BW_OK &&
	    (r = bw_buf_put_be64(&b, (uint64_t)row->at)) == BW_OK &&
	    (r = put_text(&b, row->actor)) == BW_OK &&
	    (r = put_text(&b, row->act)) == BW_OK &&
	    (r = put_text(&b, row->object)) == BW_OK &&
	    (r = put_text(&b, row->detail)) == BW_OK)
		r = tree_leaf_hash(b.ptr, b.len, out);
	bw_buf_free(&b);
	return r;
}

void
audit_actor(uint64_t account, char out[static AUDIT_ACTOR_SIZE])
{
	/* An id is below 2^63, in at most 19 digits; it never counts so far. */
	snprintf(out, AUDIT_ACTOR_SIZE, "account:%" PRIu64,
	    account % 1000000000000000u);
}

uint64_t
audit_account(const char *actor)
{
	static const char before[] = "account:";
	const char *num = actor + sizeof(before) - 1;
	uint64_t account = 0;

	if (strncmp(actor, before, sizeof(before) - 1) != 0 ||
	    text_number(num, strlen(num), INT64_MAX, &account) != BW_OK)
		return 0;
	return account;
}

bool
audit_did(const struct audit_row *row, enum audit_act act)
{
	return strcmp(row->act, audit_act_name(act)) == 0;
}

bw_err
audit_finish(struct store *s, bw_err r, int64_t now, const char *actor,
    enum audit_act act, const char *object, const char *detail)
{
	if (r == BW_OK)
		r = audit_add(s, now, actor, act, object, detail);
	if (r == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}
