// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/fuzz.h"

#include "record/badge.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const uint8_t key[CRYPTO_KEY];
	char value[FIELD_VALUE_MAX + 1];
	struct badge b;

	if (badge_decode(data, len, &b) != BW_OK) {
		CHECK(b.present == 0 && b.edition == 0);
		return 0;
	}
	CHECK(b.edition != 0);
	for (int f = 1; f <= FIELD_COUNT; f++) {
		bool there = (b.present & FIELD_BIT(f)) != 0;

		CHECK(there == (b.sealed[f].ptr != NULL));
		if (there)
			CHECK(b.sealed[f].ptr > data && b.sealed[f].ptr +
			    b.sealed[f].len < data + len);
		/* Nobody finds what opens under a key of zeros. */
		CHECK(badge_open_field(&b, (enum field)f, key, BADGE_TAG,
		    value) != BW_OK);
		CHECK(value[0] == 0);
	}
	return 0;
}
