// SPDX-License-Identifier: Apache-2.0
/*
 * fake_reader - stands where badgeward-reader stands; its connstring says how
 * it behaves: obey, wait, crash, die, silent, deaf, nonsense, stranger,
 * missing, linger, stuck; the last one does not end a sweep either.
 */
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "reader/ipc.h"

static const char *how;

static bool
is(const char *what)
{
	return strcmp(how, what) == 0;
}

static void
say(enum ipc_type type, uint32_t id)
{
	struct ipc_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	m.id = id;
	m.cause = READER_CAUSE_ABSENT;
	m.reason = UNREAD_REMOVED;
	m.ndef_len = 5;
	memcpy(m.ndef, "hello", 5);
	memcpy(m.uid, "\4\1\2\3\4\5\6", 7);
	if (ipc_send(IPC_FD, &m) != BW_OK && !is("linger"))
		exit(0);
}

static void
read_badge(uint32_t id)
{
	if (is("crash"))
		abort();
	if (is("nonsense"))
		(void)send(IPC_FD, "\1\377", 2, 0);
	if (is("stranger"))
		say(IPC_BADGE, id + 1);
	if (is("missing"))
		say(IPC_UNREAD, id);
	if (is("obey")) {
		say(IPC_SEEN, id);
		say(IPC_BADGE, id);
	}
}

static void
serve(void)
{
	struct pollfd p = { IPC_FD, POLLIN, 0 };
	struct ipc_msg m;
	bw_err r;

	while (poll(&p, 1, 100) >= 0) {
		if (!is("silent"))
			say(IPC_ALIVE, 0);
		while ((r = ipc_recv(IPC_FD, &m)) == BW_OK) {
			if (m.type == IPC_READ || m.type == IPC_READ_SAME)
				read_badge(m.id);
			else if (!is("deaf") && !is("obey"))
				say(IPC_CANCELLED, m.id);
		}
		if (r == BW_ERR_GONE)
			return;
	}
}

int
main(int argc, char **argv)
{
	how = argv[argc - 1];
	if (argc == 3 && is("stuck"))	/* --off */
		pause();
	if (argc != 2)
		return 2;
	if (is("die") || is("stuck"))
		return 1;
	if (is("silent")) {
		pause();
		return 0;
	}
	say(is("missing") ? IPC_MISSING : IPC_READY, 0);
	serve();
	if (is("linger"))
		for (;;)
			pause();
	return 0;
}
