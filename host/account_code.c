// SPDX-License-Identifier: Apache-2.0
#include "host/account_code.h"

#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

#define CODE_BYTES 32	/* the most that is asked for */

bw_err
code_hash(const char *kind, const char *word, uint8_t out[static CRYPTO_HASH])
{
	const struct bw_part parts[] = {
		{ kind, strlen(kind) + 1 }, { word, strlen(word) }
	};

	return crypto_sha256(parts, 2, out);
}

static bw_err
make(size_t n, char *out, size_t size,
    bw_err (*encode)(struct bw_buf *, const void *, size_t))
{
	struct bw_buf b = BW_BUF_INIT(size - 1);
	uint8_t raw[CODE_BYTES];
	bw_err r = BW_ERR_ARG;

	memset(out, 0, size);
	if (n <= sizeof(raw) && (r = bw_random(raw, n)) == BW_OK &&
	    (r = encode(&b, raw, n)) == BW_OK)
		memcpy(out, b.ptr, b.len);
	explicit_bzero(raw, sizeof(raw));
	bw_buf_free(&b);
	return r;
}

bw_err
code_make32(size_t n, char *out, size_t size)
{
	bw_err r = make(n, out, size, text_b32);

	for (char *p = out; *p != 0; p++)
		*p = (char)tolower((unsigned char)*p);
	return r;
}

bw_err
code_make64(size_t n, char *out, size_t size)
{
	return make(n, out, size, text_b64url);
}
