// SPDX-License-Identifier: Apache-2.0
#include "tests/support/imports.h"

#include <stdio.h>

#include "tests/support/import_text.h"

char store_dir[] = "/tmp/badgeward-import-XXXXXX";
struct store *store;
struct map_choice choice;

int
set_up(void **state)
{
	char path[64];

	(void)state;
	memset(&choice, 0, sizeof(choice));
	strcpy(store_dir + sizeof(store_dir) - 7, "XXXXXX");
	assert_non_null(mkdtemp(store_dir));
	snprintf(path, sizeof(path), "%s/host.db", store_dir);
	assert_ok(store_open(&store, path));
	return 0;
}

int
tear_down(void **state)
{
	char command[80];

	(void)state;
	store_close(&store);
	snprintf(command, sizeof(command), "rm -rf %s", store_dir);
	return system(command) == 0 ? 0 : -1;
}

/* Plan, and apply the plan in a transaction of its own. */
bw_err
import(const char *text, size_t len, struct import_plan **p, struct fault *f)
{
	struct import_source src = { 0 };
	uint8_t hash[CRYPTO_HASH];
	int fd = fd_of(text, len);
	bw_err r;

	*p = NULL;
	memset(f, 0, sizeof(*f));
	if ((r = import_source_csv(&src, fd, f)) == BW_OK &&
	    (r = import_plan_make(p, store, &src, &choice, NOW, f)) ==
	    BW_OK) {
		memcpy(hash, (*p)->hash, sizeof(hash));
		import_plan_free(p);
		assert_ok(store_begin(store));
		r = import_plan_apply(p, store, &src, &choice, NOW, hash, f);
		assert_ok(r);
		assert_memory_equal((*p)->hash, hash, sizeof(hash));
		assert_ok(store_commit(store));
	}
	import_source_close(&src);
	close(fd);
	return r;
}

struct import_plan *
taken(const char *text)
{
	struct import_plan *p;
	struct fault f;
	bw_err r = import(text, strlen(text), &p, &f);

	if (r != BW_OK)
		print_error("line %zu: %s\n", f.line, f.text);
	assert_int_equal(r, BW_OK);
	return p;
}

void
good(const char *text, size_t added, size_t changed, size_t unchanged,
    size_t skipped)
{
	struct import_plan *p = taken(text);

	assert_int_equal(p->n[IMPORT_ADD], added);
	assert_int_equal(p->n[IMPORT_CHANGE], changed);
	assert_int_equal(p->n[IMPORT_SAME], unchanged);
	assert_int_equal(p->n[IMPORT_SKIP], skipped);
	assert_int_equal(p->nlines, added + changed + unchanged + skipped);
	import_plan_free(&p);
}

struct registration
get(const char *barcode)
{
	struct registration reg;
	char key[64];

	snprintf(key, sizeof(key), "eventbrite:%s", barcode);
	assert_ok(store_registration_find(store, key, &reg));
	return reg;
}

static bw_err
one_more(void *arg, const struct registration *reg)
{
	(void)reg;
	++*(size_t *)arg;
	return BW_OK;
}

size_t
count(void)
{
	size_t n = 0;

	assert_ok(store_registration_each(store, one_more, &n));
	return n;
}

/* A plan of this text, which writes nothing. */
struct import_plan *
planned(const char *text)
{
	struct import_source src;
	struct import_plan *p;
	struct fault f = { 0 };
	int fd = fd_of(text, strlen(text));

	assert_ok(import_source_csv(&src, fd, &f));
	assert_ok(import_plan_make(&p, store, &src, &choice, NOW, &f));
	import_source_close(&src);
	close(fd);
	return p;
}

