// SPDX-License-Identifier: Apache-2.0
/*
 * bench_log - makes a device's uploads and times what a host cannot avoid.
 *
 *	bench_log enrol ADDRESS OFFER OUT	keys and the POST's JSON in OUT
 *	bench_log uploads OUT SIZE COUNT BADGE	COUNT uploads of SIZE shares
 *	bench_log bare OUT DB	hash, verify once, insert: entries a second
 *	bench_log raw OUT DB	insert the same bytes and nothing else
 *	bench_log commit OUT DB	one sign and one SQLite commit: ms
 *	bench_log walk DB	SQLite's own part of an export of all leads: ms
 *
 * tools/bench/bench calls it; the host is measured against bare and raw.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "record/badge.h"
#include "record/chain.h"
#include "record/enrol.h"
#include "record/jws.h"
#include "record/ndef.h"
#include "record/policy.h"
#include "record/upload.h"

static void
must(bw_err r, const char *what)
{
	if (r == BW_OK)
		return;
	fprintf(stderr, "bench_log: %s: %s\n", what, bw_strerror(r));
	exit(1);
}

static struct bw_buf
read_file(const char *dir, const char *name)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	char path[FILE_PATH_MAX];

	snprintf(path, sizeof(path), "%s%s%s", dir, *dir != 0 ? "/" : "",
	    name);
	must(file_read(path, &b), path);
	return b;
}

static void
write_file(const char *dir, const char *name, const struct bw_buf *b)
{
	char path[FILE_PATH_MAX];
	FILE *f;

	must(file_path(path, dir, name), name);
	if ((f = fopen(path, "wb")) == NULL ||
	    fwrite(b->ptr, 1, b->len, f) != b->len || fclose(f) != 0)
		must(BW_ERR_IO, path);
}

static struct crypto_key *
key_file(const char *dir, const char *name)
{
	struct bw_buf b = read_file(dir, name);
	struct crypto_key *key;

	must(b.len == CRYPTO_KEY ? BW_OK : BW_ERR_FORMAT, name);
	must(crypto_key_open(&key, b.ptr), name);
	bw_buf_free(&b);
	return key;
}

static void
new_key(const char *dir, const char *name, uint8_t spki[static CRYPTO_SPKI])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_KEY);
	uint8_t scalar[CRYPTO_KEY];
	struct crypto_key *key;

	must(crypto_key_generate(&key), name);
	crypto_key_scalar(key, scalar);
	memcpy(spki, crypto_key_spki(key), CRYPTO_SPKI);
	must(bw_buf_put(&b, scalar, sizeof(scalar)), name);
	write_file(dir, name, &b);
	bw_buf_free(&b);
	crypto_key_close(&key);
}

/* The offer of an enrolment and the policy inside it; the bench trusts its
 * own host. */
static struct policy *
policy_of(const struct bw_buf *json, struct enrol_offer *offer)
{
	struct policy *p = calloc(1, sizeof(*p));
	struct bw_buf payload = BW_BUF_INIT(POLICY_MAX);
	const char *jws, *dot, *end;

	must(enrol_offer_decode((const char *)json->ptr, json->len, offer),
	    "offer");
	must(bw_buf_cstr(&offer->policy, &jws), "policy");
	dot = strchr(jws, '.');
	end = dot != NULL ? strchr(dot + 1, '.') : NULL;
	must(p != NULL && end != NULL ? BW_OK : BW_ERR_FORMAT, "policy");
	must(text_unb64url(dot + 1, (size_t)(end - dot - 1), &payload),
	    "policy");
	must(policy_decode((const char *)payload.ptr, payload.len, p),
	    "policy");
	bw_buf_free(&payload);
	return p;
}

static void
sign_checkpoint(const struct chain *c, const char *origin,
    const struct crypto_key *key, struct bw_buf *out)
{
	struct checkpoint cp = { .size = c->tree.size };

	snprintf(cp.origin, sizeof(cp.origin), "%s", origin);
	must(tree_root(&c->tree, cp.root), "root");
	must(checkpoint_sign(&cp, key, out), "checkpoint");
}

static void
save_chain(const char *out, const char *name, const struct chain *c)
{
	struct bw_buf b = BW_BUF_INIT(CHAIN_MAX);

	must(chain_encode(c, &b), "chain");
	write_file(out, name, &b);
	bw_buf_free(&b);
}

