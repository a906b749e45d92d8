// SPDX-License-Identifier: Apache-2.0
/*
 * A journal that was harmed, in every way that a disk has: it is refused and
 * not touched, and set aside whole.
 */
#include "tests/support/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "kiosk/journal.h"
#include "kiosk/journal_aside.h"
#include "tests/support/booth.h"

#define T0 1778572800u
#define PAGE 4096
#define SHARES 100		/* more than are checked after a mend */
#define FILE_MAX (1u << 24)

static struct booth booth;
static struct policy policy;
static struct crypto_key *log_key;
static char dir[64], path[128];

static const char *const parts[] = { "", "-wal", "-undo" };
#define NPARTS 3
static struct bw_buf sound[NPARTS];	/* what a killed kiosk left */

static void
read_part(const char *base, const char *part, struct bw_buf *out)
{
	char name[FILE_PATH_MAX];
	bw_err r;

	snprintf(name, sizeof(name), "%s%s", base, part);
	*out = BW_BUF_INIT(FILE_MAX);
	r = file_read(name, out);
	assert_true(r == BW_OK || r == BW_ERR_NOTFOUND);
}

static void
write_part(const char *part, const struct bw_buf *b)
{
	char name[FILE_PATH_MAX];

	snprintf(name, sizeof(name), "%s%s", path, part);
	if (b->len == 0)
		assert_ok(file_remove(name));
	else
		assert_ok(file_write(name, b->ptr, b->len, 0600));
}

static void
put_back(void)
{
	for (int i = 0; i < NPARTS; i++)
		write_part(parts[i], &sound[i]);
}

static void
share(struct journal *j, unsigned n)
{
	struct body b = { .kind = ENTRY_SHARE };
	uint64_t seq;

	memcpy(b.u.share.badge_id, "badge-id", BADGE_ID);
	b.u.share.edition = 1;
	strcpy(b.u.share.sponsor, "example-corp");
	b.u.share.granted = FIELD_BIT(FIELD_NAME);
	strcpy(b.u.share.language, "en");
	assert_ok(journal_append(j, &b, T0 + n, &seq));
	assert_ok(journal_confirm(j));
}

/* Many shares in the file, some in the WAL alone. */
static int
set_up(void **state)
{
	static const uint8_t scalar[CRYPTO_KEY] = { 7, 7, 7 };
	struct journal *j;
	struct body b;

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, T0, &policy);
	assert_ok(crypto_key_open(&log_key, scalar));
	snprintf(dir, sizeof(dir), "/tmp/badgeward-journal-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/journal.db", dir);
	booth_opening(&policy, log_key, &b);
	assert_ok(journal_create(&j, path, log_key, BOOTH_ORIGIN,
	    crypto_key_spki(booth.host), &b, T0));
	for (unsigned i = 0; i < SHARES; i++)
		share(j, i);
	journal_close(&j);
	assert_ok(journal_open(&j, path, log_key));
	for (unsigned i = 0; i < 3; i++)
		share(j, SHARES + i);
	for (int i = 0; i < NPARTS; i++)
		read_part(path, parts[i], &sound[i]);
	journal_close(&j);
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	booth_close(&booth);
	crypto_key_close(&log_key);
	for (int i = 0; i < NPARTS; i++)
		bw_buf_free(&sound[i]);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static void
assert_parts(const char *base, const struct bw_buf want[static NPARTS])
{
	for (int i = 0; i < NPARTS; i++) {
		struct bw_buf got;

		read_part(base, parts[i], &got);
		assert_int_equal(got.len, want[i].len);
		if (got.len != 0)
			assert_memory_equal(got.ptr, want[i].ptr, got.len);
		bw_buf_free(&got);
	}
}

/* It is refused for good, not as by a disk that may work again later, and no
 * byte of it has changed. */
static void
assert_refused(const char *what, size_t n)
{
	struct bw_buf before[NPARTS];
	struct journal *j;
	bw_err r;

	for (int i = 0; i < NPARTS; i++)
		read_part(path, parts[i], &before[i]);
	r = journal_open(&j, path, log_key);
	if (r == BW_OK || r == BW_ERR_IO || r == BW_ERR_NOTFOUND ||
	    r == BW_ERR_BUSY || r == BW_ERR_FULL)
		fail_msg("%s %zu: %s", what, n, bw_strerror(r));
	assert_null(j);
	assert_parts(path, before);
	for (int i = 0; i < NPARTS; i++)
		bw_buf_free(&before[i]);
}

static void
poke(size_t at, const void *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	assert_int_not_equal(fd, -1);
	assert_int_equal(pwrite(fd, bytes, len, (off_t)at), (ssize_t)len);
	close(fd);
}

static void
the_sound_one_is_taken(void **state)
{
	struct journal *j;

	(void)state;
	put_back();
	assert_ok(journal_open(&j, path, log_key));
	assert_int_equal(journal_size(j), SHARES + 4);
	journal_close(&j);
}

/* Without the WAL, which holds newer ones of some pages. */
static void
a_page_of_zeros(void **state)
{
	static const uint8_t zeros[PAGE];

	(void)state;
	for (size_t at = 0; at < sound[0].len; at += PAGE) {
		put_back();
		poke(at, zeros, PAGE);
		write_part("-wal", &(struct bw_buf){ .len = 0 });
		assert_refused("page at", at);
	}
}

static void
a_file_that_ends_early(void **state)
{
	(void)state;
	for (size_t at = 0; at < sound[0].len; at += PAGE / 2) {
		put_back();
		assert_int_equal(truncate(path, (off_t)at), 0);
		write_part("-wal", &(struct bw_buf){ .len = 0 });
		assert_refused("cut at", at);
	}
}

