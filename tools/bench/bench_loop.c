// SPDX-License-Identifier: Apache-2.0
/*
 * bench_loop - times what a host cannot avoid, on bench_log's uploads in OUT.
 *
 *	bench_loop bare OUT DB	hash, verify once, insert: entries a second
 *	bench_loop must OUT DB	bare, and what else no host is without: hash the
 *				body and verify the token that names it, keep
 *				a lead of each share, cosign
 *	bench_loop raw OUT DB	insert the same bytes and nothing else
 *	bench_loop commit OUT DB	one sign and one SQLite commit: ms
 *	bench_loop walk DB	SQLite's own part of an export of all leads: ms
 *	bench_loop put HOSTDB DB	insert the same registrations and nothing
 *				else: ms
 *
 * tools/bench/bench calls it; the host is measured against these. Whose badge
 * a share is needs a host's tables: even `must` does not look.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/clock.h"
#include "base/file.h"
#include "record/chain.h"
#include "record/checkpoint.h"
#include "record/upload.h"
#include "tools/bench/bench_file.h"

struct sink {
	sqlite3 *db;
	sqlite3_stmt *insert, *lead;
};

/* What is done with an upload besides keeping it. */
enum effort { RAW, BARE, MUST };

static void
sql(sqlite3 *db, const char *text)
{
	if (sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK)
		return;
	fprintf(stderr, "bench_log: %s\n", sqlite3_errmsg(db));
	exit(1);
}

