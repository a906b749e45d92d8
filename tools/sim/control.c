// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tools/sim/sim.h"

void
control_init(struct control *c)
{
	*c = (struct control){ .fd = -1 };
	for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
		c->client[i].fd = -1;
		c->client[i].out = BW_BUF_INIT(4 * CONTROL_ANSWER);
	}
}

static bw_err
address(const char *path, struct sockaddr_un *to)
{
	*to = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (path[0] == 0 || strlen(path) >= sizeof(to->sun_path))
		return BW_ERR_BOUND;
	strcpy(to->sun_path, path);
	return BW_OK;
}

static bw_err
dial(const char *path, int *fd)
{
	struct sockaddr_un to;
	bw_err r;

	*fd = -1;
	if ((r = address(path, &to)) != BW_OK)
		return r;
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*fd < 0)
		return BW_ERR_IO;
	if (connect(*fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return BW_OK;
	close(*fd);
	*fd = -1;
	return BW_ERR_GONE;
}

/* Make way: a socket that nobody serves any more is removed. */
static bw_err
clear_path(const char *path)
{
	struct stat st;
	int fd;

	if (lstat(path, &st) != 0)
		return errno == ENOENT ? BW_OK : BW_ERR_IO;
	if (!S_ISSOCK(st.st_mode))
		return BW_ERR_EXISTS;
	if (dial(path, &fd) == BW_OK) {
		close(fd);
		return BW_ERR_BUSY;
	}
	return unlink(path) == 0 ? BW_OK : BW_ERR_IO;
}

bw_err
control_open(struct control *c, const char *path)
{
	struct sockaddr_un at;
	mode_t mask;
	bw_err r;

	if ((r = address(path, &at)) != BW_OK ||
	    (r = clear_path(path)) != BW_OK)
		return r;
	c->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0)
		return BW_ERR_IO;
	mask = umask(0177);
	r = bind(c->fd, (struct sockaddr *)&at, sizeof(at)) == 0 ? BW_OK :
	    BW_ERR_IO;
	umask(mask);
	if (r == BW_OK)
		strcpy(c->path, path);
	if (r == BW_OK && listen(c->fd, CONTROL_CLIENTS) != 0)
		r = BW_ERR_IO;
	if (r != BW_OK)
		control_close(c);
	return r;
}

static void
drop(struct control_client *cl)
{
	if (cl->fd >= 0)
		close(cl->fd);
	cl->fd = -1;
	cl->have = 0;
	cl->waiting.what = WAIT_NOTHING;
	bw_buf_free(&cl->out);
}

void
control_close(struct control *c)
{
	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		drop(&c->client[i]);
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	if (c->path[0] != 0)
		unlink(c->path);
	c->path[0] = 0;
}

size_t
control_poll(const struct control *c, struct pollfd *fds)
{
	fds[0] = (struct pollfd){ .fd = c->fd, .events = POLLIN };
	for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
		const struct control_client *cl = &c->client[i];
		short events = cl->out.len > 0 ? POLLOUT : 0;

		/* One command at a time: the next is read after the answer. */
		if (cl->out.len == 0 && cl->waiting.what == WAIT_NOTHING)
			events = POLLIN;
		fds[i + 1] = (struct pollfd){ .fd = cl->fd, .events = events };
	}
	return CONTROL_CLIENTS + 1;
}

static void
take_client(struct control *c)
{
	int fd = accept4(c->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
		if (c->client[i].fd >= 0)
			continue;
		c->client[i].fd = fd;
		return;
	}
	close(fd);
}

/* Send what the client takes now; the rest when poll says so. */
static void
flush(struct control_client *cl)
{
	ssize_t n;

	if (cl->fd < 0 || cl->out.len == 0)
		return;
	n = send(cl->fd, cl->out.ptr, cl->out.len, MSG_NOSIGNAL);
	if (n < 0 && errno != EAGAIN && errno != EINTR) {
		drop(cl);
		return;
	}
	if (n <= 0)
		return;
	cl->out.len -= (size_t)n;
	memmove(cl->out.ptr, cl->out.ptr + n, cl->out.len);
}

static void
answer(struct control_client *cl, const char *text)
{
	cl->waiting.what = WAIT_NOTHING;
	if (bw_buf_put_str(&cl->out, text) != BW_OK)
		drop(cl);
	flush(cl);
}

