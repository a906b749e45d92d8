// SPDX-License-Identifier: Apache-2.0
#include "host/portal/live.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "host/portal/layout.h"
#include "host/strict.h"
#include "record/crypto.h"

#define HASH_LEN 8
#define BLANK "0000000000000000"	/* where the hash will stand */

void
live_open(struct page *p)
{
	memset(&p->live, 0, sizeof(p->live));
	p->live.had = strict_value(p->in->head, LIVE_HEADER);
}

/* What was put since n goes. */
static void
cut(struct page *p, size_t n)
{
	struct bw_buf *b = &p->out->body;

	if (p->r != BW_OK || b->len <= n)
		return;
	explicit_bzero(b->ptr + n, b->len - n);
	b->len = n;
}

void
live_begin(struct page *p, const char *id)
{
	if (p->live.had != NULL)
		cut(p, p->live.kept);
	snprintf(p->live.id, sizeof(p->live.id), "%s", id);
	p->live.any = true;
	page_raw(p, "<div id=\"");
	page_raw(p, id);
	page_raw(p, "\" data-live=\"" BLANK "\">\n");
	p->live.inside = p->out->body.len;
}

/* "counts=0123456789abcdef" is one of the words between commas. */
static bool
has(const struct page *p, const char *hash)
{
	const char *at = p->live.had;
	char want[64];
	size_t n;

	n = (size_t)snprintf(want, sizeof(want), "%s=%s", p->live.id, hash);
	while (at != NULL) {
		at += *at == ',';
		if (strncmp(at, want, n) == 0 && (at[n] == 0 || at[n] == ','))
			return true;
		at = strchr(at, ',');
	}
	return false;
}

void
live_end(struct page *p)
{
	static const size_t before = sizeof(BLANK "\">\n") - 1;
	struct bw_buf *b = &p->out->body;
	uint8_t digest[CRYPTO_HASH];
	char hash[HASH_LEN * 2 + 1];
	struct bw_part part;

	if (p->r != BW_OK)
		return;
	part = PART(b->ptr + p->live.inside, b->len - p->live.inside);
	if ((p->r = crypto_sha256(&part, 1, digest)) != BW_OK)
		return;
	text_hex(digest, HASH_LEN, hash);
	memcpy(b->ptr + p->live.inside - before, hash, HASH_LEN * 2);
	page_raw(p, "</div>\n");
	if (p->live.had == NULL)
		return;
	if (has(p, hash))
		cut(p, p->live.kept);
	p->live.kept = b->len;
}

void
live_close(struct page *p)
{
	if (p->live.had != NULL && p->live.any)
		cut(p, p->live.kept);
}
