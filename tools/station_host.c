// SPDX-License-Identifier: Apache-2.0
#include "tools/station_host.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/staff.h"
#include "uplink/client.h"

#define ANSWER_MAX 16384
#define URL_MAX 512

struct station_host {
	struct station_where where;
	struct client *client;
	int said;		/* the status that was complained of last */
	enum reach reach;	/* and the way */
};

bw_err
station_host_open(struct station_host **out, const struct station_where *where,
    const volatile bool *stop)
{
	struct station_host *h = calloc(1, sizeof(*h));
	bw_err r;

	*out = NULL;
	if (h == NULL)
		return BW_ERR_NOMEM;
	h->where = *where;
	if ((r = client_open(&h->client, where->ca, stop)) != BW_OK) {
		free(h);
		return r;
	}
	*out = h;
	return BW_OK;
}

void
station_host_close(struct station_host **h)
{
	if (*h == NULL)
		return;
	client_close(&(*h)->client);
	free(*h);
	*h = NULL;
}

/* Its own sentence, if it has one that can be shown. */
static const char *
sentence_of(json_t *answer)
{
	const char *s = json_string_value(json_object_get(answer, "error"));

	return s != NULL && strlen(s) < 500 && text_is_plain(s, strlen(s)) ?
	    s : "the host gives no reason";
}

static bw_err
judge(struct station_host *h, int status, json_t *answer)
{
	bool again = status == h->said;

	h->said = status == 200 ? 0 : status;
	if (status == 200)
		return answer != NULL ? BW_OK : BW_ERR_GONE;
	if (status == 401 || status == 403)
		(void)staff_fail("the host does not take this token; it must "
		    "be one for badges:write that is not over");
	else if (status == 409)
		(void)staff_fail("%s", sentence_of(answer));
	if (status == 401 || status == 403 || status == 409)
		return BW_ERR_DENIED;
	if (status == 410)
		return BW_ERR_EXPIRED;
	if (status == 422)
		(void)staff_fail("%s", sentence_of(answer));
	else if (!again)
		(void)staff_fail("the host answers %d; trying again", status);
	return status == 422 ? BW_ERR_ARG : BW_ERR_GONE;
}

static void
not_reached(struct station_host *h, enum reach why)
{
	if (why != h->reach && why != REACH_OK)
		(void)staff_fail("the host cannot be reached: %s; trying again",
		    reach_sentence(why));
	h->reach = why;
}

/* Send an object, which is consumed; *answer is for json_decref. */
static bw_err
ask(struct station_host *h, const char *what, json_t *in, json_t **answer)
{
	char url[URL_MAX], *text = in != NULL ? json_dumps(in, JSON_COMPACT) :
	    NULL;
	struct client_reply reply = { 0 };
	struct client_request q = { .method = "POST", .url = url,
		.token = h->where.token, .type = "application/json",
		.body = text };
	bw_err r = BW_ERR_NOMEM;

	*answer = NULL;
	json_decref(in);
	if (text == NULL || snprintf(url, sizeof(url),
	    "%s/api/v1/stations/%s/%s", h->where.base, h->where.name, what) >=
	    (int)sizeof(url))
		goto out;
	q.len = strlen(text);
	r = client_do(h->client, &q, ANSWER_MAX, &reply);
	not_reached(h, reply.reach);
	if (r == BW_OK) {
		*answer = json_loadb((const char *)reply.body.ptr,
		    reply.body.len, JSON_REJECT_DUPLICATES, NULL);
		r = judge(h, reply.status, *answer);
	} else
		r = BW_ERR_GONE;
out:
	client_reply_free(&reply);
	free(text);
	return r;
}

bw_err
station_host_poll(struct station_host *h, uint64_t *job,
    uint64_t *registration)
{
	json_int_t id = 0, reg = 0;
	json_t *in;
	bw_err r;

	*job = *registration = 0;
	r = ask(h, "poll", json_object(), &in);
	if (r == BW_OK && !json_is_null(json_object_get(in, "job"))) {
		if (json_unpack(in, "{s:{s:I, s:I}}", "job", "id", &id,
		    "registration", &reg) != 0 || id <= 0 || reg < 0)
			r = BW_ERR_GONE;
		*job = (uint64_t)id;
		*registration = (uint64_t)reg;
	}
	json_decref(in);
	return r;
}

bw_err
station_host_state(struct station_host *h, uint64_t job, const char *state,
    const char *why)
{
	json_t *in;
	bw_err r;

	r = ask(h, "state", json_pack("{s:I, s:s, s:s*}", "job",
	    (json_int_t)job, "state", state, "why", why), &in);
	json_decref(in);
	return r;
}

static json_t *
describe(uint64_t job, const struct tagwriter_tag *tag)
{
	struct bw_buf ndef = BW_BUF_INIT(TEXT_B64_SIZE(NDEF_TAG_MAX));
	char uid[TEXT_HEX_SIZE(BADGE_UID)];
	const char *text;
	json_t *o = NULL;

	text_hex(tag->uid, BADGE_UID, uid);
	if (text_b64(&ndef, tag->ndef, tag->ndef_len) == BW_OK &&
	    bw_buf_cstr(&ndef, &text) == BW_OK)
		o = json_pack("{s:I, s:s, s:s, s:s}", "job", (json_int_t)job,
		    "uid", uid, "type", tag->type, "ndef", text);
	bw_buf_free(&ndef);
	return o;
}

bw_err
station_host_tag(struct station_host *h, uint64_t job,
    const struct tagwriter_tag *tag, struct bw_buf *tlv, unsigned *edition)
{
	const char *text;
	json_t *in;
	int n = 0;
	bw_err r;

	*edition = 0;
	r = ask(h, "tag", describe(job, tag), &in);
	if (r == BW_OK) {
		if (json_unpack(in, "{s:i, s:s}", "edition", &n, "tlv",
		    &text) != 0 || n < 1 || n > UINT8_MAX ||
		    text_unb64(text, strlen(text), tlv) != BW_OK)
			r = BW_ERR_GONE;
		else
			*edition = (unsigned)n;
	}
	json_decref(in);
	return r;
}
