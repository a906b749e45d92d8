// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "tools/sim/foreign.h"
#include "tools/sim/ntag.h"

static const uint8_t uid[] = { 0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0x80 };

/* A selected tag of this kind. */
static void
make(struct tag *t, const struct tag_kind *kind)
{
	tag_init(t, kind, "ada", uid);
	t->present = true;
	tag_power(t, true);
	assert_true(tag_select(t));
}

/* Send bytes with their CRC; the answer without its CRC. */
static size_t
send(struct tag *t, const void *cmd, size_t len, struct tag_air *reply)
{
	struct tag_air out;

	tag_put(&out, cmd, len);
	tag_receive(t, out.data, out.bits, reply);
	if (reply->bits < 24)
		return 0;
	len = reply->bits / 8 - 2;
	assert_int_equal(tag_crc(reply->data, len),
	    reply->data[len] | reply->data[len + 1] << 8);
	return len;
}

static void
expect_nak(struct tag *t, const void *cmd, size_t len)
{
	struct tag_air reply;

	assert_int_equal(send(t, cmd, len, &reply), 0);
	assert_int_equal(reply.bits, 4);
	assert_int_not_equal(reply.data[0], 0x0a);
	assert_int_equal(t->state, TAG_IDLE);
	assert_true(tag_select(t));
}

static void
expect_ack(struct tag *t, const void *cmd, size_t len)
{
	struct tag_air reply;

	send(t, cmd, len, &reply);
	assert_int_equal(reply.bits, 4);
	assert_int_equal(reply.data[0], 0x0a);
}

static void
crc_is_the_standards(void **state)
{
	(void)state;
	/* ISO/IEC 14443-3, annex B: 00 00 gives A0 1E, 12 34 gives 26 CF. */
	assert_int_equal(tag_crc((const uint8_t *)"\0\0", 2), 0x1ea0);
	assert_int_equal(tag_crc((const uint8_t *)"\x12\x34", 2), 0xcf26);
}

/* nfc-anticol's session with a seven-byte UID, bit for bit. */
static void
anticollision_by_hand(void **state)
{
	static const uint8_t reqa = 0x26, wupa = 0x52;
	static const uint8_t id1[] = { 0x88, 0x04, 0xa1, 0xb2, 0x9f };
	static const uint8_t id2[] = { 0xc3, 0xd4, 0xe5, 0x80, 0x72 };
	struct tag t;
	struct tag_air r;

	(void)state;
	tag_init(&t, &ntag215, "ada", uid);
	t.present = true;
	tag_receive(&t, &reqa, 7, &r);
	assert_int_equal(r.bits, 0);	/* no power */
	tag_power(&t, true);
	tag_receive(&t, &reqa, 7, &r);
	assert_int_equal(r.bits, 16);
	assert_memory_equal(r.data, "\x44\x00", 2);
	tag_receive(&t, (const uint8_t *)"\x93\x20", 16, &r);
	assert_int_equal(r.bits, 40);
	assert_memory_equal(r.data, id1, 5);
	assert_int_equal(send(&t, "\x93\x70\x88\x04\xa1\xb2\x9f", 7, &r), 1);
	assert_int_equal(r.data[0], 0x04);
	tag_receive(&t, (const uint8_t *)"\x95\x20", 16, &r);
	assert_memory_equal(r.data, id2, 5);
	assert_int_equal(send(&t, "\x95\x70\xc3\xd4\xe5\x80\x72", 7, &r), 1);
	assert_int_equal(r.data[0], 0x00);
	assert_int_equal(t.state, TAG_ACTIVE);
	send(&t, "\x50\x00", 2, &r);
	assert_int_equal(r.bits, 0);
	assert_int_equal(t.state, TAG_HALT);
	tag_receive(&t, &reqa, 7, &r);
	assert_int_equal(r.bits, 0);
	tag_receive(&t, &wupa, 7, &r);
	assert_int_equal(r.bits, 16);
}

static void
factory_memory(void **state)
{
	static const struct {
		const struct tag_kind *kind;
		size_t pages, user;
		uint8_t cc, version;
	} all[] = {
		{ &ntag213, 45, 144, 0x12, 0x0f },
		{ &ntag215, 135, 504, 0x3e, 0x11 },
		{ &ntag216, 231, 888, 0x6d, 0x13 },
	};
	struct tag_air r;
	struct tag t;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		make(&t, all[i].kind);
		assert_int_equal(t.kind->pages, all[i].pages);
		assert_int_equal((t.kind->user_end - 4) * 4, all[i].user);
		assert_int_equal(send(&t, "\x30\x00", 2, &r), 16);
		assert_memory_equal(r.data, "\x04\xa1\xb2\x9f", 4);
		assert_memory_equal(r.data + 4, "\xc3\xd4\xe5\x80\x72", 5);
		assert_memory_equal(r.data + 12, "\xe1\x10", 2);
		assert_int_equal(r.data[14], all[i].cc);
		assert_int_equal(send(&t, "\x60", 1, &r), 8);
		assert_int_equal(r.data[6], all[i].version);
		assert_int_equal(send(&t, "\x30\x04", 2, &r), 16);
		if (i == 0)
			assert_memory_equal(r.data,
			    "\x01\x03\xa0\x0c\x34\x03\x00\xfe", 8);
		else
			assert_memory_equal(r.data, "\x03\x00\xfe", 3);
	}
}

