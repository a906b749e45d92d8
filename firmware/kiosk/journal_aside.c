// SPDX-License-Identifier: Apache-2.0
#include "kiosk/journal_aside.h"

#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FOLDERS_MAX 1000

/* The journal first: without it nobody goes on with what else is there. */
static const char *const parts[] = { "", "-wal", "-shm", "-undo" };
#define NPARTS (sizeof(parts) / sizeof(parts[0]))

static bw_err
part_path(char out[static FILE_PATH_MAX], const char *dir, const char *path,
    const char *part)
{
	const char *slash = strrchr(path, '/');
	int n = dir == NULL ? snprintf(out, FILE_PATH_MAX, "%s%s", path, part) :
	    snprintf(out, FILE_PATH_MAX, "%s/%s%s", dir,
	    slash != NULL ? slash + 1 : path, part);

	return n < 0 || n >= FILE_PATH_MAX ? BW_ERR_BOUND : BW_OK;
}

/* *n parts are there, and *free when dir has none of these. */
static bw_err
look(const char *path, const char *dir, size_t *n, bool *free)
{
	char from[FILE_PATH_MAX], to[FILE_PATH_MAX];
	bw_err r;

	*n = 0;
	*free = true;
	for (size_t i = 0; i < NPARTS; i++) {
		if ((r = part_path(from, NULL, path, parts[i])) != BW_OK ||
		    (r = part_path(to, dir, path, parts[i])) != BW_OK)
			return r;
		if (access(from, F_OK) != 0)
			continue;
		++*n;
		*free = *free && access(to, F_OK) != 0;
	}
	return BW_OK;
}

/* The first folder that takes all that is there. */
static bw_err
find_folder(const char *path, char where[static FILE_PATH_MAX])
{
	char copy[FILE_PATH_MAX], name[32];
	const char *dir;
	bool free = false;
	size_t n;
	bw_err r;

	if (snprintf(copy, sizeof(copy), "%s", path) >= FILE_PATH_MAX)
		return BW_ERR_BOUND;
	dir = dirname(copy);
	for (int i = 1; i <= FOLDERS_MAX && !free; i++) {
		snprintf(name, sizeof(name), "aside-%d", i);
		if ((r = file_path(where, dir, name)) != BW_OK ||
		    (r = look(path, where, &n, &free)) != BW_OK)
			return r;
		if (n == 0)
			return BW_ERR_NOTFOUND;
	}
	return free ? file_mkdir(where, 0700) : BW_ERR_FULL;
}

bw_err
journal_set_aside(const char *path, char where[static FILE_PATH_MAX])
{
	char from[FILE_PATH_MAX], to[FILE_PATH_MAX];
	bw_err r = find_folder(path, where);

	for (size_t i = 0; r == BW_OK && i < NPARTS; i++) {
		if ((r = part_path(from, NULL, path, parts[i])) == BW_OK &&
		    (r = part_path(to, where, path, parts[i])) == BW_OK &&
		    (r = file_move(from, to)) == BW_ERR_NOTFOUND)
			r = BW_OK;
	}
	if (r != BW_OK)
		where[0] = '\0';
	return r;
}
