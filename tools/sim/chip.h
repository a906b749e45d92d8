/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chip.h - the PN532 behind its serial line: power, commands, RF field.
 *
 * The chip does no I/O and reads no clock. Bytes from the host go in with
 * chip_receive, the time with chip_tick; what the chip says comes out through
 * chip_ops. Times are microseconds of one monotonic clock.
 *
 * Source: NXP UM0701-02 (PN532 user manual), and for what libnfc needs, libnfc.
 */
#ifndef SIM_CHIP_H
#define SIM_CHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/sim/fault.h"
#include "tools/sim/frame.h"
#include "tools/sim/tags.h"

#define CHIP_NEVER INT64_MAX
#define CHIP_TARGETS 2		/* that one InListPassiveTarget can hold */
#define CHIP_REGS 0x40		/* CIU registers 6300 to 633F */
#define CHIP_POLL_TYPES 15

/* Command codes that others ask for by name. */
enum {
	CHIP_IN_DATA_EXCHANGE = 0x40,
	CHIP_IN_COMMUNICATE_THRU = 0x42
};

/* Status bytes of RF commands (UM0701-02, 7.1). */
enum {
	CHIP_OK = 0x00,
	CHIP_TIMEOUT = 0x01,
	CHIP_CRC = 0x02,
	CHIP_COLLISION = 0x06,
	CHIP_SMALL_BUFFER = 0x07,
	CHIP_PARAMETER = 0x10,
	CHIP_DATA_FORMAT = 0x13,
	CHIP_CONTEXT = 0x27,
	CHIP_NAD = 0x80
};

/* What the chip calls. None is NULL. */
struct chip_ops {
	/* Bytes on the wire to the host. */
	void (*send)(void *ctx, const uint8_t *wire, size_t len);
	/* For the trace: a command before it is done, an answer as it is sent;
	 * data begins behind the code. name is static. */
	void (*command)(void *ctx, uint8_t code, const char *name,
	    const uint8_t *data, size_t len);
	void (*answer)(void *ctx, uint8_t code, const char *name,
	    const uint8_t *data, size_t len);
	void (*field)(void *ctx, bool on);
	void (*fault)(void *ctx, enum fault_kind kind);
	/* A tag took itself away (tag_tear). */
	void (*left)(void *ctx, const struct tag *t);
	/* FAULT_UNPLUG: the port is to go away, and the power with it. */
	void (*unplug)(void *ctx);
};

enum chip_phase {
	CHIP_QUIET,
	CHIP_ACKING,	/* a command has come; its ACK and execution are due */
	CHIP_POLLING,	/* executing: looks for tags until `due` or for ever */
	CHIP_ANSWERING	/* the answer is due */
};

/* An answer being made: code first, then what it carries. */
struct chip_answer {
	size_t len;
	uint8_t data[FRAME_DATA_MAX - 1];
	int64_t air;	/* time in the air: spent when pacing */
	int64_t wait;	/* time waited for nothing: always spent */
};

/* A search for tags that goes on. */
struct chip_poll {
	bool automatic;		/* InAutoPoll, else InListPassiveTarget */
	bool type_a;		/* the list asks for 106 kbps type A */
	size_t max;		/* targets wanted */
	uint8_t id[12];		/* cascade bytes of the one wanted */
	size_t id_len;
	size_t ntypes, at;
	uint8_t type[CHIP_POLL_TYPES];
	unsigned rounds;	/* left; 0xff: for ever */
	int64_t period;
};

struct chip {
	const struct chip_ops *ops;
	void *ctx;
	struct tags *tags;
	bool pace;		/* take the time of the line and the air */
	bool awake;
	bool field;
	uint64_t commands;	/* since power-up or not, all of them */
	struct faults faults;
	struct frame_rx rx;
	enum chip_phase phase;
	int64_t due;		/* CHIP_NEVER: nothing by itself */
	uint8_t cmd[FRAME_DATA_MAX];	/* code and parameters */
	size_t cmd_len;
	enum fault_kind hit;	/* the fault on the command under way */
	struct chip_answer answer;
	struct chip_poll poll;
	struct tag *target[CHIP_TARGETS];	/* by number - 1; or NULL */
	uint8_t reg[CHIP_REGS];
	uint8_t parameters, sam_mode;
	uint8_t retry_timeout;	/* 100 µs << (n - 1); 0: for ever */
	uint8_t retry_com, retry_passive;	/* 0xff: for ever */
	bool doze;		/* PowerDown: sleep once it is answered */
};

/* A chip that has just got power: asleep, field off. tags are not owned. */
void chip_init(struct chip *c, const struct chip_ops *ops, void *ctx,
    struct tags *tags);
/* Power lost and back: as chip_init, faults and counters kept. */
void chip_reset(struct chip *c);

void chip_receive(struct chip *c, const uint8_t *wire, size_t len, int64_t now);
/* When chip_tick has something to do next, or CHIP_NEVER. */
int64_t chip_due(const struct chip *c);
/* Do what is due. */
void chip_tick(struct chip *c, int64_t now);

/* A tag was put there or taken away. */
void chip_tag_present(struct chip *c, struct tag *t, bool present,
    int64_t now);
/* A tag is about to be deleted. */
void chip_tag_forget(struct chip *c, const struct tag *t);

#endif
