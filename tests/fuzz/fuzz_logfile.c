// SPDX-License-Identifier: Apache-2.0
/* What an outsider is handed to verify: nothing but the true log is right. */
#include "tests/fuzz/fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "host/logfile.h"
#include "host/tlogproof.h"

/* Of tests/vectors/vectors.json, keys/device_log. */
#define VKEY "log.summit.example/ev26/k07+5a7a78cc+AjBZMBMGByqGSM49AgEGCCqGSM" \
	"49AwEHA0IABGD+1LolWp0xyWHrdMY1bWjASbiSO2H6bOZpYi5g8p+2eQP+EAi4vJmkGu" \
	"npVii8ZPLxsgwtfp9Rd6PClNRGIpk="

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct logfile_watch watch = { 0 };
	uint8_t spki[CRYPTO_SPKI];
	char origin[ORIGIN_MAX + 1];
	struct logfile_report rep;
	struct checkpoint c;
	struct fault f = { 0 }, g = { 0 };
	struct entry e;
	bw_err r;
	int fd;

	CHECK(vkey_parse(VKEY, origin, spki) == BW_OK);
	CHECK((fd = memfd_create("log", MFD_CLOEXEC)) != -1);
	CHECK(write(fd, data, len) == (ssize_t)len && lseek(fd, 0, 0) == 0);
	r = logfile_verify(fd, origin, spki, &watch, &rep, &f);
	close(fd);
	CHECK(r == BW_OK || f.text[0] != 0);
	CHECK(r != BW_OK || rep.entries == rep.checkpoint.size);
	r = tlogproof_verify((const char *)data, len, origin, spki, &e, &c,
	    &g);
	CHECK(r == BW_OK || g.text[0] != 0);
	return 0;
}
