/* SPDX-License-Identifier: Apache-2.0 */
/*
 * confine.h - what a process that only speaks never needs, given up for good:
 * files to write, the device's keys to read, the network, core dumps,
 * new privileges.
 *
 * By the kernel's Landlock reading and running stays possible below /usr,
 * /etc, /proc, /sys and /run; of the devices there are the sound cards, shared
 * memory, and null, zero, random and urandom, but no screen and no keys. What
 * Landlock does not look at, a file that is changed without being opened, and
 * the kinds of local sockets, guard_voice refuses. Of these those of streams
 * and datagrams are left: a sound server is reached by one.
 */
#ifndef SPEECH_CONFINE_H
#define SPEECH_CONFINE_H

#include "base/err.h"

/* BW_ERR_NOTFOUND when the kernel has no Landlock, and files are not given
 * up; BW_ERR_IO. */
BW_MUST_USE bw_err confine(void);

#endif
