// SPDX-License-Identifier: Apache-2.0
/* A sponsor's leads in pages, what its people say of them, what it must
 * acknowledge, and the counts beside them. */
#include "tests/support/summit.h"

#include <stdio.h>

#include "host/not_me.h"
#include "host/store_ack.h"
#include "host/store_export.h"
#include "host/store_leadlist.h"
#include "host/store_settle.h"
#include "host/store_tally.h"

#define NAME FIELD_BIT(FIELD_NAME)
#define EMAIL FIELD_BIT(FIELD_EMAIL)
#define LATER (SUMMIT_NOW + 60)
#define OURS "example-corp"

static struct summit s;
static struct booth a, b;
static char seen[4096];		/* "k07-3 k08-1 …" */
static struct leadlist_lead last;
static struct leadlist_end end;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&a, &s, "k07", OURS);
	booth_open(&b, &s, "k08", OURS);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&a);
	booth_close(&b);
	summit_close(&s);
	return 0;
}

static void
send(struct booth *booth)
{
	struct ingest_out out;

	assert_ok(booth_send(booth, &out));
	bw_buf_free(&out.note);
}

static uint64_t
share_at(struct booth *booth, size_t person, field_set granted, uint64_t at)
{
	struct body body = booth_share(booth, person, granted);

	booth->now = at;
	return booth_add(booth, &body);
}

static bw_err
collect(void *arg, const struct leadlist_lead *l)
{
	size_t n = strlen(seen);

	(void)arg;
	snprintf(seen + n, sizeof(seen) - n, "%s%s-%u", n != 0 ? " " : "",
	    l->device, (unsigned)l->seq);
	last = *l;
	return BW_OK;
}

static const char *
page(struct leadlist_query q)
{
	q.sponsor = q.sponsor != NULL ? q.sponsor : OURS;
	q.limit = q.limit != 0 ? q.limit : 100;
	seen[0] = 0;
	assert_ok(leadlist_page(s.store, &q, LATER, collect, NULL, &end));
	return seen;
}

/* As many as all pages have; negative: at least. */
static int
count(struct leadlist_query q, uint64_t most)
{
	uint64_t n;
	bool whole;

	q.sponsor = OURS;
	assert_ok(leadlist_count(s.store, &q, LATER, most, &n, &whole));
	return whole ? (int)n : -(int)n;
}

static bw_err
put(uint64_t device, uint64_t seq, unsigned parts, const struct note *n,
    int64_t at, uint64_t expect)
{
	bw_err r;

	assert_ok(store_begin(s.store));
	r = store_mark_put(s.store, OURS, device, seq, parts, n,
	    &(struct mark_source){ .account = 7, .at = at }, expect);
	if (r == BW_OK)
		assert_ok(store_commit(s.store));
	store_rollback(s.store);
	return r;
}

/* Newest first over both devices, page by page, while more arrive. */
static void
pages_by_time(void **state)
{
	char next[LEADLIST_CURSOR_MAX], all[200] = "";

	(void)state;
	for (unsigned i = 1; i <= 3; i++) {
		share_at(&a, i % 3, NAME | EMAIL, SUMMIT_NOW + i * 10);
		share_at(&b, i % 3, NAME | EMAIL, SUMMIT_NOW + i * 10 + 5);
	}
	send(&a);
	send(&b);
	assert_string_equal(page((struct leadlist_query){ .limit = 2 }),
	    "k08-3 k07-3");
	strcpy(next, end.cursor);
	share_at(&a, 0, NAME | EMAIL, SUMMIT_NOW + 50);
	send(&a);
	strcpy(all, page((struct leadlist_query){ .limit = 2,
	    .cursor = next }));
	assert_string_equal(all, "k08-2 k07-2");
	strcpy(next, end.cursor);
	assert_string_equal(page((struct leadlist_query){ .limit = 2,
	    .cursor = next }), "k08-1 k07-1");
	assert_string_equal(end.cursor, "");
	assert_string_equal(page((struct leadlist_query){ .limit = 1 }),
	    "k07-4");
	assert_string_equal(page((struct leadlist_query){ .device = "k08" }),
	    "k08-3 k08-2 k08-1");
	assert_int_equal(count((struct leadlist_query){ .cursor = "x" }, 7), 7);
	assert_int_equal(count((struct leadlist_query){ 0 }, 6), -6);
	/* A device that it does not name has no more. */
	page((struct leadlist_query){ .device = "k08", .limit = 2 });
	strcpy(next, end.cursor);
	assert_string_equal(page((struct leadlist_query){ .cursor = next }),
	    "k08-1");
	assert_string_equal(page((struct leadlist_query){ .sponsor = "acme",
	    .cursor = next }), "");
	assert_err(leadlist_page(s.store, &(struct leadlist_query){
	    .sponsor = OURS, .limit = 1, .cursor = "1;2" }, LATER, collect,
	    NULL, &end), BW_ERR_ARG);
}

