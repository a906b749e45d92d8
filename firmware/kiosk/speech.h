/* SPDX-License-Identifier: Apache-2.0 */
/*
 * speech.h - the voice of the kiosk: texts that badgeward-speech(8) says, one
 * process for each, behind the herald (herald.h). Nothing waits for it: a
 * voice that hangs, dies or is not there takes speech away and nothing else.
 *
 * Times are CLOCK_MONOTONIC in ms.
 */
#ifndef KIOSK_SPEECH_H
#define KIOSK_SPEECH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "kiosk/herald.h"

#define SPEECH_TEXT_MAX HERALD_TEXT_MAX
/* The longest that a text may take. */
#define SPEECH_MOST_MS 300000
/* After a failure it is tried again so much later, doubling, so often. */
#define SPEECH_RETRY_MS 30000
#define SPEECH_RETRIES 5

struct speech;

/* Forks the herald off, so call it before all else; then finds out whether
 * there is a voice (speech_works). BW_ERR_NOMEM, BW_ERR_IO. */
BW_MUST_USE bw_err speech_open(struct speech **out, int64_t now);
/* Silent at once; accepts NULL, nulls. */
void speech_close(struct speech **s);

/* Say this, in a language; what was being said ends at once. A text that is
 * too long is not said. */
void speech_say(struct speech *s, const char *lang, const char *ssml,
    int64_t now);
void speech_stop(struct speech *s, int64_t now);
/* See how it goes; call it when speech_fd is readable and at speech_wake. */
void speech_step(struct speech *s, int64_t now);

/* A text is being said. */
bool speech_is_busy(const struct speech *s);
/* The last text was said to its end, or was stopped: there is a voice. */
bool speech_works(const struct speech *s);

int speech_fd(const struct speech *s);	/* -1: none */
int64_t speech_wake(const struct speech *s);

#endif
