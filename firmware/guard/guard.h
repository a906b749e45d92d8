/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard.h - what the processes of a device give up for good, kept by the kernel
 * and not by good intentions: rule 3 of the design, and whatever else none of
 * them needs; and what the host's programs give up of it.
 *
 * What is refused is told by errno, so that a library that only tries goes on
 * without: a socket of another family EAFNOSUPPORT; a process, a signal or an
 * ioctl that types for the operator EPERM; a file that the reader would make
 * EACCES; a call that is on no list ENOSYS, which is what a C library newer
 * than the list expects of an older kernel. What nobody here does by mistake
 * (executing, tracing, mounting, loading: `deadly` in guard_calls.c) ends the
 * process by SIGSYS. The kernel logs all of these, except for clone3 and
 * io_uring, which are tried all the time and have a way without.
 *
 * Whoever runs as the same user may neither trace the process nor look into its
 * memory; only root may.
 */
#ifndef GUARD_GUARD_H
#define GUARD_GUARD_H

#include <stdint.h>

#include "base/err.h"

enum guard_role {
	GUARD_READER,	/* the chip's port, the kiosk's socket; no new file */
	GUARD_KIOSK,	/* screen, input, files; kills only its reader */
	GUARD_UPLINK,	/* the internet, files */
	GUARD_PICTURE,	/* what is open, and a thread; no file, no socket */
	GUARD_LETTERS	/* likewise, and reads what Landlock has left */
};

/* For a program that holds the event's keys or a person's values: no core file,
 * of what it starts neither, and no look into its memory by another process of
 * the same user. To debug one, start it in the debugger or be root. BW_ERR_IO
 * when the kernel refuses, here and below. */
BW_MUST_USE bw_err guard_memory(void);

/* For a process and all that it starts: no core file, no new privileges, no
 * socket but AF_UNIX and AF_NETLINK, no io_uring, and no process by clone3,
 * which no filter can look into; and, until it executes another program, no
 * look into its memory. */
BW_MUST_USE bw_err guard_local(void);
/* Likewise, but of sockets AF_UNIX alone, and of these none of SOCK_SEQPACKET,
 * behind which the reader is; and of no file that is not open the length, mode,
 * owner, times or attributes. */
BW_MUST_USE bw_err guard_voice(void);

/* For this process and what it starts: at most so much of an RLIMIT_…, for
 * good. */
BW_MUST_USE bw_err guard_limit(int what, uint64_t most);

/* For this process: no core file, no new privileges, its role's calls and no
 * others; it executes no program and starts no process any more. Of netlink
 * the reader and the kiosk have the kernel's device events, the uplink the
 * routes. A build with a sanitizer, which needs other calls, says so and has
 * no list. Threads that there are already are under it too. */
BW_MUST_USE bw_err guard_enter(enum guard_role role);

#endif
