// SPDX-License-Identifier: Apache-2.0
#include "host/api/station_api.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "host/station_write.h"
#include "record/ndef.h"

/* Answer with an object, which is consumed; NULL is a failure. */
static void
answer(struct station_call *c, unsigned status, json_t *o)
{
	char *text = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;

	json_decref(o);
	bw_buf_reset(&c->out);
	c->status = text != NULL &&
	    bw_buf_put(&c->out, text, strlen(text)) == BW_OK ? status : 500;
	free(text);
}

static void
refuse(struct station_call *c, unsigned status, const char *sentence)
{
	answer(c, status, json_pack("{s:s}", "error", sentence));
}

static void
refuse_err(struct station_call *c, bw_err r)
{
	switch ((int)r) {
	case BW_ERR_ARG:
	case BW_ERR_FORMAT:
	case BW_ERR_BOUND:
		refuse(c, 400, "the request is not what a station sends");
		return;
	case BW_ERR_BUSY:
		refuse(c, 409, "another station has this name; give yours "
		    "another one");
		return;
	case BW_ERR_GONE:
		refuse(c, 410, "that is not this station's job any more");
		return;
	case BW_ERR_FULL:
		refuse(c, 503, "there are too many stations");
		return;
	default:
		refuse(c, 500, "the host cannot do that now");
		return;
	}
}

static json_t *
read_body(const struct station_call *c)
{
	return c->len > STATION_BODY_MAX ? NULL : json_loadb(c->body, c->len,
	    JSON_REJECT_DUPLICATES, NULL);
}

void
station_post_poll(struct station_call *c)
{
	struct station s;
	bw_err r = station_poll(c->stations, c->station, c->owner, c->now,
	    &s);

	if (r != BW_OK)
		refuse_err(c, r);
	else if (s.state != STATION_WAITING)
		answer(c, 200, json_pack("{s:n}", "job"));
	else
		answer(c, 200, json_pack("{s:{s:I, s:I}}", "job", "id",
		    (json_int_t)s.job, "registration",
		    (json_int_t)s.order.registration));
}

static bool
state_of(const char *name, enum station_state *st)
{
	for (*st = STATION_WAITING; *st <= STATION_FAILED; (*st)++)
		if (strcmp(station_state_name(*st), name) == 0)
			return true;
	return false;
}

/* What was written over is so before the job is done: a station whose answer
 * failed says it again. */
static bw_err
written(struct station_call *c, uint64_t job)
{
	struct station s;
	bw_err r = station_get(c->stations, c->station, c->now, &s);

	if (r != BW_OK || s.job != job || s.state != STATION_WRITING ||
	    s.edition == 0 || strcmp(s.owner, c->owner) != 0)
		return BW_OK;	/* of which station_say tells */
	return station_written(c->store, c->owner, &s, c->now);
}

void
station_post_state(struct station_call *c)
{
	json_t *in = read_body(c);
	const char *state, *why = NULL;
	enum station_state st;
	json_int_t job;
	bw_err r = BW_ERR_FORMAT;

	if (json_unpack_ex(in, NULL, JSON_STRICT, "{s:I, s:s, s?s}", "job",
	    &job, "state", &state, "why", &why) == 0 && job > 0 &&
	    state_of(state, &st))
		r = st == STATION_DONE ? written(c, (uint64_t)job) : BW_OK;
	if (r == BW_OK)
		r = station_say(c->stations, c->station, c->owner,
		    (uint64_t)job, st, why, c->now);
	if (r == BW_OK)
		answer(c, 200, json_object());
	else
		refuse_err(c, r);
	json_decref(in);
}

static bw_err
take_tag(json_t *in, struct station_tag *tag, uint64_t *job)
{
	const char *uid, *type, *ndef;
	size_t len;
	json_int_t n;
	struct bw_buf b = BW_BUF_INIT(NDEF_TAG_MAX);
	bw_err r;

	memset(tag, 0, sizeof(*tag));
	if (json_unpack_ex(in, NULL, JSON_STRICT, "{s:I, s:s, s:s, s:s%}",
	    "job", &n, "uid", &uid, "type", &type, "ndef", &ndef, &len) != 0 ||
	    n <= 0 || strlen(uid) != (size_t)BADGE_UID * 2 ||
	    strlen(type) >= sizeof(tag->type) || ndef_room(type) == 0)
		return BW_ERR_FORMAT;
	*job = (uint64_t)n;
	memcpy(tag->type, type, strlen(type) + 1);
	if ((r = text_unhex(uid, tag->uid, BADGE_UID)) == BW_OK &&
	    (r = text_unb64(ndef, len, &b)) == BW_OK) {
		tag->ndef_len = b.len;
		if (b.len != 0)
			memcpy(tag->ndef, b.ptr, b.len);
	}
	bw_buf_free(&b);
	return r;
}

static void
answer_badge(struct station_call *c, const struct bw_buf *tlv,
    uint8_t edition)
{
	struct bw_buf b64 = BW_BUF_INIT(STATION_ANSWER_MAX);
	const char *text;

	if (text_b64(&b64, tlv->ptr, tlv->len) == BW_OK &&
	    bw_buf_cstr(&b64, &text) == BW_OK)
		answer(c, 200, json_pack("{s:i, s:s}", "edition",
		    (int)edition, "tlv", text));
	else
		refuse_err(c, BW_ERR_NOMEM);
	bw_buf_free(&b64);
}

void
station_post_tag(struct station_call *c)
{
	struct bw_buf tlv = BW_BUF_INIT(NDEF_TAG_MAX);
	json_t *in = read_body(c);
	struct station_order what;
	struct badge_found over = { 0 };
	struct station_tag tag;
	struct fault f = { 0 };
	uint8_t edition = 0;
	uint64_t job = 0;
	bw_err r;

	if ((r = take_tag(in, &tag, &job)) == BW_OK &&
	    (r = station_begin(c->stations, c->station, c->owner, job,
	    tag.type, c->now, &what)) == BW_OK) {
		r = station_write(c->store, c->dir, c->owner, &what, &tag,
		    c->now, &tlv, &edition, &over, &f);
		if (r != BW_OK)
			fault_set(&f, 0, "the host cannot make a badge now");
		station_made(c->stations, c->station, job, edition, &over, r,
		    &f, c->now);
	}
	if (r == BW_OK)
		answer_badge(c, &tlv, edition);
	else if (f.text[0] != 0)
		refuse(c, 422, f.text);
	else
		refuse_err(c, r);
	bw_buf_free(&tlv);
	json_decref(in);
}
