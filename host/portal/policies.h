/* SPDX-License-Identifier: Apache-2.0 */
/* policies.h - what is installed: the versions of the policy, its sponsors. */
#ifndef HOST_PORTAL_POLICIES_H
#define HOST_PORTAL_POLICIES_H

#include "host/portal/layout.h"

/* The current version, the draft if there is one, all versions. */
void policies_show(struct call *c);
/* One version: sentences, text, who installed it; and its file. */
void policies_version(struct call *c);
void policies_download(struct call *c);

/* The current version's sponsors with their devices and people; one of them. */
void sponsors_list(struct call *c);
void sponsors_show(struct call *c);

#endif
