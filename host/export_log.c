// SPDX-License-Identifier: Apache-2.0
#include "host/export_log.h"

#include "host/store_device.h"
#include "record/upload.h"

struct logout {
	struct outfile *out;
	struct progress *progress;
	struct bw_buf item;
};

static bw_err
on_entry(void *arg, const struct store_entry *e)
{
	struct logout *l = arg;
	struct upload_item item = { e->entry, e->entry_len, e->body,
	    e->body_len };
	bw_err r;

	bw_buf_reset(&l->item);
	if ((r = progress_one(l->progress)) != BW_OK ||
	    (r = upload_put_item(&l->item, &item)) != BW_OK)
		return r;
	return outfile_put(l->out, l->item.ptr, l->item.len);
}

/* The note first: it says how many entries belong to it, and those never
 * change while a device goes on sending. */
bw_err
export_log(struct store *s, const char *device, struct outfile *out,
    struct progress *progress, uint64_t *n)
{
	struct logout l = { out, progress, BW_BUF_INIT(BODY_MAX + ENTRY_MAX + 64) };
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct store_device d;
	struct checkpoint c;
	bw_err r;

	*n = 0;
	if ((r = store_device_get(s, device, &d)) != BW_OK)
		goto out;
	if ((r = store_note_get(s, d.num, &note)) == BW_ERR_NOTFOUND)
		r = BW_ERR_GONE;
	if (r != BW_OK || (r = checkpoint_peek((const char *)note.ptr,
	    note.len, &c)) != BW_OK ||
	    (r = store_entry_each(s, d.num, 0, c.size, on_entry, &l)) != BW_OK)
		goto out;
	bw_buf_reset(&l.item);
	if ((r = upload_put_note(&l.item, (const char *)note.ptr,
	    note.len)) != BW_OK ||
	    (r = outfile_put(out, l.item.ptr, l.item.len)) != BW_OK)
		goto out;
	*n = c.size;
out:
	bw_buf_free(&l.item);
	bw_buf_free(&note);
	return r;
}
