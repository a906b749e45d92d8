/* SPDX-License-Identifier: Apache-2.0 */
/*
 * once_form.h - the value by which a form counts once (once.h): a hidden field,
 * the same for all forms of a page.
 *
 * It is no secret and proves nothing: that a form comes from a page of its
 * session is shown by what else stands in it.
 */
#ifndef HOST_ONCE_FORM_H
#define HOST_ONCE_FORM_H

#include "host/once.h"
#include "host/page.h"

#define ONCE_FIELD "once"

/* Within a form: the field, blank until the page's end, so that two pages that
 * differ in nothing else are the same to live.h. */
void once_put(struct page *p);
/* At the page's end: its value into all of them. */
void once_fill(struct page *p);

/* What tells the request from others, within the session of this secret.
 * BW_ERR_NOTFOUND: it has no value, as a form that was open while the host
 * was brought up to date; BW_ERR_FORMAT: it has what no page gave it. */
BW_MUST_USE bw_err once_read(const struct http_request *in,
    const char *session, struct once_key *out);

#endif
