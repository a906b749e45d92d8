// SPDX-License-Identifier: Apache-2.0
#include "tests/fault/disk.h"

#include "tests/support/unit.h"

#include <sqlite3.h>
#include <errno.h>
#include <unistd.h>

struct disk_fault fault;

/* The VFS between SQLite and the disk. */
struct shim {
	sqlite3_file base;
	sqlite3_file *real;	/* behind this struct */
};

static sqlite3_vfs *below;

static int
strike(int error)
{
	if (fault.fired && fault.forever)
		return error;
	if (fault.left == 0 || --fault.left > 0)
		return SQLITE_OK;
	fault.fired = true;
	return error;
}

ssize_t __real_pwrite(int fd, const void *p, size_t n, off_t at);
ssize_t __wrap_pwrite(int fd, const void *p, size_t n, off_t at);
int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);

/* Writing over what is there fails as long as it did the first time; a disk
 * that fails at syncs still takes writes into memory. */
ssize_t
__wrap_pwrite(int fd, const void *p, size_t n, off_t at)
{
	bool before = fault.fired;

	if (before && !fault.writes)
		return __real_pwrite(fd, p, n, at);
	if (strike(SQLITE_IOERR) == SQLITE_OK)
		return __real_pwrite(fd, p, n, at);
	fault.writes = true;
	errno = EIO;
	return -1;
}

int
__wrap_fdatasync(int fd)
{
	if (strike(SQLITE_IOERR) == SQLITE_OK)
		return __real_fdatasync(fd);
	errno = EIO;
	return -1;
}

static sqlite3_file *
real(sqlite3_file *f)
{
	return ((struct shim *)(void *)f)->real;
}

static int
shim_close(sqlite3_file *f)
{
	return real(f)->pMethods->xClose(real(f));
}

static int
shim_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), p, n, at);
}

static int
shim_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	int rc = strike(fault.error == SQLITE_FULL ? SQLITE_FULL :
	    SQLITE_IOERR_WRITE);

	/* A write that fails may have written half of it. */
	if (rc != SQLITE_OK && n > 1)
		real(f)->pMethods->xWrite(real(f), p, n / 2, at);
	return rc != SQLITE_OK ? rc :
	    real(f)->pMethods->xWrite(real(f), p, n, at);
}

static int
shim_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	int rc = strike(SQLITE_IOERR_TRUNCATE);

	return rc != SQLITE_OK ? rc :
	    real(f)->pMethods->xTruncate(real(f), size);
}

static int
shim_sync(sqlite3_file *f, int flags)
{
	/* What was written before stays where it is. */
	int rc = strike(SQLITE_IOERR_FSYNC);

	return rc != SQLITE_OK ? rc : real(f)->pMethods->xSync(real(f), flags);
}

static int
shim_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int
shim_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int
shim_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int
shim_reserved(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int
shim_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int
shim_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int
shim_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static const sqlite3_io_methods methods = {
	.iVersion = 1, .xClose = shim_close, .xRead = shim_read,
	.xWrite = shim_write, .xTruncate = shim_truncate, .xSync = shim_sync,
	.xFileSize = shim_size, .xLock = shim_lock, .xUnlock = shim_unlock,
	.xCheckReservedLock = shim_reserved, .xFileControl = shim_control,
	.xSectorSize = shim_sector, .xDeviceCharacteristics = shim_traits
};

static int
shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags,
    int *out)
{
	struct shim *s = (struct shim *)(void *)f;
	int rc;

	(void)vfs;
	s->real = (sqlite3_file *)(void *)(s + 1);
	rc = below->xOpen(below, name, s->real, flags, out);
	f->pMethods = rc == SQLITE_OK ? &methods : NULL;
	return rc;
}

void
disk_install(void)
{
	static sqlite3_vfs vfs;

	below = sqlite3_vfs_find(NULL);
	vfs = *below;
	vfs.zName = "shim";
	vfs.szOsFile = (int)sizeof(struct shim) + below->szOsFile;
	vfs.xOpen = shim_open;
	assert_int_equal(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
}
