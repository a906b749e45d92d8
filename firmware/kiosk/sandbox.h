/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox.h - what the kiosk gives up at its start, for good and for the reader
 * that it starts too: new privileges, core files, and every socket but local
 * ones. Rule 3 of the design, kept by the kernel and not by good intentions.
 */
#ifndef KIOSK_SANDBOX_H
#define KIOSK_SANDBOX_H

#include "base/err.h"

/* After BW_OK, socket() fails with EAFNOSUPPORT but for AF_UNIX and
 * AF_NETLINK (libudev). BW_ERR_IO when the kernel refuses. A debugger can
 * still look at the process; a crash writes no core file. */
BW_MUST_USE bw_err sandbox_enter(void);

#endif
