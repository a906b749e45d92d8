/* SPDX-License-Identifier: Apache-2.0 */
/*
 * loop.h - what badgeward-reader does between its start and its end: keep the
 * chip open with the field off, do the reads that the kiosk asks for.
 */
#ifndef READER_LOOP_H
#define READER_LOOP_H

#include "reader/ipc.h"
#include "reader/tag.h"

/* A chip that can be opened and closed; reader_nfc.h gives the real one. */
struct chip {
	struct tag_transport tag;
	/* Open the chip and switch its field off, whoever left it on. Else
	 * *why says what is wrong and nothing is held. */
	bw_err (*open)(void *ctx, enum reader_cause *why);
	/* Close it; safe when it is closed. */
	void (*close)(void *ctx);
	/* What hangs up when the chip is unplugged; -1 when nothing does. */
	int (*watch)(void *ctx);
};

/* An open chip is asked to switch its (dark) field off so often: an answer
 * means that it is alive, and a chip that was reset is found out. */
#define LOOP_HEALTH_MS 5000
/* How long a missing chip is left alone before it is tried again. */
#define LOOP_RETRY_MS 200
/* How long a leaving process tries to reach a chip whose field may be on. */
#define LOOP_LEAVE_MS 2000

/* Serve the kiosk on fd until it closes it, sends nonsense (BW_ERR_FORMAT) or
 * loop_stop is called; the field is off then, if the chip could be told. */
BW_MUST_USE bw_err loop_run(int fd, const struct chip *chip);

/* End loop_run soon. May be called by a signal handler. */
void loop_stop(void);

#endif
