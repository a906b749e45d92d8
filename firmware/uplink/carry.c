// SPDX-License-Identifier: Apache-2.0
#include <ctype.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "record/checkpoint.h"
#include "record/policy.h"
#include "record/upload.h"
#include "uplink/uplink.h"

#define SMALL_MAX 65536		/* bytes of an answer without a policy */
#define STATUS_MAX 16384	/* bytes of the kiosk's health */

/* What cannot be written is asked for again: nothing is lost by it. Nor by a
 * note that a power cut takes: its upload is there again, too. */
static bw_err
inbox_put(struct uplink *u, const struct mail *m, const void *ptr, size_t len)
{
	char name[MAIL_NAME_MAX], path[FILE_PATH_MAX];
	bw_err r;

	mail_name(m, name);
	if ((r = file_path(path, u->inbox, name)) == BW_OK)
		r = m->kind == MAIL_NOTE ? file_put(path, ptr, len, 0640) :
		    file_write(path, ptr, len, 0640);
	if (r != BW_OK) {
		snprintf(u->trouble, sizeof(u->trouble), "the inbox cannot be "
		    "written: %s", bw_strerror(r));
		log_warn("%s", u->trouble);
	}
	return r;
}

/* The upload that begins lowest; of those the longest. False: none waits. */
static bool
next_log(const struct uplink *u, char name[static FILE_PATH_MAX],
    struct mail *out)
{
	struct file_list l;
	struct mail m;
	bool found = false;

	if (file_list(u->outbox, &l) != BW_OK)
		return false;
	for (size_t i = 0; i < l.n; i++) {
		mail_parse(l.name[i], &m);
		if (m.kind != MAIL_LOG || (found && (m.from > out->from ||
		    (m.from == out->from && m.to < out->to))))
			continue;
		*out = m;
		snprintf(name, FILE_PATH_MAX, "%s", l.name[i]);
		found = true;
	}
	file_list_free(&l);
	return found;
}

/* 409: the host has only so many; the kiosk builds the rest again. */
static bw_err
ask_again(struct uplink *u, const struct mail *m, const struct client_reply *a)
{
	json_t *o = json_loadb((const char *)a->body.ptr, a->body.len, 0,
	    NULL);
	json_int_t size = json_integer_value(json_object_get(o, "size"));
	bool known = json_is_integer(json_object_get(o, "size"));
	struct mail resend = { .kind = MAIL_RESEND };
	bw_err r;

	json_decref(o);
	if (!known || size < 0 || (uint64_t)size >= m->from)
		return uplink_refused(u, "upload", a);
	log_warn("the host has %lld entries, the outbox begins at %" PRIu64,
	    (long long)size, m->from);
	resend.number = (uint64_t)size;
	if ((r = inbox_put(u, &resend, "", 0)) != BW_OK)
		return r;
	return BW_ERR_BUSY;
}

/* The host has it only when it says so itself, by a note over just that; any
 * page that answers 200 on the way is no such thing. */
static bw_err
taken(struct uplink *u, const char *path, const struct mail *m,
    const struct client_reply *a)
{
	const struct mail note = { .kind = MAIL_NOTE, .number = m->to };
	struct checkpoint cp;
	bw_err r;

	if (checkpoint_peek((const char *)a->body.ptr, a->body.len, &cp) !=
	    BW_OK || cp.size != m->to)
		return uplink_odd(u, "upload: what came back is no note on "
		    "it");
	if ((r = inbox_put(u, &note, a->body.ptr, a->body.len)) != BW_OK)
		return r;
	return file_drop(path);
}

/* A power cut may leave a part of an upload; the kiosk builds it anew when it
 * starts. The host would only refuse it, and for long. */
static bool
is_whole(const struct bw_buf *b)
{
	struct bw_cur c = { b->ptr, b->len };
	struct upload_item i;
	const char *note = NULL;
	size_t len;

	while (note == NULL)
		if (upload_next(&c, &i, &note, &len) != BW_OK)
			return false;
	return true;
}

/* The host's own word for it: any page may be a 403, or a 401. */
static bool
says_revoked(const struct client_reply *a)
{
	json_t *o = json_loadb((const char *)a->body.ptr, a->body.len, 0,
	    NULL);
	bool revoked = (a->status == 403 || a->status == 401) &&
	    json_is_true(json_object_get(o, "revoked"));

	json_decref(o);
	return revoked;
}

/* Said anew each time, for the kiosk believes it for a while only. */
static bw_err
pass_on_revoked(struct uplink *u)
{
	const struct mail m = { .kind = MAIL_REVOKED };

	return inbox_put(u, &m, "", 0);
}

/* The other of two copies that the host has seen is refused for good. */
static bw_err
upload_refused(struct uplink *u, const struct client_reply *a)
{
	bw_err r = says_revoked(a) ? pass_on_revoked(u) : BW_OK;

	return r != BW_OK ? r : uplink_refused(u, "upload", a);
}