/* A value that was not granted is in no list and is not found by search. */
static void
only_what_is_released(void **state)
{
	struct leadlist_lead l;

	(void)state;
	share_at(&a, 1, NAME, SUMMIT_NOW + 1);
	send(&a);
	assert_string_equal(page((struct leadlist_query){ .search = "zOË" }),
	    "k07-1");
	assert_int_equal(last.released, NAME);
	assert_string_equal(last.values.v[FIELD_NAME], "Zoë Müller");
	assert_string_equal(page((struct leadlist_query){
	    .search = "mueller zoe" }), "k07-1");
	assert_string_equal(page((struct leadlist_query){
	    .search = "mueller zora" }), "");
	assert_string_equal(page((struct leadlist_query){
	    .search = "K07-1" }), "k07-1");
	assert_string_equal(page((struct leadlist_query){
	    .search = "zoe k07-1" }), "k07-1");
	assert_string_equal(page((struct leadlist_query){
	    .search = "k07-" }), "");
	assert_string_equal(page((struct leadlist_query){
	    .search = "k07-10" }), "");
	assert_string_equal(last.values.v[FIELD_EMAIL], "");
	assert_string_equal(page((struct leadlist_query){
	    .search = "zoe@mail" }), "");
	assert_int_equal(count((struct leadlist_query){ .search = "zOË" }, 9),
	    1);
	assert_err(leadlist_lead(s.store, "acme", a.device.num, 1, LATER, &l),
	    BW_ERR_NOTFOUND);
	assert_err(leadlist_lead(s.store, OURS, a.device.num, 0, LATER, &l),
	    BW_ERR_NOTFOUND);
	assert_ok(leadlist_lead(s.store, OURS, a.device.num, 1, LATER, &l));
	assert_string_equal(l.values.v[FIELD_EMAIL], "");
	assert_ok(store_begin(s.store));
	assert_ok(store_registration_status(s.store, s.person[1],
	    REG_WITHHELD, LATER));
	assert_ok(store_commit(s.store));
	assert_string_equal(page((struct leadlist_query){ 0 }), "");
	assert_int_equal(count((struct leadlist_query){ 0 }, 9), 0);
	assert_err(leadlist_lead(s.store, OURS, a.device.num, 1, LATER, &l),
	    BW_ERR_NOTFOUND);
}

/* A lead is looked at in the place of the one before, whose marks are not its. */
static void
marks_stay_with_their_lead(void **state)
{
	struct note n = { .rating = 5, .ntags = 1, .tag = { "hot" } };

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		share_at(&a, i, NAME, SUMMIT_NOW + i);
	send(&a);
	assert_ok(put(a.device.num, 2, MARK_BIT(MARK_RATING) |
	    MARK_BIT(MARK_TAGS), &n, SUMMIT_NOW + 4, MARK_ANY));
	assert_string_equal(page((struct leadlist_query){ .search = "HOT" }),
	    "k07-2");
	assert_int_equal(last.mark.note.rating, 5);
	assert_string_equal(page((struct leadlist_query){ 0 }),
	    "k07-3 k07-2 k07-1");
	assert_int_equal(last.mark.note.rating, -1);
	assert_int_equal(last.mark.note.ntags, 0);
}

