// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/ndef.h"

static const char *const badges[] = {
	"typical", "long_tag16", "world", "pointer"
};
#define URI "host.summit.example/b"

static void
examples_go_there_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct bw_cur cose = vec_hex("badge/%s/cose_sign1", badges[i]);
		struct bw_cur ndef = vec_hex("badge/%s/ndef", badges[i]);
		struct bw_cur tlv = vec_hex("badge/%s/tlv", badges[i]);
		struct bw_buf b = BW_BUF_INIT(1000);
		const uint8_t *p;
		size_t len, total;

		assert_ok(ndef_encode(URI, cose.ptr, cose.len, &b));
		assert_int_equal(b.len, ndef.len);
		assert_memory_equal(b.ptr, ndef.ptr, ndef.len);
		bw_buf_reset(&b);
		assert_ok(ndef_tlv_encode(ndef.ptr, ndef.len, &b));
		assert_int_equal(b.len, tlv.len);
		assert_int_equal(b.len,
		    vec_int("badge/%s/tlv_length", badges[i]));
		assert_memory_equal(b.ptr, tlv.ptr, tlv.len);
		assert_ok(ndef_tlv_find(tlv.ptr, tlv.len, &p, &len, &total));
		assert_ptr_equal(p, tlv.ptr + total - ndef.len);
		assert_int_equal(len, ndef.len);
		assert_int_equal(total, tlv.len - 1);
		assert_ok(ndef_badge_find(p, len, &p, &len));
		assert_int_equal(len, cose.len);
		assert_memory_equal(p, cose.ptr, len);
		bw_buf_free(&b);
	}
}

static void
without_a_uri(void **state)
{
	struct bw_cur cose = vec_hex("badge/pointer/cose_sign1");
	struct bw_buf b = BW_BUF_INIT(1000), tlv = BW_BUF_INIT(1000);
	const uint8_t *p;
	size_t len;

	(void)state;
	assert_ok(ndef_encode(NULL, cose.ptr, cose.len, &b));
	assert_int_equal(b.ptr[0], 0xd4);
	assert_ok(ndef_badge_find(b.ptr, b.len, &p, &len));
	assert_int_equal(len, cose.len);
	assert_ok(ndef_tlv_encode(b.ptr, b.len, &tlv));
	assert_true(tlv.len <= ndef_room("ntag213"));
	bw_buf_free(&b);
	bw_buf_free(&tlv);
}

/* A reader that asks for as much as it is told to finds the message, however
 * little it begins with, and never asks for more than there is. */
static void
a_reader_is_told_how_much_to_read(void **state)
{
	static const uint8_t lock[] = { 1, 3, 0xa0, 0x0c, 0x34, 0, 0 };
	struct bw_cur tlv = vec_hex("badge/long_tag16/tlv");
	uint8_t mem[600];
	size_t end = sizeof(lock) + tlv.len, len, total;
	const uint8_t *msg;

	(void)state;
	memcpy(mem, lock, sizeof(lock));
	memcpy(mem + sizeof(lock), tlv.ptr, tlv.len);
	for (size_t first = 0; first < end - 1; first++) {
		size_t have = first;

		for (int i = 0; i < 5; i++) {
			uint8_t *exact = malloc(have + 1);
			bw_err r;

			assert_non_null(exact);
			memcpy(exact, mem, have);
			r = ndef_tlv_find(exact, have, &msg, &len, &total);
			free(exact);
			if (r == BW_OK)
				break;
			assert_int_equal(r, BW_ERR_GAP);
			assert_null(msg);
			assert_true(total > have && total < end);
			have = total;
		}
		assert_int_equal(total, end - 1);
	}
}

static bw_err
find(const char *bytes, size_t len)
{
	const uint8_t *msg;
	size_t n, total;

	return ndef_tlv_find((const uint8_t *)bytes, len, &msg, &n, &total);
}

