/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz.h - what every fuzz target includes.
 *
 * A target reads hostile bytes as one decoder does and checks what must hold
 * of whatever is taken. Under the fuzz preset libFuzzer drives it; elsewhere
 * support/replay.c runs it over the corpus, as an ordinary test.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

#define CHECK(what) do {						\
	if (!(what))							\
		abort();						\
} while (0)

/* The bytes of a buffer are exactly these. */
#define CHECK_SAME(buf, p, n)						\
	CHECK((buf)->len == (n) &&					\
	    ((n) == 0 || memcmp((buf)->ptr, (p), (n)) == 0))

#endif
