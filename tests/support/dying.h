/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dying.h - a process that is killed in front of the Nth change that it makes to
 * files: a write, a cut, a new name, a removal, a sync; its own and SQLite's.
 *
 * What stood in memory is gone and what was written stays, as with kill -9: with
 * N = 1, 2, 3 … until the process ends by itself, every moment is tried that can
 * make a difference.
 */
#ifndef TESTS_DYING_H
#define TESTS_DYING_H

#include <stdbool.h>

/* Run fn(arg) in a process of its own, killed in front of change `nth`; false:
 * it came to its end before, and must have gone well (true). */
bool dying_at(unsigned nth, bool (*fn)(void *arg), void *arg);

#endif
