// SPDX-License-Identifier: Apache-2.0
/* Where taps lead on the staff's screens, and what a card says in the end. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "kiosk/staff.h"
#include "kiosk/staff_keys.h"

static struct staff s;
static struct staff_list l;
static struct policy p;

static int
set_up(void **state)
{
	(void)state;
	memset(&s, 0, sizeof(s));
	memset(&l, 0, sizeof(l));
	memset(&p, 0, sizeof(p));
	p.nquestions = 2;
	strcpy(p.question[0].id, "interest");
	p.question[0].nchoices = 2;
	strcpy(p.question[0].choice[0], "Board A");
	strcpy(p.question[0].choice[1], "Board B");
	strcpy(p.question[1].id, "when");
	return 0;
}

static enum staff_want
use(const char *widget)
{
	return staff_use(&s, &l, &p, "en", widget);
}

static void
share(uint64_t seq, int64_t since)
{
	const struct staff_share one = { .seq = seq, .since = since };

	staff_list_add(&l, &one);
}

static void
only_what_is_there_does_something(void **state)
{
	static const char *const names[] = { "", "start", "share", "pin:",
		"pin:x", "pin:10", "pin:1x", "share:0", "share:1", "ask:2",
		"rate:0", "rate:6", "tag:6", "choice:0", "key:9.0", "key:0.11",
		"key:", "key:0", "key:0.0x", "save" };

	(void)state;
	for (int page = STAFF_PIN; page <= STAFF_ANEW; page++)
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			memset(&s, 0, sizeof(s));
			s.page = (enum staff_page)page;
			s.question = 1;
			assert_int_equal(use(names[i]), STAFF_IGNORE);
			assert_int_equal(s.page, page);
		}
}

/* What ends the device is asked for twice, and only where it is over. */
static void
a_device_that_is_over_is_enrolled_anew(void **state)
{
	(void)state;
	s.page = STAFF_HOME;
	assert_int_equal(use("anew"), STAFF_IGNORE);
	assert_int_equal(use("day"), STAFF_DAY);
	s.facts.over = true;
	assert_int_equal(use("day"), STAFF_IGNORE);
	assert_int_equal(use("anew:yes"), STAFF_IGNORE);
	assert_int_equal(use("anew"), STAFF_TURN);
	assert_int_equal(s.page, STAFF_ANEW);
	assert_int_equal(use("back"), STAFF_TURN);
	assert_int_equal(s.page, STAFF_HOME);
	(void)use("anew");
	assert_int_equal(use("anew:yes"), STAFF_ENROL);
}

