/* SPDX-License-Identifier: Apache-2.0 */
/*
 * control.h - the control socket: a command a line, an answer line each, "ok"
 * or "err" and a sentence (badgeward-sim.1, CONTROL COMMANDS).
 *
 * control.c is the socket with its clients, control_cmd.c the commands.
 */
#ifndef SIM_CONTROL_H
#define SIM_CONTROL_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define CONTROL_CLIENTS 16
#define CONTROL_LINE 1024	/* bytes of a command, its newline included */
#define CONTROL_ANSWER 16384

struct sim;

enum control_wait {
	WAIT_NOTHING,
	WAIT_FIELD_ON,
	WAIT_FIELD_OFF,
	WAIT_COMMAND	/* the chip gets a command with this code */
};

/* What a command asks to wait for before its answer. */
struct control_waiting {
	enum control_wait what;
	uint8_t code;
	int64_t until;
};

struct control_client {
	int fd;			/* -1: free */
	size_t have;
	char line[CONTROL_LINE];
	struct control_waiting waiting;
	struct bw_buf out;	/* not yet taken by the client */
};

struct control {
	int fd;			/* listens; -1: no socket */
	char path[108];
	struct control_client client[CONTROL_CLIENTS];
};

void control_init(struct control *c);
/* BW_ERR_BUSY when another simulator listens there, BW_ERR_EXISTS when the
 * path is something else, BW_ERR_BOUND, BW_ERR_IO. */
BW_MUST_USE bw_err control_open(struct control *c, const char *path);
void control_close(struct control *c);

/* Fill what poll is to watch, at most CONTROL_CLIENTS + 1; returns how many. */
size_t control_poll(const struct control *c, struct pollfd *fds);
/* Serve what poll has found (the same array) and waits that have timed out. */
void control_serve(struct sim *s, const struct pollfd *fds, size_t n);
/* When the next wait times out, or INT64_MAX. */
int64_t control_due(const struct control *c);

/* The simulator says what has happened; those who wait for it are answered. */
void control_field(struct control *c, bool on);
void control_command(struct control *c, uint8_t code);

/* Do one command (no newline in it). The answer, newline and all, is appended
 * to out, unless *wait says that it comes later. */
void control_line(struct sim *s, const char *line, struct bw_buf *out,
    struct control_waiting *wait);

/* Send one command to a running simulator and append its answer line to out.
 * BW_ERR_GONE when nobody listens there, BW_ERR_IO. */
BW_MUST_USE bw_err control_ask(const char *path, const char *line,
    struct bw_buf *out);

#endif
