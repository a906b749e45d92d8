// SPDX-License-Identifier: Apache-2.0
#include "reader/tag.h"

#include <string.h>

#define CMD_READ 0x30
#define CMD_FAST_READ 0x3a
#define PAGE 4
#define READ_PAGES 4		/* one READ gives four pages */
#define FAST_READ_PAGES 62	/* as many as every driver can take */
#define CC_PAGE 3		/* the capability container */
#define DATA_PAGE 4		/* the first page of user data */

static bw_err
fast_read(const struct tag_transport *t, uint8_t first, size_t n, uint8_t *out)
{
	const uint8_t cmd[] = { CMD_FAST_READ, first,
		(uint8_t)(first + n - 1) };
	uint8_t rx[TAG_REPLY_MAX];
	size_t len;
	bw_err r;

	r = t->transceive(t->ctx, cmd, sizeof(cmd), rx, &len);
	if (r == BW_OK && len != n * PAGE)
		r = BW_ERR_GONE;
	if (r == BW_OK)
		memcpy(out, rx, len);
	explicit_bzero(rx, sizeof(rx));
	return r;
}

/* One READ; the tag rolls over at its end, so it never gives less. */
static bw_err
read_four(const struct tag_transport *t, uint8_t first,
    uint8_t out[static READ_PAGES * PAGE])
{
	const uint8_t cmd[] = { CMD_READ, first };
	uint8_t rx[TAG_REPLY_MAX];
	size_t len;
	bw_err r;

	r = t->transceive(t->ctx, cmd, sizeof(cmd), rx, &len);
	if (r == BW_OK && len != READ_PAGES * PAGE)
		r = BW_ERR_GONE;
	if (r == BW_OK)
		memcpy(out, rx, len);
	explicit_bzero(rx, sizeof(rx));
	return r;
}

static bw_err
slow_read(const struct tag_transport *t, uint8_t first, size_t n, uint8_t *out)
{
	uint8_t four[READ_PAGES * PAGE];
	bw_err r = BW_OK;

	while (n > 0 && r == BW_OK) {
		size_t now = n < READ_PAGES ? n : READ_PAGES;

		if ((r = read_four(t, first, four)) == BW_OK) {
			memcpy(out, four, now * PAGE);
			out += now * PAGE;
			first = (uint8_t)(first + now);
			n -= now;
		}
	}
	explicit_bzero(four, sizeof(four));
	return r;
}

bw_err
tag_reselect(const struct tag_transport *t, const struct tag_target *tag)
{
	struct tag_target again;
	bw_err r;

	r = t->select(t->ctx, &again);
	if (r == BW_ERR_NOTFOUND)
		return BW_ERR_GONE;
	if (r != BW_OK)
		return r;
	return tag_is_same(tag, &again) ? BW_OK : BW_ERR_FORK;
}

bool
tag_is_same(const struct tag_target *a, const struct tag_target *b)
{
	return a->uid_len == b->uid_len &&
	    memcmp(a->uid, b->uid, a->uid_len) == 0;
}

bw_err
tag_read_pages(const struct tag_transport *t, const struct tag_target *tag,
    uint8_t first, size_t n, bool *fast, uint8_t *out)
{
	bw_err r = BW_OK;

	while (n > 0 && r == BW_OK && *fast) {
		size_t now = n < FAST_READ_PAGES ? n : FAST_READ_PAGES;

		r = fast_read(t, first, now, out);
		if (r == BW_OK) {
			out += now * PAGE;
			first = (uint8_t)(first + now);
			n -= now;
		} else if (r == BW_ERR_GONE) {
			*fast = false;
			r = tag_reselect(t, tag);
		}
	}
	return r == BW_OK && n > 0 ? slow_read(t, first, n, out) : r;
}

/* The user bytes that a capability container promises; 0: not a Type 2 tag
 * with NDEF of major version 1. */
static size_t
room_by_cc(const uint8_t cc[static PAGE])
{
	size_t room = (size_t)cc[2] * 8;

	if (cc[0] != 0xe1 || cc[1] >> 4 != 1)
		return 0;
	return room < NDEF_TAG_MAX ? room : NDEF_TAG_MAX;
}

/* Read on until the TLV is whole in mem, of which *have bytes are there. */
static bw_err
read_tlv(const struct tag_transport *t, const struct tag_target *tag,
    size_t room, uint8_t mem[static NDEF_TAG_MAX], size_t have,
    const uint8_t **msg, size_t *msg_len)
{
	size_t total, n;
	bool fast = true;
	bw_err r;

	while ((r = ndef_tlv_find(mem, have, msg, msg_len, &total)) ==
	    BW_ERR_GAP) {
		if (total <= have || total > room)
			return BW_ERR_FORMAT;
		n = (total - have + PAGE - 1) / PAGE;
		if (have + n * PAGE > NDEF_TAG_MAX)
			return BW_ERR_FORMAT;
		r = tag_read_pages(t, tag, (uint8_t)(DATA_PAGE + have / PAGE),
		    n, &fast, mem + have);
		if (r != BW_OK)
			return r;
		have += n * PAGE;
	}
	return r == BW_ERR_NOTFOUND || (r == BW_OK && *msg_len == 0) ?
	    BW_ERR_FORMAT : r;
}

bw_err
tag_read_ndef(const struct tag_transport *t, const struct tag_target *tag,
    uint8_t ndef[static NDEF_TAG_MAX], size_t *ndef_len)
{
	uint8_t head[READ_PAGES * PAGE], mem[NDEF_TAG_MAX];
	const uint8_t *msg;
	size_t room, msg_len;
	bw_err r;

	*ndef_len = 0;
	if (tag->uid_len != BADGE_UID || tag->sak != 0)
		return BW_ERR_FORMAT;
	if ((r = read_four(t, CC_PAGE, head)) != BW_OK)
		return r;
	r = BW_ERR_FORMAT;
	if ((room = room_by_cc(head)) < sizeof(head) - PAGE)
		goto out;
	memcpy(mem, head + PAGE, sizeof(head) - PAGE);
	r = read_tlv(t, tag, room, mem, sizeof(head) - PAGE, &msg, &msg_len);
	if (r != BW_OK)
		goto out;
	memcpy(ndef, msg, msg_len);
	*ndef_len = msg_len;
out:
	explicit_bzero(mem, sizeof(mem));
	explicit_bzero(head, sizeof(head));
	return r;
}
