// SPDX-License-Identifier: Apache-2.0
#include "host/export_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/export_log.h"
#include "host/store_device.h"
#include "host/tiles.h"

#define COPY 65536

struct tar {
	struct store *store;
	const char *dir;
	struct progress *progress;
	struct archive *a;
	const char *device;		/* whose log is written now */
	uint64_t num, entries;
	struct bw_buf buf;
};

struct names {
	char (*name)[TEXT_ID_MAX + 1];
	size_t n;
};

static la_ssize_t
put(struct archive *a, void *arg, const void *ptr, size_t len)
{
	(void)a;
	return outfile_put(arg, ptr, len) == BW_OK ? (la_ssize_t)len : -1;
}

static bw_err
head(struct tar *t, const char *name, uint64_t size)
{
	struct archive_entry *e = archive_entry_new();
	char path[TEXT_ID_MAX + TILE_PATH_MAX + 2];
	bw_err r;

	if (e == NULL)
		return BW_ERR_NOMEM;
	snprintf(path, sizeof(path), "%s/%s", t->device, name);
	archive_entry_set_pathname(e, path);
	archive_entry_set_size(e, (la_int64_t)size);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0600);
	r = archive_write_header(t->a, e) == ARCHIVE_OK ? BW_OK : BW_ERR_IO;
	archive_entry_free(e);
	return r;
}

static bw_err
data(struct tar *t, const void *ptr, size_t len)
{
	return archive_write_data(t->a, ptr, len) == (la_ssize_t)len ? BW_OK :
	    BW_ERR_IO;
}

static bw_err
file(struct tar *t, const char *name)
{
	bw_err r = head(t, name, t->buf.len);

	if (r == BW_OK)
		r = data(t, t->buf.ptr, t->buf.len);
	bw_buf_reset(&t->buf);
	return r;
}

static bw_err
on_tile(void *arg, const struct tile *one)
{
	struct tar *t = arg;
	char name[TILE_PATH_MAX];
	bw_err r;

	tile_path(one, name);
	if ((r = tile_read(t->store, t->num, one, &t->buf)) != BW_OK)
		return r;
	return file(t, name);
}

static bw_err
copy(struct tar *t, int fd, uint64_t len)
{
	uint8_t block[COPY];
	bw_err r = head(t, "log.cbor", len);
	ssize_t n;

	while (r == BW_OK && (n = read(fd, block, sizeof(block))) != 0)
		r = n < 0 ? BW_ERR_IO : data(t, block, (size_t)n);
	return r;
}

/* A tar wants the size first: the log is written aside before. */
static bw_err
put_log(struct tar *t)
{
	struct outfile *out;
	uint64_t len, n;
	int fd = -1;
	bw_err r;

	if ((r = outfile_temp(&out, t->dir)) == BW_OK &&
	    (r = export_log(t->store, t->device, out,
	    t->progress, &n)) == BW_OK &&
	    (r = outfile_take(out, &fd, &len)) == BW_OK)
		r = copy(t, fd, len);
	if (fd != -1)
		close(fd);
	outfile_close(&out);
	return r;
}

static bw_err
put_device(struct tar *t, const char *name)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct store_device d;
	struct checkpoint c;
	bw_err r;

	t->device = name;
	if ((r = store_device_get(t->store, name, &d)) != BW_OK)
		return r;
	t->num = d.num;
	if ((r = store_note_get(t->store, d.num, &note)) == BW_OK &&
	    (r = checkpoint_peek((const char *)note.ptr, note.len, &c)) ==
	    BW_OK && (r = put_log(t)) == BW_OK &&
	    (r = tile_each(c.size, on_tile, t)) == BW_OK &&
	    (r = bw_buf_put(&t->buf, note.ptr, note.len)) == BW_OK)
		r = file(t, "checkpoint");
	t->entries += r == BW_OK ? c.size : 0;
	bw_buf_free(&note);
	return r;
}

static bw_err
on_device(void *arg, const struct store_device *d)
{
	struct names *l = arg;
	char (*more)[TEXT_ID_MAX + 1];

	if (d->size == 0)
		return BW_OK;
	if ((more = realloc(l->name, (l->n + 1) * sizeof(*more))) == NULL)
		return BW_ERR_NOMEM;
	l->name = more;
	memcpy(l->name[l->n++], d->name, sizeof(d->name));
	return BW_OK;
}

static bw_err
put_all(struct tar *t, struct outfile *out)
{
	struct names l = { 0 };
	bw_err r = BW_ERR_IO;

	if (archive_write_set_format_ustar(t->a) == ARCHIVE_OK &&
	    archive_write_set_bytes_in_last_block(t->a, 1) == ARCHIVE_OK &&
	    archive_write_open(t->a, out, NULL, put, NULL) == ARCHIVE_OK)
		r = store_device_each(t->store, on_device, &l);
	for (size_t i = 0; i < l.n && r == BW_OK; i++)
		r = put_device(t, l.name[i]);
	free(l.name);
	if (archive_write_close(t->a) != ARCHIVE_OK && r == BW_OK)
		r = BW_ERR_IO;
	return r;
}

bw_err
export_archive(struct store *s, const char *dir, struct outfile *out,
    struct progress *progress, uint64_t *n)
{
	struct tar t = { .store = s, .dir = dir, .progress = progress,
		.buf = BW_BUF_INIT(TILE_BYTES_MAX) };
	bw_err r = BW_ERR_NOMEM;

	*n = 0;
	if ((t.a = archive_write_new()) == NULL)
		return r;
	r = put_all(&t, out);
	*n = t.entries;
	archive_write_free(t.a);
	bw_buf_free(&t.buf);
	return r;
}
