// SPDX-License-Identifier: Apache-2.0
/* What is wrong with a policy file is said, with its line. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/notice.h"
#include "host/policyfile.h"
#include "tests/support/policy_text.h"

static const struct {
	const char *text;
	size_t line;
	const char *says;
} bad[] = {
	{ TOP HEAD "staff_pin = 314159\n" PURPOSE TAIL, 11,
	    "must be what `badgeward policy pin` prints" },
	{ TOP HEAD "staff_pin = \"\"\n" PURPOSE TAIL, 11, "policy pin" },
	{ WHOLE "staff_pin = x\n", 16, "there is no key \"staff_pin\"" },
	/* Keys: unknown, near, repeated, in comments' company. */
	{ "# a\n/* b\nc */\n// d\nevnt = x\n", 5, "\"event\" is near" },
	{ "qqqqq = x\n", 1, "there is no key \"qqqqq\" here" },
	{ WHOLE "retention_day = 3\n", 16, "\"retention_days\" is near" },
	{ TOP "sponsor a {\nname = x\nrequird = { name }\n}\n", 8,
	    "\"required\" is near" },
	{ TOP HEAD "purpose {\nenn = x\n}\n}\n", 12, "\"en\" is near" },
	{ WHOLE "# x\nevent = ev27\n", 17, "after line 1" },
	{ TOP HEAD PURPOSE "name = Other\n" TAIL, 14, "after line 7" },
	{ TOP HEAD PURPOSE PURPOSE TAIL, 14, "\"purpose\" stands" },
	{ WHOLE HEAD PURPOSE TAIL, 16, "a sponsor \"acme\" already, in line 6" },
	{ "notice en { title = x }\nnotice en { }\n", 2,
	    "a notice \"en\" already" },
	{ TOP "sponsor acme\nname = x\n}\n", 6, "\"{\" is missing" },
	{ "languages = { en\nsponsor x {\n", 1, "list that begins here" },
	{ WHOLE "languages = { en }\n", 16, "after line 5" },
	{ WHOLE "languages += { de }\n", 16, "\"+=\"" },
	{ TOP HEAD PURPOSE "required = { name }\noptional = { }\n}\n", 15,
	    "empty" },
	/* Shape. */
	{ "", 0, "empty" },
	{ TOP "sponsor acme {\nname = x\n", 0, "" },
	{ TOP "sponsor {\n}\n", 6, "" },
	{ "\nevent = \"ev26\n\n", 2, "never closed" },
	{ "event = 'ev26\\'\n", 1, "never closed" },
	{ TOP HEAD PURPOSE "required = { name }\n", 6, "never closed" },
	{ TOP HEAD "purpose {\nen = \"talk\"\n", 11, "never closed" },
	{ TOP "a { a { a { a { a { a { a { a { a {\n", 6, "too deep" },
	{ "event = \"\xff\"\n", 1, "UTF-8" },
	{ "event = \"${HOME}\"\n", 1, "${" },
	{ "# \\\nevent = e\\\n", 2, "backslash" },
	/* Values. */
	{ "valid_from = 2026-06-01\n", 0, "\"event\" is missing" },
	{ "event = \"Ev 26\"\n", 1, "\"event\" must be" },
	{ "event = e\nvalid_from = 2026-02-30\n", 2, "a date" },
	{ "event = e\nvalid_from = soon\n", 2, "a date" },
	{ "event = e\nvalid_from = 2026-06-03\nvalid_until = 2026-06-02\n", 3,
	    "not after" },
	{ "event = e\nvalid_from = 2026-06-03\nvalid_until = 2026-06-03\n"
	    "retention_days = 0\n", 4, "1 to 3650" },
	{ "event = e\nvalid_from = 2026-06-03\nvalid_until = 2026-06-03\n"
	    "retention_days = 030\n", 4, "1 to 3650" },
	{ "event = e\nvalid_from = 2026-06-03\nvalid_until = 2026-06-03\n"
	    "retention_days = 30\n", 0, "languages" },
	{ "event = e\nvalid_from = 2026-06-03\nvalid_until = 2026-06-03\n"
	    "retention_days = 30\nlanguages = { en, xx }\n", 5,
	    "does not speak \"xx\"" },
	{ "event = e\nvalid_from = 2026-06-03\nvalid_until = 2026-06-03\n"
	    "retention_days = 30\nlanguages = { en, en }\n", 5, "twice" },
	{ WHOLE "retention {\nlead = 3\n}\n", 17, "\"leads\" is near" },
	{ WHOLE "retention {\nleads = 3651\n}\n", 17, "from 0 to 3650" },
	{ WHOLE "retention {\nlogs = long\n}\n", 17, "number of days" },
	{ TOP, 0, "sponsors" },
	{ TOP "sponsor Acme {\n}\n", 7, "sponsor's id" },
	{ TOP "sponsor acme {\n}\n", 7, "\"name\" is missing" },
	{ TOP "sponsor a {\nname = \"a\tb\"\n}\n", 7, "control" },
	/* A name that would read "Evil Corp moc.doog" the other way round. */
	{ TOP "sponsor a {\nname = \"good.com \u202eproC livE\"\n}\n", 7,
	    "direction" },
	{ TOP HEAD "purpose {\nen = \"x\u2069 y\"\n}\n}\n", 12, "direction" },
	{ TOP HEAD PURPOSE "notice en { silence = \"x\u2028y\" }\n" TAIL, 14,
	    "direction" },
	{ TOP "sponsor a {\nname = A\ncountry = XX\n}\n", 8, "country" },
	{ TOP "sponsor a {\nname = A\ncountry = de\n}\n", 8, "country" },
	{ TOP "sponsor a {\nname = A\ncountry = DE\n"
	    "privacy_url = \"http://a.example\"\n}\n", 9, "https://" },
	{ TOP HEAD "retention_days = 31\n}\n", 11, "the event's 30" },
	{ TOP HEAD "purpose { de = x }\n}\n", 11, "no text in \"en\"" },
	{ TOP HEAD "purpose {\nen = x\nde = y\n}\n}\n", 13,
	    "does not list" },
	{ TOP HEAD PURPOSE "required = { name, phone }\n}\n", 14,
	    "no field \"phone\"" },
	{ TOP HEAD PURPOSE "required = { emial }\n}\n", 14,
	    "near is email" },
	{ TOP HEAD PURPOSE "required = { name, name }\n}\n", 14, "twice" },
	{ TOP HEAD PURPOSE "required = { name }\noptional = { name }\n}\n",
	    15, "cannot be required and optional" },
	{ TOP HEAD PURPOSE "optional = { name }\n}\n", 0, "\"required\"" },
	{ TOP HEAD PURPOSE "notice en { title = \"Hello\" }\n" TAIL, 14,
	    "must name the {sponsor}" },
	{ TOP HEAD PURPOSE "notice en { retention = \"Long\" }\n" TAIL, 14,
	    "{days}" },
	{ TOP HEAD PURPOSE "notice en { title = \"{sponsor} {x}\" }\n" TAIL,
	    14, "no other braces" },
	{ TOP HEAD PURPOSE "notice en { title = \"{sponsor} {da\" }\n" TAIL,
	    14, "no other braces" },
	{ TOP HEAD PURPOSE "notice en { silence = \"\" }\n" TAIL, 14,
	    "empty" },
	{ TOP HEAD PURPOSE "notice de { silence = x }\n" TAIL, 14,
	    "does not list" },
	{ TOP "notice fr { silence = x }\n" HEAD PURPOSE TAIL, 6,
	    "does not list" },
	{ TOP HEAD PURPOSE "question Q { ask { en = x } }\n" TAIL, 14,
	    "a question needs" },
	{ TOP HEAD PURPOSE "question q { ask { en = x }\n"
	    "choices = { one } }\n" TAIL, 15, "2 to 8" },
	{ TOP HEAD PURPOSE "question q { }\n" TAIL, 14, "no text" },
	{ TOP "question q { ask { en = x } }\n" HEAD PURPOSE
	    "question q { ask { en = x } }\n" TAIL, 15, "already" },
};

