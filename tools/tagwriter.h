/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tagwriter.h - write a badge to a tag that lies on a libnfc device.
 *
 * libnfc works in a child process, since it can abort or block (reader_nfc.h);
 * whatever becomes of it, the radio field is switched off at the end. The
 * field is on only during find and write.
 *
 *     tagwriter_open(&w, connstring)
 *     tagwriter_find(w, 10000, &tag)      which UID is it, how much fits?
 *     ... encode a badge for tag.uid ...
 *     tagwriter_write(w, tag.uid, image, len)
 *     tagwriter_close(&w)
 */
#ifndef TOOLS_TAGWRITER_H
#define TOOLS_TAGWRITER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/badge.h"
#include "record/ndef.h"

/* How it went; tagwriter_sentence says what to do. */
enum tagwriter_result {
	TAGWRITER_OK = 0,
	TAGWRITER_SYSTEM,	/* no memory, no process */
	TAGWRITER_CONNSTRING,	/* no reader's name (port.h) */
	TAGWRITER_NO_WRITER,	/* no such port */
	TAGWRITER_IN_USE,	/* another process holds the port */
	TAGWRITER_NO_ANSWER,	/* the port is there, the chip silent */
	TAGWRITER_CRASHED,	/* libnfc died or hung, the field was swept */
	TAGWRITER_NO_TAG,	/* none came in time */
	TAGWRITER_MORE_TAGS,	/* more than one lies there */
	TAGWRITER_NO_NTAG,	/* no tag that a badge can be written to */
	TAGWRITER_OTHER_TAG,	/* not the one that the image is for */
	TAGWRITER_TOO_SMALL,	/* the image does not fit; nothing is changed */
	TAGWRITER_PROTECTED,	/* pages are locked; nothing is changed */
	TAGWRITER_REMOVED,	/* gone while it was written: it holds no badge
				 * now, or its old one if it went at once */
	TAGWRITER_REFUSED,	/* a page was refused: it holds no badge now */
	TAGWRITER_DIFFERS,	/* what was read back is not what was written */
	TAGWRITER_TINY		/* a kind of tag that no badge fits on */
};

/* What find has found. */
struct tagwriter_tag {
	uint8_t uid[BADGE_UID];
	char type[12];		/* as ndef_room names it */
	size_t room;		/* bytes of an image that fit, its FE too */
	size_t ndef_len;	/* of the message that lies there; 0: none */
	uint8_t ndef[NDEF_TAG_MAX];
};

struct tagwriter;

/* Open the device; the field is off. */
BW_MUST_USE enum tagwriter_result tagwriter_open(struct tagwriter **out,
    const char *connstring);
/* Switch the field off and end. Accepts NULL, nulls. */
void tagwriter_close(struct tagwriter **w);

/* Wait so many ms (up to 60,000) for one tag and look at it. */
BW_MUST_USE enum tagwriter_result tagwriter_find(struct tagwriter *w,
    unsigned wait_ms, struct tagwriter_tag *out);
/* Write TLVs ("03 len message FE", up to NDEF_TAG_MAX bytes) to the tag with
 * this UID, behind the lock-control TLV if it has one, and read them back
 * after the field was off and on. The TLV's length is written last, over an
 * empty message, so a tag that is torn away in the middle holds no badge
 * rather than half of one. */
BW_MUST_USE enum tagwriter_result tagwriter_write(struct tagwriter *w,
    const uint8_t uid[static BADGE_UID], const uint8_t *image, size_t len);

/* A sentence: what is wrong and what to do. Static. */
const char *tagwriter_sentence(enum tagwriter_result r);

#endif