static void
booth_note(uint64_t about, int rating, const char *text, uint64_t at)
{
	struct bw_buf bytes = BW_BUF_INIT(BODY_NOTE_MAX);
	struct bw_buf box = BW_BUF_INIT(BODY_NOTE_MAX);
	struct note n = { .rating = rating };
	struct body body = { .kind = ENTRY_NOTE };

	strcpy(n.text, text);
	assert_ok(note_encode(&n, &bytes));
	assert_ok(seal_box(crypto_key_spki(s.host->host_seal), SEAL_NOTE,
	    NULL, bytes.ptr, bytes.len, &box));
	body.u.note.share_seq = about;
	body.u.note.sealed = box.ptr;
	body.u.note.sealed_len = box.len;
	a.now = at;
	booth_add(&a, &body);
	bw_buf_free(&bytes);
	bw_buf_free(&box);
}

static void
newest_word_counts(void **state)
{
	struct note n = { .rating = 2, .ntags = 1, .tag = { "Hot" } };
	struct store_mark m;
	uint64_t first;

	(void)state;
	share_at(&a, 0, NAME | EMAIL, SUMMIT_NOW + 1);
	booth_note(1, 4, "at the booth", SUMMIT_NOW + 2);
	send(&a);
	assert_ok(store_mark_get(s.store, a.device.num, 1, &m));
	assert_int_equal(m.note.rating, 4);
	assert_true(m.by[MARK_RATING].booth);
	first = m.version;
	assert_ok(put(a.device.num, 1, MARK_BIT(MARK_RATING) |
	    MARK_BIT(MARK_TAGS), &n, SUMMIT_NOW + 10, first));
	assert_err(put(a.device.num, 1, MARK_BIT(MARK_RATING), &n,
	    SUMMIT_NOW + 11, first), BW_ERR_OLD);
	assert_ok(store_mark_get(s.store, a.device.num, 1, &m));
	assert_int_not_equal(m.version, first);
	assert_int_equal(m.note.rating, 2);
	assert_int_equal(m.by[MARK_RATING].account, 7);
	assert_int_equal(m.booth.rating, 4);
	assert_string_equal(m.note.text, "at the booth");
	assert_string_equal(page((struct leadlist_query){ .tag = "hOT" }),
	    "k07-1");
	assert_string_equal(page((struct leadlist_query){ .tag = "ho" }), "");
	assert_string_equal(page((struct leadlist_query){ .rating = 3 }), "");
	booth_note(1, 5, "", SUMMIT_NOW + 20);
	send(&a);
	assert_ok(store_mark_get(s.store, a.device.num, 1, &m));
	assert_int_equal(m.note.rating, 5);
	assert_string_equal(m.note.tag[0], "Hot");
	assert_err(put(a.device.num, 2, MARK_BIT(MARK_RATING), &n, 1,
	    MARK_ANY), BW_ERR_NOTFOUND);
}

static bw_err
count_ack(void *arg, const struct store_ack *k)
{
	*(struct store_ack *)arg = *k;
	return BW_OK;
}

static uint64_t
open_acks(const char *sponsor)
{
	uint64_t n[ACK_KINDS], all = 0;

	assert_ok(store_ack_count(s.store, sponsor, n));
	for (size_t i = 0; i < ACK_KINDS; i++)
		all += n[i];
	return all;
}

static void
undo(uint64_t seq)
{
	struct body body = { .kind = ENTRY_UNDO };

	body.u.undo.share_seq = seq;
	booth_add(&a, &body);
}

