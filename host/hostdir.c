// SPDX-License-Identifier: Apache-2.0
#include "host/hostdir.h"

#include <sys/stat.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "host/hostfile.h"

#define CONFIG_MAX 8192

struct member {
	const char *name;
	size_t offset, size;
};

#define MEMBER(m) { #m, offsetof(struct hostdir_config, m), \
	sizeof(((struct hostdir_config *)NULL)->m) }
static const struct member members[] = {
	MEMBER(event_id), MEMBER(event_name), MEMBER(event_uri),
	MEMBER(log_name), MEMBER(base_url)
};
#define NMEMBERS (sizeof(members) / sizeof(members[0]))

static bool
starts_http(const char *s)
{
	return strncmp(s, "https://", 8) == 0 ||
	    strncmp(s, "http://", 7) == 0;
}

bw_err
hostdir_check(const struct hostdir_config *c, const char **why)
{
	char origin[ORIGIN_MAX + 1];

	*why = "--event-id: 1 to 32 of a-z, 0-9, dot and hyphen, "
	    "beginning with a letter or digit";
	if (!text_is_id(c->event_id, strlen(c->event_id)))
		return BW_ERR_ARG;
	*why = "--event-name: 1 to 160 bytes of UTF-8 without controls";
	if (c->event_name[0] == 0 ||
	    !text_is_clean(c->event_name, strlen(c->event_name)))
		return BW_ERR_ARG;
	*why = "--event-uri: an http or https address";
	if (!starts_http(c->event_uri) ||
	    !text_is_clean(c->event_uri, strlen(c->event_uri)))
		return BW_ERR_ARG;
	*why = "--log-name: a host name in lower case, "
	    "e.g. log.summit.example";
	if (origin_format(origin, c->log_name, c->event_id, "k") != BW_OK)
		return BW_ERR_ARG;
	*why = "--base-url: https://host, or http:// on loopback, "
	    "without a path or slash at its end";
	if (enrol_base_check(c->base_url, strlen(c->base_url)) != BW_OK)
		return BW_ERR_ARG;
	*why = "--erase-undo-hours: 0 to 720";
	if (c->erase_undo_hours > HOSTDIR_UNDO_HOURS_MAX)
		return BW_ERR_ARG;
	*why = NULL;
	return BW_OK;
}

#define UNDO "erase_undo_hours"

/* BW_ERR_FORMAT when it is there and no number that can be. */
static bw_err
undo_decode(const json_t *o, size_t *members_more, unsigned *out)
{
	const json_t *m = json_object_get(o, UNDO);
	json_int_t v = json_integer_value(m);

	*out = HOSTDIR_UNDO_HOURS;
	*members_more = m != NULL;
	if (m == NULL)
		return BW_OK;
	if (!json_is_integer(m) || v < 0 || v > HOSTDIR_UNDO_HOURS_MAX)
		return BW_ERR_FORMAT;
	*out = (unsigned)v;
	return BW_OK;
}

static bw_err
config_decode(const struct bw_buf *b, struct hostdir_config *c)
{
	bw_err r = BW_ERR_FORMAT;
	json_t *o;
	const char *v;
	size_t len, more;

	o = json_loadb((const char *)b->ptr, b->len, JSON_REJECT_DUPLICATES,
	    NULL);
	if (!json_is_object(o) ||
	    undo_decode(o, &more, &c->erase_undo_hours) != BW_OK ||
	    json_object_size(o) != NMEMBERS + more)
		goto out;
	for (size_t i = 0; i < NMEMBERS; i++) {
		json_t *m = json_object_get(o, members[i].name);

		if ((v = json_string_value(m)) == NULL)
			goto out;
		len = json_string_length(m);
		if (len >= members[i].size)
			goto out;
		memcpy((char *)c + members[i].offset, v, len + 1);
	}
	r = BW_OK;
out:
	json_decref(o);
	return r;
}

static bw_err
config_write(const char *path, const struct hostdir_config *c)
{
	bw_err r = BW_ERR_NOMEM;
	json_t *o = json_object();
	char *text = NULL;

	for (size_t i = 0; i < NMEMBERS; i++)
		if (json_object_set_new(o, members[i].name, json_string(
		    (const char *)c + members[i].offset)) == -1)
			goto out;
	if (json_object_set_new(o, UNDO,
	    json_integer((json_int_t)c->erase_undo_hours)) == -1)
		goto out;
	if ((text = json_dumps(o, JSON_INDENT(2))) == NULL)
		goto out;
	r = hostfile_write(path, text, strlen(text), 0644);
out:
	free(text);
	json_decref(o);
	return r;
}

