// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "tools/tagwrite.h"

static const uint8_t lock_tlv[] = { 0x01, 0x03, 0xa0, 0x0c, 0x34 };

/* A TLV with a message of so many bytes. */
static size_t
make(uint8_t *image, size_t msg)
{
	size_t n = 0;

	image[n++] = 0x03;
	if (msg < 255) {
		image[n++] = (uint8_t)msg;
	} else {
		image[n++] = 0xff;
		image[n++] = (uint8_t)(msg >> 8);
		image[n++] = (uint8_t)msg;
	}
	for (size_t i = 0; i < msg; i++)
		image[n++] = (uint8_t)(0xd0 + i % 40);
	image[n++] = 0xfe;
	return n;
}

/* What a reader finds: 'o'ld, 'n'ew, 'e'mpty or none, '?' anything else. */
static char
seen(const uint8_t *mem, const uint8_t *old, size_t nold, const uint8_t *new,
    size_t nnew)
{
	const uint8_t *msg;
	size_t len, total;

	if (ndef_tlv_find(mem, NDEF_TAG_MAX, &msg, &len, &total) != BW_OK ||
	    len == 0)
		return 'e';
	if (len == nold && memcmp(msg, old, len) == 0)
		return 'o';
	return len == nnew && memcmp(msg, new, len) == 0 ? 'n' : '?';
}

/* Play the steps over an old badge, each byte of a page after the other from
 * the left or from the right: a reader sees the old message, then none, then
 * the new one, and nothing else. */
static void
play_so(const uint8_t *before, size_t nbefore, size_t nold, size_t nnew,
    bool left)
{
	uint8_t mem[NDEF_TAG_MAX] = { 0 }, old[NDEF_TAG_MAX];
	uint8_t image[NDEF_TAG_MAX];
	size_t n = make(image, nnew), m = make(old, nold);
	struct tagwrite_plan p;
	char last = 'o', now;

	old[m - 2] = 0x11;	/* else the shorter begins the longer */
	if (nbefore > 0)
		memcpy(mem, before, nbefore);
	memcpy(mem + nbefore, old, m);
	assert_ok(tagwrite_plan(mem, 32, NDEF_TAG_MAX, image, n, &p));
	assert_int_equal(p.kept, nbefore);
	for (size_t i = 0; i < 4 * p.n; i++) {
		size_t b = left ? i % 4 : 3 - i % 4;

		assert_in_range(p.step[i / 4].page, 4, 225);
		mem[(size_t)(p.step[i / 4].page - 4) * 4 + b] =
		    p.step[i / 4].data[b];
		now = seen(mem, old + m - 1 - nold, nold, image + n - 1 - nnew,
		    nnew);
		assert_true(now == last || (last == 'o' && now == 'e') ||
		    (last == 'e' && now == 'n'));
		last = now;
	}
	assert_int_equal(last, 'n');
	assert_memory_equal(mem, p.memory, p.len);
	assert_memory_equal(mem + nbefore, image, n);
	if (nbefore > 0)
		assert_memory_equal(mem, before, nbefore);
}

static void
play(const uint8_t *before, size_t nbefore, size_t nold, size_t nnew)
{
	play_so(before, nbefore, nold, nnew, true);
	play_so(before, nbefore, nold, nnew, false);
}

static void
torn_at_any_byte_is_no_badge(void **state)
{
	static const size_t news[] = { 1, 2, 3, 100, 254, 255, 256, 600 };
	uint8_t two[16];

	(void)state;
	memcpy(two, lock_tlv, 5);
	memcpy(two + 5, "\x02\x03\x01\x02\x03", 5);
	for (size_t i = 0; i < sizeof(news) / sizeof(news[0]); i++)
		for (size_t old = 1; old < 400; old += 127) {
			play(NULL, 0, old, news[i]);
			play(lock_tlv, 5, old, news[i]);
			play(two, 10, old, news[i]);
			memset(two + 10, 0, 6);
			play((const uint8_t *)"\x02\x01\x00", 3, old,
			    news[i]);
			play((const uint8_t *)"\x02\x04\1\1\1\1", 6, old,
			    news[i]);
		}
}

static void
fits_exactly_or_not(void **state)
{
	uint8_t image[NDEF_TAG_MAX], user[32] = { 0 };
	struct tagwrite_plan p;
	size_t n = make(image, 141);

	(void)state;
	assert_int_equal(n, 144);
	assert_ok(tagwrite_plan(user, 32, 144, image, n, &p));
	assert_int_equal(p.len, 144);
	assert_err(tagwrite_plan(user, 32, 143, image, n, &p), BW_ERR_FULL);
	memcpy(user, lock_tlv, 5);
	assert_err(tagwrite_plan(user, 32, 144, image, n, &p), BW_ERR_FULL);
	assert_err(tagwrite_plan(user, 32, 148, image, n, &p), BW_ERR_FULL);
	assert_ok(tagwrite_plan(user, 32, 149, image, n, &p));
	assert_int_equal(p.len, 152);
	assert_err(tagwrite_plan(user, 32, 4000, image, n, &p), BW_ERR_FULL);
	/* The largest tag, filled to its last byte. */
	n = make(image, 883);
	assert_int_equal(n, 888);
	memset(user, 0, sizeof(user));
	assert_ok(tagwrite_plan(user, 32, 888, image, n, &p));
	assert_int_equal(p.len, 888);
	assert_int_equal(p.n, 224);
}

static void
refuses_what_is_no_tlv(void **state)
{
	uint8_t user[32] = { 0 };
	struct tagwrite_plan p;

	(void)state;
	assert_err(tagwrite_plan(user, 32, 144, (const uint8_t *)"\x01\x00\xfe",
	    3, &p), BW_ERR_FORMAT);
	assert_err(tagwrite_plan(user, 32, 144, (const uint8_t *)"\x03\x00", 2,
	    &p), BW_ERR_FORMAT);
	assert_err(tagwrite_plan(user, 32, 144, (const uint8_t *)"", 0, &p),
	    BW_ERR_FORMAT);
	/* A broken lock-control TLV is not kept. */
	memcpy(user, "\x01\xff\xa0", 3);
	assert_ok(tagwrite_plan(user, 32, 144, (const uint8_t *)"\x03\x00\xfe",
	    3, &p));
	assert_int_equal(p.kept, 0);
}

static void
every_result_has_a_sentence(void **state)
{
	(void)state;
	for (int r = TAGWRITER_OK; r <= TAGWRITER_DIFFERS; r++)
		assert_string_not_equal(
		    tagwriter_sentence((enum tagwriter_result)r), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(torn_at_any_byte_is_no_badge),
		cmocka_unit_test(fits_exactly_or_not),
		cmocka_unit_test(refuses_what_is_no_tlv),
		cmocka_unit_test(every_result_has_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
