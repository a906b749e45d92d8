// SPDX-License-Identifier: Apache-2.0
#include "uplink/client.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/clock.h"
#include "base/notify.h"
#include "base/text.h"

#define STALLED_BYTES_PER_S 64

struct client {
	CURL *curl;
	const char *ca;
	const volatile bool *stop;
	curl_off_t moved;	/* bytes of this request, both ways */
};

bw_err
client_open(struct client **out, const char *ca, const volatile bool *stop)
{
	struct client *c;

	*out = NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return BW_ERR_NOMEM;
	if ((c = calloc(1, sizeof(*c))) == NULL ||
	    (c->curl = curl_easy_init()) == NULL) {
		free(c);
		return BW_ERR_NOMEM;
	}
	c->ca = ca;
	c->stop = stop;
	*out = c;
	return BW_OK;
}

void
client_close(struct client **c)
{
	if (*c == NULL)
		return;
	curl_easy_cleanup((*c)->curl);
	free(*c);
	*c = NULL;
	curl_global_cleanup();
}

static size_t
on_body(char *ptr, size_t size, size_t n, void *arg)
{
	struct client_reply *r = arg;

	return bw_buf_put(&r->body, ptr, size * n) == BW_OK ? size * n : 0;
}

/* The value of a header line when it has this name; not zero-terminated. */
static const char *
header_value(const char *line, size_t len, const char *name, size_t *out)
{
	size_t n = strlen(name);

	if (len <= n || strncasecmp(line, name, n) != 0 || line[n] != ':')
		return NULL;
	for (n++; n < len && line[n] == ' '; n++)
		continue;
	while (len > n && (line[len - 1] == '\r' || line[len - 1] == '\n' ||
	    line[len - 1] == ' '))
		len--;
	*out = len - n;
	return line + n;
}

/* Unix seconds of an HTTP date; 0 when it is none. */
static int64_t
date_of(const char *s, size_t len)
{
	char text[64];
	time_t t;

	if (len >= sizeof(text))
		return 0;
	memcpy(text, s, len);
	text[len] = 0;
	t = curl_getdate(text, NULL);
	return t > 0 ? (int64_t)t : 0;
}

/* Seconds, or a date: both are bounded, not refused. */
static void
take_retry_after(struct client_reply *r, const char *s, size_t len)
{
	uint64_t number;

	if (strspn(s, "0123456789") < len) {
		r->retry_at = date_of(s, len);
		return;
	}
	if (text_number(s, len, CLIENT_RETRY_MOST_S, &number) != BW_OK)
		number = CLIENT_RETRY_MOST_S;
	r->retry_after = (unsigned)number;
}

static size_t
on_header(char *line, size_t size, size_t n, void *arg)
{
	struct client_reply *r = arg;
	size_t len = size * n, vlen;
	const char *v;

	if ((v = header_value(line, len, "ETag", &vlen)) != NULL &&
	    vlen < sizeof(r->etag)) {
		memcpy(r->etag, v, vlen);
		r->etag[vlen] = 0;
	}
	if ((v = header_value(line, len, "Retry-After", &vlen)) != NULL)
		take_retry_after(r, v, vlen);
	if ((v = header_value(line, len, "Date", &vlen)) != NULL)
		r->date = date_of(v, vlen);
	return len;
}

/* A long upload is alive as long as bytes move; that none do is no progress,
 * however often curl looks. */
static int
on_progress(void *arg, curl_off_t dt, curl_off_t dn, curl_off_t ut,
    curl_off_t un)
{
	struct client *c = arg;

	(void)dt;
	(void)ut;
	if (dn + un != c->moved)
		notify_alive();
	c->moved = dn + un;
	return *c->stop;
}

static bw_err
set_always(struct client *c)
{
	CURL *h = c->curl;

	if (curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https") !=
	    CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_NOPROXY,
	    "127.0.0.1,localhost,::1") != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, 10000L) !=
	    CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME,
	    (long)CLIENT_STALLED_S) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT,
	    (long)STALLED_BYTES_PER_S) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_USERAGENT,
	    "badgeward-uplink/" BW_VERSION) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header) !=
	    CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, on_progress) !=
	    CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_XFERINFODATA, c) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L) != CURLE_OK)
		return BW_ERR_ARG;
	if (c->ca != NULL &&
	    curl_easy_setopt(h, CURLOPT_CAINFO, c->ca) != CURLE_OK)
		return BW_ERR_ARG;
	return BW_OK;
}

static bw_err
add_header(struct curl_slist **list, const char *name, const char *value)
{
	struct bw_buf b = BW_BUF_INIT(8192);
	struct curl_slist *more;
	const char *line;
	bw_err r;

	if ((r = bw_buf_printf(&b, "%s: %s", name, value)) != BW_OK ||
	    (r = bw_buf_cstr(&b, &line)) != BW_OK)
		goto out;
	r = BW_ERR_NOMEM;
	if ((more = curl_slist_append(*list, line)) == NULL)
		goto out;
	*list = more;
	r = BW_OK;
out:
	bw_buf_free(&b);
	return r;
}

