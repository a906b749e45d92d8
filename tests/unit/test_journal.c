// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "kiosk/journal.h"
#include "record/chain.h"
#include "record/upload.h"
#include "tests/support/booth.h"

#define T0 1778572800u

static struct booth booth;
static struct policy policy;
static struct crypto_key *log_key;
static char dir[64], path[128];

static int
set_up(void **state)
{
	static const uint8_t scalar[CRYPTO_KEY] = { 7, 7, 7 };

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, T0, &policy);
	assert_ok(crypto_key_open(&log_key, scalar));
	snprintf(dir, sizeof(dir), "/tmp/badgeward-journal-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/journal.db", dir);
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	booth_close(&booth);
	crypto_key_close(&log_key);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static void
forget(void)
{
	char wal[160];

	unlink(path);
	snprintf(wal, sizeof(wal), "%s-wal", path);
	unlink(wal);
}

static struct journal *
fresh(void)
{
	struct journal *j;
	struct body b;

	forget();
	booth_opening(&policy, log_key, &b);
	assert_ok(journal_create(&j, path, log_key, BOOTH_ORIGIN,
	    crypto_key_spki(booth.host), &b, T0));
	return j;
}

static struct body
a_share(void)
{
	struct body b = { .kind = ENTRY_SHARE };

	memcpy(b.u.share.badge_id, "badge-id", BADGE_ID);
	b.u.share.edition = 1;
	strcpy(b.u.share.sponsor, "example-corp");
	b.u.share.granted = FIELD_BIT(FIELD_NAME);
	strcpy(b.u.share.language, "en");
	return b;
}

static struct body
a_decline(void)
{
	struct body b = { .kind = ENTRY_DECLINE };

	strcpy(b.u.stop.sponsor, "example-corp");
	return b;
}

/* n entries more: shares and declines in turn. */
static void
fill(struct journal *j, unsigned n)
{
	uint64_t seq;

	for (unsigned i = 0; i < n; i++) {
		struct body b = i % 2 == 0 ? a_share() : a_decline();
		uint64_t size = journal_size(j);

		assert_ok(journal_append(j, &b, T0 + i, &seq));
		assert_ok(journal_confirm(j));
		assert_int_equal(seq, size);
		assert_int_equal(journal_size(j), size + 1);
	}
}

/* Check an upload as the host would; the size it proves. */
static uint64_t
verify_upload(const struct bw_buf *b, struct chain *c)
{
	struct bw_cur cur = { b->ptr, b->len };
	struct upload_item item;
	struct checkpoint cp;
	uint8_t root[CRYPTO_HASH];
	const char *note = NULL, *why;
	size_t len;

	while (note == NULL) {
		assert_ok(upload_next(&cur, &item, &note, &len));
		if (note == NULL)
			assert_ok(chain_add(c, item.entry, item.entry_len,
			    item.body, item.body_len, NULL, NULL, &why));
	}
	assert_ok(checkpoint_verify(note, len, crypto_key_spki(log_key),
	    BOOTH_ORIGIN, &cp));
	assert_ok(tree_root(&c->tree, root));
	assert_int_equal(cp.size, c->tree.size);
	assert_memory_equal(cp.root, root, CRYPTO_HASH);
	return cp.size;
}

static void
entries_survive_and_verify(void **state)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	struct journal *j = fresh();
	struct chain c = { 0 };
	uint64_t to;

	(void)state;
	fill(j, 100);
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(journal_size(j), 101);
	assert_string_equal(journal_origin(j), BOOTH_ORIGIN);
	assert_string_equal(journal_opening(j)->device, "k07");
	assert_memory_equal(journal_host_spki(j), crypto_key_spki(booth.host),
	    CRYPTO_SPKI);
	fill(j, 3);
	assert_ok(journal_upload(j, 0, 50, &b, &to));
	assert_int_equal(to, 50);
	assert_int_equal(verify_upload(&b, &c), 50);
	bw_buf_free(&b);
	assert_ok(journal_upload(j, 50, 104, &b, &to));
	assert_int_equal(verify_upload(&b, &c), 104);
	bw_buf_free(&b);
	assert_err(journal_upload(j, 50, 105, &b, &to), BW_ERR_ARG);
	assert_err(journal_upload(j, 50, 50, &b, &to), BW_ERR_ARG);
	journal_close(&j);
}