static void
open_entry(struct enrol_post *post, const struct enrol_offer *offer,
    const struct policy *p, struct chain *c)
{
	struct body body = { .kind = ENTRY_OPEN };
	uint8_t raw[ENTRY_MAX];
	size_t len;

	strcpy(body.u.open.event, offer->event);
	strcpy(body.u.open.device, offer->device);
	strcpy(body.u.open.sponsor, p->sponsor.id);
	memcpy(body.u.open.log_spki, post->log_spki, CRYPTO_SPKI);
	memcpy(body.u.open.policy_sha256, p->sha256, CRYPTO_HASH);
	must(bw_random(body.rs, BODY_RS), "random");
	must(body_encode(&body, &post->body), "open body");
	must(chain_make(c, ENTRY_OPEN, post->body.ptr, post->body.len,
	    (uint64_t)clock_wall(), raw, &len, &(struct entry){ 0 }),
	    "open entry");
	must(bw_buf_put(&post->entry, raw, len), "open entry");
}

static void
cmd_enrol(char **argv)
{
	const char *out = argv[2];
	struct enrol_post post = { .entry.max = ENTRY_MAX,
		.body.max = BODY_MAX, .note.max = NOTE_MAX };
	struct bw_buf json = read_file("", argv[1]);
	struct bw_buf post_json = BW_BUF_INIT(65536);
	struct enrol_address address;
	struct enrol_offer offer;
	struct chain c = { 0 };
	struct policy *p = policy_of(&json, &offer);

	must(enrol_address_parse(argv[0], strlen(argv[0]), &address),
	    "address");
	new_key(out, "log.key", post.log_spki);
	new_key(out, "seal.key", post.seal_spki);
	new_key(out, "identity.key", post.identity_spki);
	must(enrol_id(address.code, post.id), "id");
	must(enrol_proof(address.code, offer.device, post.log_spki,
	    post.seal_spki, post.identity_spki, post.proof), "proof");
	open_entry(&post, &offer, p, &c);
	sign_checkpoint(&c, offer.origin, key_file(out, "log.key"),
	    &post.note);
	must(enrol_post_encode(&post, &post_json), "post");
	write_file(out, "post.json", &post_json);
	write_file(out, "offer.json", &json);
	save_chain(out, "chain", &c);
}

/* What every share of a run has in common. */
static void
share_of(struct body *body, const struct policy *p, const char *badge_file)
{
	struct bw_buf tlv = read_file("", badge_file);
	const uint8_t *msg, *cose;
	size_t msg_len, cose_len, total;
	struct badge badge;

	must(ndef_tlv_find(tlv.ptr, tlv.len, &msg, &msg_len, &total), "tag");
	must(ndef_badge_find(msg, msg_len, &cose, &cose_len), "badge");
	must(badge_decode(cose, cose_len, &badge), "badge");
	*body = (struct body){ .kind = ENTRY_SHARE };
	memcpy(body->u.share.badge_id, badge.badge_id, BADGE_ID);
	body->u.share.edition = badge.edition;
	strcpy(body->u.share.sponsor, p->sponsor.id);
	body->u.share.granted = p->required;
	strcpy(body->u.share.language, p->lang[0]);
	memcpy(body->u.share.notice_sha256, p->notice[0].sha256, CRYPTO_HASH);
	body->u.share.answer_ms = 4321;
	bw_buf_free(&tlv);
}

static void
add_share(struct chain *c, struct body *body, struct bw_buf *out)
{
	struct bw_buf b = BW_BUF_INIT(BODY_MAX);
	uint8_t raw[ENTRY_MAX];
	size_t len;

	must(bw_random(body->rs, BODY_RS), "random");
	must(bw_random(body->u.share.rh, RECEIPT_RH), "random");
	must(body_encode(body, &b), "body");
	must(chain_make(c, ENTRY_SHARE, b.ptr, b.len, (uint64_t)clock_wall(),
	    raw, &len, &(struct entry){ 0 }), "entry");
	must(upload_put_item(out, &(struct upload_item){ raw, len, b.ptr,
	    b.len }), "item");
	bw_buf_free(&b);
}

static void
put_token(const struct crypto_key *identity, const char *device,
    uint64_t from, const struct bw_buf *body, struct bw_buf *out)
{
	struct request_claims claims = { .iat = (uint64_t)clock_wall(),
		.htm = "POST" };
	uint8_t jti[16];

	must(bw_random(jti, sizeof(jti)), "random");
	text_hex(jti, sizeof(jti), claims.jti);
	snprintf(claims.htu, sizeof(claims.htu), "/v1/device/log?from=%llu",
	    (unsigned long long)from);
	must(crypto_sha256(&PART(body->ptr, body->len), 1, claims.bsh),
	    "hash");
	must(request_sign(identity, device, &claims, out), "token");
}

