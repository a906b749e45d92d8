// SPDX-License-Identifier: Apache-2.0
#include "base/notify.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

#define USEC_MAX ((uint64_t)1000000 * 86400)
#define TOLD_MAX 240

/* One a process, as its standard error is. */
static struct sockaddr_un manager;
static socklen_t manager_len;	/* 0: nobody listens */
static int manager_fd = -1;
static int64_t every_ms, due_at;	/* every_ms 0: no watchdog */
static bool is_ready;
static char told[TOLD_MAX];

/* Whoever says nothing is started again: a line that is lost costs no more. */
static void
say(const char *line)
{
	if (manager_len != 0)
		(void)sendto(manager_fd, line, strlen(line),
		    MSG_NOSIGNAL | MSG_DONTWAIT,
		    (const struct sockaddr *)&manager, manager_len);
}

/* A path, or a name in the abstract space behind an @. */
static void
open_socket(const char *name)
{
	size_t len = strlen(name);

	if ((name[0] != '/' && name[0] != '@') || len < 2 ||
	    len >= sizeof(manager.sun_path))
		return;
	manager_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (manager_fd == -1)
		return;
	manager.sun_family = AF_UNIX;
	memcpy(manager.sun_path, name, len);
	if (name[0] == '@')
		manager.sun_path[0] = '\0';
	manager_len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
	    len);
}

/* Half of what is allowed, as sd_watchdog_enabled(3) advises. */
static void
open_watchdog(const char *usec, const char *pid)
{
	uint64_t n, whose;

	if (usec == NULL || text_number(usec, strlen(usec), USEC_MAX, &n) !=
	    BW_OK)
		return;
	if (pid != NULL && (text_number(pid, strlen(pid), INT32_MAX, &whose) !=
	    BW_OK || (pid_t)whose != getpid()))
		return;
	every_ms = (int64_t)(n / 2000);
}

void
notify_open(void)
{
	const char *name = getenv("NOTIFY_SOCKET");

	if (name != NULL)
		open_socket(name);
	if (manager_len != 0)
		open_watchdog(getenv("WATCHDOG_USEC"), getenv("WATCHDOG_PID"));
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
}

void
notify_ready(void)
{
	if (!is_ready)
		say("READY=1");
	is_ready = true;
}

void
notify_status(const char *fmt, ...)
{
	char line[TOLD_MAX] = "STATUS=";
	const size_t n = strlen(line);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line + n, sizeof(line) - n, fmt, ap);
	va_end(ap);
	line[strcspn(line, "\n")] = '\0';	/* what follows is not ours */
	if (strcmp(line, told) == 0)
		return;
	memcpy(told, line, sizeof(told));
	say(line);
}

void
notify_alive(void)
{
	int64_t now = clock_mono_ms();

	if (every_ms == 0 || now < due_at)
		return;
	due_at = now + every_ms;
	say("WATCHDOG=1");
}

int
notify_due_ms(void)
{
	int64_t left = due_at - clock_mono_ms();

	if (every_ms == 0)
		return -1;
	return left > 0 ? (int)left : 0;
}
