// SPDX-License-Identifier: Apache-2.0
#include "guard/guard_calls.h"

#include <linux/netlink.h>
#include <stddef.h>

/* What the C library, threads, libudev, libcurl and a loop with poll need. */
static const char *const common[] = {
	/* memory */
	"brk", "madvise", "map_shadow_stack", "membarrier", "mlock", "mlock2",
	"mmap", "mprotect", "mremap", "mseal", "munlock", "munmap",
	/* descriptors and files that are there */
	"_llseek", "access", "close", "close_range", "dup", "dup2", "dup3",
	"faccessat", "faccessat2", "fadvise64", "fcntl", "fcntl64", "flock",
	"fstat", "fstat64", "fstatat64", "fstatfs", "getcwd", "getdents",
	"getdents64", "ioctl", "lseek", "lstat", "newfstatat", "open",
	"openat", "pread64", "preadv", "pwrite64", "pwritev", "read",
	"readlink", "readlinkat", "readv", "stat", "statfs", "statx",
	"umask", "write", "writev",
	/* waiting */
	"alarm", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait",
	"epoll_pwait2", "epoll_wait", "eventfd", "eventfd2",
	"inotify_add_watch", "inotify_init", "inotify_init1",
	"inotify_rm_watch", "pause", "pipe", "pipe2", "poll", "ppoll",
	"pselect6", "select", "setitimer", "timerfd_create",
	"timerfd_gettime", "timerfd_settime",
	/* time */
	"clock_getres", "clock_gettime", "clock_nanosleep", "gettimeofday",
	"nanosleep", "time", "times",
	/* threads, signals, the end; clone is for threads (guard.c) */
	"arch_prctl", "clone", "exit", "exit_group", "futex", "futex_wait",
	"futex_waitv", "futex_wake", "get_robust_list", "getcpu", "gettid",
	"prctl", "restart_syscall", "rseq", "rt_sigaction", "rt_sigpending",
	"rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait",
	"sched_getaffinity", "sched_getparam", "sched_getscheduler",
	"sched_yield", "set_robust_list", "set_tid_address", "sigaltstack",
	"tgkill",
	/* who and where one is */
	"getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp",
	"getpid", "getppid", "getrandom", "getresgid", "getresuid",
	"getrlimit", "getrusage", "getuid", "prlimit64", "sysinfo", "uname",
	/* sockets, of the families that a role has */
	"bind", "getpeername", "getsockname", "getsockopt", "recvfrom",
	"recvmmsg", "recvmsg", "sendmmsg", "sendmsg", "sendto", "setsockopt",
	"shutdown", "socket", "socketpair", NULL
};

/* Files that are made, written safely, and go; and whom one calls. */
static const char *const storage[] = {
	"chmod", "connect", "fallocate", "fchmod", "fchmodat", "fchmodat2",
	"fchown", "fdatasync", "fsync", "ftruncate", "ftruncate64", "mkdir",
	"mkdirat", "openat2", "rename", "renameat", "renameat2", "rmdir",
	"sync_file_range", "unlink", "unlinkat", "utimensat", NULL
};

/* SDL, X11 and Mesa; the reader as a child; is the clock synchronised? */
static const char *const screen[] = {
	"adjtimex", "clock_adjtime", "getpriority", "kcmp", "kill",
	"memfd_create", "msync", "sched_get_priority_max",
	"sched_get_priority_min", "sched_setscheduler", "setpriority",
	"shmat", "shmctl", "shmdt", "shmget", "signalfd4", "wait4", "waitid",
	NULL
};

/* A decoder of pictures, all of it: bytes in, bytes out. Its library makes a
 * thread for some of what it draws. */
static const char *const picture[] = {
	"brk", "clock_getres", "clock_gettime", "clone", "close", "exit",
	"exit_group", "fcntl", "fstat", "futex", "getcpu", "getcwd", "getegid",
	"geteuid", "getgid", "getpid", "getrandom", "gettid", "gettimeofday",
	"getuid", "lseek", "madvise", "map_shadow_stack", "membarrier", "mmap",
	"mprotect", "mremap", "mseal", "munmap", "newfstatat", "poll",
	"prctl", "prlimit64", "read", "restart_syscall", "rseq",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_getaffinity",
	"sched_yield", "set_robust_list", "sigaltstack", "sysinfo", "tgkill",
	"time", "uname", "write", NULL
};

/* And the letters in it: Landlock says which files. */
static const char *const letters[] = {
	"access", "faccessat", "faccessat2", "fadvise64", "fstatfs",
	"getdents64", "lstat", "open", "openat", "pread64", "readlink",
	"readlinkat", "stat", "statfs", "statx", NULL
};

static const char *const none[] = { NULL };

static const char *const deadly[] = {
	"acct", "add_key", "bpf", "chroot", "clock_settime", "delete_module",
	"execve", "execveat", "finit_module", "fsconfig", "fsmount", "fsopen",
	"fspick", "init_module", "ioperm", "iopl", "kexec_file_load",
	"kexec_load", "keyctl", "mount", "mount_setattr", "move_mount",
	"open_by_handle_at", "open_tree",
	"perf_event_open", "pidfd_getfd", "pivot_root", "process_madvise",
	"process_vm_readv", "process_vm_writev", "ptrace", "quotactl",
	"reboot", "request_key", "setdomainname", "sethostname", "setns",
	"settimeofday", "swapoff", "swapon", "syslog", "umount2", "unshare",
	"userfaultfd", "vhangup", NULL
};

/* The C library tries clone3 for each thread and then takes clone, whose
 * flags a filter can see. */
static const char *const quiet[] = {
	"clone3", "io_uring_enter", "io_uring_register", "io_uring_setup", NULL
};

static const char *const unopened[] = {
	"chmod", "chown", "chown32", "fchmodat", "fchmodat2", "fchownat",
	"file_setattr", "futimesat", "lchown", "lchown32", "lremovexattr",
	"lsetxattr", "removexattr", "removexattrat", "setxattr", "setxattrat",
	"truncate", "truncate64", "utime", "utimensat", "utimensat_time64",
	"utimes", NULL
};

static const struct guard_calls roles[] = {
	[GUARD_READER] = { { common, none, none }, NETLINK_KOBJECT_UEVENT,
	    false },
	[GUARD_KIOSK] = { { common, storage, screen }, NETLINK_KOBJECT_UEVENT,
	    false },
	[GUARD_UPLINK] = { { common, storage, none }, NETLINK_ROUTE, true },
	[GUARD_PICTURE] = { { picture, none, none }, NETLINK_ROUTE, false },
	[GUARD_LETTERS] = { { picture, letters, none }, NETLINK_ROUTE, false },
};

const struct guard_calls *
guard_calls(enum guard_role role)
{
	return &roles[role];
}

const char *const *
guard_calls_deadly(void)
{
	return deadly;
}

const char *const *
guard_calls_quiet(void)
{
	return quiet;
}

const char *const *
guard_calls_unopened(void)
{
	return unopened;
}
