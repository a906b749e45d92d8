// SPDX-License-Identifier: Apache-2.0
/* The record of the deleted: who is not imported again, and for how long; what
 * is taken up from it; and that an officer alone reads it. */
#include "host/deleted.h"

#include <sys/stat.h>

#include <unistd.h>

#include "host/hold.h"
#include "host/purge.h"
#include "host/readmit.h"
#include "host/store_restored.h"
#include "tests/support/erasing.h"

/* Neither by the key, nor with another by the address in other letters. */
static void
test_not_imported_again(void **state)
{
	struct registration was = get(0), other = get(1);

	(void)state;
	snprintf(was.values.v[FIELD_EMAIL], sizeof(was.values.v[0]),
	    "Ada@Erased.example");
	assert_int_equal(import(&was, was.key), STORE_CHANGED);
	plan(0);
	run(DUE);
	assert_int_equal(import(&was, was.key), STORE_REFUSED);
	was.values.v[FIELD_EMAIL][0] = 0;
	assert_int_equal(import(&was, was.key), STORE_REFUSED);
	snprintf(was.values.v[FIELD_EMAIL], sizeof(was.values.v[0]),
	    "ada@erased.EXAMPLE");
	assert_int_equal(import(&was, "another key"), STORE_REFUSED);
	/* Who is there already is not the erased. */
	snprintf(other.values.v[FIELD_EMAIL], sizeof(other.values.v[0]),
	    "ada@erased.example");
	assert_int_equal(import(&other, other.key), STORE_CHANGED);
	was.values.v[FIELD_EMAIL][0] = 0;
	assert_int_equal(import(&was, "another key"), STORE_ADDED);
}

static bw_err
let_in(const char *key, const char *mail, uint64_t *n)
{
	const struct readmit_who who = { key, mail };

	return DO(readmit(s.dir, s.store, &who, ME, DUE, n));
}

/* Who comes back is taken up, and stays: the record bars nobody by that line any
 * more, but whoever else has it in common. Erased again, it holds again. */
static void
test_comes_back(void **state)
{
	struct registration was = get(0), other = get(1), reg;
	uint64_t n;

	(void)state;
	snprintf(other.values.v[FIELD_EMAIL], sizeof(other.values.v[0]), "%s",
	    was.values.v[FIELD_EMAIL]);
	assert_int_equal(import(&other, other.key), STORE_CHANGED);
	assert_err(let_in(was.key, NULL, &n), BW_ERR_NOTFOUND);
	plan(0);
	plan(1);
	assert_int_equal(run(DUE).erased, 2);
	assert_err(let_in("nobody's", "nobody@x.example", &n),
	    BW_ERR_NOTFOUND);
	assert_ok(let_in(was.key, NULL, &n));
	assert_int_equal(n, 1);
	/* The address is another's too, who was erased. */
	assert_int_equal(import(&was, was.key), STORE_REFUSED);
	assert_ok(let_in("", was.values.v[FIELD_EMAIL], &n));
	assert_int_equal(n, 2);
	assert_int_equal(import(&was, was.key), STORE_ADDED);
	assert_int_equal(run(DUE).erased, 0);
	assert_ok(store_registration_find(s.store, was.key, &reg));
	assert_int_equal(reg.status, REG_ATTENDING);
	assert_int_not_equal(reg.id, s.person[0]);
	assert_int_equal(lines(), 2);
	s.person[0] = reg.id;
	plan(0);
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(lines(), 3);
	assert_int_equal(import(&was, was.key), STORE_REFUSED);
}

/* An older store that is put back has the person as it was: that is erased
 * again, whoever was let in since. */
static void
test_comes_back_as_another(void **state)
{
	struct registration was = get(0);
	uint64_t n;

	(void)state;
	append(&was, LATER);
	assert_ok(let_in(was.key, NULL, &n));
	assert_int_equal(n, 1);
	assert_int_equal(get(0).status, REG_ATTENDING);
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_int_equal(import(&was, was.key), STORE_ADDED);
	assert_int_equal(run(DUE).erased, 0);
}

/* An older store that is put back bars who was let in since; others still. */
static void
test_let_in_over_a_backup(void **state)
{
	struct registration was = get(0), other = get(1), reg;
	const struct deleted_mails none = { 0 };
	uint8_t mac[DELETED_MAC];
	uint64_t n;

	(void)state;
	plan(0);
	plan(1);
	assert_int_equal(run(DUE).erased, 2);
	assert_ok(let_in(was.key, NULL, &n));
	assert_ok(deleted_mac_key(s.host->deleted, was.key, mac));
	assert_ok(DO(store_deleted_put_all(s.store, mac, &none, 0)));
	assert_int_equal(import(&was, was.key), STORE_REFUSED);
	assert_ok(DO(db_restored(s.store, s.dir, DUE)));
	assert_int_equal(import(&was, was.key), STORE_ADDED);
	assert_int_equal(import(&other, other.key), STORE_REFUSED);
	assert_int_equal(run(DUE).erased, 0);
	/* Nor is it by a number that somebody may have had since the copy. */
	assert_ok(store_registration_find(s.store, was.key, &reg));
	assert_true(reg.id > UINT64_C(1) << 19);
}

