/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trace.h - what happened, as JSON lines (badgeward-sim.1, TRACE).
 *
 * Each line is one write, so a reader of the file sees whole lines at once.
 */
#ifndef SIM_TRACE_H
#define SIM_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct trace {
	int fd;		/* -1: nobody wants a trace */
};

/* Begin a new file, or with path NULL write none. BW_ERR_IO with errno. */
BW_MUST_USE bw_err trace_open(struct trace *t, const char *path);
void trace_close(struct trace *t);

/* One event: {"t":<now>,<members>}. The members are JSON made by the caller
 * (names are ids, bytes are hex: nothing needs escaping). */
void trace_event(const struct trace *t, int64_t now, const char *fmt, ...)
    BW_PRINTF(3, 4);
/* {"t":<now>,"<what>":"<name>","code":"<hex>","data":"<hex>"}. */
void trace_frame(const struct trace *t, int64_t now, const char *what,
    const char *name, uint8_t code, const uint8_t *data, size_t len);

#endif
