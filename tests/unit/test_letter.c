// SPDX-License-Identifier: Apache-2.0
/* Letters to attendees: every kind in every language, and nothing half. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "base/text.h"
#include "host/letter.h"
#include "host/words_my.h"

#define DAY 1793664000	/* 3 November 2026 */

static const struct letter_share shares[] = {
	{ "ACME", "7", FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL), DAY,
	    false, false, true },
	{ "Example & Corp", "", FIELD_BIT(FIELD_NAME), DAY + 3660, true,
	    false, true }
};

static struct letter
full(enum letter_kind kind, const char *language)
{
	return (struct letter){ .kind = kind, .language = language,
		.event = "Summit 2026", .person = "Zoë", .number = 4711,
		.type = LETTER_OF_ACCESS, .date = DAY, .reason = "REASON",
		.likely = "LIKELY", .done = "DONE", .advice = "ADVICE", .complain = "AUTHORITY",
		.contact = "CONTACT", .link = "https://host/my/#ABC",
		.minutes = 60, .optout = "https://host/my/stop/ABC",
		.booth = "Example Corp, Hall 2", .fields = FIELD_ALL, .share = shares, .nshare = 2 };
}

static void
write(const struct letter *in, char subject[512], char body[8192])
{
	struct bw_buf s = BW_BUF_INIT(511), b = BW_BUF_INIT(8191);

	assert_ok(letter_text(in, &s, &b));
	memcpy(subject, s.ptr, s.len);
	subject[s.len] = 0;
	memcpy(body, b.ptr, b.len);
	body[b.len] = 0;
	bw_buf_free(&s);
	bw_buf_free(&b);
}

static bool
has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static void
check(const struct letter *l, const char *subject, const char *body)
{
	assert_true(text_is_clean(subject, strlen(subject)));
	assert_true(text_is_utf8(body, strlen(body)));
	assert_true(has(subject, "Summit 2026"));
	assert_false(has(subject, "{") || has(body, "{"));
	assert_false(has(body, "\r") || has(body, "\n\n\n"));
	assert_true(has(body, "Zoë") && has(body, "AUTHORITY"));
	assert_true(has(body, "CONTACT"));
	if (l->kind != LETTER_LINK && l->kind != LETTER_SHARES &&
	    l->kind != LETTER_BREACH)
		assert_true(has(body, "4711"));
}

/* Who is told no hears of the right to complain, also where nobody has set up
 * which authority it is. */
static void
test_no_names_the_right(void **state)
{
	char subject[512], body[8192];

	(void)state;
	for (int k = LETTER_LINK; k < LETTER_KINDS_; k++) {
		struct letter l = full((enum letter_kind)k, "en");

		l.complain = NULL;
		write(&l, subject, body);
		assert_int_equal(has(body, "You have the right to complain"),
		    k == LETTER_REFUSED || k == LETTER_ERASE_HELD);
	}
}

/* Of shares too: day and time by the event's clocks, whose zone is named. */
static void
test_shares_in_the_zone(void **state)
{
	char subject[512], body[8192];
	struct letter l = full(LETTER_SHARES, "en");

	(void)state;
	snprintf(l.zone, sizeof(l.zone), "America/New_York");
	write(&l, subject, body);
	assert_true(has(body, "2 November 2026, 19:00 America/New_York"));
	assert_false(has(body, "UTC"));
}

static void
test_every_one(void **state)
{
	char subject[512], body[8192];

	(void)state;
	for (size_t i = 0; words_at(i) != NULL; i++)
		for (int k = LETTER_LINK; k < LETTER_KINDS_; k++) {
			struct letter l = full((enum letter_kind)k,
			    words_at(i)->lang);

			write(&l, subject, body);
			check(&l, subject, body);
		}
}

/* No two languages say the same, so none stands in for another. */
static void
test_languages_differ(void **state)
{
	char first[512], subject[512], body[8192], *had;

	(void)state;
	for (int k = LETTER_LINK; k < LETTER_KINDS_; k++)
		for (size_t i = 1; words_at(i) != NULL; i++) {
			struct letter l = full((enum letter_kind)k, "en");

			write(&l, first, body);
			had = strdup(body);
			l.language = words_at(i)->lang;
			write(&l, subject, body);
			assert_string_not_equal(first, subject);
			assert_string_not_equal(had, body);
			free(had);
		}
}

/* The last that can be sent: from when on, in every language to the minute, and
 * where it is undone until then, in the words that stand there. */
