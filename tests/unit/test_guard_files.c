// SPDX-License-Identifier: Apache-2.0
/* A kernel without Landlock is one thing; one that has it and fails, another. */
#include "tests/support/unit.h"

#include <sys/wait.h>

#include <errno.h>
#include <seccomp.h>
#include <unistd.h>

#include "guard/guard_files.h"

static const struct guard_place usr[] = { { "/usr", GUARD_READ } };

/* In a child whose kernel answers so to this call. */
static int
when(const char *call, int error)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);

		if (f == NULL || seccomp_rule_add(f,
		    SCMP_ACT_ERRNO((uint32_t)error),
		    seccomp_syscall_resolve_name(call), 0) != 0 ||
		    seccomp_load(f) != 0)
			_exit(200);
		_exit((int)guard_files(usr, 1));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
a_kernel_that_has_none(void **state)
{
	(void)state;
	assert_int_equal(when("landlock_create_ruleset", ENOSYS),
	    BW_ERR_NOTFOUND);
	assert_int_equal(when("landlock_create_ruleset", EOPNOTSUPP),
	    BW_ERR_NOTFOUND);
}

static void
a_kernel_that_fails(void **state)
{
	static const int errors[] = { ENOMEM, EMFILE, EPERM, EINVAL, E2BIG };

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		assert_int_equal(when("landlock_create_ruleset", errors[i]),
		    BW_ERR_IO);
	/* The others are reached where there is Landlock only. */
	if (when("landlock_restrict_self", EPERM) == BW_ERR_NOTFOUND)
		skip();
	assert_int_equal(when("landlock_add_rule", ENOMEM), BW_ERR_IO);
	assert_int_equal(when("landlock_restrict_self", E2BIG), BW_ERR_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kernel_that_has_none),
		cmocka_unit_test(a_kernel_that_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
