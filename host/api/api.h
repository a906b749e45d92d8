/* SPDX-License-Identifier: Apache-2.0 */
/*
 * api.h - what the handlers of /api/v1/ share. openapi.json says what they
 * take and answer; a test holds the two together.
 */
#ifndef HOST_API_API_H
#define HOST_API_API_H

#include <jansson.h>

#include "host/person.h"

#define API_PAGE_MAX 200	/* things in one answer */
#define API_BODY_MAX 65536u	/* bytes of a request's body */

/* The answer is this object, whose reference is taken (NULL: no memory). A GET
 * gets an ETag over it, with `tag` (NULL: none) before; 304 for who has it. */
void api_answer(struct call *c, json_t *o, const char *tag);
/* 404, 422, 503, 500 …; never BW_OK. */
void api_failure(struct call *c, bw_err r);

/* A query's parameter. false: the answer says what is wrong with it. */
bool api_text(struct call *c, const char *name, char *out, size_t size);
/* *out is left alone when there is none. */
bool api_number(struct call *c, const char *name, uint64_t least,
    uint64_t most, uint64_t *out);
bool api_time(struct call *c, const char *name, int64_t *out);
/* The body as an object, for json_decref; NULL: the answer says why not. */
json_t *api_body(struct call *c);

/* Set a time as RFC 3339, null for 0. */
bool api_put_time(json_t *o, const char *key, int64_t t);
/* A page of a list: {"items": …, "next": the target of the next page or null},
 * and Link says it too. cursor "": there is none. The items' reference is
 * taken; ok false: no memory. */
void api_page(struct call *c, json_t *items, const char *cursor, bool ok);

/* leads_api.c, note_api.c */
void api_leads(struct call *c);
void api_lead(struct call *c);
void api_lead_patch(struct call *c);
/* Device and seq of the path's lead. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err api_lead_id(struct call *c, uint64_t *device,
    uint64_t *seq);
/* sponsor_api.c */
void api_exports(struct call *c);
void api_export(struct call *c);
void api_notices(struct call *c);
void api_notice_done(struct call *c);
void api_team(struct call *c);
/* event_api.c */
void api_sponsor_devices(struct call *c);
void api_sponsor_counts(struct call *c);
void api_devices(struct call *c);
void api_counts(struct call *c);
void api_logs(struct call *c);
/* log_api.c: a log's tile, as C2SP's tlog-tiles says. */
void api_tile(struct call *c);
/* openapi.c */
void api_document(struct call *c);

#endif
