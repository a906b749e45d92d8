// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "base/file.h"
#include "host/notice.h"
#include "host/policyfile.h"

#define TOP "event = ev26\nvalid_from = 2026-06-01\n" \
	"valid_until = 2026-06-03\nretention_days = 30\nlanguages = { en }\n"
#define HEAD "sponsor acme {\nname = Acme\ncountry = IE\n" \
	"privacy_url = \"https://acme.example/p\"\ncontact = dpo\n"
#define PURPOSE "purpose {\nen = \"talk\"\n}\n"
#define TAIL "required = { name }\n}\n"
#define WHOLE TOP HEAD PURPOSE TAIL

static struct policyfile *
must_read(const char *text)
{
	struct fault_list f = { 0 };
	struct policyfile *p;
	bw_err r = policyfile_read(&p, text, strlen(text), NULL,
	    &f);

	if (r != BW_OK)
		print_error("line %zu: %s\n", f.one[0].line, f.one[0].text);
	assert_int_equal(r, BW_OK);
	return p;
}

static void
test_small(void **state)
{
	struct policyfile *p = must_read(WHOLE);
	const struct policy *o = p->part[0];

	(void)state;
	assert_string_equal(p->event, "ev26");
	assert_int_equal(p->valid_from, 1780272000);	/* 2026-06-01 */
	assert_int_equal(p->valid_until, 1780272000 + 3 * 86400);
	assert_int_equal(p->n, 1);
	assert_string_equal(o->sponsor.id, "acme");
	assert_string_equal(o->sponsor.country, "IE");
	assert_int_equal(o->required, FIELD_BIT(FIELD_NAME));
	assert_int_equal(o->optional, 0);
	assert_int_equal(o->retain_days, 30);
	assert_string_equal(o->notice[0].title,
	    "Share your details with Acme?");
	assert_string_equal(o->notice[0].purpose,
	    "Acme (Ireland) wants to talk.");
	assert_string_equal(o->notice[0].retention,
	    "It must delete them after 30 days.");
	assert_string_equal(o->staff_pin, "");
	policyfile_free(&p);
	assert_null(p);
}

#define PIN "pbkdf2-sha256:200000:AAECAwQFBgcICQoLDA0ODw==:" \
	"5KZY0nouF4Ri8hkveOkNnllXUDIJQZOj0hKUVlefud8="

/* Said back, but never its hash. */
static void
test_staff_pin(void **state)
{
	struct policyfile *p = must_read(TOP HEAD "staff_pin = \"" PIN "\"\n"
	    PURPOSE TAIL);
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	(void)state;
	assert_string_equal(p->part[0]->staff_pin, PIN);
	policyfile_print(p, f);
	fclose(f);
	assert_non_null(strstr(text, "staff's screens of its devices with a "
	    "PIN."));
	assert_null(strstr(text, "pbkdf2"));
	free(text);
	policyfile_free(&p);
}

/* The example that ships: the entitlements which others rely on. */
/* Who answers for the event, to be read by attendees. */
static void
test_who_answers(void **state)
{
	struct policyfile *p = must_read("controller = \"Summit e.V., Berlin\"\n"
	    "contact = \"dpo@summit.example\"\n" WHOLE);
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	(void)state;
	assert_string_equal(p->who.controller, "Summit e.V., Berlin");
	assert_string_equal(p->who.contact, "dpo@summit.example");
	assert_string_equal(p->who.complaint, "");
	policyfile_print_event(p, f);
	fclose(f);
	assert_non_null(strstr(text, "Responsible for the event is Summit "
	    "e.V., Berlin\n"));
	assert_non_null(strstr(text, "go to dpo@summit.example\n"));
	assert_null(strstr(text, "Complaints"));
	free(text);
	policyfile_free(&p);
}

