/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log.h - what a process says to its operator, on standard error.
 *
 * One line a call, "<level>program: text" with journald's level prefix when
 * the output is the journal, "program: text" else. Never pass a badge id, a
 * registration value, a token, a code or a key.
 */
#ifndef BW_LOG_H
#define BW_LOG_H

#include "base/err.h"

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARN = 4,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7
};

/* The program's name (static storage) and the least important level shown. */
void log_open(const char *program, enum log_level most);
void log_error(const char *fmt, ...) BW_PRINTF(1, 2);
void log_warn(const char *fmt, ...) BW_PRINTF(1, 2);
void log_info(const char *fmt, ...) BW_PRINTF(1, 2);
void log_debug(const char *fmt, ...) BW_PRINTF(1, 2);

#endif
