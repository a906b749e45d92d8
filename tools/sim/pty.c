// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

bw_err
pty_init(struct pty *p, const char *link)
{
	*p = (struct pty){ .master = -1, .slave = -1 };
	if (strlen(link) >= sizeof(p->link) - sizeof(".new"))
		return BW_ERR_BOUND;
	if (link[0] == 0 || strchr(link, ':') != NULL)
		return BW_ERR_ARG;
	strcpy(p->link, link);
	return BW_OK;
}

/* Point the link at the terminal, in one step for those who look. */
static bw_err
make_link(const struct pty *p)
{
	char new[FILE_PATH_MAX + 8];
	struct stat st;

	if (lstat(p->link, &st) == 0 && !S_ISLNK(st.st_mode))
		return BW_ERR_EXISTS;
	snprintf(new, sizeof(new), "%s.new", p->link);
	if (unlink(new) != 0 && errno != ENOENT)
		return BW_ERR_IO;
	if (symlink(p->name, new) != 0)
		return BW_ERR_IO;
	if (rename(new, p->link) == 0)
		return BW_OK;
	unlink(new);
	return BW_ERR_IO;
}

/* Eight bits as they are, and no echo: set before anyone opens it. */
static bw_err
make_raw(int fd)
{
	struct termios t;

	if (tcgetattr(fd, &t) != 0)
		return BW_ERR_IO;
	cfmakeraw(&t);
	cfsetspeed(&t, B115200);
	return tcsetattr(fd, TCSANOW, &t) == 0 ? BW_OK : BW_ERR_IO;
}

static void
hang_up(struct pty *p)
{
	if (p->slave >= 0)
		close(p->slave);
	if (p->master >= 0)
		close(p->master);
	p->slave = p->master = -1;
}

bw_err
pty_plug(struct pty *p)
{
	bw_err r = BW_ERR_IO;

	if (p->master >= 0)
		return BW_OK;
	p->master = open("/dev/ptmx",
	    O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (p->master < 0)
		return BW_ERR_IO;
	if (grantpt(p->master) != 0 || unlockpt(p->master) != 0 ||
	    ptsname_r(p->master, p->name, sizeof(p->name)) != 0)
		goto out;
	p->slave = open(p->name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (p->slave < 0 || (r = make_raw(p->slave)) != BW_OK)
		goto out;
	r = make_link(p);
out:
	if (r != BW_OK)
		hang_up(p);
	return r;
}

void
pty_unplug(struct pty *p)
{
	char target[sizeof(p->name)] = "";

	if (p->master < 0)
		return;
	if (readlink(p->link, target, sizeof(target) - 1) > 0 &&
	    strcmp(target, p->name) == 0)
		unlink(p->link);
	hang_up(p);
}

void
pty_send(struct pty *p, const uint8_t *ptr, size_t len)
{
	if (p->master >= 0 && write(p->master, ptr, len) < 0)
		return;		/* nobody reads: lost, as on the wire */
}
