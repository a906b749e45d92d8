// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "record/entry.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	uint8_t again[ENTRY_MAX];
	struct entry e;
	size_t n;

	if (entry_decode(data, len, &e) != BW_OK)
		return 0;
	CHECK(entry_encode(&e, again, &n) == BW_OK);
	CHECK(n == len && memcmp(again, data, n) == 0);
	return 0;
}
