// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <argon2.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "host/password.h"

#define MAIL "ada@post.example"
#define EVENT "Summit 2026"
#define GOOD "a rather long sentence"
#define ROUNDS 20
#define MANY (PASSWORD_AT_ONCE + PASSWORD_WAITING + 20)

static void
refused(const char *password, int fault)
{
	const char *why = password_fault(password, MAIL, EVENT);

	if (why != (fault < 0 ? NULL : password_faults[fault]))
		fail_msg("\"%s\": %s", password, why ? why : "taken");
}

static void
test_which_are_taken(void **state)
{
	char longest[PASSWORD_MAX + 2];

	(void)state;
	refused(GOOD, -1);
	refused("12 letters!!", -1);
	refused("11 letters!", 0);
	/* Characters count, not bytes. */
	refused("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xc3\xa4\xc3\xb6", 0);
	refused("gr\xc3\xbc\xc3\x9f gott, leute", -1);
	for (size_t i = 0; i < sizeof(longest); i++)
		longest[i] = (char)('a' + i * 7 % 26);
	longest[PASSWORD_MAX + 1] = 0;
	refused(longest, 1);
	longest[PASSWORD_MAX] = 0;
	refused(longest, -1);
	refused("no text \xff at all", 2);
	refused("no line\nof text", 2);
	refused("", 0);
	refused(MAIL, 3);
	refused("ADA@post.example1", 3);
	refused("post.example2026", 3);
	refused("Summit 2026!", 3);
	refused("summit 2026 summit 2026", 3);
	refused("aaaaaaaaaaaaaa", 3);
	refused("passwordpassword", 3);
	refused("Password1234", 3);
	refused("123456789012", 3);
	refused("qwertyuiop12", 3);
	refused("correct password staple", -1);
}

static void
test_hash_and_check(void **state)
{
	char a[PASSWORD_ENCODED_MAX + 1], b[PASSWORD_ENCODED_MAX + 1];
	bool again;

	(void)state;
	assert_ok(password_hash(GOOD, a));
	assert_ok(password_hash(GOOD, b));
	assert_string_not_equal(a, b);
	assert_non_null(strstr(a, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_ok(password_check(a, GOOD, &again));
	assert_false(again);
	assert_err(password_check(a, GOOD ".", &again), BW_ERR_DENIED);
	assert_err(password_check(NULL, GOOD, &again), BW_ERR_DENIED);
	assert_err(password_check("$argon2id$nonsense", GOOD, &again),
	    BW_ERR_FORMAT);
	/* It is what libargon2 itself reads. */
	assert_int_equal(argon2id_verify(a, GOOD, strlen(GOOD)), ARGON2_OK);
	strcat(b, "A");
	assert_err(password_check(b, GOOD, &again), BW_ERR_FORMAT);
}

/* Made with less: right, and to be made again. */
static void
test_old_parameters(void **state)
{
	char old[PASSWORD_ENCODED_MAX + 1];
	bool again;

	(void)state;
	assert_int_equal(argon2id_hash_encoded(1, 64, 1, GOOD, strlen(GOOD),
	    "sixteen bytes...", 16, 32, old, sizeof(old)), ARGON2_OK);
	assert_ok(password_check(old, GOOD, &again));
	assert_true(again);
	assert_err(password_check(old, "x", &again), BW_ERR_DENIED);
	assert_false(again);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned busy, done, other;

static bool
enough(void)
{
	bool yes;

	pthread_mutex_lock(&lock);
	yes = (busy > 0 && done > 4) || other > 0;
	pthread_mutex_unlock(&lock);
	return yes;
}

static void *
hammer(void *arg)
{
	bool again;

	(void)arg;
	for (int i = 0; i < ROUNDS && !enough(); i++) {
		bw_err r = password_check(NULL, GOOD, &again);
		bool over = r == BW_ERR_BUSY;

		pthread_mutex_lock(&lock);
		busy += r == BW_ERR_BUSY;
		done += r == BW_ERR_DENIED;
		other += r != BW_ERR_BUSY && r != BW_ERR_DENIED;
		pthread_mutex_unlock(&lock);
		if (over)
			break;
	}
	return NULL;
}

/* KiB that the process had at most. */
static long
peak(void)
{
	char line[128];
	long kib = 0;
	FILE *f = fopen("/proc/self/status", "re");

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "VmHWM: %ld", &kib) == 1)
			break;
	fclose(f);
	assert_true(kib > 0);
	return kib;
}

/* However many come, memory is what the constant says, and those for whom
 * there is no room are told so. */
static void
test_exhaustion(void **state)
{
	long before = peak();
	pthread_t t[MANY];

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(pthread_create(&t[i], NULL, hammer, NULL), 0);
	for (size_t i = 0; i < MANY; i++)
		pthread_join(t[i], NULL);
	assert_true(busy > 0 && done > 4);
	assert_int_equal(other, 0);
#ifndef BW_SANITIZE
	/* That keeps what is freed for a while. */
	assert_true(peak() - before < (PASSWORD_AT_ONCE + 2) * PASSWORD_KIB);
#else
	(void)before;
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_are_taken),
		cmocka_unit_test(test_exhaustion),
		cmocka_unit_test(test_hash_and_check),
		cmocka_unit_test(test_old_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
