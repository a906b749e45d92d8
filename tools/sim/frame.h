/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame.h - the PN532's frames on its serial line (UM0701-02, 6.2.1).
 *
 *   normal    00 00 FF LEN LCS           data… DCS 00      LEN + LCS = 0
 *   extended  00 00 FF FF FF LH LL LCS   data… DCS 00      LH + LL + LCS = 0
 *   ACK       00 00 FF 00 FF 00          NACK 00 00 FF FF 00 00
 *   error     00 00 FF 01 FF 7F 81 00
 *
 * data is TFI (D4 from the host, D5 from the chip), code and parameters; the
 * sum of data and DCS is 0. Whatever stands before 00 FF is preamble.
 */
#ifndef SIM_FRAME_H
#define SIM_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define FRAME_DATA_MAX 265	/* bytes of data in an extended frame */
#define FRAME_WIRE_MAX (FRAME_DATA_MAX + 10)
#define FRAME_ACK_LEN 6
#define FRAME_TO_CHIP 0xd4
#define FRAME_TO_HOST 0xd5

extern const uint8_t frame_ack[FRAME_ACK_LEN];
extern const uint8_t frame_error[8];

enum frame_event {
	FRAME_NONE,	/* more bytes are needed */
	FRAME_DATA,	/* data and len hold a whole frame's data */
	FRAME_ACK,	/* the host aborts the command under way */
	FRAME_NACK,	/* the host wants the last answer again */
	FRAME_BAD	/* wrong length or checksum; dropped */
};

/* A receiver; {0} waits for a frame. Data stays until the next feed. */
struct frame_rx {
	int state;		/* frame.c's business */
	uint8_t last, sum;
	size_t len, have;
	uint8_t data[FRAME_DATA_MAX];
};

/* Take one byte of the wire. */
enum frame_event frame_feed(struct frame_rx *rx, uint8_t byte);

/* Frame 1 to FRAME_DATA_MAX bytes of data (more are cut off); returns how many
 * bytes of out are used. */
size_t frame_build(uint8_t out[static FRAME_WIRE_MAX], const uint8_t *data,
    size_t len);

#endif
