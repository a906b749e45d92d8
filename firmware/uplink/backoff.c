// SPDX-License-Identifier: Apache-2.0
#include "uplink/backoff.h"

int64_t
backoff_fail(struct backoff *b, uint32_t random, unsigned retry_after)
{
	int64_t most = BACKOFF_FIRST_MS, asked = (int64_t)retry_after * 1000;
	int64_t wait;

	for (unsigned i = 0; i < b->failures && most < BACKOFF_MOST_MS; i++)
		most *= 2;
	if (most > BACKOFF_MOST_MS)
		most = BACKOFF_MOST_MS;
	if (b->failures < UINT32_MAX)
		b->failures++;
	wait = most / 2 + (most / 2) * (int64_t)random / UINT32_MAX;
	if (asked > BACKOFF_ASKED_MOST_MS)
		asked = BACKOFF_ASKED_MOST_MS;
	return wait > asked ? wait : asked;
}

void
backoff_ok(struct backoff *b)
{
	b->failures = 0;
}
