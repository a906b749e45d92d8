// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "tools/sim/chip_impl.h"

#define FIRST 0x6300

void
chip_reg_reset(struct chip *c)
{
	memset(c->reg, 0, sizeof(c->reg));
	c->reg[REG_TX_MODE - FIRST] = REG_CRC;
	c->reg[REG_RX_MODE - FIRST] = REG_CRC;
	c->reg[REG_TX_CONTROL - FIRST] = 0x80;
}

/* Registers outside of the CIU, ports and memory, read as zero. */
uint8_t
chip_reg_get(const struct chip *c, uint16_t address)
{
	uint8_t v;

	if (address < FIRST || address >= FIRST + CHIP_REGS)
		return 0;
	v = c->reg[address - FIRST];
	if (address == REG_TX_CONTROL)
		v = (uint8_t)((v & ~REG_DRIVERS) |
		    (c->field ? REG_DRIVERS : 0));
	return v;
}

/* The driver bits are the field itself: whoever sets one switches it on. */
void
chip_reg_set(struct chip *c, uint16_t address, uint8_t value)
{
	if (address < FIRST || address >= FIRST + CHIP_REGS)
		return;
	c->reg[address - FIRST] = value;
	if (address == REG_TX_CONTROL)
		chip_field(c, (value & REG_DRIVERS) != 0);
}
