// SPDX-License-Identifier: Apache-2.0
#include "speech/confine.h"

#include <sys/syscall.h>

#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "guard/guard.h"

#define READING (LANDLOCK_ACCESS_FS_EXECUTE |				\
	LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define DEVICE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define WRITING (LANDLOCK_ACCESS_FS_WRITE_FILE |			\
	LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |	\
	LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |	\
	LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |	\
	LANDLOCK_ACCESS_FS_MAKE_SYM)

static const struct {
	const char *path;
	uint64_t allowed;
} places[] = {
	{ "/usr", READING }, { "/bin", READING }, { "/lib", READING },
	{ "/lib64", READING }, { "/etc", READING },
	{ "/proc", READING }, { "/sys", READING }, { "/run", READING },
	{ "/dev/snd", READING | DEVICE }, { "/dev/shm", READING | DEVICE },
	{ "/dev/null", DEVICE }, { "/dev/zero", DEVICE },
	{ "/dev/random", DEVICE }, { "/dev/urandom", DEVICE },
};

/* A place that is not there needs no rule. */
static bw_err
allow(int rules, const char *path, uint64_t allowed)
{
	struct landlock_path_beneath_attr a = { .allowed_access = allowed,
		.parent_fd = open(path, O_PATH | O_CLOEXEC) };
	long r;

	if (a.parent_fd == -1)
		return BW_OK;
	r = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
	    &a, 0);
	close(a.parent_fd);
	return r == 0 ? BW_OK : BW_ERR_IO;
}

static bw_err
restrict_files(void)
{
	const struct landlock_ruleset_attr all = {
		.handled_access_fs = READING | WRITING };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all,
	    sizeof(all), 0);
	bw_err r = BW_OK;

	if (rules == -1)
		return BW_ERR_NOTFOUND;
	for (size_t i = 0; r == BW_OK &&
	    i < sizeof(places) / sizeof(places[0]); i++)
		r = allow(rules, places[i].path, places[i].allowed);
	if (r == BW_OK && syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		r = BW_ERR_IO;
	close(rules);
	return r;
}

bw_err
confine(void)
{
	bw_err r = guard_voice();

	return r == BW_OK ? restrict_files() : r;
}
