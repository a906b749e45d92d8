// SPDX-License-Identifier: Apache-2.0
/* Erasures and purges are killed in front of every change that they make to a
 * file, in processes of their own: nobody sees half of one, and what was decided
 * is finished by the next who opens the store, once, with nothing left. */
#include <sys/mman.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#include "host/audit.h"
#include "host/purge.h"
#include "host/store_ack.h"
#include "host/store_redo.h"
#include "tests/support/dying.h"
#include "tests/support/erasing.h"

#define OVER (SUMMIT_NOW + (int64_t)4000 * 86400)	/* everything is */
#define ROUNDS 100	/* at least: fewer would not be every moment */
#define FILES 32

/* The directory as each round finds it; its folders have keys and policies,
 * which nothing here changes. */
static struct kept {
	char path[FILE_PATH_MAX];
	struct bw_buf bytes;
} kept[FILES];
static size_t nkept;

static int
keep_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	struct kept *k = &kept[nkept];

	(void)st;
	if (type != FTW_F || ftw->level != 1)
		return 0;
	assert_in_range(nkept, 0, FILES - 1);
	k->bytes = BW_BUF_INIT(32u << 20);
	snprintf(k->path, sizeof(k->path), "%s", path);
	assert_ok(file_read(k->path, &k->bytes));
	nkept++;
	return 0;
}

static void
keep(void)
{
	store_close(&s.store);
	assert_int_equal(nftw(s.dir, keep_file, 16, FTW_PHYS), 0);
}

static int
remove_file(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	return type == FTW_F && ftw->level == 1 ? remove(path) : 0;
}

static void
put_back(void)
{
	store_close(&s.store);
	assert_int_equal(nftw(s.dir, remove_file, 16, FTW_PHYS), 0);
	for (size_t i = 0; i < nkept; i++)
		assert_ok(file_put(kept[i].path, kept[i].bytes.ptr,
		    kept[i].bytes.len, 0600));
}

static void
forget(void)
{
	for (size_t i = 0; i < nkept; i++)
		bw_buf_free(&kept[i].bytes);
	nkept = 0;
}

/* As a page reads it: nothing is done. */
static bw_err
look_in(void)
{
	bw_err r;

	store_close(&s.store);
	if ((r = store_open(&s.store, s.host->db_path)) != BW_OK)
		return r;
	store_deleted_key(s.store, s.host->deleted);
	return BW_OK;
}

/* As the host and the commands go on then. */
static bw_err
redo(int64_t now)
{
	bw_err r = store_redo_to(s.store, s.dir);

	return r == BW_OK ? store_redo_run(s.store, now) : r;
}

static bw_err
start(int64_t now)
{
	bw_err r = look_in();

	return r == BW_OK ? redo(now) : r;
}

static int
find(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	static const char *const value[] = { "Ada Lovelace",
		"ada@mail.example", "Engines, Ltd." };
	size_t len = (size_t)st->st_size;
	int found = 0, fd;
	void *all;

	(void)ftw;
	if (type != FTW_F || len == 0)
		return 0;
	assert_true((fd = open(path, O_RDONLY | O_CLOEXEC)) != -1);
	all = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	assert_ptr_not_equal(all, MAP_FAILED);
	for (size_t i = 0; i < sizeof(value) / sizeof(value[0]); i++)
		found |= memmem(all, len, value[i], strlen(value[i])) != NULL;
	munmap(all, len);
	close(fd);
	return found;
}

/* In any file, also in what SQLite keeps beside a store that is open. */
static bool
left_of_ada(void)
{
	return nftw(s.dir, find, 16, FTW_PHYS) != 0;
}

/* ---- erasures ---- */

enum stand { WHOLE, ASKED, PLANNED, GONE, STANDS };
static uint64_t hers;		/* her share's entry */

