// SPDX-License-Identifier: Apache-2.0
/*
 * Fail the Nth write, sync, rename or removal of a file, N = 1, 2 … until none
 * fires; once, and from then on. After each: what stands in the outbox is
 * whole, a policy is the old one or the new one, and the next try completes it.
 */
#include "tests/support/unit.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "kiosk/outbox.h"
#include "kiosk/place.h"
#include "record/mail.h"
#include "record/upload.h"
#include "tests/support/booth.h"

#define T0 1778572800u
#define ENTRIES 6

static struct {
	unsigned left;		/* calls until it fails; 0: never */
	bool forever, fired;
	int error;
} fault;

static bool
strike(void)
{
	if (!fault.fired || !fault.forever) {
		if (fault.left == 0 || --fault.left > 0)
			return false;
		fault.fired = true;
	}
	errno = fault.error;
	return true;
}

ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);

/* A write that fails may have written half of it before. */
ssize_t
__wrap_write(int fd, const void *p, size_t n)
{
	if (!strike())
		return __real_write(fd, p, n);
	if (n > 1 && __real_write(fd, p, n / 2) < 0)
		return -1;
	errno = fault.error;
	return -1;
}

int
__wrap_fsync(int fd)
{
	return strike() ? -1 : __real_fsync(fd);
}

int
__wrap_rename(const char *from, const char *to)
{
	return strike() ? -1 : __real_rename(from, to);
}

int
__wrap_unlink(const char *path)
{
	return strike() ? -1 : __real_unlink(path);
}

static struct booth booth;
static struct policy policy;
static struct keys keys;
static struct place place;
static struct journal *journal;
static char dir[64];

static int
set_up(void **state)
{
	struct body b;
	uint64_t seq;

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, T0, &policy);
	snprintf(dir, sizeof(dir), "/tmp/badgeward-outbox-XXXXXX");
	assert_non_null(mkdtemp(dir));
	assert_ok(place_open(&place, dir));
	assert_ok(keys_create(&keys, place.own));
	booth_opening(&policy, keys.log, &b);
	assert_ok(journal_create(&journal, place.journal, keys.log,
	    BOOTH_ORIGIN, crypto_key_spki(booth.host), &b, T0));
	for (int i = 1; i < ENTRIES; i++) {
		b = (struct body){ .kind = ENTRY_DECLINE };
		strcpy(b.u.stop.sponsor, "example-corp");
		assert_ok(journal_append(journal, &b, T0, &seq));
	}
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	journal_close(&journal);
	keys_close(&keys);
	booth_close(&booth);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static void
check_whole(const char *name, const struct mail *m)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	struct upload_item item;
	const char *note = NULL;
	char path[FILE_PATH_MAX];
	struct checkpoint cp;
	struct bw_cur c;
	uint64_t n = 0;
	size_t len;

	assert_ok(file_path(path, place.outbox, name));
	assert_ok(file_read(path, &b));
	for (c = (struct bw_cur){ b.ptr, b.len }; note == NULL;
	    n += note == NULL)
		assert_ok(upload_next(&c, &item, &note, &len));
	assert_int_equal(m->from + n, m->to);
	assert_ok(checkpoint_verify(note, len, crypto_key_spki(keys.log),
	    BOOTH_ORIGIN, &cp));
	assert_int_equal(cp.size, m->to);
	bw_buf_free(&b);
}

/* Each upload is whole. Up to where they carry on each other. */
static uint64_t
survey(void)
{
	struct file_list l;
	uint64_t at = 0;

	assert_ok(file_list(place.outbox, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct mail m;

		mail_parse(l.name[i], &m);
		assert_int_equal(m.kind, MAIL_LOG);
		check_whole(l.name[i], &m);
		if (m.from <= at && m.to > at)
			at = m.to;
	}
	file_list_free(&l);
	return at;
}

/* As the kiosk does it: begin, put, put more and join. */
static bw_err
feed(struct outbox *o, bool *open)
{
	bw_err r = BW_OK;

	if (!*open)
		r = outbox_reset(o, place.outbox, 0);
	*open = r == BW_OK;
	for (uint64_t limit = 2; r == BW_OK && limit <= ENTRIES; limit += 2)
		if (o->next < limit)
			r = outbox_feed(o, journal, limit);
	return r;
}

static void
outbox_round(void)
{
	struct outbox o = { .next = 0 };
	bool open = false;
	bw_err r;

	r = feed(&o, &open);
	if (fault.fired)
		assert_int_not_equal(r, BW_OK);
	/* What an earlier round left may be removed in part. */
	assert_true(survey() >= o.next || !open);
	fault.left = 0;
	fault.forever = false;
	assert_ok(feed(&o, &open));
	assert_int_equal(survey(), ENTRIES);
	assert_int_equal(o.next, ENTRIES);
}

static void
policy_round(void)
{
	static const char old[] = "the old one", new[] = "the new one, longer";
	struct bw_buf b = BW_BUF_INIT(100);
	unsigned left = fault.left;
	bw_err r;

	fault.left = 0;
	assert_ok(file_write(place.policy, old, sizeof(old), 0600));
	fault.left = left;
	r = file_write(place.policy, new, sizeof(new), 0600);
	fault.left = 0;
	fault.forever = false;
	assert_ok(file_read(place.policy, &b));
	if (b.len == sizeof(old))
		assert_memory_equal(b.ptr, old, sizeof(old));
	else
		assert_memory_equal(b.ptr, new, sizeof(new));
	if (r == BW_OK)
		assert_int_equal(b.len, sizeof(new));
	assert_int_equal(r != BW_OK, fault.fired);
	bw_buf_free(&b);
}

static void
until_none_fires(void (*round)(void), unsigned least)
{
	static const int errors[] = { ENOSPC, EIO };

	for (unsigned how = 0; how < 4; how++) {
		unsigned n = 0;

		do {
			fault.left = ++n;
			fault.forever = how % 2 == 1;
			fault.error = errors[how / 2];
			fault.fired = false;
			round();
		} while (fault.fired && n < 500);
		assert_false(fault.fired);
		assert_true(n > least);
	}
}

static void
an_outbox_is_whole_and_goes_on(void **state)
{
	(void)state;
	until_none_fires(outbox_round, 12);
}

static void
a_policy_is_the_old_or_the_new(void **state)
{
	(void)state;
	until_none_fires(policy_round, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_outbox_is_whole_and_goes_on),
		cmocka_unit_test(a_policy_is_the_old_or_the_new),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
