// SPDX-License-Identifier: Apache-2.0
/* What a sponsor's staff noted: from sealed notes to its leads, and away. */
#include "tests/support/summit.h"

#include <stdio.h>

#include "base/file.h"
#include "host/export_leads.h"
#include "host/lead_answers.h"
#include "host/not_me.h"
#include "host/outfile.h"
#include "record/cbor.h"
#include "record/seal.h"

#define FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define LATER (SUMMIT_NOW + 60)

static struct summit s;
static struct booth b;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "example-corp");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	summit_close(&s);
	return 0;
}

static void
send(void)
{
	struct ingest_out out;

	assert_ok(booth_send(&b, &out));
	bw_buf_free(&out.note);
}

static uint64_t
share(size_t person)
{
	struct body body = booth_share(&b, person, FIELDS);

	return booth_add(&b, &body);
}

/* A note whose plaintext is just these bytes. */
static uint64_t
sealed(uint64_t about, const void *ptr, size_t len)
{
	struct bw_buf box = BW_BUF_INIT(BODY_NOTE_MAX);
	struct body body = { .kind = ENTRY_NOTE };
	uint64_t seq;

	assert_ok(seal_box(crypto_key_spki(s.host->host_seal), SEAL_NOTE,
	    NULL, ptr, len, &box));
	body.u.note.share_seq = about;
	body.u.note.sealed = box.ptr;
	body.u.note.sealed_len = box.len;
	seq = booth_add(&b, &body);
	bw_buf_free(&box);
	return seq;
}

static uint64_t
note(uint64_t about, int rating, const char *text)
{
	struct note n = { .rating = rating, .ntags = 1, .nanswers = 2 };
	struct bw_buf bytes = BW_BUF_INIT(BODY_NOTE_MAX);
	uint64_t seq;

	strcpy(n.tag[0], "hot");
	strcpy(n.answer[0].question, "size");
	strcpy(n.answer[0].answer, "=1+1");
	strcpy(n.answer[1].question, "interest");
	strcpy(n.answer[1].answer, "Board A");
	snprintf(n.text, sizeof(n.text), "%s", text);
	assert_ok(note_encode(&n, &bytes));
	seq = sealed(about, bytes.ptr, bytes.len);
	bw_buf_free(&bytes);
	return seq;
}

static char text[65536];

static const char *
leads(enum leads_format format)
{
	struct bw_buf buf = BW_BUF_INIT(sizeof(text) - 1);
	char path[FILE_PATH_MAX];
	struct outfile *out;
	uint64_t n;

	assert_ok(file_path(path, s.dir, "leads"));
	assert_ok(outfile_open(&out, path, true));
	assert_ok(export_leads(s.store, &(struct leads_what){
	    .sponsor = "example-corp", .format = format, .now = LATER }, out,
	    &n, NULL));
	assert_ok(outfile_commit(out));
	outfile_close(&out);
	assert_ok(file_read(path, &buf));
	memcpy(text, buf.ptr, buf.len);
	text[buf.len] = 0;
	bw_buf_free(&buf);
	return text;
}

static bw_err
has_body(void *arg, const struct store_entry *e)
{
	*(bool *)arg = e->body != NULL;
	return BW_OK;
}

/* The note is in the store: its plaintext and its entry's body. */
static void
assert_kept(uint64_t about, uint64_t seq, bool kept)
{
	struct bw_buf plain = BW_BUF_INIT(BODY_NOTE_MAX);
	bool body = !kept;

	assert_int_equal(store_note_find(s.store, b.device.num, about,
	    &plain), kept ? BW_OK : BW_ERR_NOTFOUND);
	assert_ok(store_entry_each(s.store, b.device.num, seq, seq + 1,
	    has_body, &body));
	assert_int_equal(body, kept);
	bw_buf_free(&plain);
}