static void
sink_open(struct sink *s, const char *path)
{
	if (sqlite3_open(path, &s->db) != SQLITE_OK)
		must(BW_ERR_IO, path);
	sql(s->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "CREATE TABLE log(seq INTEGER PRIMARY KEY, entry BLOB NOT NULL,"
	    " body BLOB); CREATE TABLE lead(id INTEGER PRIMARY KEY,"
	    " part, edition, time, granted, state, reason, ended_at,"
	    " language, rh, receipt)");
	if (sqlite3_prepare_v2(s->db, "INSERT INTO log VALUES(?,?,?)", -1,
	    &s->insert, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(s->db, "INSERT INTO lead "
	    "VALUES(?,1,1,?,?,0,0,0,?,?,?)", -1, &s->lead, NULL) != SQLITE_OK)
		must(BW_ERR_IO, path);
}

static void
sink_put(struct sink *s, uint64_t seq, const struct upload_item *i)
{
	sqlite3_bind_int64(s->insert, 1, (sqlite3_int64)seq);
	sqlite3_bind_blob(s->insert, 2, i->entry, (int)i->entry_len,
	    SQLITE_STATIC);
	sqlite3_bind_blob(s->insert, 3, i->body, (int)i->body_len,
	    SQLITE_STATIC);
	if (sqlite3_step(s->insert) != SQLITE_DONE)
		must(BW_ERR_IO, "insert");
	sqlite3_reset(s->insert);
}

static void
sink_lead(struct sink *s, const struct entry *e, const struct body_share *b)
{
	int64_t receipt;

	memcpy(&receipt, b->rh, sizeof(receipt));
	sqlite3_bind_int64(s->lead, 1, (sqlite3_int64)e->seq);
	sqlite3_bind_int64(s->lead, 2, (sqlite3_int64)e->time);
	sqlite3_bind_int64(s->lead, 3, (sqlite3_int64)b->granted);
	sqlite3_bind_text(s->lead, 4, b->language, -1, SQLITE_STATIC);
	sqlite3_bind_blob(s->lead, 5, b->rh, RECEIPT_RH, SQLITE_STATIC);
	sqlite3_bind_int64(s->lead, 6, receipt);
	if (sqlite3_step(s->lead) != SQLITE_DONE)
		must(BW_ERR_IO, "lead");
	sqlite3_reset(s->lead);
}

/* As a request's token and the host's own line in the note cost. */
static void
take_token(const struct bw_buf *up, const struct crypto_key *key)
{
	uint8_t bsh[CRYPTO_HASH], sig[CRYPTO_SIG];

	must(crypto_sha256(&PART(up->ptr, up->len), 1, bsh), "hash");
	must(crypto_sign(key, &PART(bsh, sizeof(bsh)), 1, sig), "sign");
	must(crypto_verify(crypto_key_spki(key), &PART(bsh, sizeof(bsh)), 1,
	    sig), "verify");
}

static void
check_note(const struct chain *c, const char *note, size_t len,
    const uint8_t *spki)
{
	uint8_t root[CRYPTO_HASH];
	struct checkpoint cp;

	must(checkpoint_verify(note, len, spki, NULL, &cp), "note");
	must(tree_root(&c->tree, root), "root");
	must(memcmp(root, cp.root, sizeof(root)) == 0 ? BW_OK : BW_ERR_ROOT,
	    "root");
}

/* One upload into the sink. */
static uint64_t
take_upload(struct sink *s, const struct bw_buf *up, struct chain *c,
    const struct crypto_key *key, enum effort effort)
{
	struct bw_cur cur = { up->ptr, up->len };
	struct upload_item item;
	struct entry entry;
	struct body body;
	const char *note = NULL, *why;
	uint64_t from = c->tree.size;
	size_t note_len, n = 0;

	if (effort == MUST)
		take_token(up, key);
	sql(s->db, "BEGIN IMMEDIATE");
	for (;; n++) {
		must(upload_next(&cur, &item, &note, &note_len), "upload");
		if (note != NULL)
			break;
		if (effort != RAW)
			must(chain_add(c, item.entry, item.entry_len,
			    item.body, item.body_len, &entry, &body, &why),
			    "chain");
		sink_put(s, from + n, &item);
		if (effort == MUST)
			sink_lead(s, &entry, &body.u.share);
	}
	if (effort != RAW)
		check_note(c, note, note_len, crypto_key_spki(key));
	else
		c->tree.size += n;
	sql(s->db, "COMMIT");
	return n;
}

static void
cmd_insert(char **argv, enum effort effort)
{
	const char *out = argv[0];
	struct bw_buf before = read_file(out, "before");
	struct crypto_key *log = key_file(out, "log.key");
	struct file_list files;
	struct chain c;
	struct sink s;
	uint64_t n = 0;
	int64_t spent = 1;

	must(chain_decode(before.ptr, before.len, &c), "chain");
	sink_open(&s, argv[1]);
	must(file_list(out, &files), out);
	for (size_t i = 0; i < files.n; i++) {
		struct bw_buf up;
		int64_t start;

		if (strncmp(files.name[i], "up-", 3) != 0 ||
		    strstr(files.name[i], ".cbor") == NULL)
			continue;
		up = read_file(out, files.name[i]);
		start = clock_mono_us();
		n += take_upload(&s, &up, &c, log, effort);
		spent += clock_mono_us() - start;
		bw_buf_free(&up);
	}
	printf("%.1f\n", (double)n * 1e6 / (double)spent);
}

/* The median of one signature and one commit of an entry, in ms: what a share
 * costs on any device beside the chip's own time. */
static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void
cmd_commit(char **argv)
{
	struct crypto_key *log = key_file(argv[0], "log.key");
	uint8_t entry[ENTRY_MAX] = { 1 }, body[140] = { 2 };
	uint8_t sig[CRYPTO_SIG];
	int64_t spent[101];
	struct sink s;

	sink_open(&s, argv[1]);
	for (uint64_t i = 0; i < 101; i++) {
		int64_t start = clock_mono_us();

		must(crypto_sign(log, &PART(entry, sizeof(entry)), 1, sig),
		    "sign");
		sql(s.db, "BEGIN IMMEDIATE");
		sink_put(&s, i, &(struct upload_item){ entry, sizeof(entry),
		    body, sizeof(body) });
		sql(s.db, "COMMIT");
		spent[i] = clock_mono_us() - start;
	}
	qsort(spent, 101, sizeof(spent[0]), by_size);
	printf("%.3f\n", (double)spent[50] / 1000);
}

/* The query of an export (store_release.c), every column read, no row kept. */
static void
cmd_walk(char **argv)
{
	static const char leads[] = "SELECT id, time, granted, part, edition, "
	    "language FROM lead WHERE id >= ?1 AND state = 0 ORDER BY id";
	sqlite3_stmt *st = NULL;
	int64_t start, sum = 0;
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(argv[0], &db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, leads, -1, &st, NULL) != SQLITE_OK)
		must(BW_ERR_IO, argv[0]);
	sql(db, "PRAGMA mmap_size = 268435456");
	start = clock_mono_us();
	sqlite3_bind_int64(st, 1, 0);
	while (sqlite3_step(st) == SQLITE_ROW) {
		for (int i = 0; i < 5; i++)
			sum += sqlite3_column_int64(st, i);
		sum += sqlite3_column_text(st, 5)[0];
	}
	start = clock_mono_us() - start;
	must(sum != 0 ? BW_OK : BW_ERR_NOTFOUND, "leads");
	printf("%.3f\n", (double)start / 1000);
	sqlite3_finalize(st);
	sqlite3_close(db);
}

