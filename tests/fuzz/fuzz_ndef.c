// SPDX-License-Identifier: Apache-2.0
/* A tag's memory: TLVs, then records, a badge or an address. The bytes are
 * tried as a bare message too. */
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

/* Whatever address was found, it is found again in a message made of it; a
 * zero would end it there. */
static void
try_uri(const uint8_t *msg, size_t len)
{
	struct bw_buf uri = BW_BUF_INIT(300), back = BW_BUF_INIT(300);
	struct bw_buf again = BW_BUF_INIT(400);
	const char *s;

	if (ndef_uri_find(msg, len, &uri) == BW_OK &&
	    bw_buf_cstr(&uri, &s) == BW_OK) {
		CHECK(ndef_uri_encode(s, &again) == BW_OK);
		if (s[0] != 0 && ndef_uri_find(again.ptr, again.len,
		    &back) == BW_OK)
			CHECK(back.len == uri.len &&
			    memcmp(back.ptr, uri.ptr, uri.len) == 0);
	}
	bw_buf_free(&again);
	bw_buf_free(&back);
	bw_buf_free(&uri);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const uint8_t *msg;
	size_t n, total;
	bw_err r;

	try_message(data, len);
	try_uri(data, len);
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
	try_uri(msg, n);
	return 0;
}
