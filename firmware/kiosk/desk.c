// SPDX-License-Identifier: Apache-2.0
#include "kiosk/desk.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static int
connect_to(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(a.sun_path))
		return -1;
	memcpy(a.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd != -1 && connect(fd, (struct sockaddr *)&a, sizeof(a)) == -1) {
		close(fd);
		fd = -1;
	}
	return fd;
}

void
desk_key(char letter)
{
	const char *path = getenv("BADGEWARD_SIM");
	const char *tag = getenv("BADGEWARD_SIM_TAG");
	char line[128];
	int fd, n;

	if (path == NULL || tag == NULL || (letter != 'p' && letter != 'r'))
		return;
	n = snprintf(line, sizeof(line), "tag %s %s\n",
	    letter == 'p' ? "present" : "remove", tag);
	if ((fd = connect_to(path)) == -1 || n >= (int)sizeof(line) ||
	    send(fd, line, (size_t)n, MSG_NOSIGNAL) != n)
		log_warn("the simulator does not listen on %s", path);
	if (fd != -1)
		close(fd);
}
