/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ntag.h - NFC Forum Type 2 tags: NTAG213/215/216; MIFARE Ultralight EV1
 * (MF0UL11, MF0UL21), which is smaller; and the older MIFARE Ultralight, which
 * knows READ and WRITE only. The last three are formatted as Type 2 tags, which
 * their factory leaves to others.
 *
 * Sources: NXP's data sheets NTAG213/215/216 (rev. 3.2), chapters 8 and 10, and
 * MF0ULx1 (rev. 3.3).
 */
#ifndef SIM_NTAG_H
#define SIM_NTAG_H

#include "tools/sim/tag.h"

#define NTAG_PAGE 4	/* bytes */
#define NTAG_USER 4	/* first page of the user memory */

extern const struct tag_kind ntag213, ntag215, ntag216, mf0ul11, mf0ul21,
    ultralight;

#endif
