// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "guard/guard.h"
#include "host/bounce.h"
#include "host/hostclock.h"
#include "host/hostdir.h"

#define MEMORY ((uint64_t)512 * 1024 * 1024)
#define CPU_S 10

/* Nothing but memory and the pipe: whoever wrote the message may have written
 * it for a fault of the parser. */
static bw_err
confine(void)
{
	bw_err r = BW_OK;

#if !defined(BW_SANITIZE) && !defined(BW_FUZZ)
	r = guard_limit(RLIMIT_AS, MEMORY);
#endif
	if (r == BW_OK && (r = guard_limit(RLIMIT_CPU, CPU_S)) == BW_OK)
		r = guard_limit(RLIMIT_FSIZE, 0);
	return r != BW_OK ? r : guard_enter(GUARD_PICTURE);
}

static void
child(const struct bw_buf *mail, int to)
{
	struct bounce found;

	bounce_begin();
	if (confine() != BW_OK)
		_exit(1);
	if (bounce_read(mail->ptr, mail->len, &found) == BW_OK &&
	    file_pour(to, &found, sizeof(found)) != BW_OK)
		_exit(1);
	_exit(0);
}

/* Until the child is gone. */
static bool
ended_well(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* BW_ERR_NOTFOUND: nothing came back. A parser that fell has not found
 * anything either, and would fall over it again. */
static bw_err
parse(const struct bw_buf *mail, struct bounce *out)
{
	struct bw_buf b = BW_BUF_INIT(sizeof(*out));
	int fd[2];
	pid_t pid;
	bw_err r = BW_ERR_NOTFOUND;

	memset(out, 0, sizeof(*out));
	if (pipe2(fd, O_CLOEXEC) == -1)
		return BW_ERR_IO;
	if ((pid = fork()) == 0)
		child(mail, fd[1]);
	close(fd[1]);
	if (pid == -1) {
		close(fd[0]);
		return BW_ERR_IO;
	}
	if (file_drain(fd[0], &b) == BW_OK && b.len == sizeof(*out)) {
		memcpy(out, b.ptr, sizeof(*out));
		r = BW_OK;
	}
	close(fd[0]);
	if (!ended_well(pid)) {
		log_warn("a message could not be taken apart");
		r = BW_ERR_NOTFOUND;
	}
	bw_buf_free(&b);
	return r;
}

/* In the caller's transaction. BW_ERR_NOTFOUND: it is none of ours.
 * BW_ERR_BUSY: badgeward-mailer has not yet noted that it sent it. */
static bw_err
mark(struct store *s, const uint8_t key[static CRYPTO_KEY],
    const struct bounce *b)
{
	uint8_t token[MAIL_TOKEN];
	struct mail_row row;
	int64_t now;
	bw_err r;

	if ((r = mail_get(s, b->mail, &row)) != BW_OK ||
	    (r = mail_id_token(key, &row, token)) != BW_OK)
		return r;
	if (!crypto_equal(token, b->token, MAIL_TOKEN))
		return BW_ERR_NOTFOUND;
	if (row.state == MAIL_SENDING)
		return BW_ERR_BUSY;
	if (row.state != MAIL_SENT)
		return BW_OK;
	if ((r = hostclock_now(s, &now)) != BW_OK)
		return r;
	log_warn("mail %" PRIu64 " to registration %" PRIu64
	    " came back: failed", row.id, row.mail.registration);
	return mail_failed(s, row.id, MAIL_ANSWER_BOUNCED, now);
}

static bw_err
mark_in(const struct hostdir *host, const struct bounce *b)
{
	struct store *s = NULL;
	uint8_t key[CRYPTO_KEY];
	bw_err r;

	/* Without a key no mail of ours was ever sent. */
	if ((r = mail_key_read(host->path, key)) != BW_OK ||
	    (r = store_open(&s, host->db_path)) != BW_OK ||
	    (r = store_begin(s)) != BW_OK)
		goto out;
	if ((r = mark(s, key, b)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
out:
	explicit_bzero(key, sizeof(key));
	store_close(&s);
	return r;
}

bw_err
bounce_take(const char *dir, int fd, const char **why)
{
	struct bw_buf mail = BW_BUF_INIT(BOUNCE_MAX);
	struct hostdir *host = NULL;
	struct bounce found;
	bw_err r;

	if ((r = hostdir_open_keyless(&host, dir, why)) != BW_OK)
		return r;
	*why = "its store, mail.key or the message cannot be read now";
	if ((r = file_drain(fd, &mail)) == BW_ERR_BOUND) {
		log_warn("a message of more than %zu bytes is left alone",
		    BOUNCE_MAX);
		r = BW_OK;
		goto out;
	}
	if (r != BW_OK || ((r = parse(&mail, &found)) == BW_OK &&
	    (r = mark_in(host, &found)) == BW_OK))
		goto out;
	if (r == BW_ERR_NOTFOUND) {
		log_info("a message that returns none of our mails is left "
		    "alone");
		r = BW_OK;
	}
out:
	bw_buf_free(&mail);
	hostdir_close(&host);
	return r;
}
