// SPDX-License-Identifier: Apache-2.0
/* Codes that an attendee was sent: good for one thing, for a while. */
#include "tests/support/summit.h"

#include <ctype.h>
#include <stdio.h>

#include "host/right.h"
#include "host/store_about.h"
#include "host/store_link.h"

#define NOW SUMMIT_NOW

static struct summit sum;

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	summit_close(&sum);
	return 0;
}

static void
make(enum link_purpose purpose, char code[static LINK_CODE])
{
	assert_ok(store_begin(sum.store));
	assert_ok(link_make(sum.store, sum.person[1], purpose, 3600, NOW,
	    code));
	assert_ok(store_commit(sum.store));
	assert_int_equal(strlen(code), LINK_CODE - 1);
}

static bw_err
use(const char *code, enum link_purpose purpose, int64_t now)
{
	struct link l;
	bw_err r;

	assert_ok(store_begin(sum.store));
	r = link_take(sum.store, code, purpose, now, &l);
	assert_ok(store_commit(sum.store));
	return r;
}

static void
test_once(void **state)
{
	char code[LINK_CODE];
	struct link l;

	(void)state;
	make(LINK_ALL, code);
	assert_ok(link_look(sum.store, code, LINK_ALL, NOW, &l));
	assert_int_equal(l.registration, sum.person[1]);
	assert_ok(link_look(sum.store, code, LINK_ALL, NOW, &l));
	assert_err(link_look(sum.store, code, LINK_SHARES, NOW, &l),
	    BW_ERR_NOTFOUND);
	assert_err(use(code, LINK_OPTOUT, NOW), BW_ERR_NOTFOUND);
	assert_ok(use(code, LINK_ALL, NOW + 3599));
	assert_err(use(code, LINK_ALL, NOW), BW_ERR_NOTFOUND);
	assert_err(link_look(sum.store, code, LINK_ALL, NOW, &l),
	    BW_ERR_NOTFOUND);
}

static void
test_over(void **state)
{
	char code[LINK_CODE];
	struct link l;

	(void)state;
	make(LINK_SHARES, code);
	assert_err(link_look(sum.store, code, LINK_SHARES, NOW + 3600, &l),
	    BW_ERR_NOTFOUND);
	assert_ok(store_begin(sum.store));
	assert_ok(store_purge(sum.store, NOW + 3600));
	assert_ok(store_commit(sum.store));
	assert_err(link_look(sum.store, code, LINK_SHARES, NOW, &l),
	    BW_ERR_NOTFOUND);
}

/* As people type it; and nothing that is nearly it. */
static void
test_typed(void **state)
{
	char code[LINK_CODE], typed[64];
	struct link l;

	(void)state;
	make(LINK_SHARES, code);
	snprintf(typed, sizeof(typed), " %.5s-%s ", code, code + 5);
	for (char *p = typed; *p != 0; p++)
		*p = (char)tolower((unsigned char)*p);
	assert_ok(link_look(sum.store, typed, LINK_SHARES, NOW, &l));
	assert_err(link_look(sum.store, "", LINK_SHARES, NOW, &l),
	    BW_ERR_NOTFOUND);
	snprintf(typed, sizeof(typed), "%sA", code);
	assert_err(link_look(sum.store, typed, LINK_SHARES, NOW, &l),
	    BW_ERR_NOTFOUND);
	code[LINK_CODE - 2] = code[LINK_CODE - 2] == 'A' ? 'E' : 'A';
	assert_err(link_look(sum.store, code, LINK_SHARES, NOW, &l),
	    BW_ERR_NOTFOUND);
}

static void
test_erased(void **state)
{
	char code[LINK_CODE];
	struct link l;

	(void)state;
	make(LINK_ALL, code);
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_status(sum.store, sum.person[1],
	    REG_DELETED, NOW));
	assert_ok(store_commit(sum.store));
	assert_err(link_look(sum.store, code, LINK_ALL, NOW, &l),
	    BW_ERR_NOTFOUND);
}

