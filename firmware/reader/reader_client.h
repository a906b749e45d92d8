/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader_client.h - the kiosk's side of the reader: it starts, asks, watches,
 * kills and restarts badgeward-reader, and never blocks.
 *
 * Use: poll reader_client_fd() for POLLIN together with the kiosk's other
 * descriptors, until reader_client_wake() at the latest; then call
 * reader_client_step() until it returns false. now_ms is CLOCK_MONOTONIC in
 * milliseconds everywhere here, never a clock that tests move: the reader
 * lives in real time.
 *
 * The radio field is on only between reader_client_read() and the end of that
 * read. After any abnormal end of the process (a crash, a kill for a missed
 * deadline, nonsense from it) the next one is started at once, and the first
 * thing that it does is to switch the field off; only if it goes on dying the
 * restarts are spaced, up to READER_CLIENT_BACKOFF_MAX_MS. A reader that runs as
 * a service cannot be killed from here: its socket is closed, on which it
 * leaves, and the service manager ends one that stands.
 */
#ifndef READER_READER_CLIENT_H
#define READER_READER_CLIENT_H

#include <stdbool.h>

#include "reader/ipc.h"

/* A process that says nothing for so long is killed; so is one that has not
 * ended its read so long after the wait it was given, or after a cancel. */
#define READER_CLIENT_SILENCE_MS 3000
#define READER_CLIENT_GRACE_MS 1500
#define READER_CLIENT_CANCEL_MS 1000
#define READER_CLIENT_BACKOFF_MAX_MS 5000

enum reader_event_type {
	READER_READY,	/* there is a chip; the field is off */
	READER_MISSING,	/* there is none, see cause; READY follows some day */
	READER_SEEN,	/* a badge was selected and is being read */
	READER_BADGE,	/* the read's end: uid and ndef */
	READER_UNREAD	/* the read's end: reason says why */
};

struct reader_event {
	enum reader_event_type type;
	enum reader_cause cause;	/* MISSING */
	enum unread_reason reason;	/* UNREAD: UNREAD_NO_BADGE, _NOT_OURS,
					 * _READ_ERROR (a crash of the reader
					 * too), _REMOVED, _MORE_THAN_ONE */
	uint8_t uid[BADGE_UID];		/* BADGE */
	uint16_t ndef_len;		/* BADGE: the NDEF message, hostile */
	uint8_t ndef[NDEF_TAG_MAX];
};

struct reader_client;

/* Start. connstring is libnfc's, e.g. "pn532_uart:/dev/ttyUSB0", and forks the
 * spawner (spawn.h says when that may be), or "unix:/path" for a reader that
 * runs as a service. A reader that cannot be started or reached is no error
 * here: MISSING is reported and it is tried again. BW_ERR_ARG when the
 * connstring is empty or too long; BW_ERR_NOMEM, BW_ERR_IO. */
BW_MUST_USE bw_err reader_client_open(struct reader_client **out,
    const char *connstring, int64_t now_ms);
/* End: closes the socket, waits until the process has switched the field off
 * and exited (2 s at most, then it is killed). Accepts NULL, nulls. */
void reader_client_close(struct reader_client **c);

/* What to poll for POLLIN; -1 while no process runs. Changes over restarts. */
int reader_client_fd(const struct reader_client *c);
/* The time at which step must be called even if the descriptor is quiet. */
int64_t reader_client_wake(const struct reader_client *c);
/* True between READY and MISSING. */
bool reader_client_ready(const struct reader_client *c);

/* Ask for one badge, waiting wait_ms (1..IPC_WAIT_MAX_MS) for it. The field
 * may be on from now on. On BW_OK exactly one BADGE or UNREAD follows, unless
 * it is cancelled. BW_ERR_GONE when the reader is missing, BW_ERR_BUSY while a
 * read is under way (one that was cancelled has ended already). */
BW_MUST_USE bw_err reader_client_read(struct reader_client *c,
    uint32_t wait_ms, int64_t now_ms);
/* The same after UNREAD_REMOVED, for the badge that was removed: another one ends
 * as UNREAD_MORE_THAN_ONE, and in a reader that was started since, or that was
 * not asked for seconds, all end as UNREAD_READ_ERROR. */
BW_MUST_USE bw_err reader_client_read_same(struct reader_client *c,
    uint32_t wait_ms, int64_t now_ms);
/* End the read, if there is one: the field goes off at once and no event of
 * that read comes any more. */
void reader_client_cancel(struct reader_client *c, int64_t now_ms);

/* Do what is due; true when *ev holds an event (wipe it after use: a badge is
 * personal), false when there is nothing more now. */
bool reader_client_step(struct reader_client *c, int64_t now_ms,
    struct reader_event *ev);

#endif
