// SPDX-License-Identifier: Apache-2.0
/* The chip's table of commands, and those that touch no tag. */
#include <string.h>

#include "tools/sim/chip_impl.h"

static void
diagnose(struct chip *c, const uint8_t *arg, size_t len, struct chip_answer *a)
{
	switch (arg[0]) {
	case 0x00:		/* the line: say it again */
		chip_put(a, arg, len);
		break;
	case 0x06:		/* is the ISO/IEC 14443-4 card there? */
		chip_put_u8(a, c->target[0] != NULL &&
		    c->target[0]->state == TAG_ACTIVE ? CHIP_OK :
		    CHIP_TIMEOUT);
		break;
	default:		/* ROM, RAM, antenna: all well */
		chip_put_u8(a, 0);
		break;
	}
}

static void
firmware_version(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	static const uint8_t version[] = { 0x32, 0x01, 0x06, 0x07 };

	(void)c;
	(void)arg;
	(void)len;
	chip_put(a, version, sizeof(version));
}

static void
general_status(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	static const uint8_t type_a[] = { 0, 0, 0x10 };
	size_t n = 0;

	(void)arg;
	(void)len;
	for (size_t i = 0; i < CHIP_TARGETS; i++)
		n += c->target[i] != NULL;
	chip_put_u8(a, CHIP_OK);
	chip_put_u8(a, 0);	/* an external field: never */
	chip_put_u8(a, (uint8_t)n);
	for (size_t i = 0; i < CHIP_TARGETS; i++) {
		if (c->target[i] == NULL)
			continue;
		chip_put_u8(a, (uint8_t)(i + 1));
		chip_put(a, type_a, sizeof(type_a));
	}
	chip_put_u8(a, 0x80);	/* the SAM: idle */
}

static void
read_register(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	for (size_t i = 0; i + 1 < len; i += 2)
		chip_put_u8(a, chip_reg_get(c,
		    (uint16_t)(arg[i] << 8 | arg[i + 1])));
}

static void
write_register(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)a;
	for (size_t i = 0; i + 2 < len; i += 3)
		chip_reg_set(c, (uint16_t)(arg[i] << 8 | arg[i + 1]),
		    arg[i + 2]);
}

static void
read_gpio(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	static const uint8_t ports[] = { 0xff, 0xff, 0x00 };

	(void)c;
	(void)arg;
	(void)len;
	chip_put(a, ports, sizeof(ports));
}

/* Commands that are answered and change nothing that can be seen here. */
static void
acknowledge(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)c;
	(void)arg;
	(void)len;
	(void)a;
}

static void
set_parameters(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)len;
	(void)a;
	c->parameters = arg[0];
}

static void
sam_configuration(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)len;
	(void)a;
	c->sam_mode = arg[0];
}

/* The contactless part sleeps too: no field. */
static void
power_down(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)arg;
	(void)len;
	chip_field(c, false);
	chip_put_u8(a, CHIP_OK);
	c->doze = true;
}

static void
rf_configuration(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)a;
	if (arg[0] == 0x01 && len >= 2)		/* the field */
		chip_field(c, (arg[1] & 0x01) != 0);
	else if (arg[0] == 0x02 && len >= 4)	/* timings */
		c->retry_timeout = arg[3];
	else if (arg[0] == 0x04 && len >= 2)
		c->retry_com = arg[1];
	else if (arg[0] == 0x05 && len >= 4)
		c->retry_passive = arg[3];
}

static void
regulation_test(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)arg;
	(void)len;
	(void)a;
	chip_field(c, true);
	c->phase = CHIP_POLLING;	/* transmits until it is stopped */
	c->poll = (struct chip_poll){ .rounds = 0xff };
}

/* As a target it waits for another reader's field, which never comes. */
static void
init_as_target(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)arg;
	(void)len;
	(void)a;
	chip_field(c, false);
	c->phase = CHIP_POLLING;
	c->poll = (struct chip_poll){ .rounds = 0xff };
}

static const struct chip_command commands[] = {
	{ 0x00, "Diagnose", 1, diagnose },
	{ 0x02, "GetFirmwareVersion", 0, firmware_version },
	{ 0x04, "GetGeneralStatus", 0, general_status },
	{ 0x06, "ReadRegister", 2, read_register },
	{ 0x08, "WriteRegister", 3, write_register },
	{ 0x0c, "ReadGPIO", 0, read_gpio },
	{ 0x0e, "WriteGPIO", 1, acknowledge },
	{ 0x10, "SetSerialBaudRate", 1, acknowledge },
	{ 0x12, "SetParameters", 1, set_parameters },
	{ 0x14, "SAMConfiguration", 1, sam_configuration },
	{ 0x16, "PowerDown", 1, power_down },
	{ 0x32, "RFConfiguration", 1, rf_configuration },
	{ 0x40, "InDataExchange", 1, chip_data_exchange },
	{ 0x42, "InCommunicateThru", 0, chip_communicate_thru },
	{ 0x44, "InDeselect", 1, chip_deselect },
	{ 0x46, "InJumpForPSL", 2, chip_no_target },
	{ 0x4a, "InListPassiveTarget", 2, chip_list_passive },
	{ 0x4e, "InPSL", 3, chip_no_target },
	{ 0x50, "InATR", 2, chip_no_target },
	{ 0x52, "InRelease", 1, chip_release },
	{ 0x54, "InSelect", 1, chip_select },
	{ 0x56, "InJumpForDEP", 3, chip_no_target },
	{ 0x58, "RFRegulationTest", 1, regulation_test },
	{ 0x60, "InAutoPoll", 3, chip_auto_poll },
	{ 0x8c, "TgInitAsTarget", 1, init_as_target }
};

const struct chip_command *
chip_command_find(uint8_t code)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (commands[i].code == code)
			return &commands[i];
	return NULL;
}
