// SPDX-License-Identifier: Apache-2.0
#include "tests/fault/fail.h"

#include <jansson.h>

#include "tests/support/unit.h"

#define NEVER (-1)

static long left = NEVER;	/* allocations that still succeed */
static bool stay, fired;

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *ptr, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *ptr, size_t n);

static bool
refuse(void)
{
	if (left == NEVER)
		return false;
	if (left > 0) {
		left--;
		return false;
	}
	fired = true;
	if (!stay)
		left = NEVER;
	return true;
}

void *
__wrap_malloc(size_t n)
{
	return refuse() ? NULL : __real_malloc(n);
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return refuse() ? NULL : __real_calloc(n, size);
}

void *
__wrap_realloc(void *ptr, size_t n)
{
	return refuse() ? NULL : __real_realloc(ptr, n);
}

/* The address of malloc itself is not wrapped in a shared library. */
static void *
through_malloc(size_t n)
{
	return malloc(n);
}

static void
through_free(void *ptr)
{
	free(ptr);
}

void
fail_setup(void)
{
	json_set_alloc_funcs(through_malloc, through_free);
	/* The seed of jansson's hashes is made once, for good. */
	json_object_seed(1);
}

void
fail_arm(unsigned nth, bool all)
{
	left = (long)nth;
	stay = all;
	fired = false;
}

bool
fail_disarm(void)
{
	left = NEVER;
	return fired;
}

static unsigned
fail_all(bw_err (*step)(void *ctx), void *ctx, bool all)
{
	unsigned n = 0;
	bool again;
	bw_err r;

	do {
		fail_arm(n, all);
		r = step(ctx);
		again = fail_disarm();
		if ((r != BW_OK) != again)
			fail_msg("allocation %u: %s", n, bw_strerror(r));
		n++;
	} while (again);
	return n - 1;
}

unsigned
fail_each(bw_err (*step)(void *ctx), void *ctx)
{
	unsigned once = fail_all(step, ctx, false);

	assert_int_equal(fail_all(step, ctx, true), once);
	return once;
}
