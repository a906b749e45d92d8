/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_file.h - what bench_log writes and bench_loop reads. Whatever fails
 * ends the program with a line that names it.
 */
#ifndef TOOLS_BENCH_FILE_H
#define TOOLS_BENCH_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include "record/crypto.h"

_Noreturn void fail(bw_err r, const char *what);
static inline void
must(bw_err r, const char *what)
{
	if (r != BW_OK)
		fail(r, what);
}

/* A file of up to UPLOAD_MAX bytes; dir may be "". */
struct bw_buf read_file(const char *dir, const char *name);
/* A private key as new_key of bench_log leaves it. */
struct crypto_key *key_file(const char *dir, const char *name);

#endif
