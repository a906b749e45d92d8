// SPDX-License-Identifier: Apache-2.0
#include "guard/guard_files.h"

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <unistd.h>

#define READING (LANDLOCK_ACCESS_FS_EXECUTE |				\
	LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define DEVICE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define WRITING (LANDLOCK_ACCESS_FS_WRITE_FILE |			\
	LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |	\
	LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |	\
	LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |	\
	LANDLOCK_ACCESS_FS_MAKE_SYM)

static bw_err
allow(int rules, const struct guard_place *p)
{
	static const uint64_t may[] = { [GUARD_READ] = READING,
		[GUARD_DEVICE] = DEVICE,
		[GUARD_READ_DEVICE] = READING | DEVICE };
	struct landlock_path_beneath_attr a = { .allowed_access = may[p->may],
		.parent_fd = open(p->path, O_PATH | O_CLOEXEC) };
	long r;

	if (a.parent_fd == -1)
		return BW_OK;
	r = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
	    &a, 0);
	close(a.parent_fd);
	return r == 0 ? BW_OK : BW_ERR_IO;
}

bw_err
guard_files(const struct guard_place *places, size_t n)
{
	const struct landlock_ruleset_attr all = {
		.handled_access_fs = READING | WRITING };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all,
	    sizeof(all), 0);
	bw_err r = BW_OK;

	/* Not built in, or not switched on; all else is a failure. */
	if (rules == -1)
		return errno == ENOSYS || errno == EOPNOTSUPP ?
		    BW_ERR_NOTFOUND : BW_ERR_IO;
	for (size_t i = 0; r == BW_OK && i < n; i++)
		r = allow(rules, &places[i]);
	if (r == BW_OK && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_landlock_restrict_self, rules, 0) != 0))
		r = BW_ERR_IO;
	close(rules);
	return r;
}
