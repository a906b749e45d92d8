// SPDX-License-Identifier: Apache-2.0
#include "host/api/api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/case.h"
#include "host/when.h"
#include "record/crypto.h"

#define TAG_BYTES 8

static bool
has_it(const struct call *c)
{
	const char *had = strict_value(c->in->head, "If-None-Match");

	return had != NULL && strstr(had, c->out->etag) != NULL;
}

static bw_err
set_tag(struct call *c, const char *text, const char *tag)
{
	const struct bw_part part = { text, strlen(text) };
	char hex[TEXT_HEX_SIZE(TAG_BYTES)];
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if ((r = crypto_sha256(&part, 1, hash)) != BW_OK)
		return r;
	text_hex(hash, TAG_BYTES, hex);
	snprintf(c->out->etag, sizeof(c->out->etag), "\"%s%s%s\"",
	    tag != NULL ? tag : "", tag != NULL ? "-" : "", hex);
	return BW_OK;
}

void
api_answer(struct call *c, json_t *o, const char *tag)
{
	char *text = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;
	bool get = c->in->method == HTTP_GET;
	bw_err r = BW_OK;

	json_decref(o);
	c->out->personal = true;
	if (text == NULL)
		r = BW_ERR_NOMEM;
	else if (get || tag != NULL)
		r = set_tag(c, text, tag);
	if (r != BW_OK)
		http_failure(c->out, r);
	else if (get && has_it(c))
		http_text(c->out, 304, NULL, NULL, 0);
	else
		http_text(c->out, 200, "application/json", text,
		    strlen(text));
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	free(text);
}

void
api_failure(struct call *c, bw_err r)
{
	if (r == BW_ERR_NOTFOUND)
		http_error(c->out, 404, "there is no such thing");
	else if (r == BW_ERR_DENIED)
		http_error(c->out, 403, "who asks may not any more");
	else if (r == BW_ERR_ARG)
		http_error(c->out, 422, "the request asks for something that "
		    "cannot be");
	else
		http_failure(c->out, r);
}

static bool
wrong(struct call *c, const char *name, const char *what)
{
	char text[160];

	snprintf(text, sizeof(text), "%s %s", name, what);
	http_error(c->out, 422, text);
	return false;
}

bool
api_text(struct call *c, const char *name, char *out, size_t size)
{
	bw_err r = http_param(c->in, name, out, size);

	return r == BW_OK || r == BW_ERR_NOTFOUND ||
	    wrong(c, name, "cannot be read or is too long");
}

bool
api_number(struct call *c, const char *name, uint64_t least, uint64_t most,
    uint64_t *out)
{
	char text[24];
	uint64_t n;
	bw_err r = http_param(c->in, name, text, sizeof(text));

	if (r == BW_ERR_NOTFOUND)
		return true;
	if (r != BW_OK || text_number(text, strlen(text), most, &n) !=
	    BW_OK || n < least)
		return wrong(c, name, "is no number that can be used here");
	*out = n;
	return true;
}

bool
api_time(struct call *c, const char *name, int64_t *out)
{
	char text[40];
	bw_err r = http_param(c->in, name, text, sizeof(text));

	if (r == BW_ERR_NOTFOUND)
		return true;
	if (r != BW_OK || case_when(c->store, text, false, out) != BW_OK)
		return wrong(c, name, "is a time like 2026-06-01T09:30:00Z; "
		    "write a + as %2B");
	return true;
}

json_t *
api_body(struct call *c)
{
	const char *type = strict_value(c->in->head, "Content-Type");
	json_t *o;

	if (type == NULL || strncmp(type, "application/json", 16) != 0 ||
	    strchr(" ;", type[16]) == NULL) {
		http_error(c->out, 415, "send application/json");
		return NULL;
	}
	o = json_loadb((const char *)c->in->body, c->in->body_len,
	    JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(o))
		return o;
	json_decref(o);
	http_error(c->out, 400, "the body is one JSON object");
	return NULL;
}

bool
api_put_time(json_t *o, const char *key, int64_t t)
{
	char text[WHEN_SIZE];

	if (t == 0)
		return json_object_set_new(o, key, json_null()) == 0;
	when_format(t, text);
	return json_object_set_new(o, key, json_string(text)) == 0;
}

/* The request's own query with another cursor. false: it has no room. */
static bool
next_target(const struct call *c, const char *cursor,
    char out[static STRICT_TARGET_MAX + 1])
{
	size_t most = STRICT_TARGET_MAX + 1;
	int n = snprintf(out, most, "%s?cursor=%s", c->in->path, cursor);

	for (const char *p = c->in->query; *p != 0 && (size_t)n < most;) {
		size_t len = strcspn(p, "&");

		if (strncmp(p, "cursor=", 7) != 0 && len != 0)
			n += snprintf(out + n, most - (size_t)n, "&%.*s",
			    (int)len, p);
		p += len + (p[len] == '&');
	}
	return (size_t)n < most;
}

void
api_page(struct call *c, json_t *items, const char *cursor, bool ok)
{
	char target[STRICT_TARGET_MAX + 1];
	bool more = cursor[0] != 0;
	json_t *o = NULL;

	if (ok && more && !next_target(c, cursor, target)) {
		json_decref(items);
		http_error(c->out, 422, "the list goes over too many devices; "
		    "ask for one device at a time");
		return;
	}
	if (ok)
		o = json_pack("{s:O?, s:s?}", "items", items, "next",
		    more ? target : NULL);
	json_decref(items);
	if (o != NULL && more)
		snprintf(c->out->link, sizeof(c->out->link),
		    "<%s>; rel=\"next\"", target);
	api_answer(c, o, NULL);
}
