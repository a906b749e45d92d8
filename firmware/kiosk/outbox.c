// SPDX-License-Identifier: Apache-2.0
#include "kiosk/outbox.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "record/upload.h"

#define DIGITS 10
#define NUMBER_MAX UINT64_C(9999999999)

void
outbox_name(char out[static OUTBOX_NAME_MAX], uint64_t from, uint64_t to)
{
	snprintf(out, OUTBOX_NAME_MAX, "log-%010llu-%010llu.cbor",
	    (unsigned long long)(from % (NUMBER_MAX + 1)),
	    (unsigned long long)(to % (NUMBER_MAX + 1)));
}

/* Ten digits, leading zeros and all. */
static bw_err
number(const char *s, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < DIGITS; i++) {
		if (s[i] < '0' || s[i] > '9')
			return BW_ERR_FORMAT;
		*out = *out * 10 + (uint64_t)(s[i] - '0');
	}
	return BW_OK;
}

bw_err
outbox_parse(const char *name, uint64_t *from, uint64_t *to)
{
	*from = *to = 0;
	if (strlen(name) != 4 + DIGITS + 1 + DIGITS + 5 ||
	    strncmp(name, "log-", 4) != 0 || name[4 + DIGITS] != '-' ||
	    strcmp(name + 4 + DIGITS + 1 + DIGITS, ".cbor") != 0 ||
	    number(name + 4, from) != BW_OK ||
	    number(name + 4 + DIGITS + 1, to) != BW_OK || *from >= *to)
		return BW_ERR_FORMAT;
	return BW_OK;
}

static bw_err
remove_upload(const struct outbox *o, const char *name)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, o->dir, name)) == BW_OK)
		r = file_remove(path);
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
		if (outbox_parse(l.name[i], &from, &to) == BW_OK)
			r = remove_upload(o, l.name[i]);
	file_list_free(&l);
	return r;
}

bw_err
outbox_put(const char *dir, const char *name, const void *ptr, size_t len)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, dir, name)) == BW_OK)
		r = file_write(path, ptr, len, 0640);
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

		if (outbox_parse(l->name[i], &from, &to) != BW_OK ||
		    to != start)
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

		if (outbox_parse(l->name[i], &f, &t) == BW_OK && f >= from &&
		    t <= to && t - f < to - from)
			r = remove_upload(o, l->name[i]);
	}
	return r;
}

static bw_err
put_upload(struct outbox *o, struct journal *j, uint64_t from,
    uint64_t limit, uint64_t *to)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	char name[OUTBOX_NAME_MAX];
	bw_err r;

	if ((r = journal_upload(j, from, limit, &b, to)) == BW_OK) {
		outbox_name(name, from, *to);
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
