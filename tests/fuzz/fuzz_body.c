// SPDX-License-Identifier: Apache-2.0
/* The first byte is the kind, the rest a body of it. */
#include "tests/fuzz/fuzz.h"

#include "record/body.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(BODY_MAX);
	struct body b;

	if (len == 0 || body_decode((enum entry_kind)data[0], data + 1,
	    len - 1, &b) != BW_OK)
		return 0;
	CHECK(body_encode(&b, &again) == BW_OK);
	CHECK_SAME(&again, data + 1, len - 1);
	bw_buf_free(&again);
	return 0;
}
