// SPDX-License-Identifier: Apache-2.0
/* An exported audit, from whoever hands it over. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>

#include "host/auditfile.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct auditfile_want want = { 0 };
	struct auditfile_report rep;
	struct fault f = { 0 };
	FILE *in;
	bw_err r;

	if (len == 0)
		return 0;	/* fmemopen takes no empty one */
	CHECK((in = fmemopen((void *)(uintptr_t)data, len, "r")) != NULL);
	r = auditfile_verify(in, &want, &rep, &f);
	fclose(in);
	CHECK((r == BW_OK) == (f.text[0] == 0));
	CHECK(!rep.is_signed && rep.seen == 0);
	CHECK(r != BW_OK || rep.origin[0] != 0);
	return 0;
}
