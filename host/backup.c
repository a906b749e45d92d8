// SPDX-License-Identifier: Apache-2.0
#include "host/backup.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/audit.h"
#include "host/hostclock.h"
#include "host/hostdir.h"
#include "host/store.h"
#include "host/store_copy.h"
#include "host/store_restored.h"

#define KEY_MAX 65536u
#define PIECE 65536u		/* of a file that is copied */

/* Behind host.db: who is in the copy and erased by then is in the record. */
static const char *const files[] = { "deleted-members", "deleted-members.pub",
	"rights-done", "mail.json", "mail.key" };
#define NFILES (sizeof(files) / sizeof(files[0]))
static const char *const folders[] = { "keys", "policy" };
#define NFOLDERS (sizeof(folders) / sizeof(folders[0]))

static bw_err
pour(void *arg, int to)
{
	const int *from = arg;
	uint8_t buf[PIECE];
	ssize_t n = 1;
	bw_err r = BW_OK;

	while (r == BW_OK && n != 0) {
		if ((n = read(*from, buf, sizeof(buf))) > 0)
			r = file_pour(to, buf, (size_t)n);
		else if (n == -1 && errno != EINTR)
			r = BW_ERR_IO;
	}
	explicit_bzero(buf, sizeof(buf));
	return r;
}

static bw_err
open_part(const char *path, int *fd)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (*fd == -1)
		return errno == ENOENT ? BW_ERR_NOTFOUND : BW_ERR_IO;
	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
		return BW_OK;
	close(*fd);
	return BW_ERR_FORMAT;
}

