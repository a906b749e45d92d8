// SPDX-License-Identifier: Apache-2.0
/* What the host seals to a device: field keys, and the blocked list. */
#include "tests/fuzz/fuzz.h"

#include "record/seal.h"

static void
try_field_keys(const uint8_t *data, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(1024);
	struct field_keys k;

	if (field_keys_decode(data, len, &k) != BW_OK)
		return;
	CHECK(field_keys_encode(&k, &again) == BW_OK);
	CHECK_SAME(&again, data, len);
	bw_buf_free(&again);
}

static void
try_blocked(const uint8_t *data, size_t len)
{
	const uint8_t id[BADGE_ID] = { 1 };
	struct blocked b;

	if (blocked_decode(data, len, &b) != BW_OK) {
		CHECK(b.hash == NULL && b.n == 0);
		return;
	}
	CHECK(len >= 20 + 9 * b.n);
	(void)blocked_has(&b, id);
	blocked_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	try_field_keys(data, len);
	try_blocked(data, len);
	return 0;
}