/* Without the key to compare with, nobody new is taken up. */
static void
test_fails_closed(void **state)
{
	struct registration reg = get(0);
	enum store_change change;
	struct right_done done;
	struct store *bare;
	uint64_t id;

	(void)state;
	plan(0);
	run(DUE);
	assert_ok(store_open(&bare, s.host->db_path));
	snprintf(reg.key, sizeof(reg.key), "new");
	assert_ok(store_begin(bare));
	assert_err(store_registration_put(bare, &reg, LATER, &change, &id),
	    BW_ERR_KEY);
	store_rollback(bare);
	assert_err(right_erase_due(s.dir, bare, LATER, LATER, &done),
	    BW_ERR_KEY);
	store_close(&bare);
}

/* A line without its erasure: the power went, or a backup was put back. */
static void
test_taken_up_again(void **state)
{
	struct registration reg = get(0), gone = { .id = 77, .key = "gone" };

	(void)state;
	append(&reg, LATER);
	append(&reg, LATER);
	append(&gone, LATER);
	assert_int_equal(lines(), 2);
	assert_int_equal(run(LATER).erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_int_equal(get(1).status, REG_ATTENDING);
	assert_int_equal(lines(), 2);
	assert_int_equal(run(LATER).erased, 0);
	assert_int_equal(import(&gone, "gone"), STORE_REFUSED);
}

/* Nor does a hold that came later, or was lifted before, keep who is gone. */
static void
test_no_hold_keeps_the_gone(void **state)
{
	struct hold h = { .scope = HOLD_EVENT, .reason = "a complaint",
		.reviewer = "anna", .review_at = DUE };
	struct registration reg = get(0);
	uint64_t id;

	(void)state;
	plan(1);
	append(&reg, LATER);
	assert_ok(DO(hold_add(s.store, &h, ME, LATER, &id)));
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(get(0).status, REG_DELETED);
	assert_int_equal(get(1).status, REG_WITHHELD);
}

static void
purge(int64_t now)
{
	struct purge_report rep;

	assert_ok(purge_run(s.dir, s.store, ME, now, &rep));
	assert_int_equal(run(now).erased, 0);
}

/* When its time is over, the line goes with the rows; one that is younger, and
 * what it has in common with the old one, stays. */
static void
test_forgotten(void **state)
{
	struct registration was = get(0), gone = { .id = 77, .key = "gone" };
	struct registration fresh = { .id = 78, .key = "fresh" };
	struct registration reg = { .key = "" };
	struct retain_rules rules;
	uint8_t mac[DELETED_MAC];
	struct stat st;
	int64_t over;

	(void)state;
	assert_ok(retain_load(s.store, &rules));
	over = (rules.event_end > DUE ? rules.event_end : DUE) +
	    (int64_t)rules.days[RETAIN_DELETED] * 86400;
	memcpy(fresh.values.v[FIELD_EMAIL], was.values.v[FIELD_EMAIL],
	    sizeof(fresh.values.v[FIELD_EMAIL]));
	plan(0);
	run(DUE);
	append(&gone, LATER);
	append(&fresh, over);
	purge(over - 1);
	assert_int_equal(lines(), 3);
	purge(over);
	assert_int_equal(lines(), 1);
	assert_int_equal(stat(record, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(import(&gone, "gone"), STORE_ADDED);
	assert_int_equal(import(&fresh, "fresh"), STORE_REFUSED);
	assert_int_equal(import(&was, "another key"), STORE_REFUSED);
	was.values.v[FIELD_EMAIL][0] = 0;
	assert_int_equal(import(&was, was.key), STORE_ADDED);
	/* Cut off between the file and the rows: they follow. */
	assert_ok(deleted_mac_key(s.host->deleted, "rest", mac));
	assert_ok(DO(store_deleted_put(s.store, mac, 0)));
	purge(over);
	assert_int_equal(import(&reg, "rest"), STORE_ADDED);
}

static struct registration
with_mail(const struct registration *was, const char *mail)
{
	struct registration reg = *was;

	snprintf(reg.values.v[FIELD_EMAIL], sizeof(reg.values.v[0]), "%s",
	    mail);
	return reg;
}

static bw_err
count_mails(void *arg, const struct deleted_member *m)
{
	*(size_t *)arg = m->mails.n;
	return BW_OK;
}

/* Nor by the address with its domain written in the other way. */
static void
test_not_by_another_domain(void **state)
{
	static const char *const mails[] = { "ada@m\u00fcnchen.example",
		"Ada@xn--mnchen-3ya.example", "ada@M\u00dcNCHEN.example" };
	struct registration was = get(0), reg;

	(void)state;
	reg = with_mail(&was, mails[0]);
	assert_int_equal(import(&reg, was.key), STORE_CHANGED);
	plan(0);
	run(DUE);
	for (size_t m = 0; m < 3; m++) {
		reg = with_mail(&was, mails[m]);
		assert_int_equal(import(&reg, "another key"), STORE_REFUSED);
	}
	reg = with_mail(&was, "ada@munchen.example");
	assert_int_equal(import(&reg, "another key"), STORE_ADDED);
}

/* Not by any address that the host had: from an import, a badge, a correction.
 * They are known until the record ends. */
static void
test_every_address(void **state)
{
	static const char *const mails[] = { "second@mail.example",
		"Third@mail.example", "last@mail.example" };
	struct registration was = get(0), reg;
	struct retain_rules rules;
	size_t n = 0, line;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		reg = with_mail(&was, mails[i]);
		assert_int_equal(import(&reg, was.key), STORE_CHANGED);
	}
	assert_ok(DO(right_correct(s.store, was.id, FIELD_EMAIL, mails[2], ME,
	    LATER)));
	plan(0);
	assert_int_equal(run(DUE).erased, 1);
	assert_int_equal(lines(), 1);
	assert_ok(deleted_each(record, NULL, count_mails, &n, &line));
	assert_int_equal(n, 4);
	assert_int_equal(import(&was, "another key"), STORE_REFUSED);
	for (size_t m = 0; m < 3; m++) {
		reg = with_mail(&was, mails[m]);
		reg.values.v[FIELD_EMAIL][0] ^= 0x20;
		assert_int_equal(import(&reg, "another key"), STORE_REFUSED);
	}
	assert_ok(retain_load(s.store, &rules));
	purge((rules.event_end > DUE ? rules.event_end : DUE) +
	    (int64_t)rules.days[RETAIN_DELETED] * 86400);
	assert_int_equal(lines(), 0);
	for (size_t m = 0; m < 3; m++) {
		reg = with_mail(&was, mails[m]);
		assert_int_equal(import(&reg, mails[m]), STORE_ADDED);
	}
	assert_int_equal(import(&was, was.key), STORE_ADDED);
}

static void
test_torn_line(void **state)
{
	struct registration reg = get(0);
	struct bw_buf all = BW_BUF_INIT(65536);
	struct stat st;

	(void)state;
	append(&reg, LATER);
	assert_int_equal(stat(record, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(truncate(record, st.st_size - 3), 0);
	assert_int_equal(lines(), 0);
	append(&reg, LATER);
	assert_int_equal(lines(), 1);
	assert_ok(file_read(record, &all));
	assert_int_equal(all.len, st.st_size);
	bw_buf_free(&all);
}

/* What is no line of ours stops everything. */
static void
test_no_line(void **state)
{
#define MAC "00112233445566778899aabbccddeeff"
	static const char *const bad[] = { "1 x\n", "1 5 " MAC " - -\n",
		"1 5 0 " MAC " - -\n", "1 5 -7 " MAC " - -\n",
		"1 5 7 " MAC " - - -\n", "1 5 7 " MAC "0 - -\n",
		"3 5 7 " MAC " - -\n", "1 5 7 " MAC " x -\n" };
	static const char good[] = "1 5 7 " MAC " - -\n";

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_ok(file_write(record, bad[i], strlen(bad[i]), 0600));
		assert_err(right_erase_due(s.dir, s.store, LATER, LATER,
		    &(struct right_done){ 0 }), BW_ERR_FORMAT);
	}
	assert_ok(file_write(record, good, strlen(good), 0600));
	assert_int_equal(lines(), 1);
	assert_int_equal(run(LATER).erased, 0);
}

static bw_err
read_member(void *arg, const struct deleted_member *m)
{
	*(struct deleted_member *)arg = *m;
	return BW_OK;
}

static void
test_officer_reads(void **state)
{
	struct crypto_key *officer, *other;
	struct registration was = get(0);
	struct deleted_member m = { 0 };
	size_t line;

	(void)state;
	assert_ok(crypto_key_generate(&officer));
	assert_ok(crypto_key_generate(&other));
	assert_ok(deleted_officer_set(s.dir, crypto_key_spki(officer)));
	plan(0);
	run(DUE);
	assert_ok(deleted_each(record, officer, read_member, &m, &line));
	assert_string_equal(m.name, was.values.v[FIELD_NAME]);
	assert_string_equal(m.mail, was.values.v[FIELD_EMAIL]);
	assert_string_equal(m.key, was.key);
	assert_int_equal(m.at, DUE);
	assert_err(deleted_each(record, other, read_member, &m, &line),
	    BW_ERR_KEY);
	assert_int_equal(line, 1);
	crypto_key_close(&officer);
	crypto_key_close(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_comes_back),
		TEST(test_comes_back_as_another),
		TEST(test_let_in_over_a_backup),
		TEST(test_not_imported_again),
		TEST(test_fails_closed),
		TEST(test_taken_up_again),
		TEST(test_no_hold_keeps_the_gone),
		TEST(test_forgotten),
		TEST(test_not_by_another_domain),
		TEST(test_every_address),
		TEST(test_torn_line),
		TEST(test_no_line),
		TEST(test_officer_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