/* What ends after it could have been seen is told, and its marks are gone. */
static void
ends_are_acknowledged(void **state)
{
	struct note n = { .rating = 3 };
	struct store_ack k = { 0 };
	struct store_mark m;
	bool moved;

	(void)state;
	undo(share_at(&a, 0, NAME | EMAIL, SUMMIT_NOW + 1));	/* 1, 2 */
	share_at(&a, 0, NAME | EMAIL, SUMMIT_NOW + 2);
	share_at(&a, 1, NAME | EMAIL, SUMMIT_NOW + 3);
	send(&a);
	assert_string_equal(page((struct leadlist_query){ 0 }),
	    "k07-4 k07-3");
	assert_int_equal(open_acks(OURS), 0);
	assert_ok(put(a.device.num, 3, MARK_BIT(MARK_RATING), &n,
	    SUMMIT_NOW + 4, MARK_ANY));
	assert_ok(put(a.device.num, 4, MARK_BIT(MARK_RATING), &n,
	    SUMMIT_NOW + 4, MARK_ANY));
	undo(3);
	send(&a);
	assert_int_equal(open_acks(OURS), 1);
	assert_ok(store_begin(s.store));
	assert_ok(store_lead_end(s.store, a.device.num, 3, LEAD_WITHDRAWN,
	    LATER, &moved));
	assert_ok(store_registration_status(s.store, s.person[1],
	    REG_DELETED, LATER));
	assert_ok(store_commit(s.store));
	assert_int_equal(open_acks(OURS), 1);
	for (uint64_t seq = 3; seq <= 4; seq++) {
		assert_ok(store_mark_get(s.store, a.device.num, seq, &m));
		assert_int_equal(m.note.rating, -1);
	}
	assert_ok(store_ack_each(s.store, OURS, true, NULL, 9, count_ack, &k));
	assert_int_equal(k.kind, ACK_UNDONE);
	assert_int_equal(k.seq, 3);
	assert_ok(store_begin(s.store));
	assert_err(store_ack_done(s.store, "acme", k.place.id, 7,
	    "account:7", LATER), BW_ERR_NOTFOUND);
	assert_ok(store_ack_done(s.store, OURS, k.place.id, 7, "account:7",
	    LATER));
	assert_ok(store_ack_done(s.store, OURS, k.place.id, 8, "account:8",
	    LATER + 1));
	assert_ok(store_commit(s.store));
	assert_int_equal(open_acks(OURS), 0);
	assert_ok(store_ack_each(s.store, OURS, false, NULL, 9, count_ack, &k));
	assert_int_equal(k.account, 7);
	assert_int_equal(k.acked_at, LATER);
}

static void
sorts_and_changes(void **state)
{
	struct note n = { .rating = 1 };

	(void)state;
	share_at(&a, 1, NAME | EMAIL, SUMMIT_NOW + 1);	/* Zoë */
	share_at(&a, 0, NAME | EMAIL, SUMMIT_NOW + 2);	/* Ada */
	send(&a);
	share_at(&b, 2, NAME | EMAIL, SUMMIT_NOW + 1);	/* 李雷 */
	b.now = SUMMIT_NOW + 40;	/* arrives late */
	send(&b);
	assert_string_equal(page((struct leadlist_query){
	    .sort = LEADLIST_NAME }), "k07-2 k07-1 k08-1");
	assert_string_equal(page((struct leadlist_query){
	    .sort = LEADLIST_NAME, .limit = 2, .cursor = "2" }), "k08-1");
	assert_string_equal(page((struct leadlist_query){
	    .changed_since = SUMMIT_NOW + 30 }), "k08-1");
	assert_ok(put(a.device.num, 1, MARK_BIT(MARK_RATING), &n,
	    SUMMIT_NOW + 50, MARK_ANY));
	assert_string_equal(page((struct leadlist_query){
	    .sort = LEADLIST_RATING,
	    .changed_since = SUMMIT_NOW + 30 }), "k07-1 k08-1");
}

/* What an import says of somebody. */
static void
imported(size_t person, enum reg_status st, int age, int64_t at)
{
	enum store_change change;
	struct registration reg;
	uint64_t id;

	assert_ok(store_registration_get(s.store, s.person[person], &reg));
	reg.status = st;
	reg.age = age;
	assert_ok(SUMMIT_KEPT(&s, store_registration_put(s.store, &reg, at,
	    &change, &id)));
	assert_int_equal(change, STORE_CHANGED);
}

