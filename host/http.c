// SPDX-License-Identifier: Apache-2.0
#include "host/http.h"

#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *
http_method_name(enum http_method m)
{
	static const char *const name[HTTP_METHODS] = { "GET", "POST", "PUT",
		"PATCH", "DELETE" };

	return name[m];
}

bool
http_is_api(const char *target)
{
	return strncmp(target, "/api/", 5) == 0;
}

bool
http_gone(const struct http_request *r)
{
	struct pollfd p = { .fd = r->fd, .events = POLLRDHUP };

	return poll(&p, 1, 0) == 1 &&
	    (p.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void
http_text(struct http_answer *a, unsigned status, const char *type,
    const void *ptr, size_t len)
{
	a->status = status;
	a->type = type;
	bw_buf_reset(&a->body);
	if (bw_buf_put(&a->body, ptr, len) != BW_OK) {
		bw_buf_reset(&a->body);
		a->status = 500;
	}
}

static const char *
title(unsigned status)
{
	static const struct { unsigned status; const char *title; } all[] = {
		{ 400, "Bad Request" }, { 401, "Unauthorized" },
		{ 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 412, "Precondition Failed" },
		{ 413, "Content Too Large" }, { 415, "Unsupported Media Type" },
		{ 421, "Misdirected Request" },
		{ 422, "Unprocessable Content" },
		{ 428, "Precondition Required" }, { 429, "Too Many Requests" },
		{ 503, "Service Unavailable" }
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].status == status)
			return all[i].title;
	return "Internal Server Error";
}

void
http_error(struct http_answer *a, unsigned status, const char *sentence)
{
	json_t *o = !a->problem ? json_pack("{s:s}", "error", sentence) :
	    json_pack("{s:s, s:s, s:i, s:s}", "type", "about:blank", "title",
	    title(status), "status", (int)status, "detail", sentence);
	char *text = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;

	json_decref(o);
	http_text(a, status, a->problem ? "application/problem+json" :
	    "application/json", text != NULL ? text : "{}",
	    text != NULL ? strlen(text) : 2);
	free(text);
}

void
http_failure(struct http_answer *a, bw_err r)
{
	bool later = r == BW_ERR_BUSY || r == BW_ERR_FULL ||
	    r == BW_ERR_NOMEM || r == BW_ERR_TIMEOUT;

	if (!later) {
		http_error(a, 500, "the host failed; its log says why");
		return;
	}
	http_error(a, 503, r == BW_ERR_FULL ?
	    "the host has no room left; try again later" :
	    "the host is busy; try again later");
	a->retry_after = 5;
}

bool
http_query(const struct http_request *r, const char *name,
    const char **value)
{
	size_t len = strlen(name);

	*value = NULL;
	if (strncmp(r->query, name, len) != 0 || r->query[len] != '=' ||
	    strchr(r->query, '&') != NULL)
		return false;
	*value = r->query + len + 1;
	return true;
}

/* A path of this host and of no other: "//host" and "/\\host" are addresses of
 * elsewhere to a browser. */
static bool
is_local(const char *path)
{
	if (path[0] != '/' || path[1] == '/' || path[1] == '\\' ||
	    strlen(path) > STRICT_TARGET_MAX)
		return false;
	for (; *path != 0; path++)
		if (*path <= ' ' || *path >= 0x7f || *path == '\\')
			return false;
	return true;
}

void
http_go(struct http_answer *a, const char *path)
{
	const char *to = is_local(path) ? path : "/";

	http_text(a, 303, "text/plain; charset=utf-8", to, strlen(to));
	a->page = a->portal = false;
	snprintf(a->location, sizeof(a->location), "%s", to);
}

void
http_file(struct http_answer *a, const char *type, int fd, uint64_t len)
{
	http_text(a, 200, type, NULL, 0);
	a->file = true;
	a->fd = fd;
	a->fd_len = len;
}

void
http_save_as(struct http_answer *a, const char *name)
{
	static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t i = 0;

	for (; name[i] != 0 && i + 1 < sizeof(a->download); i++)
		a->download[i] = strchr(fine, name[i]) != NULL ? name[i] : '-';
	a->download[i] = 0;
}

bw_err
http_set_cookie(struct http_answer *a, const char *cookie)
{
	if (a->cookies == HTTP_COOKIES_MAX ||
	    strlen(cookie) >= HTTP_COOKIE_MAX)
		return BW_ERR_BOUND;
	snprintf(a->cookie[a->cookies++], HTTP_COOKIE_MAX, "%s", cookie);
	return BW_OK;
}
