// SPDX-License-Identifier: Apache-2.0
/* A policy file: refused with a sentence, or whole and printable. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>

#include "host/policyfile.h"

static void
check_part(const struct policy *p)
{
	CHECK(p->required != 0 && (p->required & p->optional) == 0);
	CHECK(((p->required | p->optional) & ~FIELD_ALL) == 0);
	CHECK(p->nlangs >= 1 && p->valid_from < p->valid_until);
	CHECK(p->retain_days >= 1 && p->retain_days <= POLICYFILE_DAYS);
	for (size_t i = 0; i < p->nlangs; i++) {
		CHECK(strstr(p->notice[i].title, p->sponsor.name) != NULL);
		CHECK(p->notice[i].silence[0] != 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct fault_list f = { 0 };
	struct policyfile *p;
	FILE *out;
	bw_err r;

	r = policyfile_read(&p, (const char *)data, len, NULL,
	    &f);
	CHECK((r == BW_OK) == (p != NULL));
	CHECK(r == BW_OK || f.n != 0);
	if (r != BW_OK)
		return 0;
	CHECK(p->n >= 1 && p->n <= POLICYFILE_SPONSORS);
	for (size_t i = 0; i < p->n; i++)
		check_part(p->part[i]);
	if ((out = fopen("/dev/null", "w")) != NULL) {
		policyfile_print(p, out);
		fclose(out);
	}
	policyfile_free(&p);
	return 0;
}
