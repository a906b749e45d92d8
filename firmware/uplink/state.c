// SPDX-License-Identifier: Apache-2.0
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "uplink/uplink.h"

#define HOST_MAX 1024	/* bytes of host.json */

static bw_err
own_folders(struct uplink *u, const char *state)
{
	bw_err r;

	if ((r = file_path(u->own, state, "uplink")) != BW_OK ||
	    (r = file_path(u->outbox, state, "outbox")) != BW_OK ||
	    (r = file_path(u->inbox, state, "inbox")) != BW_OK ||
	    (r = file_mkdir(state, 0751)) != BW_OK ||
	    (r = file_mkdir(u->own, 0700)) != BW_OK ||
	    (r = file_mkdir(u->outbox, 0770)) != BW_OK)
		return r;
	return file_mkdir(u->inbox, 0770);
}

static bw_err
make_identity(struct uplink *u, const char *path)
{
	uint8_t scalar[CRYPTO_KEY];
	bw_err r;

	if ((r = crypto_key_generate(&u->identity)) != BW_OK)
		return r;
	crypto_key_scalar(u->identity, scalar);
	r = file_write(path, scalar, sizeof(scalar), 0600);
	explicit_bzero(scalar, sizeof(scalar));
	return r;
}

/* For the kiosk, while it enrols. What stands there already needs no room. */
static bw_err
show_identity(const struct uplink *u)
{
	struct bw_buf held = BW_BUF_INIT(CRYPTO_SPKI);
	const uint8_t *spki = crypto_key_spki(u->identity);
	char path[FILE_PATH_MAX];
	bool same;
	bw_err r;

	if ((r = file_path(path, u->inbox, "identity.spki")) != BW_OK)
		return r;
	same = file_read(path, &held) == BW_OK && held.len == CRYPTO_SPKI &&
	    memcmp(held.ptr, spki, CRYPTO_SPKI) == 0;
	bw_buf_free(&held);
	return same ? BW_OK : file_write(path, spki, CRYPTO_SPKI, 0640);
}

static bw_err
open_identity(struct uplink *u)
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_KEY);
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = file_path(path, u->own, "identity.key")) != BW_OK)
		goto out;
	if ((r = file_read(path, &b)) == BW_ERR_NOTFOUND)
		r = make_identity(u, path);
	else if (r == BW_OK)
		r = b.len == CRYPTO_KEY ?
		    crypto_key_open(&u->identity, b.ptr) : BW_ERR_FORMAT;
	if (r == BW_OK)
		r = show_identity(u);
out:
	bw_buf_free(&b);
	return r;
}

static bw_err
take_host(struct uplink *u, const json_t *o)
{
	const char *base = json_string_value(json_object_get(o, "base"));
	const char *device = json_string_value(json_object_get(o, "device"));

	if (base == NULL || device == NULL ||
	    enrol_base_check(base, strlen(base)) != BW_OK ||
	    !text_is_id(device, strlen(device)))
		return BW_ERR_FORMAT;
	snprintf(u->base, sizeof(u->base), "%s", base);
	snprintf(u->device, sizeof(u->device), "%s", device);
	u->enrolled = true;
	return BW_OK;
}

static bw_err
read_host(struct uplink *u)
{
	struct bw_buf b = BW_BUF_INIT(HOST_MAX);
	char path[FILE_PATH_MAX];
	json_t *o = NULL;
	bw_err r;

	if ((r = file_path(path, u->own, "host.json")) != BW_OK ||
	    (r = file_read(path, &b)) != BW_OK)
		goto out;
	o = json_loadb((const char *)b.ptr, b.len, JSON_REJECT_DUPLICATES,
	    NULL);
	r = take_host(u, o);
out:
	json_decref(o);
	bw_buf_free(&b);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
uplink_enrolled(struct uplink *u, const char *base, const char *device)
{
	json_t *o = json_pack("{s:s, s:s}", "base", base, "device", device);
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	char path[FILE_PATH_MAX];
	bw_err r = BW_ERR_NOMEM;

	if (text == NULL)
		goto out;
	/* What was learnt of the host before is of no use with a new one. */
	u->ahead = 0;
	u->etag[0] = '\0';
	u->regular_at = u->log_at = 0;
	if ((r = take_host(u, o)) != BW_OK ||
	    (r = file_path(path, u->own, "host.json")) != BW_OK)
		goto out;
	if ((r = file_write(path, text, strlen(text), 0600)) == BW_OK)
		log_info("enrolled as %s", device);
out:
	free(text);
	json_decref(o);
	return r;
}

bw_err
uplink_open(struct uplink *u, const struct uplink_options *o,
    const volatile bool *stop)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	*u = (struct uplink){ .options = *o, .lock = -1 };
	if ((r = own_folders(u, o->state)) != BW_OK ||
	    (r = file_path(path, u->own, "lock")) != BW_OK ||
	    (r = file_lock(path, &u->lock)) != BW_OK ||
	    (r = open_identity(u)) != BW_OK ||
	    (r = read_host(u)) != BW_OK)
		return r;
	return client_open(&u->client, o->ca, stop);
}

void
uplink_close(struct uplink *u)
{
	client_close(&u->client);
	crypto_key_close(&u->identity);
	if (u->lock != -1)
		close(u->lock);
	u->lock = -1;
}

int
uplink_pending(const char *outbox, uint64_t *entries)
{
	struct file_list l;
	struct mail m;
	uint64_t at = 0;
	int n = 0;

	*entries = 0;
	if (file_list(outbox, &l) != BW_OK)
		return 0;
	for (size_t i = 0; i < l.n; i++) {
		mail_parse(l.name[i], &m);
		if (m.kind != MAIL_LOG)
			continue;
		n++;
		if (m.to > at)
			*entries += m.to - (m.from > at ? m.from : at);
		at = m.to > at ? m.to : at;
	}
	file_list_free(&l);
	return n;
}

static json_t *
describe(const struct uplink *u)
{
	uint64_t entries, rate, seconds;
	int pending = uplink_pending(u->outbox, &entries);
	json_t *o = json_pack("{s:b, s:I, s:i, s:I, s:s, s:s}", "online",
	    u->online, "last", (json_int_t)u->last_ok, "pending", pending,
	    "entries", (json_int_t)entries, "reason", reach_word(u->reach),
	    "trouble", u->trouble);

	if (o != NULL && pace_says(&u->pace, entries, clock_mono_ms(), &rate,
	    &seconds)) {
		json_object_set_new(o, "rate", json_integer((json_int_t)rate));
		json_object_set_new(o, "time_left",
		    json_integer((json_int_t)seconds));
	}
	return o;
}

void
uplink_tell(struct uplink *u)
{
	json_t *o = describe(u);
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	char path[FILE_PATH_MAX];

	notify_status("%s, %lld uploads wait%s%s", !u->enrolled ?
	    "not enrolled" : u->online ? "the host answers" :
	    "the host does not answer",
	    json_integer_value(json_object_get(o, "pending")),
	    u->trouble[0] != '\0' ? ": " : "", u->trouble);
	if (text == NULL || strcmp(text, u->told) == 0)
		goto out;
	if (file_path(path, u->inbox, "uplink.json") == BW_OK &&
	    file_put(path, text, strlen(text), 0640) == BW_OK)
		snprintf(u->told, sizeof(u->told), "%s", text);
out:
	free(text);
	json_decref(o);
}