static void
stands_with_its_lead(void **state)
{
	uint64_t about = share(0);
	char csv[1000];

	(void)state;
	share(1);
	send();
	snprintf(csv, sizeof(csv), "%s", leads(LEADS_CSV));
	note(about, 2, "an earlier one");
	note(about, 4, "=cmd|'/c calc'!A1, \"quoted\"\nÅsa \x7f");
	send();
	assert_non_null(strstr(leads(LEADS_JSON), "\"policy_version\": \""
	    SUMMIT_VERSION "\", \"rating\": 4, \"tags\": [\"hot\"], "
	    "\"answers\": {\"size\": \"=1+1\", \"interest\": \"Board A\"}, "
	    "\"note\": \"=cmd|'/c calc'!A1, \\\"quoted\\\"\\u000aÅsa \x7f\"},"
	    "\n {"));
	assert_null(strstr(text, "earlier"));
	assert_non_null(strstr(text, "\"rating\": null, \"tags\": [], "
	    "\"answers\": {}, \"note\": null}]\n"));
	/* The columns of the CSV are what others rely on. */
	assert_string_equal(leads(LEADS_CSV), csv);
}

static void
goes_with_its_lead(void **state)
{
	struct body undo = { .kind = ENTRY_UNDO };
	uint64_t about[3], seq[3];
	bool moved;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		about[i] = share(i);
		seq[i] = note(about[i], 5, "secret");
	}
	send();
	for (size_t i = 0; i < 3; i++)
		assert_kept(about[i], seq[i], true);
	undo.u.undo.share_seq = about[0];
	booth_add(&b, &undo);
	send();
	assert_ok(store_begin(s.store));
	assert_ok(store_lead_end(s.store, b.device.num, about[1],
	    LEAD_WITHDRAWN, LATER, &moved));
	assert_ok(store_registration_status(s.store, s.person[2],
	    REG_DELETED, LATER));
	assert_ok(store_commit(s.store));
	for (size_t i = 0; i < 3; i++)
		assert_kept(about[i], seq[i], false);
	assert_string_equal(leads(LEADS_JSON), "[]\n");
	/* One that comes only now is not kept either. */
	for (size_t i = 0; i < 3; i++)
		seq[i] = note(about[i], 5, "secret");
	send();
	for (size_t i = 0; i < 3; i++)
		assert_kept(about[i], seq[i], false);
}

/* A share that is held as it comes in, for somebody who disowns another: what
 * was noted on it waits, is the sponsor's with it, or goes with it. */
static void
waits_with_its_lead(void **state)
{
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_DESK,
		.registration = s.person[0], .device = b.device.num };
	uint64_t about[2], seq[2], num, n;

	(void)state;
	in.seq = share(0);
	send();
	assert_ok(SUMMIT_KEPT(&s, not_me_case(s.store, &in, "account:1", LATER,
	    &num, &n)));
	about[0] = share(1);
	about[1] = share(2);
	send();
	for (size_t i = 0; i < 2; i++)
		seq[i] = note(about[i], 5, "come back");
	send();
	assert_string_equal(leads(LEADS_JSON), "[]\n");
	for (size_t i = 0; i < 2; i++)
		assert_kept(about[i], seq[i], true);
	assert_ok(SUMMIT_KEPT(&s, not_me_release(s.store, b.device.num,
	    about[0], num, "account:1", LATER)));
	assert_ok(SUMMIT_KEPT(&s, not_me_withdraw(s.store, b.device.num,
	    about[1], "account:1", LATER)));
	assert_non_null(strstr(leads(LEADS_JSON), "\"note\": \"come back\""));
	assert_kept(about[0], seq[0], true);
	assert_kept(about[1], seq[1], false);
}

