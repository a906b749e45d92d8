/* SPDX-License-Identifier: Apache-2.0 */
/*
 * assets.h - style and scripts of the portal: Bootstrap and Chart.js as Debian
 * packages them, read once from disk, and two files of our own. Their addresses
 * hold their hash, so browsers keep them.
 */
#ifndef HOST_PORTAL_ASSETS_H
#define HOST_PORTAL_ASSETS_H

#include "host/page.h"
#include "host/host.h"

/* The links of every page. */
void assets_head(struct page *p);
/* <script> of Chart.js, for a page that draws. */
void assets_chart(struct page *p);
/* The same, and what draws the dashboard's chart with it. */
void assets_dashboard(struct page *p);
/* GET /assets/HASH/NAME */
void assets_serve(struct call *c);

#endif