/* A file from one directory into another, if it is here and not there. */
static bw_err
part(const char *from, const char *to, const char *name)
{
	char in[FILE_PATH_MAX], out[FILE_PATH_MAX];
	struct stat st;
	bw_err r;
	int fd;

	if ((r = file_path(in, from, name)) != BW_OK ||
	    (r = file_path(out, to, name)) != BW_OK || lstat(out, &st) == 0)
		return r;
	if ((r = open_part(in, &fd)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	r = file_write_by(out, pour, &fd, 0600);
	close(fd);
	return r;
}

static bw_err
folder(const char *from, const char *to, const char *name)
{
	char in[FILE_PATH_MAX], out[FILE_PATH_MAX];
	struct file_list l = { 0 };
	bw_err r;

	if ((r = file_path(in, from, name)) != BW_OK ||
	    (r = file_path(out, to, name)) != BW_OK ||
	    (r = file_list(in, &l)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	r = file_mkdir(out, 0700);
	for (size_t i = 0; i < l.n && r == BW_OK; i++)
		r = part(in, out, l.name[i]);
	file_list_free(&l);
	return r;
}

static bw_err
parts(const char *from, const char *to, const char **why)
{
	bw_err r = BW_OK;

	*why = "its files cannot be copied: is the disk full?";
	for (size_t i = 0; i < NFOLDERS && r == BW_OK; i++)
		r = folder(from, to, folders[i]);
	for (size_t i = 0; i < NFILES && r == BW_OK; i++)
		r = part(from, to, files[i]);
	if (r == BW_ERR_FORMAT)
		*why = "one of its files is no regular file: it is not copied";
	return r;
}

/* Only what a backup has. */
static void
wipe(const char *dir, const char *name)
{
	char path[FILE_PATH_MAX], one[FILE_PATH_MAX];
	struct file_list l = { 0 };

	if (file_path(path, dir, name) != BW_OK ||
	    file_list(path, &l) != BW_OK)
		return;
	for (size_t i = 0; i < l.n; i++)
		if (file_path(one, path, l.name[i]) == BW_OK)
			(void)!unlink(one);
	file_list_free(&l);
	(void)!rmdir(path);
}

static void
unmake(const char *to)
{
	for (size_t i = 0; i < NFOLDERS; i++)
		wipe(to, folders[i]);
	wipe(to, ".");
	(void)!rmdir(to);
}

/* SQLite would wait for whoever writes to a FIFO. */
static bool
is_other_than_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static bw_err
copy_store(const char *from, const char *to, const char *name,
    const char **why)
{
	char in[FILE_PATH_MAX], out[FILE_PATH_MAX];
	bw_err r;

	*why = "its path is too long";
	if ((r = file_path(in, from, "host.db")) != BW_OK ||
	    (r = file_path(out, to, name)) != BW_OK)
		return r;
	*why = "host.db is no regular file: it is not copied";
	if (is_other_than_file(in))
		return BW_ERR_FORMAT;
	r = store_copy(in, out);
	*why = r == BW_ERR_FORMAT ? "host.db is damaged: it is not copied" :
	    store_open_why(r);
	return r;
}

bw_err
backup_make(const char *dir, const char *to, const char **why)
{
	bw_err r = BW_ERR_EXISTS;

	*why = "it is there already, or cannot be made: give a new name";
	if (mkdir(to, 0700) == -1)
		return r;
	if ((r = copy_store(dir, to, "host.db", why)) == BW_OK &&
	    (r = parts(dir, to, why)) == BW_OK)
		r = part(dir, to, "config.json");
	if (r != BW_OK)
		unmake(to);
	return r;
}

static bw_err
same_key(const char *dir, const char *from, const char *name)
{
	struct bw_buf a = BW_BUF_INIT(KEY_MAX), b = BW_BUF_INIT(KEY_MAX);
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, from, name)) == BW_OK &&
	    (r = file_read(path, &a)) == BW_OK &&
	    (r = file_path(path, dir, name)) == BW_OK)
		r = file_read(path, &b);
	if (r == BW_OK && (a.len != b.len || memcmp(a.ptr, b.ptr, a.len) != 0))
		r = BW_ERR_KEY;
	bw_buf_free(&a);
	bw_buf_free(&b);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* Of this event, and whole. */
static bw_err
is_backup(const char *dir, const char *from, const char **why)
{
	struct hostdir *h = NULL;
	bw_err r = hostdir_open_keyless(&h, from, why);

	hostdir_close(&h);
	if (r != BW_OK) {
		*why = "the backup has no config.json that can be read: "
		    "it is none, or not whole";
		return r;
	}
	*why = "it has other keys than the backup: it is another event's, or "
	    "was made anew; restore into a directory that is not there yet";
	if ((r = same_key(dir, from, "keys/host.key")) != BW_OK ||
	    (r = same_key(dir, from, "keys/registrar.key")) != BW_OK)
		return r;
	return same_key(dir, from, "keys/event_master.key");
}

static bw_err
is_ours(const char *dir, const char **why)
{
	struct stat st;
	bw_err r;

	*why = "it cannot be made";
	if ((r = file_mkdir(dir, 0700)) != BW_OK)
		return r;
	*why = "it is another user's: do this as its owner, for instance with "
	    "`sudo -u badgeward-host`";
	return stat(dir, &st) == 0 && st.st_uid == geteuid() ? BW_OK :
	    BW_ERR_DENIED;
}

struct locks {
	int host, mailer;
};

static bw_err
lock_one(const char *dir, const char *name, int *fd)
{
	char path[FILE_PATH_MAX];
	bw_err r = file_path(path, dir, name);

	return r == BW_OK ? file_lock(path, fd) : r;
}

static void
unlock(struct locks *l)
{
	if (l->host != -1)
		close(l->host);
	if (l->mailer != -1)
		close(l->mailer);
}

/* Nobody uses it, and none of those that run for long begins to. */
static bw_err
alone(const char *dir, struct locks *l, const char **why)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	*why = "badgeward-host runs on it: stop it first (systemctl stop "
	    "badgeward-host)";
	if ((r = lock_one(dir, "host.lock", &l->host)) != BW_OK)
		return r;
	*why = "badgeward-mailer runs on it: stop it first (systemctl stop "
	    "badgeward-mailer)";
	if ((r = lock_one(dir, "mailer.lock", &l->mailer)) != BW_OK)
		return r;
	*why = "another program has host.db open: end it first, for instance "
	    "a badgeward command or sqlite3";
	if ((r = file_path(path, dir, "host.db")) != BW_OK)
		return r;
	return store_unused(path);
}

static bw_err
on_last(void *arg, const struct audit_row *row)
{
	*(struct backup_last *)arg = (struct backup_last){ row->id, row->at };
	return BW_OK;
}

/* What the copy does not know was given out or used since. That it was put back
 * is told with that: what comes next over it may fail. */
static bw_err
begin_anew(const char *path, const char *dir, const char *actor,
    struct backup_last *last, const char **why)
{
	struct store *s = NULL;
	int64_t now;
	bw_err r;

	if ((r = store_open(&s, path)) == BW_OK &&
	    (r = audit_each(s, 0, 1, NULL, on_last, last)) == BW_OK &&
	    (r = hostclock_now(s, &now)) == BW_OK &&
	    (r = store_begin(s)) == BW_OK &&
	    (r = db_restored(s, dir, now)) == BW_OK &&
	    (r = audit_add(s, now, actor, DID_RESTORE, "host.db",
	    "")) == BW_OK)
		r = store_commit(s);
	store_close(&s);
	*why = store_open_why(r);
	return r;
}

#define COPY "host.db.restored"
static const char *const left[] = { COPY, COPY "-journal", COPY "-wal",
	COPY "-shm" };
#define NLEFT (sizeof(left) / sizeof(left[0]))

bw_err
backup_left_remove(const char *dir)
{
	char path[FILE_PATH_MAX];
	bw_err all = BW_OK, r;

	for (size_t i = 0; i < NLEFT; i++)
		if ((r = file_path(path, dir, left[i])) != BW_OK ||
		    (r = file_remove(path)) != BW_OK)
			all = r;
	return all;
}

static bool
is_left(const char *dir)
{
	char path[FILE_PATH_MAX];
	struct stat st;

	for (size_t i = 0; i < NLEFT; i++)
		if (file_path(path, dir, left[i]) == BW_OK &&
		    lstat(path, &st) == 0)
			return true;
	return false;
}

bw_err
backup_sweep(const char *dir)
{
	int fd;
	bw_err r;

	if (!is_left(dir))
		return BW_OK;
	if ((r = lock_one(dir, "host.lock", &fd)) != BW_OK)
		return r == BW_ERR_BUSY ? BW_OK : r;
	r = backup_left_remove(dir);
	close(fd);
	return r;
}

/* Nothing is taken away before what comes is there and was found sound. */
static bw_err
put_back(const char *dir, const char *from, const char *actor,
    struct backup_last *last, const char **why)
{
	char at[FILE_PATH_MAX], beside[FILE_PATH_MAX];
	bw_err r;

	*why = "its path is too long";
	if ((r = file_path(at, dir, "host.db")) != BW_OK ||
	    (r = file_path(beside, dir, COPY)) != BW_OK ||
	    (r = backup_left_remove(dir)) != BW_OK ||
	    (r = copy_store(from, dir, COPY, why)) != BW_OK ||
	    (r = begin_anew(beside, dir, actor, last, why)) != BW_OK ||
	    (r = parts(from, dir, why)) != BW_OK)
		return r;
	*why = "host.db cannot be replaced";
	if ((r = store_replace(beside, at)) != BW_OK)
		return r;
	*why = "config.json cannot be copied";
	return part(from, dir, "config.json");
}

bw_err
backup_restore(const char *dir, const char *from, const char *actor,
    struct backup_last *last, const char **why)
{
	struct locks l = { -1, -1 };
	bw_err r;

	*last = (struct backup_last){ 0 };
	if ((r = is_backup(dir, from, why)) == BW_OK &&
	    (r = is_ours(dir, why)) == BW_OK &&
	    (r = alone(dir, &l, why)) == BW_OK &&
	    (r = put_back(dir, from, actor, last, why)) != BW_OK)
		(void)!backup_left_remove(dir);
	unlock(&l);
	if (r == BW_OK)
		*why = NULL;
	return r;
}