static void
read_rolls_over_and_ends(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &ntag215);
	/* The last page and, behind it, the first three. */
	assert_int_equal(send(&t, "\x30\x86", 2, &r), 16);
	assert_memory_equal(r.data + 4, t.mem, 12);
	expect_nak(&t, "\x30\x87", 2);
	expect_nak(&t, "\x3a\x04\x87", 3);
	expect_nak(&t, "\x3a\x05\x04", 3);
	assert_int_equal(send(&t, "\x3a\x00\x86", 3, &r), 540);
	/* The password and its answer are never read. */
	for (size_t i = 532; i < 540; i++)
		assert_int_equal(r.data[i], 0);
	assert_memory_equal(t.mem + 532, "\xff\xff\xff\xff", 4);
}

static void
write_and_locks(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &ntag213);
	expect_ack(&t, "\xa2\x08\x11\x22\x33\x44", 6);
	assert_int_equal(send(&t, "\x30\x08", 2, &r), 16);
	assert_memory_equal(r.data, "\x11\x22\x33\x44", 4);
	expect_nak(&t, "\xa2\x00\x11\x22\x33\x44", 6);
	expect_nak(&t, "\xa2\x01\x11\x22\x33\x44", 6);
	expect_nak(&t, "\xa2\x2d\x11\x22\x33\x44", 6);
	/* COMPAT_WRITE: page first, then sixteen bytes of which four count. */
	expect_ack(&t, "\xa0\x09", 2);
	expect_ack(&t, "\x55\x66\x77\x88zzzzzzzzzzzz", 16);
	assert_memory_equal(t.mem + 36, "\x55\x66\x77\x88", 4);
	/* Static locks are set, never cleared: page 8 is bit 0 of byte 3. */
	expect_ack(&t, "\xa2\x02\xff\xff\x00\x01", 6);
	expect_ack(&t, "\xa2\x02\x00\x00\x00\x00", 6);
	assert_memory_equal(t.mem + 8, "\x72\x48\x00\x01", 4);
	expect_nak(&t, "\xa2\x08\x00\x00\x00\x00", 6);
	expect_ack(&t, "\xa2\x0a\x00\x00\x00\x00", 6);
	/* A dynamic lock bit covers two pages of an NTAG213. */
	expect_ack(&t, "\xa2\x28\x02\x00\x00\x00", 6);
	expect_ack(&t, "\xa2\x11\x01\x02\x03\x04", 6);
	expect_nak(&t, "\xa2\x12\x01\x02\x03\x04", 6);
	expect_nak(&t, "\xa2\x13\x01\x02\x03\x04", 6);
	expect_ack(&t, "\xa2\x14\x01\x02\x03\x04", 6);
	/* The capability container is one-time programmable. */
	expect_ack(&t, "\xa2\x03\x00\x00\x00\x0f", 6);
	assert_memory_equal(t.mem + 12, "\xe1\x10\x12\x0f", 4);
}

static void
password_guards_from_auth0(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &ntag215);
	expect_ack(&t, "\xa2\x85""abcd", 6);	/* password */
	expect_ack(&t, "\xa2\x83\x04\x00\x00\x10", 6);	/* AUTH0: page 16 */
	expect_ack(&t, "\xa2\x0f\x01\x02\x03\x04", 6);
	expect_nak(&t, "\xa2\x10\x01\x02\x03\x04", 6);
	assert_int_equal(send(&t, "\x30\x10", 2, &r), 16);
	expect_nak(&t, "\x1b""nope", 5);
	assert_int_equal(send(&t, "\x1b""abcd", 5, &r), 2);
	expect_ack(&t, "\xa2\x84\x80\x05\x00\x00", 6);	/* reads too */
	assert_int_equal(send(&t, "\x30\x10", 2, &r), 16);
	tag_power(&t, false);
	tag_power(&t, true);
	assert_true(tag_select(&t));
	expect_nak(&t, "\x30\x0d", 2);
	assert_int_equal(send(&t, "\x30\x0c", 2, &r), 16);
}

