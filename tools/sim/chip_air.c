// SPDX-License-Identifier: Apache-2.0
/* Exchanges with a selected tag: InDataExchange and InCommunicateThru. */
#include <string.h>

#include "tools/sim/chip_impl.h"

#define READ 0x30
#define WRITE 0xa2
#define COMPAT_WRITE 0xa0
#define AUTH_A 0x60
#define AUTH_B 0x61
#define AUTH_FAILED 0x14
#define ISO_DEP 0x20	/* in SAK */
#define I_BLOCK 0x02
#define ACK 0x0a
#define REPLY_MAX 262	/* bytes behind the status byte */

/* 106 kbit/s: a byte is nine bits of 128 / 13.56 MHz; the delays between the
 * frames, their starts and ends together 211 µs. With that, 56 READs take
 * 116.5 ms and four FAST_READs of 222 bytes 78.7 ms. */
int64_t
chip_air_time(size_t bytes)
{
	return (int64_t)bytes * 9 * 128 * 100 / 1356 + 211;
}

int64_t
chip_no_answer(const struct chip *c)
{
	unsigned n = c->retry_timeout;
	int64_t once = n == 0 || n > 0x10 ? 3280000 : (int64_t)100 << (n - 1);

	return once * (c->retry_com == 0xff ? 1 : c->retry_com + 1);
}

/* Send a frame with CRC_A to one tag. */
static void
tell(struct tag *t, const uint8_t *ptr, size_t len, struct tag_air *reply,
    struct chip_answer *a)
{
	struct tag_air out;

	tag_put(&out, ptr, len);
	tag_receive(t, out.data, out.bits, reply);
	a->air += chip_air_time(len + 2 + (reply->bits + 7) / 8);
}

static void
put_silence(const struct chip *c, struct chip_answer *a)
{
	chip_put_u8(a, CHIP_TIMEOUT);
	a->wait += chip_no_answer(c);
}

/* A reply as InDataExchange reports it: an ACK is plain success, a NAK a wrong
 * format; skip bytes of the data are the protocol's. */
static void
put_reply(const struct chip *c, const struct tag_air *reply, size_t skip,
    struct chip_answer *a)
{
	size_t len = reply->bits / 8;

	if (reply->bits == 0) {
		put_silence(c, a);
	} else if (reply->bits < 8) {
		chip_put_u8(a, reply->data[0] == ACK ? CHIP_OK :
		    CHIP_DATA_FORMAT);
	} else if (len < skip + 2) {
		chip_put_u8(a, CHIP_DATA_FORMAT);
	} else {
		chip_put_u8(a, CHIP_OK);
		chip_put(a, reply->data + skip, len - skip - 2);
	}
}

static void
exchange_apdu(struct chip *c, struct tag *t, const uint8_t *ptr, size_t len,
    struct chip_answer *a)
{
	uint8_t block[FRAME_DATA_MAX + 1] = { I_BLOCK };
	struct tag_air reply;

	memcpy(block + 1, ptr, len);
	tell(t, block, len + 1, &reply, a);
	put_reply(c, &reply, 1, a);
}

/* The chip knows MIFARE's commands and lets no others through. */
static void
exchange_mifare(struct chip *c, struct tag *t, const uint8_t *ptr, size_t len,
    struct chip_answer *a)
{
	struct tag_air reply = { .bits = 0 };

	if ((len == 2 && ptr[0] == READ) || (len == 6 && ptr[0] == WRITE)) {
		tell(t, ptr, len, &reply, a);
	} else if (len == 18 && ptr[0] == COMPAT_WRITE) {
		tell(t, ptr, 2, &reply, a);
		if (reply.bits == 4 && reply.data[0] == ACK)
			tell(t, ptr + 2, 16, &reply, a);
	} else if (len == 12 && (ptr[0] == AUTH_A || ptr[0] == AUTH_B)) {
		tell(t, ptr, 2, &reply, a);
		chip_put_u8(a, AUTH_FAILED);
		return;
	} else {
		chip_put_u8(a, CHIP_DATA_FORMAT);
		return;
	}
	put_reply(c, &reply, 0, a);
}

