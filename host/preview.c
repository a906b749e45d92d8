// SPDX-License-Identifier: Apache-2.0
#include "host/preview.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/preview_run.h"
#include "record/crypto.h"

#define KEPT 32
#define SIDE_MIN 320
#define SIDE_MAX 4096
#define ARGS 12

struct kept {
	uint8_t key[CRYPTO_HASH];
	uint64_t used;			/* 0: free */
	struct bw_buf set;
};

struct previewer {
	char program[FILE_PATH_MAX];
	pthread_mutex_t lock;		/* of what follows */
	uint64_t uses;
	struct kept kept[KEPT];
};

struct words {
	char size[24];
	char *argv[ARGS];
};

static bw_err
find_program(char out[static FILE_PATH_MAX])
{
	char self[FILE_PATH_MAX] = { 0 };
	char *slash;

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) == -1 ||
	    (slash = strrchr(self, '/')) == NULL)
		return BW_ERR_IO;
	*slash = '\0';
	return file_path(out, self, "badgeward-preview");
}

bw_err
preview_open(struct previewer **out, const char *program)
{
	struct previewer *p = calloc(1, sizeof(*p));
	bw_err r = BW_OK;

	*out = NULL;
	if (p == NULL)
		return BW_ERR_NOMEM;
	if (program == NULL)
		r = find_program(p->program);
	else if (snprintf(p->program, sizeof(p->program), "%s", program) >=
	    FILE_PATH_MAX)
		r = BW_ERR_BOUND;
	if (r == BW_OK && pthread_mutex_init(&p->lock, NULL) != 0)
		r = BW_ERR_NOMEM;
	if (r != BW_OK) {
		free(p);
		return r;
	}
	for (size_t i = 0; i < KEPT; i++)
		p->kept[i].set = BW_BUF_INIT(PREVIEW_MAX);
	*out = p;
	return BW_OK;
}

void
preview_close(struct previewer **p)
{
	if (*p == NULL)
		return;
	for (size_t i = 0; i < KEPT; i++)
		bw_buf_free(&(*p)->kept[i].set);
	pthread_mutex_destroy(&(*p)->lock);
	free(*p);
	*p = NULL;
}

bool
preview_size(const char *s, struct preview_want *w)
{
	char rest;

	return sscanf(s, "%4dx%4d%c", &w->w, &w->h, &rest) == 2 &&
	    w->w >= SIDE_MIN && w->w <= SIDE_MAX && w->h >= SIDE_MIN &&
	    w->h <= SIDE_MAX;
}

static char *
word(const char *s)
{
	union { const char *in; char *out; } u = { s };

	return u.out;		/* as execve(2) wants them */
}

static void
compose(const struct previewer *p, const struct preview_want *w,
    struct words *out)
{
	size_t n = 0;

	snprintf(out->size, sizeof(out->size), "%dx%d", w->w, w->h);
	out->argv[n++] = word(p->program);
	out->argv[n++] = word("--size");
	out->argv[n++] = out->size;
	if (w->lang[0] != '\0') {
		out->argv[n++] = word("--lang");
		out->argv[n++] = word(w->lang);
	}
	if (w->idle)
		out->argv[n++] = word("--idle");
	if (w->large)
		out->argv[n++] = word("--large");
	if (w->contrast)
		out->argv[n++] = word("--contrast");
	if (w->mute)
		out->argv[n++] = word("--no-voice");
	out->argv[n] = NULL;
}

/* Of the part and of all that it is drawn with. */
static bw_err
key_of(const struct words *words, const void *part, size_t len,
    uint8_t key[static CRYPTO_HASH])
{
	struct bw_part parts[2 * ARGS + 1];
	size_t n = 0;

	for (size_t i = 1; words->argv[i] != NULL; i++)
		parts[n++] = (struct bw_part){ words->argv[i],
			strlen(words->argv[i]) + 1 };
	parts[n++] = (struct bw_part){ "", 1 };
	parts[n++] = (struct bw_part){ part, len };
	return crypto_sha256(parts, n, key);
}

