/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fake_tag.h - a chip and its tags in memory, behind a tag_transport.
 *
 * It plays the faults that a real chip has: the Nth command fails in some way,
 * tags come and go after so many commands. Commands are written down as one
 * letter each: + on, - off, s select, d deselect, r READ, f FAST_READ.
 */
#ifndef TESTS_FAKE_TAG_H
#define TESTS_FAKE_TAG_H

#include "reader/tag.h"

#define FAKE_PAGES 231
#define FAKE_TAGS 2
#define FAKE_LOG 4096

struct fake_tag {
	struct tag_target target;
	uint8_t page[FAKE_PAGES][4];
	bool present, asleep;
	bool no_fast;		/* NAKs FAST_READ and drops its selection */
	bool deaf;		/* answers nothing but its selection */
};

struct fake {
	struct fake_tag tag[FAKE_TAGS];
	int selected;		/* -1: none */
	bool field;
	char log[FAKE_LOG];
	size_t n;		/* commands so far */
	size_t fail_at;		/* this command fails; SIZE_MAX: none */
	size_t fail_n;		/* and so many after it */
	bw_err fail;
	size_t remove_at, present_at;	/* tag 0; SIZE_MAX: never */
	size_t swap_at;			/* tag 0 goes, tag 1 comes */
};

void fake_init(struct fake *f);
/* Tag i lies there, an NTAG215 with this message, behind a lock-control TLV
 * when lock_tlv. */
void fake_put(struct fake *f, size_t i, const uint8_t *msg, size_t len,
    bool lock_tlv);
struct tag_transport fake_transport(struct fake *f);

#endif