static void
is_held_by_one_process(void **state)
{
	struct journal *j = fresh(), *k;

	(void)state;
	assert_err(journal_open(&k, path, log_key), BW_ERR_BUSY);
	assert_null(k);
	journal_close(&j);
	assert_ok(journal_open(&k, path, log_key));
	journal_close(&k);
	journal_close(&k);
}

static void
a_policy_entry_is_in_force(void **state)
{
	struct body b = { .kind = ENTRY_POLICY };
	struct journal *j = fresh();
	uint64_t seq;

	(void)state;
	assert_memory_equal(journal_policy_sha256(j), policy.sha256,
	    CRYPTO_HASH);
	assert_int_equal(journal_serial(j), 0);
	assert_ok(journal_set_serial(j, 4));
	strcpy(b.u.policy.version, "2");
	b.u.policy.serial = 5;
	memset(b.u.policy.sha256, 0x55, CRYPTO_HASH);
	assert_ok(journal_append(j, &b, T0, &seq));
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(journal_serial(j), 5);
	assert_memory_equal(journal_policy_sha256(j), b.u.policy.sha256,
	    CRYPTO_HASH);
	journal_close(&j);
}

static void
nothing_follows_a_close(void **state)
{
	struct body b = { .kind = ENTRY_CLOSE }, s = a_share();
	struct journal *j = fresh();
	uint64_t seq;

	(void)state;
	strcpy(b.u.close.reason, "the end");
	assert_ok(journal_append(j, &b, T0, &seq));
	assert_true(journal_is_closed(j));
	assert_err(journal_append(j, &s, T0, &seq), BW_ERR_DENIED);
	assert_false(journal_is_broken(j));
	journal_close(&j);
}

/* The host's note for the first `size` entries. */
static void
cosigned(struct journal *j, uint64_t size, struct bw_buf *out)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);

	*out = BW_BUF_INIT(NOTE_MAX);
	assert_ok(journal_get(j, size - 1, NULL, NULL, &note));
	assert_ok(booth_cosign(&booth, (const char *)note.ptr, note.len,
	    T0 + 60, out));
	bw_buf_free(&note);
}

static size_t
body_len(struct journal *j, uint64_t seq)
{
	struct bw_buf b = BW_BUF_INIT(BODY_MAX);
	size_t len;

	assert_ok(journal_get(j, seq, NULL, &b, NULL));
	len = b.len;
	bw_buf_free(&b);
	return len;
}

static bool
is_there(struct journal *j, uint64_t seq)
{
	bw_err r = journal_get(j, seq, NULL, NULL, NULL);

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	return r == BW_OK;
}

static void
entries_go_once_cosigned(void **state)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX), note;
	struct journal *j = fresh();
	uint64_t to;

	(void)state;
	fill(j, 9);
	cosigned(j, 6, &note);
	assert_ok(journal_cosign(j, (const char *)note.ptr, note.len));
	assert_int_equal(journal_cosigned(j), 6);
	assert_true(body_len(j, 0) > 0);	/* open says nothing of anyone */
	for (uint64_t seq = 1; seq < 10; seq++)
		assert_int_equal(is_there(j, seq), seq >= 5);
	assert_int_equal(body_len(j, 5), 0);	/* a share, and its note */
	assert_true(body_len(j, 6) > 0);
	assert_err(journal_cosign(j, (const char *)note.ptr, note.len),
	    BW_ERR_OLD);
	assert_err(journal_upload(j, 5, 10, &b, &to), BW_ERR_NOTFOUND);
	bw_buf_free(&b);
	assert_ok(journal_upload(j, 6, 10, &b, &to));
	bw_buf_free(&b);
	bw_buf_free(&note);
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(journal_cosigned(j), 6);
	cosigned(j, 10, &note);
	assert_ok(journal_cosign(j, (const char *)note.ptr, note.len));
	bw_buf_free(&note);
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	fill(j, 2);
	journal_close(&j);
}

