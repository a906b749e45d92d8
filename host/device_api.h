/* SPDX-License-Identifier: Apache-2.0 */
/*
 * device_api.h - what an enrolled device asks (FORMATS.md, Device and host).
 * Each fills in the whole answer.
 */
#ifndef HOST_DEVICE_API_H
#define HOST_DEVICE_API_H

#include "host/host.h"

#define STATUS_MAX 4096		/* bytes of a health report */

void device_get_policy(struct call *c);
void device_get_log(struct call *c);
void device_post_log(struct call *c);
void device_post_status(struct call *c);

#endif
