// SPDX-License-Identifier: Apache-2.0
#include "host/export_tiles.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "host/outfile.h"
#include "host/store_device.h"
#include "host/tiles.h"

struct dir {
	struct store *store;
	uint64_t device;
	const char *path;
	bool replace;
	struct bw_buf buf;
};

/* Every directory on the way to a file. */
static bw_err
make_dirs(char *path)
{
	for (char *p = path + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
		*p = 0;
		if (mkdir(path, 0700) == -1 && errno != EEXIST)
			return BW_ERR_IO;
	}
	return BW_OK;
}

static bw_err
put_file(struct dir *d, const char *name)
{
	char path[FILE_PATH_MAX];
	struct outfile *out = NULL;
	bw_err r;

	if ((r = file_path(path, d->path, name)) == BW_OK &&
	    (r = make_dirs(path)) == BW_OK &&
	    (r = outfile_open(&out, path, d->replace)) == BW_OK &&
	    (r = outfile_put(out, d->buf.ptr, d->buf.len)) == BW_OK)
		r = outfile_commit(out);
	outfile_close(&out);
	bw_buf_reset(&d->buf);
	return r;
}

static bw_err
on_tile(void *arg, const struct tile *t)
{
	struct dir *d = arg;
	char name[TILE_PATH_MAX];
	bw_err r;

	tile_path(t, name);
	if ((r = tile_read(d->store, d->device, t, &d->buf)) != BW_OK)
		return r;
	return put_file(d, name);
}

/* The checkpoint comes last: with it the directory is whole. */
bw_err
export_tiles(struct store *s, const char *device, const char *dir,
    bool replace, uint64_t *n, uint8_t sha256[static CRYPTO_HASH])
{
	struct dir d = { .store = s, .path = dir, .replace = replace,
		.buf = BW_BUF_INIT(TILE_BYTES_MAX) };
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct store_device dev;
	struct checkpoint c;
	bw_err r;

	*n = 0;
	memset(sha256, 0, CRYPTO_HASH);
	if ((r = store_device_get(s, device, &dev)) != BW_OK)
		goto out;
	d.device = dev.num;
	if ((r = store_note_get(s, dev.num, &note)) == BW_ERR_NOTFOUND)
		r = BW_ERR_GONE;
	if (r != BW_OK || (r = checkpoint_peek((const char *)note.ptr,
	    note.len, &c)) != BW_OK ||
	    (r = tile_each(c.size, on_tile, &d)) != BW_OK ||
	    (r = bw_buf_put(&d.buf, note.ptr, note.len)) != BW_OK ||
	    (r = crypto_sha256(&(struct bw_part){ note.ptr, note.len }, 1,
	    sha256)) != BW_OK || (r = put_file(&d, "checkpoint")) != BW_OK)
		goto out;
	*n = c.size;
out:
	bw_buf_free(&d.buf);
	bw_buf_free(&note);
	return r;
}