#define REGISTRATION "(key, status, changed_at, v1, v2, v3, v4, v5, v6, " \
	"minor_age)"

/* One row after the other, each by its key, in one transaction. */
static void
cmd_put(char **arg)
{
	sqlite3 *from = NULL, *db = NULL;
	sqlite3_stmt *get = NULL, *put = NULL;
	int64_t start;

	if (sqlite3_open(arg[0], &from) != SQLITE_OK ||
	    sqlite3_open(arg[1], &db) != SQLITE_OK)
		must(BW_ERR_IO, arg[1]);
	sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "CREATE TABLE registration (id INTEGER PRIMARY KEY,"
	    " key TEXT NOT NULL UNIQUE, status, changed_at, minor_age,"
	    " v1, v2, v3, v4, v5, v6)");
	if (sqlite3_prepare_v2(from, "SELECT key, status, changed_at, v1, v2, "
	    "v3, v4, v5, v6, minor_age FROM registration", -1, &get, NULL) !=
	    SQLITE_OK || sqlite3_prepare_v2(db, "INSERT INTO registration "
	    REGISTRATION " VALUES (?,?,?,?,?,?,?,?,?,?)", -1, &put, NULL) !=
	    SQLITE_OK)
		must(BW_ERR_IO, arg[0]);
	start = clock_mono_us();
	sql(db, "BEGIN IMMEDIATE");
	while (sqlite3_step(get) == SQLITE_ROW) {
		for (int i = 0; i < 10; i++)
			sqlite3_bind_value(put, i + 1,
			    sqlite3_column_value(get, i));
		if (sqlite3_step(put) != SQLITE_DONE)
			must(BW_ERR_IO, arg[1]);
		sqlite3_reset(put);
	}
	sql(db, "COMMIT");
	printf("%.1f\n", (double)(clock_mono_us() - start) / 1000);
	sqlite3_finalize(get);
	sqlite3_finalize(put);
	sqlite3_close(from);
	sqlite3_close(db);
}

int
main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "bare") == 0)
		cmd_insert(argv + 2, BARE);
	else if (argc == 4 && strcmp(argv[1], "must") == 0)
		cmd_insert(argv + 2, MUST);
	else if (argc == 4 && strcmp(argv[1], "raw") == 0)
		cmd_insert(argv + 2, RAW);
	else if (argc == 4 && strcmp(argv[1], "commit") == 0)
		cmd_commit(argv + 2);
	else if (argc == 3 && strcmp(argv[1], "walk") == 0)
		cmd_walk(argv + 2);
	else if (argc == 4 && strcmp(argv[1], "put") == 0)
		cmd_put(argv + 2);
	else {
		fprintf(stderr, "usage: bench_loop bare OUT DB | must OUT DB |"
		    "\n       raw OUT DB | commit OUT DB | walk DB |"
		    "\n       put HOSTDB DB\n");
		return 2;
	}
	return 0;
}
