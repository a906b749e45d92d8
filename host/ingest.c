// SPDX-License-Identifier: Apache-2.0
#include "host/ingest.h"

#include <string.h>

#include "base/log.h"
#include "host/ingest_plan.h"
#include "record/checkpoint.h"

#define ATTEMPTS 8		/* another upload or a revocation came between */

/* An upload, cut apart. */
struct upload {
	struct store *store;
	const struct ingest_in *in;
	struct ingest_out *out;
	struct store_device device;	/* as it was when last looked at */
	struct bw_cur all;		/* the whole of it */
	size_t n;			/* entries */
	const char *note;
	size_t note_len;
	struct checkpoint cp;		/* as the note says, signed */
	bool quarantined;
};

static bw_err
name_entry(struct upload *u, uint64_t seq, const char *why, bw_err r)
{
	u->out->has_entry = true;
	u->out->entry = seq;
	u->out->why = why != NULL ? why : bw_strerror(r);
	return r;
}

static bw_err
say(struct upload *u, const char *why, bw_err r)
{
	u->out->why = why;
	return r;
}

/* Count the entries and find the note behind them. */
static bw_err
cut(struct upload *u)
{
	struct bw_cur c = u->all;
	struct upload_item item;
	bw_err r;

	if (u->in->len > UPLOAD_MAX)
		return say(u, "an upload has at most 4 MiB", BW_ERR_BOUND);
	for (u->n = 0; u->note == NULL; u->n += u->note == NULL) {
		r = upload_next(&c, &item, &u->note, &u->note_len);
		if (r != BW_OK)
			return name_entry(u, u->in->from + u->n,
			    "neither an entry with its body nor the "
			    "checkpoint at the end", BW_ERR_FORMAT);
		if (u->note == NULL && u->n == UPLOAD_ENTRIES_MAX)
			return say(u, "an upload has at most 8,192 entries",
			    BW_ERR_BOUND);
	}
	return BW_OK;
}

static bw_err
check_note(struct upload *u)
{
	const struct store_device *d = u->in->device;
	bw_err r;

	if ((r = checkpoint_verify(u->note, u->note_len, d->log_spki,
	    d->origin, &u->cp)) != BW_OK)
		return say(u, "the checkpoint is not this log's, or its "
		    "signature does not verify", r);
	if (u->cp.size > STORE_SEQ_MAX)
		return say(u, "the log is too long", BW_ERR_BOUND);
	if (u->cp.size != u->in->from + u->n)
		return say(u, "the checkpoint's size is not where the "
		    "entries end", BW_ERR_ROOT);
	return BW_OK;
}

/* After revocation all is quarantined but what the host had cosigned before:
 * its own line in the note says so. */
static void
judge_revoked(struct upload *u)
{
	const struct hostdir *h = u->in->host;
	uint64_t at;

	if (u->device.state != DEVICE_REVOKED)
		return;
	u->quarantined = cosign_verify(u->note, u->note_len,
	    h->config.log_name, crypto_key_spki(h->host), &at) != BW_OK ||
	    at >= (uint64_t)u->device.revoked_at;
}

/* Inside the transaction: *revoked when that came after the last look. */
static bw_err
look_again(struct upload *u, bool *revoked)
{
	enum device_state before = u->device.state;
	bw_err r;

	*revoked = false;
	if ((r = store_device_num(u->store, u->in->device->num,
	    &u->device)) != BW_OK)
		return r;
	*revoked = u->device.state != before;
	judge_revoked(u);
	return BW_OK;
}

/* The text and the log's own line, without what others added. */
static bw_err
note_core(const struct upload *u, struct bw_buf *out)
{
	static const char dash[] = "\xe2\x80\x94 ";
	const char *at = u->note, *end = u->note + u->note_len;
	size_t name = strlen(u->cp.origin);
	bool text = true;
	bw_err r = BW_OK;

	while (at < end && r == BW_OK) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));
		size_t len = lf != NULL ? (size_t)(lf + 1 - at) :
		    (size_t)(end - at);
		bool own = len > sizeof(dash) + name &&
		    memcmp(at, dash, sizeof(dash) - 1) == 0 &&
		    memcmp(at + sizeof(dash) - 1, u->cp.origin, name) == 0 &&
		    at[sizeof(dash) - 1 + name] == ' ';

		if (text || own)
			r = bw_buf_put(out, at, len);
		text = text && len > 1;
		at += len;
	}
	return r;
}