static bool
says(const struct fault_list *f, size_t line, const char *what)
{
	for (size_t i = 0; i < f->n; i++)
		if ((line == 0 || f->one[i].line == line) &&
		    strstr(f->one[i].text, what) != NULL)
			return true;
	return false;
}

/* Mistakes of form hide none of meaning, nor the other way round. */
static void
test_form_and_meaning(void **state)
{
	static const char text[] = "event = ev27\nvalid_from = 2026-06-03\n"
	    "valid_until = 2026-06-02\nretention_days 30\n"
	    "languages = { en de, xx }\n"
	    "sponsor acme {\nname = Acme Ltd\ncountry = { DE }\n"
	    "privacy_url = \"https://x.example\"\ncontact = x\\y\n"
	    "purpose = { en = talk }\nrequired = { nme, }\n}\n"
	    "sponsor acme {\nname = \"${USER}\"\ncountry = XX\n"
	    "privacy_url =\ncontact = (me)\n"
	    "purpose { en = talk de = rede }\n"
	    "required = { name\n\toptional = { email, , nmae }\n}\n"
	    "sponsor {\n}\nquestion q r {\nask x { en = a de = b }\n}\n"
	    "}\n( \nvalid_from += 2026\n= x\nevent\n";
	static const struct { size_t line; const char *says; } want[] = {
		{ 1, "this host is for \"ev26\"" }, { 3, "not after" },
		{ 4, "\"=\" is missing behind \"retention_days\"" },
		{ 5, "comma is missing" }, { 5, "does not speak \"xx\"" },
		{ 7, "double quotes" }, { 8, "one value" },
		{ 10, "backslash" }, { 11, "is a section" },
		{ 11, "no text in \"de\"" }, { 12, "near is name" },
		{ 13, "\"country\" is missing" },
		{ 14, "a sponsor \"acme\" already, in line 6" },
		{ 15, "\"${\"" }, { 16, "\"country\"" },
		{ 17, "a value is missing" }, { 18, "double quotes" },
		{ 20, "never closed" }, { 21, "a comma too many" },
		{ 21, "near is name" },
		{ 22, "\"privacy_url\" is missing" },
		{ 22, "\"contact\" is missing" },
		{ 23, "a \"sponsor\" needs a name" },
		{ 25, "is one word" }, { 26, "has no name" },
		{ 28, "a \"}\" too many" }, { 29, "does not belong" },
		{ 30, "\"+=\"" }, { 31, "a key is missing" },
		{ 32, "\"=\" is missing behind \"event\"" },
	};
	const size_t n = sizeof(want) / sizeof(want[0]);
	struct fault_list f = { 0 };
	struct policyfile *p;

	(void)state;
	assert_err(policyfile_read(&p, text, strlen(text), "ev26", &f),
	    BW_ERR_FORMAT);
	for (size_t i = 0; i < f.n && i < n; i++)
		if (f.one[i].line != want[i].line ||
		    strstr(f.one[i].text, want[i].says) == NULL)
			print_error("%zu: %s, not %zu: %s\n", f.one[i].line,
			    f.one[i].text, want[i].line, want[i].says);
	assert_int_equal(f.n, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(f.one[i].line, want[i].line);
		assert_non_null(strstr(f.one[i].text, want[i].says));
	}
}

