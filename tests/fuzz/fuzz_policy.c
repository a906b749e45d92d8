// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "record/policy.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(POLICY_MAX);
	static struct policy p;
	uint8_t hash[CRYPTO_HASH];

	if (policy_decode((const char *)data, len, &p) != BW_OK) {
		CHECK(p.field_keys.ptr == NULL && p.nlangs == 0);
		return 0;
	}
	CHECK(policy_encode(&p, &again) == BW_OK);
	CHECK_SAME(&again, data, len);
	CHECK(policy_sha256(&p, hash) == BW_OK);
	CHECK(memcmp(hash, p.sha256, CRYPTO_HASH) == 0);
	CHECK(policy_notice(&p, "xx") == &p.notice[0]);
	bw_buf_free(&again);
	policy_free(&p);
	return 0;
}
