// SPDX-License-Identifier: Apache-2.0
#include "speech/kana.h"

#include <sys/mman.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

extern char **environ;

#define JA "<voice xml:lang=\"ja\">"
#define VOICE "<voice "

/* A piece of SSML: a tag, or a run of text and whether it is Japanese. */
struct piece {
	const char *ptr;
	size_t len;
	bool tag, japanese;
};

struct walk {
	const char *at;
	bool base, now;		/* the language is Japanese: around, here */
};

static bool
next(struct walk *w, struct piece *p)
{
	*p = (struct piece){ .ptr = w->at, .tag = *w->at == '<' };
	if (*w->at == '\0')
		return false;
	if (!p->tag) {
		p->len = strcspn(w->at, "<");
		p->japanese = w->now;
	} else {
		p->len = strcspn(w->at, ">");
		p->len += w->at[p->len] == '>';
		if (strncmp(w->at, VOICE, sizeof(VOICE) - 1) == 0)
			w->now = strncmp(w->at, JA, sizeof(JA) - 1) == 0;
		else if (strncmp(w->at, "</voice>", 8) == 0)
			w->now = w->base;
	}
	w->at += p->len;
	return true;
}

/* The Japanese runs, a line each. */
static bw_err
collect(struct walk w, struct bw_buf *lines)
{
	struct piece p;
	bw_err r = BW_OK;

	while (r == BW_OK && next(&w, &p))
		if (p.japanese && (r = bw_buf_put(lines, p.ptr, p.len)) ==
		    BW_OK)
			r = bw_buf_put_u8(lines, '\n');
	return r;
}

/* The pieces again, with a line of what was read in the place of each. */
static bw_err
put_back(struct walk w, const char *lines, struct bw_buf *out)
{
	struct piece p;
	bw_err r = BW_OK;

	while (r == BW_OK && next(&w, &p)) {
		size_t n = strcspn(lines, "\n");

		if (!p.japanese) {
			r = bw_buf_put(out, p.ptr, p.len);
			continue;
		}
		if (lines[n] != '\n')
			return BW_ERR_IO;
		r = bw_buf_put(out, lines, n);
		lines += n + 1;
	}
	return r;
}

static bw_err
start(pid_t *pid, int in, int out)
{
	char name[] = "kakasi", from[] = "-iutf8", to[] = "-outf8",
	    kanji[] = "-JH";
	char *const argv[] = { name, from, to, kanji, NULL };
	posix_spawn_file_actions_t fa;
	int e;

	if (posix_spawn_file_actions_init(&fa) != 0)
		return BW_ERR_NOMEM;
	if ((e = posix_spawn_file_actions_adddup2(&fa, in,
	    STDIN_FILENO)) == 0 &&
	    (e = posix_spawn_file_actions_adddup2(&fa, out,
	    STDOUT_FILENO)) == 0)
		e = posix_spawnp(pid, name, &fa, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&fa);
	return e == 0 ? BW_OK : BW_ERR_NOTFOUND;
}

static void
shut(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

/* A file in memory takes in lines of any length, a pipe does not. */
static int
laid_out(const struct bw_buf *lines)
{
	int fd = memfd_create("kana", MFD_CLOEXEC);

	if (fd != -1 && (write(fd, lines->ptr, lines->len) !=
	    (ssize_t)lines->len || lseek(fd, 0, SEEK_SET) != 0))
		shut(&fd);
	return fd;
}

static bw_err
convert(const struct bw_buf *lines, struct bw_buf *out)
{
	int in = laid_out(lines), back[2] = { -1, -1 }, status = 0;
	pid_t pid = 0;
	bw_err r = BW_ERR_IO;

	if (in == -1 || pipe2(back, O_CLOEXEC) == -1 ||
	    (r = start(&pid, in, back[1])) != BW_OK)
		goto out;
	shut(&back[1]);
	r = file_drain(back[0], out);
	shut(&back[0]);		/* who has more to say does not wait for us */
	if ((waitpid(pid, &status, 0) != pid || status != 0) && r == BW_OK)
		r = BW_ERR_IO;
out:
	shut(&in);
	shut(&back[0]);
	shut(&back[1]);
	return r;
}

bw_err
kana(const char *lang, const char *ssml, struct bw_buf *out)
{
	bool ja = strcmp(lang, "ja") == 0;
	const struct walk w = { .at = ssml, .base = ja, .now = ja };
	struct bw_buf lines = BW_BUF_INIT(out->max);
	struct bw_buf read = BW_BUF_INIT(2 * out->max);
	const char *s;
	bw_err r;

	if ((r = collect(w, &lines)) != BW_OK)
		goto out;
	if (lines.len == 0) {
		r = bw_buf_put_str(out, ssml);
		goto out;
	}
	if ((r = convert(&lines, &read)) != BW_OK ||
	    (r = bw_buf_cstr(&read, &s)) != BW_OK)
		goto out;
	r = put_back(w, s, out);
out:
	bw_buf_free(&lines);
	bw_buf_free(&read);
	return r;
}
