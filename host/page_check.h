/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_check.h - /verify, where a browser checks a tlog-proof by itself: the
 * script of the page does it all, sends nothing, and needs no network once the
 * page is there. The keys stand on the page, to be replaced by others.
 */
#ifndef HOST_PAGE_CHECK_H
#define HOST_PAGE_CHECK_H

#include "host/host.h"

void site_check(struct call *c);
void site_check_script(struct call *c);
void site_zip_script(struct call *c);

#endif
