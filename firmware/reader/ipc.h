/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ipc.h - the messages between the kiosk and its badgeward-reader.
 *
 * They go over a SOCK_SEQPACKET socketpair, one message a packet, so a packet
 * is whole or absent. The reader has its end as descriptor IPC_FD; when that
 * end is closed the reader switches the field off and exits. Both sides refuse
 * what is not exactly one of these messages. Integers are big-endian.
 *
 *     all        u8 IPC_VERSION, u8 type, then
 *     READ       u32 id, u32 milliseconds to wait for a badge
 *     READ_SAME  u32 id, u32 milliseconds: under the same yes once more, for the
 *                                 badge that the READ just before lost
 *     CANCEL     u32 id
 *     READY      -                the chip is open and the field is off
 *     MISSING    u8 cause         there is no usable chip; it is tried again
 *     ALIVE      -                at least every IPC_ALIVE_MS, whatever else
 *     SEEN       u32 id           a badge was selected and is being read; again
 *                                 when the chip had to be opened again
 *     BADGE      u32 id, 7 bytes UID, u16 length, NDEF message
 *     UNREAD     u32 id, u8 reason
 *     CANCELLED  u32 id
 *
 * A READ_SAME that another badge comes to ends as more than one; the UID that
 * tells does not leave the reader, and one that knows none reads nothing.
 * The reader ends each READ and READ_SAME by exactly one of BADGE, UNREAD or CANCELLED, and
 * sends it only after it has told the chip to switch the field off.
 */
#ifndef READER_IPC_H
#define READER_IPC_H

#include "base/buf.h"
#include "base/err.h"
#include "record/badge.h"
#include "record/body.h"
#include "record/ndef.h"

#define IPC_FD 3
#define IPC_VERSION 1
#define IPC_MAX (2 + 4 + BADGE_UID + 2 + NDEF_TAG_MAX)
#define IPC_ALIVE_MS 1000
#define IPC_WAIT_MAX_MS 120000	/* the longest wait for a badge */

enum ipc_type {
	IPC_READ = 1,
	IPC_CANCEL,
	IPC_READ_SAME,
	IPC_READY = 16,
	IPC_MISSING,
	IPC_ALIVE,
	IPC_SEEN,
	IPC_BADGE,
	IPC_UNREAD,
	IPC_CANCELLED
};

/* Why there is no usable chip. */
enum reader_cause {
	READER_CAUSE_STARTING = 1,	/* nothing was heard of it yet */
	READER_CAUSE_ABSENT,		/* no such port: unplugged */
	READER_CAUSE_IN_USE,		/* another process holds the port */
	READER_CAUSE_NO_ANSWER,		/* the port is there, the chip silent */
	READER_CAUSE_WRONG,		/* a chip that cannot read badges */
	READER_CAUSE_CRASHED,		/* the process ended or was killed */
	READER_CAUSE_GARBAGE,		/* something answers, but no such chip */
	READER_CAUSE_DENIED,		/* the port is not for this user */
	READER_CAUSE_KERNEL		/* a driver of the kernel has the chip */
};

struct ipc_msg {
	enum ipc_type type;
	uint32_t id;			/* READ, CANCEL, SEEN, ... */
	uint32_t wait_ms;		/* READ, READ_SAME: 1..IPC_WAIT_MAX_MS */
	enum reader_cause cause;	/* MISSING */
	enum unread_reason reason;	/* UNREAD: 1, 2, 6, 7 or 8 */
	uint8_t uid[BADGE_UID];		/* BADGE */
	uint16_t ndef_len;		/* BADGE: 1..NDEF_TAG_MAX */
	uint8_t ndef[NDEF_TAG_MAX];
};

/* Append one message. BW_ERR_ARG when a member is out of its range. */
BW_MUST_USE bw_err ipc_encode(const struct ipc_msg *m, struct bw_buf *out);
/* The whole packet is one message: BW_ERR_FORMAT else. */
BW_MUST_USE bw_err ipc_decode(const uint8_t *ptr, size_t len,
    struct ipc_msg *out);

/* Send one message without blocking. BW_ERR_BUSY when the socket is full,
 * BW_ERR_GONE when the other end is closed. */
BW_MUST_USE bw_err ipc_send(int fd, const struct ipc_msg *m);
/* Take one message without blocking. BW_ERR_NOTFOUND when there is none,
 * BW_ERR_GONE at the end, BW_ERR_FORMAT, BW_ERR_IO. */
BW_MUST_USE bw_err ipc_recv(int fd, struct ipc_msg *out);

#endif
