// SPDX-License-Identifier: Apache-2.0
/* A mail that says that it returns one of ours. What is found in it is no more
 * than a number and a token. */
#include "tests/fuzz/fuzz.h"

#include "host/bounce.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct bounce none;
	struct bounce b;
	static bool begun;
	bw_err r;

	if (!begun)
		bounce_begin();
	begun = true;
	r = bounce_read(data, len, &b);
	CHECK(r == BW_OK || r == BW_ERR_NOTFOUND || r == BW_ERR_BOUND);
	CHECK((r == BW_ERR_BOUND) == (len > BOUNCE_MAX));
	if (r == BW_OK)
		CHECK(b.mail != 0 && b.mail <= INT64_MAX);
	else
		CHECK(memcmp(&b, &none, sizeof(b)) == 0);
	return 0;
}
