// SPDX-License-Identifier: Apache-2.0
#include "host/outblock.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "host/digest.h"
#include "host/outsync.h"
#include "host/relay.h"

struct outblock {
	int fd;
	bool durable;
	struct outsync sync;
	struct digest *digest;	/* NULL: nobody asked for it */
	struct relay *relay;
};

static bw_err
pour(void *arg, const uint8_t *p, size_t len)
{
	struct outblock *b = arg;
	bw_err r = file_pour(b->fd, p, len);

	if (r == BW_OK && b->digest != NULL)
		r = digest_put(b->digest, p, len);
	return r == BW_OK && b->durable ? outsync_wrote(&b->sync, len) : r;
}

bw_err
outblock_open(struct outblock **out, int fd, bool durable)
{
	struct outblock *b = calloc(1, sizeof(*b));
	bw_err r = BW_ERR_NOMEM;

	*out = b;
	if (b != NULL) {
		b->fd = fd;
		b->durable = durable;
		b->sync.fd = fd;
		r = relay_open(&b->relay, OUTBLOCK_SIZE, pour, b);
	}
	if (r != BW_OK)
		outblock_close(out);
	return r;
}

bw_err
outblock_hash(struct outblock *b)
{
	return digest_open(&b->digest);
}

bw_err
outblock_put(struct outblock *b, const void *ptr, size_t len)
{
	const uint8_t *p = ptr;
	bw_err r;

	while (len != 0) {
		size_t n = relay_left(b->relay);
		uint8_t *room;

		if (n == 0)
			n = OUTBLOCK_SIZE;
		if (n > len)
			n = len;
		if ((r = relay_room(b->relay, n, &room)) != BW_OK)
			return r;
		memcpy(room, p, n);
		relay_filled(b->relay, n);
		p += n;
		len -= n;
	}
	return BW_OK;
}

bw_err
outblock_room(struct outblock *b, size_t n, uint8_t **room)
{
	return relay_room(b->relay, n, room);
}

void
outblock_filled(struct outblock *b, size_t n)
{
	relay_filled(b->relay, n);
}

bw_err
outblock_flush(struct outblock *b)
{
	bw_err r = relay_flush(b->relay);

	return r == BW_OK ? outsync_wait(&b->sync) : r;
}

bw_err
outblock_sha256(struct outblock *b, uint8_t out[static CRYPTO_HASH])
{
	bw_err r;

	memset(out, 0, CRYPTO_HASH);
	if (b->digest == NULL)
		return BW_ERR_ARG;
	if ((r = outblock_flush(b)) == BW_OK)
		digest_end(&b->digest, out);
	return r;
}

void
outblock_close(struct outblock **b)
{
	if (*b == NULL)
		return;
	relay_close(&(*b)->relay);
	outsync_end(&(*b)->sync);
	digest_close(&(*b)->digest);
	free(*b);
	*b = NULL;
}