static void
test_example(void **state)
{
	struct bw_buf b = BW_BUF_INIT(POLICYFILE_MAX);
	struct fault_list f = { 0 };
	struct policyfile *p;

	(void)state;
	assert_ok(file_read(TEST_DIR "/../tools/example/policy.conf", &b));
	assert_ok(policyfile_read(&p, (const char *)b.ptr, b.len, NULL,
	    &f));
	assert_string_equal(p->event, "ev26");
	assert_int_equal(p->n, 2);
	assert_string_equal(p->part[0]->sponsor.id, "example-corp");
	assert_int_equal(p->part[0]->required,
	    FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL));
	assert_int_equal(p->part[0]->optional, FIELD_BIT(FIELD_COMPANY));
	assert_string_equal(p->part[1]->sponsor.id, "acme");
	assert_int_equal(p->part[1]->required, FIELD_BIT(FIELD_NAME));
	assert_int_equal(p->part[1]->optional,
	    FIELD_ALL & ~FIELD_BIT(FIELD_NAME));
	assert_int_equal(p->part[0]->nlangs, 2);
	assert_string_equal(p->part[0]->notice[1].lang, "de");
	assert_string_equal(p->part[1]->notice[1].purpose, "Acme Instruments "
	    "(Irland) möchte Ihnen die Folien seines Vortrags senden.");
	policyfile_free(&p);
	bw_buf_free(&b);
}

static void
test_own_texts(void **state)
{
	struct policyfile *p = must_read(TOP
	    "notice en { silence = \"No answer is no.\"\n"
	    "title = \"{sponsor} asks\" }\n"
	    "question size { ask { en = \"Size?\" } }\n"
	    HEAD "retention_days = 1\n" PURPOSE
	    "notice en { title = \"May {sponsor} know you?\" }\n"
	    "question colour { ask { en = \"Colour?\" }\n"
	    "choices = { red, blue } }\n" TAIL);
	const struct policy *o = p->part[0];

	(void)state;
	assert_string_equal(o->notice[0].title, "May Acme know you?");
	assert_string_equal(o->notice[0].silence, "No answer is no.");
	assert_string_equal(o->notice[0].retention,
	    "It must delete them after 1 day.");
	assert_int_equal(o->nquestions, 2);
	assert_string_equal(o->question[0].id, "size");
	assert_int_equal(o->question[0].nchoices, 0);
	assert_string_equal(o->question[1].choice[1], "blue");
	policyfile_free(&p);
}

/* Every language that the kiosk speaks has built-in sentences. */
static void
test_languages_have_sentences(void **state)
{
	struct notice_facts facts = { "Acme", "C", "p", 1 };
	char out[POLICY_TEXT_MAX + 1];
	const char *lang, *why;
	size_t i;

	(void)state;
	for (i = 0; (lang = notice_language(i)) != NULL; i++)
		for (int k = 0; k < NOTICE_PARTS; k++)
			for (facts.days = 1; facts.days < 3; facts.days++)
				assert_ok(notice_compose((enum notice_part)k,
				    notice_default(lang, (enum notice_part)k,
				    facts.days), &facts, out, &why));
	assert_int_equal(i, 8);
}

/* An event may give sentences of its own. */
static void
test_language_of_its_own(void **state)
{
	struct policyfile *p = must_read("event = ev26\n"
	    "valid_from = \"2026-06-01T08:00:00+02:00\"\n"
	    "valid_until = \"2026-06-03T18:00:00+02:00\"\n"
	    "retention_days = 30\nlanguages = { fr }\n"
	    "notice fr { title = \"{sponsor} ?\"\n"
	    "purpose = \"{sponsor} ({country}) : {purpose}\"\n"
	    "retention = \"{days} jours\"\nwithdraw = \"w\"\n"
	    "silence = \"s\" }\n"
	    HEAD "purpose { fr = \"parler\" }\n" TAIL);

	(void)state;
	assert_int_equal(p->valid_from, 1780272000 + 6 * 3600);
	assert_string_equal(p->part[0]->notice[0].purpose,
	    "Acme (Irlande) : parler");
	policyfile_free(&p);
}

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
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_staff_pin),
		cmocka_unit_test(test_who_answers),
		cmocka_unit_test(test_example),
		cmocka_unit_test(test_own_texts),
		cmocka_unit_test(test_languages_have_sentences),
		cmocka_unit_test(test_language_of_its_own),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_form_and_meaning),
		cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
