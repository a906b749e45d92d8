// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES_MAX 100000

static bw_err
from_errno(int e)
{
	switch (e) {
	case ENOENT:
		return BW_ERR_NOTFOUND;
	case ENOSPC:
	case EDQUOT:
		return BW_ERR_FULL;
	case ENOMEM:
		return BW_ERR_NOMEM;
	case EEXIST:
		return BW_ERR_EXISTS;
	default:
		return BW_ERR_IO;
	}
}

bw_err
file_path(char out[static FILE_PATH_MAX], const char *dir, const char *name)
{
	int n = snprintf(out, FILE_PATH_MAX, "%s/%s", dir, name);

	return n < 0 || n >= FILE_PATH_MAX ? BW_ERR_BOUND : BW_OK;
}

bw_err
file_drain(int fd, struct bw_buf *b)
{
	uint8_t chunk[4096];
	bw_err r = BW_OK;
	ssize_t n = 1;

	while (r == BW_OK && n != 0) {
		if ((n = read(fd, chunk, sizeof(chunk))) > 0)
			r = bw_buf_put(b, chunk, (size_t)n);
		else if (n < 0 && errno != EINTR)
			r = BW_ERR_IO;
	}
	explicit_bzero(chunk, sizeof(chunk));
	return r;
}

bw_err
file_read(const char *path, struct bw_buf *b)
{
	struct stat st;
	bw_err r = BW_ERR_IO;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd == -1)
		return from_errno(errno);
	if (fstat(fd, &st) == -1)
		goto out;
	r = BW_ERR_FORMAT;
	if (!S_ISREG(st.st_mode))
		goto out;
	r = file_drain(fd, b);
out:
	close(fd);
	return r;
}

bw_err
file_pour(int fd, const void *ptr, size_t len)
{
	const uint8_t *p = ptr;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n > 0) {
			p += n;
			len -= (size_t)n;
		} else if (n == -1 && errno != EINTR)
			return from_errno(errno);
	}
	return BW_OK;
}

bw_err
file_sync_dir(const char *path)
{
	char copy[FILE_PATH_MAX];
	bw_err r = BW_OK;
	int fd;

	if (snprintf(copy, sizeof(copy), "%s", path) >= FILE_PATH_MAX)
		return BW_ERR_BOUND;
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return from_errno(errno);
	if (fsync(fd) == -1)
		r = from_errno(errno);
	close(fd);
	return r;
}

/* ".name.tmp" beside path: hidden from file_list until it is renamed. */
static bw_err
temporary(char out[static FILE_PATH_MAX], const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	int n = snprintf(out, FILE_PATH_MAX, "%.*s.%s.tmp",
	    (int)(name - path), path, name);

	return n < 0 || n >= FILE_PATH_MAX ? BW_ERR_BOUND : BW_OK;
}

static bw_err
replace(const char *path, file_pour_cb pour, void *arg, mode_t mode,
    bool sync)
{
	char tmp[FILE_PATH_MAX];
	bw_err r;
	int fd;

	if ((r = temporary(tmp, path)) != BW_OK)
		return r;
	/* What another user planted there must not hold us up. */
	if (unlink(tmp) == -1 && errno != ENOENT)
		return from_errno(errno);
	fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    mode);
	if (fd == -1)
		return from_errno(errno);
	r = pour(arg, fd);
	if (r == BW_OK && sync && fsync(fd) == -1)
		r = from_errno(errno);
	if (close(fd) == -1 && r == BW_OK)
		r = from_errno(errno);
	if (r == BW_OK && rename(tmp, path) == -1)
		r = from_errno(errno);
	if (r != BW_OK) {
		unlink(tmp);
		return r;
	}
	return sync ? file_sync_dir(path) : BW_OK;
}

static bw_err
pour_bytes(void *arg, int fd)
{
	const struct bw_cur *all = arg;

	return file_pour(fd, all->ptr, all->len);
}

bw_err
file_write(const char *path, const void *ptr, size_t len, mode_t mode)
{
	struct bw_cur all = { ptr, len };

	return replace(path, pour_bytes, &all, mode, true);
}

bw_err
file_write_by(const char *path, file_pour_cb pour, void *arg, mode_t mode)
{
	return replace(path, pour, arg, mode, true);
}

bw_err
file_put(const char *path, const void *ptr, size_t len, mode_t mode)
{
	struct bw_cur all = { ptr, len };

	return replace(path, pour_bytes, &all, mode, false);
}

bw_err
file_drop(const char *path)
{
	return unlink(path) == 0 || errno == ENOENT ? BW_OK :
	    from_errno(errno);
}

bw_err
file_remove(const char *path)
{
	if (unlink(path) == -1)
		return errno == ENOENT ? BW_OK : from_errno(errno);
	return file_sync_dir(path);
}

bw_err
file_move(const char *from, const char *to)
{
	bw_err r;

	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == -1)
		return from_errno(errno);
	if ((r = file_sync_dir(to)) != BW_OK)
		return r;
	return file_sync_dir(from);
}

bw_err
file_mkdir(const char *path, mode_t mode)
{
	if (mkdir(path, mode) == -1 && errno != EEXIST)
		return from_errno(errno);
	return BW_OK;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bw_err
list_add(struct file_list *l, size_t *cap, const char *name)
{
	if (l->n == NAMES_MAX)
		return BW_ERR_BOUND;
	if (l->n == *cap) {
		size_t more = *cap != 0 ? *cap * 2 : 16;
		char **p = reallocarray(l->name, more, sizeof(*p));

		if (p == NULL)
			return BW_ERR_NOMEM;
		l->name = p;
		*cap = more;
	}
	if ((l->name[l->n] = strdup(name)) == NULL)
		return BW_ERR_NOMEM;
	l->n++;
	return BW_OK;
}

bw_err
file_list(const char *dir, struct file_list *out)
{
	struct dirent *e;
	size_t cap = 0;
	bw_err r = BW_OK;
	DIR *d;

	*out = (struct file_list){ NULL, 0 };
	if ((d = opendir(dir)) == NULL)
		return from_errno(errno);
	while (r == BW_OK && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			r = list_add(out, &cap, e->d_name);
	closedir(d);
	if (r != BW_OK)
		file_list_free(out);
	else if (out->n != 0)
		qsort(out->name, out->n, sizeof(*out->name), by_bytes);
	return r;
}

void
file_list_free(struct file_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->name[i]);
	free(l->name);
	*l = (struct file_list){ NULL, 0 };
}

bw_err
file_lock(const char *path, int *fd)
{
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd == -1)
		return from_errno(errno);
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return BW_OK;
	close(*fd);
	*fd = -1;
	return errno == EWOULDBLOCK ? BW_ERR_BUSY : BW_ERR_IO;
}

bw_err
bw_random(void *ptr, size_t len)
{
	uint8_t *p = ptr;

	while (len > 0) {
		ssize_t n = getrandom(p, len, 0);

		if (n > 0) {
			p += n;
			len -= (size_t)n;
		} else if (n == -1 && errno != EINTR)
			return BW_ERR_IO;
	}
	return BW_OK;
}
