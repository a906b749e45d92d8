// SPDX-License-Identifier: Apache-2.0
/* A tag's memory: TLVs, then records. The bytes are tried as a bare message
 * too. */
#include "tests/fuzz/fuzz.h"

#include "record/ndef.h"

static void
try_message(const uint8_t *msg, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(70000);
	const uint8_t *payload, *back;
	size_t n, back_len;

	if (ndef_badge_find(msg, len, &payload, &n) != BW_OK)
		return;
	CHECK(payload >= msg && n <= len && payload + n <= msg + len);
	if (ndef_encode("x.example/b", payload, n, &again) == BW_OK) {
		CHECK(ndef_badge_find(again.ptr, again.len, &back,
		    &back_len) == BW_OK);
		CHECK(back_len == n && (n == 0 ||
		    memcmp(back, payload, n) == 0));
	}
	bw_buf_free(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const uint8_t *msg;
	size_t n, total;
	bw_err r;

	try_message(data, len);
	r = ndef_tlv_find(data, len, &msg, &n, &total);
	if (r == BW_ERR_GAP)
		CHECK(total > len && total <= NDEF_TAG_MAX);
	if (r != BW_OK) {
		CHECK(msg == NULL && n == 0);
		return 0;
	}
	CHECK(msg > data && msg + n <= data + len);
	CHECK(total == (size_t)(msg + n - data));
	try_message(msg, n);
	return 0;
}
