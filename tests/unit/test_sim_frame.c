// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "tools/sim/frame.h"

/* Feed bytes; the last event that is not NONE. */
static enum frame_event
feed(struct frame_rx *rx, const uint8_t *wire, size_t len)
{
	enum frame_event last = FRAME_NONE, e;

	for (size_t i = 0; i < len; i++)
		if ((e = frame_feed(rx, wire[i])) != FRAME_NONE)
			last = e;
	return last;
}

static void
takes_the_manuals_frames(void **state)
{
	static const uint8_t version[] = {
		0x00, 0x00, 0xff, 0x02, 0xfe, 0xd4, 0x02, 0x2a, 0x00
	};
	static const uint8_t nack[] = { 0, 0, 0xff, 0xff, 0, 0 };
	struct frame_rx rx = { 0 };

	(void)state;
	assert_int_equal(feed(&rx, version, sizeof(version)), FRAME_DATA);
	assert_int_equal(rx.len, 2);
	assert_memory_equal(rx.data, "\xd4\x02", 2);
	assert_int_equal(feed(&rx, frame_ack, 6), FRAME_ACK);
	assert_int_equal(feed(&rx, nack, 6), FRAME_NACK);
	assert_int_equal(feed(&rx, version, sizeof(version)), FRAME_DATA);
}

static void
finds_a_frame_behind_preamble_and_noise(void **state)
{
	static const uint8_t wire[] = {
		0x55, 0x55, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0xff,
		0x03, 0xfd, 0xd4, 0x14, 0x01, 0x17, 0x00
	};
	struct frame_rx rx = { 0 };

	(void)state;
	/* 00 FF FF 00 looks like a start and a wrong length. */
	assert_int_equal(feed(&rx, wire, 9), FRAME_NACK);
	assert_int_equal(feed(&rx, wire + 9, sizeof(wire) - 9), FRAME_DATA);
	assert_int_equal(rx.len, 3);
}

/* What is built is taken back, at every length, extended from 256 on. */
static void
round_trip(void **state)
{
	uint8_t data[FRAME_DATA_MAX], wire[FRAME_WIRE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 31 + 7);
	for (size_t len = 1; len <= sizeof(data); len++) {
		struct frame_rx rx = { 0 };
		size_t n = frame_build(wire, data, len);

		assert_int_equal(n, len + (len > 255 ? 10 : 7));
		assert_int_equal(feed(&rx, wire, n - 2), FRAME_NONE);
		assert_int_equal(frame_feed(&rx, wire[n - 2]), FRAME_DATA);
		assert_int_equal(rx.len, len);
		assert_memory_equal(rx.data, data, len);
		assert_int_equal(frame_feed(&rx, wire[n - 1]), FRAME_NONE);
	}
	assert_int_equal(frame_build(wire, data, 255), 262);
	assert_memory_equal(wire + 3, "\xff\x01", 2);
	frame_build(wire, data, 256);
	assert_memory_equal(wire + 3, "\xff\xff\x01\x00\xff", 5);
}

/* No single flipped bit behind the start code goes unnoticed. */
static void
a_flipped_bit_is_no_data(void **state)
{
	static const uint8_t data[] = { 0xd4, 0x4a, 0x01, 0x00 };
	uint8_t wire[FRAME_WIRE_MAX];
	size_t n = frame_build(wire, data, sizeof(data));

	(void)state;
	for (size_t bit = 3 * 8; bit < (n - 1) * 8; bit++) {
		struct frame_rx rx = { 0 };

		wire[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_not_equal(feed(&rx, wire, n), FRAME_DATA);
		wire[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

static void
refuses_lengths_it_cannot_hold(void **state)
{
	static const uint8_t none[] = { 0, 0, 0xff, 0, 0 };
	static const uint8_t empty[] = {
		0, 0, 0xff, 0xff, 0xff, 0, 0, 0
	};
	static const uint8_t large[] = {
		0, 0, 0xff, 0xff, 0xff, 0x01, 0x0a, 0xf5
	};
	static const uint8_t largest[] = {
		0, 0, 0xff, 0xff, 0xff, 0x01, 0x09, 0xf6
	};
	struct frame_rx rx = { 0 };

	(void)state;
	assert_int_equal(feed(&rx, none, sizeof(none)), FRAME_BAD);
	assert_int_equal(feed(&rx, empty, sizeof(empty)), FRAME_BAD);
	assert_int_equal(feed(&rx, large, sizeof(large)), FRAME_BAD);
	assert_int_equal(feed(&rx, largest, sizeof(largest)), FRAME_NONE);
	assert_int_equal(rx.len, 265);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_manuals_frames),
		cmocka_unit_test(finds_a_frame_behind_preamble_and_noise),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(a_flipped_bit_is_no_data),
		cmocka_unit_test(refuses_lengths_it_cannot_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
