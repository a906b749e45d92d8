/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tag.h - one tag of ISO/IEC 14443 type A: its states, selection and frames.
 *
 * What a kind of tag answers once it is selected stands in a tag_kind (ntag.h,
 * foreign.h). Bytes here are what is in the air: with CRC_A, without parity.
 */
#ifndef SIM_TAG_H
#define SIM_TAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

#define TAG_UID_MAX 7
#define TAG_MEM_MAX (231 * 4)			/* NTAG216 */
#define TAG_AIR_MAX (TAG_MEM_MAX + 2)
#define TAG_ATS_MAX 8

enum tag_state {
	TAG_OFF,	/* no field reaches it */
	TAG_IDLE,
	TAG_READY,	/* being selected */
	TAG_ACTIVE,	/* selected: takes its kind's commands */
	TAG_HALT	/* wakes by WUPA only */
};

enum tag_tear {
	TEAR_NEVER,
	TEAR_READS,	/* leaves after so many answered reads */
	TEAR_WRITES,	/* leaves after so many answered writes */
	TEAR_TORN	/* the same, but the next page is half written */
};

/* A frame in the air. bits 0 is silence, 4 an ACK or NAK. */
struct tag_air {
	size_t bits;
	uint8_t data[TAG_AIR_MAX];
};

struct tag;

struct tag_kind {
	const char *name;	/* as the control socket names it */
	size_t uid_len;		/* 4 or 7 */
	uint8_t atqa[2];	/* as the chip reports it: high, low */
	uint8_t sak;
	uint8_t ats[TAG_ATS_MAX];	/* its own length first; 0: none */
	size_t pages;		/* of 4 bytes; 0: no memory to load or dump */
	size_t user_end;	/* first page behind the user memory */
	/* Fill the memory as the factory does; uid is set. */
	void (*factory)(struct tag *t);
	/* Answer a command, its CRC checked and cut off. */
	void (*command)(struct tag *t, const uint8_t *cmd, size_t len,
	    struct tag_air *out);
	/* The byte of memory that a reader sees at this place. */
	uint8_t (*peek)(const struct tag *t, size_t at);
};

struct tag {
	const struct tag_kind *kind;
	char name[TEXT_ID_MAX + 1];
	uint8_t uid[TAG_UID_MAX];
	bool present;		/* lies on the antenna */
	enum tag_state state;
	unsigned cascade;	/* levels done while READY */
	bool woken;		/* came out of HALT: errors lead back there */
	bool left;		/* its own tear took it away just now */
	bool authed;		/* PWD_AUTH succeeded since power-up */
	int compat_page;	/* COMPAT_WRITE waits for its data; -1: no */
	int worn_page;		/* acknowledges writes, keeps its bytes; -1 */
	enum tag_tear tear;
	unsigned tear_left;
	uint64_t reads, writes;	/* answered so far */
	uint8_t mem[TAG_MEM_MAX];
};

/* ISO/IEC 14443-3 CRC_A of len bytes, low byte first on the air. */
uint16_t tag_crc(const uint8_t *ptr, size_t len);

/* The kind of this name, or NULL. Names are listed by tag_kind_name(0…). */
const struct tag_kind *tag_kind_find(const char *name);
const char *tag_kind_name(size_t i);

/* A factory-fresh tag, not present. uid has the kind's length. */
void tag_init(struct tag *t, const struct tag_kind *kind, const char *name,
    const uint8_t *uid);

/* The field reaches it or does not: power-up to IDLE, or everything lost. */
void tag_power(struct tag *t, bool on);

/* A frame from the reader of so many bits; out is the answer or silence. A
 * tag that is not present or has no power is silent. */
void tag_receive(struct tag *t, const uint8_t *air, size_t bits,
    struct tag_air *out);

/* An error, or a command out of place: a tag that is READY or ACTIVE goes back
 * to where it came from. */
void tag_fall_back(struct tag *t);
/* What the PN532's own selection does: true when the tag answers REQA and is
 * ACTIVE now. */
bool tag_select(struct tag *t);
/* HLTA; ACTIVE only. */
void tag_halt(struct tag *t);
/* WUPA and selection by UID. */
bool tag_wake(struct tag *t);

/* For kinds: answer bytes (CRC is added), ACK, or NAK (state falls back). */
void tag_put(struct tag_air *out, const uint8_t *ptr, size_t len);
void tag_put_ack(struct tag_air *out);
void tag_put_nak(struct tag *t, struct tag_air *out, uint8_t code);

/* For kinds: call before a read or write is done. False: the tag leaves now,
 * answer nothing (for TEAR_TORN after half of the page). */
bool tag_may(const struct tag *t, bool write);
/* For kinds: call after; counts, and lets the tag leave when it is time. */
void tag_did(struct tag *t, bool write);

#endif
