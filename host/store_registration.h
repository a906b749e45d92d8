/* SPDX-License-Identifier: Apache-2.0 */
/* store_registration.h - beside store.h: what a put would do. */
#ifndef HOST_STORE_REGISTRATION_H
#define HOST_STORE_REGISTRATION_H

#include "host/store.h"

/* What store_registration_put would do, without doing it: `had` as it is now
 * (all zero when it would be added), `new` as it would be. Wipe both. */
BW_MUST_USE bw_err store_registration_try(struct store *s,
    const struct registration *in, enum store_change *change,
    struct registration *had, struct registration *new);

#endif
