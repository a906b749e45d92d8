// SPDX-License-Identifier: Apache-2.0
#include "kiosk/outbox.h"

#include <string.h>

#include "record/entry.h"
#include "record/mail.h"
#include "record/upload.h"

/* An upload of the log, if that is what the name is. */
static bool
is_upload(const char *name, uint64_t *from, uint64_t *to)
{
	struct mail m;

	mail_parse(name, &m);
	*from = m.from;
	*to = m.to;
	return m.kind == MAIL_LOG;
}

static bw_err
remove_upload(const struct outbox *o, const char *name)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, o->dir, name)) == BW_OK)
		r = file_drop(path);
	return r;
}

bw_err
outbox_reset(struct outbox *o, const char *dir, uint64_t next)
{
	struct file_list l;
	uint64_t from, to;
	bw_err r;

	if (strlen(dir) >= sizeof(o->dir))
		return BW_ERR_BOUND;
	memcpy(o->dir, dir, strlen(dir) + 1);
	o->next = next;
	if ((r = file_list(dir, &l)) != BW_OK)
		return r;
	for (size_t i = 0; i < l.n && r == BW_OK; i++)
		if (is_upload(l.name[i], &from, &to))
			r = remove_upload(o, l.name[i]);
	file_list_free(&l);
	return r;
}

bw_err
outbox_missing(const struct outbox *o, uint64_t from, uint64_t *at)
{
	struct file_list l;
	uint64_t f, t;
	bw_err r;

	*at = from < o->next ? from : o->next;
	if ((r = file_list(o->dir, &l)) != BW_OK)
		return r;
	/* The names are sorted, and with them the numbers. */
	for (size_t i = 0; i < l.n; i++)
		if (is_upload(l.name[i], &f, &t) && f <= *at && t > *at)
			*at = t;
	file_list_free(&l);
	return BW_OK;
}

bw_err
outbox_put(const char *dir, const char *name, const void *ptr, size_t len)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, dir, name)) == BW_OK)
		r = file_put(path, ptr, len, 0640);
	return r;
}

/* Where an upload that ends at `limit` should begin: at o->next, or before it
 * when the files that end there still wait and are no longer than what is
 * added. Each entry is so written again only as often as its file doubles. */
static uint64_t
join_from(const struct outbox *o, const struct file_list *l, uint64_t limit)
{
	uint64_t start = o->next;

	for (size_t i = l->n; i-- > 0;) {
		uint64_t from, to;

		if (!is_upload(l->name[i], &from, &to) || to != start)
			continue;
		if (to - from > limit - start ||
		    limit - from > UPLOAD_ENTRIES_MAX)
			break;
		start = from;
	}
	return start;
}

/* The files that stand wholly inside [from, to), but not that one itself. */
static bw_err
remove_inside(const struct outbox *o, const struct file_list *l,
    uint64_t from, uint64_t to)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < l->n && r == BW_OK; i++) {
		uint64_t f, t;

		if (is_upload(l->name[i], &f, &t) && f >= from && t <= to &&
		    t - f < to - from)
			r = remove_upload(o, l->name[i]);
	}
	return r;
}

/* An entry that would be told too early behind a coarse one; so would one that
 * cannot be read. *coarse: too early by itself. */
static bool
is_early(struct journal *j, uint64_t seq, int64_t now, bool *coarse)
{
	struct bw_buf b = BW_BUF_INIT(ENTRY_MAX);
	struct entry e = { .seq = 0 };
	bool early = true;

	*coarse = true;
	if (journal_get(j, seq, &b, NULL, NULL) == BW_OK &&
	    entry_decode(b.ptr, b.len, &e) == BW_OK) {
		*coarse = entry_is_coarse(e.kind);
		early = entry_is_discreet(e.kind) &&
		    now < (int64_t)((e.time / ENTRY_COARSE + 1) * ENTRY_COARSE);
	}
	bw_buf_free(&b);
	return early;
}

uint64_t
outbox_tellable(struct journal *j, uint64_t from, uint64_t to, int64_t now)
{
	bool waits = journal_answers_wait(j), coarse;
	uint64_t tellable = to;

	for (; to > from && is_early(j, to - 1, now, &coarse); to--)
		if (coarse || waits)
			tellable = to - 1;
	return tellable;
}

static bw_err
put_upload(struct outbox *o, struct journal *j, uint64_t from,
    uint64_t limit, uint64_t *to)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	struct mail m = { .kind = MAIL_LOG, .from = from };
	char name[MAIL_NAME_MAX];
	bw_err r;

	if ((r = journal_upload(j, from, limit, &b, to)) == BW_OK) {
		m.to = *to;
		mail_name(&m, name);
		r = outbox_put(o->dir, name, b.ptr, b.len);
	}
	bw_buf_free(&b);
	return r;
}

bw_err
outbox_feed(struct outbox *o, struct journal *j, uint64_t limit)
{
	bw_err r = BW_OK;

	/* A note that came while nobody looked: the host has all that. */
	if (o->next < journal_cosigned(j))
		o->next = journal_cosigned(j);
	while (r == BW_OK && o->next < limit) {
		struct file_list l;
		uint64_t from, to = 0;

		if ((r = file_list(o->dir, &l)) != BW_OK)
			return r;
		from = join_from(o, &l, limit);
		/* An upload that was cosigned meanwhile has lost its bodies:
		 * then there is nothing to join. */
		if (from < journal_cosigned(j))
			from = o->next;
		r = put_upload(o, j, from, limit, &to);
		/* Full before it came to anything new: not to be joined. */
		if (r == BW_OK && to <= o->next)
			r = put_upload(o, j, o->next, limit, &to);
		else if (r == BW_OK)
			r = remove_inside(o, &l, from, to);
		if (r == BW_OK)
			o->next = to;
		file_list_free(&l);
	}
	return r;
}
