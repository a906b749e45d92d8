/* SPDX-License-Identifier: Apache-2.0 */
/*
 * care.h - what is wrong with a device and what to do about it, in plain words;
 * the worst first.
 */
#ifndef HOST_PORTAL_CARE_H
#define HOST_PORTAL_CARE_H

#include "host/health.h"
#include "host/store_device.h"

#define CARE_SILENT_SECONDS 600		/* devices speak up once a minute */
#define CARE_BACKLOG 100

/* In the order of how soon somebody must go there. */
enum care {
	CARE_FORKED = 0, CARE_LOG, CARE_CLOSED, CARE_CLOCK, CARE_STORAGE,
	CARE_POLICY, CARE_SCREEN, CARE_HOST, CARE_LESS, CARE_READER, CARE_OFF,
	CARE_PUT_BACK, CARE_HEARD, CARE_SILENT, CARE_SILENT_UNBEGUN,
	CARE_BACKLOG_GROWS, CARE_DISK_LOW, CARE_INVITE_OVER,
	CARE_CLOCK_UNSURE, CARE_UNTOLD, CARE_UPLINK_ALONE, CARE_OLD,
	CARE_INVITED, CARE_DAY, CARE_LOST, CARE_REVOKED
};
#define CARES (CARE_REVOKED + 1)	/* also: none */

/* Bits by enum care; 0: all is well. version: the host's. */
unsigned care_find(const struct store_device *d, const struct health *h,
    const char *version, int64_t now);
/* The worst of them; CARES for none. */
enum care care_worst(unsigned cares);
/* Whether somebody has to do something. */
bool care_urgent(unsigned cares);
/* English sentences, N_(); todo is "" when there is nothing to do. */
const char *care_what(enum care c);
const char *care_todo(enum care c);

#endif