/* An array head, then what cbor.h would not write. */
static uint64_t
raw(uint64_t about, const char *title, size_t len)
{
	struct bw_buf bytes = BW_BUF_INIT(BODY_NOTE_MAX);
	uint64_t seq;

	assert_ok(cbor_put_array(&bytes, 5));
	assert_ok(cbor_put_uint(&bytes, 1));
	assert_ok(cbor_put_null(&bytes));
	assert_ok(cbor_put_array(&bytes, 0));
	assert_ok(cbor_put_map(&bytes, 0));
	/* a text string of len bytes */
	assert_ok(bw_buf_put_u8(&bytes, 0x79));
	assert_ok(bw_buf_put_be16(&bytes, (uint16_t)len));
	assert_ok(bw_buf_put(&bytes, title, len));
	seq = sealed(about, bytes.ptr, bytes.len);
	bw_buf_free(&bytes);
	return seq;
}

static bw_err
count_odd(void *arg, const struct store_odd *o)
{
	uint64_t *seq = arg;

	assert_int_equal(o->reason, ODD_NOTE);
	assert_true(seq[0] < 7);
	seq[++seq[0]] = o->seq;
	return BW_OK;
}

/* Too long, bad UTF-8, a zero inside, no note at all, about what is no share:
 * listed for staff, never shown, and no body of them is kept. The log is taken
 * all the same. */
static void
hostile_notes_are_listed(void **state)
{
	static char longer[1001], good[1000];
	uint64_t about = share(0);
	uint64_t odd[8] = { 0 };

	(void)state;
	memset(longer, 'x', sizeof(longer));
	memset(good, 'x', sizeof(good));
	raw(about, longer, sizeof(longer));
	memcpy(good, "\xff", 1);
	raw(about, good, sizeof(good));
	memcpy(good, "\xed\xa0\x80", 3);	/* half a pair */
	raw(about, good, sizeof(good));
	memcpy(good, "a\0b", 3);
	raw(about, good, sizeof(good));
	sealed(about, "", 0);
	sealed(about, longer, 1);
	note(0, 5, "on the open entry");
	send();
	assert_ok(store_odd_each(s.store, count_odd, odd));
	assert_int_equal(odd[0], 7);
	for (size_t i = 1; i <= odd[0]; i++)
		assert_kept(about, odd[i], false);
	assert_non_null(strstr(leads(LEADS_JSON), "\"note\": null"));
	/* The longest that there is. */
	memset(good, '\x01', sizeof(good));
	raw(about, good, sizeof(good));
	send();
	assert_non_null(strstr(leads(LEADS_JSON), "\\u0001\\u0001"));
}

static void
only_what_is_asked_is_answered(void **state)
{
	static struct policy p;
	struct note stood = { .nanswers = 2 }, n = stood;

	(void)state;
	p.nquestions = 2;
	strcpy(p.question[0].id, "q1");
	p.question[0].nchoices = 2;
	strcpy(p.question[0].choice[0], "Yes");
	strcpy(p.question[0].choice[1], "No");
	strcpy(p.question[1].id, "q2");
	strcpy(stood.answer[0].question, "old");
	strcpy(stood.answer[0].answer, "of another version");
	strcpy(stood.answer[1].question, "q1");
	strcpy(stood.answer[1].answer, "Perhaps");
	strcpy(n.answer[0].question, "q1");
	strcpy(n.answer[0].answer, "Yes");
	strcpy(n.answer[1].question, "q2");
	strcpy(n.answer[1].answer, "whatever was said");
	assert_null(lead_answers_unfit(&p, &stood, &n));
	assert_null(lead_answers_unfit(&p, &stood, &stood));
	strcpy(n.answer[0].answer, "yes");
	assert_ptr_equal(lead_answers_unfit(&p, &stood, &n), &n.answer[0]);
	n.answer[0] = stood.answer[1];
	strcpy(n.answer[1].question, "old");
	assert_ptr_equal(lead_answers_unfit(&p, &stood, &n), &n.answer[1]);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(stands_with_its_lead), TEST(goes_with_its_lead),
		TEST(waits_with_its_lead), TEST(hostile_notes_are_listed),
		cmocka_unit_test(only_what_is_asked_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
