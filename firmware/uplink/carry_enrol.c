// SPDX-License-Identifier: Apache-2.0
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "record/policy.h"
#include "uplink/uplink.h"

#define MESSAGE_MAX 65536
#define ANSWER_MAX (POLICY_MAX + 4096)

/* An enrolment message of the kiosk's. */
struct message {
	json_t *json;
	const char *base, *device;	/* device: NULL in a GET */
	json_t *body;			/* NULL in a GET */
};

static bw_err
read_message(const struct uplink *u, const char *name, const struct mail *m,
    struct message *out)
{
	struct bw_buf b = BW_BUF_INIT(MESSAGE_MAX);
	char path[FILE_PATH_MAX];
	const char *id;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = file_path(path, u->outbox, name)) != BW_OK)
		goto out;
	if ((r = file_read(path, &b)) == BW_ERR_BOUND)
		r = BW_ERR_FORMAT;
	if (r != BW_OK)
		goto out;
	out->json = json_loadb((const char *)b.ptr, b.len,
	    JSON_REJECT_DUPLICATES, NULL);
	out->base = json_string_value(json_object_get(out->json, "base"));
	out->device = json_string_value(json_object_get(out->json, "device"));
	out->body = json_object_get(out->json, "body");
	id = json_string_value(json_object_get(out->json, "id"));
	r = BW_ERR_FORMAT;
	if (id == NULL || strcmp(id, m->id) != 0 || out->base == NULL ||
	    enrol_base_check(out->base, strlen(out->base)) != BW_OK)
		goto out;
	if (m->kind == MAIL_ENROL_POST && (out->body == NULL ||
	    out->device == NULL ||
	    !text_is_id(out->device, strlen(out->device))))
		goto out;
	r = BW_OK;
out:
	bw_buf_free(&b);
	return r;
}

static bw_err
send_message(struct uplink *u, const struct mail *m, const struct message *msg,
    struct client_reply *answer)
{
	struct bw_buf body = BW_BUF_INIT(MESSAGE_MAX);
	char path[80] = "/v1/device/enrol";
	struct uplink_call q = { .method = "GET", .base = msg->base,
		.path = path, .type = "application/json", .max = ANSWER_MAX };
	char *text = NULL;
	bw_err r = BW_ERR_NOMEM;

	*answer = (struct client_reply){ .body = BW_BUF_INIT(0) };
	if (m->kind == MAIL_ENROL_GET)
		snprintf(path, sizeof(path), "/v1/device/enrol?id=%s", m->id);
	else {
		text = json_dumps(msg->body, JSON_COMPACT | JSON_SORT_KEYS);
		if (text == NULL ||
		    (r = bw_buf_put_str(&body, text)) != BW_OK)
			goto out;
		q.method = "POST";
		q.body = &body;
	}
	r = uplink_call(u, &q, answer);
out:
	free(text);
	bw_buf_free(&body);
	return r;
}

/* {"status":N,"body":{…}} for the kiosk; a body that is no JSON object becomes
 * an empty one. */
static bw_err
put_answer(const struct uplink *u, const struct mail *m,
    const struct client_reply *a)
{
	char name[64], path[FILE_PATH_MAX];
	json_t *body, *o;
	char *text = NULL;
	bw_err r = BW_ERR_NOMEM;

	body = json_loadb((const char *)a->body.ptr, a->body.len,
	    JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(body)) {
		json_decref(body);
		body = json_object();
	}
	o = json_pack("{s:i, s:o}", "status", a->status, "body", body);
	text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	if (text == NULL)
		goto out;
	snprintf(name, sizeof(name), "enrol-%s-%s.json", m->id,
	    m->kind == MAIL_ENROL_GET ? "offer" : "answer");
	if ((r = file_path(path, u->inbox, name)) == BW_OK)
		r = file_write(path, text, strlen(text), 0640);
out:
	free(text);
	json_decref(o);
	return r;
}

static bool
try_later(int status)
{
	return status >= 500 || status == 429 || status == 408;
}

bw_err
carry_enrol(struct uplink *u, const char *name, const struct mail *m)
{
	struct client_reply answer = { .body = BW_BUF_INIT(0) };
	char path[FILE_PATH_MAX];
	struct message msg;
	bw_err r;

	if ((r = read_message(u, name, m, &msg)) == BW_ERR_FORMAT)
		log_error("%s is no enrolment message; it is removed", name);
	if (r == BW_ERR_NOTFOUND)
		r = BW_OK;
	else if (r == BW_ERR_FORMAT) {
		if ((r = file_path(path, u->outbox, name)) == BW_OK)
			r = file_remove(path);
	} else if (r == BW_OK) {
		if ((r = send_message(u, m, &msg, &answer)) != BW_OK)
			goto out;
		if (try_later(answer.status)) {
			r = uplink_refused(u, "enrolment", &answer);
			goto out;
		}
		if (m->kind == MAIL_ENROL_POST && answer.status == 200 &&
		    (r = uplink_enrolled(u, msg.base, msg.device)) != BW_OK)
			goto out;
		if ((r = put_answer(u, m, &answer)) != BW_OK ||
		    (r = file_path(path, u->outbox, name)) != BW_OK)
			goto out;
		r = file_remove(path);
	}
out:
	json_decref(msg.json);
	client_reply_free(&answer);
	return r;
}