/* Anywhere in the log, not near its end only; there the WAL has newer pages. */
static void
a_bit_in_an_entry(void **state)
{
	struct bw_buf entry;
	struct journal *j;

	(void)state;
	for (uint64_t seq = 0; seq < SHARES - 20; seq += 7) {
		const uint8_t *at;
		uint8_t b;

		put_back();
		entry = BW_BUF_INIT(ENTRY_MAX);
		assert_ok(journal_open(&j, path, log_key));
		assert_ok(journal_get(j, seq, &entry, NULL, NULL));
		journal_close(&j);
		put_back();
		at = memmem(sound[0].ptr, sound[0].len, entry.ptr, entry.len);
		assert_non_null(at);
		b = at[60] ^ 4;		/* within its commitment */
		poke((size_t)(at - sound[0].ptr) + 60, &b, 1);
		assert_refused("bit in entry", (size_t)seq);
		bw_buf_free(&entry);
	}
}

static void
a_head_of_garbage(void **state)
{
	(void)state;
	put_back();
	poke(0, "this is no database at all......", 32);
	assert_refused("garbage", 0);
}

/* What was confirmed stood in it: going on without would fork the log. */
static void
no_wal(void **state)
{
	(void)state;
	put_back();
	write_part("-wal", &(struct bw_buf){ .len = 0 });
	assert_refused("no WAL", 0);
}

/* Whatever was stored last, and no share: it has left for the host, perhaps. */
static void
no_wal_after_another_kind(void **state)
{
	static const enum entry_kind kinds[] = { ENTRY_DECLINE, ENTRY_CLOCK,
		ENTRY_POLICY, ENTRY_CLOSE };
	struct bw_buf left[NPARTS];
	struct journal *j;
	uint64_t seq;

	(void)state;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		struct body b = { .kind = kinds[k] };

		put_back();
		assert_ok(journal_open(&j, path, log_key));
		journal_close(&j);	/* all of it is in the file */
		assert_ok(journal_open(&j, path, log_key));
		if (b.kind == ENTRY_DECLINE)
			strcpy(b.u.stop.sponsor, "example-corp");
		if (b.kind == ENTRY_CLOCK) {
			b.u.clock.new_time = T0 + SHARES + 10;
			strcpy(b.u.clock.source, "ntp");
		}
		if (b.kind == ENTRY_POLICY) {
			strcpy(b.u.policy.version, "2");
			b.u.policy.serial = 2;
		}
		if (b.kind == ENTRY_CLOSE)
			strcpy(b.u.close.reason, "over");
		assert_ok(journal_append(j, &b, T0 + SHARES + 10, &seq));
		for (int i = 0; i < NPARTS; i++)
			read_part(path, parts[i], &left[i]);
		journal_close(&j);
		left[1].len = 0;
		for (int i = 0; i < NPARTS; i++)
			write_part(parts[i], &left[i]);
		assert_refused("no WAL after kind", (size_t)b.kind);
		for (int i = 0; i < NPARTS; i++)
			bw_buf_free(&left[i]);
	}
}

static void
half_a_wal(void **state)
{
	struct bw_buf half = sound[1];

	(void)state;
	put_back();
	half.len /= 2;
	write_part("-wal", &half);
	assert_refused("half a WAL", half.len);
}

static void
is_set_aside_whole(void **state)
{
	static const struct bw_buf none[NPARTS];
	char where[FILE_PATH_MAX], base[FILE_PATH_MAX], last[FILE_PATH_MAX];

	(void)state;
	last[0] = '\0';
	for (int i = 0; i < 3; i++) {
		put_back();
		assert_ok(journal_set_aside(path, where));
		assert_string_not_equal(where, last);
		memcpy(last, where, sizeof(last));
		assert_parts(path, none);
	}
	for (int i = 1; i <= 3; i++) {
		snprintf(base, sizeof(base), "%s/aside-%d/journal.db", dir, i);
		assert_parts(base, sound);
	}
	assert_err(journal_set_aside(path, where), BW_ERR_NOTFOUND);
}

/* A crash between the journal and its WAL: the rest follows it. */
static void
is_set_aside_by_the_next_process(void **state)
{
	char where[FILE_PATH_MAX], base[FILE_PATH_MAX];
	struct journal *j;

	(void)state;
	put_back();
	write_part("-wal", &(struct bw_buf){ .len = 0 });
	write_part("-undo", &(struct bw_buf){ .len = 0 });
	assert_ok(journal_set_aside(path, where));
	write_part("-wal", &sound[1]);
	write_part("-undo", &sound[2]);
	assert_err(journal_open(&j, path, log_key), BW_ERR_NOTFOUND);
	assert_ok(journal_set_aside(path, base));
	assert_string_equal(base, where);
	assert_ok(file_path(base, where, "journal.db"));
	assert_parts(base, sound);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sound_one_is_taken),
		cmocka_unit_test(a_page_of_zeros),
		cmocka_unit_test(a_file_that_ends_early),
		cmocka_unit_test(a_bit_in_an_entry),
		cmocka_unit_test(a_head_of_garbage),
		cmocka_unit_test(no_wal),
		cmocka_unit_test(no_wal_after_another_kind),
		cmocka_unit_test(half_a_wal),
		cmocka_unit_test(is_set_aside_whole),
		cmocka_unit_test(is_set_aside_by_the_next_process),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
