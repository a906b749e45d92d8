// SPDX-License-Identifier: Apache-2.0
#include "kiosk/keys.h"

#include <string.h>

#include "base/file.h"
#include "kiosk/secret.h"

#define LOG_KEY "log.key"
#define SEAL_KEY "seal.key"

static bw_err
read_key(const char *dir, const char *name, struct crypto_key **out)
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_KEY);
	char path[FILE_PATH_MAX];
	bw_err r;

	*out = NULL;
	if ((r = file_path(path, dir, name)) == BW_OK &&
	    (r = file_read(path, &b)) == BW_OK)
		r = b.len == CRYPTO_KEY ? crypto_key_open(out, b.ptr) :
		    BW_ERR_KEY;
	bw_buf_free(&b);
	return r == BW_ERR_BOUND ? BW_ERR_KEY : r;
}

static bw_err
make_key(const char *dir, const char *name, struct crypto_key **out)
{
	uint8_t scalar[CRYPTO_KEY];
	char path[FILE_PATH_MAX];
	bw_err r;

	r = read_key(dir, name, out);
	if (r != BW_ERR_NOTFOUND)
		return r;
	if ((r = crypto_key_generate(out)) != BW_OK)
		return r;
	crypto_key_scalar(*out, scalar);
	if ((r = file_path(path, dir, name)) == BW_OK)
		r = file_write(path, scalar, sizeof(scalar), 0600);
	explicit_bzero(scalar, sizeof(scalar));
	return r;
}

bw_err
keys_create(struct keys *k, const char *dir)
{
	bw_err r;

	*k = (struct keys){ NULL, NULL };
	if ((r = make_key(dir, LOG_KEY, &k->log)) != BW_OK ||
	    (r = make_key(dir, SEAL_KEY, &k->seal)) != BW_OK)
		keys_close(k);
	return r;
}

bw_err
keys_open(struct keys *k, const char *dir)
{
	bw_err r;

	*k = (struct keys){ NULL, NULL };
	if ((r = read_key(dir, LOG_KEY, &k->log)) == BW_OK) {
		r = read_key(dir, SEAL_KEY, &k->seal);
		if (r == BW_ERR_NOTFOUND)
			r = BW_OK;
	}
	if (r != BW_OK)
		keys_close(k);
	return r;
}

void
keys_close(struct keys *k)
{
	crypto_key_close(&k->log);
	crypto_key_close(&k->seal);
}

bw_err
keys_end(struct keys *k, const char *dir)
{
	char path[FILE_PATH_MAX];
	bw_err r;

	crypto_key_close(&k->seal);
	if ((r = file_path(path, dir, SEAL_KEY)) == BW_OK)
		r = file_remove(path);
	return r;
}

bw_err
keys_fields_open(const struct keys *k, const struct policy *p,
    struct field_keys **out)
{
	struct bw_buf plain = BW_BUF_INIT(POLICY_MAX);
	struct field_keys *f;
	bw_err r;

	*out = NULL;
	if (k->seal == NULL || p->field_keys.len == 0)
		return BW_ERR_KEY;
	if ((f = secret_alloc(sizeof(*f))) == NULL)
		return BW_ERR_NOMEM;
	*out = f;
	if ((r = seal_open(k->seal, SEAL_FIELD_KEYS, p->field_keys.ptr,
	    p->field_keys.len, &plain)) == BW_OK)
		r = field_keys_decode(plain.ptr, plain.len, f);
	if (r == BW_OK && f->have != (p->required | p->optional))
		r = BW_ERR_KEY;
	bw_buf_free(&plain);
	if (r != BW_OK)
		keys_fields_close(out);
	return r;
}

void
keys_fields_close(struct field_keys **f)
{
	void *p = *f;

	secret_free(&p, sizeof(**f));
	*f = NULL;
}
