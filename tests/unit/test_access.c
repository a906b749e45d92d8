// SPDX-License-Identifier: Apache-2.0
/* The table that says who may do what, asked for every act, role and sponsor. */
#include "tests/support/unit.h"

#include "host/access.h"

static struct login login;
static struct token token;

static enum access_answer
ask(enum access_act act, enum account_role role, enum login_stage stage,
    const char *sponsor)
{
	const struct access_who who = { &login, NULL };

	login = (struct login){ .stage = stage, .account = { .role = role } };
	if (account_role_has_sponsor(role))
		strcpy(login.account.sponsor, "acme");
	return access_ask(act, &who, sponsor);
}

/* The answer that the table's letter stands for. */
static void
each_by_its_letter(void **state)
{
	(void)state;
	for (unsigned act = ACT_SELF; act < ACCESS_ACTS; act++)
		for (unsigned role = 0; role < ACCOUNT_ROLES; role++) {
			char reach = access_reach(act, role);

			assert_int_equal(ask(act, role, LOGIN_FULL, NULL),
			    reach == '-' ? ACCESS_NO : ACCESS_YES);
			assert_int_equal(ask(act, role, LOGIN_FULL, "other"),
			    reach == '-' ? ACCESS_NO : reach == 'o' ?
			    ACCESS_HIDDEN : ACCESS_YES);
			if (reach == 'o')
				assert_int_equal(ask(act, role, LOGIN_FULL,
				    "acme"), ACCESS_YES);
			if (reach != '-')
				assert_int_equal(ask(act, role, LOGIN_FULL,
				    ""), ACCESS_HIDDEN);
			assert_int_equal(ask(act, role, LOGIN_SECOND, NULL),
			    ACCESS_SECOND);
			assert_int_equal(ask(act, role, LOGIN_ENROL, NULL),
			    ACCESS_ENROL);
		}
}

/* What no mistake in the table may ever give away. */
static void
promises(void **state)
{
	static const enum access_act leads[] = { ACT_LEADS, ACT_LEADS_NOTE,
		ACT_LEADS_EXPORT, ACT_COUNTS };

	(void)state;
	for (unsigned role = 0; role < ACCOUNT_ROLES; role++) {
		bool staff = !account_role_has_sponsor(role);

		assert_int_equal(access_reach(ACT_NONE, role), '-');
		for (unsigned i = 0; i < 4; i++)
			if (staff)
				assert_int_equal(access_reach(leads[i], role),
				    '-');
		for (unsigned a = ACT_SELF + 1; a < ACCESS_ACTS; a++)
			if (!staff)
				assert_int_not_equal(access_reach(a, role),
				    'a');
		assert_int_equal(access_may(ACT_PEOPLE, role),
		    role == ROLE_ORGANISER);
		assert_int_equal(access_may(ACT_CASE, role),
		    role == ROLE_PRIVACY);
		assert_int_equal(access_may(ACT_HOLD, role),
		    role == ROLE_PRIVACY);
		assert_int_equal(access_may(ACT_CASE_COUNTS, role),
		    role == ROLE_PRIVACY || role == ROLE_ORGANISER);
		assert_int_equal(access_may(ACT_CASE_OPEN, role), staff);
	}
	assert_false(access_may(ACT_LEADS_EXPORT, ROLE_SCANNER));
	assert_false(access_may(ACT_LEADS, ROLE_SCANNER));
	assert_false(access_may(ACT_ACK, ROLE_SCANNER));
	assert_false(access_may(ACT_TOKENS, ROLE_SCANNER));
}

static void
nobody(void **state)
{
	const struct access_who who = { NULL, NULL };

	(void)state;
	for (unsigned act = 0; act < ACCESS_ACTS; act++)
		assert_int_equal(access_ask(act, &who, NULL),
		    act == ACT_ENTER ? ACCESS_YES : ACCESS_LOG_IN);
}

/* No more than this role may, whatever its scopes are. */
static void
token_does(enum access_act act, enum account_role role,
    const struct access_who *who)
{
	char reach = access_reach(act, role);

	assert_int_equal(access_ask(act, who, NULL), reach == '-' ?
	    ACCESS_NO : ACCESS_YES);
	assert_int_equal(access_ask(act, who, "acme"), reach == '-' ?
	    ACCESS_NO : ACCESS_YES);
	assert_int_equal(access_ask(act, who, "other"), reach == '-' ?
	    ACCESS_NO : reach == 'o' ? ACCESS_HIDDEN : ACCESS_YES);
}

static void
tokens(void **state)
{
	const struct access_who who = { NULL, &token };

	(void)state;
	for (unsigned act = ACT_SECOND; act < ACCESS_ACTS; act++) {
		unsigned scope = access_scope(act);

		token = (struct token){ .scopes = ~scope };
		strcpy(token.sponsor, "acme");
		assert_int_equal(access_ask(act, &who, "acme"), ACCESS_NO);
		token.scopes = scope;
		if (scope == 0)
			continue;
		token_does(act, ROLE_MANAGER, &who);
		token.sponsor[0] = 0;
		token_does(act, ROLE_ORGANISER, &who);
	}
}

static void
half_way(void **state)
{
	(void)state;
	assert_int_equal(ask(ACT_SECOND, ROLE_DESK, LOGIN_SECOND, NULL),
	    ACCESS_YES);
	assert_int_equal(ask(ACT_ENROL, ROLE_DESK, LOGIN_SECOND, NULL),
	    ACCESS_SECOND);
	assert_int_equal(ask(ACT_ENROL, ROLE_ORGANISER, LOGIN_ENROL, NULL),
	    ACCESS_YES);
	assert_int_equal(ask(ACT_SECOND, ROLE_ORGANISER, LOGIN_ENROL, NULL),
	    ACCESS_YES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_by_its_letter),
		cmocka_unit_test(promises),
		cmocka_unit_test(nobody),
		cmocka_unit_test(tokens),
		cmocka_unit_test(half_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
