// SPDX-License-Identifier: Apache-2.0
/*
 * One read against a chip and tags that do whatever the input says: it ends,
 * its field is off when it says so, and what it answers can be sent.
 *
 * Every call takes a byte: 0 to 3 are a fault, the rest is done; a selection
 * then takes 9 bytes (SAK, length, UID), a reply its length and its bytes.
 */
#include "reader/session.h"
#include "tests/fuzz/fuzz.h"

static struct bw_cur input;
static bool field;
static int64_t now;

/* Zeroes when the input is at its end. */
static void
take(void *out, size_t n)
{
	memset(out, 0, n);
	if (bw_cur_copy(&input, out, n) != BW_OK)
		input.len = 0;
}

static bw_err
fault(bw_err gone)
{
	const bw_err faults[] = { gone, BW_ERR_TIMEOUT, BW_ERR_IO, gone };
	uint8_t b;

	now++;
	take(&b, 1);
	return b < 4 ? faults[b] : BW_OK;
}

static bw_err
field_on(void *ctx)
{
	(void)ctx;
	field = true;
	return fault(BW_ERR_IO);
}

static bw_err
field_off(void *ctx)
{
	bw_err r = fault(BW_ERR_IO);

	(void)ctx;
	field = r == BW_OK ? false : field;
	return r;
}

static bw_err
select_tag(void *ctx, struct tag_target *out)
{
	bw_err r = fault(BW_ERR_NOTFOUND);
	uint8_t len;

	(void)ctx;
	memset(out, 0, sizeof(*out));
	if (r != BW_OK)
		return r;
	if (!field)
		abort();
	take(&out->sak, 1);
	take(&len, 1);
	out->uid_len = len % (TAG_UID_MAX + 1);
	take(out->uid, BADGE_UID);
	return BW_OK;
}

static bw_err
deselect_tag(void *ctx)
{
	(void)ctx;
	return fault(BW_ERR_GONE);
}

static bw_err
transceive(void *ctx, const uint8_t *tx, size_t txlen,
    uint8_t rx[static TAG_REPLY_MAX], size_t *len)
{
	bw_err r = fault(BW_ERR_GONE);
	uint8_t first = 0;

	(void)ctx;
	*len = 0;
	if (r != BW_OK)
		return r;
	if (!field || txlen < 2)
		abort();
	/* Mostly as long as it should be. */
	take(&first, 1);
	*len = tx[0] == 0x30 ? 16 : ((size_t)tx[2] - tx[1] + 1) * 4;
	if (*len > TAG_REPLY_MAX)
		abort();
	if (first < 8)
		*len = first;
	take(rx, *len);
	return BW_OK;
}

static int64_t
on_now(void *ctx)
{
	(void)ctx;
	return now;
}

static bw_err
on_check(void *ctx)
{
	(void)ctx;
	return input.len % 251 == 250 ? BW_ERR_DENIED : BW_OK;
}

static void
on_rest(void *ctx)
{
	(void)ctx;
	now += 5;
}

static void
on_seen(void *ctx)
{
	(void)ctx;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct tag_transport t = { NULL, field_on, field_off,
		select_tag, deselect_tag, transceive };
	struct tag_target held = { 0 };
	const struct session s = { &t, &held, NULL, on_now, on_check, on_rest,
		on_seen };
	static const struct ipc_msg nothing;
	struct bw_buf packet = BW_BUF_INIT(IPC_MAX);
	struct ipc_msg answer;
	bw_err r;

	input = (struct bw_cur){ data, size };
	field = false;
	now = 0;
	r = session_read(&s, 300, &answer);
	if ((r == BW_OK || r == BW_ERR_DENIED) && field)
		abort();
	if (r == BW_OK && ipc_encode(&answer, &packet) != BW_OK)
		abort();
	if (r != BW_OK && memcmp(&answer, &nothing, sizeof(answer)) != 0)
		abort();
	if (r != BW_OK && r != BW_ERR_DENIED && r != BW_ERR_IO &&
	    r != BW_ERR_TIMEOUT)
		abort();
	bw_buf_free(&packet);
	return 0;
}
