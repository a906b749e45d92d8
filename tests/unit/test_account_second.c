// SPDX-License-Identifier: Apache-2.0
/* The second factor of an account; and that nobody can log in with what the
 * database has. */
#include "tests/support/summit.h"

#include <stdio.h>

#include "base/file.h"
#include "host/account.h"
#include "host/login.h"
#include "host/store_account.h"
#include "host/store_redo.h"
#include "host/token.h"

#define NOW SUMMIT_NOW
#define PASSWORD "keep it to yourself"

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

static void
code_at(const char *text, int64_t now, char code[static TOTP_DIGITS + 1])
{
	struct bw_buf raw = BW_BUF_INIT(TOTP_SECRET);

	assert_ok(text_unb32(text, strlen(text), &raw));
	assert_ok(totp_code(raw.ptr, totp_step(now), code));
	bw_buf_free(&raw);
}

static bw_err
take_last(void *arg, const struct redo_act *act)
{
	*(struct redo_act *)arg = *act;
	return BW_OK;
}

/* Over an older store, whose codes somebody may have seen. */
static void
is_invited_anew(uint64_t id)
{
	struct redo_act last = { .kind = REDO_NONE };
	size_t line;

	assert_ok(redo_each(sum.dir, take_last, &last, &line));
	assert_int_equal(last.kind, REDO_ACCOUNT);
	assert_int_equal(last.id, id);
	assert_int_equal(last.state, ACCOUNT_INVITED);
}

static void
test_second_factor(void **state)
{
	char recovery[ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE];
	char secret[ACCOUNT_SECRET_SIZE], again[ACCOUNT_SECRET_SIZE];
	char uri[ACCOUNT_URI_MAX], code[TOTP_DIGITS + 1], first[24];
	uint64_t id = person("ada@post.example", ROLE_ORGANISER, NULL);
	struct account a;

	(void)state;
	assert_err(account_second_confirm(sum.store, sum.host, id, "123456",
	    0, NOW, recovery), BW_ERR_NOTFOUND);
	assert_ok(account_second_begin(sum.store, sum.host, id, NOW, secret,
	    uri));
	assert_ok(account_second_begin(sum.store, sum.host, id, NOW, again,
	    uri));
	assert_string_equal(secret, again);
	assert_non_null(strstr(uri, secret));
	code_at(secret, NOW + 600, code);
	assert_err(account_second_confirm(sum.store, sum.host, id, code, 0,
	    NOW, recovery), BW_ERR_DENIED);
	assert_string_equal(recovery[0], "");
	code_at(secret, NOW, code);
	assert_err(account_second_check(sum.store, sum.host, id, code, NOW),
	    BW_ERR_DENIED);
	assert_ok(account_second_confirm(sum.store, sum.host, id, code, 0,
	    NOW, recovery));
	assert_ok(account_get(sum.store, id, &a));
	assert_true(a.second);
	assert_int_equal(a.recovery_left, ACCOUNT_RECOVERY);
	/* The code that confirmed it is used. */
	assert_err(account_second_check(sum.store, sum.host, id, code, NOW),
	    BW_ERR_DENIED);
	code_at(secret, NOW + 30, code);
	assert_ok(account_second_check(sum.store, sum.host, id, code,
	    NOW + 30));
	assert_err(account_second_check(sum.store, sum.host, id, code,
	    NOW + 31), BW_ERR_DENIED);
	/* A recovery code, as somebody types it, once. */
	snprintf(first, sizeof(first), " %.8s %.8s", recovery[3],
	    recovery[3] + 9);
	first[1] = (char)(first[1] >= 'a' ? first[1] - 32 : first[1]);
	assert_ok(account_second_check(sum.store, sum.host, id, first, NOW));
	assert_err(account_second_check(sum.store, sum.host, id, recovery[3],
	    NOW), BW_ERR_DENIED);
	assert_err(account_second_check(sum.store, sum.host, id, "", NOW),
	    BW_ERR_DENIED);
	snprintf(first, sizeof(first), "%s", recovery[4]);
	assert_ok(store_redo_to(sum.store, sum.dir));
	assert_ok(account_recovery_renew(sum.store, id, NOW, recovery));
	is_invited_anew(id);
	assert_err(account_second_check(sum.store, sum.host, id, first, NOW),
	    BW_ERR_DENIED);
	assert_ok(account_second_check(sum.store, sum.host, id, recovery[9],
	    NOW));
	assert_err(account_second_remove(sum.store, id, NOW), BW_ERR_DENIED);
	assert_ok(account_role_set(sum.store, "cli:test", id, ROLE_DESK, NULL,
	    NOW));
	assert_ok(account_second_remove(sum.store, id, NOW));
	assert_ok(account_get(sum.store, id, &a));
	assert_false(a.second);
	assert_int_equal(a.recovery_left, 0);
}

