// SPDX-License-Identifier: Apache-2.0
/*
 * values_stay - what the drawing keeps of values that were on the screen.
 *
 * Starts itself once more; that child draws them, then another screen, and
 * this process looks through the child's memory after each: for the letters as
 * numbers of 1, 2 and 4 bytes at any distance from each other (text, wide text,
 * and the shaping engine's tables of letters and glyphs). Glyph numbers are
 * letters moved by a constant, so only differences between neighbours count.
 *
 * Exit 0 when they are there while they are shown, and nowhere afterwards.
 */
#include <sys/wait.h>

#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/ui.h"
#include "tests/support/views.h"

/* ASCII, so that letters lie in the font as they do in the alphabet; kept
 * unreadable here, since both processes have this table in memory. */
#define HIDE 0x5a
static const struct {
	enum field field;
	const char *hidden;	/* each letter ^ HIDE */
} secrets[] = {
	{ FIELD_NAME, "\x0d\x33\x36\x3c\x28\x3f\x3e\x0b\x2c\x3b\x29\x2e" },
	{ FIELD_EMAIL, "\x2b\x30\x2c\x22\x20\x23\x2d\x2f\x31\x32\x35\x37" },
};
#define SECRETS (sizeof(secrets) / sizeof(secrets[0]))
#define LETTERS 12
/* So many neighbours in a row are no accident. */
#define RUN 7
/* Before each value, so that no later text is as long and hides it. */
#define FILLER 130

static void
reveal(size_t i, char out[static LETTERS + 1])
{
	for (size_t k = 0; k < LETTERS; k++)
		out[k] = (char)(secrets[i].hidden[k] ^ HIDE);
	out[LETTERS] = '\0';
}

static void __attribute__((noinline))
burn_stack(void)
{
	char burn[256 * 1024];

	explicit_bzero(burn, sizeof(burn));
}

static void
tell(const char *word)
{
	char c;

	if (write(STDOUT_FILENO, word, 1) != 1 ||
	    read(STDIN_FILENO, &c, 1) != 1)
		exit(3);
}

static void
draw(struct ui *u, struct views *s, const char *name)
{
	for (int i = 0; i < VIEWS_COUNT; i++) {
		if (strcmp(views_name(i), name) != 0)
			continue;
		views_make(s, i, "en");
		for (size_t k = 0; s->view.state == STATE_SHARED &&
		    k < SECRETS; k++) {
			char *v = s->values.v[secrets[k].field];

			memset(v, 'm', FILLER);
			reveal(k, v + FILLER);
		}
		if (ui_draw(u, &s->view) != BW_OK)
			exit(3);
		explicit_bzero(&s->values, sizeof(s->values));
	}
}

static int
child(void)
{
	static struct views s;
	struct ui *u;

	mallopt(M_PERTURB, 0xa5);
	if (ui_open(&u, 1024, 600, 0) != BW_OK)
		return 3;
	draw(u, &s, "idle");
	draw(u, &s, "shared");
	tell("shown");
	draw(u, &s, "idle");
	burn_stack();
	tell("gone");
	ui_close(&u);
	return 0;
}

static int64_t
number(const uint8_t *p, int size)
{
	uint16_t h;
	uint32_t w;

	if (size == 1)
		return *p;
	if (size == 2) {
		memcpy(&h, p, sizeof(h));
		return h;
	}
	memcpy(&w, p, sizeof(w));
	return w;
}

/* Neighbours at this place, in numbers of a size so far apart, whose
 * differences are those of the letters from the k-th on. */
static bool
is_there(const uint8_t *p, int size, int stride, const char *s)
{
	for (int i = 1; i < RUN; i++)
		if (number(p + i * stride, size) -
		    number(p + (i - 1) * stride, size) != s[i] - s[i - 1])
			return false;
	return true;
}

