// SPDX-License-Identifier: Apache-2.0
#include "host/replay.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/hostfile.h"
#include "record/crypto.h"

#define FIRST_SLOTS 1024u

/* A set of 64-bit marks, open addressing, at most half full; 0 is no mark. */
struct set {
	uint64_t *slot;
	size_t slots, n;
};

struct replay {
	pthread_mutex_t lock;
	struct set now, before;		/* this generation and the last */
	int64_t began;			/* of this generation */
	int fd;				/* its records, appended */
	char path[FILE_PATH_MAX], old[FILE_PATH_MAX];
};

/* One record of the file. */
struct record {
	uint64_t mark;
	int64_t at;
};

static bool
set_has(const struct set *s, uint64_t mark)
{
	if (s->slots == 0)
		return false;
	for (size_t i = mark & (s->slots - 1); s->slot[i] != 0;
	    i = (i + 1) & (s->slots - 1))
		if (s->slot[i] == mark)
			return true;
	return false;
}

static void
set_place(struct set *s, uint64_t mark)
{
	size_t i = mark & (s->slots - 1);

	while (s->slot[i] != 0)
		i = (i + 1) & (s->slots - 1);
	s->slot[i] = mark;
	s->n++;
}

static bw_err
set_grow(struct set *s)
{
	struct set more = { NULL, s->slots != 0 ? s->slots * 2 : FIRST_SLOTS,
		0 };

	more.slot = calloc(more.slots, sizeof(*more.slot));
	if (more.slot == NULL)
		return BW_ERR_NOMEM;
	for (size_t i = 0; i < s->slots; i++)
		if (s->slot[i] != 0)
			set_place(&more, s->slot[i]);
	free(s->slot);
	*s = more;
	return BW_OK;
}

/* Room for one more. */
static bw_err
set_room(struct set *s)
{
	if (s->n >= REPLAY_MAX)
		return BW_ERR_FULL;
	return s->n * 2 >= s->slots ? set_grow(s) : BW_OK;
}

static void
set_clear(struct set *s)
{
	free(s->slot);
	*s = (struct set){ NULL, 0, 0 };
}

/* Take in the records of a file that are not too old; a torn end is left. */
static bw_err
load(struct replay *r, const char *path, int64_t now)
{
	struct bw_buf b =
	    BW_BUF_INIT((size_t)REPLAY_MAX * sizeof(struct record));
	struct record rec;
	bw_err e;

	if ((e = file_read(path, &b)) == BW_ERR_NOTFOUND)
		e = BW_OK;
	for (size_t i = 0; e == BW_OK && i + sizeof(rec) <= b.len;
	    i += sizeof(rec)) {
		memcpy(&rec, b.ptr + i, sizeof(rec));
		if (rec.mark == 0 || rec.at < now - REPLAY_SECONDS ||
		    set_has(&r->now, rec.mark))
			continue;
		if ((e = set_room(&r->now)) == BW_OK)
			set_place(&r->now, rec.mark);
	}
	bw_buf_free(&b);
	return e;
}

/* Cut off a record that a kill or a full disk left unfinished. */
static bw_err
cut_torn(int fd)
{
	struct stat st;
	off_t torn;

	if (fstat(fd, &st) == -1)
		return BW_ERR_IO;
	torn = st.st_size % (off_t)sizeof(struct record);
	if (torn != 0 && ftruncate(fd, st.st_size - torn) == -1)
		return BW_ERR_IO;
	return BW_OK;
}

static bw_err
begin_file(struct replay *r)
{
	int fd = open(r->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC |
	    O_NOFOLLOW, 0600);

	if (fd == -1)
		return BW_ERR_IO;
	if (r->fd != -1)
		close(r->fd);
	r->fd = fd;
	return hostfile_give(fd, r->path) != BW_OK ? BW_ERR_IO : cut_torn(fd);
}

bw_err
replay_open(struct replay **out, const char *path, int64_t now)
{
	struct replay *r;
	bw_err e = BW_ERR_NOMEM;

	*out = NULL;
	if ((r = calloc(1, sizeof(*r))) == NULL)
		return e;
	pthread_mutex_init(&r->lock, NULL);
	r->fd = -1;
	r->began = now;
	e = BW_ERR_BOUND;
	if (snprintf(r->path, sizeof(r->path), "%s", path) >= FILE_PATH_MAX ||
	    snprintf(r->old, sizeof(r->old), "%s.old", path) >= FILE_PATH_MAX)
		goto out;
	if ((e = load(r, r->old, now)) != BW_OK ||
	    (e = load(r, r->path, now)) != BW_OK)
		goto out;
	if ((e = begin_file(r)) != BW_OK)
		goto out;
	*out = r;
	return BW_OK;
out:
	replay_close(&r);
	return e;
}

void
replay_close(struct replay **r)
{
	if (*r == NULL)
		return;
	if ((*r)->fd != -1)
		close((*r)->fd);
	set_clear(&(*r)->now);
	set_clear(&(*r)->before);
	pthread_mutex_destroy(&(*r)->lock);
	free(*r);
	*r = NULL;
}

/* A generation is over: keep it as the last one and begin anew. */
static bw_err
turn_over(struct replay *r, int64_t now)
{
	bool ahead = now < r->began;	/* the clock was, when it began */

	if (!ahead && now < r->began + REPLAY_SECONDS)
		return BW_OK;
	if (rename(r->path, r->old) == -1 && errno != ENOENT)
		return BW_ERR_IO;
	set_clear(&r->before);
	if (now < r->began + 2 * REPLAY_SECONDS) {
		r->before = r->now;
		r->now = (struct set){ NULL, 0, 0 };
	} else
		set_clear(&r->now);
	r->began = now;
	return begin_file(r);
}

static bw_err
take(struct replay *r, uint64_t mark, int64_t now)
{
	struct record rec = { mark, now };
	bw_err e;

	if ((e = turn_over(r, now)) != BW_OK)
		return e;
	if (set_has(&r->now, mark) || set_has(&r->before, mark))
		return BW_ERR_EXISTS;
	if ((e = set_room(&r->now)) != BW_OK)
		return e;
	errno = ENOSPC;		/* what a short write means */
	if (write(r->fd, &rec, sizeof(rec)) != (ssize_t)sizeof(rec)) {
		e = errno == ENOSPC || errno == EDQUOT ? BW_ERR_FULL :
		    BW_ERR_IO;
		return cut_torn(r->fd) == BW_OK ? e : BW_ERR_IO;
	}
	set_place(&r->now, mark);
	return BW_OK;
}

bw_err
replay_take(struct replay *r, uint64_t device, const char *jti, int64_t now)
{
	struct bw_part parts[2] = {
		PART(&device, sizeof(device)), PART(jti, strlen(jti))
	};
	uint8_t hash[CRYPTO_HASH];
	uint64_t mark;
	bw_err e;

	if ((e = crypto_sha256(parts, 2, hash)) != BW_OK)
		return e;
	memcpy(&mark, hash, sizeof(mark));
	if (mark == 0)
		mark = 1;
	pthread_mutex_lock(&r->lock);
	e = take(r, mark, now);
	pthread_mutex_unlock(&r->lock);
	return e;
}
