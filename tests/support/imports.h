/* SPDX-License-Identifier: Apache-2.0 */
/* imports.h - a store of its own for each test, and imports into it. */
#ifndef TESTS_IMPORTS_H
#define TESTS_IMPORTS_H

#include "tests/support/unit.h"

#include "host/import/plan.h"

#define NOW 1772323200		/* 1 March 2026 */

#define HEAD "First Name,Last Name,Email,Attendee Status,Barcode #,Company," \
	"Home City,Home State,Home Country,Age\n"
#define ROW(code, rest) "Ada,M,a@x.example,Attending," code "," rest

extern struct store *store;
extern char store_dir[];		/* where it is */
extern struct map_choice choice;	/* nothing is chosen when a test begins */

int set_up(void **state);
int tear_down(void **state);

/* Plan, and apply the plan in a transaction of its own. */
bw_err import(const char *text, size_t len, struct import_plan **p,
    struct fault *f);
/* The same with a text that is good. */
struct import_plan *taken(const char *text);
void good(const char *text, size_t added, size_t changed, size_t unchanged,
    size_t skipped);
/* A plan of this text, which writes nothing. */
struct import_plan *planned(const char *text);

/* A registration by its barcode; how many there are. */
struct registration get(const char *barcode);
size_t count(void);

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

#endif