/* A code went to an address: with another one it is no longer the holder's,
 * whether an import or a correction says so. */
static void
test_another_address(void **state)
{
	char code[2][LINK_CODE];
	struct registration reg;
	enum store_change change;
	struct link l;
	uint64_t id;

	(void)state;
	make(LINK_ALL, code[0]);
	make(LINK_SESSION, code[1]);
	assert_ok(store_registration_get(sum.store, sum.person[1], &reg));
	snprintf(reg.values.v[FIELD_COMPANY], sizeof(reg.values.v[0]), "Else");
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_put(sum.store, &reg, NOW, &change, &id));
	assert_ok(store_commit(sum.store));
	assert_int_equal(change, STORE_CHANGED);
	assert_ok(link_look(sum.store, code[0], LINK_ALL, NOW, &l));
	snprintf(reg.values.v[FIELD_EMAIL], sizeof(reg.values.v[0]),
	    "other@holder.example");
	assert_ok(store_begin(sum.store));
	assert_ok(store_registration_put(sum.store, &reg, NOW, &change, &id));
	assert_ok(store_commit(sum.store));
	assert_err(link_look(sum.store, code[0], LINK_ALL, NOW, &l),
	    BW_ERR_NOTFOUND);
	assert_err(link_look(sum.store, code[1], LINK_SESSION, NOW, &l),
	    BW_ERR_NOTFOUND);
	make(LINK_SHARES, code[0]);
	assert_ok(store_begin(sum.store));
	assert_ok(right_correct(sum.store, sum.person[1], FIELD_COMPANY,
	    "Third", "account:1", NOW));
	assert_ok(link_look(sum.store, code[0], LINK_SHARES, NOW, &l));
	assert_ok(right_correct(sum.store, sum.person[1], FIELD_EMAIL,
	    "third@holder.example", "account:1", NOW));
	assert_ok(store_commit(sum.store));
	assert_err(link_look(sum.store, code[0], LINK_SHARES, NOW, &l),
	    BW_ERR_NOTFOUND);
}

static bw_err
count(void *arg, uint64_t registration)
{
	(void)registration;
	++*(size_t *)arg;
	return BW_OK;
}

/* How many registrations somebody sees who has this address. */
static size_t
seen_by(const char *typed)
{
	char mail[ABOUT_MAIL_MAX];
	size_t n = 0;

	assert_ok(about_mail(typed, mail));
	assert_ok(about_same_mail(sum.store, mail, count, &n));
	return n;
}

/* Who can have a name that folds to another's does not see the other. */
static void
test_whose_address(void **state)
{
	static const char *const mails[SUMMIT_PEOPLE] = {
		"info@stra\u00dfe.example", "info@strasse.example",
		"\u00fcber@\u03bf\u03b4\u03bf\u03c2.example"
	};

	(void)state;
	assert_ok(store_begin(sum.store));
	for (size_t i = 0; i < SUMMIT_PEOPLE; i++)
		assert_ok(right_correct(sum.store, sum.person[i], FIELD_EMAIL,
		    mails[i], "account:1", NOW));
	assert_ok(store_commit(sum.store));
	assert_int_equal(seen_by(mails[0]), 1);
	assert_int_equal(seen_by("INFO@STRASSE.Example"), 1);
	assert_int_equal(seen_by("INFO@STRA\u1e9eE.Example"), 1);
	assert_int_equal(seen_by(
	    "\u00dcBER@\u039f\u0394\u03bf\u03c2.EXAMPLE"), 1);
	assert_int_equal(seen_by(
	    "\u00fcber@\u03bf\u03b4\u03bf\u03c3.example"), 0);
	assert_int_equal(seen_by("\u0130nfo@strasse.example"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_over, setup, teardown),
		cmocka_unit_test_setup_teardown(test_typed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_erased, setup, teardown),
		cmocka_unit_test_setup_teardown(test_another_address, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_whose_address, setup,
		    teardown)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
