/* SPDX-License-Identifier: Apache-2.0 */
/*
 * watch.h - notice names that appear in a folder, by inotify. A watch only
 * hastens: whoever uses one looks now and then anyway.
 */
#ifndef BW_WATCH_H
#define BW_WATCH_H

#include <stdbool.h>

#include "base/err.h"

/* A descriptor to poll, without blocking, for names that are moved into dir, as
 * file_write does. */
BW_MUST_USE bw_err watch_open(const char *dir, int *fd);
/* Throw away what the descriptor has to say; true when there was something. */
bool watch_drain(int fd);

#endif
