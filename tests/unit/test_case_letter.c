// SPDX-License-Identifier: Apache-2.0
/* What staff look at is what is sent. */
#include "tests/support/summit.h"

#include <stdio.h>

#include "host/case_letter.h"
#include "host/mail_text.h"
#include "host/store_health.h"
#include "host/store_incident.h"

#define NOW SUMMIT_NOW
#define ME "account:1"

static struct summit sum;
static const struct mailconf conf = { .contact = "privacy@summit.example",
	.complain = "The authority, 1 Street" };

static int
setup(void **state)
{
	(void)state;
	summit_open(&sum, NULL);
	assert_ok(store_begin(sum.store));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	store_rollback(sum.store);
	summit_close(&sum);
	return 0;
}

/* The text that is sent of a letter that was queued. */
static void
sent(uint64_t num, enum letter_kind kind, const char *language, int64_t day,
    struct mail_text *out)
{
	struct mail_row row = { .id = 1, .mail = { .letter = kind,
		.registration = sum.person[0], .kind = MAIL_LETTER,
		.num = num, .day = day } };

	snprintf(row.mail.language, sizeof(row.mail.language), "%s",
	    language);
	assert_ok(mail_text_make(sum.store, &sum.host->config, &conf, &row,
	    NOW, out));
}

static bool
has(const struct bw_buf *b, const char *text)
{
	return memmem(b->ptr, b->len, text, strlen(text)) != NULL;
}

static void
same(enum letter_kind kind, const char *language, bw_err (*step)(
    struct store *, uint64_t, const char *, const char *, int64_t))
{
	const struct case_new in = { CASE_ACCESS, PROOF_MAIL, sum.person[0],
		0, 0, language, 0, 0 };
	struct bw_buf subject = BW_BUF_INIT(4096), body = BW_BUF_INIT(65536);
	struct mail_text out;
	struct case_file c;
	uint64_t num;

	assert_ok(case_open(sum.store, &in, ME, NOW, &num));
	assert_ok(case_get(sum.store, num, &c));
	assert_ok(case_letter(sum.store, &c, kind, sum.host->config.event_name,
	    &conf, "Because of Ada", case_due(NOW, 3, ""), &subject, &body));
	assert_ok(step(sum.store, num, "Because of Ada", ME, NOW));
	sent(num, kind, language, case_due(NOW, 3, ""), &out);
	assert_int_equal(out.subject.len, subject.len);
	assert_memory_equal(out.subject.ptr, subject.ptr, subject.len);
	assert_int_equal(out.body.len, body.len);
	assert_memory_equal(out.body.ptr, body.ptr, body.len);
	assert_true(has(&body, "Because of Ada"));
	assert_true(has(&body, conf.contact));
	assert_int_equal(has(&body, conf.complain), kind == LETTER_REFUSED);
	mail_text_free(&out);
	bw_buf_free(&subject);
	bw_buf_free(&body);
}

static void
what_is_seen_is_sent(void **state)
{
	static const char *const languages[] = { "en", "de", "ar", "ja" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		same(LETTER_EXTENDED, languages[i], case_extend);
		same(LETTER_REFUSED, languages[i], case_refuse);
		same(LETTER_DONE, languages[i], case_done_as);
		same(LETTER_DROPPED, languages[i], case_drop_as);
	}
}

/* No reason of another step's, and none when the case is gone. */
static void
says_only_its_own(void **state)
{
	const struct case_new in = { CASE_ERASURE, PROOF_MAIL, sum.person[0],
		0, 0, "en", 0, 0 };
	struct mail_text out;
	uint64_t num;

	(void)state;
	assert_ok(case_open(sum.store, &in, ME, NOW, &num));
	assert_ok(case_extend(sum.store, num, "Too many", ME, NOW));
	assert_ok(case_refuse(sum.store, num, "Unfounded", ME, NOW));
	sent(num, LETTER_RECEIVED, "en", NOW, &out);
	assert_false(has(&out.body, "Too many"));
	assert_false(has(&out.body, "Unfounded"));
	mail_text_free(&out);
	sent(num, LETTER_REFUSED, "en", NOW, &out);
	assert_false(has(&out.body, "Too many"));
	assert_true(has(&out.body, "Unfounded"));
	mail_text_free(&out);
	assert_ok(case_forget(sum.store, sum.person[0]));
	sent(num, LETTER_REFUSED, "en", NOW, &out);
	assert_false(has(&out.body, "Unfounded"));
	mail_text_free(&out);
}

/* The last letter leads to the page where all of it is undone: by its address
 * alone, as a code would be over long before that time. */
static void
leads_to_undoing(void **state)
{
	const struct case_new in = { CASE_ERASURE, PROOF_MAIL, sum.person[0],
		0, 0, "de", 0, 0 };
	char page[ENROL_BASE_MAX + 8];
	struct mail_text out;
	uint64_t num;

	(void)state;
	assert_ok(case_open(sum.store, &in, ME, NOW, &num));
	sent(num, LETTER_ERASE_PLANNED, "de", NOW + 3600, &out);
	snprintf(page, sizeof(page), "\n%s/my/\n\n",
	    sum.host->config.base_url);
	assert_true(has(&out.body, page));
	assert_true(has(&out.body, "„Nicht löschen“"));
	mail_text_free(&out);
	sent(num, LETTER_ERASE_UNDONE, "de", NOW, &out);
	assert_false(has(&out.body, "/my/"));
	mail_text_free(&out);
}

/* A breach at the booth of k07 that is to be told of. */
static uint64_t
breach(void)
{
	static const struct incident_text text = { { "A device was lost.",
		"Nothing is likely.", "It was blocked.", "Do nothing." } };
	struct incident in = { .scope = { .device = "k07" },
		.aware_at = NOW };
	uint64_t id;

	assert_ok(incident_open(sum.store, &in, ME, NOW, &id));
	assert_ok(incident_text_set(sum.store, id, "", &text, ME, NOW));
	return id;
}

/* Whoever sends it has seen which booth it names, and what was said then stays
 * said, wherever the booth stands by now. */
static void
breach_names_the_booth_of_then(void **state)
{
	char had[INCIDENT_SEEN_SIZE], has_now[INCIDENT_SEEN_SIZE];
	struct mail_row row = { .id = 1, .mail = { .kind = MAIL_BREACH,
		.registration = sum.person[0], .language = "en" } };
	struct mail_text out;
	struct booth b;
	uint64_t n;

	(void)state;
	store_rollback(sum.store);
	booth_invite(&b, &sum, "k07", "example-corp");
	booth_close(&b);
	assert_ok(store_begin(sum.store));
	row.mail.num = breach();
	assert_ok(store_device_booth(sum.store, "k07", "Hall 2"));
	assert_ok(incident_text_seen(sum.store, row.mail.num, had));
	assert_ok(store_device_booth(sum.store, "k07", "Hall 3"));
	assert_ok(incident_text_seen(sum.store, row.mail.num, has_now));
	assert_string_not_equal(had, has_now);
	assert_ok(incident_tell(sum.store, row.mail.num, ME, NOW, &n));
	assert_ok(store_device_booth(sum.store, "k07", "Hall 4"));
	assert_ok(mail_text_make(sum.store, &sum.host->config, &conf, &row,
	    NOW, &out));
	assert_true(has(&out.body, "Hall 3"));
	assert_false(has(&out.body, "Hall 4"));
	mail_text_free(&out);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_is_seen_is_sent), T(says_only_its_own),
		T(leads_to_undoing), T(breach_names_the_booth_of_then),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
