// SPDX-License-Identifier: Apache-2.0
#include "record/canon.h"

#include <string.h>

#include "base/text.h"

/* Where jansson's output goes, and the first error there. jansson goes on
 * after a member's name could not be written, so the error must stay. */
struct sink {
	struct bw_buf *out;
	bw_err r;
};

static int
append(const char *ptr, size_t len, void *arg)
{
	struct sink *s = arg;

	if (s->r == BW_OK)
		s->r = bw_buf_put(s->out, ptr, len);
	return s->r == BW_OK ? 0 : -1;
}

bw_err
canon_put(struct bw_buf *out, const json_t *json)
{
	struct sink s = { out, BW_OK };

	if (json == NULL)
		return BW_ERR_NOMEM;
	if (json_dump_callback(json, append, &s,
	    JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY) != 0 &&
	    s.r == BW_OK)
		return BW_ERR_NOMEM;
	return s.r;
}

bw_err
canon_load(const char *text, size_t len, size_t max, json_t **out)
{
	json_t *first, *again;
	bw_err r = BW_ERR_FORMAT;

	*out = NULL;
	if (len > max)
		return BW_ERR_BOUND;
	/*
	 * Twice, because jansson's reader drops a character without a word
	 * when its buffer cannot grow. Other failed allocations it calls bad
	 * bytes.
	 */
	first = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	again = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	if (first == NULL || again == NULL)
		goto out;
	r = BW_ERR_NOMEM;
	if (json_equal(first, again) == 0)
		goto out;
	*out = json_incref(first);
	r = BW_OK;
out:
	json_decref(first);
	json_decref(again);
	return r;
}

bw_err
canon_text(const json_t *json, char *out, size_t max)
{
	const char *s = json_string_value(json);
	size_t len = json_string_length(json);

	out[0] = 0;
	if (s == NULL || !text_is_clean(s, len))
		return BW_ERR_FORMAT;
	if (len > max)
		return BW_ERR_BOUND;
	memcpy(out, s, len);
	out[len] = 0;
	return BW_OK;
}

bw_err
canon_uint(const json_t *json, uint64_t *out)
{
	json_int_t v = json_integer_value(json);

	*out = 0;
	if (!json_is_integer(json) || v < 0 || v > CANON_INT_MAX)
		return BW_ERR_FORMAT;
	*out = (uint64_t)v;
	return BW_OK;
}

bw_err
canon_bytes(const json_t *json, struct bw_buf *out)
{
	const char *s = json_string_value(json);

	if (s == NULL)
		return BW_ERR_FORMAT;
	return text_unb64(s, json_string_length(json), out);
}

bw_err
canon_fixed(const json_t *json, void *out, size_t n)
{
	struct bw_buf b = BW_BUF_INIT(n);
	bw_err r;

	if ((r = canon_bytes(json, &b)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;
	if (b.len != n)
		goto out;
	memcpy(out, b.ptr, n);
	r = BW_OK;
out:
	bw_buf_free(&b);
	return r;
}

json_t *
canon_new_b64(const void *ptr, size_t n)
{
	struct bw_buf b = BW_BUF_INIT(TEXT_B64_SIZE(n));
	json_t *json = NULL;

	if (text_b64(&b, ptr, n) == BW_OK)
		json = json_stringn((const char *)b.ptr, b.len);
	bw_buf_free(&b);
	return json;
}
