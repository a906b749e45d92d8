// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/chip.h"

#include <string.h>

#include "tools/sim/chip_impl.h"

#define BYTE_US(n) ((int64_t)(n) * 10 * 1000000 / 115200)
#define WAKE 0x55

void
chip_init(struct chip *c, const struct chip_ops *ops, void *ctx,
    struct tags *tags)
{
	*c = (struct chip){ .ops = ops, .ctx = ctx, .tags = tags };
	chip_reset(c);
}

void
chip_reset(struct chip *c)
{
	chip_field(c, false);
	c->awake = false;
	c->doze = false;
	c->rx = (struct frame_rx){ 0 };
	c->phase = CHIP_QUIET;
	c->due = CHIP_NEVER;
	memset(c->target, 0, sizeof(c->target));
	c->parameters = 0x14;
	c->sam_mode = 1;
	c->retry_timeout = 0x0a;
	c->retry_com = 0;
	c->retry_passive = 0xff;
	chip_reg_reset(c);
}

void
chip_field(struct chip *c, bool on)
{
	if (c->field == on)
		return;
	c->field = on;
	tags_power(c->tags, on);
	c->ops->field(c->ctx, on);
}

void
chip_collect_left(struct chip *c)
{
	for (size_t i = 0; i < c->tags->n; i++) {
		struct tag *t = c->tags->tag[i];

		if (!t->left)
			continue;
		t->left = false;
		c->ops->left(c->ctx, t);
	}
}

void
chip_put(struct chip_answer *a, const void *ptr, size_t len)
{
	size_t room = sizeof(a->data) - a->len;

	memcpy(a->data + a->len, ptr, len < room ? len : room);
	a->len += len < room ? len : room;
}

void
chip_put_u8(struct chip_answer *a, uint8_t v)
{
	chip_put(a, &v, 1);
}

static void
stop(struct chip *c)
{
	c->phase = CHIP_QUIET;
	c->due = CHIP_NEVER;
}

/* A whole command has come: it replaces one that is still under way. */
static void
accept(struct chip *c, int64_t now)
{
	size_t len = c->rx.len;

	stop(c);
	if (len < 2 || c->rx.data[0] != FRAME_TO_CHIP) {
		c->ops->send(c->ctx, frame_error, sizeof(frame_error));
		return;
	}
	c->cmd_len = len - 1;
	memcpy(c->cmd, c->rx.data + 1, c->cmd_len);
	c->phase = CHIP_ACKING;
	c->due = now;
	if (c->pace)
		c->due += BYTE_US(len + 7 + FRAME_ACK_LEN);
}

/* Put the answer on the line, by the fault that hit its command. */
static void
send_answer(struct chip *c)
{
	uint8_t data[FRAME_DATA_MAX], wire[FRAME_WIRE_MAX];
	const struct chip_command *cmd = chip_command_find(c->cmd[0]);
	size_t n;

	data[0] = FRAME_TO_HOST;
	memcpy(data + 1, c->answer.data, c->answer.len);
	n = frame_build(wire, data, c->answer.len + 1);
	if (c->hit == FAULT_GARBAGE)
		for (size_t i = 0; i < n; i++)
			wire[i] = (uint8_t)(0xa5 + i * 29);
	else if (c->hit == FAULT_BADSUM)
		wire[n - 2] ^= 0x5a;
	else if (c->hit == FAULT_SHORT)
		n /= 2;
	if (c->hit == FAULT_ERROR)
		c->ops->send(c->ctx, frame_error, sizeof(frame_error));
	else if (c->hit != FAULT_MUTE)
		c->ops->send(c->ctx, wire, n);
	c->ops->answer(c->ctx, c->answer.data[0],
	    cmd != NULL ? cmd->name : "error", c->answer.data + 1,
	    c->answer.len - 1);
	if (c->doze)
		c->awake = false;
	c->doze = false;
}

/* The answer is made; it goes out when its time in the air is over. */
static void
answer_ready(struct chip *c, int64_t now)
{
	c->phase = CHIP_ANSWERING;
	c->due = now + c->answer.wait;
	if (c->pace)
		c->due += c->answer.air + BYTE_US(c->answer.len + 8);
}