static void
nothing_leads_past_the_pin(void **state)
{
	static const char *const names[] = { "leads", "day", "anew", "anew:yes",
		"back", "rating", "tags", "note", "share:0", "page" };

	(void)state;
	share(1, 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(use(names[i]), STAFF_IGNORE);
	for (int i = 0; i < 20; i++)
		assert_int_equal(use("pin:7"), STAFF_STAY);
	assert_string_equal(s.pin, "777777777777");
	assert_int_equal(use("pin:ok"), STAFF_TRY_PIN);
	assert_int_equal(s.page, STAFF_PIN);
	assert_int_equal(use("pin:clear"), STAFF_STAY);
	assert_string_equal(s.pin, "");
	assert_int_equal(use("done"), STAFF_LEAVE);
}

static void
type(const char *keys)
{
	char name[16], key[STAFF_KEY_MAX];

	for (; *keys != 0; keys++)
		for (unsigned i = 0; i < 33; i++)
			if (staff_key("en", false, false, i / 11, i % 11,
			    key) && key[0] == *keys) {
				snprintf(name, sizeof(name), "key:%u.%u",
				    i / 11, i % 11);
				assert_int_equal(use(name), STAFF_STAY);
				break;
			}
}

static void
a_card_becomes_a_note(void **state)
{
	struct note n;

	(void)state;
	share(4, 0);
	share(9, 0);
	s.page = STAFF_HOME;
	assert_int_equal(use("leads"), STAFF_TURN);
	assert_int_equal(use("share:1"), STAFF_TURN);
	assert_int_equal(s.share.seq, 4);
	assert_int_equal(use("save"), STAFF_IGNORE);
	assert_int_equal(use("rating"), STAFF_TURN);
	assert_int_equal(use("rate:4"), STAFF_TURN);
	use("tags");
	use("tag:5");
	use("tag:0");
	use("tag:1");
	use("tag:1");
	use("back");
	use("ask:0");
	assert_int_equal(use("choice:1"), STAFF_TURN);
	use("ask:1");
	assert_true(s.shift);
	use("key:shift");
	type("may");
	use("back");
	use("note");
	type("call");
	use("key:space");
	type("mex");
	use("key:erase");
	use("back");
	assert_int_equal(use("save"), STAFF_SAVE);
	staff_note(&s, &p, &n);
	assert_int_equal(n.rating, 4);
	assert_int_equal(n.ntags, 2);
	assert_string_equal(n.tag[0], "call-back");
	assert_string_equal(n.tag[1], "press");
	/* In CBOR's order, the shorter first. */
	assert_int_equal(n.nanswers, 2);
	assert_string_equal(n.answer[0].question, "when");
	assert_string_equal(n.answer[0].answer, "may");
	assert_string_equal(n.answer[1].answer, "Board B");
	assert_string_equal(n.text, "Call me");
	/* Another card is blank. */
	use("back");
	use("share:0");
	assert_false(staff_has_note(&s));
	staff_note(&s, &p, &n);
	assert_int_equal(n.rating, -1);
}

static void
texts_keep_their_bounds(void **state)
{
	struct bw_buf out = BW_BUF_INIT(BODY_NOTE_MAX - SEAL_OVERHEAD);
	struct note n;

	(void)state;
	p.nquestions = POLICY_QUESTIONS;
	for (int i = 0; i < POLICY_QUESTIONS; i++) {
		snprintf(p.question[i].id, TEXT_ID_MAX + 1,
		    "%d.of-thirty-two-letters-in-all.", i);
		p.question[i].nchoices = 0;
	}
	for (unsigned q = 0; q <= STAFF_NOTE; q++) {
		s.page = STAFF_TEXT;
		s.question = q;
		s.symbols = true;
		for (int i = 0; i < 700; i++)
			assert_int_equal(use("key:1.0"), STAFF_STAY);
		assert_int_equal(strlen(s.text[q]), q == STAFF_NOTE ?
		    STAFF_TEXT_MAX : STAFF_ANSWER_MAX);
	}
	s.tags = 63;
	staff_note(&s, &p, &n);
	/* The largest there can be fits into an entry. */
	assert_ok(note_encode(&n, &out));
	bw_buf_free(&out);
	s.page = STAFF_TEXT;
	use("key:erase");
	assert_int_equal(strlen(s.text[STAFF_NOTE]), STAFF_TEXT_MAX - 2);
	assert_true(text_is_clean(s.text[STAFF_NOTE], STAFF_TEXT_MAX - 2));
}

static void
every_language_has_its_letters(void **state)
{
	static const struct {
		const char *lang, *letters;
	} need[] = {
		{ "en", "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789.,?!'-@" },
		{ "de", "abcdefghijklmnopqrstuvwxyzäöüßÄÖÜ0123456789.,?!@" },
		{ "fr", "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôûùüœæÀÉÊÇŒÆ?!'" },
		{ "es", "abcdefghijklmnopqrstuvwxyzáéíóúüñÁÉÍÓÚÑÜ¿¡?!" },
		{ "ja", "azAZ0123456789〇一二三四五六七八九" },
		{ "zh", "azAZ0123456789〇一二三四五六七八九" },
		{ "ar", "azAZ0123456789٠١٢٣٤٥٦٧٨٩" },
		{ "hi", "azAZ0123456789०१२३४५६७८९" },
	};
	char all[2000], key[STAFF_KEY_MAX], one[STAFF_KEY_MAX];

	(void)state;
	for (size_t k = 0; k < sizeof(need) / sizeof(need[0]); k++) {
		all[0] = 0;
		for (unsigned i = 0; i < 4 * 33; i++)
			if (staff_key(need[k].lang, (i & 1) != 0,
			    (i & 2) != 0, i / 4 / 11, i / 4 % 11, key)) {
				assert_true(text_is_clean(key, strlen(key)));
				strcat(all, key);
			}
		for (const char *c = need[k].letters; *c != 0;) {
			size_t n = 1;

			while (((uint8_t)c[n] & 0xc0) == 0x80)
				n++;
			snprintf(one, sizeof(one), "%.*s", (int)n, c);
			if (strstr(all, one) == NULL)
				fail_msg("%s has no %s", need[k].lang, one);
			c += n;
		}
	}
	assert_false(staff_key("en", false, false, 3, 0, key));
	assert_false(staff_key("en", false, false, 0, 11, key));
}

static void
shares_are_forgotten_after_an_hour(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 100; i++)
		share(i, (int64_t)i * 1000);
	assert_int_equal(l.n, STAFF_SHARES);
	assert_int_equal(l.share[0].seq, 99);
	staff_list_drop(&l, 98);
	staff_list_drop(&l, 1000);
	assert_int_equal(l.n, STAFF_SHARES - 1);
	assert_int_equal(l.share[1].seq, 97);
	staff_list_age(&l, 97000 + STAFF_SHARE_MS);
	assert_int_equal(l.n, 2);
	staff_list_age(&l, 99001 + STAFF_SHARE_MS);
	assert_int_equal(l.n, 0);
}

#define TEST(t) cmocka_unit_test_setup(t, set_up)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_what_is_there_does_something),
		TEST(a_device_that_is_over_is_enrolled_anew),
		TEST(nothing_leads_past_the_pin), TEST(a_card_becomes_a_note),
		TEST(texts_keep_their_bounds),
		TEST(every_language_has_its_letters),
		TEST(shares_are_forgotten_after_an_hour),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