/* Whoever asks for what is new hears of leads that were away. */
static void
what_comes_back_is_new(void **state)
{
	const struct leadlist_query since = {
		.changed_since = SUMMIT_NOW + 30 };
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		share_at(&a, i, NAME | EMAIL, SUMMIT_NOW + 1);
	send(&a);
	assert_string_equal(page(since), "");
	imported(0, REG_CANCELLED, REG_AGE_NONE, SUMMIT_NOW + 40);
	assert_string_equal(page(since), "");
	imported(0, REG_ATTENDING, REG_AGE_NONE, SUMMIT_NOW + 41);
	assert_string_equal(page(since), "k07-1");
	imported(1, REG_MINOR, 15, SUMMIT_NOW + 42);
	assert_ok(SUMMIT_KEPT(&s, store_registration_status(s.store,
	    s.person[1], REG_ATTENDING, SUMMIT_NOW + 43)));
	assert_string_equal(page(since), "k07-2 k07-1");
	assert_ok(SUMMIT_KEPT(&s, not_me_hold(s.store, a.device.num, 3,
	    "host", SUMMIT_NOW + 44, &n)));
	assert_int_equal(n, 3);
	assert_string_equal(page((struct leadlist_query){ 0 }), "");
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, a.device.num, 3,
	    0, "host", SUMMIT_NOW + 45)));
	assert_string_equal(page(since), "k07-3");
}

static bw_err
add_tally(void *arg, const struct store_tally *t)
{
	uint64_t *n = arg;

	n[0]++;
	n[1] += t->shares;
	n[2] += t->declines;
	n[3] += t->undos;
	return BW_OK;
}

/* Each entry once, over more hours than are counted at a time. */
static void
counts_each_once(void **state)
{
	struct body no = { .kind = ENTRY_DECLINE };
	uint64_t n[4] = { 0 };

	(void)state;
	strcpy(no.u.stop.sponsor, OURS);
	for (unsigned i = 0; i < 100; i++)
		undo(share_at(&a, 0, NAME | EMAIL, SUMMIT_NOW + i * 3600));
	booth_add(&a, &no);
	send(&a);
	assert_ok(store_settle_all(s.store, LATER));
	booth_add(&a, &no);
	send(&a);
	assert_ok(store_settle_all(s.store, LATER));
	assert_ok(store_settle_all(s.store, LATER));
	assert_ok(store_tally_each(s.store, OURS, 0, add_tally, n));
	assert_int_equal(n[0], 100);
	assert_int_equal(n[1], 100);
	assert_int_equal(n[2], 2);
	assert_int_equal(n[3], 100);
	assert_ok(store_tally_each(s.store, "acme", 0, add_tally, n));
	assert_int_equal(n[0], 100);
}

/* What few entries brought is in the next list at once; for many a list does
 * not wait: it is behind, and nothing in it moves when they come. */
static void
much_is_settled_by_others(void **state)
{
	struct body no = { .kind = ENTRY_DECLINE };

	(void)state;
	strcpy(no.u.stop.sponsor, OURS);
	share_at(&a, 0, NAME | EMAIL, SUMMIT_NOW + 1);
	send(&a);
	assert_string_equal(page((struct leadlist_query){ 0 }), "k07-1");
	share_at(&a, 1, NAME | EMAIL, SUMMIT_NOW + 2);
	for (unsigned i = 0; i < SETTLE_FEW; i++)
		booth_add(&a, &no);
	send(&a);
	assert_string_equal(page((struct leadlist_query){ 0 }), "k07-1");
	assert_err(store_settle(s.store, LATER, 0), BW_ERR_BUSY);
	assert_err(store_settle_few(s.store, LATER, 1000), BW_ERR_BUSY);
	assert_ok(store_settle_all(s.store, LATER));
	assert_ok(store_settle(s.store, LATER, 0));
	assert_string_equal(page((struct leadlist_query){ 0 }),
	    "k07-2 k07-1");
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pages_by_time), TEST(only_what_is_released),
		TEST(marks_stay_with_their_lead),
		TEST(newest_word_counts), TEST(ends_are_acknowledged),
		TEST(sorts_and_changes), TEST(what_comes_back_is_new),
		TEST(counts_each_once), TEST(much_is_settled_by_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
