/* SPDX-License-Identifier: Apache-2.0 */
/* birth.h - a date of birth, as forms spell it, as an age. */
#ifndef HOST_IMPORT_BIRTH_H
#define HOST_IMPORT_BIRTH_H

#include <stdint.h>

#include "base/err.h"

/* "2009-04-03", "3.4.2009", "03/04/2009", "3-4-2009": whole years at a time
 * (unix seconds). Where day and month could be each other, the later date is
 * meant: doubt makes nobody older. BW_ERR_FORMAT: no such date, or one that is
 * to come or over 130 years ago. */
BW_MUST_USE bw_err birth_age(const char *s, int64_t now, int *years);

#endif
