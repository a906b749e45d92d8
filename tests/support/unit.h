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

#endif
