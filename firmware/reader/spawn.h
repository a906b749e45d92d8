/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spawn.h - where a kiosk's reader comes from.
 *
 * "unix:/path" names a socket behind which somebody else runs
 * badgeward-reader, one for each connection: systemd, as another user.
 * Anything else is libnfc's connstring, and the reader is a child. Then a
 * process of its own, the spawner, is forked off at once: it can do nothing
 * but execute badgeward-reader as a child of its own parent, so that the kiosk
 * itself may give up executing anything before it holds a secret. When the
 * kiosk ends and its reader did not do so in good order before, the spawner
 * switches the field off: it may be on, and nobody is left to start the reader
 * that would.
 */
#ifndef READER_SPAWN_H
#define READER_SPAWN_H

#include <sys/types.h>

#include <stdbool.h>

#include "base/err.h"

struct spawn;

/* Is it "unix:/path"? */
bool spawn_is_socket(const char *connstring);
/* Forks, unless the reader is behind a socket: call it without threads, and
 * before anything is in memory that no other process may have. The program is
 * $BADGEWARD_READER, else badgeward-reader in the folder of this program. */
BW_MUST_USE bw_err spawn_open(struct spawn **out, const char *connstring);
/* Start or reach a reader. On BW_OK *fd is its socket, without blocking, and
 * *pid its process, a child to be waited for, or 0 when it is nobody's child;
 * else -1 and 0, and the failure is logged. A child has its socket as
 * descriptor IPC_FD, standard input and output nowhere, all signals as they
 * are by default, no descriptor more, and a process group of its own. */
BW_MUST_USE bw_err spawn_reader(struct spawn *s, pid_t *pid, int *fd);
/* Accepts NULL, nulls. swept: the last reader has ended by itself, its field
 * off; else that is done now. */
void spawn_close(struct spawn **s, bool swept);

#endif