/* For its owner's eyes: a backup that was unpacked carelessly is refused. */
static bw_err
private(const char *path)
{
	struct stat st;

	if (stat(path, &st) == -1)
		return BW_OK;	/* whoever reads it says why */
	return (st.st_mode & 077) == 0 ? BW_OK : BW_ERR_DENIED;
}

static bw_err
key_read(const char *dir, const char *name, uint8_t out[static CRYPTO_KEY])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_KEY);
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, dir, name)) != BW_OK ||
	    (r = private(path)) != BW_OK ||
	    (r = file_read(path, &b)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;
	if (b.len != CRYPTO_KEY)
		goto out;
	memcpy(out, b.ptr, CRYPTO_KEY);
	r = BW_OK;
out:
	bw_buf_free(&b);
	return r;
}

/* Make a key file unless it is there. signs: a P-256 scalar, else 32 bytes. */
static bw_err
key_make(const char *dir, const char *name, bool signs)
{
	uint8_t key[CRYPTO_KEY];
	char path[FILE_PATH_MAX];
	struct crypto_key *k = NULL;
	bw_err r;

	if ((r = key_read(dir, name, key)) != BW_ERR_NOTFOUND ||
	    (r = file_path(path, dir, name)) != BW_OK)
		goto out;
	if (signs) {
		if ((r = crypto_key_generate(&k)) != BW_OK)
			goto out;
		crypto_key_scalar(k, key);
	} else if ((r = bw_random(key, sizeof(key))) != BW_OK)
		goto out;
	r = hostfile_write(path, key, sizeof(key), 0600);
out:
	crypto_key_close(&k);
	explicit_bzero(key, sizeof(key));
	return r;
}

static bw_err
keys_make(const char *dir)
{
	char keys[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(keys, dir, "keys")) != BW_OK ||
	    (r = hostfile_mkdir(keys, 0700)) != BW_OK ||
	    (r = key_make(keys, "host.key", true)) != BW_OK ||
	    (r = key_make(keys, "host_seal.key", true)) != BW_OK ||
	    (r = key_make(keys, "registrar.key", true)) != BW_OK ||
	    (r = key_make(keys, "deleted.key", false)) != BW_OK)
		return r;
	return key_make(keys, "event_master.key", false);
}

/* An empty one: what SQLite makes beside the store belongs to whom that does. */
static bw_err
store_make(const char *dir)
{
	char path[FILE_PATH_MAX];
	struct stat st;
	bw_err r;

	if ((r = file_path(path, dir, "host.db")) != BW_OK ||
	    lstat(path, &st) == 0)
		return r;
	return hostfile_write(path, "", 0, 0644);
}

bw_err
hostdir_create(const char *dir, const struct hostdir_config *c,
    const char **why)
{
	char path[FILE_PATH_MAX], policy[FILE_PATH_MAX];
	struct stat st;
	bw_err r;

	if ((r = hostdir_check(c, why)) != BW_OK)
		return r;
	*why = "its path is too long";
	if ((r = file_path(path, dir, "config.json")) != BW_OK ||
	    (r = file_path(policy, dir, "policy")) != BW_OK)
		return r;
	*why = "there is a host directory already; give another one";
	if (lstat(path, &st) == 0)
		return BW_ERR_EXISTS;
	*why = "the directory or its keys could not be written; "
	    "its parent must exist and be writable";
	if ((r = file_mkdir(dir, 0750)) != BW_OK ||
	    (r = hostfile_mkdir(policy, 0750)) != BW_OK ||
	    (r = keys_make(dir)) != BW_OK ||
	    (r = store_make(dir)) != BW_OK ||
	    (r = config_write(path, c)) != BW_OK)
		return r;
	*why = NULL;
	return BW_OK;
}

static bw_err
key_open(const char *keys, const char *name, struct crypto_key **out)
{
	uint8_t scalar[CRYPTO_KEY];
	bw_err r;

	if ((r = key_read(keys, name, scalar)) == BW_OK)
		r = crypto_key_open(out, scalar);
	explicit_bzero(scalar, sizeof(scalar));
	return r;
}