static void
test_erasure_is_planned(void **state)
{
	struct letter l = full(LETTER_ERASE_PLANNED, "en");
	char subject[512], body[8192];

	(void)state;
	l.date = DAY + 3660;
	for (size_t i = 0; words_at(i) != NULL; i++) {
		l.language = words_at(i)->lang;
		write(&l, subject, body);
		assert_true(has(body, "01:01 UTC"));
		assert_true(has(body, words_my(words_at(i))->title));
		assert_true(has(body, words_my(words_at(i))->undo));
		assert_true(has(body, "\nhttps://host/my/#ABC\n\n"));
	}
	l.language = "en";
	write(&l, subject, body);
	assert_true(has(body, "on 3 November 2026 at 01:01 UTC."));
	assert_true(has(body, "Until then you can call it off"));
	/* By the clocks of where the event is. */
	strcpy(l.zone, "America/Los_Angeles");
	write(&l, subject, body);
	assert_true(has(body, "on 2 November 2026 at 17:01 "
	    "America/Los_Angeles."));
	assert_true(has(body, "our last mail"));
	assert_true(has(body, "the event's privacy page says for how long"));
}

static void
test_daily(void **state)
{
	char subject[512], body[8192];
	struct letter l = full(LETTER_SHARES, "de-AT");

	(void)state;
	write(&l, subject, body);
	assert_string_equal(subject, "Was Sie weitergegeben haben: "
	    "Summit 2026");
	assert_true(has(body, "- ACME (Stand 7)\n  3. November 2026, 00:00 "
	    "UTC\n  Name, E-Mail\n  Diese Angaben wurden zurückgehalten, bis "
	    "sie geprüft waren. Sie werden wieder weitergeleitet.\n\n- Example & Corp\n  3. November "
	    "2026, 01:01 UTC\n  Name\n  Vorerst nicht weitergeleitet, "
	    "wegen des Status Ihrer Anmeldung"));
	assert_true(has(body, "\nhttps://host/my/#ABC\n"));
	assert_true(has(body, "\nhttps://host/my/stop/ABC\n"));
	l.language = "ar";
	write(&l, subject, body);
	assert_true(has(body, "\u2068ACME\u2069"));
}

/* What was not given takes its paragraph with it. */
static void
test_left_out(void **state)
{
	char subject[512], body[8192];
	struct letter l = { .kind = LETTER_EXTENDED, .event = "Summit",
		.number = 3, .date = DAY, .language = "xx" };

	(void)state;
	write(&l, subject, body);
	assert_string_equal(body, "Hello,\n\nyour request number 3 (about "
	    "your data) takes us longer than one month. You will have our "
	    "answer by 3 November 2026 at the latest.\n\nKind regards\nThe "
	    "organisers of Summit\n");
	l.reason = "We are {few}.";
	write(&l, subject, body);
	assert_true(has(body, "The reason:\nWe are {few}.\n\n"));
}

/* Of a breach, each of what GDPR 34.2 asks for, and what it stands under. */
static void
test_breach(void **state)
{
	char subject[512], body[8192], other[8192];

	(void)state;
	for (size_t i = 0; words_at(i) != NULL; i++) {
		struct letter l = full(LETTER_BREACH, words_at(i)->lang);

		write(&l, subject, other);
		assert_true(has(other, "REASON") && has(other, "LIKELY"));
		assert_true(has(other, "DONE") && has(other, "ADVICE"));
		assert_true(has(other, "Example Corp, Hall 2"));
		l.booth = NULL;
		write(&l, subject, body);
		assert_false(has(body, "Example Corp"));
		assert_true(strlen(body) + strlen("Example Corp, Hall 2") + 4 <
		    strlen(other));
		l.booth = full(LETTER_BREACH, "en").booth;
		l.likely = l.done = NULL;
		write(&l, subject, body);
		assert_false(has(body, "LIKELY") || has(body, "DONE"));
		assert_true(strlen(body) + 30 < strlen(other));
	}
}

static void
test_when_is_said(void **state)
{
	struct letter l = full(LETTER_BREACH, "en");
	char subject[512], body[8192];

	(void)state;
	l.date = 1780272000;
	l.until = l.date + 86399;
	write(&l, subject, body);
	assert_true(has(body, "When: 1 June 2026\n"));
	l.until += 86400;
	write(&l, subject, body);
	assert_true(has(body, "When: 1 June 2026 \u2013 2 June 2026\n"));
	l.date = 0;
	write(&l, subject, body);
	assert_true(has(body, "When: not known\n"));
}

static void
test_refused(void **state)
{
	struct bw_buf s = BW_BUF_INIT(99), b = BW_BUF_INIT(99);
	struct letter l = full(LETTER_KINDS_, "en");

	(void)state;
	assert_err(letter_text(&l, &s, &b), BW_ERR_ARG);
	l.kind = LETTER_NONE;
	assert_err(letter_text(&l, &s, &b), BW_ERR_ARG);
	l.kind = LETTER_BREACH;
	assert_err(letter_text(&l, &s, &b), BW_ERR_BOUND);
	bw_buf_free(&s);
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_one),
		cmocka_unit_test(test_shares_in_the_zone),
		cmocka_unit_test(test_no_names_the_right),
		cmocka_unit_test(test_languages_differ),
		cmocka_unit_test(test_erasure_is_planned),
		cmocka_unit_test(test_daily),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_breach),
		cmocka_unit_test(test_when_is_said),
		cmocka_unit_test(test_refused)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
