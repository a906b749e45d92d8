/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chip_impl.h - what the chip's files share among themselves: chip.c (line and
 * life), chip_cmd.c (housekeeping commands), chip_rf.c (targets), chip_air.c
 * (exchanges), chip_reg.c (registers).
 */
#ifndef SIM_CHIP_IMPL_H
#define SIM_CHIP_IMPL_H

#include "tools/sim/chip.h"

/* CIU registers that mean something here. */
enum {
	REG_TX_MODE = 0x6302,		/* bit 7: add CRC */
	REG_RX_MODE = 0x6303,		/* bit 7: check and cut CRC */
	REG_TX_CONTROL = 0x6304,	/* bits 0, 1: the antenna drivers */
	REG_CONTROL = 0x633c,		/* bits 0-2: bits in the last byte */
	REG_MANUAL_RCV = 0x630d,	/* bit 4: parity is the host's */
	REG_BIT_FRAMING = 0x633d	/* bits 0-2: bits of the last byte */
};
#define REG_CRC 0x80
#define REG_DRIVERS 0x03
#define REG_NO_PARITY 0x10

/* Do a command (arg: parameters behind the code) and fill the answer, or
 * leave the chip POLLING. arg is as long as the table asks at least. */
typedef void chip_run(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a);

struct chip_command {
	uint8_t code;
	const char *name;
	size_t min;		/* parameters; fewer are a syntax error */
	chip_run *run;
};
/* NULL when the PN532 has no such command. */
const struct chip_command *chip_command_find(uint8_t code);

/* Append to the answer; what does not fit is dropped. */
void chip_put(struct chip_answer *a, const void *ptr, size_t len);
void chip_put_u8(struct chip_answer *a, uint8_t v);

/* Switch the field; tags get or lose power, the trace says so. */
void chip_field(struct chip *c, bool on);
/* Tags that tore themselves away are reported. */
void chip_collect_left(struct chip *c);

uint8_t chip_reg_get(const struct chip *c, uint16_t address);
void chip_reg_set(struct chip *c, uint16_t address, uint8_t value);
void chip_reg_reset(struct chip *c);

/* POLLING begins: say when to look again or to give up. */
void chip_poll_begin(struct chip *c, int64_t now);
/* Look for tags now. True: the answer is made, with them or, when it was
 * time, without. */
bool chip_poll_step(struct chip *c, int64_t now);

/* Time in the air of an exchange of so many bytes, CRCs included, in µs. */
int64_t chip_air_time(size_t bytes);
/* How long the chip waits for a tag's answer, in µs, retries included. */
int64_t chip_no_answer(const struct chip *c);

chip_run chip_list_passive, chip_auto_poll, chip_select, chip_deselect,
    chip_release, chip_data_exchange, chip_communicate_thru, chip_no_target;

#endif