/* A lost one is not made anew over a record that it alone compares with. */
static bw_err
deleted_open(struct hostdir *h, const char *keys)
{
	char record[FILE_PATH_MAX];
	struct stat st;
	bw_err r = key_read(keys, "deleted.key", h->deleted);

	if (r != BW_ERR_NOTFOUND ||
	    file_path(record, h->path, "deleted-members") != BW_OK ||
	    lstat(record, &st) == 0)
		return r;
	if ((r = key_make(keys, "deleted.key", false)) != BW_OK)
		return r;
	return key_read(keys, "deleted.key", h->deleted);
}

static bw_err
keys_open(struct hostdir *h, const char **why)
{
	char keys[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(keys, h->path, "keys")) != BW_OK)
		return r;
	*why = "keys/host.key cannot be read: restore it from the backup";
	if ((r = key_open(keys, "host.key", &h->host)) != BW_OK)
		return r;
	*why = "keys/host_seal.key cannot be read: restore it from the backup";
	if ((r = key_open(keys, "host_seal.key", &h->host_seal)) != BW_OK)
		return r;
	*why = "keys/registrar.key cannot be read: restore it from the backup";
	if ((r = key_open(keys, "registrar.key", &h->registrar)) != BW_OK)
		return r;
	*why = "keys/event_master.key cannot be read: "
	    "restore it from the backup";
	if ((r = key_read(keys, "event_master.key", h->master)) != BW_OK)
		return r;
	*why = "keys/deleted.key cannot be read or made: "
	    "restore it from the backup";
	return deleted_open(h, keys);
}

static bw_err
config_read(struct hostdir *h, const char *dir, const char **why)
{
	struct bw_buf b = BW_BUF_INIT(CONFIG_MAX);
	char path[FILE_PATH_MAX];
	bw_err r;

	*why = "its path is too long";
	if ((r = file_path(path, dir, "config.json")) != BW_OK ||
	    (r = file_path(h->db_path, dir, "host.db")) != BW_OK ||
	    (r = file_path(h->policy_path, dir, "policy")) != BW_OK)
		goto out;
	snprintf(h->path, sizeof(h->path), "%s", dir);
	*why = "config.json cannot be read: is this a host directory? "
	    "`badgeward init` makes one";
	if ((r = file_read(path, &b)) != BW_OK)
		goto out;
	*why = "config.json is damaged: restore it from the backup";
	if ((r = config_decode(&b, &h->config)) != BW_OK)
		goto out;
	r = hostdir_check(&h->config, why);
out:
	bw_buf_free(&b);
	return r;
}

static bw_err
open_dir(struct hostdir **out, const char *dir, bool keys, const char **why)
{
	struct hostdir *h;
	bw_err r = BW_ERR_NOMEM;

	*out = NULL;
	*why = "out of memory";
	if ((h = calloc(1, sizeof(*h))) == NULL)
		goto out;
	if ((r = config_read(h, dir, why)) != BW_OK)
		goto out;
	r = keys ? keys_open(h, why) : BW_OK;
	if (r == BW_ERR_DENIED)
		*why = "its keys may be read by others: chmod 600 its "
		    "keys/*.key, and take care who has seen them";
	if (r != BW_OK ||
	    (r = badge_event_id(h->config.event_uri, h->event_id16)) != BW_OK)
		goto out;
	*out = h;
	h = NULL;
	*why = NULL;
	r = BW_OK;
out:
	hostdir_close(&h);
	return r;
}

bw_err
hostdir_open(struct hostdir **out, const char *dir, const char **why)
{
	return open_dir(out, dir, true, why);
}

bw_err
hostdir_open_keyless(struct hostdir **out, const char *dir, const char **why)
{
	return open_dir(out, dir, false, why);
}

void
hostdir_close(struct hostdir **h)
{
	if (*h == NULL)
		return;
	crypto_key_close(&(*h)->host);
	crypto_key_close(&(*h)->host_seal);
	crypto_key_close(&(*h)->registrar);
	explicit_bzero(*h, sizeof(**h));
	free(*h);
	*h = NULL;
}

bw_err
hostdir_origin(const struct hostdir *h, const char *device,
    char out[static ORIGIN_MAX + 1])
{
	return origin_format(out, h->config.log_name, h->config.event_id,
	    device);
}