static bw_err
carry_log(struct uplink *u, const char *name, const struct mail *m)
{
	struct bw_buf body = BW_BUF_INIT(UPLOAD_MAX);
	char path[FILE_PATH_MAX], where[80];
	struct client_reply a = { .body = BW_BUF_INIT(0) };
	struct uplink_call q = { .method = "POST", .base = u->base,
		.path = where, .type = "application/cbor-seq", .body = &body,
		.with_token = true, .max = NOTE_MAX };
	bw_err r;

	snprintf(where, sizeof(where), "/v1/device/log?from=%" PRIu64,
	    m->from);
	if ((r = file_path(path, u->outbox, name)) != BW_OK)
		goto out;
	if ((r = file_read(path, &body)) == BW_ERR_NOTFOUND) {
		r = BW_OK;	/* the kiosk joined it with its neighbours */
		goto out;
	}
	if (r == BW_ERR_BOUND || (r == BW_OK && !is_whole(&body)))
		r = uplink_odd(u, "upload: a file is not whole or too large");
	if (r != BW_OK || (r = uplink_call(u, &q, &a)) != BW_OK)
		goto out;
	if (a.status == 200)
		r = taken(u, path, m, &a);
	else if (a.status == 409)
		r = ask_again(u, m, &a);
	else
		r = upload_refused(u, &a);
out:
	client_reply_free(&a);
	bw_buf_free(&body);
	return r;
}

bw_err
carry_logs(struct uplink *u)
{
	char name[FILE_PATH_MAX];
	struct mail m = { .kind = MAIL_OTHER };
	bw_err r = BW_OK;

	while (r == BW_OK && next_log(u, name, &m)) {
		pace_start(&u->pace, clock_mono_ms());
		r = carry_log(u, name, &m);
		if (r == BW_OK) {
			pace_add(&u->pace, m.to - m.from, clock_mono_ms());
			uplink_tell(u);
		}
	}
	return r;
}

/* Three parts of base64url: the kiosk checks all else. */
static bool
looks_like_jws(const struct bw_buf *b)
{
	size_t dots = 0;

	for (size_t i = 0; i < b->len; i++) {
		if (b->ptr[i] == '.')
			dots++;
		else if (!isalnum(b->ptr[i]) && b->ptr[i] != '-' &&
		    b->ptr[i] != '_')
			return false;
	}
	return dots == 2;
}

/* Put a new policy into the inbox; the same one is not written again. */
static bw_err
put_policy(struct uplink *u, const struct bw_buf *policy)
{
	const struct mail m = { .kind = MAIL_POLICY };
	struct bw_buf held = BW_BUF_INIT(POLICY_MAX);
	char path[FILE_PATH_MAX];
	bool same;
	bw_err r;

	if (!looks_like_jws(policy))
		return uplink_odd(u, "policy: what came is no signed policy");
	if ((r = file_path(path, u->inbox, "policy.jws")) != BW_OK)
		return r;
	same = file_read(path, &held) == BW_OK && held.len == policy->len &&
	    memcmp(held.ptr, policy->ptr, held.len) == 0;
	bw_buf_free(&held);
	return same ? BW_OK :
	    inbox_put(u, &m, policy->ptr, policy->len);
}

/* What the kiosk has not taken yet goes when the host says otherwise. */
static bw_err
tell_revoked(struct uplink *u, const struct client_reply *a)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if (says_revoked(a))
		return pass_on_revoked(u);
	if (a->status != 200 && a->status != 304)
		return BW_OK;
	if ((r = file_path(path, u->inbox, "revoked")) != BW_OK)
		return r;
	return file_remove(path);
}

bw_err
carry_policy(struct uplink *u)
{
	struct client_reply a;
	struct uplink_call q = { .method = "GET", .base = u->base,
		.path = "/v1/device/policy", .etag = u->etag,
		.with_token = true, .max = POLICY_MAX };
	bw_err r;

	if ((r = uplink_call(u, &q, &a)) != BW_OK ||
	    (r = tell_revoked(u, &a)) != BW_OK)
		goto out;
	if (a.status == 304)
		goto out;
	if (a.status != 200) {
		r = uplink_refused(u, "policy", &a);
		goto out;
	}
	if ((r = put_policy(u, &a.body)) == BW_OK)
		memcpy(u->etag, a.etag, sizeof(u->etag));
out:
	client_reply_free(&a);
	return r;
}

bw_err
carry_status(struct uplink *u)
{
	struct bw_buf body = BW_BUF_INIT(STATUS_MAX);
	struct client_reply a = { .body = BW_BUF_INIT(0) };
	struct uplink_call q = { .method = "POST", .base = u->base,
		.path = "/v1/device/status", .type = "application/json",
		.body = &body, .with_token = true, .max = SMALL_MAX };
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, u->outbox, "status.json")) != BW_OK)
		goto out;
	if ((r = file_read(path, &body)) == BW_ERR_NOTFOUND)
		r = BW_OK;	/* the kiosk has not said anything yet */
	if (r != BW_OK || body.len == 0 ||
	    (r = uplink_call(u, &q, &a)) != BW_OK)
		goto out;
	if (a.status != 200 && a.status != 204)
		r = uplink_refused(u, "status", &a);
out:
	client_reply_free(&a);
	bw_buf_free(&body);
	return r;
}
