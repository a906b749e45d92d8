// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "base/file.h"
#include "host/notice.h"
#include "host/policyfile.h"
#include "tests/support/policy_text.h"

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
