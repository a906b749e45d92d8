// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include <stdio.h>

#include "base/clock.h"
#include "host/login.h"
#include "host/store_account.h"
#include "host/store_login.h"

#define NOW SUMMIT_NOW
#define MAIL "ada@post.example"
#define FIREFOX "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 " \
	"Firefox/128.0"

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

/* Somebody who may log in; what the password is does not matter here. */
static struct account
person(const char *mail, enum account_role role)
{
	const char *sponsor = account_role_has_sponsor(role) ? "acme" : NULL;
	const struct account_new in = { mail, NULL, role, sponsor, NULL };
	char code[ACCOUNT_CODE_SIZE];
	struct account a;
	uint64_t id;

	assert_ok(account_invite(sum.store, "cli:test", &in, NOW, &id, code));
	assert_ok(store_begin(sum.store));
	assert_ok(store_account_state(sum.store, id, ACCOUNT_ACTIVE));
	assert_ok(store_commit(sum.store));
	assert_ok(account_get(sum.store, id, &a));
	return a;
}

/* Give an account a second factor, whatever its secret. */
static void
enrol(uint64_t id)
{
	static const uint8_t sealed[TOTP_SEALED];

	assert_ok(store_begin(sum.store));
	assert_ok(store_account_totp_next(sum.store, id, sealed));
	assert_ok(store_account_totp_confirm(sum.store, id, 1));
	assert_ok(store_commit(sum.store));
}

static void
test_one_login(void **state)
{
	struct account a = person(MAIL, ROLE_SCANNER);
	char id[LOGIN_ID_SIZE], other[LOGIN_ID_SIZE];
	struct login l;

	(void)state;
	assert_ok(login_start(sum.store, &a, FIREFOX, "192.0.2.1", NOW, id));
	assert_int_equal(strlen(id), LOGIN_ID_SIZE - 1);
	assert_ok(login_find(sum.store, id, NOW, &l));
	assert_int_equal(l.stage, LOGIN_FULL);
	assert_int_equal(l.account.id, a.id);
	assert_string_equal(l.agent, "Firefox on Linux");
	assert_string_equal(l.address, "192.0.2.1");
	assert_string_equal(l.actor, "account:1");
	assert_int_equal(l.until, NOW + LOGIN_IDLE);
	assert_ok(login_alive(sum.store, l.num, NOW));
	strcpy(other, id);
	other[5] = other[5] == 'A' ? 'B' : 'A';
	assert_err(login_find(sum.store, other, NOW, &l), BW_ERR_NOTFOUND);
	assert_err(login_find(sum.store, "", NOW, &l), BW_ERR_NOTFOUND);
	assert_ok(account_get(sum.store, a.id, &a));
	assert_int_equal(a.last_login, NOW);
	assert_err(login_end(sum.store, NULL, a.id + 1, 1, NOW),
	    BW_ERR_NOTFOUND);
	assert_ok(login_end(sum.store, NULL, a.id, 1, NOW));
	assert_err(login_find(sum.store, id, NOW, &l), BW_ERR_NOTFOUND);
	assert_err(login_alive(sum.store, 1, NOW), BW_ERR_NOTFOUND);
}

/* Who needs a second factor does nothing without; each step has its own id. */
static void
test_stages(void **state)
{
	struct account a = person(MAIL, ROLE_ORGANISER);
	char one[LOGIN_ID_SIZE], two[LOGIN_ID_SIZE], three[LOGIN_ID_SIZE];
	struct login l;

	(void)state;
	assert_ok(login_start(sum.store, &a, NULL, "192.0.2.1", NOW, one));
	assert_ok(login_find(sum.store, one, NOW, &l));
	assert_int_equal(l.stage, LOGIN_ENROL);
	assert_string_equal(l.agent, "something else");
	assert_ok(account_get(sum.store, a.id, &a));
	assert_int_equal(a.last_login, 0);
	enrol(a.id);
	assert_ok(login_second(sum.store, l.num, NOW, two));
	assert_string_not_equal(one, two);
	assert_err(login_find(sum.store, one, NOW, &l), BW_ERR_NOTFOUND);
	assert_ok(login_find(sum.store, two, NOW, &l));
	assert_int_equal(l.stage, LOGIN_FULL);
	assert_int_equal(l.until, NOW + LOGIN_IDLE_STRICT);
	assert_ok(login_start(sum.store, &a, NULL, "192.0.2.1", NOW, three));
	assert_ok(login_find(sum.store, three, NOW, &l));
	assert_int_equal(l.stage, LOGIN_SECOND);
	/* Half a log-in is not for long. */
	assert_err(login_find(sum.store, three, NOW + LOGIN_HALF, &l),
	    BW_ERR_NOTFOUND);
	assert_err(login_second(sum.store, l.num, NOW + LOGIN_HALF, one),
	    BW_ERR_NOTFOUND);
}

