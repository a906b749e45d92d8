// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include "host/store_account.h"
#include "host/token.h"

#define NOW SUMMIT_NOW

static struct summit sum;

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	summit_close(&sum);
	return 0;
}

static void
test_scopes(void **state)
{
	char text[TOKEN_SCOPES_MAX];
	unsigned scopes;

	(void)state;
	for (unsigned i = 1; i < 1u << TOKEN_SCOPES; i++) {
		token_scopes_format(i, text);
		assert_ok(token_scopes_parse(text, &scopes));
		assert_int_equal(scopes, i);
	}
	assert_err(token_scopes_parse("", &scopes), BW_ERR_FORMAT);
	assert_err(token_scopes_parse("leads:read,", &scopes), BW_ERR_FORMAT);
	assert_err(token_scopes_parse("leads", &scopes), BW_ERR_FORMAT);
	assert_err(token_scopes_parse("leads:read,leads:read", &scopes),
	    BW_ERR_FORMAT);
	assert_int_equal(scopes, 0);
}

static void
test_life(void **state)
{
	const struct token_new in = { "CRM", TOKEN_LEADS_READ |
		TOKEN_DEVICES_READ, "acme", 0, 30 };
	char text[TOKEN_SIZE];
	struct token t;
	uint64_t id;

	(void)state;
	assert_ok(token_add(sum.store, "cli:test", &in, NOW, &id, text));
	assert_memory_equal(text, "bw_", 3);
	assert_int_equal(strlen(text), TOKEN_SIZE - 1);
	assert_ok(token_find(sum.store, text, NOW, &t));
	assert_int_equal(t.id, id);
	assert_string_equal(t.name, "CRM");
	assert_string_equal(t.sponsor, "acme");
	assert_string_equal(t.actor, "token:1");
	assert_memory_equal(t.prefix, text, TOKEN_PREFIX);
	assert_true(token_may(&t, TOKEN_LEADS_READ));
	assert_false(token_may(&t, TOKEN_LEADS_WRITE));
	/* Used: written once a minute. */
	assert_ok(token_find(sum.store, text, NOW + 59, &t));
	assert_ok(token_get(sum.store, id, &t));
	assert_int_equal(t.last_used, NOW);
	assert_ok(token_find(sum.store, text, NOW + 60, &t));
	assert_ok(token_get(sum.store, id, &t));
	assert_int_equal(t.last_used, NOW + 60);
	assert_ok(token_find(sum.store, text, NOW + 30 * 86400 - 1, &t));
	assert_err(token_find(sum.store, text, NOW + 30 * 86400, &t),
	    BW_ERR_NOTFOUND);
	text[9] = text[9] == 'A' ? 'B' : 'A';
	assert_err(token_find(sum.store, text, NOW, &t), BW_ERR_NOTFOUND);
	assert_err(token_find(sum.store, "bw_", NOW, &t), BW_ERR_NOTFOUND);
}

static void
test_revoke(void **state)
{
	const struct token_new in = { "logs", TOKEN_LOGS_READ, NULL, 0, 1 };
	char text[TOKEN_SIZE];
	struct token t;
	uint64_t id;

	(void)state;
	assert_ok(token_add(sum.store, "cli:test", &in, NOW, &id, text));
	assert_ok(token_find(sum.store, text, NOW, &t));
	assert_ok(token_revoke(sum.store, "cli:test", id, NOW + 5));
	assert_err(token_find(sum.store, text, NOW, &t), BW_ERR_NOTFOUND);
	assert_ok(token_revoke(sum.store, "cli:test", id, NOW + 9));
	assert_ok(token_get(sum.store, id, &t));
	assert_int_equal(t.revoked_at, NOW + 5);
	assert_err(token_revoke(sum.store, "cli:test", id + 1, NOW),
	    BW_ERR_NOTFOUND);
}

static bw_err
count(void *arg, const struct token *t)
{
	(void)t;
	++*(int *)arg;
	return BW_OK;
}

static void
test_whose(void **state)
{
	const struct account_new eve = { "eve@post.example", NULL,
		ROLE_MANAGER, "acme", NULL };
	struct token_new in = { "CRM", TOKEN_LEADS_READ, "acme", 0, 30 };
	char code[ACCOUNT_CODE_SIZE], text[TOKEN_SIZE];
	uint64_t id;
	int n = 0;

	(void)state;
	assert_ok(account_invite(sum.store, "cli:test", &eve, NOW,
	    &in.account, code));
	assert_err(token_add(sum.store, "cli:test", &in, NOW, &id, text),
	    BW_ERR_DENIED);
	assert_ok(store_begin(sum.store));
	assert_ok(store_account_state(sum.store, in.account, ACCOUNT_ACTIVE));
	assert_ok(store_commit(sum.store));
	assert_ok(token_add(sum.store, "account:1", &in, NOW, &id, text));
	/* Of another sponsor, or of all: never. */
	in.sponsor = "example-corp";
	assert_err(token_add(sum.store, "account:1", &in, NOW, &id, text),
	    BW_ERR_DENIED);
	in.sponsor = "";
	in.scopes = TOKEN_LOGS_READ;
	assert_err(token_add(sum.store, "account:1", &in, NOW, &id, text),
	    BW_ERR_DENIED);
	in.scopes = TOKEN_LEADS_READ;
	assert_err(token_add(sum.store, "account:1", &in, NOW, &id, text),
	    BW_ERR_ARG);
	in = (struct token_new){ "x", TOKEN_LOGS_READ, "acme", 0, 1 };
	assert_err(token_add(sum.store, "cli:test", &in, NOW, &id, text),
	    BW_ERR_ARG);
	in = (struct token_new){ "x", TOKEN_LOGS_READ, NULL, 0, 401 };
	assert_err(token_add(sum.store, "cli:test", &in, NOW, &id, text),
	    BW_ERR_ARG);
	in = (struct token_new){ "", TOKEN_LOGS_READ, NULL, 0, 1 };
	assert_err(token_add(sum.store, "cli:test", &in, NOW, &id, text),
	    BW_ERR_ARG);
	in = (struct token_new){ "x", TOKEN_LEADS_READ, "nobody", 0, 1 };
	assert_err(token_add(sum.store, "cli:test", &in, NOW, &id, text),
	    BW_ERR_ARG);
	assert_ok(token_each(sum.store, 0, "acme", count, &n));
	assert_ok(token_each(sum.store, 1, NULL, count, &n));
	assert_ok(token_each(sum.store, 2, NULL, count, &n));
	assert_int_equal(n, 2);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_scopes),
		TEST(test_life),
		TEST(test_revoke),
		TEST(test_whose),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