static void
cmd_uploads(char **argv)
{
	const char *out = argv[0];
	long size = atol(argv[1]), count = atol(argv[2]);
	struct bw_buf json = read_file(out, "offer.json");
	struct bw_buf chain = read_file(out, "chain");
	struct crypto_key *log = key_file(out, "log.key");
	struct crypto_key *identity = key_file(out, "identity.key");
	struct enrol_offer offer;
	struct policy *p = policy_of(&json, &offer);
	struct body share;
	struct chain c;
	char name[64];

	must(chain_decode(chain.ptr, chain.len, &c), "chain");
	write_file(out, "before", &chain);
	share_of(&share, p, argv[3]);
	for (long i = 0; i < count; i++) {
		struct bw_buf up = BW_BUF_INIT(UPLOAD_MAX);
		struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
		struct bw_buf token = BW_BUF_INIT(JWS_REQUEST_MAX);
		uint64_t from = c.tree.size;

		for (long k = 0; k < size; k++)
			add_share(&c, &share, &up);
		sign_checkpoint(&c, offer.origin, log, &note);
		must(upload_put_note(&up, (const char *)note.ptr, note.len),
		    "note");
		put_token(identity, offer.device, from, &up, &token);
		snprintf(name, sizeof(name), "up-%010llu.cbor",
		    (unsigned long long)from);
		write_file(out, name, &up);
		snprintf(name, sizeof(name), "up-%010llu.jws",
		    (unsigned long long)from);
		write_file(out, name, &token);
		bw_buf_free(&up);
		bw_buf_free(&note);
		bw_buf_free(&token);
	}
	save_chain(out, "chain", &c);
}

struct sink {
	sqlite3 *db;
	sqlite3_stmt *insert;
};

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
	    " body BLOB)");
	if (sqlite3_prepare_v2(s->db, "INSERT INTO log VALUES(?,?,?)", -1,
	    &s->insert, NULL) != SQLITE_OK)
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

/* One upload into the sink; with `c` it is checked as a host must. */
static uint64_t
take_upload(struct sink *s, const struct bw_buf *up, struct chain *c,
    const uint8_t *spki, uint64_t seq)
{
	struct bw_cur cur = { up->ptr, up->len };
	struct upload_item item;
	struct entry entry;
	struct body body;
	const char *note = NULL, *why;
	size_t note_len;
	uint64_t n = 0;

	sql(s->db, "BEGIN IMMEDIATE");
	for (;;) {
		must(upload_next(&cur, &item, &note, &note_len), "upload");
		if (note != NULL)
			break;
		if (c != NULL)
			must(chain_add(c, item.entry, item.entry_len,
			    item.body, item.body_len, &entry, &body, &why),
			    "chain");
		sink_put(s, seq + n++, &item);
	}
	if (c != NULL)
		check_note(c, note, note_len, spki);
	sql(s->db, "COMMIT");
	return n;
}

static void
cmd_insert(char **argv, bool checked)
{
	const char *out = argv[0];
	struct bw_buf before = read_file(out, "before");
	struct crypto_key *log = key_file(out, "log.key");
	struct file_list files;
	struct chain c;
	struct sink s;
	uint64_t n = 0, first;
	int64_t spent = 1;

	must(chain_decode(before.ptr, before.len, &c), "chain");
	first = c.tree.size;
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
		n += take_upload(&s, &up, checked ? &c : NULL,
		    crypto_key_spki(log), first + n);
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
	volatile int64_t sum = 0;
	sqlite3_stmt *st;
	int64_t start;
	sqlite3 *db;

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
	printf("%.3f\n", (double)(clock_mono_us() - start) / 1000);
	sqlite3_finalize(st);
	sqlite3_close(db);
}

int
main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "enrol") == 0)
		cmd_enrol(argv + 2);
	else if (argc == 6 && strcmp(argv[1], "uploads") == 0)
		cmd_uploads(argv + 2);
	else if (argc == 4 && strcmp(argv[1], "bare") == 0)
		cmd_insert(argv + 2, true);
	else if (argc == 4 && strcmp(argv[1], "raw") == 0)
		cmd_insert(argv + 2, false);
	else if (argc == 4 && strcmp(argv[1], "commit") == 0)
		cmd_commit(argv + 2);
	else if (argc == 3 && strcmp(argv[1], "walk") == 0)
		cmd_walk(argv + 2);
	else {
		fprintf(stderr, "usage: bench_log enrol ADDRESS OFFER OUT |\n"
		    "       uploads OUT SIZE COUNT BADGE | bare OUT DB |\n"
		    "       raw OUT DB | commit OUT DB | walk DB\n");
		return 2;
	}
	return 0;
}
