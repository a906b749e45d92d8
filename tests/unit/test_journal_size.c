// SPDX-License-Identifier: Apache-2.0
/*
 * However many shares go through a journal, its file stays small while the
 * host takes them; and what the host took, upload by upload, is one log.
 *
 * BADGEWARD_SHARES says how many there are; 500 unless given.
 */
#include "tests/support/unit.h"

#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>

#include "kiosk/journal.h"
#include "record/chain.h"
#include "record/upload.h"
#include "tests/support/booth.h"

#define T0 1778572800u
#define ROUND 50		/* shares between two syncs */
#define BOUND (128 * 1024)	/* bytes of the file */

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
share(struct journal *j, uint64_t n)
{
	struct body b = { .kind = ENTRY_SHARE };
	uint64_t seq;

	memcpy(b.u.share.badge_id, &n, BADGE_ID);
	b.u.share.edition = 1;
	strcpy(b.u.share.sponsor, "example-corp");
	b.u.share.granted = FIELD_BIT(FIELD_NAME);
	strcpy(b.u.share.language, "en");
	assert_ok(journal_append(j, &b, T0 + n, &seq));
	assert_ok(journal_confirm(j));
}

/* As the host: check the upload against all that came before, cosign it. */
static void
sync_with_host(struct journal *j, struct chain *held)
{
	struct bw_buf up = BW_BUF_INIT(UPLOAD_MAX), both = BW_BUF_INIT(NOTE_MAX);
	uint8_t root[CRYPTO_HASH];
	struct upload_item item;
	const char *note = NULL, *why;
	struct checkpoint cp;
	struct bw_cur cur;
	uint64_t to;
	size_t len;

	assert_ok(journal_upload(j, held->tree.size, journal_size(j), &up,
	    &to));
	cur = (struct bw_cur){ up.ptr, up.len };
	for (;;) {
		assert_ok(upload_next(&cur, &item, &note, &len));
		if (note != NULL)
			break;
		assert_ok(chain_add(held, item.entry, item.entry_len,
		    item.body, item.body_len, NULL, NULL, &why));
	}
	assert_ok(checkpoint_verify(note, len, crypto_key_spki(log_key),
	    BOOTH_ORIGIN, &cp));
	assert_ok(tree_root(&held->tree, root));
	assert_memory_equal(cp.root, root, CRYPTO_HASH);
	assert_ok(booth_cosign(&booth, note, len, T0, &both));
	assert_ok(journal_cosign(j, (const char *)both.ptr, both.len));
	bw_buf_free(&up);
	bw_buf_free(&both);
}

static off_t
size_of(const char *behind)
{
	char name[160];
	struct stat st;

	snprintf(name, sizeof(name), "%s%s", path, behind);
	return stat(name, &st) == 0 ? st.st_size : 0;
}

static void
stays_small_while_the_host_takes(void **state)
{
	const char *want = getenv("BADGEWARD_SHARES");
	uint64_t n = want != NULL ? strtoul(want, NULL, 10) : 500;
	struct chain held = { 0 };
	struct journal *j;
	struct body b;
	off_t most = 0;

	(void)state;
	booth_opening(&policy, log_key, &b);
	assert_ok(journal_create(&j, path, log_key, BOOTH_ORIGIN,
	    crypto_key_spki(booth.host), &b, T0));
	for (uint64_t i = 0; i < n; i++) {
		share(j, i);
		if (i % ROUND != ROUND - 1)
			continue;
		sync_with_host(j, &held);
		journal_rest(j, 0);
		journal_rest(j, JOURNAL_REST_MS);
		assert_int_equal(size_of("-wal"), 0);
		if (size_of("") > most)
			most = size_of("");
		if (i % (ROUND * 8) != ROUND - 1)
			continue;
		journal_close(&j);
		assert_ok(journal_open(&j, path, log_key));
	}
	assert_int_equal(journal_size(j), n + 1);
	assert_int_equal(journal_cosigned(j), n - n % ROUND + 1);
	print_message("%llu shares, at most %lld bytes\n",
	    (unsigned long long)n, (long long)most);
	assert_true(most <= BOUND);
	journal_close(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stays_small_while_the_host_takes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
