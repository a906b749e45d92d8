// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>
#include <unistd.h>

#include "base/watch.h"
#include "kiosk/keys.h"
#include "kiosk/outbox.h"
#include "kiosk/place.h"
#include "record/chain.h"
#include "record/mail.h"
#include "record/upload.h"
#include "tests/support/booth.h"

#define T0 1778572800u

static struct booth booth;
static struct policy policy;
static struct keys keys;
static struct place place;
static struct journal *journal;
static struct outbox box;
static char dir[64];

static int
set_up(void **state)
{
	struct body b;

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, T0, &policy);
	snprintf(dir, sizeof(dir), "/tmp/badgeward-outbox-XXXXXX");
	assert_non_null(mkdtemp(dir));
	assert_ok(place_open(&place, dir));
	assert_ok(keys_create(&keys, place.own));
	booth_opening(&policy, keys.log, &b);
	assert_ok(journal_create(&journal, place.journal, keys.log,
	    BOOTH_ORIGIN, crypto_key_spki(booth.host), &b, T0));
	assert_ok(outbox_reset(&box, place.outbox, 0));
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	journal_close(&journal);
	keys_close(&keys);
	booth_close(&booth);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static void
decline(void)
{
	struct body b = { .kind = ENTRY_DECLINE };
	uint64_t seq;

	strcpy(b.u.stop.sponsor, "example-corp");
	assert_ok(journal_append(journal, &b, T0, &seq));
}

/* The uploads in the outbox, in order, must carry on each other and verify;
 * how many there are. */
static size_t
verify(uint64_t from, uint64_t to)
{
	struct file_list l;
	size_t n = 0;
	uint64_t at = from;

	assert_ok(file_list(place.outbox, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
		struct upload_item item;
		struct checkpoint cp;
		const char *note = NULL;
		char path[FILE_PATH_MAX];
		struct bw_cur c;
		uint64_t count = 0;
		struct mail m;
		size_t len;

		mail_parse(l.name[i], &m);
		if (m.kind != MAIL_LOG)
			continue;
		assert_int_equal(m.from, at);
		assert_ok(file_path(path, place.outbox, l.name[i]));
		assert_ok(file_read(path, &b));
		c = (struct bw_cur){ b.ptr, b.len };
		while (note == NULL) {
			assert_ok(upload_next(&c, &item, &note, &len));
			if (note == NULL) {
				struct entry e;

				assert_ok(entry_decode(item.entry,
				    item.entry_len, &e));
				assert_int_equal(e.seq, m.from + count++);
			}
		}
		assert_int_equal(m.from + count, m.to);
		assert_ok(checkpoint_verify(note, len,
		    crypto_key_spki(keys.log), BOOTH_ORIGIN, &cp));
		assert_int_equal(cp.size, m.to);
		bw_buf_free(&b);
		at = m.to;
		n++;
	}
	assert_int_equal(at, to);
	file_list_free(&l);
	return n;
}

static void
one_upload_for_what_is_there(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++)
		decline();
	assert_ok(outbox_feed(&box, journal, 3));
	assert_int_equal(box.next, 3);
	assert_int_equal(verify(0, 3), 1);
	assert_ok(outbox_feed(&box, journal, 3));
	assert_int_equal(verify(0, 3), 1);
	assert_ok(outbox_feed(&box, journal, 5));
	assert_int_equal(verify(0, 5), 2);
}

static void
few_files_wait_however_long(void **state)
{
	size_t most = 0, n;

	(void)state;
	for (unsigned i = 0; i < 150; i++) {
		decline();
		assert_ok(outbox_feed(&box, journal, journal_size(journal)));
		n = verify(0, journal_size(journal));
		if (n > most)
			most = n;
	}
	assert_in_range(most, 2, 10);
	/* begun anew, it is one */
	assert_ok(outbox_reset(&box, place.outbox, 100));
	assert_int_equal(verify(100, 100), 0);
	assert_ok(outbox_feed(&box, journal, journal_size(journal)));
	assert_int_equal(verify(100, journal_size(journal)), 1);
}

static void
what_the_uplink_took_is_not_joined_again(void **state)
{
	char path[FILE_PATH_MAX];

	(void)state;
	assert_ok(outbox_feed(&box, journal, 1));
	assert_ok(file_path(path, place.outbox,
	    "log-0000000000-0000000001.cbor"));
	assert_ok(file_remove(path));
	decline();
	assert_ok(outbox_feed(&box, journal, 2));
	assert_int_equal(verify(1, 2), 1);
}

/* A note that came while the kiosk was dead is read after a restart that began
 * at what was cosigned before it. */
