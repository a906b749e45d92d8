// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/foreign.h"

#define NAK_DENIED 0x4

/* READ and WRITE before authentication, and an authentication with any key:
 * the card says no and falls back. */
static void
classic(struct tag *t, const uint8_t *cmd, size_t len, struct tag_air *out)
{
	(void)cmd;
	(void)len;
	tag_put_nak(t, out, NAK_DENIED);
}

/* ISO/IEC 14443-4 blocks: RATS, I-block, R-block, S(DESELECT). */
static void
type4(struct tag *t, const uint8_t *cmd, size_t len, struct tag_air *out)
{
	static const uint8_t not_found[] = { 0x6a, 0x82 };
	uint8_t block[3] = { cmd[0], not_found[0], not_found[1] };

	if (len == 2 && cmd[0] == 0xe0) {
		tag_put(out, t->kind->ats, t->kind->ats[0]);
	} else if ((cmd[0] & 0xe2) == 0x02) {
		tag_put(out, block, sizeof(block));
	} else if ((cmd[0] & 0xf6) == 0xb2) {
		block[0] = 0xa2 | (cmd[0] & 1);
		tag_put(out, block, 1);
	} else if (cmd[0] == 0xc2) {
		tag_put(out, block, 1);
		tag_halt(t);
	}
}

const struct tag_kind foreign_classic = {
	.name = "classic", .uid_len = 4, .atqa = { 0x00, 0x04 }, .sak = 0x08,
	.command = classic
};

const struct tag_kind foreign_type4 = {
	.name = "type4", .uid_len = 7, .atqa = { 0x03, 0x44 }, .sak = 0x20,
	.ats = { 6, 0x75, 0x77, 0x81, 0x02, 0x80 }, .command = type4
};