static void
search(const char *path, const char *what, const void *p, size_t len)
{
	struct bw_buf b = BW_BUF_INIT(64 << 20);
	bw_err r = file_read(path, &b);

	if (r != BW_ERR_NOTFOUND)
		assert_ok(r);
	if (b.len != 0 && memmem(b.ptr, b.len, p, len) != NULL)
		fail_msg("%s holds the %s", path, what);
	bw_buf_free(&b);
}

static void
nowhere(const char *what, const void *p, size_t len)
{
	static const char *const files[] = { "", "-wal", "-shm" };
	char path[FILE_PATH_MAX];

	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%.480s%s", sum.host->db_path,
		    files[i]);
		search(path, what, p, len);
	}
}

/* Whoever has the database has nothing to log in with. */
static void
test_nothing_in_clear(void **state)
{
	char recovery[ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE];
	char secret[ACCOUNT_SECRET_SIZE], uri[ACCOUNT_URI_MAX];
	char code[ACCOUNT_CODE_SIZE], totp[TOTP_DIGITS + 1];
	char login[LOGIN_ID_SIZE], token[TOKEN_SIZE], csrf[LOGIN_CSRF_SIZE];
	const struct token_new in = { "t", TOKEN_LOGS_READ, "", 0, 1 };
	struct bw_buf raw = BW_BUF_INIT(64);
	const char *why;
	struct account a;
	uint64_t id, n;

	(void)state;
	invite("ada@post.example", ROLE_ORGANISER, NULL, code);
	nowhere("code", code, strlen(code));
	assert_ok(account_accept(sum.store, sum.host, code, PASSWORD, NOW,
	    &why, &a));
	id = a.id;
	assert_ok(login_start(sum.store, &a, NULL, "192.0.2.1", NOW, login));
	assert_ok(login_csrf(login, csrf));
	assert_ok(account_second_begin(sum.store, sum.host, id, NOW, secret,
	    uri));
	code_at(secret, NOW, totp);
	assert_ok(account_second_confirm(sum.store, sum.host, id, totp, 0,
	    NOW, recovery));
	assert_ok(token_add(sum.store, "cli:test", &in, NOW, &n, token));
	for (int tidy = 0; tidy < 2; tidy++) {
		bw_buf_reset(&raw);
		nowhere("code", code, strlen(code));
		nowhere("password", PASSWORD, strlen(PASSWORD));
		nowhere("login", login, strlen(login));
		nowhere("csrf", csrf, strlen(csrf));
		nowhere("token", token + TOKEN_PREFIX,
		    strlen(token) - TOKEN_PREFIX);
		nowhere("secret", secret, strlen(secret));
		assert_ok(text_unb32(secret, strlen(secret), &raw));
		nowhere("raw secret", raw.ptr, raw.len);
		for (int i = 0; i < ACCOUNT_RECOVERY; i++)
			nowhere("recovery code", recovery[i], 8);
		store_tidy(sum.store);
	}
	bw_buf_free(&raw);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_second_factor), TEST(test_nothing_in_clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