/* The note with the host's line, ready before the lock is taken. */
static bw_err
cosign(struct upload *u)
{
	const struct hostdir *h = u->in->host;
	struct bw_buf *note = &u->out->note;
	struct bw_buf line = BW_BUF_INIT(NOTE_MAX);
	bw_err r;

	bw_buf_reset(note);
	if ((r = note_core(u, note)) == BW_OK &&
	    (r = cosign_line((const char *)note->ptr, note->len,
	    h->config.log_name, h->host, (uint64_t)u->in->now,
	    &line)) == BW_OK)
		r = bw_buf_put(note, line.ptr, line.len);
	bw_buf_free(&line);
	return r;
}

/* A walk that compares stored entries with those of the upload. */
struct compare {
	struct bw_cur c;
	bool differs;
	uint64_t seq;
};

static bw_err
compare_entry(void *arg, const struct store_entry *e)
{
	struct compare *cmp = arg;
	struct upload_item item;
	const char *note;
	size_t len;
	bw_err r;

	if ((r = upload_next(&cmp->c, &item, &note, &len)) != BW_OK)
		return r;
	if (!cmp->differs && (item.entry_len != e->entry_len ||
	    memcmp(item.entry, e->entry, e->entry_len) != 0)) {
		cmp->differs = true;
		cmp->seq = e->seq;
	}
	return BW_OK;
}

/* Where the upload meets what is held: *differs when the bytes are others.
 * cmp->c stands at the first entry that is new. */
static bw_err
meet(struct upload *u, uint64_t held, struct compare *cmp)
{
	uint64_t to = u->cp.size < held ? u->cp.size : held;

	*cmp = (struct compare){ .c = u->all };
	if (u->in->from >= to)
		return BW_OK;
	return store_entry_each(u->store, u->in->device->num, u->in->from, to,
	    compare_entry, cmp);
}

static bw_err
rebuild_entry(void *arg, const struct store_entry *e)
{
	struct entry out;
	const char *why;

	return chain_add(arg, e->entry, e->entry_len, NULL, 0, &out, NULL,
	    &why);
}

/* The chain after the first `size` entries held. */
static bw_err
rebuild(struct upload *u, uint64_t size, struct chain *out)
{
	memset(out, 0, sizeof(*out));
	return store_entry_each(u->store, u->in->device->num, 0, size,
	    rebuild_entry, out);
}

static bw_err
root_is(const struct chain *c, const uint8_t root[static CRYPTO_HASH],
    bool *same)
{
	uint8_t own[CRYPTO_HASH];
	bw_err r = tree_root(&c->tree, own);

	*same = r == BW_OK && memcmp(own, root, sizeof(own)) == 0;
	return r;
}

/* Keep both notes and flag the device. */
static bw_err
fork_write(struct upload *u, bool *fresh)
{
	struct bw_buf held = BW_BUF_INIT(NOTE_MAX * 2);
	struct bw_buf other = BW_BUF_INIT(NOTE_MAX * 2);
	const struct store_device *d = u->in->device;
	bw_err r;

	if ((r = store_note_get(u->store, d->num, &held)) == BW_OK &&
	    (r = note_core(u, &other)) == BW_OK &&
	    (r = store_fork_add(u->store, d->num, u->cp.size,
	    (const char *)held.ptr, held.len, (const char *)other.ptr,
	    other.len, u->in->now, fresh)) == BW_OK && *fresh)
		r = store_audit(u->store, u->in->now, "host", DID_FORK, d->name);
	bw_buf_free(&held);
	bw_buf_free(&other);
	return r;
}

