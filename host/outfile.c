// SPDX-License-Identifier: Apache-2.0
#include "host/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "host/outblock.h"

struct outfile {
	int fd;
	bool own;			/* ours to close */
	bool moves;			/* renamed at the end */
	bool nameless;			/* has no name until then */
	bool replace;			/* whatever is there */
	bool keep;			/* nothing was there: nothing may be */
	bool done;
	char path[FILE_PATH_MAX];
	char dir[FILE_PATH_MAX];
	char temp[FILE_PATH_MAX];
	struct outblock *to;		/* what is put goes through this */
};

static bw_err
io_error(void)
{
	return errno == ENOSPC || errno == EDQUOT ? BW_ERR_FULL : BW_ERR_IO;
}

/* A device or a pipe is written as it stands: it cannot be replaced. */
static bool
is_stream(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode);
}

static bw_err
stream_open(struct outfile *o, const char *path)
{
	o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	return o->fd == -1 ? io_error() : BW_OK;
}

/* Without a name where the file system can: then a process that is killed
 * leaves nothing behind. */
static bw_err
temp_make(struct outfile *o)
{
	o->fd = open(o->dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	o->nameless = o->fd != -1;
	if (!o->nameless)
		o->fd = mkostemp(o->temp, O_CLOEXEC);
	return o->fd == -1 ? io_error() : BW_OK;
}

static bw_err
temp_open(struct outfile *o, const char *path)
{
	char base[FILE_PATH_MAX], name[FILE_PATH_MAX];
	bw_err r;
	int n;

	if (strlen(path) >= sizeof(o->path))
		return BW_ERR_BOUND;
	strcpy(o->path, path);
	strcpy(base, path);
	strcpy(name, path);
	/* dirname and basename may write into what they are given. */
	snprintf(o->dir, sizeof(o->dir), "%s", dirname(name));
	n = snprintf(o->temp, sizeof(o->temp), "%s/.%.200s.XXXXXX", o->dir,
	    basename(base));
	if (n < 0 || (size_t)n >= sizeof(o->temp))
		return BW_ERR_BOUND;
	if ((r = temp_make(o)) != BW_OK)
		o->temp[0] = 0;
	return r;
}

/* An empty file, as mktemp(1) makes one, is no loss. */
static bool
holds_something(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size != 0;
}

bw_err
outfile_open(struct outfile **out, const char *path, bool replace)
{
	struct outfile *o;
	bw_err r = BW_OK;

	*out = NULL;
	if (!replace && holds_something(path))
		return BW_ERR_EXISTS;
	if ((o = calloc(1, sizeof(*o))) == NULL)
		return BW_ERR_NOMEM;
	o->fd = STDOUT_FILENO;
	/* What the caller printed comes first. */
	fflush(stdout);
	o->own = strcmp(path, "-") != 0;
	o->moves = o->own && !is_stream(path);
	o->replace = replace;
	o->keep = o->moves && !replace && access(path, F_OK) == -1;
	if (o->own)
		r = o->moves ? temp_open(o, path) : stream_open(o, path);
	if (r != BW_OK ||
	    (r = outblock_open(&o->to, o->fd, o->moves)) != BW_OK) {
		outfile_close(&o);
		return r;
	}
	*out = o;
	return BW_OK;
}

bw_err
outfile_temp(struct outfile **out, const char *dir)
{
	char path[FILE_PATH_MAX];
	struct outfile *o;
	bw_err r;

	*out = NULL;
	if ((r = file_path(path, dir, "export")) != BW_OK)
		return r;
	if ((o = calloc(1, sizeof(*o))) == NULL)
		return BW_ERR_NOMEM;
	o->own = true;
	if ((r = temp_open(o, path)) == BW_OK && !o->nameless &&
	    unlink(o->temp) == -1)
		r = BW_ERR_IO;
	if (r != BW_OK || (r = outblock_open(&o->to, o->fd, false)) != BW_OK) {
		outfile_close(&o);
		return r;
	}
	*out = o;
	return BW_OK;
}

bw_err
outfile_hash(struct outfile *o)
{
	return outblock_hash(o->to);
}

bw_err
outfile_sha256(struct outfile *o, uint8_t out[static CRYPTO_HASH])
{
	return outblock_sha256(o->to, out);
}

bw_err
outfile_take(struct outfile *o, int *fd, uint64_t *len)
{
	off_t end;
	bw_err r;

	*fd = -1;
	*len = 0;
	if ((r = outblock_flush(o->to)) != BW_OK)
		return r;
	if ((end = lseek(o->fd, 0, SEEK_CUR)) == -1 ||
	    lseek(o->fd, 0, SEEK_SET) == -1)
		return BW_ERR_IO;
	*fd = o->fd;
	*len = (uint64_t)end;
	o->fd = -1;
	return BW_OK;
}

bw_err
outfile_put(struct outfile *o, const void *ptr, size_t len)
{
	return outblock_put(o->to, ptr, len);
}

bw_err
outfile_room(struct outfile *o, size_t n, uint8_t **room)
{
	*room = NULL;
	if (n > OUTFILE_ROOM)
		return BW_ERR_BOUND;
	return outblock_room(o->to, n, room);
}

void
outfile_filled(struct outfile *o, size_t n)
{
	outblock_filled(o->to, n);
}

static bw_err
sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bw_err r = BW_OK;

	if (fd == -1)
		return BW_ERR_IO;
	/* Some file systems cannot sync a directory; that is no failure. */
	if (fsync(fd) == -1 && errno != EINVAL)
		r = io_error();
	close(fd);
	return r;
}

