// SPDX-License-Identifier: Apache-2.0
#include "base/watch.h"

#include <sys/inotify.h>

#include <unistd.h>

bw_err
watch_open(const char *dir, int *fd)
{
	*fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (*fd == -1)
		return BW_ERR_IO;
	if (inotify_add_watch(*fd, dir, IN_MOVED_TO | IN_ONLYDIR) != -1)
		return BW_OK;
	close(*fd);
	*fd = -1;
	return BW_ERR_IO;
}

bool
watch_drain(int fd)
{
	char buf[4096];
	bool any = false;

	while (read(fd, buf, sizeof(buf)) > 0)
		any = true;
	return any;
}
