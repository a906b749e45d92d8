// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "record/seal.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(16384);
	static struct note n;

	if (note_decode(data, len, &n) != BW_OK)
		return 0;
	CHECK(note_encode(&n, &again) == BW_OK);
	CHECK_SAME(&again, data, len);
	bw_buf_free(&again);
	return 0;
}
