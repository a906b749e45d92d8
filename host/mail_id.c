// SPDX-License-Identifier: Apache-2.0
#include "host/mail_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "host/hostfile.h"

#define TOKEN_TEXT (TEXT_B32_SIZE(MAIL_TOKEN) - 1)

bw_err
mail_key_read(const char *dir, uint8_t key[static CRYPTO_KEY])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_KEY);
	char path[FILE_PATH_MAX];
	bw_err r;

	memset(key, 0, CRYPTO_KEY);
	if ((r = file_path(path, dir, "mail.key")) != BW_OK ||
	    (r = file_read(path, &b)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;
	if (b.len != CRYPTO_KEY)
		goto out;
	memcpy(key, b.ptr, CRYPTO_KEY);
	r = BW_OK;
out:
	bw_buf_free(&b);
	return r;
}

bw_err
mail_key_make(const char *dir, uint8_t key[static CRYPTO_KEY])
{
	char path[FILE_PATH_MAX];
	bw_err r = mail_key_read(dir, key);

	if (r != BW_ERR_NOTFOUND ||
	    (r = file_path(path, dir, "mail.key")) != BW_OK ||
	    (r = bw_random(key, CRYPTO_KEY)) != BW_OK)
		return r;
	return hostfile_write(path, key, CRYPTO_KEY, 0600);
}

static void
put_u64(uint8_t out[static 8], uint64_t v)
{
	for (int i = 7; i >= 0; i--, v >>= 8)
		out[i] = (uint8_t)v;
}

bw_err
mail_id_token(const uint8_t key[static CRYPTO_KEY],
    const struct mail_row *row, uint8_t out[static MAIL_TOKEN])
{
	uint8_t what[16], mac[CRYPTO_HASH];
	const struct bw_part parts[] = { PART_STR0("badgeward mail id"),
		PART(what, sizeof(what)) };
	bw_err r;

	put_u64(what, row->id);
	put_u64(what + 8, (uint64_t)row->queued_at);
	r = crypto_hmac(key, CRYPTO_KEY, parts, 2, mac);
	memcpy(out, mac, MAIL_TOKEN);
	explicit_bzero(mac, sizeof(mac));
	return r;
}

bw_err
mail_id_format(const uint8_t key[static CRYPTO_KEY], const char *event,
    const struct mail_row *row, char out[static MAIL_ID_MAX])
{
	struct bw_buf b = BW_BUF_INIT(TOKEN_TEXT + 1);
	uint8_t token[MAIL_TOKEN];
	const char *text;
	bw_err r;

	out[0] = 0;
	if ((r = mail_id_token(key, row, token)) != BW_OK ||
	    (r = text_b32(&b, token, sizeof(token))) != BW_OK ||
	    (r = bw_buf_cstr(&b, &text)) != BW_OK)
		goto out;
	r = BW_ERR_BOUND;
	if (snprintf(out, MAIL_ID_MAX, "%s.%" PRIu64 ".%s", event, row->id,
	    text) >= MAIL_ID_MAX)
		goto out;
	r = BW_OK;
out:
	bw_buf_free(&b);
	explicit_bzero(token, sizeof(token));
	return r;
}

static bool
take_token(const char *text, uint8_t token[static MAIL_TOKEN])
{
	struct bw_buf b = BW_BUF_INIT(MAIL_TOKEN);
	bool ok = text_unb32(text, TOKEN_TEXT, &b) == BW_OK &&
	    b.len == MAIL_TOKEN;

	if (ok)
		memcpy(token, b.ptr, MAIL_TOKEN);
	bw_buf_free(&b);
	return ok;
}

bool
mail_id_parse(const char *text, uint64_t *mail,
    uint8_t token[static MAIL_TOKEN])
{
	const char *at = strchr(text, '@'), *dot, *number;

	*mail = 0;
	memset(token, 0, MAIL_TOKEN);
	if (at == NULL || (size_t)(at - text) < TOKEN_TEXT + 1)
		return false;
	dot = at - TOKEN_TEXT - 1;
	for (number = dot; number > text && number[-1] != '.'; number--)
		continue;
	if (*dot == '.' && number > text && text_number(number,
	    (size_t)(dot - number), INT64_MAX, mail) == BW_OK &&
	    *mail != 0 && take_token(dot + 1, token))
		return true;
	*mail = 0;
	return false;
}
