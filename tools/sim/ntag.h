/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ntag.h - NFC Forum Type 2 tags: NTAG213/215/216 and the older, smaller
 * MIFARE Ultralight, which knows READ and WRITE only.
 *
 * Sources: NXP's NTAG213/215/216 data sheet (rev. 3.2), chapters 8 and 10.
 */
#ifndef SIM_NTAG_H
#define SIM_NTAG_H

#include "tools/sim/tag.h"

#define NTAG_PAGE 4	/* bytes */
#define NTAG_USER 4	/* first page of the user memory */

extern const struct tag_kind ntag213, ntag215, ntag216, ultralight;

#endif
