// SPDX-License-Identifier: Apache-2.0
#include "speech/confine.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#define READING (LANDLOCK_ACCESS_FS_EXECUTE |				\
	LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITING (LANDLOCK_ACCESS_FS_WRITE_FILE |			\
	LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |	\
	LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |	\
	LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |	\
	LANDLOCK_ACCESS_FS_MAKE_SYM)

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "say which AUDIT_ARCH this machine is"
#endif

/* Calls of the x32 ABI have this bit; none of them is allowed. */
#define X32_BIT 0x40000000u

#define LOAD(member)							\
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,				\
	    (unsigned)offsetof(struct seccomp_data, member))
#define IF_EQUAL(value, yes, no)					\
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))
#define IF_AT_LEAST(value, yes, no)					\
	BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (value), (yes), (no))
#define GIVE(what) BPF_STMT(BPF_RET | BPF_K, (what))

static const struct {
	const char *path;
	uint64_t allowed;
} places[] = {
	{ "/usr", READING }, { "/bin", READING }, { "/lib", READING },
	{ "/lib64", READING }, { "/etc", READING },
	{ "/proc", READING }, { "/sys", READING }, { "/run", READING },
	{ "/dev", READING | LANDLOCK_ACCESS_FS_WRITE_FILE },
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

static bw_err
restrict_sockets(void)
{
	struct sock_filter code[] = {
		LOAD(arch),
		IF_EQUAL(ARCH, 1, 0),
		GIVE(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		IF_AT_LEAST(X32_BIT, 5, 0),
		IF_EQUAL(__NR_io_uring_setup, 4, 0),
		IF_EQUAL(__NR_socket, 0, 2),
		LOAD(args[0]),
		IF_EQUAL(AF_UNIX, 0, 2),
		GIVE(SECCOMP_RET_ALLOW),
		GIVE(SECCOMP_RET_ERRNO | ENOSYS),
		GIVE(SECCOMP_RET_ERRNO | EAFNOSUPPORT),
	};
	const struct sock_fprog program = {
		.len = sizeof(code) / sizeof(code[0]), .filter = code };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ?
	    BW_OK : BW_ERR_IO;
}

bw_err
confine(void)
{
	const struct rlimit none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &none) == -1 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    restrict_sockets() != BW_OK)
		return BW_ERR_IO;
	return restrict_files();
}
