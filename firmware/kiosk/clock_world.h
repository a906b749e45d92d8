/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clock_world.h - what the machine says of its clock.
 */
#ifndef KIOSK_CLOCK_WORLD_H
#define KIOSK_CLOCK_WORLD_H

#include "kiosk/clock_trust.h"

/* All but the log's last entry, which is left 0. rtc: look at the battery
 * clock too. */
void clock_world_read(struct clock_world *w, bool rtc);

#endif