/* Found again and again, it goes on until its whole time is over. */
static void
lives_until(const struct account *a, int64_t idle, int64_t whole)
{
	char id[LOGIN_ID_SIZE];
	int64_t now = NOW;
	struct login l;

	assert_ok(login_start(sum.store, a, NULL, "192.0.2.1", now, id));
	assert_ok(login_find(sum.store, id, now, &l));
	if (l.stage == LOGIN_SECOND)
		assert_ok(login_second(sum.store, l.num, now, id));
	for (; now < NOW + whole; now += idle - LOGIN_SEEN_STEP) {
		assert_ok(login_alive(sum.store, l.num, now));
		assert_ok(login_find(sum.store, id, now, &l));
	}
	assert_err(login_find(sum.store, id, NOW + whole, &l),
	    BW_ERR_NOTFOUND);
	assert_ok(login_start(sum.store, a, NULL, "192.0.2.1", NOW, id));
	assert_ok(login_find(sum.store, id, NOW, &l));
	if (l.stage == LOGIN_SECOND)
		assert_ok(login_second(sum.store, l.num, NOW, id));
	assert_ok(login_find(sum.store, id, NOW + idle - 1, &l));
	assert_err(login_find(sum.store, id, NOW + 2 * idle, &l),
	    BW_ERR_NOTFOUND);
	assert_err(login_alive(sum.store, l.num, NOW + 2 * idle),
	    BW_ERR_NOTFOUND);
}

static void
test_expiry(void **state)
{
	struct account a = person(MAIL, ROLE_MANAGER);
	struct account b = person("officer@post.example", ROLE_PRIVACY);

	(void)state;
	lives_until(&a, LOGIN_IDLE, LOGIN_WHOLE);
	enrol(b.id);
	lives_until(&b, LOGIN_IDLE_STRICT, LOGIN_WHOLE_STRICT);
}

/* When it was seen is written once a minute; a stream alone writes nothing. */
static void
test_seen(void **state)
{
	struct account a = person(MAIL, ROLE_DESK);
	struct store_login row;
	char id[LOGIN_ID_SIZE];
	struct login l;

	(void)state;
	assert_ok(login_start(sum.store, &a, NULL, "192.0.2.1", NOW, id));
	assert_ok(login_find(sum.store, id, NOW + LOGIN_SEEN_STEP - 1, &l));
	assert_ok(store_login_get(sum.store, l.num, &row));
	assert_int_equal(row.seen_at, NOW);
	assert_ok(login_alive(sum.store, l.num, NOW + LOGIN_SEEN_STEP));
	assert_ok(store_login_get(sum.store, l.num, &row));
	assert_int_equal(row.seen_at, NOW);
	assert_ok(login_find(sum.store, id, NOW + LOGIN_SEEN_STEP, &l));
	assert_ok(store_login_get(sum.store, l.num, &row));
	assert_int_equal(row.seen_at, NOW + LOGIN_SEEN_STEP);
	/* Others write: it is found all the same. */
	struct store *s;
	assert_ok(store_share(sum.store, &s));
	assert_ok(store_begin(s));
	assert_ok(login_find(sum.store, id, NOW + 1000, &l));
	store_close(&s);
}

static void
test_csrf(void **state)
{
	char a[LOGIN_CSRF_SIZE], b[LOGIN_CSRF_SIZE];

	(void)state;
	assert_ok(login_csrf("one", a));
	assert_ok(login_csrf("two", b));
	assert_int_equal(strlen(a), LOGIN_CSRF_SIZE - 1);
	assert_string_not_equal(a, b);
	assert_true(login_csrf_ok("one", a));
	assert_false(login_csrf_ok("one", b));
	assert_false(login_csrf_ok("one", NULL));
	assert_false(login_csrf_ok("one", ""));
}

struct got {
	size_t n;
	uint64_t num[LOGINS_MAX + 1];
};

static bw_err
collect(void *arg, const struct login *l)
{
	struct got *g = arg;

	assert_true(g->n <= LOGINS_MAX);
	g->num[g->n++] = l->num;
	return BW_OK;
}

static size_t
count(const struct account *a, int64_t now)
{
	struct got g = { 0 };

	assert_ok(login_each(sum.store, a->id, now, collect, &g));
	return g.n;
}

/* Everything that takes a right away ends what is open. */
static void
test_what_ends_logins(void **state)
{
	struct account a = person(MAIL, ROLE_DESK);
	struct account b = person("eve@post.example", ROLE_DESK);
	char id[LOGIN_ID_SIZE], code[ACCOUNT_CODE_SIZE];
	struct got g = { 0 };

	(void)state;
	for (int i = 0; i < LOGINS_MAX + 3; i++)
		assert_ok(login_start(sum.store, &a, NULL, "192.0.2.1",
		    NOW + i, id));
	assert_ok(login_start(sum.store, &b, NULL, "192.0.2.1", NOW, id));
	assert_ok(login_each(sum.store, a.id, NOW + 40, collect, &g));
	assert_int_equal(g.n, LOGINS_MAX);
	assert_int_equal(g.num[0], LOGINS_MAX + 3);
	assert_ok(login_end_all(sum.store, NULL, a.id, g.num[0], NOW));
	assert_int_equal(count(&a, NOW), 1);
	assert_ok(account_role_set(sum.store, "cli:test", a.id, ROLE_MANAGER,
	    "acme", NOW));
	assert_int_equal(count(&a, NOW), 0);
	assert_ok(login_start(sum.store, &a, NULL, "192.0.2.1", NOW, id));
	assert_ok(account_disable(sum.store, "cli:test", a.id, NOW));
	assert_ok(account_enable(sum.store, "cli:test", a.id, NOW));
	assert_int_equal(count(&a, NOW), 0);
	assert_ok(account_get(sum.store, b.id, &b));
	assert_int_equal(count(&b, NOW), 1);
	assert_ok(account_reset(sum.store, "cli:test", b.id, NOW, code));
	assert_int_equal(count(&b, NOW), 0);
	/* Disabled while the password was looked at. */
	assert_ok(account_disable(sum.store, "cli:test", b.id, NOW));
	b.state = ACCOUNT_ACTIVE;
	assert_err(login_start(sum.store, &b, NULL, "192.0.2.1", NOW, id),
	    BW_ERR_DENIED);
}

