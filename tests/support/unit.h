/* SPDX-License-Identifier: Apache-2.0 */
/* unit.h - what every unit test includes: cmocka in its prescribed order. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

#define assert_ok(call) assert_int_equal((call), BW_OK)
#define assert_err(call, err) assert_int_equal((call), (err))

/* What is gone over place by place is looked at in every one; with sanitizers,
 * which find other faults than these, in one of eight, from one on that the
 * commit chooses ($TURN). LONG=1 is every one there too. */
static inline unsigned
unit_step(void)
{
#ifdef BW_SANITIZE
	return getenv("LONG") != NULL ? 1 : 8;
#else
	return 1;
#endif
}

static inline unsigned
unit_first(void)
{
	const char *turn = getenv("TURN");

	return turn == NULL ? 0 : (unsigned)(strtoul(turn, NULL, 10) %
	    unit_step());
}

#endif
