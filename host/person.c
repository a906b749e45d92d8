// SPDX-License-Identifier: Apache-2.0
#include "host/person.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "host/hostclock.h"
#include "host/portal/live.h"

static bool
secure(const struct call *c)
{
	return strncmp(c->host->dir->config.base_url, "https:", 6) == 0;
}

static const char *
cookie_name(const struct call *c)
{
	return secure(c) ? "__Host-badgeward" : "badgeward";
}

bw_err
person_cookie(struct call *c, const char *id)
{
	char text[HTTP_COOKIE_MAX];

	snprintf(text, sizeof(text), "%s=%s; Path=/; HttpOnly; SameSite=Lax"
	    "%s; Max-Age=%s", cookie_name(c), id != NULL ? id : "",
	    secure(c) ? "; Secure" : "", id != NULL ? "604800" : "0");
	return http_set_cookie(c->out, text);
}

static bool
failed(struct call *c, bw_err r)
{
	http_failure(c->out, r);
	return false;
}

static bool
by_token(struct call *c, const char *text, struct person *out)
{
	bw_err r = token_find(c->store, text, c->now, &out->token);

	if (r == BW_ERR_NOTFOUND || r == BW_ERR_FORMAT) {
		http_error(c->out, 401, "the token is not good; it may be "
		    "over or revoked");
		c->out->challenge = "Bearer";
		return false;
	}
	if (r != BW_OK)
		return failed(c, r);
	out->who.token = &out->token;
	out->actor = out->token.actor;
	return true;
}

/* The script of an open page asks, for what has changed or to be told so. */
static bool
by_itself(const struct call *c)
{
	return strict_value(c->in->head, LIVE_HEADER) != NULL ||
	    strcmp(c->in->path, "/events") == 0;
}

static bool
by_cookie(struct call *c, struct person *out)
{
	bw_err r;

	r = http_cookie(c->in, cookie_name(c), out->id, sizeof(out->id));
	if (r == BW_OK)
		r = (by_itself(c) ? login_look : login_find)(c->store, out->id,
		    c->now, &out->login);
	if (r == BW_OK)
		r = login_csrf(out->id, out->csrf);
	if (r == BW_OK) {
		out->who.login = &out->login;
		out->actor = out->login.actor;
		return true;
	}
	explicit_bzero(out->id, sizeof(out->id));
	return r == BW_ERR_NOTFOUND || r == BW_ERR_FORMAT ||
	    r == BW_ERR_BOUND || r == BW_ERR_ARG ? true : failed(c, r);
}

bool
person_find(struct call *c, bool api, struct person *out)
{
	const char *v = strict_value(c->in->head, "Authorization");

	*out = (struct person){ .actor = "" };
	if (api && v != NULL && strncmp(v, "Bearer ", 7) == 0)
		return by_token(c, v + 7, out);
	return by_cookie(c, out);
}

bw_err
person_still_may(const struct call *c)
{
	const struct person *me = c->me;
	int64_t now;
	bw_err r = hostclock_now(c->store, &now);

	if (r == BW_OK)
		r = me->who.token != NULL ?
		    token_alive(c->store, me->token.id, now) :
		    login_alive(c->store, me->login.num, now);
	return r == BW_ERR_NOTFOUND ? BW_ERR_DENIED : r;
}

/* It was asked for where it listens, with nothing in front. */
static bool
at_listen(const struct call *c)
{
	const char *host = strict_value(c->in->head, "Host");

	return host != NULL && strcasecmp(host, c->in->listen) == 0;
}

bool
person_same_origin(const struct call *c)
{
	const char *site = strict_value(c->in->head, "Sec-Fetch-Site");
	const char *origin = strict_value(c->in->head, "Origin");

	if (site != NULL && strcmp(site, "same-origin") != 0 &&
	    strcmp(site, "none") != 0)
		return false;
	if (origin == NULL)
		return true;
	/* With its scheme: who sits on the line can be http, never https. */
	return strcasecmp(origin, c->host->dir->config.base_url) == 0 ||
	    (strncmp(origin, "http://", 7) == 0 &&
	    strcasecmp(origin + 7, c->in->listen) == 0 &&
	    at_listen(c));
}

bool
person_csrf_ok(const struct call *c, const struct person *p)
{
	char given[LOGIN_CSRF_SIZE];

	return http_form(c->in, PERSON_CSRF_FIELD, given,
	    sizeof(given)) == BW_OK && login_csrf_ok(p->id, given);
}

bool
person_host_ok(const struct call *c)
{
	const char *host = strict_value(c->in->head, "Host");
	const char *base = strstr(c->host->dir->config.base_url, "://");

	return (host != NULL && base != NULL &&
	    strcasecmp(host, base + 3) == 0) || at_listen(c);
}
