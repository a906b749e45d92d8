/* SPDX-License-Identifier: Apache-2.0 */
/*
 * herald.h - the process that runs badgeward-speech(8) for the kiosk.
 *
 * It is forked off at the very start, before the kiosk holds a secret and gives
 * up what it will not need. It knows what it is told to say, which is nothing
 * that stands on a badge, it has no network, and it ends with the kiosk.
 *
 * The kiosk sends it struct herald_text, as far as the text goes; it answers
 * each that was not followed by another before its end by a
 * struct herald_end.
 */
#ifndef KIOSK_HERALD_H
#define KIOSK_HERALD_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/body.h"

/* Bytes of a text: what a pipe takes in at once, whoever reads it. */
#define HERALD_TEXT_MAX 60000

struct herald_text {
	uint32_t id;
	char lang[BODY_LANG_MAX + 1];	/* "": be silent, there is no text */
	char ssml[HERALD_TEXT_MAX];	/* without a zero at its end */
};
#define HERALD_HEAD offsetof(struct herald_text, ssml)

struct herald_end {
	uint32_t id;
	uint32_t ok;		/* it was said to its end */
};

/* Fork it off; call this without threads. *fd is the line to it, without
 * blocking. The program is $BADGEWARD_SPEECH, else badgeward-speech in the
 * folder of this program. BW_ERR_IO. */
BW_MUST_USE bw_err herald_fork(int *fd);

#endif
