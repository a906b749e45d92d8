/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tagwrite.h - what tagwriter's child does: find, look at and write a tag,
 * over a transport, so that tests need no process.
 */
#ifndef TOOLS_TAGWRITE_H
#define TOOLS_TAGWRITE_H

#include <stdbool.h>

#include "reader/ipc.h"
#include "reader/tag.h"
#include "tools/tagwriter.h"

#define TAGWRITE_PAGE 4
#define TAGWRITE_STEPS_MAX (NDEF_TAG_MAX / TAGWRITE_PAGE + 4)

/* A chip (loop.h), and where to write beside what a reader does. */
struct tagwrite_io {
	struct tag_transport tag;
	bw_err (*open)(void *ctx, enum reader_cause *why);
	void (*close)(void *ctx);
	/* One page of the selected tag; errors as of transceive. */
	bw_err (*write)(void *ctx, uint8_t page,
	    const uint8_t data[static TAGWRITE_PAGE]);
	/* True: nobody waits for the result any more, stop soon. */
	bool (*stopped)(void *ctx);
};

/* The writes in their order, and the user memory as it is in the end. */
struct tagwrite_plan {
	size_t n;
	struct {
		uint8_t page;
		uint8_t data[TAGWRITE_PAGE];
	} step[TAGWRITE_STEPS_MAX];
	size_t kept;		/* bytes of TLVs before the message's */
	size_t len;		/* bytes of memory: whole pages */
	uint8_t memory[NDEF_TAG_MAX];
};

/* Bytes of lock-control (01), memory-control (02) and null (00) TLVs that
 * stand before anything else in a tag's first n user bytes, if so much of what
 * follows is known too that the head of a message is. */
size_t tagwrite_kept(const uint8_t *user, size_t n);
/* Plan to put an NDEF TLV (03 len message FE, len bytes) into a tag whose user
 * memory begins with the nuser bytes of user and has room bytes: first the old
 * message's length is made 0, then comes everything else, last the length, a
 * write that changes but this byte. So the old message or the new or none is
 * there at any moment, in the middle of a page too. Lock-control and
 * memory-control TLVs that come first are kept.
 * BW_ERR_FULL when it does not fit, BW_ERR_FORMAT when image is no such TLV. */
BW_MUST_USE bw_err tagwrite_plan(const uint8_t *user, size_t nuser,
    size_t room, const uint8_t *image, size_t len, struct tagwrite_plan *out);

/* Open the chip, its field off; a chip that does not answer is tried twice. */
BW_MUST_USE enum tagwriter_result tagwrite_open(const struct tagwrite_io *io);
/* As tagwriter_find and tagwriter_write; the field is off before and after.
 * A chip that has a hiccup is closed and opened and all is done anew, from what
 * lies there then; NO_ANSWER is a chip that does not come round in seconds. */
BW_MUST_USE enum tagwriter_result tagwrite_find(const struct tagwrite_io *io,
    unsigned wait_ms, struct tagwriter_tag *out);
BW_MUST_USE enum tagwriter_result tagwrite_image(const struct tagwrite_io *io,
    const uint8_t uid[static BADGE_UID], const uint8_t *image, size_t len);

#endif
