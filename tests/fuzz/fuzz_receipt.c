// SPDX-License-Identifier: Apache-2.0
/* What people paste into the receipt page, and the promise inside. */
#include "tests/fuzz/fuzz.h"

#include "record/receipt.h"

static void
try_promise(const uint8_t *data, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(512);
	struct promise p;

	if (promise_decode(data, len, &p) != BW_OK)
		return;
	CHECK(promise_encode(&p, &again) == BW_OK);
	CHECK_SAME(&again, data, len);
	bw_buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bw_buf promise = BW_BUF_INIT(512), url = promise;
	uint8_t rc[RECEIPT_RC], back[RECEIPT_RC];

	try_promise(data, len);
	if (len != 0 && receipt_parse((const char *)data, len, rc,
	    &promise) == BW_OK) {
		if (promise.len != 0)
			try_promise(promise.ptr, promise.len);
		CHECK(receipt_url("https://h", rc, &url) == BW_OK);
		CHECK(receipt_parse((char *)url.ptr, url.len, back,
		    &promise) == BW_OK);
		CHECK(memcmp(rc, back, RECEIPT_RC) == 0);
	}
	bw_buf_free(&promise);
	bw_buf_free(&url);
	return 0;
}
