// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/frame.h"

#include <string.h>

const uint8_t frame_ack[FRAME_ACK_LEN] = { 0, 0, 0xff, 0, 0xff, 0 };
const uint8_t frame_error[8] = { 0, 0, 0xff, 1, 0xff, 0x7f, 0x81, 0 };

enum {
	HUNT,		/* for 00 FF */
	LENGTH,
	LENGTH_SUM,
	LONG_HIGH,
	LONG_LOW,
	LONG_SUM,
	DATA,
	DATA_SUM
};

static enum frame_event
finish(struct frame_rx *rx, enum frame_event event)
{
	rx->state = HUNT;
	rx->last = 0xff;
	return event;
}

static enum frame_event
begin_data(struct frame_rx *rx)
{
	if (rx->len == 0 || rx->len > FRAME_DATA_MAX)
		return finish(rx, FRAME_BAD);
	rx->have = 0;
	rx->sum = 0;
	rx->state = DATA;
	return FRAME_NONE;
}

static enum frame_event
length_sum(struct frame_rx *rx, uint8_t byte)
{
	if (rx->len == 0 && byte == 0xff)
		return finish(rx, FRAME_ACK);
	if (rx->len == 0xff && byte == 0)
		return finish(rx, FRAME_NACK);
	if (rx->len == 0xff && byte == 0xff) {
		rx->state = LONG_HIGH;
		return FRAME_NONE;
	}
	if (((rx->len + byte) & 0xff) != 0)
		return finish(rx, FRAME_BAD);
	return begin_data(rx);
}

static enum frame_event
take_data(struct frame_rx *rx, uint8_t byte)
{
	rx->data[rx->have++] = byte;
	rx->sum = (uint8_t)(rx->sum + byte);
	if (rx->have == rx->len)
		rx->state = DATA_SUM;
	return FRAME_NONE;
}

static enum frame_event
hunt(struct frame_rx *rx, uint8_t byte)
{
	if (rx->last == 0 && byte == 0xff)
		rx->state = LENGTH;
	rx->last = byte;
	return FRAME_NONE;
}

enum frame_event
frame_feed(struct frame_rx *rx, uint8_t byte)
{
	switch (rx->state) {
	case HUNT:
		return hunt(rx, byte);
	case LENGTH:
		rx->len = byte;
		rx->state = LENGTH_SUM;
		return FRAME_NONE;
	case LENGTH_SUM:
		return length_sum(rx, byte);
	case LONG_HIGH:
		rx->len = (size_t)byte << 8;
		rx->sum = byte;
		rx->state = LONG_LOW;
		return FRAME_NONE;
	case LONG_LOW:
		rx->len |= byte;
		rx->sum = (uint8_t)(rx->sum + byte);
		rx->state = LONG_SUM;
		return FRAME_NONE;
	case LONG_SUM:
		if ((uint8_t)(rx->sum + byte) != 0)
			return finish(rx, FRAME_BAD);
		return begin_data(rx);
	case DATA:
		return take_data(rx, byte);
	default:
		return finish(rx, (uint8_t)(rx->sum + byte) == 0 ?
		    FRAME_DATA : FRAME_BAD);
	}
}

size_t
frame_build(uint8_t out[static FRAME_WIRE_MAX], const uint8_t *data, size_t len)
{
	size_t n = 0;
	uint8_t sum = 0;

	if (len > FRAME_DATA_MAX)
		len = FRAME_DATA_MAX;
	out[n++] = 0;
	out[n++] = 0;
	out[n++] = 0xff;
	if (len > 0xff) {
		out[n++] = 0xff;
		out[n++] = 0xff;
		out[n++] = (uint8_t)(len >> 8);
		out[n++] = (uint8_t)len;
		out[n++] = (uint8_t)(0 - (len >> 8) - (len & 0xff));
	} else {
		out[n++] = (uint8_t)len;
		out[n++] = (uint8_t)(0 - len);
	}
	memcpy(out + n, data, len);
	for (size_t i = 0; i < len; i++)
		sum = (uint8_t)(sum + data[i]);
	n += len;
	out[n++] = (uint8_t)(0 - sum);
	out[n++] = 0;
	return n;
}
