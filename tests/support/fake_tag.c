// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_tag.h"

#include <string.h>

void
fake_init(struct fake *f)
{
	memset(f, 0, sizeof(*f));
	f->selected = -1;
	f->fail_at = f->remove_at = f->present_at = f->swap_at = SIZE_MAX;
}

void
fake_put(struct fake *f, size_t i, const uint8_t *msg, size_t len,
    bool lock_tlv)
{
	static const uint8_t lock[] = { 0x01, 0x03, 0xa0, 0x0c, 0x34 };
	struct fake_tag *t = &f->tag[i];
	uint8_t *p = &t->page[4][0];

	memset(t, 0, sizeof(*t));
	t->present = true;
	t->target.uid_len = 7;
	memcpy(t->target.uid, "\x04\x11\x22\x33\x44\x55", 6);
	t->target.uid[6] = (uint8_t)(0x60 + i);
	memcpy(t->page[3], "\xe1\x10\x6d\x00", 4);
	if (lock_tlv) {
		memcpy(p, lock, sizeof(lock));
		p += sizeof(lock);
	}
	*p++ = 0x03;
	if (len < 255)
		*p++ = (uint8_t)len;
	else {
		*p++ = 0xff;
		*p++ = (uint8_t)(len >> 8);
		*p++ = (uint8_t)len;
	}
	memcpy(p, msg, len);
	p[len] = 0xfe;
}

/* Write the command down and let the world move; BW_OK or a fault. */
static bw_err
command(struct fake *f, char letter)
{
	size_t n = f->n++;

	f->log[n % (FAKE_LOG - 1)] = letter;
	if (n >= f->remove_at || n >= f->swap_at)
		f->tag[0].present = false;
	if (n >= f->present_at)
		f->tag[0].present = true;
	if (n >= f->swap_at)
		f->tag[1].present = true;
	if (f->selected >= 0 && !f->tag[f->selected].present)
		f->selected = -1;
	return n >= f->fail_at && n - f->fail_at <= f->fail_n ? f->fail :
	    BW_OK;
}

static bw_err
field_on(void *ctx)
{
	struct fake *f = ctx;
	bw_err r;

	f->field = true;
	if ((r = command(f, '+')) != BW_OK)
		return r;
	f->selected = -1;
	for (size_t i = 0; i < FAKE_TAGS; i++)
		f->tag[i].asleep = false;
	return BW_OK;
}

static bw_err
field_off(void *ctx)
{
	struct fake *f = ctx;
	bw_err r;

	if ((r = command(f, '-')) != BW_OK)
		return r;
	f->field = false;
	f->selected = -1;
	return BW_OK;
}

static bw_err
select_tag(void *ctx, struct tag_target *out)
{
	struct fake *f = ctx;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = command(f, 's')) != BW_OK)
		return r == BW_ERR_GONE ? BW_ERR_NOTFOUND : r;
	f->selected = -1;
	for (int i = 0; f->field && i < FAKE_TAGS && f->selected == -1; i++)
		if (f->tag[i].present && !f->tag[i].asleep)
			f->selected = i;
	if (f->selected == -1)
		return BW_ERR_NOTFOUND;
	*out = f->tag[f->selected].target;
	return BW_OK;
}

static bw_err
deselect_tag(void *ctx)
{
	struct fake *f = ctx;
	bw_err r;

	if ((r = command(f, 'd')) != BW_OK)
		return r;
	if (f->selected >= 0)
		f->tag[f->selected].asleep = true;
	f->selected = -1;
	return BW_OK;
}

static bw_err
refuse(struct fake *f)
{
	f->selected = -1;
	return BW_ERR_GONE;
}

static bw_err
transceive(void *ctx, const uint8_t *tx, size_t txlen,
    uint8_t rx[static TAG_REPLY_MAX], size_t *len)
{
	struct fake *f = ctx;
	const struct fake_tag *t;
	bw_err r;

	*len = 0;
	r = command(f, tx[0] == 0x30 ? 'r' : tx[0] == 0x3a ? 'f' : '?');
	if (r != BW_OK || f->selected == -1)
		return r != BW_OK ? r : BW_ERR_GONE;
	t = &f->tag[f->selected];
	if (t->deaf)
		return BW_ERR_GONE;
	if (txlen == 2 && tx[0] == 0x30) {
		for (size_t i = 0; i < 4; i++)
			memcpy(rx + 4 * i, t->page[(tx[1] + i) % FAKE_PAGES],
			    4);
		*len = 16;
		return BW_OK;
	}
	if (txlen != 3 || tx[0] != 0x3a || t->no_fast || tx[2] < tx[1] ||
	    tx[2] >= FAKE_PAGES || tx[2] - tx[1] >= 65)
		return refuse(f);
	*len = ((size_t)tx[2] - tx[1] + 1) * 4;
	memcpy(rx, t->page[tx[1]], *len);
	return BW_OK;
}

struct tag_transport
fake_transport(struct fake *f)
{
	return (struct tag_transport){ f, field_on, field_off, select_tag,
		deselect_tag, transceive };
}
