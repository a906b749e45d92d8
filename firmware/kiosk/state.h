/* SPDX-License-Identifier: Apache-2.0 */
/*
 * state.h - the states of the kiosk, as the consent machine names them and the
 * screens draw them.
 */
#ifndef KIOSK_STATE_H
#define KIOSK_STATE_H

enum kiosk_state {
	STATE_IDLE,	/* "idle": an invitation; nothing is asked */
	STATE_ASK,	/* "ask": the question; the field is off */
	STATE_HOLD,	/* "hold": yes was said; waiting for the badge */
	STATE_READING,	/* "reading": a badge is being read and stored */
	STATE_AGAIN,	/* "ask" too: this badge was shared here before; the
			 * field is off, nothing is stored */
	STATE_SHARED,	/* "shared": what was shared; undo, receipt */
	STATE_DECLINED,	/* "declined": nothing shared, by choice or undo */
	STATE_NOANSWER,	/* "noanswer": nothing shared, time ran out */
	STATE_UNREAD,	/* "unread": yes was said, no usable badge; why */
	STATE_TROUBLE,	/* "trouble": this device cannot record a choice */
	STATE_STAFF,	/* "staff": behind a PIN, never out of ask */
	STATE_ENROL	/* "enrol": not enrolled yet */
};
#define STATE_COUNT 12

/* Why the booth is closed; the first that applies is shown. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_SCREEN,		/* nobody can see what is asked */
	TROUBLE_READER,		/* the reader is missing */
	TROUBLE_POLICY,		/* the policy is expired, not yet valid, none */
	TROUBLE_CLOCK,		/* the clock is not trusted */
	TROUBLE_LOG,		/* the log is lost: enrol under a new name */
	TROUBLE_STORAGE,	/* storage is full or fails */
	TROUBLE_REVOKED,	/* the host says that the device is revoked */
	TROUBLE_HOST,		/* the host lost entries that it cosigned */
	TROUBLE_CLOSED,		/* the log was closed: enrol again */
	TROUBLE_DAY		/* the staff have ended the day */
};

/* Who vouches for the clock. */
enum clock_source {
	CLOCK_UNKNOWN,		/* nobody: the booth is closed */
	CLOCK_NTP,		/* the system: it is synchronised */
	CLOCK_HOST,		/* the host, by the time that it signed */
	CLOCK_HELD,		/* the system did, and the clock ran on */
	CLOCK_RTC		/* the battery clock that it was set from */
};

#endif