/* Do the command. RF faults that stand for the tag's part are done here. */
static void
execute(struct chip *c, const struct chip_command *cmd, int64_t now)
{
	struct chip_answer *a = &c->answer;

	*a = (struct chip_answer){ .len = 0 };
	chip_put_u8(a, (uint8_t)(cmd->code + 1));
	if (c->hit == FAULT_TIMEOUT || c->hit == FAULT_NAK) {
		chip_put_u8(a, c->hit == FAULT_NAK ? CHIP_DATA_FORMAT :
		    CHIP_TIMEOUT);
		a->wait = c->hit == FAULT_TIMEOUT ? chip_no_answer(c) : 0;
		for (size_t i = 0; c->hit == FAULT_NAK && i < c->tags->n; i++)
			tag_fall_back(c->tags->tag[i]);
		answer_ready(c, now);
		return;
	}
	cmd->run(c, c->cmd + 1, c->cmd_len - 1, a);
	chip_collect_left(c);
	if (c->hit == FAULT_CRC || c->hit == FAULT_STATUS80) {
		a->len = 1;
		chip_put_u8(a, c->hit == FAULT_CRC ? CHIP_CRC : CHIP_NAD);
	}
	if (c->phase == CHIP_POLLING) {
		chip_poll_begin(c, now);
		if (!chip_poll_step(c, now))
			return;
	}
	answer_ready(c, now);
}

/* Faults in whose place the command is not done at all. */
static bool
struck_down(struct chip *c)
{
	if (c->hit == FAULT_NONE)
		return false;
	c->ops->fault(c->ctx, c->hit);
	if (c->hit == FAULT_RESET)
		chip_reset(c);
	else if (c->hit == FAULT_UNPLUG)
		c->ops->unplug(c->ctx);
	return c->hit == FAULT_SILENT || c->hit == FAULT_RESET ||
	    c->hit == FAULT_UNPLUG;
}

static void
begin(struct chip *c, int64_t now)
{
	const struct chip_command *cmd = chip_command_find(c->cmd[0]);

	stop(c);
	c->commands++;
	c->ops->command(c->ctx, c->cmd[0], cmd != NULL ? cmd->name : "unknown",
	    c->cmd + 1, c->cmd_len - 1);
	c->hit = faults_take(&c->faults, c->cmd[0]);
	if (struck_down(c))
		return;
	c->ops->send(c->ctx, frame_ack, sizeof(frame_ack));
	if (cmd == NULL || c->cmd_len - 1 < cmd->min) {
		c->ops->send(c->ctx, frame_error, sizeof(frame_error));
		return;
	}
	execute(c, cmd, now);
}

void
chip_receive(struct chip *c, const uint8_t *wire, size_t len, int64_t now)
{
	for (size_t i = 0; i < len; i++) {
		if (!c->awake && wire[i] != WAKE)
			continue;
		c->awake = true;
		switch (frame_feed(&c->rx, wire[i])) {
		case FRAME_DATA:
			accept(c, now);
			break;
		case FRAME_ACK:
			stop(c);
			break;
		case FRAME_NACK:
			if (c->phase == CHIP_QUIET && c->answer.len > 0)
				send_answer(c);
			break;
		case FRAME_BAD:
		case FRAME_NONE:
			break;
		}
	}
	chip_tick(c, now);
}

int64_t
chip_due(const struct chip *c)
{
	return c->due;
}

void
chip_tick(struct chip *c, int64_t now)
{
	while (c->due <= now) {
		switch (c->phase) {
		case CHIP_QUIET:
			c->due = CHIP_NEVER;
			break;
		case CHIP_ACKING:
			begin(c, now);
			break;
		case CHIP_POLLING:
			if (chip_poll_step(c, now))
				answer_ready(c, now);
			break;
		case CHIP_ANSWERING:
			stop(c);
			send_answer(c);
			break;
		}
	}
}

void
chip_tag_present(struct chip *c, struct tag *t, bool present, int64_t now)
{
	t->present = present;
	t->tear = present ? t->tear : TEAR_NEVER;
	tag_power(t, c->field);
	if (!present || c->phase != CHIP_POLLING)
		return;
	if (chip_poll_step(c, now)) {
		answer_ready(c, now);
		chip_tick(c, now);
	}
}

void
chip_tag_forget(struct chip *c, const struct tag *t)
{
	for (size_t i = 0; i < CHIP_TARGETS; i++)
		if (c->target[i] == t)
			c->target[i] = NULL;
}
