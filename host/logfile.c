// SPDX-License-Identifier: Apache-2.0
#include "host/logfile.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/upload.h"

/* An item is [entry, body] or the note: with their heads it is below this. */
#define ITEM_MAX (ENTRY_MAX + BODY_MAX + NOTE_MAX + 64)
#define WINDOW (ITEM_MAX * 32)
#define PROGRESS_STEP (1u << 20)	/* bytes */

struct window {
	int fd;
	bool end;			/* nothing follows in the file */
	size_t at, len;			/* what is left: buf[at..len) */
	uint64_t bytes;			/* read so far */
	uint8_t buf[WINDOW];
};

struct walk {
	struct window *w;
	const char *origin;
	const uint8_t *spki;
	const struct logfile_watch *watch;
	struct logfile_report *out;
	struct fault *f;
	struct chain chain;
	uint64_t told;			/* bytes at the last progress */
};

/* Have a whole item in the window, or all that the file still has. */
static bw_err
refill(struct window *w)
{
	if (w->end || w->len - w->at >= ITEM_MAX)
		return BW_OK;
	memmove(w->buf, w->buf + w->at, w->len - w->at);
	w->len -= w->at;
	w->at = 0;
	while (w->len < WINDOW) {
		ssize_t n = read(w->fd, w->buf + w->len, WINDOW - w->len);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return BW_ERR_IO;
		if (n == 0) {
			w->end = true;
			break;
		}
		w->len += (size_t)n;
		w->bytes += (uint64_t)n;
	}
	return BW_OK;
}

static bw_err
wrong_entry(struct walk *k, bw_err r, const char *why)
{
	fault_set(k->f, 0, "entry %" PRIu64 " is wrong: %s",
	    k->chain.tree.size, why != NULL ? why : bw_strerror(r));
	return r;
}

static bw_err
take_entry(struct walk *k, const struct upload_item *item)
{
	struct entry e;
	struct body body;
	const char *why = NULL;
	bw_err r;

	r = chain_add(&k->chain, item->entry, item->entry_len, item->body,
	    item->body_len, &e, &body, &why);
	if (r != BW_OK)
		return wrong_entry(k, r, why);
	if (k->out->entries++ == 0)
		k->out->first = e.time;
	k->out->last = e.time;
	k->out->kinds[e.kind]++;
	k->out->deleted += item->body == NULL;
	if (k->watch->entry == NULL)
		return BW_OK;
	return k->watch->entry(k->watch->arg, &e, k->chain.last,
	    item->body != NULL ? &body : NULL);
}

bw_err
logfile_checkpoint(const char *note, size_t len, const char *origin,
    const uint8_t spki[static CRYPTO_SPKI], struct checkpoint *out,
    struct fault *f)
{
	bw_err r;

	if ((r = checkpoint_peek(note, len, out)) != BW_OK) {
		fault_set(f, 0, "the checkpoint breaks its format");
		return r;
	}
	if (strcmp(out->origin, origin) != 0) {
		fault_set(f, 0, "the checkpoint is of %s, the key of %s",
		    out->origin, origin);
		return BW_ERR_SIG;
	}
	r = checkpoint_verify(note, len, spki, origin, out);
	if (r != BW_OK)
		fault_set(f, 0, "the checkpoint is not signed by this key");
	return r;
}

/* The signature, then that it is over these very entries. */
static bw_err
take_note(struct walk *k, const char *note, size_t len)
{
	struct checkpoint *c = &k->out->checkpoint;
	uint8_t root[CRYPTO_HASH];
	bw_err r;

	if ((r = logfile_checkpoint(note, len, k->origin, k->spki, c,
	    k->f)) != BW_OK)
		return r;
	if (c->size != k->chain.tree.size) {
		fault_set(k->f, 0, "the file has %" PRIu64 " entries, its "
		    "checkpoint is over %" PRIu64, k->chain.tree.size,
		    c->size);
		return BW_ERR_ROOT;
	}
	if ((r = tree_root(&k->chain.tree, root)) != BW_OK)
		return r;
	if (memcmp(root, c->root, CRYPTO_HASH) != 0) {
		fault_set(k->f, 0, "the checkpoint is over other entries: the "
		    "log was rewritten after it was signed");
		return BW_ERR_ROOT;
	}
	return BW_OK;
}

static void
progress(struct walk *k)
{
	if (k->watch->progress == NULL ||
	    k->w->bytes - k->told < PROGRESS_STEP)
		return;
	k->told = k->w->bytes;
	k->watch->progress(k->watch->arg, k->w->bytes);
}

/* One item; *done at the note, which must be the last. */
static bw_err
step(struct walk *k, bool *done)
{
	struct window *w = k->w;
	struct upload_item item;
	struct bw_cur c;
	const char *note;
	size_t note_len;
	bw_err r;

	if ((r = refill(w)) != BW_OK)
		return r;
	if (w->at == w->len) {
		fault_set(k->f, 0, "the file ends after %" PRIu64 " entries "
		    "without a signed checkpoint", k->chain.tree.size);
		return BW_ERR_FORMAT;
	}
	c = (struct bw_cur){ w->buf + w->at, w->len - w->at };
	r = upload_next(&c, &item, &note, &note_len);
	if (r != BW_OK && w->buf[w->at] >> 5 == 3) {
		fault_set(k->f, 0, "the checkpoint's encoding is broken or "
		    "cut short, or bytes follow it");
		return r;
	}
	if (r != BW_OK)
		return wrong_entry(k, r, "its encoding is broken or cut "
		    "short");
	w->at = w->len - c.len;
	progress(k);
	*done = note != NULL;
	return *done ? take_note(k, note, note_len) : take_entry(k, &item);
}

bw_err
logfile_verify(int fd, const char *origin,
    const uint8_t spki[static CRYPTO_SPKI], const struct logfile_watch *watch,
    struct logfile_report *out, struct fault *f)
{
	struct window *w = calloc(1, sizeof(*w));
	struct walk k = { .w = w, .origin = origin, .spki = spki,
	    .watch = watch, .out = out, .f = f };
	bool done = false;
	bw_err r = BW_OK;

	memset(out, 0, sizeof(*out));
	if (w == NULL)
		return BW_ERR_NOMEM;
	w->fd = fd;
	while (r == BW_OK && !done)
		r = step(&k, &done);
	if (r == BW_OK && (r = refill(w)) == BW_OK && w->at != w->len) {
		fault_set(f, 0, "bytes follow the checkpoint");
		r = BW_ERR_FORMAT;
	}
	if (r != BW_OK && r != BW_ERR_IO && r != BW_ERR_NOMEM)
		fault_set(f, 0, "%s", bw_strerror(r));
	free(w);
	return r;
}