static bool
look_up(struct previewer *p, const uint8_t key[static CRYPTO_HASH],
    struct bw_buf *set, bw_err *r)
{
	bool found = false;

	pthread_mutex_lock(&p->lock);
	for (size_t i = 0; i < KEPT && !found; i++) {
		struct kept *k = &p->kept[i];

		if (k->used == 0 || memcmp(k->key, key, CRYPTO_HASH) != 0)
			continue;
		k->used = ++p->uses;
		*r = bw_buf_put(set, k->set.ptr, k->set.len);
		found = true;
	}
	pthread_mutex_unlock(&p->lock);
	return found;
}

/* In the place of what was not asked for the longest. */
static void
keep(struct previewer *p, const uint8_t key[static CRYPTO_HASH],
    const struct bw_buf *set)
{
	struct kept *k = &p->kept[0];

	pthread_mutex_lock(&p->lock);
	for (size_t i = 1; i < KEPT; i++)
		if (p->kept[i].used < k->used)
			k = &p->kept[i];
	bw_buf_free(&k->set);
	k->used = 0;
	if (bw_buf_put(&k->set, set->ptr, set->len) == BW_OK) {
		memcpy(k->key, key, CRYPTO_HASH);
		k->used = ++p->uses;
	}
	pthread_mutex_unlock(&p->lock);
}

/* One PNG off the front: its chunks up to IEND. */
static bw_err
take_png(struct bw_cur *c, struct bw_buf *out)
{
	static const uint8_t magic[] = "\x89PNG\r\n\x1a\n";
	const uint8_t *start = c->ptr, *skip;
	uint8_t kind[4] = { 0 };
	uint32_t n;
	bw_err r;

	if ((r = bw_cur_take(c, 8, &skip)) != BW_OK)
		return r;
	if (memcmp(skip, magic, 8) != 0)
		return BW_ERR_FORMAT;
	while (memcmp(kind, "IEND", 4) != 0)
		if ((r = bw_cur_be32(c, &n)) != BW_OK ||
		    (r = bw_cur_copy(c, kind, 4)) != BW_OK ||
		    (r = bw_cur_take(c, (size_t)n + 4, &skip)) != BW_OK)
			return r;
	return bw_buf_put(out, start, (size_t)(c->ptr - start));
}

static bw_err
split(const struct bw_buf *set, struct preview *out)
{
	struct bw_cur c = { set->ptr, set->len };
	bw_err r = BW_OK;

	while (r == BW_OK && c.len > 0) {
		if (out->n == PREVIEW_PAGES)
			return BW_ERR_BOUND;
		out->page[out->n] = BW_BUF_INIT(PREVIEW_MAX);
		r = take_png(&c, &out->page[out->n++]);
	}
	return r == BW_OK && out->n == 0 ? BW_ERR_FORMAT : r;
}

bw_err
preview_draw(struct previewer *p, const void *part, size_t len,
    const struct preview_want *want, struct preview *out)
{
	struct bw_buf set = BW_BUF_INIT(PREVIEW_MAX);
	uint8_t key[CRYPTO_HASH];
	struct words words;
	bw_err r;

	memset(out, 0, sizeof(*out));
	compose(p, want, &words);
	if ((r = key_of(&words, part, len, key)) != BW_OK)
		goto out;
	if (!look_up(p, key, &set, &r)) {
		r = preview_run(words.argv, part, len, PREVIEW_MS, &set);
		if (r == BW_OK)
			keep(p, key, &set);
	}
	if (r == BW_OK)
		r = split(&set, out);
out:
	bw_buf_free(&set);
	return r;
}

void
preview_free(struct preview *pages)
{
	for (size_t i = 0; i < pages->n; i++)
		bw_buf_free(&pages->page[i]);
	pages->n = 0;
}
