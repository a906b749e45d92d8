/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_public.h - /privacy, what the event collects: who answers for it, what
 * is collected, by whom and for how long, and each sponsor, from the policy
 * that is in force. It knows no one, and nobody is known by it.
 */
#ifndef HOST_PAGE_PUBLIC_H
#define HOST_PAGE_PUBLIC_H

#include "host/host.h"

/* Each sponsor's part has its id, for /privacy#<id>. */
void site_privacy(struct call *c);

#endif
