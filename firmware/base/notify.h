/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notify.h - what a process says to its service manager: that it is ready, how
 * it stands, that it is alive. The protocol of sd_notify(3), which is a line
 * in a datagram; without a service manager every function does nothing.
 *
 * notify_alive() is for the loop that does the work, once it has come round,
 * and for nothing else: no thread, timer or signal calls it.
 */
#ifndef BW_NOTIFY_H
#define BW_NOTIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Take over NOTIFY_SOCKET and WATCHDOG_USEC from the environment, so that no
 * program that is started has them. Once, at the start, without threads. */
void notify_open(void);
/* READY=1, the first time only. */
void notify_ready(void);
/* STATUS=, a line for `systemctl status`, when it is another one. Nothing
 * personal, nothing that tells when somebody stood at the booth. */
void notify_status(const char *fmt, ...) BW_PRINTF(1, 2);
/* WATCHDOG=1, as often as it is needed. */
void notify_alive(void);
/* The loop must come round so many ms from now at the latest; -1: whenever. */
int notify_due_ms(void);

#endif
