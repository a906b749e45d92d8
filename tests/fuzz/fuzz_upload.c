// SPDX-License-Identifier: Apache-2.0
/* An upload as the host takes it: items through the chain, then the note. */
#include "tests/fuzz/fuzz.h"

#include "record/chain.h"
#include "record/upload.h"

/* A chain that took an entry can be stored and comes back the same. */
static void
check_chain(const struct chain *c)
{
	struct bw_buf once = BW_BUF_INIT(CHAIN_MAX), again = once;
	struct chain back;

	CHECK(chain_encode(c, &once) == BW_OK);
	CHECK(chain_decode(once.ptr, once.len, &back) == BW_OK);
	CHECK(chain_encode(&back, &again) == BW_OK);
	CHECK_SAME(&again, once.ptr, once.len);
	bw_buf_free(&once);
	bw_buf_free(&again);
}

static void
take_item(struct chain *c, const struct upload_item *item)
{
	uint64_t size = c->tree.size;
	const char *why = NULL;
	struct body body;
	bw_err r;

	r = chain_add(c, item->entry, item->entry_len, item->body,
	    item->body_len, NULL, &body, &why);
	CHECK(why != NULL && c->tree.size == size + (r == BW_OK));
	if (r == BW_OK)
		check_chain(c);
	else
		CHECK(why[0] != 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(UPLOAD_MAX);
	struct bw_cur c = { data, len };
	struct chain chain = { .closed = false };
	struct upload_item item;
	const char *note = NULL;
	size_t note_len;

	if (len > UPLOAD_MAX)
		return 0;
	while (note == NULL) {
		if (upload_next(&c, &item, &note, &note_len) != BW_OK)
			goto out;
		if (note != NULL)
			break;
		CHECK(upload_put_item(&again, &item) == BW_OK);
		take_item(&chain, &item);
	}
	CHECK(upload_put_note(&again, note, note_len) == BW_OK);
	CHECK_SAME(&again, data, len);
out:
	bw_buf_free(&again);
	return 0;
}