static void
odd_memory(void **state)
{
	char mem[NDEF_TAG_MAX + 1] = { 0 };

	(void)state;
	assert_err(find("", 0), BW_ERR_GAP);
	assert_err(find("\xfe", 1), BW_ERR_NOTFOUND);
	assert_err(find("\x01\x00\xfe", 3), BW_ERR_NOTFOUND);
	assert_ok(find("\x03\x00\xfe", 3));
	assert_err(find("\x03\xff\x00\x10", 4), BW_ERR_FORMAT);
	assert_err(find("\x03\xff\x03\x75", 4), BW_ERR_FORMAT);
	assert_err(find("\x03\xff\x03\x74", 4), BW_ERR_GAP);
	assert_err(find("\xfd\xff\xff\xff", 4), BW_ERR_FORMAT);
	assert_err(find(mem, NDEF_TAG_MAX - 1), BW_ERR_GAP);
	assert_err(find(mem, NDEF_TAG_MAX), BW_ERR_NOTFOUND);
	mem[NDEF_TAG_MAX - 1] = 3;
	assert_err(find(mem, NDEF_TAG_MAX), BW_ERR_NOTFOUND);
}

static bw_err
badge_in(const char *bytes, size_t len)
{
	const uint8_t *p;
	size_t n;

	return ndef_badge_find((const uint8_t *)bytes, len, &p, &n);
}
#define BADGE_IN(s) badge_in(s, sizeof(s) - 1)
#define TYPE "badgeward.org:b"

static void
shapes_of_messages(void **state)
{
	(void)state;
	assert_ok(BADGE_IN("\xd4\x0f\x01" TYPE "x"));
	assert_ok(BADGE_IN("\xc4\x0f\0\0\0\x01" TYPE "x"));
	assert_ok(BADGE_IN("\xdc\x0f\x01\x01" TYPE "i" "x"));
	assert_ok(BADGE_IN("\xd4\x0f\x00" TYPE));
	assert_ok(BADGE_IN("\x91\x01\0U" "\x11\x01\0U" "\x11\x01\0U"
	    "\x54\x0f\x01" TYPE "x"));
	assert_err(BADGE_IN("\x91\x01\0U" "\x11\x01\0U" "\x11\x01\0U"
	    "\x11\x01\0U" "\x54\x0f\x01" TYPE "x"), BW_ERR_FORMAT);
	assert_err(BADGE_IN("\xd1\x01\0U"), BW_ERR_NOTFOUND);
	assert_err(BADGE_IN("\xd1\x0f\x01" TYPE "x"), BW_ERR_NOTFOUND);
	assert_err(BADGE_IN("\xd4\x0e\x01" "badgeward.org:" "x"),
	    BW_ERR_NOTFOUND);
	assert_err(BADGE_IN(""), BW_ERR_FORMAT);
	assert_err(BADGE_IN("\xf4\x0f\x01" TYPE "x"), BW_ERR_FORMAT);
	assert_err(BADGE_IN("\xd4\x0f\x01" TYPE "xy"), BW_ERR_FORMAT);
	assert_err(BADGE_IN("\xd4\x0f\x02" TYPE "x"), BW_ERR_FORMAT);
	assert_err(BADGE_IN("\xc4\x0f\xff\xff\xff\xff" TYPE "x"),
	    BW_ERR_FORMAT);
	assert_err(BADGE_IN("\x54\x0f\x01" TYPE "x"), BW_ERR_FORMAT);
	assert_err(BADGE_IN("\x94\x0f\x01" TYPE "x"), BW_ERR_FORMAT);
	assert_err(BADGE_IN("\x94\x0f\x01" TYPE "x" "\x54\x0f\x01" TYPE "y"),
	    BW_ERR_FORMAT);
	assert_err(BADGE_IN("\x94\x0f\x01" TYPE "x" "\xd4\x0f\x01" TYPE "y"),
	    BW_ERR_FORMAT);
}

static void
every_truncation_is_refused(void **state)
{
	struct bw_cur ndef = vec_hex("badge/typical/ndef");
	const uint8_t *p;
	size_t len;

	(void)state;
	for (size_t n = 0; n < ndef.len; n++) {
		uint8_t *exact = malloc(n + 1);

		assert_non_null(exact);
		memcpy(exact, ndef.ptr, n);
		assert_err(ndef_badge_find(exact, n, &p, &len),
		    BW_ERR_FORMAT);
		free(exact);
	}
}

static void
rooms_and_bounds(void **state)
{
	static uint8_t big[0xffff];
	struct bw_buf b = BW_BUF_INIT(0x20000);

	(void)state;
	assert_int_equal(ndef_room("mf0ul21"), 128);
	assert_int_equal(ndef_room("ntag213"), 139);
	assert_int_equal(ndef_room("ntag215"), 496);
	assert_int_equal(ndef_room("ntag216"), 872);
	assert_int_equal(ndef_room("ntag210"), 0);
	assert_int_equal(ndef_room("mf0ul11"), 0);
	assert_ok(ndef_encode(NULL, big, 2000, &b));
	assert_ok(ndef_tlv_encode(big, 2000, &b));
	assert_err(ndef_encode(NULL, big, 0xffff, &b), BW_ERR_BOUND);
	assert_err(ndef_tlv_encode(big, 0xffff, &b), BW_ERR_BOUND);
	bw_buf_free(&b);
}

