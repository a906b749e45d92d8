// SPDX-License-Identifier: Apache-2.0
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "record/jws.h"
#include "uplink/uplink.h"

#define URL_MAX 600
#define CLOCK_NEAR 2	/* seconds of difference that a 401 is not due to */

static bw_err
make_token(const struct uplink *u, const struct uplink_call *q,
    struct bw_buf *out)
{
	struct request_claims c = {
		.iat = (uint64_t)(clock_wall() + u->ahead) };
	const struct bw_part body = q->body != NULL ?
	    PART(q->body->ptr, q->body->len) : PART("", 0);
	uint8_t jti[16];
	bw_err r;

	if (strlen(q->method) >= sizeof(c.htm) ||
	    strlen(q->path) >= sizeof(c.htu))
		return BW_ERR_BOUND;
	strcpy(c.htm, q->method);
	strcpy(c.htu, q->path);
	if ((r = bw_random(jti, sizeof(jti))) != BW_OK)
		return r;
	text_hex(jti, sizeof(jti), c.jti);
	if ((r = crypto_sha256(&body, 1, c.bsh)) != BW_OK)
		return r;
	return request_sign(u->identity, u->device, &c, out);
}

static bw_err
call_once(struct uplink *u, const struct uplink_call *q,
    struct client_reply *out)
{
	struct bw_buf token = BW_BUF_INIT(JWS_REQUEST_MAX);
	char url[URL_MAX];
	struct client_request request = { .method = q->method, .url = url,
		.etag = q->etag, .type = q->type };
	bw_err r = BW_ERR_BOUND;

	*out = (struct client_reply){ .body = BW_BUF_INIT(0) };
	if (snprintf(url, sizeof(url), "%s%s", q->base, q->path) >= URL_MAX)
		goto out;
	if (q->with_token && ((r = make_token(u, q, &token)) != BW_OK ||
	    (r = bw_buf_cstr(&token, &request.token)) != BW_OK))
		goto out;
	if (q->body != NULL) {
		request.body = q->body->ptr;
		request.len = q->body->len;
	}
	r = client_do(u->client, &request, q->max, out);
out:
	bw_buf_free(&token);
	return r;
}

/* The host thinks it is another time: take over the difference. */
static bool
clock_corrected(struct uplink *u, const struct client_reply *a)
{
	int64_t ahead = a->date - clock_wall();
	int64_t change = ahead - u->ahead;

	if (a->status != 401 || a->date == 0 ||
	    (change <= CLOCK_NEAR && change >= -CLOCK_NEAR))
		return false;
	u->ahead = ahead;
	log_info("the host's clock is %lld s away from this one",
	    (long long)ahead);
	return true;
}

bw_err
uplink_call(struct uplink *u, const struct uplink_call *q,
    struct client_reply *out)
{
	bw_err r = call_once(u, q, out);

	if (r == BW_OK && q->with_token && clock_corrected(u, out)) {
		client_reply_free(out);
		r = call_once(u, q, out);
	}
	if (r != BW_OK) {
		if (u->online || u->trouble[0] == 0 || u->reach != out->reach) {
			snprintf(u->trouble, sizeof(u->trouble),
			    "the host cannot be reached: %s",
			    out->reach != REACH_OK ?
			    reach_sentence(out->reach) : bw_strerror(r));
			log_warn("%s: %s", q->base, u->trouble);
		}
		u->reach = out->reach;
		u->online = false;
		return r;
	}
	u->reach = REACH_OK;
	u->online = true;
	/* The longest of this pass: another request that goes well does not
	 * take back what the host asked for. */
	if (out->retry_after > u->retry_after)
		u->retry_after = out->retry_after;
	return BW_OK;
}

/* The sentence in {"error": "…"}, when it is one. */
static void
error_of(const struct client_reply *a, char *out, size_t size)
{
	json_t *o = json_loadb((const char *)a->body.ptr, a->body.len, 0,
	    NULL);
	const char *s = json_string_value(json_object_get(o, "error"));

	out[0] = 0;
	if (s != NULL && strlen(s) < size && text_is_clean(s, strlen(s)))
		strcpy(out, s);
	json_decref(o);
}

/* What is the same at each try is logged at the first, and then seldom. */
static void
say_trouble(struct uplink *u)
{
	int64_t now = clock_mono_ms();
	struct uplink_said *to = &u->said[0];

	for (size_t i = 0; i < UPLINK_SAID; i++) {
		struct uplink_said *s = &u->said[i];

		if (s->at != 0 && strcmp(s->text, u->trouble) == 0) {
			if (now - s->at < UPLINK_QUIET_MS)
				return;
			to = s;
			break;
		}
		if (s->at < to->at)
			to = s;
	}
	memcpy(to->text, u->trouble, sizeof(to->text));
	to->at = now;
	log_warn("%s", u->trouble);
}

void
uplink_well(struct uplink *u)
{
	bool was = false;

	for (size_t i = 0; i < UPLINK_SAID; i++)
		was = was || u->said[i].at != 0;
	if (was)
		log_info("all that waited is carried again");
	memset(u->said, 0, sizeof(u->said));
	u->trouble[0] = '\0';
}

bw_err
uplink_odd(struct uplink *u, const char *what)
{
	snprintf(u->trouble, sizeof(u->trouble), "%s", what);
	say_trouble(u);
	return BW_ERR_BUSY;
}

bw_err
uplink_refused(struct uplink *u, const char *what,
    const struct client_reply *a)
{
	char said[160];

	error_of(a, said, sizeof(said));
	snprintf(u->trouble, sizeof(u->trouble), "%s: the host said %d%s%.150s",
	    what, a->status, said[0] != 0 ? ": " : "", said);
	say_trouble(u);
	if (a->status >= 500 || a->status == 429 || a->status == 401 ||
	    a->status == 408) {
		u->reach = REACH_BUSY;
		return BW_ERR_BUSY;
	}
	return BW_ERR_DENIED;
}
