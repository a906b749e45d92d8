/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crowd.h - how many connections each source has open (address.h).
 */
#ifndef HOST_CROWD_H
#define HOST_CROWD_H

#include "base/err.h"

struct crowd;

BW_MUST_USE bw_err crowd_open(struct crowd **out);
void crowd_close(struct crowd **c);

/* One more of this source; how many it has now, 0 when memory is short (then
 * it was not counted). Threads may call these. */
unsigned crowd_join(struct crowd *c, const char *source);
/* One that was counted is gone. */
void crowd_leave(struct crowd *c, const char *source);

#endif