static bw_err
fork_keep(struct upload *u)
{
	bool fresh;
	bw_err r;

	store_snapshot_end(u->store);
	if ((r = store_begin(u->store)) != BW_OK)
		return r;
	if ((r = fork_write(u, &fresh)) == BW_OK &&
	    (r = store_commit(u->store)) == BW_OK) {
		if (fresh)
			log_warn("device %s: its log forked at size %llu; "
			    "both notes are kept", u->in->device->name,
			    (unsigned long long)u->cp.size);
		r = say(u, "this log is not the one that the host holds: "
		    "staff have been told", BW_ERR_FORK);
	}
	store_rollback(u->store);
	return r;
}

/* The upload contradicts what is held. If it is sound in itself, the log key
 * has signed two histories: a fork. Else it is just wrong. */
static bw_err
contradiction(struct upload *u, const struct compare *cmp)
{
	struct bw_cur c = u->all;
	struct upload_item item;
	struct chain chain;
	struct entry e;
	const char *note, *why;
	size_t len;
	bool same;
	bw_err r;

	if ((r = rebuild(u, u->in->from, &chain)) != BW_OK)
		return r;
	for (size_t i = 0; i < u->n; i++) {
		if ((r = upload_next(&c, &item, &note, &len)) != BW_OK)
			return r;
		if ((r = chain_add(&chain, item.entry, item.entry_len,
		    item.body, item.body_len, &e, NULL, &why)) != BW_OK)
			return name_entry(u, u->in->from + i, why, r);
	}
	if ((r = root_is(&chain, u->cp.root, &same)) != BW_OK)
		return r;
	if (!same)
		return name_entry(u, cmp->seq, "another entry is held at "
		    "this place", BW_ERR_CHAIN);
	return fork_keep(u);
}

/* All of it was there already. */
static bw_err
repeated(struct upload *u, const struct store_log *log)
{
	struct chain chain;
	bool same;
	bw_err r;

	if (u->cp.size == log->chain.tree.size)
		r = root_is(&log->chain, u->cp.root, &same);
	else if ((r = rebuild(u, u->cp.size, &chain)) == BW_OK)
		r = root_is(&chain, u->cp.root, &same);
	if (r != BW_OK)
		return r;
	if (!same)
		return fork_keep(u);
	if (u->cp.size != log->chain.tree.size)
		return cosign(u);
	return store_note_get(u->store, u->in->device->num, &u->out->note);
}

/* Check what is new, into the plan. */
static bw_err
check_entries(struct upload *u, struct plan *p, struct bw_cur c)
{
	struct upload_item item;
	const char *note, *why = NULL;
	size_t len;
	bool same;
	bw_err r;

	p->quarantined = u->quarantined;
	while (p->log.chain.tree.size < u->cp.size) {
		uint64_t seq = p->log.chain.tree.size;

		if ((r = upload_next(&c, &item, &note, &len)) != BW_OK ||
		    (r = plan_entry(p, &item, &why)) != BW_OK)
			return name_entry(u, seq, why, r);
	}
	if ((r = root_is(&p->log.chain, u->cp.root, &same)) != BW_OK)
		return r;
	if (!same)
		return say(u, "the checkpoint's root is not the entries'",
		    BW_ERR_ROOT);
	return BW_OK;
}

/* Keep the new entries, what follows from them, and the note. */
static bw_err
write_all(struct upload *u, struct plan *p, struct bw_cur c, uint64_t held)
{
	uint64_t device = u->in->device->num;
	struct upload_item item;
	struct store_entry e;
	const char *note;
	size_t len;
	bw_err r;

	for (e.seq = held; e.seq < u->cp.size; e.seq++) {
		if ((r = upload_next(&c, &item, &note, &len)) != BW_OK)
			return r;
		e.entry = item.entry;
		e.entry_len = item.entry_len;
		e.body = item.body;
		e.body_len = item.body_len;
		if ((r = store_entry_add(u->store, device, &e)) != BW_OK)
			return r;
	}
	if ((r = plan_apply(p)) != BW_OK ||
	    (r = store_log_came(u->store, device, u->in->now,
	    (const char *)u->out->note.ptr, u->out->note.len)) != BW_OK ||
	    (r = store_log_put(u->store, device, &p->log,
	    (const char *)u->out->note.ptr, u->out->note.len)) != BW_OK)
		return r;
	return store_device_seen(u->store, device, u->in->now, NULL, 0);
}

