// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include <argon2.h>
#include <pthread.h>
#include <stdio.h>

#include "host/account.h"
#include "host/audit.h"
#include "host/store_account.h"
#include "host/token.h"

#define NOW SUMMIT_NOW
#define PASSWORD "keep it to yourself"
#define OTHER "another one, as long"

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

static uint64_t
invite(const char *mail, enum account_role role, const char *sponsor,
    char *code)
{
	const struct account_new in = { mail, "Ada", role, sponsor, "de" };
	uint64_t id;

	assert_ok(account_invite(sum.store, "cli:test", &in, NOW, &id, code));
	return id;
}

static uint64_t
person(const char *mail, enum account_role role, const char *sponsor)
{
	char code[ACCOUNT_CODE_SIZE];
	uint64_t id = invite(mail, role, sponsor, code);
	const char *why;
	struct account a;

	assert_ok(account_accept(sum.store, sum.host, code, PASSWORD, NOW,
	    &why, &a));
	assert_int_equal(a.id, id);
	return id;
}

static bw_err
password_is(const char *mail, const char *password)
{
	struct account a;

	return account_password_check(sum.store, mail, password, NOW, &a);
}

static void
test_invitation(void **state)
{
	char one[ACCOUNT_CODE_SIZE], two[ACCOUNT_CODE_SIZE];
	const char *why;
	struct account a;
	uint64_t id;

	(void)state;
	id = invite("Ada@Post.Example", ROLE_DESK, NULL, one);
	assert_int_equal(strlen(one), ACCOUNT_CODE_SIZE - 1);
	assert_ok(account_find(sum.store, "aDA@post.example", &a));
	assert_int_equal(a.id, id);
	assert_string_equal(a.mail, "ada@post.example");
	assert_int_equal(a.state, ACCOUNT_INVITED);
	assert_err(password_is("ada@post.example", ""), BW_ERR_DENIED);
	assert_err(account_invitation(sum.store, one,
	    NOW + ACCOUNT_INVITE_SECONDS, &a), BW_ERR_EXPIRED);
	assert_err(account_invitation(sum.store, "x", NOW, &a),
	    BW_ERR_NOTFOUND);
	/* A new one ends the old one. */
	assert_ok(account_invite_again(sum.store, "cli:test", id, NOW, two));
	assert_ok(account_reset(sum.store, "cli:test", id, NOW, two));
	assert_err(account_accept(sum.store, sum.host, one, PASSWORD, NOW,
	    &why, &a), BW_ERR_NOTFOUND);
	assert_err(account_accept(sum.store, sum.host, two, "short", NOW,
	    &why, &a), BW_ERR_DENIED);
	assert_non_null(why);
	assert_ok(account_accept(sum.store, sum.host, two, PASSWORD, NOW,
	    &why, &a));
	assert_int_equal(a.state, ACCOUNT_ACTIVE);
	assert_int_equal(a.invited_until, 0);
	assert_ok(password_is("Ada@post.example", PASSWORD));
	/* Nobody has been in: a colleague may ask for it again, and is late. */
	assert_err(account_invite_again(sum.store, "cli:test", id, NOW, one),
	    BW_ERR_DENIED);
	assert_string_equal(one, "");
	assert_ok(password_is("ada@post.example", PASSWORD));
	/* Once. */
	assert_err(account_accept(sum.store, sum.host, two, OTHER, NOW,
	    &why, &a), BW_ERR_NOTFOUND);
	assert_err(password_is("ada@post.example", OTHER), BW_ERR_DENIED);
}

static void
test_what_is_refused(void **state)
{
	static const struct account_new bad[] = {
		{ "ada", NULL, ROLE_DESK, NULL, NULL },
		{ "@x", NULL, ROLE_DESK, NULL, NULL },
		{ "a@b@c", NULL, ROLE_DESK, NULL, NULL },
		{ "a b@c", NULL, ROLE_DESK, NULL, NULL },
		{ "a@b\r\nBcc:x", NULL, ROLE_DESK, NULL, NULL },
		{ "a@b", "two\nlines", ROLE_DESK, NULL, NULL },
		{ "a@b", "\xe2\x80\xaeklaw", ROLE_DESK, NULL, NULL },
		{ "a@b", NULL, ROLE_DESK, "acme", NULL },
		{ "a@b", NULL, ROLE_MANAGER, NULL, NULL },
		{ "a@b", NULL, ROLE_MANAGER, "", NULL },
		{ "a@b", NULL, ROLE_MANAGER, "nobody", NULL },
		{ "a@b", NULL, ROLE_DESK, NULL, "e\"n" },
	};
	char code[ACCOUNT_CODE_SIZE];
	struct account a;
	uint64_t id;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(account_invite(sum.store, "cli:test", &bad[i], NOW,
		    &id, code), BW_ERR_ARG);
	id = invite("a@b", ROLE_MANAGER, "acme", code);
	assert_err(account_invite(sum.store, "cli:test", &(struct
	    account_new){ "A@B", NULL, ROLE_DESK, NULL, NULL }, NOW, &id,
	    code), BW_ERR_EXISTS);
	assert_err(account_get(sum.store, 99, &a), BW_ERR_NOTFOUND);
	for (int i = 0; i < ACCOUNT_ROLES; i++) {
		enum account_role role;

		assert_ok(account_role_parse(
		    account_role_name((enum account_role)i), &role));
		assert_int_equal(role, i);
	}
}

