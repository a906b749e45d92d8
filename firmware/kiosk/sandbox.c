// SPDX-License-Identifier: Apache-2.0
#include "kiosk/sandbox.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>

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

bw_err
sandbox_enter(void)
{
	struct sock_filter code[] = {
		LOAD(arch),
		IF_EQUAL(ARCH, 1, 0),
		GIVE(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		IF_AT_LEAST(X32_BIT, 6, 0),
		IF_EQUAL(__NR_io_uring_setup, 5, 0),
		IF_EQUAL(__NR_socket, 0, 3),
		LOAD(args[0]),
		IF_EQUAL(AF_UNIX, 1, 0),
		IF_EQUAL(AF_NETLINK, 0, 2),
		GIVE(SECCOMP_RET_ALLOW),
		GIVE(SECCOMP_RET_ERRNO | ENOSYS),
		GIVE(SECCOMP_RET_ERRNO | EAFNOSUPPORT),
	};
	const struct sock_fprog program = {
		.len = sizeof(code) / sizeof(code[0]), .filter = code };
	const struct rlimit none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &none) == -1 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == -1)
		return BW_ERR_IO;
	return BW_OK;
}
