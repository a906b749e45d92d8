// SPDX-License-Identifier: Apache-2.0
#include "guard/guard.h"

#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "guard/guard_calls.h"

/* The kernel takes an int from the lower half of an argument, whatever stands
 * in the upper half. */
#define INT 0xffffffffu
#define WHEN(arg, value) SCMP_CMP64((arg), SCMP_CMP_MASKED_EQ, INT,	\
	(uint32_t)(value))
#define WHEN_ALL(arg, bits) SCMP_CMP64((arg), SCMP_CMP_MASKED_EQ,	\
	(uint32_t)(bits), (uint32_t)(bits))
#define WHEN_NONE(arg, bits) SCMP_CMP64((arg), SCMP_CMP_MASKED_EQ,	\
	(uint32_t)(bits), 0)
#define UNLESS(arg, value) SCMP_CMP64((arg), SCMP_CMP_NE,		\
	(uint64_t)(value), 0)

#define SOCK_TYPE 0xfu		/* beside it stand flags */

#define REFUSE(e) SCMP_ACT_ERRNO(e)

/* A filter that is being made: after a failure nothing more is added. */
struct filter {
	scmp_filter_ctx ctx;
	int failed;
};

static struct filter
begin(uint32_t otherwise, bool logged)
{
	struct filter f = { .ctx = seccomp_init(otherwise) };

	f.failed = f.ctx == NULL ||
	    seccomp_attr_set(f.ctx, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_KILL_PROCESS) != 0 ||
	    seccomp_attr_set(f.ctx, SCMP_FLTATR_CTL_TSYNC, 1) != 0 ||
	    seccomp_attr_set(f.ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0 ||
	    seccomp_attr_set(f.ctx, SCMP_FLTATR_CTL_LOG, logged) != 0;
	return f;
}

static bw_err
finish(struct filter *f)
{
	bool ok = !f->failed && seccomp_load(f->ctx) == 0;

	if (f->ctx != NULL)
		seccomp_release(f->ctx);
	return ok ? BW_OK : BW_ERR_IO;
}

/* What a kernel may have that is newer than libseccomp; these numbers are the
 * same on every machine. -1: not a call of this machine. */
static int
number_of(const char *call)
{
	static const struct { const char *name; int nr; } newer[] = {
		{ "setxattrat", 463 }, { "removexattrat", 466 },
		{ "file_setattr", 469 },
	};
	int nr = seccomp_syscall_resolve_name(call);

	for (size_t i = 0; nr == __NR_SCMP_ERROR &&
	    i < sizeof(newer) / sizeof(newer[0]); i++)
		if (strcmp(call, newer[i].name) == 0)
			return newer[i].nr;
	return nr >= 0 ? nr : -1;
}

/* A call that is not on this machine cannot be made here. */
static void
add(struct filter *f, uint32_t what, const char *call, unsigned n,
    struct scmp_arg_cmp a, struct scmp_arg_cmp b)
{
	const struct scmp_arg_cmp when[] = { a, b };
	int nr = number_of(call);

	if (!f->failed && nr >= 0)
		f->failed = seccomp_rule_add_array(f->ctx, what, nr, n,
		    when) != 0;
}

static void
add_if(struct filter *f, uint32_t what, const char *call,
    struct scmp_arg_cmp when)
{
	add(f, what, call, 1, when, when);
}

static void
add_all(struct filter *f, uint32_t what, const char *const *list)
{
	const struct scmp_arg_cmp unused = WHEN(0, 0);

	for (; *list != NULL; list++)
		add(f, what, *list, 0, unused, unused);
}

static void
refuse_families(struct filter *f, bool netlink, bool internet)
{
	for (int family = 0; family < AF_MAX; family++) {
		bool has = family == AF_UNIX ||
		    (netlink && family == AF_NETLINK) || (internet &&
		    (family == AF_INET || family == AF_INET6));

		if (!has)
			add_if(f, REFUSE(EAFNOSUPPORT), "socket",
			    WHEN(0, family));
	}
}

/* What depends on an argument. */
static void
refuse_some(struct filter *f, enum guard_role role)
{
	const struct guard_calls *c = guard_calls(role);

	refuse_families(f, true, c->internet);
	add(f, REFUSE(EAFNOSUPPORT), "socket", 2, WHEN(0, AF_NETLINK),
	    UNLESS(2, c->netlink));
	add_if(f, REFUSE(EPERM), "clone", WHEN_NONE(0, CLONE_THREAD));
	add_if(f, REFUSE(EPERM), "kill", UNLESS(1, SIGKILL));
	add_if(f, REFUSE(EPERM), "tgkill", UNLESS(0, getpid()));
	add_if(f, REFUSE(EPERM), "ioctl", WHEN(1, TIOCSTI));
	add_if(f, REFUSE(EPERM), "ioctl", WHEN(1, TIOCLINUX));
	if (role == GUARD_KIOSK || role == GUARD_UPLINK)
		return;
	add_if(f, REFUSE(EACCES), "open", WHEN_ALL(1, O_CREAT));
	add_if(f, REFUSE(EACCES), "open", WHEN_ALL(1, O_TMPFILE));
	add_if(f, REFUSE(EACCES), "openat", WHEN_ALL(2, O_CREAT));
	add_if(f, REFUSE(EACCES), "openat", WHEN_ALL(2, O_TMPFILE));
}

static bw_err
load_quiet(void)
{
	struct filter f = begin(SCMP_ACT_ALLOW, false);

	add_all(&f, REFUSE(ENOSYS), guard_calls_quiet());
	return finish(&f);
}

static bw_err
load_refusals(enum guard_role role)
{
	struct filter f = begin(SCMP_ACT_ALLOW, true);

	refuse_some(&f, role);
	add_all(&f, SCMP_ACT_KILL_PROCESS, guard_calls_deadly());
	return finish(&f);
}

static bw_err
load_list(enum guard_role role)
{
	const struct guard_calls *c = guard_calls(role);
	struct filter f = begin(REFUSE(ENOSYS), true);

	for (int i = 0; i < GUARD_LISTS; i++)
		add_all(&f, SCMP_ACT_ALLOW, c->list[i]);
	/* The other filters say what becomes of these. */
	add_all(&f, SCMP_ACT_ALLOW, guard_calls_deadly());
	add_all(&f, SCMP_ACT_ALLOW, guard_calls_quiet());
	/* The last step: it lets no more be loaded. */
	return finish(&f);
}

bw_err
guard_limit(int what, uint64_t most)
{
	const struct rlimit l = { most, most };

	return setrlimit((__rlimit_resource_t)what, &l) == 0 ? BW_OK :
	    BW_ERR_IO;
}

/* A crash is no reason to write a badge or a key to the disk, and another
 * process of the same user none to read this one's memory. */
bw_err
guard_memory(void)
{
	return guard_limit(RLIMIT_CORE, 0) == BW_OK &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? BW_OK : BW_ERR_IO;
}

/* What is behind a socket of packets, and what becomes of a file that is not
 * open, Landlock does not look at. */
static void
refuse_unopened(struct filter *f)
{
	add_if(f, REFUSE(ESOCKTNOSUPPORT), "socket", SCMP_CMP64(1,
	    SCMP_CMP_MASKED_EQ, SOCK_TYPE, SOCK_SEQPACKET));
	add_all(f, REFUSE(EACCES), guard_calls_unopened());
}

static bw_err
stay_local(bool voice)
{
	struct filter f;
	bw_err r;

	/* A ring makes sockets without the call that the other filter sees. */
	if ((r = load_quiet()) != BW_OK)
		return r;
	f = begin(SCMP_ACT_ALLOW, true);
	refuse_families(&f, !voice, false);
	if (voice)
		refuse_unopened(&f);
	if ((r = finish(&f)) != BW_OK)
		return r;
	return guard_memory();
}

bw_err
guard_local(void)
{
	return stay_local(false);
}

bw_err
guard_voice(void)
{
	return stay_local(true);
}

bw_err
guard_enter(enum guard_role role)
{
	bw_err r;

#ifdef BW_SANITIZE
	log_info("built with a sanitizer: any system call goes");
	return guard_memory();
#endif
	if ((r = guard_memory()) != BW_OK ||
	    (r = load_quiet()) != BW_OK ||
	    (r = load_refusals(role)) != BW_OK)
		return r;
	return load_list(role);
}