static bool
holds_a_badge(const char *name)
{
	struct bw_buf file = BW_BUF_INIT(1 << 24);
	bw_err r = file_read(name, &file);
	bool found;

	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
	found = file.len != 0 && memmem(file.ptr, file.len, "badge-id",
	    BADGE_ID) != NULL;
	bw_buf_free(&file);
	return found;
}

/* The bytes of a deleted body are gone from the files, not only unlinked:
 * after a rest, and after a close. */
static void
deleted_bodies_are_overwritten(void **state)
{
	struct journal *j = fresh();
	struct bw_buf note;
	char wal[160];

	(void)state;
	snprintf(wal, sizeof(wal), "%s-wal", path);
	fill(j, 150);
	assert_true(holds_a_badge(wal));
	cosigned(j, 151, &note);
	assert_ok(journal_cosign(j, (const char *)note.ptr, note.len));
	bw_buf_free(&note);
	journal_rest(j, 1);	/* many pages: at once */
	assert_false(holds_a_badge(path));
	assert_false(holds_a_badge(wal));
	/* few pages, a while after the first */
	fill(j, 1);
	cosigned(j, 152, &note);
	assert_ok(journal_cosign(j, (const char *)note.ptr, note.len));
	bw_buf_free(&note);
	journal_rest(j, 5);
	journal_rest(j, 4 + JOURNAL_REST_MS);
	assert_true(holds_a_badge(wal));
	journal_rest(j, 5 + JOURNAL_REST_MS);
	assert_false(holds_a_badge(path));
	assert_false(holds_a_badge(wal));
	fill(j, 2);
	cosigned(j, 154, &note);
	assert_ok(journal_cosign(j, (const char *)note.ptr, note.len));
	bw_buf_free(&note);
	journal_close(&j);
	assert_false(holds_a_badge(path));
	assert_false(holds_a_badge(wal));
}

static void
only_the_hosts_cosignature_counts(void **state)
{
	struct bw_buf note, bad = BW_BUF_INIT(NOTE_MAX);
	struct booth other = booth;
	struct journal *j = fresh();

	(void)state;
	fill(j, 3);
	/* the log's own note alone, and one that another key cosigned */
	assert_ok(journal_get(j, 3, NULL, NULL, &bad));
	assert_int_not_equal(journal_cosign(j, (const char *)bad.ptr,
	    bad.len), BW_OK);
	other.host = booth.foreign;
	note = BW_BUF_INIT(NOTE_MAX);
	assert_ok(booth_cosign(&other, (const char *)bad.ptr, bad.len, T0,
	    &note));
	assert_int_not_equal(journal_cosign(j, (const char *)note.ptr,
	    note.len), BW_OK);
	assert_int_equal(journal_cosigned(j), 0);
	assert_true(body_len(j, 1) > 0);
	bw_buf_free(&bad);
	bw_buf_free(&note);
	journal_close(&j);
}

/* An old copy of the journal was put back with all that belongs to it: its own
 * key has signed more. */
