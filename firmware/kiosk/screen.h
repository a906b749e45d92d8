/* SPDX-License-Identifier: Apache-2.0 */
/*
 * screen.h - a screen with its input: one small interface, one back end a file
 * (screen_script.c, screen_window.c, screen_drm.c).
 *
 * The main loop: poll the screen's descriptors for at most timeout() ms, then
 *	while (screen->ops->next(screen, &e)) { handle e; draw and present }
 * until next() gives false; call it also when no descriptor was ready, a
 * script may wait for a state. A frame is drawn and presented after every event
 * that changed something, before the next event is taken, so that whoever
 * looks at the screen after an input sees its effect.
 */
#ifndef KIOSK_SCREEN_H
#define KIOSK_SCREEN_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "kiosk/ui.h"

enum screen_event_kind {
	SCREEN_DOWN,	/* finger, x, y */
	SCREEN_MOVE,	/* finger, x, y */
	SCREEN_UP,	/* finger, x, y */
	SCREEN_KEY,	/* key, chord; pressed: act at once, there is no
			 * release, and a key that is held does not repeat */
	SCREEN_DEMO,	/* letter: a desk key for the simulator, e.g. 'p' */
	SCREEN_EXPOSE,	/* the frame is to be presented again, or dark() is
			 * another now */
	SCREEN_SIZE,	/* x, y: the width and height of images from now on */
	SCREEN_QUIT	/* end the program */
};

enum screen_key { SCREEN_KEY_UP, SCREEN_KEY_DOWN, SCREEN_KEY_OK,
	SCREEN_KEY_BACK };

struct screen_event {
	enum screen_event_kind kind;
	int finger;		/* 0 for a mouse or the script */
	int x, y;		/* pixels of the image */
	enum screen_key key;
	bool chord;		/* another key is down too: none counts then */
	char letter;
	/* It was made no earlier than this, CLOCK_MONOTONIC ms: its own time,
	 * or when the back end last found that there was nothing. */
	int64_t since;
};

/* What a back end may ask of the kiosk. The script does; a window does not. */
struct screen_peer {
	void *ctx;
	/* The word of the state that the kiosk is in. */
	const char *(*state)(void *ctx);
	/* The drawing, its frame up to date with the state. */
	const struct ui *(*ui)(void *ctx);
	/* Move the kiosk's own clock on, ending what ends on the way. */
	void (*advance)(void *ctx, int64_t ms);
	/* Milliseconds until a touch counts again; 0: now (touch.h). */
	int64_t (*deaf_ms)(void *ctx);
};

struct screen;

struct screen_ops {
	void (*close)(struct screen *s);
	/* Up to max descriptors to poll; how many. */
	size_t (*fds)(const struct screen *s, struct pollfd *fds, size_t max);
	/* The longest time to poll, in ms; -1: no limit. */
	int (*timeout)(const struct screen *s);
	/* The next event, without waiting; false when there is none now. */
	bool (*next)(struct screen *s, struct screen_event *out);
	/* Show an image of the size that the screen was opened with or that
	 * SCREEN_SIZE told last. In the dark it does nothing. */
	bw_err (*present)(struct screen *s, const struct ui_image *image);
	/* The kiosk entered a state. May be NULL. */
	void (*entered)(struct screen *s, const char *state);
	/* Nobody can see anything. NULL: that does not happen. */
	bool (*dark)(const struct screen *s);
};

/* A back end's own struct begins with this. */
struct screen {
	const struct screen_ops *ops;
};

#define SCREEN_FDS_MAX 4

/* The script screen: commands on descriptor in, answers on out (screen_script.c
 * says which). The peer must live as long as the screen. */
BW_MUST_USE bw_err screen_script_open(struct screen **out, int in, int answers,
    const struct screen_peer *peer);

/* A window on the desk: the mouse is the finger, arrow keys, Enter and Escape
 * are the four keys, letters are SCREEN_DEMO. BW_ERR_NOTFOUND when there is no
 * display, with the reason logged. */
BW_MUST_USE bw_err screen_window_open(struct screen **out, const char *title,
    int w, int h);

struct screen_drm_options {
	const char *output;	/* "HDMI-A-1"; NULL: any that is connected */
	int rotate;		/* clockwise: 0, 90, 180 or 270 */
	int w, h;		/* of the image; 0, 0: what the output has */
};

/* The kernel's graphics and input devices, without a desktop (drm_find.h,
 * drm_hands.h). The options must live as long as the screen; w and h come out
 * as the image's size. What is wrong is logged: BW_ERR_NOTFOUND when nothing
 * is connected, BW_ERR_DENIED, BW_ERR_BUSY when another program has the card,
 * BW_ERR_BOUND when the image does not fit. */
BW_MUST_USE bw_err screen_drm_open(struct screen **out,
    const struct screen_drm_options *o, int *w, int *h);

/* Close by its own close(); NULL is accepted, and left behind. */
void screen_close(struct screen **s);

#endif