void
chip_data_exchange(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	uint8_t number = arg[0] & 0x3f, status;
	struct tag *t;

	if (number < 1 || number > CHIP_TARGETS ||
	    c->target[number - 1] == NULL) {
		chip_put_u8(a, CHIP_CONTEXT);
		return;
	}
	t = c->target[number - 1];
	if (t->state == TAG_HALT) {	/* the other one was used last */
		struct chip_answer wake = { .len = 0 };

		chip_select(c, &number, 1, &wake);
		status = wake.data[0];
		if (status != CHIP_OK) {
			put_silence(c, a);
			return;
		}
		a->air += chip_air_time(3) + chip_air_time(12);
	}
	if ((t->kind->sak & ISO_DEP) != 0)
		exchange_apdu(c, t, arg + 1, len - 1, a);
	else
		exchange_mifare(c, t, arg + 1, len - 1, a);
}

/* The frame that InCommunicateThru sends, as the registers shape it. */
static void
raw_frame(const struct chip *c, const uint8_t *arg, size_t len,
    struct tag_air *out)
{
	unsigned last = chip_reg_get(c, REG_BIT_FRAMING) & 7u;

	if (len > 0 && (chip_reg_get(c, REG_TX_MODE) & REG_CRC) != 0 &&
	    last == 0) {
		tag_put(out, arg, len);
		return;
	}
	memcpy(out->data, arg, len);
	out->bits = len * 8;
	if (last != 0 && len > 0)
		out->bits -= 8 - last;
}

/* All tags hear it; false when two different answers collide. */
static bool
broadcast(struct chip *c, const struct tag_air *out, struct tag_air *reply)
{
	struct tag_air one;
	bool clear = true;

	reply->bits = 0;
	for (size_t i = 0; i < c->tags->n; i++) {
		tag_receive(c->tags->tag[i], out->data, out->bits, &one);
		if (one.bits == 0)
			continue;
		if (reply->bits != 0 && (reply->bits != one.bits ||
		    memcmp(reply->data, one.data, (one.bits + 7) / 8) != 0))
			clear = false;
		*reply = one;
	}
	return clear;
}

static void
put_raw(struct chip *c, const struct tag_air *reply, struct chip_answer *a)
{
	size_t len = (reply->bits + 7) / 8;

	if ((chip_reg_get(c, REG_RX_MODE) & REG_CRC) != 0) {
		if (len < 3 || reply->bits % 8 != 0 ||
		    tag_crc(reply->data, len - 2) != (reply->data[len - 2] |
		    reply->data[len - 1] << 8)) {
			chip_put_u8(a, CHIP_CRC);
			return;
		}
		len -= 2;
	}
	if (len > REPLY_MAX) {
		chip_put_u8(a, CHIP_SMALL_BUFFER);
		return;
	}
	chip_put_u8(a, CHIP_OK);
	chip_put(a, reply->data, len);
	chip_reg_set(c, REG_CONTROL, (uint8_t)
	    ((chip_reg_get(c, REG_CONTROL) & ~7u) | reply->bits % 8));
}

void
chip_communicate_thru(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	struct tag_air out, reply = { .bits = 0 };
	bool clear = true;

	chip_field(c, true);
	raw_frame(c, arg, len, &out);
	if ((chip_reg_get(c, REG_MANUAL_RCV) & REG_NO_PARITY) == 0)
		clear = broadcast(c, &out, &reply);
	if (reply.bits == 0) {
		put_silence(c, a);
		return;
	}
	a->air += chip_air_time((out.bits + 7) / 8 + (reply.bits + 7) / 8);
	if (clear)
		put_raw(c, &reply, a);
	else
		chip_put_u8(a, CHIP_COLLISION);
}
