/* SPDX-License-Identifier: Apache-2.0 */
/*
 * disk.h - make the Nth write, truncation or sync fail.
 *
 * Those of SQLite, whose VFS "shim" stands between it and the disk and is the
 * default one from disk_install on, and those of a file that is written over
 * in place: the program is linked with --wrap for pwrite and fdatasync.
 */
#ifndef TESTS_DISK_H
#define TESTS_DISK_H

#include <stdbool.h>

extern struct disk_fault {
	unsigned left;		/* calls until it fails; 0: never */
	bool forever, fired;
	bool writes;		/* it was a write over the undo's file */
	int error;		/* SQLITE_FULL, SQLITE_IOERR */
} fault;

/* Once, first. */
void disk_install(void);

#endif
