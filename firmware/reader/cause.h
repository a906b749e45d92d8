/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cause.h - why there is no usable chip, in words for the staff.
 */
#ifndef READER_CAUSE_H
#define READER_CAUSE_H

#include "reader/ipc.h"

/* "absent", "in use" …; never NULL. */
const char *reader_cause_name(enum reader_cause c);
/* What is wrong and what to do about it, without a full stop; never NULL. */
const char *reader_cause_says(enum reader_cause c);

#endif