static bool
scan_as(const uint8_t *p, size_t n, const char *s, int size, int stride)
{
	for (size_t at = 0; at + (size_t)(RUN * stride) < n;
	     at += (size_t)size)
		if (is_there(p + at, size, stride, s) ||
		    is_there(p + at, size, stride, s + LETTERS - RUN))
			return true;
	return false;
}

static bool
scan(const uint8_t *p, size_t n, const char *s, const char *where)
{
	static const struct { int size, stride; } forms[] = { { 1, 1 },
		{ 2, 2 }, { 4, 4 }, { 4, 8 }, { 4, 12 }, { 4, 16 }, { 4, 20 },
		{ 4, 24 }, { 4, 28 }, { 4, 32 } };
	bool found = false;

	for (size_t k = 0; k < sizeof(forms) / sizeof(forms[0]); k++) {
		if (!scan_as(p, n, s, forms[k].size, forms[k].stride))
			continue;
		found = true;
		fprintf(stderr, "%s: numbers of %d bytes, %d apart\n", where,
		    forms[k].size, forms[k].stride);
	}
	return found;
}

/* How many of the secrets are somewhere in the memory of a process. */
static int
search(pid_t pid)
{
	char path[64], line[512], s[LETTERS + 1], mode[8];
	bool found[SECRETS] = { false };
	FILE *maps;
	int mem, n = 0;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	mem = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	if (mem == -1 || (maps = fopen(path, "re")) == NULL) {
		perror(path);
		exit(3);
	}
	while (fgets(line, sizeof(line), maps) != NULL) {
		uintmax_t from, to;
		uint8_t *copy;
		ssize_t got;

		/* What cannot be written is code and files. */
		if (sscanf(line, "%jx-%jx %7s", &from, &to, mode) != 3 ||
		    mode[1] != 'w')
			continue;
		line[strcspn(line, "\n")] = '\0';
		copy = malloc(to - from);
		got = pread(mem, copy, to - from, (off_t)from);
		for (size_t i = 0; i < SECRETS && got > 0; i++) {
			reveal(i, s);
			found[i] |= scan(copy, (size_t)got, s, line);
		}
		free(copy);
	}
	fclose(maps);
	close(mem);
	for (size_t i = 0; i < SECRETS; i++)
		n += found[i];
	return n;
}

static char
hear(int fd)
{
	char c = '\0';

	return read(fd, &c, 1) == 1 ? c : '\0';
}

int
main(int argc, char **argv)
{
	char *const again[] = { argv[0], (char[]){ "child" }, NULL };
	char *const env[] = {
		(char[]){ "GLIBC_TUNABLES=glibc.malloc.tcache_count=0" },
		(char[]){ "G_SLICE=always-malloc" }, NULL };
	posix_spawn_file_actions_t files;
	int in[2], out[2], shown, gone, status;
	pid_t pid;

	if (argc > 1)
		return child();
	if (pipe2(in, O_CLOEXEC) == -1 || pipe2(out, O_CLOEXEC) == -1 ||
	    posix_spawn_file_actions_init(&files) != 0 ||
	    posix_spawn_file_actions_adddup2(&files, in[0], 0) != 0 ||
	    posix_spawn_file_actions_adddup2(&files, out[1], 1) != 0 ||
	    posix_spawn(&pid, "/proc/self/exe", &files, NULL, again, env) != 0)
		return 3;
	close(out[1]);
	if (hear(out[0]) != 's')
		return 3;
	fprintf(stderr, "while they are shown:\n");
	shown = search(pid);
	if (write(in[1], "x", 1) != 1 || hear(out[0]) != 'g')
		return 3;
	fprintf(stderr, "afterwards:\n");
	gone = search(pid);
	close(in[1]);
	waitpid(pid, &status, 0);
	fprintf(stderr, "%d of %zu values are in memory while they are shown, "
	    "%d afterwards\n", shown, SECRETS, gone);
	return shown == (int)SECRETS && gone == 0 ? 0 : 1;
}