/* Every mistake of a file in one go, by line, and no other. */
static void
test_all_at_once(void **state)
{
	static const char text[] = "event = \"Ev 26\"\nvalid_from = soon\n"
	    "retention_days = 30\nretention_days = 31\n"
	    "languages = { en }\ncolour = { red, green }\n"
	    "box one {\na = b\nin { c = \"}\" }\n}\n"
	    "sponsor acme {\nname = Acme\ncountry = de\n"
	    "privacy_url = \"http://x\"\noptional = { }\n"
	    "purpose { en = talk de = reden }\n"
	    "notice en { title = hello }\nrequired = { nme, emil }\n}\n"
	    "question q { }\n"
	    "sponsor other {\nname = Other\ncountry = DE\n"
	    "privacy_url = \"https://x.example\"\ncontact = me\n"
	    "purpose { en = talk }\nrequired = { name }\nstaff_pin = 314159\n}\n";
	static const struct { size_t line; const char *says; } want[] = {
		{ 1, "\"event\" must be" }, { 2, "a date" },
		{ 4, "after line 3" }, { 6, "no key \"colour\"" },
		{ 7, "no key \"box\"" }, { 13, "\"country\"" },
		{ 14, "https://" }, { 15, "empty" },
		{ 16, "text in \"de\"" }, { 17, "must name" },
		{ 18, "near is name" }, { 18, "near is email" },
		{ 19, "\"contact\" is missing" }, { 20, "no text in \"en\"" },
		{ 28, "policy pin` prints" },
		{ 0, "\"valid_until\" is missing" },
	};
	const size_t n = sizeof(want) / sizeof(want[0]);
	struct fault_list f = { 0 };
	struct policyfile *p;

	(void)state;
	assert_err(policyfile_read(&p, text, strlen(text), NULL,
	    &f),
	    BW_ERR_FORMAT);
	for (size_t i = 0; i < f.n; i++)
		if (i >= n || f.one[i].line != want[i].line ||
		    strstr(f.one[i].text, want[i].says) == NULL)
			print_error("%zu: %s\n", f.one[i].line,
			    f.one[i].text);
	assert_int_equal(f.n, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(f.one[i].line, want[i].line);
		assert_non_null(strstr(f.one[i].text, want[i].says));
	}
	/* No more than fit, the first ones, and how many are left. */
	memset(&f, 0, sizeof(f));
	for (size_t line = 150; line > 0; line--)
		fault_add(&f, line, "wrong");
	fault_add(&f, 0, "wrong");
	fault_add(&f, 3, "wrong");
	assert_int_equal(f.n, FAULT_LIST_MAX);
	assert_int_equal(f.more, 151 - FAULT_LIST_MAX);
	for (size_t i = 0; i < f.n; i++)
		assert_int_equal(f.one[i].line, i + 1);
}

