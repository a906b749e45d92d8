// SPDX-License-Identifier: Apache-2.0
#include "tools/bench/bench_file.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "record/upload.h"

_Noreturn void
fail(bw_err r, const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, bw_strerror(r));
	exit(1);
}

struct bw_buf
read_file(const char *dir, const char *name)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	char path[FILE_PATH_MAX];

	snprintf(path, sizeof(path), "%s%s%s", dir, *dir != 0 ? "/" : "",
	    name);
	must(file_read(path, &b), path);
	return b;
}

struct crypto_key *
key_file(const char *dir, const char *name)
{
	struct bw_buf b = read_file(dir, name);
	struct crypto_key *key;

	must(b.len == CRYPTO_KEY ? BW_OK : BW_ERR_FORMAT, name);
	must(crypto_key_open(&key, b.ptr), name);
	bw_buf_free(&b);
	return key;
}