/* A rename replaces what is there; a link does not, so it comes before. */
static bool
give_name(struct outfile *o)
{
	char self[40];

	if (!o->nameless)
		return true;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", o->fd);
	/* The name was not made: another process may have taken it since. */
	for (int i = 0; i < 100; i++) {
		snprintf(o->temp + strlen(o->temp) - 6, 7, "%06x",
		    ((unsigned)getpid() * 100u + (unsigned)i) & 0xffffffu);
		if (linkat(AT_FDCWD, self, AT_FDCWD, o->temp,
		    AT_SYMLINK_FOLLOW) == 0) {
			o->nameless = false;
			return true;
		}
		if (errno != EEXIST)
			return false;
	}
	return false;
}

static bw_err
move(const struct outfile *o)
{
	/* It was empty before, and may have been written meanwhile. */
	if (!o->replace && holds_something(o->path))
		return BW_ERR_EXISTS;
	if (o->keep && renameat2(AT_FDCWD, o->temp, AT_FDCWD, o->path,
	    RENAME_NOREPLACE) == 0)
		return BW_OK;
	if (o->keep && errno == EEXIST)
		return BW_ERR_EXISTS;
	/* Some file systems know no such rename. */
	if (o->keep && errno != EINVAL && errno != ENOSYS)
		return io_error();
	return rename(o->temp, o->path) == 0 ? BW_OK : io_error();
}

bw_err
outfile_commit(struct outfile *o)
{
	bw_err r;

	if ((r = outblock_flush(o->to)) != BW_OK)
		return r;
	if (o->moves) {
		if (fsync(o->fd) == -1 || !give_name(o))
			return io_error();
		if ((r = move(o)) != BW_OK)
			return r;
		o->done = true;
		return sync_dir(o->dir);
	}
	o->done = true;
	return BW_OK;
}

void
outfile_close(struct outfile **o)
{
	if (*o == NULL)
		return;
	outblock_close(&(*o)->to);
	if ((*o)->own && (*o)->fd != -1)
		close((*o)->fd);
	if ((*o)->moves && !(*o)->done && !(*o)->nameless &&
	    (*o)->temp[0] != 0)
		unlink((*o)->temp);
	free(*o);
	*o = NULL;
}