static enum stand
stand(void)
{
	struct store_edition e;
	struct registration reg;
	enum redo_stand how;
	bool values, body;

	reg = get(0);
	values = reg.values.v[FIELD_NAME][0] != 0;
	body = body_of(hers);
	assert_int_equal(values, body);
	assert_int_equal(reg.status == REG_DELETED, !values);
	assert_ok(store_edition_find(s.store, s.badge[0], 1, &e));
	assert_int_equal(e.values.v[FIELD_NAME][0] != 0, values);
	assert_ok(store_redo_stand(s.store, s.dir, &how));
	if (how == REDO_BEHIND && reg.status == REG_ATTENDING)
		return ASKED;
	return !values ? GONE : reg.status == REG_WITHHELD ? PLANNED : WHOLE;
}

/* As `right erase` where there is no time to undo it. */
static bool
erase_at_once(void *arg)
{
	int64_t due;
	bool erased;
	bw_err r;

	(void)arg;
	if (start(DUE) != BW_OK || store_begin(s.store) != BW_OK)
		return false;
	if ((r = right_erase_plan(s.store, s.person[0], 0, NULL, 0, ME, DUE,
	    &due)) == BW_OK)
		r = store_commit(s.store);
	store_rollback(s.store);
	return r == BW_OK && right_erase_one(s.dir, s.store, s.person[0], DUE,
	    &erased) == BW_OK && erased;
}

/* As the host does it that was started when it was due. */
static bool
erase_due(void *arg)
{
	struct right_done done;

	(void)arg;
	return start(DUE) == BW_OK && right_erase_due(s.dir, s.store, DUE,
	    DUE, &done) == BW_OK && done.erased == 1;
}

static void
is_finished(enum stand was)
{
	struct right_done done;
	uint64_t n[ACK_KINDS];
	bool gone = was != WHOLE;

	assert_ok(redo(DUE));
	assert_ok(right_erase_due(s.dir, s.store, DUE, DUE, &done));
	assert_int_equal(done.failed, 0);
	assert_ok(store_ack_count(s.store, "example-corp", n));
	assert_int_equal(n[ACK_ERASED], gone);
	assert_int_equal(lines(), gone);
	assert_int_equal(get(1).status, REG_ATTENDING);
	assert_int_equal(stand(), gone ? GONE : WHOLE);
	assert_int_equal(left_of_ada(), !gone);
}

/* What a run shows that is killed at every moment (unit_step). */
static void
every(bool shown)
{
	assert_true(shown || unit_step() != 1);
}

/* Until it ends by itself; how often it was met in which state. */
static void
each_moment(bool (*erase)(void *arg), unsigned met[static STANDS])
{
	bool killed = true;

	for (unsigned nth = 1 + unit_first(); killed; nth += unit_step()) {
		enum stand was;

		put_back();
		killed = dying_at(nth, erase, NULL);
		assert_ok(look_in());
		was = stand();
		assert_true(killed || was == GONE);
		is_finished(was);
		met[was] += killed;
	}
	print_message("%u whole, %u asked, %u planned, %u gone\n",
	    met[WHOLE], met[ASKED], met[PLANNED], met[GONE]);
}

static void
shared(void)
{
	hers = share(0);
	share(1);
	send();
}

static void
test_erased_at_once(void **state)
{
	unsigned met[STANDS] = { 0 };

	(void)state;
	shared();
	keep();
	each_moment(erase_at_once, met);
	every(met[WHOLE] && met[ASKED] && met[PLANNED] && met[GONE]);
	every(met[WHOLE] + met[ASKED] + met[PLANNED] + met[GONE] >= ROUNDS);
}

static void
test_erased_by_the_host(void **state)
{
	unsigned met[STANDS] = { 0 };

	(void)state;
	assert_ok(start(LATER));
	shared();
	plan(0);
	keep();
	each_moment(erase_due, met);
	every(met[PLANNED] && met[GONE]);
	assert_int_equal(met[WHOLE] + met[ASKED], 0);
}

/* ---- purges ---- */

static bool
purge_over(void *arg)
{
	struct purge_report rep;

	(void)arg;
	return start(OVER) == BW_OK && purge_run(s.dir, s.store, ME, OVER,
	    &rep) == BW_OK;
}

