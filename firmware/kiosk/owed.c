// SPDX-License-Identifier: Apache-2.0
#include "kiosk/owed.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"

#define OWED "bw owed1"
#define STORED "bw last1"
#define MAGIC_LEN 8
#define CHECK_LEN 16
#define BODY_LEN (MAGIC_LEN + 8 + CRYPTO_HASH)
#define OWED_LEN (BODY_LEN + CHECK_LEN)

static const uint8_t nothing[OWED_LEN];

static bw_err
encode(const struct owed *o, uint8_t out[static OWED_LEN])
{
	struct bw_buf b = BW_BUF_INIT(BODY_LEN);
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if ((r = bw_buf_put(&b, o->stored ? STORED : OWED,
	    MAGIC_LEN)) == BW_OK &&
	    (r = bw_buf_put_be64(&b, o->seq)) == BW_OK &&
	    (r = bw_buf_put(&b, o->leaf, CRYPTO_HASH)) == BW_OK) {
		const struct bw_part part = PART(b.ptr, b.len);

		r = crypto_sha256(&part, 1, hash);
	}
	if (r == BW_OK) {
		memcpy(out, b.ptr, BODY_LEN);
		memcpy(out + BODY_LEN, hash, CHECK_LEN);
	}
	bw_buf_free(&b);
	return r;
}

static bw_err
open_file(const char *path, int *fd)
{
	struct stat st;

	*fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (*fd == -1)
		return errno == ENOENT ? BW_ERR_NOTFOUND : BW_ERR_IO;
	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size == OWED_LEN)
		return BW_OK;
	close(*fd);
	*fd = -1;
	return BW_ERR_FORMAT;
}

bw_err
owed_open(const char *path, int *fd)
{
	bw_err r = open_file(path, fd);

	if (r != BW_ERR_NOTFOUND && r != BW_ERR_FORMAT)
		return r;
	if (r == BW_ERR_FORMAT)
		log_error("%s is damaged and made anew: an undo that it held "
		    "is lost", path);
	if ((r = file_write(path, nothing, OWED_LEN, 0600)) == BW_OK)
		r = open_file(path, fd);
	return r;
}

bw_err
owed_read(int fd, struct owed *out)
{
	uint8_t held[OWED_LEN], again[OWED_LEN];
	struct bw_cur c = { held + MAGIC_LEN, BODY_LEN - MAGIC_LEN };
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (fd == -1 || pread(fd, held, OWED_LEN, 0) != OWED_LEN)
		return BW_ERR_IO;
	if (memcmp(held, nothing, OWED_LEN) == 0)
		return BW_ERR_NOTFOUND;
	out->stored = memcmp(held, STORED, MAGIC_LEN) == 0;
	if ((r = bw_cur_be64(&c, &out->seq)) != BW_OK ||
	    (r = bw_cur_copy(&c, out->leaf, CRYPTO_HASH)) != BW_OK ||
	    (r = encode(out, again)) != BW_OK)
		return r;
	return memcmp(held, again, OWED_LEN) == 0 ? BW_OK : BW_ERR_FORMAT;
}

bw_err
owed_write(int fd, const struct owed *o)
{
	uint8_t bytes[OWED_LEN];
	bw_err r;

	if ((r = encode(o, bytes)) != BW_OK)
		return r;
	if (fd == -1 || pwrite(fd, bytes, OWED_LEN, 0) != OWED_LEN ||
	    fdatasync(fd) != 0)
		return BW_ERR_IO;
	return BW_OK;
}
