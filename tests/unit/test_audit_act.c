// SPDX-License-Identifier: Apache-2.0
/* The table of acts is whole, and says each act in both languages. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/audit_act.h"
#include "host/portal/catalogue.h"

static void
each_act_is_whole(void **state)
{
	enum audit_act found;

	(void)state;
	for (int i = 0; i < AUDIT_ACTS; i++) {
		enum audit_act act = (enum audit_act)i;
		const char *name = audit_act_name(act);
		const char *said = audit_act_sentence(act);

		assert_non_null(name);
		assert_non_null(said);
		assert_true(name[0] != 0 && said[0] != 0);
		assert_ok(audit_act_find(name, &found));
		assert_int_equal(found, act);	/* and no other has it */
		assert_string_not_equal(catalogue_find("de", said), said);
		assert_true(i == 0 || audit_act_kind(act) >=
		    audit_act_kind((enum audit_act)(i - 1)));
		assert_string_equal(audit_said(name, ""), said);
	}
	assert_err(audit_act_find("nobody.does", &found), BW_ERR_NOTFOUND);
	assert_null(audit_said("nobody.does", ""));
}

static void
a_detail_is_said(void **state)
{
	static const char *const done[] = { "copy", "agree-leads",
		"correct email", "withdraw" };
	const char *plain = audit_act_sentence(DID_CASE_ACT);

	(void)state;
	for (size_t i = 0; i < sizeof(done) / sizeof(done[0]); i++) {
		const char *said = audit_said("case.act", done[i]);

		assert_string_not_equal(said, plain);
		assert_string_not_equal(catalogue_find("de", said), said);
	}
	assert_string_equal(audit_said("case.act", "cop"), plain);
	assert_string_equal(audit_said("case.match",
	    "registration 1, proof none"), "The person was found");
	assert_string_equal(audit_said("case.match",
	    "registration 1, proof desk"),
	    "It was noted how the person showed who it is");
	assert_string_equal(audit_said("right.correct", "copy"),
	    audit_act_sentence(DID_RIGHT_CORRECT));
}

/* Each act is of one kind's filter, and no kind's word is an act's name. */
static void
filters(void **state)
{
	char acts[AUDIT_FILTER_SIZE], name[64];
	enum audit_act act;
	int n = 0;

	(void)state;
	audit_filter("", acts);
	assert_string_equal(acts, "");
	audit_filter("export.leads", acts);
	assert_string_equal(acts, "|export.leads|");
	for (int k = 0; k < AUDIT_KINDS; k++) {
		const char *word = audit_kind_word((enum audit_kind)k);

		assert_err(audit_act_find(word, &act), BW_ERR_NOTFOUND);
		assert_non_null(audit_kind_title((enum audit_kind)k));
		audit_filter(word, acts);
		assert_true(strlen(acts) + 1 < AUDIT_FILTER_SIZE);
		for (int i = 0; i < AUDIT_ACTS; i++) {
			snprintf(name, sizeof(name), "|%s|",
			    audit_act_name((enum audit_act)i));
			n += strstr(acts, name) != NULL;
		}
	}
	assert_int_equal(n, AUDIT_ACTS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_act_is_whole),
		cmocka_unit_test(a_detail_is_said),
		cmocka_unit_test(filters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
