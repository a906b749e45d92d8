/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_contact.h - beside store.h: who answers for the event, by the version
 * of its policy. Devices do not get it.
 */
#ifndef HOST_STORE_CONTACT_H
#define HOST_STORE_CONTACT_H

#include "host/store.h"

#define CONTACT_MAX 300		/* bytes of each */

/* Empty: the policy does not say. */
struct store_contact {
	char controller[CONTACT_MAX + 1];	/* who is responsible */
	char contact[CONTACT_MAX + 1];		/* for data protection */
	char complaint[CONTACT_MAX + 1];	/* the supervisory authority */
};

/* Of a version that was just installed; in its transaction. */
BW_MUST_USE bw_err store_contact_put(struct store *s, const char *version,
    const struct store_contact *in);
/* All empty when there is no such version. */
BW_MUST_USE bw_err store_contact_get(struct store *s, const char *version,
    struct store_contact *out);

#endif
