/* SPDX-License-Identifier: Apache-2.0 */
/*
 * script.h - between the two halves of the script screen: screen_script.c
 * takes lines and gives events, script_commands.c knows what lines mean.
 */
#ifndef KIOSK_SCRIPT_H
#define KIOSK_SCRIPT_H

#include "base/buf.h"
#include "kiosk/screen.h"

#define SCRIPT_LINE 1024	/* bytes of a command */
#define SCRIPT_ANSWER ((size_t)256 * 1024)

enum script_busy {
	FREE,		/* the next line may be taken */
	PRESS,		/* the finger is to go down at x, y */
	HOLD,		/* to stay there for hold_ms */
	RELEASE,	/* and up again */
	KEY,		/* a key is to be pressed */
	CHORD,		/* and another while it is held */
	TOLD,		/* the last event of a command is out: answer it */
	WAITING		/* for a state */
};

struct script {
	struct screen screen;
	int in, out;
	const struct screen_peer *peer;
	char line[SCRIPT_LINE];
	size_t len;		/* bytes in line, of one command or more */
	int64_t looked;		/* when there was last nothing more, ms */
	int64_t since;		/* the newest bytes came no earlier, ms */
	bool skip;		/* the rest of a line that is too long */
	bool ended;		/* no more input */
	bool quit;		/* to be told, once */
	bool quitted;
	enum script_busy busy;
	int x, y;
	int64_t hold_ms;	/* 0: a tap */
	enum screen_key key, other_key;
	bool two;		/* keys are to be pressed */
	char wanted[32];
	bool reached;
	int64_t deadline;	/* ms */
};

/* Run one command line: answer it, or make the script busy with it. */
void script_run(struct script *s, char *line);

/* One answer line. r is what building it came to; b is wiped and freed. */
void script_answer_buf(struct script *s, struct bw_buf *b, bw_err r);
void script_answer(struct script *s, const char *line);

#endif
