/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_site.h - the public addresses that know no one: the front page, what a
 * badge is, the style and script, health, and the checkpoint of each log.
 */
#ifndef HOST_PAGE_SITE_H
#define HOST_PAGE_SITE_H

#include "host/host.h"

void site_home(struct call *c);
void site_badge(struct call *c);
void site_receipt_moved(struct call *c);
void site_style(struct call *c);
void site_script(struct call *c);
/* JSON {"status":"ok","version":…}; 503 when the store does not answer. */
void site_health(struct call *c);
/* /log/<device>/checkpoint: the newest note, with the host's line. */
void site_checkpoint(struct call *c);
/* 404 as a page. */
void site_missing(const struct http_request *in, struct http_answer *out);

#endif
