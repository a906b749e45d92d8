// SPDX-License-Identifier: Apache-2.0
#include "host/import/stage.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "host/hostfile.h"

#define STAGE_RANDOM 16

static bool
is_name(const char *s)
{
	return strlen(s) == STAGE_NAME_SIZE - 1 &&
	    strspn(s, "0123456789abcdef") == STAGE_NAME_SIZE - 1;
}

static bw_err
path_of(char out[static FILE_PATH_MAX], const char *dir, const char *name)
{
	char folder[FILE_PATH_MAX];
	bw_err r;

	if (!is_name(name))
		return BW_ERR_NOTFOUND;
	if ((r = file_path(folder, dir, "import")) != BW_OK)
		return r;
	return file_path(out, folder, name);
}

/* A clock that was set back makes no file live on. */
static bool
is_over(const struct stat *st, int64_t now)
{
	return now == STAGE_ALL || now - st->st_mtime >= STAGE_SECONDS ||
	    st->st_mtime - now > STAGE_SECONDS;
}

static void
sweep_one(const char *dir, const char *name, int64_t now, size_t *left)
{
	char path[FILE_PATH_MAX];
	struct stat st;

	if (path_of(path, dir, name) != BW_OK || lstat(path, &st) == -1)
		return;
	if (!is_over(&st, now))
		(*left)++;
	else if (unlink(path) == -1 && errno != ENOENT)
		log_error("an uploaded file cannot be removed: %s",
		    strerror(errno));
}

static size_t
sweep(const char *dir, int64_t now)
{
	struct file_list list;
	char folder[FILE_PATH_MAX];
	size_t left = 0;

	if (file_path(folder, dir, "import") != BW_OK ||
	    file_list(folder, &list) != BW_OK)
		return 0;
	for (size_t i = 0; i < list.n; i++)
		sweep_one(dir, list.name[i], now, &left);
	file_list_free(&list);
	return left;
}

void
import_stage_sweep(const char *dir, int64_t now)
{
	(void)sweep(dir, now);
}

bw_err
import_stage(const char *dir, int64_t now, char name[static STAGE_NAME_SIZE],
    int *fd)
{
	uint8_t random[STAGE_RANDOM];
	char path[FILE_PATH_MAX];
	bw_err r;

	*fd = -1;
	name[0] = 0;
	if ((r = file_path(path, dir, "import")) != BW_OK ||
	    (r = hostfile_mkdir(path, 0700)) != BW_OK)
		return r;
	if (sweep(dir, now) >= STAGE_FILES_MAX)
		return BW_ERR_FULL;
	if ((r = bw_random(random, sizeof(random))) != BW_OK)
		return r;
	text_hex(random, sizeof(random), name);
	if ((r = path_of(path, dir, name)) != BW_OK)
		return r;
	*fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (*fd != -1 && hostfile_give(*fd, path) == BW_OK)
		return BW_OK;
	r = errno == ENOSPC || errno == EDQUOT ? BW_ERR_FULL : BW_ERR_IO;
	if (*fd != -1)
		close(*fd);
	*fd = -1;
	name[0] = 0;
	return r;
}

bw_err
import_stage_open(const char *dir, const char *name, int64_t now, int *fd)
{
	char path[FILE_PATH_MAX];
	struct stat st;
	bw_err r;

	*fd = -1;
	if ((r = path_of(path, dir, name)) != BW_OK)
		return r;
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (*fd == -1)
		return errno == ENOENT || errno == ELOOP ? BW_ERR_NOTFOUND :
		    BW_ERR_IO;
	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode) && !is_over(&st, now))
		return BW_OK;
	close(*fd);
	*fd = -1;
	return BW_ERR_NOTFOUND;
}

bw_err
import_stage_drop(const char *dir, const char *name)
{
	char path[FILE_PATH_MAX];
	bw_err r = path_of(path, dir, name);

	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	return r == BW_OK ? file_remove(path) : r;
}