static bw_err
uri_in(const char *bytes, size_t len, const char *want)
{
	struct bw_buf b = BW_BUF_INIT(40);
	bw_err r = ndef_uri_find((const uint8_t *)bytes, len, &b);

	if (r == BW_OK) {
		assert_int_equal(b.len, strlen(want));
		assert_memory_equal(b.ptr, want, b.len);
	}
	bw_buf_free(&b);
	return r;
}
#define URI_IN(s, want) uri_in(s, sizeof(s) - 1, want)
#define LONG "0123456789012345678901234567890123456789"

static void
one_address_and_nothing_else(void **state)
{
	(void)state;
	assert_ok(URI_IN("\xd1\x01\x04U\x04" "a.b", "https://a.b"));
	assert_ok(URI_IN("\xd1\x01\x04U\x03" "a.b", "http://a.b"));
	assert_ok(URI_IN("\xd1\x01\x04U\x00" "a:b", "a:b"));
	assert_ok(URI_IN("\xc1\x01\0\0\0\x04U\x04" "a.b", "https://a.b"));
	assert_ok(URI_IN("\xd9\x01\x04\x01Ui\x04" "a.b", "https://a.b"));
	/* Another scheme, another type, none, or an empty one. */
	assert_err(URI_IN("\xd1\x01\x04U\x01" "a.b", ""), BW_ERR_NOTFOUND);
	assert_err(URI_IN("\xd1\x01\x04U\xff" "a.b", ""), BW_ERR_NOTFOUND);
	assert_err(URI_IN("\xd1\x01\x04T\x04" "a.b", ""), BW_ERR_NOTFOUND);
	assert_err(URI_IN("\xd4\x01\x04U\x04" "a.b", ""), BW_ERR_NOTFOUND);
	assert_err(URI_IN("\xd1\x00\x04\x04" "a.b", ""), BW_ERR_NOTFOUND);
	assert_err(URI_IN("\xd1\x01\x01U\x04", ""), BW_ERR_NOTFOUND);
	/* More than one record, as a badge has. */
	assert_err(URI_IN("\x91\x01\x04U\x04" "a.b" "\x51\x01\0U", ""),
	    BW_ERR_NOTFOUND);
	/* Cut short, chunked, or with a tail. */
	assert_err(URI_IN("", ""), BW_ERR_FORMAT);
	assert_err(URI_IN("\xd1\x01\x05U\x04" "a.b", ""), BW_ERR_FORMAT);
	assert_err(URI_IN("\xf1\x01\x04U\x04" "a.b", ""), BW_ERR_FORMAT);
	assert_err(URI_IN("\xd1\x01\x04U\x04" "a.b ", ""), BW_ERR_FORMAT);
	assert_err(URI_IN("\xc1\x01\xff\xff\xff\xff" "U\x04" "a.b", ""),
	    BW_ERR_FORMAT);
	/* As long as it may be, and longer. */
	assert_ok(URI_IN("\xd1\x01\x29U\x00" LONG, LONG));
	assert_err(URI_IN("\xd1\x01\x2aU\x00" LONG "1", ""), BW_ERR_BOUND);
	assert_err(URI_IN("\xd1\x01\x29U\x04" LONG, ""), BW_ERR_BOUND);
}

static void
an_address_goes_there_and_back(void **state)
{
	static const char *const uris[] = { "https://h.example/enrol#A.B",
		"http://127.0.0.1:8080/enrol#A.B", "x" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct bw_buf b = BW_BUF_INIT(100);

		assert_ok(ndef_uri_encode(uris[i], &b));
		assert_ok(uri_in((const char *)b.ptr, b.len, uris[i]));
		bw_buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_go_there_and_back),
		cmocka_unit_test(without_a_uri),
		cmocka_unit_test(a_reader_is_told_how_much_to_read),
		cmocka_unit_test(odd_memory),
		cmocka_unit_test(shapes_of_messages),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(rooms_and_bounds),
		cmocka_unit_test(one_address_and_nothing_else),
		cmocka_unit_test(an_address_goes_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