static bw_err
add_headers(struct curl_slist **list, const struct client_request *q)
{
	struct bw_buf bearer = BW_BUF_INIT(8192);
	const char *value;
	bw_err r = BW_OK;

	if (q->token != NULL &&
	    ((r = bw_buf_printf(&bearer, "Bearer %s", q->token)) != BW_OK ||
	    (r = bw_buf_cstr(&bearer, &value)) != BW_OK ||
	    (r = add_header(list, "Authorization", value)) != BW_OK))
		goto out;
	if (q->etag != NULL && q->etag[0] != 0 &&
	    (r = add_header(list, "If-None-Match", q->etag)) != BW_OK)
		goto out;
	if (q->body != NULL &&
	    ((r = add_header(list, "Content-Type", q->type)) != BW_OK ||
	    (r = add_header(list, "Expect", "")) != BW_OK))
		goto out;
out:
	bw_buf_free(&bearer);
	return r;
}

static bw_err
set_request(struct client *c, const struct client_request *q,
    struct curl_slist *headers, struct client_reply *out)
{
	CURL *h = c->curl;

	const long timeout = CLIENT_TIMEOUT_MS +
	    (long)(q->len / CLIENT_BYTES_PER_MS);

	if (curl_easy_setopt(h, CURLOPT_URL, q->url) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, timeout) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_WRITEDATA, out) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_HEADERDATA, out) != CURLE_OK)
		return BW_ERR_NOMEM;
	if (q->body == NULL)
		return BW_OK;
	if (curl_easy_setopt(h, CURLOPT_POST, 1L) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)q->len) != CURLE_OK ||
	    curl_easy_setopt(h, CURLOPT_POSTFIELDS, q->body) != CURLE_OK)
		return BW_ERR_NOMEM;
	return BW_OK;
}

/* A date to come back at is by the clock that the answer itself tells: ours
 * may be wrong, and then curl's CURLINFO_RETRY_AFTER is wrong with it. */
static void
count_retry(struct client_reply *r)
{
	int64_t now = r->date != 0 ? r->date : clock_wall();
	int64_t left = r->retry_at - now;

	if (r->retry_at == 0 || left <= 0)
		return;
	r->retry_after = left < CLIENT_RETRY_MOST_S ? (unsigned)left :
	    CLIENT_RETRY_MOST_S;
}

/* curl's own words are of no use at a booth. */
static enum reach
reach_of(CURLcode code)
{
	if (code == CURLE_OK)
		return REACH_OK;
	if (code == CURLE_COULDNT_RESOLVE_HOST ||
	    code == CURLE_COULDNT_RESOLVE_PROXY)
		return REACH_NAME;
	if (code == CURLE_COULDNT_CONNECT || code == CURLE_INTERFACE_FAILED)
		return REACH_CONNECT;
	if (code == CURLE_OPERATION_TIMEDOUT)
		return REACH_TIMEOUT;
	if (code == CURLE_PEER_FAILED_VERIFICATION ||
	    code == CURLE_SSL_ISSUER_ERROR)
		return REACH_CERTIFICATE;
	if (code == CURLE_SSL_CACERT_BADFILE)
		return REACH_CA_FILE;
	if (code == CURLE_SSL_CONNECT_ERROR)
		return REACH_TLS;
	return REACH_ANSWER;
}

static bw_err
perform(struct client *c, struct client_reply *out)
{
	CURLcode code = curl_easy_perform(c->curl);
	long status = 0;

	out->reach = reach_of(code);
	if (code == CURLE_OPERATION_TIMEDOUT)
		return BW_ERR_TIMEOUT;
	if (code == CURLE_WRITE_ERROR)
		return BW_ERR_BOUND;
	if (code != CURLE_OK)
		return BW_ERR_GONE;
	if (curl_easy_getinfo(c->curl, CURLINFO_RESPONSE_CODE, &status) !=
	    CURLE_OK)
		return BW_ERR_GONE;
	out->status = (int)status;
	count_retry(out);
	return BW_OK;
}

bw_err
client_do(struct client *c, const struct client_request *q, size_t max,
    struct client_reply *out)
{
	struct curl_slist *headers = NULL;
	bw_err r;

	*out = (struct client_reply){ .body = BW_BUF_INIT(max) };
	notify_alive();
	c->moved = 0;
	/* Keeps the connection, forgets the last request. */
	curl_easy_reset(c->curl);
	if ((r = set_always(c)) == BW_OK &&
	    (r = add_headers(&headers, q)) == BW_OK &&
	    (r = set_request(c, q, headers, out)) == BW_OK)
		r = perform(c, out);
	curl_slist_free_all(headers);
	return r;
}

void
client_reply_free(struct client_reply *r)
{
	bw_buf_free(&r->body);
}
