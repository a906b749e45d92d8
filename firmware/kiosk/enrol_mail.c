// SPDX-License-Identifier: Apache-2.0
#include "kiosk/enrol_mail.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "kiosk/outbox.h"
#include "record/policy.h"

#define MAIL_NAME 64	/* bytes of a message's name */
#define POST_MAX 8192	/* bytes of a POST's JSON */
#define UPLINK_MAX 4096	/* bytes of uplink.json */
#define REPLY_MAX (POLICY_MAX + 4096)	/* a policy and a little around it */

static bw_err
put_json(const struct place *p, const char *id, const char *what,
    json_t *message)
{
	char name[MAIL_NAME];
	bw_err r = BW_ERR_NOMEM;
	char *text;

	if (message == NULL)
		return r;
	snprintf(name, sizeof(name), "enrol-%s-%s.json", id, what);
	text = json_dumps(message, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(message);
	if (text != NULL)
		r = outbox_put(p->outbox, name, text, strlen(text));
	free(text);
	return r;
}

bw_err
enrol_mail_get(const struct place *p, const char *base, const char *id)
{
	return put_json(p, id, "get",
	    json_pack("{s:s,s:s}", "base", base, "id", id));
}

bw_err
enrol_mail_post(const struct place *p, const char *base, const char *device,
    const struct enrol_post *post)
{
	struct bw_buf b = BW_BUF_INIT(POST_MAX);
	json_t *body;
	bw_err r;

	if ((r = enrol_post_encode(post, &b)) == BW_OK) {
		body = json_loadb((const char *)b.ptr, b.len, 0, NULL);
		r = put_json(p, post->id, "post", body == NULL ? NULL :
		    json_pack("{s:s,s:s,s:s,s:o}", "base", base, "id",
		    post->id, "device", device, "body", body));
	}
	bw_buf_free(&b);
	return r;
}

static bool
is_there(const char *dir, const char *id, const char *what)
{
	char name[MAIL_NAME], path[FILE_PATH_MAX];

	snprintf(name, sizeof(name), "enrol-%s-%s.json", id, what);
	return file_path(path, dir, name) == BW_OK && access(path, F_OK) == 0;
}

bool
enrol_mail_is_on_its_way(const struct place *p, const char *id)
{
	return is_there(p->outbox, id, "post") ||
	    is_there(p->inbox, id, "answer");
}

static bw_err
read_file(const struct place *p, const char *name, struct bw_buf *out)
{
	char path[FILE_PATH_MAX];
	bw_err r = file_path(path, p->inbox, name);

	return r == BW_OK ? file_read(path, out) : r;
}

/* {"status":200,"body":{...}}; what the host says in "error" is printed only
 * when it is plain text. */
static bw_err
read_reply(const struct bw_buf *b, struct enrol_reply *out)
{
	json_t *top = json_loadb((const char *)b->ptr, b->len,
	    JSON_REJECT_DUPLICATES, NULL);
	json_t *body = json_object_get(top, "body");
	const char *error = json_string_value(json_object_get(body, "error"));
	json_t *status = json_object_get(top, "status");
	bw_err r = BW_ERR_FORMAT;
	char *text = NULL;

	if (!json_is_integer(status) || !json_is_object(body))
		goto out;
	out->status = (int)json_integer_value(status);
	if (error != NULL && strlen(error) < sizeof(out->error) &&
	    text_is_clean(error, strlen(error)))
		memcpy(out->error, error, strlen(error) + 1);
	r = BW_ERR_NOMEM;
	if ((text = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS)) != NULL)
		r = bw_buf_put(&out->body, text, strlen(text));
out:
	free(text);
	json_decref(top);
	return r;
}

bw_err
enrol_mail_read(const struct place *p, const char *id, const char *what,
    struct enrol_reply *out)
{
	struct bw_buf b = BW_BUF_INIT(REPLY_MAX);
	char name[MAIL_NAME];
	bw_err r;

	*out = (struct enrol_reply){ .body = BW_BUF_INIT(REPLY_MAX) };
	snprintf(name, sizeof(name), "enrol-%s-%s.json", id, what);
	if ((r = read_file(p, name, &b)) == BW_OK)
		r = read_reply(&b, out);
	bw_buf_free(&b);
	return r;
}

bw_err
enrol_mail_identity(const struct place *p, uint8_t spki[static CRYPTO_SPKI])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_SPKI);
	bw_err r;

	if ((r = read_file(p, "identity.spki", &b)) == BW_OK &&
	    (r = crypto_spki_check(b.ptr, b.len)) == BW_OK)
		memcpy(spki, b.ptr, CRYPTO_SPKI);
	bw_buf_free(&b);
	return r;
}

enum reach
enrol_mail_reach(const struct place *p)
{
	struct bw_buf b = BW_BUF_INIT(UPLINK_MAX);
	char path[FILE_PATH_MAX];
	enum reach reach = REACH_OK;
	const char *word;
	json_t *o = NULL;

	if (file_path(path, p->inbox, "uplink.json") == BW_OK &&
	    file_read(path, &b) == BW_OK)
		o = json_loadb((const char *)b.ptr, b.len,
		    JSON_REJECT_DUPLICATES, NULL);
	if ((word = json_string_value(json_object_get(o, "reason"))) != NULL)
		reach = reach_of_word(word, strlen(word));
	json_decref(o);
	bw_buf_free(&b);
	return reach;
}

static bw_err
drop(const char *dir, const char *id, const char *what)
{
	char name[MAIL_NAME], path[FILE_PATH_MAX];
	bw_err r;

	snprintf(name, sizeof(name), "enrol-%s-%s.json", id, what);
	if ((r = file_path(path, dir, name)) == BW_OK)
		r = file_remove(path);
	return r;
}

bw_err
enrol_mail_forget(const struct place *p, const char *id, const char *what)
{
	return drop(p->inbox, id, what);
}

bw_err
enrol_mail_clear(const struct place *p, const char *id)
{
	bw_err r;

	if ((r = drop(p->outbox, id, "get")) != BW_OK ||
	    (r = drop(p->outbox, id, "post")) != BW_OK ||
	    (r = drop(p->inbox, id, "offer")) != BW_OK)
		return r;
	return drop(p->inbox, id, "answer");
}

bw_err
enrol_mail_not_revoked(const struct place *p)
{
	char path[FILE_PATH_MAX];
	bw_err r = file_path(path, p->inbox, "revoked");

	return r == BW_OK ? file_remove(path) : r;
}
