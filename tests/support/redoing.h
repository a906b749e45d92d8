/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redoing.h - what tests of rights-done share: a store beside its file, an act of
 * a person, acts whose commit the power cut off, and how many the file has.
 */
#ifndef TESTS_SUPPORT_REDOING_H
#define TESTS_SUPPORT_REDOING_H

#include "host/store_redo.h"
#include "tests/support/erasing.h"

static char file[FILE_PATH_MAX];

static inline int
begin(void **state)
{
	set_up(state);
	assert_ok(file_path(file, s.dir, "rights-done"));
	assert_ok(store_redo_to(s.store, s.dir));
	return 0;
}

static inline struct redo_act
person(enum redo_kind kind, size_t n)
{
	struct registration reg = get(n);
	struct redo_act act = { .kind = kind, .at = LATER,
		.st = { .registration = reg.id } };

	assert_ok(deleted_mac_key(s.host->deleted, reg.key, act.key_mac));
	return act;
}

/* Written, and then the power goes: the store has not got it. */
static inline uint64_t
cut_off(const struct redo_act *act, size_t n)
{
	uint64_t num;

	assert_ok(redo_append(s.dir, act, n, 0, &num));
	return num;
}

static inline bw_err
count(void *arg, const struct redo_act *act)
{
	(void)act;
	++*(size_t *)arg;
	return BW_OK;
}

static inline size_t
acts(void)
{
	size_t n = 0, line;

	assert_ok(redo_each(s.dir, count, &n, &line));
	assert_int_equal(n, line);
	return n;
}

static inline enum redo_stand
stands(void)
{
	enum redo_stand how;

	assert_ok(store_redo_stand(s.store, s.dir, &how));
	return how;
}

#endif