static void
a_note_beyond_the_journal_is_a_fork(void **state)
{
	char cmd[600];
	struct bw_buf longer, other;
	struct journal *j = fresh();

	(void)state;
	fill(j, 3);
	journal_close(&j);
	snprintf(cmd, sizeof(cmd), "cp '%s' '%s.copy' && cp '%s-undo' "
	    "'%s-undo.copy'", path, path, path, path);
	assert_int_equal(system(cmd), 0);
	assert_ok(journal_open(&j, path, log_key));
	fill(j, 2);
	cosigned(j, 6, &longer);
	cosigned(j, 5, &other);
	journal_close(&j);
	snprintf(cmd, sizeof(cmd), "mv '%s.copy' '%s'", path, path);
	assert_int_equal(system(cmd), 0);
	/* that file alone is seen to be old at once */
	assert_err(journal_open(&j, path, log_key), BW_ERR_CHAIN);
	snprintf(cmd, sizeof(cmd), "mv '%s-undo.copy' '%s-undo'", path, path);
	assert_int_equal(system(cmd), 0);
	assert_ok(journal_open(&j, path, log_key));
	assert_err(journal_cosign(j, (const char *)longer.ptr, longer.len),
	    BW_ERR_FORK);
	fill(j, 2);	/* other entries in the same places */
	assert_err(journal_cosign(j, (const char *)other.ptr, other.len),
	    BW_ERR_FORK);
	bw_buf_free(&longer);
	bw_buf_free(&other);
	journal_close(&j);
}

static void
damage(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
a_damaged_journal_is_refused(void **state)
{
	static const char *const harm[] = {
		"DELETE FROM entry WHERE seq = 5",
		"DELETE FROM entry WHERE seq = 2",
		"UPDATE entry SET entry = (SELECT entry FROM entry "
		"WHERE seq = 3) WHERE seq = 5",
		"UPDATE entry SET body = x'00' WHERE seq = 4",
		"UPDATE entry SET body = NULL WHERE seq = 4",
		"UPDATE entry SET body = NULL WHERE seq = 0",
		"UPDATE entry SET note = (SELECT note FROM entry "
		"WHERE seq = 4) WHERE seq = 5",
		"UPDATE entry SET note = NULL WHERE seq = 5",
		"UPDATE state SET chain = x'00'",
		"UPDATE state SET origin = 'log.summit.example/ev26/k08'",
		"UPDATE state SET cosigned = 99",
		"UPDATE state SET marks = x'00'",
		"ALTER TABLE state DROP COLUMN marks",	/* an earlier build's */
		"DELETE FROM state",
		"DROP TABLE state",
	};
	struct journal *j;

	(void)state;
	for (size_t i = 0; i < sizeof(harm) / sizeof(harm[0]); i++) {
		j = fresh();
		fill(j, 5);
		journal_close(&j);
		damage(harm[i]);
		if (journal_open(&j, path, log_key) == BW_OK)
			fail_msg("taken: %s", harm[i]);
		assert_null(j);
	}
}

static void
what_is_no_journal_is_refused(void **state)
{
	struct crypto_key *other;
	struct journal *j = fresh();
	struct body b;

	(void)state;
	journal_close(&j);
	assert_ok(crypto_key_generate(&other));
	assert_int_not_equal(journal_open(&j, path, other), BW_OK);
	crypto_key_close(&other);
	booth_opening(&policy, log_key, &b);
	assert_err(journal_create(&j, path, log_key, BOOTH_ORIGIN,
	    crypto_key_spki(booth.host), &b, T0), BW_ERR_EXISTS);
	forget();
	assert_err(journal_open(&j, path, log_key), BW_ERR_NOTFOUND);
	assert_ok(file_write(path, "no database at all", 18, 0600));
	assert_int_not_equal(journal_open(&j, path, log_key), BW_OK);
	assert_ok(file_write(path, "", 0, 0600));
	assert_int_not_equal(journal_open(&j, path, log_key), BW_OK);
	assert_null(j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_survive_and_verify),
		cmocka_unit_test(is_held_by_one_process),
		cmocka_unit_test(a_policy_entry_is_in_force),
		cmocka_unit_test(nothing_follows_a_close),
		cmocka_unit_test(entries_go_once_cosigned),
		cmocka_unit_test(deleted_bodies_are_overwritten),
		cmocka_unit_test(only_the_hosts_cosignature_counts),
		cmocka_unit_test(a_note_beyond_the_journal_is_a_fork),
		cmocka_unit_test(a_damaged_journal_is_refused),
		cmocka_unit_test(what_is_no_journal_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
