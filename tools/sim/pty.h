/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pty.h - the pseudo terminal that stands for the serial port, and its link.
 */
#ifndef SIM_PTY_H
#define SIM_PTY_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/file.h"

struct pty {
	int master;		/* non-blocking; -1: unplugged */
	int slave;		/* held open: programs come and go */
	char link[FILE_PATH_MAX];
	char name[64];		/* of the slave, /dev/pts/N */
};

/* No port yet. BW_ERR_BOUND when the link's path is too long, BW_ERR_ARG when
 * it holds a ":", which libnfc's connection strings cannot. */
BW_MUST_USE bw_err pty_init(struct pty *p, const char *link);
/* Plug: make a raw pseudo terminal and point the link at it. BW_ERR_EXISTS
 * when something that is no symbolic link stands there; BW_ERR_IO. */
BW_MUST_USE bw_err pty_plug(struct pty *p);
/* Unplug: remove the link if it still is ours, then hang up. */
void pty_unplug(struct pty *p);

/* Write what fits at once: as on a serial line, nobody waits for a reader. */
void pty_send(struct pty *p, const uint8_t *ptr, size_t len);

#endif