/* Rows that are over, by class. */
static void
due(uint64_t n[static RETAIN_CLASSES])
{
	struct purge_report rep;

	assert_ok(purge_look(s.store, OVER, &rep));
	for (size_t c = 0; c < RETAIN_CLASSES; c++)
		n[c] = rep.line[c].due;
}

static bw_err
count_gone(void *arg, const struct audit_row *row)
{
	uint64_t *n = arg;

	for (enum retain c = 0; c < RETAIN_CLASSES; c++)
		if (audit_did(row, DID_PURGE) && strcmp(row->object,
		    retain_class(c)->name) == 0)
			n[c] += strtoull(row->detail, NULL, 10);
	return BW_OK;
}

/* Everything went, and the audit tells of each row once. */
static void
is_purged(const uint64_t was[static RETAIN_CLASSES])
{
	uint64_t told[RETAIN_CLASSES] = { 0 }, n[RETAIN_CLASSES];

	due(n);
	assert_ok(audit_each(s.store, 0, 1000, NULL, count_gone, told));
	for (size_t c = 0; c < RETAIN_CLASSES; c++)
		assert_int_equal(n[c], 0);
	assert_int_equal(told[RETAIN_LEADS], was[RETAIN_LEADS]);
	assert_int_equal(told[RETAIN_REGISTRATIONS],
	    was[RETAIN_REGISTRATIONS]);
	assert_int_equal(lines(), 0);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_false(left_of_ada());
}

/* The host finishes what was begun, and nothing else; whether there was. */
static bool
is_purged_on(const uint64_t was[static RETAIN_CLASSES])
{
	uint64_t n[RETAIN_CLASSES];
	struct purge_report rep;
	int64_t begun;

	assert_ok(redo(OVER));
	assert_ok(store_purging_get(s.store, &begun));
	assert_ok(purge_finish(s.dir, s.store, "host", OVER));
	due(n);
	if (begun == 0 && n[RETAIN_LEADS] != 0) {
		assert_memory_equal(n, was, sizeof(n));
		assert_ok(purge_run(s.dir, s.store, ME, OVER, &rep));
	}
	is_purged(was);
	return begun != 0;
}

/* Which classes it was killed in front of, once begun. */
static void
note_stage(const uint64_t was[static RETAIN_CLASSES],
    unsigned met[static RETAIN_CLASSES])
{
	uint64_t n[RETAIN_CLASSES];

	assert_ok(look_in());
	due(n);
	for (size_t c = 0; c < RETAIN_CLASSES; c++)
		if (was[c] != 0 && n[c] != 0) {
			met[c]++;
			return;
		}
}

static void
test_purged(void **state)
{
	uint64_t was[RETAIN_CLASSES];
	unsigned met[RETAIN_CLASSES] = { 0 }, begun = 0, rounds = 0;
	bool killed = true;

	(void)state;
	shared();
	plan(2);
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(lines(), 1);
	due(was);
	assert_true(was[RETAIN_LEADS] && was[RETAIN_REGISTRATIONS] &&
	    was[RETAIN_LOGS]);
	keep();
	for (unsigned nth = 1 + unit_first(); killed; nth += unit_step()) {
		put_back();
		killed = dying_at(nth, purge_over, NULL);
		rounds++;
		note_stage(was, met);
		begun += is_purged_on(was);
	}
	print_message("%u rounds, %u were begun\n", rounds, begun);
	for (size_t c = 0; c < RETAIN_CLASSES; c++)
		every((was[c] != 0) == (met[c] != 0));
	every(rounds >= ROUNDS && begun >= ROUNDS / 2 && begun < rounds - 1);
}

static int
end(void **state)
{
	forget();
	return tear_down(state);
}

#define KILLED(t) cmocka_unit_test_setup_teardown(t, set_up, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		KILLED(test_purged),
		KILLED(test_erased_at_once),
		KILLED(test_erased_by_the_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