/* Write in a transaction of its own, unless another upload or the device's
 * revocation came between. */
static bw_err
keep(struct upload *u, struct plan *p, struct bw_cur c, uint64_t held,
    bool *again)
{
	struct store_log now;
	bool revoked;
	bw_err r;

	store_snapshot_end(u->store);
	if ((r = store_begin(u->store)) != BW_OK)
		return r;
	if ((r = store_log_get(u->store, u->in->device->num, &now)) != BW_OK ||
	    (r = look_again(u, &revoked)) != BW_OK)
		goto out;
	*again = revoked || now.chain.tree.size != held;
	if (!*again && (r = write_all(u, p, c, held)) == BW_OK)
		r = store_commit(u->store);
out:
	store_rollback(u->store);
	return r;
}

/* Decide by the state the log is in. */
static bw_err
decide(struct upload *u, bool *again)
{
	struct store_log log;
	struct compare cmp;
	struct plan p = { 0 };
	uint64_t held;
	bw_err r;

	if ((r = store_log_get(u->store, u->in->device->num, &log)) != BW_OK)
		return r;
	held = u->out->size = log.chain.tree.size;
	if (u->in->from > held)
		return say(u, "the upload begins beyond what the host has",
		    BW_ERR_GAP);
	if ((r = meet(u, held, &cmp)) != BW_OK)
		return r;
	if (cmp.differs)
		return contradiction(u, &cmp);
	if (u->cp.size <= held)
		return repeated(u, &log);
	if ((r = plan_open(&p, u->store, u->in, &log, u->n)) == BW_OK &&
	    (r = check_entries(u, &p, cmp.c)) == BW_OK &&
	    (r = cosign(u)) == BW_OK)
		r = keep(u, &p, cmp.c, held, again);
	plan_free(&p);
	return r;
}

/* One attempt: all reading sees one state, and none is held while waiting to
 * write. */
static bw_err
attempt(struct upload *u, bool *again)
{
	bw_err r;

	*again = false;
	if ((r = store_snapshot(u->store)) != BW_OK)
		return r;
	r = decide(u, again);
	store_snapshot_end(u->store);
	return r;
}

static bw_err
prepare(struct upload *u, struct store *s, const struct ingest_in *in,
    struct ingest_out *out)
{
	bw_err r;

	*u = (struct upload){ .store = s, .in = in, .out = out,
		.device = *in->device, .all = { in->ptr, in->len } };
	*out = (struct ingest_out){ .note = BW_BUF_INIT(NOTE_MAX * 2) };
	if ((r = cut(u)) != BW_OK || (r = check_note(u)) != BW_OK)
		return r;
	judge_revoked(u);
	return BW_OK;
}

bw_err
ingest_upload(struct store *s, const struct ingest_in *in,
    struct ingest_out *out)
{
	struct upload u;
	bool again = true;
	bw_err r;

	if ((r = prepare(&u, s, in, out)) != BW_OK)
		return r;
	for (int i = 0; i < ATTEMPTS && again; i++)
		if ((r = attempt(&u, &again)) != BW_OK)
			return r;
	return again ? BW_ERR_BUSY : BW_OK;
}

bw_err
ingest_first(struct store *s, const struct ingest_in *in,
    struct ingest_out *out)
{
	struct store_log log = { 0 };
	struct plan p = { 0 };
	struct upload u;
	bw_err r;

	if ((r = prepare(&u, s, in, out)) != BW_OK)
		return r;
	if (in->from != 0 || u.n != 1)
		return say(&u, "enrolment takes the open entry alone",
		    BW_ERR_FORMAT);
	if ((r = plan_open(&p, s, in, &log, u.n)) == BW_OK &&
	    (r = check_entries(&u, &p, u.all)) == BW_OK &&
	    (r = cosign(&u)) == BW_OK)
		r = write_all(&u, &p, u.all, 0);
	plan_free(&p);
	return r;
}