static void
wrong_crc_is_refused(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &ntag215);
	tag_receive(&t, (const uint8_t *)"\x30\x04\x00\x00", 32, &r);
	assert_int_equal(r.bits, 4);
	assert_int_equal(r.data[0], 1);
}

static void
ultralight_knows_no_more(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &ultralight);
	assert_int_equal(send(&t, "\x30\x0f", 2, &r), 16);
	expect_nak(&t, "\x30\x10", 2);
	assert_int_equal(send(&t, "\x60", 1, &r), 0);
	assert_int_equal(r.bits, 0);
	assert_int_equal(t.state, TAG_IDLE);
	assert_true(tag_select(&t));
	assert_int_equal(send(&t, "\x3a\x04\x05", 3, &r), 0);
	assert_int_equal(t.state, TAG_IDLE);
}

static void
an_ultralight_ev1_says_which(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &mf0ul11);
	assert_int_equal(send(&t, "\x60", 1, &r), 8);
	assert_memory_equal(r.data, "\0\4\3\1\1\0\x0b\3", 8);
	assert_int_equal(send(&t, "\x3a\x00\x13", 3, &r), 80);
	assert_memory_equal(r.data + 12, "\xe1\x10\x06\0", 4);
	assert_memory_equal(r.data + 64, "\4\0\0\xff", 4);	/* AUTH0 */
	assert_memory_equal(r.data + 72, "\0\0\0\0", 4);	/* password */
	expect_ack(&t, "\xa2\x0f\x01\x02\x03\x04", 6);
	expect_nak(&t, "\x30\x14", 2);
	make(&t, &mf0ul21);
	assert_int_equal(send(&t, "\x60", 1, &r), 8);
	assert_memory_equal(r.data, "\0\4\3\1\1\0\x0e\3", 8);
	/* Its dynamic lock bits lie behind the user memory. */
	expect_ack(&t, "\xa2\x24\x01\x00\x00\x00", 6);
	expect_nak(&t, "\xa2\x11\x01\x02\x03\x04", 6);
}

static void
tears(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &ntag215);
	t.tear = TEAR_READS;
	t.tear_left = 2;
	expect_ack(&t, "\xa2\x04\x01\x02\x03\x04", 6);
	assert_int_equal(send(&t, "\x30\x04", 2, &r), 16);
	assert_int_equal(send(&t, "\x3a\x04\x05", 3, &r), 8);
	assert_false(t.present);
	assert_true(t.left);
	assert_int_equal(send(&t, "\x30\x04", 2, &r), 0);
	assert_int_equal(t.reads, 2);

	/* One whole page, then half of one. */
	make(&t, &ntag215);
	t.tear = TEAR_TORN;
	t.tear_left = 1;
	expect_ack(&t, "\xa2\x06\x01\x02\x03\x04", 6);
	assert_true(t.present);
	send(&t, "\xa2\x07\x01\x02\x03\x04", 6, &r);
	assert_int_equal(r.bits, 0);
	assert_false(t.present);
	assert_memory_equal(t.mem + 24, "\x01\x02\x03\x04\x01\x02\x00\x00", 8);

	make(&t, &ntag215);
	t.tear = TEAR_WRITES;
	t.tear_left = 0;
	send(&t, "\xa2\x07\x01\x02\x03\x04", 6, &r);
	assert_int_equal(r.bits, 0);
	assert_memory_equal(t.mem + 28, "\x00\x00\x00\x00", 4);
}

static void
foreign_tags_say_no(void **state)
{
	struct tag_air r;
	struct tag t;

	(void)state;
	make(&t, &foreign_classic);
	expect_nak(&t, "\x30\x04", 2);
	make(&t, &foreign_type4);
	assert_int_equal(send(&t, "\xe0\x80", 2, &r), 6);
	assert_int_equal(send(&t, "\x02\x00\xa4\x04\x00", 5, &r), 3);
	assert_memory_equal(r.data, "\x02\x6a\x82", 3);
	assert_int_equal(send(&t, "\xb2", 1, &r), 1);
	assert_int_equal(send(&t, "\x30\x04", 2, &r), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crc_is_the_standards),
		cmocka_unit_test(anticollision_by_hand),
		cmocka_unit_test(factory_memory),
		cmocka_unit_test(read_rolls_over_and_ends),
		cmocka_unit_test(write_and_locks),
		cmocka_unit_test(password_guards_from_auth0),
		cmocka_unit_test(wrong_crc_is_refused),
		cmocka_unit_test(ultralight_knows_no_more),
		cmocka_unit_test(an_ultralight_ev1_says_which),
		cmocka_unit_test(tears),
		cmocka_unit_test(foreign_tags_say_no),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
