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
/* /log/<device>/checkpoint: a note with the host's line. The newest for who may
 * have the log's tiles; for everybody the last before this quarter hour, 404
 * before there is one. */
void site_checkpoint(struct call *c);
/* What a browser gets in place of an error's sentence, with its status: a page
 * that says what to do; base: the host's own address. Programs, and what is asked
 * below /api and /v1, keep the sentence. */
void site_refused(const struct http_request *in, const char *base,
    struct http_answer *out);
/* 404 as a page. */
void site_missing(const struct http_request *in, struct http_answer *out);

#endif
