/* SPDX-License-Identifier: Apache-2.0 */
/* keyset.h - a set of strings: was this one there before? */
#ifndef HOST_KEYSET_H
#define HOST_KEYSET_H

#include <stdbool.h>

#include "base/err.h"

/* NULL is the empty set. */
BW_MUST_USE bw_err keyset_add(void **set, const char *key, bool *again);
void keyset_free(void **set);

#endif
