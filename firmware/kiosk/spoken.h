/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spoken.h - what a screen says to who cannot see it, as SSML in the screen's
 * language: its sentences in reading order, then what can be done.
 *
 * The words are those that were drawn, so the two never differ; but the
 * question is said whole, on whichever page the screen is. Never said is
 * anything from a badge: who stands beside would hear it. A sponsor's name is
 * said by the voice of its own script and country.
 */
#ifndef KIOSK_SPOKEN_H
#define KIOSK_SPOKEN_H

#include "base/buf.h"
#include "kiosk/ui.h"

/* The whole screen, ui having just drawn v, and then the focused control. */
BW_MUST_USE bw_err spoken_screen(const struct view *v, const struct ui *ui,
    struct bw_buf *out);
/* One control: its name, what it is, its state. */
BW_MUST_USE bw_err spoken_control(const struct view *v, const struct ui *ui,
    const char *name, struct bw_buf *out);
/* How much time is left. */
BW_MUST_USE bw_err spoken_time(const struct view *v, struct bw_buf *out);

/* The voice that says a name on a screen of this language: a tag, or NULL for
 * that of the screen. country is of ISO 3166. */
const char *spoken_voice(const char *name, const char *country,
    const char *lang);

#endif
