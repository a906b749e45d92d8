// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "record/cbor.h"
#include "record/seal.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bw_err
put_str(struct bw_buf *out, const char *s)
{
	size_t len = strlen(s);

	return cbor_put_text(out, s, len);
}

/* Text of at most max bytes; a zero inside would cut a C string short. */
static bw_err
get_str(struct bw_cur *c, char *out, size_t max)
{
	const char *s;
	size_t len;
	bw_err r;

	if ((r = cbor_get_text(c, max, &s, &len)) != BW_OK)
		return r;
	if (memchr(s, 0, len) != NULL)
		return BW_ERR_FORMAT;
	memcpy(out, s, len);
	out[len] = 0;
	return BW_OK;
}

/* Shorter keys come first, then by bytes: the order of their encodings. */
static int
key_order(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b);

	if (la != lb)
		return la < lb ? -1 : 1;
	return memcmp(a, b, la);
}

static bw_err
put_answers(const struct note *n, struct bw_buf *out)
{
	bw_err r;

	if ((r = cbor_put_map(out, n->nanswers)) != BW_OK)
		return r;
	for (size_t i = 0; i < n->nanswers; i++) {
		const struct note_answer *a = &n->answer[i];

		if (!text_is_id(a->question, strlen(a->question)) ||
		    (i != 0 && key_order(a[-1].question, a->question) >= 0))
			return BW_ERR_ARG;
		if ((r = put_str(out, a->question)) != BW_OK ||
		    (r = put_str(out, a->answer)) != BW_OK)
			return r;
	}
	return BW_OK;
}

bw_err
note_encode(const struct note *n, struct bw_buf *out)
{
	bw_err r;

	if (n->rating < -1 || n->rating > 5 || n->ntags > COUNT(n->tag) ||
	    n->nanswers > COUNT(n->answer))
		return BW_ERR_ARG;
	if ((r = cbor_put_array(out, 5)) != BW_OK ||
	    (r = cbor_put_uint(out, 1)) != BW_OK ||
	    (r = n->rating < 0 ? cbor_put_null(out) :
	    cbor_put_uint(out, (uint64_t)n->rating)) != BW_OK ||
	    (r = cbor_put_array(out, n->ntags)) != BW_OK)
		return r;
	for (size_t i = 0; i < n->ntags; i++)
		if ((r = put_str(out, n->tag[i])) != BW_OK)
			return r;
	if ((r = put_answers(n, out)) != BW_OK)
		return r;
	return put_str(out, n->text);
}

static bw_err
get_rating(struct bw_cur *c, int *out)
{
	uint64_t v;
	bw_err r;

	*out = -1;
	if (cbor_get_null(c))
		return BW_OK;
	if ((r = cbor_get_uint(c, 5, &v)) == BW_OK)
		*out = (int)v;
	return r;
}

static bw_err
get_tags(struct bw_cur *c, struct note *out)
{
	uint64_t n;
	bw_err r;

	if ((r = cbor_get_array_max(c, COUNT(out->tag), &n)) != BW_OK)
		return r;
	for (; out->ntags < n; out->ntags++)
		if ((r = get_str(c, out->tag[out->ntags],
		    sizeof(out->tag[0]) - 1)) != BW_OK)
			return r;
	return BW_OK;
}

static bw_err
get_answers(struct bw_cur *c, struct note *out)
{
	uint64_t n;
	bw_err r;

	if ((r = cbor_get_map(c, COUNT(out->answer), &n)) != BW_OK)
		return r;
	for (; out->nanswers < n; out->nanswers++) {
		struct note_answer *a = &out->answer[out->nanswers];

		if ((r = get_str(c, a->question,
		    sizeof(a->question) - 1)) != BW_OK ||
		    (r = get_str(c, a->answer, sizeof(a->answer) - 1)) != BW_OK)
			return r;
		if (!text_is_id(a->question, strlen(a->question)) ||
		    (out->nanswers != 0 &&
		    key_order(a[-1].question, a->question) >= 0))
			return BW_ERR_FORMAT;
	}
	return BW_OK;
}

bw_err
note_decode(const uint8_t *ptr, size_t len, struct note *out)
{
	struct bw_cur c = { ptr, len };
	uint64_t version;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = cbor_get_array(&c, 5)) != BW_OK ||
	    (r = cbor_get_uint(&c, 1, &version)) != BW_OK ||
	    (r = version == 1 ? BW_OK : BW_ERR_FORMAT) != BW_OK ||
	    (r = get_rating(&c, &out->rating)) != BW_OK ||
	    (r = get_tags(&c, out)) != BW_OK ||
	    (r = get_answers(&c, out)) != BW_OK ||
	    (r = get_str(&c, out->text, sizeof(out->text) - 1)) != BW_OK ||
	    (r = cbor_end(&c)) != BW_OK)
		explicit_bzero(out, sizeof(*out));
	return r;
}
