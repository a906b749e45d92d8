// SPDX-License-Identifier: Apache-2.0
#include "host/hostfile.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <unistd.h>

static bw_err
look_at_dir(const char *path, struct stat *out)
{
	char copy[FILE_PATH_MAX];

	if (snprintf(copy, sizeof(copy), "%s", path) >= FILE_PATH_MAX)
		return BW_ERR_BOUND;
	return stat(dirname(copy), out) == 0 ? BW_OK : BW_ERR_IO;
}

bw_err
hostfile_give(int fd, const char *path)
{
	struct stat dir, st;
	bw_err r;

	if (geteuid() != 0)
		return BW_OK;
	if ((r = look_at_dir(path, &dir)) != BW_OK)
		return r;
	if (fstat(fd, &st) == -1)
		return BW_ERR_IO;
	if (dir.st_uid == 0 || st.st_uid != 0 ||
	    (!S_ISDIR(st.st_mode) && st.st_nlink > 1))
		return BW_OK;
	return fchown(fd, dir.st_uid, dir.st_gid) == 0 ? BW_OK : BW_ERR_IO;
}

struct pour {
	const char *path;
	struct bw_cur all;
};

static bw_err
give_and_pour(void *arg, int fd)
{
	const struct pour *p = arg;
	bw_err r = hostfile_give(fd, p->path);

	return r != BW_OK ? r : file_pour(fd, p->all.ptr, p->all.len);
}

bw_err
hostfile_write(const char *path, const void *ptr, size_t len, mode_t mode)
{
	struct pour p = { path, { ptr, len } };

	return file_write_by(path, give_and_pour, &p, mode);
}

bw_err
hostfile_mkdir(const char *path, mode_t mode)
{
	bw_err r;
	int fd;

	if (mkdir(path, mode) == -1)
		return errno == EEXIST ? BW_OK : file_mkdir(path, mode);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd == -1)
		return BW_ERR_IO;
	r = hostfile_give(fd, path);
	close(fd);
	return r;
}

bw_err
hostfile_lock(const char *path, int *fd)
{
	bw_err r = file_lock(path, fd);

	if (r == BW_OK && (r = hostfile_give(*fd, path)) != BW_OK) {
		close(*fd);
		*fd = -1;
	}
	return r;
}

static bool
may(const char *dir, const char *name, int mode)
{
	char path[FILE_PATH_MAX];

	if (file_path(path, dir, name) != BW_OK)
		return false;
	return faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0;
}

bool
hostfile_writable(const char *dir, const char *name)
{
	if (may(dir, name, F_OK))
		return may(dir, name, R_OK | W_OK);
	return errno == ENOENT && may(dir, ".", W_OK | X_OK);
}

bool
hostfile_readable(const char *dir, const char *name)
{
	return may(dir, name, R_OK) || errno == ENOENT;
}
