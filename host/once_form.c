// SPDX-License-Identifier: Apache-2.0
#include "host/once_form.h"

#include <string.h>

#include "base/file.h"
#include "base/text.h"

#define RANDOM 16
#define HEX (TEXT_HEX_SIZE(RANDOM) - 1)
#define BLANK "--------------------------------"
#define FIELD "<input type=\"hidden\" name=\"" ONCE_FIELD "\" value=\""

_Static_assert(sizeof(BLANK) - 1 == HEX, "a value has the room of a blank");

void
once_put(struct page *p)
{
	page_raw(p, FIELD BLANK "\">\n");
}

/* What others wrote is escaped: it cannot look like this. */
static uint8_t *
next_blank(const struct page *p, const uint8_t *from)
{
	const struct bw_buf *b = &p->out->body;
	uint8_t *at = memmem(from, b->len - (size_t)(from - b->ptr),
	    FIELD BLANK, sizeof(FIELD BLANK) - 1);

	return at != NULL ? at + sizeof(FIELD) - 1 : NULL;
}

void
once_fill(struct page *p)
{
	char value[TEXT_HEX_SIZE(RANDOM)];
	uint8_t raw[RANDOM], *at;

	if (p->r != BW_OK || p->out->body.ptr == NULL ||
	    (at = next_blank(p, p->out->body.ptr)) == NULL ||
	    (p->r = bw_random(raw, sizeof(raw))) != BW_OK)
		return;
	text_hex(raw, sizeof(raw), value);
	for (; at != NULL; at = next_blank(p, at))
		memcpy(at, value, HEX);
}

static bool
is_value(const char *text)
{
	return strlen(text) == HEX &&
	    strspn(text, "0123456789abcdef") == HEX;
}

bw_err
once_read(const struct http_request *in, const char *session,
    struct once_key *out)
{
	const struct bw_part whose[] = { PART_STR0("badgeward/1 once"),
		PART(session, strlen(session)) };
	uint8_t body[CRYPTO_HASH];
	const struct bw_part what[] = { PART(in->path, strlen(in->path) + 1),
		PART(in->query, strlen(in->query) + 1),
		PART(body, sizeof(body)) };
	char value[HEX + 1];
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = http_form(in, ONCE_FIELD, value, sizeof(value))) != BW_OK)
		return r == BW_ERR_NOTFOUND ? r : BW_ERR_FORMAT;
	if (!is_value(value))
		return BW_ERR_FORMAT;
	if ((r = http_form_hash(in, body)) != BW_OK ||
	    (r = crypto_sha256(whose, 2, out->session)) != BW_OK)
		return r;
	return crypto_sha256(what, 3, out->form);
}