static void
test_disable_and_reset(void **state)
{
	char code[ACCOUNT_CODE_SIZE], text[TOKEN_SIZE];
	struct token_new in = { "crm", TOKEN_LEADS_READ, "acme", 0, 30 };
	struct token t;
	struct account a;
	uint64_t id, n;

	(void)state;
	id = in.account = person("eve@post.example", ROLE_MANAGER, "acme");
	assert_ok(token_add(sum.store, "cli:test", &in, NOW, &n, text));
	assert_ok(token_find(sum.store, text, NOW, &t));
	assert_ok(account_disable(sum.store, "cli:test", id, NOW));
	assert_ok(account_disable(sum.store, "cli:test", id, NOW));
	assert_err(password_is("eve@post.example", PASSWORD), BW_ERR_DENIED);
	assert_err(token_find(sum.store, text, NOW, &t), BW_ERR_NOTFOUND);
	assert_err(account_reset(sum.store, "cli:test", id, NOW, code),
	    BW_ERR_DENIED);
	assert_ok(account_enable(sum.store, "cli:test", id, NOW));
	assert_ok(password_is("eve@post.example", PASSWORD));
	assert_err(token_find(sum.store, text, NOW, &t), BW_ERR_NOTFOUND);
	assert_ok(account_reset(sum.store, "cli:test", id, NOW, code));
	assert_err(password_is("eve@post.example", PASSWORD), BW_ERR_DENIED);
	/* Never accepted: enabling it makes no one active. */
	assert_ok(account_disable(sum.store, "cli:test", id, NOW));
	assert_err(account_invitation(sum.store, code, NOW, &a),
	    BW_ERR_NOTFOUND);
	assert_ok(account_enable(sum.store, "cli:test", id, NOW));
	assert_ok(account_get(sum.store, id, &a));
	assert_int_equal(a.state, ACCOUNT_INVITED);
	assert_err(account_role_set(sum.store, "cli:test", id, ROLE_DESK,
	    "acme", NOW), BW_ERR_ARG);
	assert_ok(account_role_set(sum.store, "cli:test", id, ROLE_DESK,
	    NULL, NOW));
	assert_ok(account_get(sum.store, id, &a));
	assert_string_equal(a.sponsor, "");
}

/* What `by` comes to, who wants a colleague in this role. */
static bw_err
invites(uint64_t by, const char *mail, enum account_role role,
    const char *sponsor, char *code)
{
	const struct account_new in = { mail, NULL, role, sponsor, NULL };
	char actor[AUDIT_ACTOR_SIZE];
	uint64_t id;

	audit_actor(by, actor);
	return account_invite(sum.store, actor, &in, NOW, &id, code);
}

static void
test_maker_begun_anew(void **state)
{
	char made[ACCOUNT_CODE_SIZE], code[ACCOUNT_CODE_SIZE];
	uint64_t id = person("eve@post.example", ROLE_MANAGER, "acme");
	struct account a;

	(void)state;
	assert_ok(invites(id, "new@post.example", ROLE_SCANNER, "acme",
	    made));
	assert_ok(account_invitation(sum.store, made, NOW, &a));
	assert_ok(account_reset(sum.store, "cli:test", id, NOW, code));
	assert_err(account_invitation(sum.store, made, NOW, &a),
	    BW_ERR_NOTFOUND);
	assert_ok(account_invitation(sum.store, code, NOW, &a));
	assert_int_equal(a.id, id);
}

