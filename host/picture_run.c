// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/program.h"
#include "host/picture.h"

#define ANSWER_MAX (8 + POLICY_LOGO_W * POLICY_LOGO_H * 4)

const char *
picture_says(enum picture_why why)
{
	switch (why) {
	case PICTURE_OK:
		return "is right";
	case PICTURE_UNGUARDED:
		return "cannot be decoded safely: badgeward-picture does not "
		    "start, or the kernel refuses to confine it";
	case PICTURE_KIND:
		return "is no PNG and no SVG file; other pictures can be "
		    "converted";
	case PICTURE_PNG_SIZE:
		return "must be 8 to 2048 pixels wide and high";
	case PICTURE_PNG_DAMAGED:
		return "is a damaged PNG file";
	case PICTURE_NARROW:
		return "is too narrow for its length";
	case PICTURE_NOTHING:
		return "shows nothing";
	case PICTURE_NOMEM:
		return "finds no memory";
	case PICTURE_SVG_LONG:
		return "is an SVG file over 64 KiB; a PNG can be larger";
	case PICTURE_SVG_PACKED:
		return "is a compressed SVG file; save it as plain SVG";
	case PICTURE_SVG_OUTSIDE:
		return "refers to what is not in its SVG: a picture, a link or "
		    "a style sheet; save it as plain SVG without these";
	case PICTURE_SVG_ENTITY:
		return "declares XML entities; save it as plain SVG";
	case PICTURE_SVG_DAMAGED:
		return "is an SVG file that cannot be drawn";
	case PICTURE_SVG_SIZE:
		return "says neither how wide and high it is nor a viewBox";
	case PICTURE_SVG_TEXT:
		return "has text, and this kernel has no Landlock to let fonts "
		    "alone be read; turn the text into paths";
	case PICTURE_ENDED:
		break;
	}
	return "takes too much time or memory to be drawn";
}

bw_err
picture_take(const struct bw_buf *answer, struct policy_logo *logo)
{
	struct bw_cur c = { answer->ptr, answer->len };
	struct bw_buf rgba = BW_BUF_INIT(POLICY_LOGO_W * POLICY_LOGO_H * 4);
	uint32_t w, h;
	bw_err r;

	if ((r = bw_cur_be32(&c, &w)) != BW_OK ||
	    (r = bw_cur_be32(&c, &h)) != BW_OK)
		return r;
	if (w < POLICY_LOGO_MIN || w > POLICY_LOGO_W || h < POLICY_LOGO_MIN ||
	    h > POLICY_LOGO_H || c.len != (size_t)w * h * 4)
		return BW_ERR_FORMAT;
	if ((r = bw_buf_put(&rgba, c.ptr, c.len)) != BW_OK)
		return r;
	bw_buf_free(&logo->rgba);
	*logo = (struct policy_logo){ w, h, rgba };
	return BW_OK;
}

static void __attribute__((noreturn))
become_decoder(int line, char *path)
{
	char name[] = "badgeward-picture", *const argv[] = { name, NULL };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null != -1 && dup2(null, STDERR_FILENO) == STDERR_FILENO &&
	    dup2(line, STDIN_FILENO) == STDIN_FILENO &&
	    dup2(line, STDOUT_FILENO) == STDOUT_FILENO &&
	    close_range(STDERR_FILENO + 1, ~0U, 0) == 0)
		execv(path, argv);
	_exit(PICTURE_UNGUARDED);
}

/* All of the file goes in before anything is read: it says nothing before it
 * has that, and may be gone by then. */
static bw_err
talk(int line, const struct bw_buf *file, struct bw_buf *answer)
{
	uint8_t some[4096];
	ssize_t n;
	size_t sent = 0;
	bw_err r = BW_OK;

	while (sent < file->len) {
		n = send(line, file->ptr + sent, file->len - sent,
		    MSG_NOSIGNAL);
		if (n == -1 && errno != EINTR)
			break;
		sent += n > 0 ? (size_t)n : 0;
	}
	(void)shutdown(line, SHUT_WR);
	while (r == BW_OK && (n = read(line, some, sizeof(some))) != 0)
		if (n > 0)
			r = bw_buf_put(answer, some, (size_t)n);
		else if (errno != EINTR)
			break;
	return r;
}

static enum picture_why
outcome(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	if (!WIFEXITED(status))
		return PICTURE_ENDED;
	status = WEXITSTATUS(status);
	return status == 0 || (status >= PICTURE_UNGUARDED &&
	    status < PICTURE_ENDED) ? (enum picture_why)status : PICTURE_ENDED;
}

enum picture_why
picture_run(const struct bw_buf *file, struct policy_logo *logo)
{
	struct bw_buf answer = BW_BUF_INIT(ANSWER_MAX);
	enum picture_why why = PICTURE_UNGUARDED;
	char path[PATH_MAX];
	int line[2];
	pid_t pid;

	if (program_path("badgeward-picture", "BADGEWARD_PICTURE", path) !=
	    BW_OK || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
	    line) == -1)
		return why;
	if ((pid = fork()) == 0)
		become_decoder(line[1], path);
	close(line[1]);
	if (pid > 0) {
		if (talk(line[0], file, &answer) != BW_OK)
			kill(pid, SIGKILL);
		if ((why = outcome(pid)) == PICTURE_OK &&
		    picture_take(&answer, logo) != BW_OK)
			why = PICTURE_ENDED;
	}
	close(line[0]);
	bw_buf_free(&answer);
	return why;
}