/* Do the whole lines that have come, until one has to wait or its answer is
 * not taken. */
static void
do_lines(struct sim *s, struct control_client *cl)
{
	char *end;

	while (cl->fd >= 0 && cl->out.len == 0 &&
	    cl->waiting.what == WAIT_NOTHING &&
	    (end = memchr(cl->line, '\n', cl->have)) != NULL) {
		size_t len = (size_t)(end - cl->line);
		char line[CONTROL_LINE];

		memcpy(line, cl->line, len);
		line[len > 0 && line[len - 1] == '\r' ? len - 1 : len] = 0;
		cl->have -= len + 1;
		memmove(cl->line, end + 1, cl->have);
		control_line(s, line, &cl->out, &cl->waiting);
		flush(cl);
	}
	if (cl->have == sizeof(cl->line) &&
	    memchr(cl->line, '\n', cl->have) == NULL) {
		cl->have = 0;
		answer(cl, "err the line is longer than 1023 bytes\n");
		drop(cl);
	}
}

static void
read_client(struct sim *s, struct control_client *cl)
{
	ssize_t n;

	if (cl->have == sizeof(cl->line))
		return;
	n = recv(cl->fd, cl->line + cl->have, sizeof(cl->line) - cl->have, 0);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		drop(cl);
		return;
	}
	cl->have += (size_t)n;
	do_lines(s, cl);
}

static void
time_out(struct sim *s, struct control_client *cl)
{
	char text[80];

	if (cl->waiting.what == WAIT_NOTHING || cl->waiting.until > s->now)
		return;
	if (cl->waiting.what == WAIT_COMMAND)
		snprintf(text, sizeof(text), "err no such command in time\n");
	else
		snprintf(text, sizeof(text),
		    "err the field is still %s\n",
		    s->chip.field ? "on" : "off");
	answer(cl, text);
}

void
control_serve(struct sim *s, const struct pollfd *fds, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct control_client *cl = &s->control.client[i - 1];

		if (cl->fd < 0 || cl->fd != fds[i].fd)
			continue;
		if ((fds[i].revents & POLLOUT) != 0)
			flush(cl);
		if ((fds[i].revents & POLLIN) != 0)
			read_client(s, cl);
		else if ((fds[i].revents & (POLLHUP | POLLERR)) != 0)
			drop(cl);
		time_out(s, cl);
		do_lines(s, cl);
	}
	if (n > 0 && (fds[0].revents & POLLIN) != 0)
		take_client(&s->control);
}

int64_t
control_due(const struct control *c)
{
	int64_t due = INT64_MAX;

	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		if (c->client[i].waiting.what != WAIT_NOTHING &&
		    c->client[i].waiting.until < due)
			due = c->client[i].waiting.until;
	return due;
}

void
control_field(struct control *c, bool on)
{
	enum control_wait what = on ? WAIT_FIELD_ON : WAIT_FIELD_OFF;

	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		if (c->client[i].waiting.what == what)
			answer(&c->client[i], on ? "ok on\n" : "ok off\n");
}

void
control_command(struct control *c, uint8_t code)
{
	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		if (c->client[i].waiting.what == WAIT_COMMAND &&
		    c->client[i].waiting.code == code)
			answer(&c->client[i], "ok\n");
}

static bw_err
send_line(int fd, const char *line)
{
	size_t len = strlen(line);

	if (send(fd, line, len, MSG_NOSIGNAL) != (ssize_t)len ||
	    send(fd, "\n", 1, MSG_NOSIGNAL) != 1)
		return BW_ERR_IO;
	return BW_OK;
}

bw_err
control_ask(const char *path, const char *line, struct bw_buf *out)
{
	char got[512];
	ssize_t n;
	bw_err r;
	int fd;

	if (strlen(line) >= CONTROL_LINE - 1)
		return BW_ERR_BOUND;
	if ((r = dial(path, &fd)) != BW_OK)
		return r;
	r = send_line(fd, line);
	while (r == BW_OK) {
		if ((n = recv(fd, got, sizeof(got), 0)) <= 0)
			r = BW_ERR_GONE;
		else
			r = bw_buf_put(out, got, (size_t)n);
		if (r == BW_OK && out->ptr[out->len - 1] == '\n')
			break;
	}
	close(fd);
	return r;
}
