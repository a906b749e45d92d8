// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "record/cbor.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bw_cur c = { data, len }, before = c;

	while (c.len != 0 && cbor_skip(&c, 8) == BW_OK) {
		CHECK(c.len < before.len);
		CHECK(c.ptr == before.ptr + (before.len - c.len));
		before = c;
	}
	CHECK(c.len == before.len && c.ptr == before.ptr);
	return 0;
}