static void
a_note_beyond_what_was_fed(void **state)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct bw_buf both = BW_BUF_INIT(NOTE_MAX);

	(void)state;
	decline();
	decline();
	assert_ok(outbox_reset(&box, place.outbox, 0));
	assert_ok(journal_get(journal, 1, NULL, NULL, &note));
	assert_ok(booth_cosign(&booth, (const char *)note.ptr, note.len, T0,
	    &both));
	assert_ok(journal_cosign(journal, (const char *)both.ptr, both.len));
	bw_buf_free(&note);
	bw_buf_free(&both);
	assert_ok(outbox_feed(&box, journal, 3));
	assert_int_equal(verify(2, 3), 1);
}

/* Cosigned entries have lost their bodies while their upload still lies
 * there: it cannot be made again, and need not. */
static void
cosigned_entries_are_left_alone(void **state)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX), both;

	(void)state;
	both = BW_BUF_INIT(NOTE_MAX);
	decline();
	assert_ok(outbox_feed(&box, journal, 2));
	assert_ok(journal_get(journal, 1, NULL, NULL, &note));
	assert_ok(booth_cosign(&booth, (const char *)note.ptr, note.len, T0,
	    &both));
	assert_ok(journal_cosign(journal, (const char *)both.ptr, both.len));
	bw_buf_free(&note);
	bw_buf_free(&both);
	for (int i = 0; i < 5; i++)
		decline();
	assert_ok(outbox_feed(&box, journal, 7));
	assert_int_equal(verify(0, 7), 2);
}

/* room: bytes of a note's sealed text. */
static void
append(enum entry_kind kind, uint64_t share, size_t room)
{
	static uint8_t sealed[BODY_NOTE_MAX];
	struct body b = { .kind = kind };
	uint64_t seq;

	if (kind == ENTRY_NOTE) {
		b.u.note.share_seq = share;
		b.u.note.sealed = sealed;
		b.u.note.sealed_len = room;
	} else if (kind == ENTRY_SHARE) {
		strcpy(b.u.share.sponsor, "example-corp");
		strcpy(b.u.share.language, "en");
		b.u.share.edition = 1;
	} else
		b.u.undo.share_seq = share;
	assert_ok(journal_append(journal, &b, T0, &seq));
}

/* Bytes of the entries [from, to) in an upload, the note left out. */
static size_t
bytes_of(uint64_t from, uint64_t to)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX), note;
	uint64_t end;
	size_t n;

	note = BW_BUF_INIT(NOTE_MAX);
	assert_ok(journal_upload(journal, from, to, &b, &end));
	assert_int_equal(end, to);
	assert_ok(journal_get(journal, to - 1, NULL, NULL, &note));
	n = b.len - note.len - (note.len < 256 ? 2 : 3);
	bw_buf_free(&b);
	bw_buf_free(&note);
	return n;
}

/* However full an upload is, its end does not part a share from its undo: the
 * host would release the share in between. */
static void
no_share_leaves_without_its_undo(void **state)
{
	const size_t most = UPLOAD_MAX - NOTE_MAX - 9;
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	size_t full, share, note, left;
	uint64_t at, end;

	(void)state;
	append(ENTRY_SHARE, 0, 0);
	append(ENTRY_NOTE, 1, 1000);
	share = bytes_of(1, 2);
	note = bytes_of(2, 3) - 1000;
	full = bytes_of(0, 3);
	while (full + 2 * (note + BODY_NOTE_MAX) + share < most) {
		append(ENTRY_NOTE, 1, BODY_NOTE_MAX);
		at = journal_size(journal);
		full += bytes_of(at - 1, at);
	}
	/* Then a share just fits, and its undo of 100 bytes and more not. */
	for (left = most - full - share - 50; left > BODY_NOTE_MAX;
	    left -= note + 1000)
		append(ENTRY_NOTE, 1, 1000);
	append(ENTRY_NOTE, 1, left - note);
	at = journal_size(journal);
	append(ENTRY_SHARE, 0, 0);
	assert_in_range(bytes_of(0, at + 1), most - 90, most);
	append(ENTRY_UNDO, at, 0);
	assert_ok(journal_upload(journal, 0, at + 2, &b, &end));
	assert_int_equal(end, at);
	bw_buf_free(&b);
	assert_ok(outbox_feed(&box, journal, at + 2));
	assert_int_equal(verify(0, at + 2), 2);
}

static void
the_inbox_is_watched(void **state)
{
	char path[FILE_PATH_MAX];
	int fd;

	(void)state;
	assert_ok(watch_open(place.inbox, &fd));
	assert_false(watch_drain(fd));
	assert_ok(file_path(path, place.inbox, "resend-0000000001"));
	assert_ok(file_write(path, "", 0, 0640));
	assert_true(watch_drain(fd));
	assert_false(watch_drain(fd));
	close(fd);
}

#define EACH(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(one_upload_for_what_is_there),
		EACH(few_files_wait_however_long),
		EACH(what_the_uplink_took_is_not_joined_again),
		EACH(cosigned_entries_are_left_alone),
		EACH(a_note_beyond_what_was_fed),
		EACH(no_share_leaves_without_its_undo),
		EACH(the_inbox_is_watched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
