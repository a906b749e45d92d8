/* SPDX-License-Identifier: Apache-2.0 */
/*
 * backup.h - what of the host's directory cannot be made again, in a directory
 * of its own, and back.
 *
 *	TO/config.json TO/keys/ TO/policy/ TO/host.db
 *	TO/deleted-members TO/deleted-members.pub TO/rights-done
 *	TO/mail.json TO/mail.key
 *
 * All is 0600, in directories of 0700; config.json is written last: a backup
 * that has one is whole. *why is a sentence part that says what to do (static).
 */
#ifndef HOST_BACKUP_H
#define HOST_BACKUP_H

#include <stdint.h>

#include "base/err.h"

/* Make the directory `to`, which must not be there, of the host's directory
 * `dir`, which may be in use. When it fails there is no `to`. */
BW_MUST_USE bw_err backup_make(const char *dir, const char *to,
    const char **why);

/* Put host.db of the backup `from` into the place of that of `dir`, which is
 * made unless it is there, without the sessions and the open invitations of
 * devices that it had. Of the other files those come back that are missing: an
 * older record of the deleted never takes the place of a newer one. *last is the
 * newest row of the backup's audit: what was done after it is not in the store,
 * whose next row says that `actor` put it back.
 * BW_ERR_BUSY: host, mailer or something else uses it. BW_ERR_KEY: dir has
 * other keys. BW_ERR_DENIED: it is another user's. BW_ERR_FORMAT, BW_ERR_OLD:
 * no backup that can be put back. After each of these host.db is as it was, and
 * nothing is left of the copy. */
struct backup_last {
	uint64_t id;			/* 0: there is none */
	int64_t at;
};
BW_MUST_USE bw_err backup_restore(const char *dir, const char *from,
    const char *actor, struct backup_last *last, const char **why);

/* What a restore leaves in `dir` that is killed is a whole copy of a store: it
 * goes. The caller has host.lock. BW_ERR_IO. */
BW_MUST_USE bw_err backup_left_remove(const char *dir);
/* The same, unless host.lock is another's: the host has removed it before it
 * served anybody, and a restore puts in place what it is copying. */
BW_MUST_USE bw_err backup_sweep(const char *dir);

#endif
