/* SPDX-License-Identifier: Apache-2.0 */
/*
 * confine.h - what a process that only draws never needs, given up for good:
 * files but fonts and catalogues, sockets to anywhere, other programs, and
 * more than its share of time and memory.
 */
#ifndef PREVIEW_CONFINE_H
#define PREVIEW_CONFINE_H

#include "base/err.h"

/* On a kernel without Landlock it still reads what its user may, and writes
 * nothing. BW_ERR_IO when the kernel refuses. */
BW_MUST_USE bw_err preview_confine(void);

#endif
