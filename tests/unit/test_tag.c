// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "reader/tag.h"
#include "tests/support/fake_tag.h"

static uint8_t message[NDEF_TAG_MAX], ndef[NDEF_TAG_MAX];
static struct fake fake;
static struct tag_target target;
static size_t ndef_len;

static int
setup(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(message); i++)
		message[i] = (uint8_t)(i * 7 + 1);
	fake_init(&fake);
	return 0;
}

static bw_err
read_it(void)
{
	const struct tag_transport t = fake_transport(&fake);

	assert_ok(t.field_on(t.ctx));
	assert_ok(t.select(t.ctx, &target));
	memset(fake.log, 0, sizeof(fake.log));
	fake.n = 0;
	return tag_read_ndef(&t, &target, ndef, &ndef_len);
}

/* Read a message of this length, and say with which commands. */
static void
reads(size_t len, bool lock_tlv, const char *commands)
{
	fake_put(&fake, 0, message, len, lock_tlv);
	assert_ok(read_it());
	assert_int_equal(ndef_len, len);
	assert_memory_equal(ndef, message, len);
	assert_string_equal(fake.log, commands);
}

static void
reads_no_more_than_the_tlv_says(void **state)
{
	(void)state;
	reads(1, false, "r");
	reads(10, false, "r");	/* 12 bytes come with the first READ */
	reads(11, false, "rf");
	reads(5, true, "r");
	reads(6, true, "rf");
	reads(200, true, "rf");
	reads(254, false, "rf");
	reads(255, false, "rf");	/* the long form of the length */
	reads(256, false, "rf");	/* 260 bytes: 62 pages after the first */
	reads(257, false, "rff");
	reads(860, false, "rffff");
}

static void
reads_slowly_what_knows_no_fast_read(void **state)
{
	(void)state;
	fake_put(&fake, 0, message, 60, false);
	fake.tag[0].no_fast = true;
	assert_ok(read_it());
	assert_int_equal(ndef_len, 60);
	assert_memory_equal(ndef, message, 60);
	assert_string_equal(fake.log, "rfsrrrr");
}

static void
another_tag_after_the_refusal_is_told(void **state)
{
	(void)state;
	fake_put(&fake, 0, message, 60, false);
	fake_put(&fake, 1, message, 60, false);
	fake.tag[1].present = false;
	fake.tag[0].no_fast = true;
	fake.swap_at = 2;
	assert_err(read_it(), BW_ERR_FORK);
	assert_int_equal(ndef_len, 0);
}

static void
every_fault_comes_back(void **state)
{
	static const bw_err faults[] = { BW_ERR_TIMEOUT, BW_ERR_IO };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t at = 0; at < 2; at++) {
			fake_init(&fake);
			fake_put(&fake, 0, message, 300, false);
			fake.fail = faults[i];
			fake.fail_at = at;
			fake.fail_at += 2;	/* field_on, select */
			const struct tag_transport t = fake_transport(&fake);
			assert_ok(t.field_on(t.ctx));
			assert_ok(t.select(t.ctx, &target));
			assert_err(tag_read_ndef(&t, &target, ndef, &ndef_len),
			    faults[i]);
			assert_int_equal(ndef_len, 0);
		}
}

static void
a_tag_that_goes_is_gone(void **state)
{
	(void)state;
	for (size_t at = 0; at < 6; at++) {
		fake_init(&fake);
		fake_put(&fake, 0, message, 60, false);
		fake.tag[0].no_fast = true;
		assert_ok(fake_transport(&fake).field_on(&fake));
		assert_ok(fake_transport(&fake).select(&fake, &target));
		fake.remove_at = fake.n + at;
		const struct tag_transport t = fake_transport(&fake);
		assert_err(tag_read_ndef(&t, &target, ndef, &ndef_len),
		    BW_ERR_GONE);
	}
}

static void
what_is_no_ndef_tag_is_refused(void **state)
{
	(void)state;
	fake_put(&fake, 0, message, 60, false);
	fake.tag[0].target.uid_len = 4;
	assert_err(read_it(), BW_ERR_FORMAT);
	assert_string_equal(fake.log, "");
	fake_put(&fake, 0, message, 60, false);
	fake.tag[0].target.sak = 0x20;	/* a telephone, a bank card */
	assert_err(read_it(), BW_ERR_FORMAT);
	assert_string_equal(fake.log, "");
	fake_put(&fake, 0, message, 60, false);
	fake.tag[0].page[3][0] = 0;	/* no capability container */
	assert_err(read_it(), BW_ERR_FORMAT);
	assert_string_equal(fake.log, "r");
	fake_put(&fake, 0, message, 60, false);
	fake.tag[0].page[3][1] = 0x20;	/* another major version */
	assert_err(read_it(), BW_ERR_FORMAT);
	fake_put(&fake, 0, message, 60, false);
	fake.tag[0].page[3][2] = 6;	/* 48 bytes, says the tag */
	assert_err(read_it(), BW_ERR_FORMAT);
	fake_put(&fake, 0, message, 0, false);	/* an empty message */
	assert_err(read_it(), BW_ERR_FORMAT);
	fake_put(&fake, 0, message, 60, false);
	fake.tag[0].page[4][0] = 0xfe;	/* the end before any message */
	assert_err(read_it(), BW_ERR_FORMAT);
	fake_put(&fake, 0, message, 60, false);
	memset(fake.tag[0].page[4], 0, (FAKE_PAGES - 4) * 4);
	assert_err(read_it(), BW_ERR_FORMAT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(reads_no_more_than_the_tlv_says, setup),
		cmocka_unit_test_setup(reads_slowly_what_knows_no_fast_read,
		    setup),
		cmocka_unit_test_setup(another_tag_after_the_refusal_is_told,
		    setup),
		cmocka_unit_test_setup(every_fault_comes_back, setup),
		cmocka_unit_test_setup(a_tag_that_goes_is_gone, setup),
		cmocka_unit_test_setup(what_is_no_ndef_tag_is_refused, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
