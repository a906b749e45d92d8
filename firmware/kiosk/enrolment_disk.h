/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrolment_disk.h - what an enrolment finds and leaves in the state
 * directory; for enrolment.c alone. Where a function gives a bool, false comes
 * after enrolment_refuse.
 */
#ifndef KIOSK_ENROLMENT_DISK_H
#define KIOSK_ENROLMENT_DISK_H

#include "kiosk/enrolment.h"

/* Log the sentence, and end in ENROLMENT_FAILED. Always false. */
bool enrolment_refuse(struct enrolment *n, enum enrol_why why,
    const char *fmt, ...) BW_PRINTF(3, 4);
/* True for BW_OK; else refuse it as the disk's fault, beginning with what. */
bool enrolment_stored(struct enrolment *n, bw_err r, const char *what);

/* Make the folders and take the lock. */
bool enrolment_open(struct enrolment *n);
/* The id in enrol.json: an enrolment that was begun; "" when there is none. */
BW_MUST_USE bw_err enrolment_begun(const struct place *p,
    char id[static ENROL_ID_HEX]);
/* May this one begin here, or go on? n->id is set. A device that is enrolled and
 * not over is refused. */
bool enrolment_may(struct enrolment *n);

/* Open the keys and the log of an enrolment that was begun. BW_ERR_NOTFOUND
 * when its making was cut short: such ones hold nothing. */
BW_MUST_USE bw_err enrolment_found(struct enrolment *n);
/* enrol.json, the keys, the log: after removing what others left. An earlier log
 * is never lost: what is left of it is set aside. */
bool enrolment_make(struct enrolment *n);
/* Remove what an enrolment that never ended left behind. */
BW_MUST_USE bw_err enrolment_discard(struct enrolment *n, const char *id);

#endif