/* Wrong tries until one is refused; how many there were. */
static unsigned
tries(struct login_gate *g, const char *mail, const char *address,
    int64_t at, unsigned *wait)
{
	unsigned n = 0;

	while (login_gate_take(g, sum.store, GATE_PASSWORD, mail, address, at,
	    wait) == BW_OK)
		n++;
	return n;
}

static void
test_gate(void **state)
{
	struct account a = person(MAIL, ROLE_DESK);
	char id[LOGIN_ID_SIZE], from[32];
	struct login_gate *g;
	unsigned wait, n = 0;

	(void)state;
	assert_ok(login_start(sum.store, &a, NULL, "192.0.2.9", clock_wall(),
	    id));
	assert_ok(login_gate_open(&g));
	/* One address at one account; the mail in any case is the same. */
	assert_int_equal(tries(g, MAIL, "192.0.2.1", 1000, &wait),
	    GATE_PAIR_BURST);
	assert_true(wait >= 1 && wait <= GATE_PAIR_SECONDS);
	assert_int_equal(tries(g, "ADA@post.example", "192.0.2.1", 1000,
	    &wait), 0);
	/* The same for one that there is not. */
	assert_int_equal(tries(g, "no@post.example", "192.0.2.1", 1000,
	    &wait), GATE_PAIR_BURST);
	/* One address at many accounts. */
	for (int i = 0; i < 40; i++) {
		char mail[32];

		snprintf(mail, sizeof(mail), "%d@post.example", i);
		n += tries(g, mail, "192.0.2.1", 1000, &wait);
	}
	assert_int_equal(n, GATE_ADDRESS_BURST - 2 * GATE_PAIR_BURST);
	/* Many addresses at one account. */
	n = GATE_PAIR_BURST;
	for (int i = 0; i < 100; i++) {
		snprintf(from, sizeof(from), "198.51.100.%d", i);
		n += tries(g, MAIL, from, 1000, &wait);
	}
	assert_int_equal(n, GATE_ACCOUNT_BURST);
	assert_true(wait <= GATE_ACCOUNT_SECONDS);
	/* Its holder, where he has logged in before, is not kept out. */
	assert_ok(login_gate_take(g, sum.store, GATE_PASSWORD, MAIL,
	    "192.0.2.9", 1000, &wait));
	assert_int_equal(wait, 0);
	/* From elsewhere he waits a little. */
	assert_err(login_gate_take(g, sum.store, GATE_PASSWORD, MAIL,
	    "203.0.113.1", 1000, &wait), BW_ERR_DENIED);
	assert_ok(login_gate_take(g, sum.store, GATE_PASSWORD, MAIL,
	    "203.0.113.1", 1000 + GATE_ACCOUNT_SECONDS * 1000, &wait));
	login_gate_close(&g);
	assert_null(g);
}

/* Right ones cost nothing, and codes are counted by themselves. */
static void
test_gate_gives_back(void **state)
{
	struct login_gate *g;
	unsigned wait;

	(void)state;
	assert_ok(login_gate_open(&g));
	for (int i = 0; i < 500; i++) {
		assert_ok(login_gate_take(g, sum.store, GATE_PASSWORD, MAIL,
		    "192.0.2.1", 1000, &wait));
		login_gate_give(g, GATE_PASSWORD, MAIL, "192.0.2.1");
	}
	assert_int_equal(tries(g, MAIL, "192.0.2.1", 1000, &wait),
	    GATE_PAIR_BURST);
	for (int i = 0; i < GATE_CODE_BURST; i++)
		assert_ok(login_gate_take(g, sum.store, GATE_CODE, MAIL,
		    "192.0.2.1", 1000, &wait));
	assert_err(login_gate_take(g, sum.store, GATE_CODE, MAIL, "192.0.2.1",
	    1000, &wait), BW_ERR_DENIED);
	login_gate_close(&g);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one_login),
		TEST(test_stages),
		TEST(test_expiry),
		TEST(test_seen),
		TEST(test_csrf),
		TEST(test_what_ends_logins),
		TEST(test_gate),
		TEST(test_gate_gives_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