/* Let in with its request, and ended before it came to the store. */
static void
test_maker_ended_meanwhile(void **state)
{
	uint64_t id = person("eve@post.example", ROLE_MANAGER, "acme");
	uint64_t new = person("org@post.example", ROLE_ORGANISER, NULL);
	char code[ACCOUNT_CODE_SIZE], actor[AUDIT_ACTOR_SIZE];
	struct account a;

	(void)state;
	assert_err(invites(id, "a@b", ROLE_DESK, NULL, code), BW_ERR_DENIED);
	assert_err(invites(id, "a@b", ROLE_SCANNER, "example-corp", code),
	    BW_ERR_DENIED);
	assert_ok(account_disable(sum.store, "cli:test", id, NOW));
	assert_err(invites(id, "a@b", ROLE_SCANNER, "acme", code),
	    BW_ERR_DENIED);
	assert_string_equal(code, "");
	assert_ok(account_enable(sum.store, "cli:test", id, NOW));
	assert_ok(account_role_set(sum.store, "cli:test", id, ROLE_SCANNER,
	    "acme", NOW));
	assert_err(invites(id, "a@b", ROLE_SCANNER, "acme", code),
	    BW_ERR_DENIED);
	assert_err(account_find(sum.store, "a@b", &a), BW_ERR_NOTFOUND);
	/* Nor does it begin others anew, or give them a role. */
	audit_actor(id, actor);
	assert_err(account_reset(sum.store, actor, new, NOW, code),
	    BW_ERR_DENIED);
	assert_err(account_role_set(sum.store, actor, id, ROLE_ORGANISER,
	    NULL, NOW), BW_ERR_DENIED);
	assert_ok(password_is("org@post.example", PASSWORD));
	assert_ok(invites(new, "a@b", ROLE_SCANNER, "example-corp", code));
}

struct changing {
	struct store *store;
	uint64_t id;
};

static void *
change(void *arg)
{
	const struct changing *g = arg;
	static bw_err r;
	const char *why;

	r = account_password_change(g->store, sum.host, g->id, PASSWORD,
	    OTHER, 0, NOW, &why);
	return &r;
}

/* The account is begun anew while the new password is being hashed. */
static void
test_change_meanwhile(void **state)
{
	struct changing g = { .id = person("ada@post.example", ROLE_DESK,
	    NULL) };
	char hashed[PASSWORD_ENCODED_MAX + 1];
	struct account_secret secret;
	pthread_t thread;
	void *r;

	(void)state;
	assert_ok(store_open(&g.store, sum.host->db_path));
	assert_ok(store_begin(sum.store));
	assert_int_equal(pthread_create(&thread, NULL, change, &g), 0);
	/* Longer than the thread needs to find the old one right. */
	for (int i = 0; i < 4; i++)
		assert_ok(password_hash(OTHER, hashed));
	assert_ok(store_account_password(sum.store, g.id, NULL));
	assert_ok(store_account_state(sum.store, g.id, ACCOUNT_INVITED));
	assert_ok(store_commit(sum.store));
	assert_int_equal(pthread_join(thread, &r), 0);
	assert_err(*(bw_err *)r, BW_ERR_DENIED);
	assert_ok(store_account_secret(sum.store, g.id, &secret));
	assert_string_equal(secret.password, "");
	store_close(&g.store);
}

static void
test_password(void **state)
{
	struct account_secret secret;
	char old[PASSWORD_ENCODED_MAX + 1];
	const char *why;
	uint64_t id = person("ada@post.example", ROLE_DESK, NULL);

	(void)state;
	assert_err(password_is("nobody@post.example", PASSWORD),
	    BW_ERR_DENIED);
	assert_err(account_password_change(sum.store, sum.host, id, OTHER,
	    OTHER, 0, NOW, &why), BW_ERR_DENIED);
	assert_null(why);
	assert_err(account_password_change(sum.store, sum.host, id, PASSWORD,
	    "Ada@Post.Example", 0, NOW, &why), BW_ERR_DENIED);
	assert_non_null(why);
	assert_ok(account_password_change(sum.store, sum.host, id, PASSWORD,
	    OTHER, 0, NOW, &why));
	assert_err(password_is("ada@post.example", PASSWORD), BW_ERR_DENIED);
	assert_ok(password_is("ada@post.example", OTHER));
	/* Hashed with less once: with today's after the next log-in. */
	assert_int_equal(argon2id_hash_encoded(1, 64, 1, PASSWORD,
	    strlen(PASSWORD), "sixteen bytes...", 16, 32, old, sizeof(old)),
	    ARGON2_OK);
	assert_ok(store_begin(sum.store));
	assert_ok(store_account_password(sum.store, id, old));
	assert_ok(store_commit(sum.store));
	assert_ok(password_is("ada@post.example", PASSWORD));
	assert_ok(store_account_secret(sum.store, id, &secret));
	assert_non_null(strstr(secret.password, "m=19456,t=2,p=1"));
	assert_ok(password_is("ada@post.example", PASSWORD));
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_invitation),
		TEST(test_what_is_refused),
		TEST(test_disable_and_reset),
		TEST(test_maker_begun_anew),
		TEST(test_maker_ended_meanwhile),
		TEST(test_change_meanwhile),
		TEST(test_password),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
