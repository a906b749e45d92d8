/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fail.h - make the Nth allocation fail (SQLite's way of testing).
 *
 * The program is linked with --wrap for malloc, calloc and realloc, and
 * jansson is told to use them; mbedtls cannot be told. FAIL_EACH runs a step
 * with N = 0, 1, 2 … until none fires, once with only that one failing and
 * once with all from it on, and demands an error from every run in which one
 * fired, and success from the last.
 */
#ifndef TESTS_FAIL_H
#define TESTS_FAIL_H

#include <stdbool.h>

#include "base/err.h"

/* Route jansson here; call once, first. */
void fail_setup(void);
/* Let the nth allocation from now fail; with `all` every later one too. */
void fail_arm(unsigned nth, bool all);
/* End of it; true when an allocation was refused. */
bool fail_disarm(void);

/* step(ctx) fails when an allocation does and only then; it frees what it made
 * in either case (ASan sees to that). Returns how many allocations the step makes. */
unsigned fail_each(bw_err (*step)(void *ctx), void *ctx);

#endif