static void
test_refused(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct fault_list f = { 0 };
		struct policyfile *p;
		bw_err r = policyfile_read(&p, bad[i].text,
		    strlen(bad[i].text), NULL, &f);

		if (r == BW_OK || p != NULL || !says(&f, bad[i].line,
		    bad[i].says)) {
			failed++;
			print_error("case %zu: %d, not line %zu: %s but\n", i,
			    r, bad[i].line, bad[i].says);
			for (size_t j = 0; j < f.n; j++)
				print_error("    %zu: %s\n", f.one[j].line,
				    f.one[j].text);
		}
	}
	assert_int_equal(failed, 0);
}

static void
test_too_long(void **state)
{
	char *long_text = malloc(POLICYFILE_MAX + 2);
	struct notice_facts facts = { "S", "C", long_text, 3 };
	char out[POLICY_TEXT_MAX + 1];
	struct fault_list f = { 0 };
	struct policyfile *p;
	const char *why;

	(void)state;
	assert_non_null(long_text);
	memset(long_text, 'x', POLICYFILE_MAX + 1);
	long_text[POLICYFILE_MAX + 1] = 0;
	assert_err(policyfile_read(&p, long_text, POLICYFILE_MAX + 1,
	    NULL, &f),
	    BW_ERR_BOUND);
	/* "C" fits in front of 599 bytes, and not of 600. */
	long_text[599] = 0;
	assert_ok(notice_compose(NOTICE_PURPOSE, "{country}{purpose}", &facts,
	    out, &why));
	assert_int_equal(strlen(out), POLICY_TEXT_MAX);
	long_text[599] = 'x';
	long_text[600] = 0;
	assert_err(notice_compose(NOTICE_PURPOSE, "{country}{purpose}", &facts,
	    out, &why), BW_ERR_BOUND);
	assert_string_equal(out, "");
	free(long_text);
}

static void
test_nearest(void **state)
{
	static const char *const list[] = { "required", "optional", "name" };

	(void)state;
	assert_string_equal(fault_nearest("requierd", list, 3), "required");
	assert_string_equal(fault_nearest("Optinal", list, 3), "optional");
	assert_string_equal(fault_nearest("nmae", list, 3), "name");
	assert_null(fault_nearest("zzzz", list, 3));
	assert_null(fault_nearest("", list, 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_form_and_meaning),
		cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
