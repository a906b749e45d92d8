/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spawn.h - start a badgeward-reader: its socket as descriptor IPC_FD, standard
 * input and output nowhere, all signals as they are by default, no descriptor
 * more, in a process group of its own.
 */
#ifndef READER_SPAWN_H
#define READER_SPAWN_H

#include <sys/types.h>

#include "base/err.h"

/* The program is $BADGEWARD_READER, else badgeward-reader in the folder of
 * this program. *pid is 0 unless BW_OK; a failure is logged. */
BW_MUST_USE bw_err spawn_reader(pid_t *pid, char *connstring, int fd);

#endif
