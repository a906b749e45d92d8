/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notices.h - what a page says after a change: the redirect carries a word,
 * ?done=invited, and only sentences of this host can be shown by it.
 */
#ifndef HOST_PORTAL_NOTICES_H
#define HOST_PORTAL_NOTICES_H

#include "host/portal/layout.h"

/* The sentence of the request's word, if it has one. */
void notices_show(struct page *p, const struct call *c);

#endif
