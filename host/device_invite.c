// SPDX-License-Identifier: Apache-2.0
#include "host/device_invite.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "host/store_health.h"

bool
device_name_ok(const struct hostdir *h, const char *name)
{
	char origin[ORIGIN_MAX + 1];

	return text_is_id(name, strlen(name)) &&
	    hostdir_origin(h, name, origin) == BW_OK;
}

bool
device_booth_ok(const char *booth)
{
	size_t len = strnlen(booth, DEVICE_BOOTH_MAX + 1);

	return len <= DEVICE_BOOTH_MAX && text_is_plain(booth, len);
}

struct known {
	const char *want;
	bool found;
};

static bw_err
on_sponsor(void *arg, const char *id, const char *name)
{
	struct known *k = arg;

	(void)name;
	k->found = k->found || strcmp(id, k->want) == 0;
	return BW_OK;
}

bw_err
device_sponsor(struct store *s, const char *sponsor)
{
	struct known k = { sponsor, false };
	bw_err r = store_sponsor_each(s, on_sponsor, &k);

	return r != BW_OK ? r : k.found ? BW_OK : BW_ERR_NOTFOUND;
}

static bw_err
make_address(const struct hostdir *h, const uint8_t code[static ENROL_CODE],
    struct bw_buf *out)
{
	struct enrol_address a = { 0 };
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	snprintf(a.base, sizeof(a.base), "%s", h->config.base_url);
	memcpy(a.code, code, ENROL_CODE);
	r = crypto_sha256(&PART(crypto_key_spki(h->host), CRYPTO_SPKI), 1,
	    hash);
	memcpy(a.pin, hash, ENROL_PIN);
	if (r == BW_OK)
		r = enrol_address_format(&a, out);
	explicit_bzero(&a, sizeof(a));
	return r;
}

bw_err
device_invite(struct store *s, const struct hostdir *h,
    const struct device_new *in, int64_t now, struct bw_buf *address)
{
	const char *booth = in->booth != NULL ? in->booth : "";
	char origin[ORIGIN_MAX + 1];
	uint8_t code[ENROL_CODE];
	bw_err r;

	if (!device_name_ok(h, in->name) || !device_booth_ok(booth))
		return BW_ERR_ARG;
	if ((r = device_sponsor(s, in->sponsor)) != BW_OK ||
	    (r = hostdir_origin(h, in->name, origin)) != BW_OK ||
	    (r = bw_random(code, sizeof(code))) != BW_OK)
		return r;
	r = store_device_add(s, in->name, in->sponsor, origin, code, now,
	    now + DEVICE_INVITE_SECONDS);
	if (r == BW_OK)
		r = store_device_booth(s, in->name, booth);
	if (r == BW_OK)
		r = make_address(h, code, address);
	explicit_bzero(code, sizeof(code));
	return r;
}

bw_err
device_renew(struct store *s, const struct hostdir *h, const char *name,
    int64_t now, struct bw_buf *address)
{
	uint8_t code[ENROL_CODE];
	bw_err r;

	if ((r = bw_random(code, sizeof(code))) == BW_OK)
		r = store_device_renew(s, name, code,
		    now + DEVICE_INVITE_SECONDS);
	if (r == BW_OK)
		r = make_address(h, code, address);
	explicit_bzero(code, sizeof(code));
	return r;
}
