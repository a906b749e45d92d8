// SPDX-License-Identifier: Apache-2.0
/* Signed notes and verifier keys. */
#include "tests/fuzz/fuzz.h"

#include "record/checkpoint.h"

static void
try_vkey(const uint8_t *data, size_t len)
{
	char text[VKEY_MAX + 1], again[VKEY_MAX], origin[ORIGIN_MAX + 1];
	uint8_t spki[CRYPTO_SPKI];

	if (len > VKEY_MAX)
		return;
	memcpy(text, data, len);
	text[len] = 0;
	if (vkey_parse(text, origin, spki) != BW_OK)
		return;
	CHECK(vkey_format(origin, spki, again) == BW_OK);
	CHECK(strcmp(again, text) == 0);
}

static void
try_text(const struct checkpoint *c, const uint8_t *data, size_t len)
{
	struct bw_buf text = BW_BUF_INIT(NOTE_MAX);

	CHECK(checkpoint_text(c, &text) == BW_OK);
	CHECK(text.len < len && memcmp(text.ptr, data, text.len) == 0);
	bw_buf_free(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const uint8_t no_key[CRYPTO_SPKI];
	const char *note = (const char *)data;
	struct checkpoint c;
	uint64_t time;

	if (len == 0)
		return 0;
	try_vkey(data, len);
	if (checkpoint_peek(note, len, &c) != BW_OK)
		return 0;
	try_text(&c, data, len);
	CHECK(checkpoint_verify(note, len, no_key, NULL, &c) != BW_OK);
	CHECK(c.size == 0 && c.origin[0] == 0);
	CHECK(cosign_verify(note, len, "log", no_key, &time) != BW_OK);
	return 0;
}
