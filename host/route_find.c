// SPDX-License-Identifier: Apache-2.0
#include "host/route_find.h"

#include <string.h>

static const struct route *const tables[] = { device_routes, portal_routes,
	api_routes };
#define NTABLES (sizeof(tables) / sizeof(tables[0]))

/* Part by part: a "*" takes one that is not empty, a "**" all that is left. */
static bool
matches(const char *pattern, const char *path)
{
	while (*pattern != 0) {
		if (*pattern == '*') {
			size_t n = strcspn(path, "/");

			if (n == 0)
				return false;
			if (pattern[1] == '*')
				return true;
			path += n;
			pattern++;
		} else if (*pattern++ != *path++)
			return false;
	}
	return *path == 0;
}

const struct route *
route_find(const struct http_request *in, unsigned *methods)
{
	const struct route *found = NULL;

	*methods = 0;
	for (size_t t = 0; t < NTABLES; t++)
		for (const struct route *r = tables[t]; r->path != NULL; r++) {
			if (!matches(r->path, in->path))
				continue;
			*methods |= 1u << r->method;
			if (r->method == in->method && found == NULL)
				found = r;
		}
	return found;
}

void
route_part(const struct call *c, unsigned n,
    char out[static STRICT_TARGET_MAX + 1])
{
	unsigned methods;
	const struct route *r = route_find(c->in, &methods);
	const char *pattern = r != NULL ? r->path : "", *path = c->in->path;

	out[0] = 0;
	for (; *pattern != 0; pattern++) {
		size_t len = *pattern != '*' ? 1 : pattern[1] == '*' ?
		    strlen(path) : strcspn(path, "/");

		if (*pattern == '*' && n-- == 0) {
			memcpy(out, path, len);
			out[len] = 0;
			return;
		}
		path += len;
	}
}

const char *
route_allow(unsigned methods)
{
	bool get = (methods & 1u << HTTP_GET) != 0;

	if (methods == (1u << HTTP_GET | 1u << HTTP_PATCH))
		return "GET, HEAD, PATCH";
	if ((methods & ~(1u << HTTP_GET | 1u << HTTP_POST)) != 0)
		return "GET, HEAD, POST, PUT, PATCH, DELETE";
	return !get ? "POST" : methods == 1u << HTTP_GET ? "GET, HEAD" :
	    "GET, HEAD, POST";
}

/* The page above a form's address, for who reloads what it has answered: in
 * path, which is cut. false: there is none. */
static bool
page_above(char *path)
{
	char *end;

	while ((end = strrchr(path, '/')) != NULL && end != path) {
		*end = 0;
		for (const struct route *r = portal_routes; r->path != NULL;
		    r++)
			if (r->method == HTTP_GET && r->need == PERSON &&
			    matches(r->path, path))
				return true;
	}
	return false;
}

bool
route_led_above(const struct http_request *in, struct http_answer *out)
{
	char path[STRICT_TARGET_MAX + 1];

	if (in->method != HTTP_GET)
		return false;
	snprintf(path, sizeof(path), "%s", in->path);
	for (const struct route *r = portal_routes; r->path != NULL; r++)
		if (r->method == HTTP_POST && matches(r->path, in->path)) {
			if (!page_above(path))
				return false;
			http_go(out, path);
			return true;
		}
	return false;
}

static void
print_one(FILE *f, const struct route *r)
{
	static const char *const of[] = { "-", "sponsor", "device", "lead" };

	fprintf(f, "%s\t%s\t%s\t%s\t%s", http_method_name(r->method), r->path,
	    access_act_name(r->act), of[r->subject],
	    r->need == API ? "api" : "page");
	for (unsigned i = 0; i < ACCOUNT_ROLES; i++)
		fprintf(f, "\t%c", access_reach(r->act, i));
	fputc('\n', f);
}

void
route_print(FILE *f)
{
	for (size_t t = 0; t < NTABLES; t++)
		for (const struct route *r = tables[t]; r->path != NULL; r++)
			if (r->need >= PERSON)
				print_one(f, r);
}
