/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol_why.h - why a device was not enrolled, as the enrolment names it and
 * the screen explains it.
 */
#ifndef KIOSK_ENROL_WHY_H
#define KIOSK_ENROL_WHY_H

enum enrol_why {
	WHY_NOT,		/* nothing is wrong */
	WHY_NO_ADDRESS,		/* what was given is no enrol address */
	WHY_NOT_HTTPS,		/* it is, with http to another machine */
	WHY_UNKNOWN,		/* the host does not know it (any more) */
	WHY_OTHER_HOST,		/* who answered is not whom it names */
	WHY_OTHER_KEYS,		/* the host has other keys for it */
	WHY_THROTTLED,		/* too many tries */
	WHY_REFUSED,		/* the host says no, whyever */
	WHY_NO_ANSWER,
	WHY_BAD_ANSWER,		/* it does not hold together */
	WHY_NO_UPLINK,
	WHY_CLOCK,		/* behind the policy's begin */
	WHY_LOG_THERE,		/* a log that must not be lost is here */
	WHY_BUSY,		/* somebody else is enrolling it */
	WHY_STORAGE,
	WHY_NO_TAG,		/* none was held there, or not long enough */
	WHY_OTHER_TAG,		/* what is on it is no address */
	WHY_NO_READER,
	WHY_FILE		/* what is in the file is no address */
};
#define WHY_COUNT 19

#endif
