// SPDX-License-Identifier: Apache-2.0
/*
 * A packet between kiosk and reader is refused, or is the one spelling of what
 * was read from it.
 */
#include "reader/ipc.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bw_buf again = BW_BUF_INIT(IPC_MAX);
	struct ipc_msg m;

	if (ipc_decode(data, size, &m) == BW_OK &&
	    (ipc_encode(&m, &again) != BW_OK || again.len != size ||
	    memcmp(again.ptr, data, size) != 0))
		abort();
	bw_buf_free(&again);
	return 0;
}
