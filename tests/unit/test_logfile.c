// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "host/logfile.h"
#include "record/upload.h"

#define ORIGIN "log.summit.example/ev26/k07"
#define ENTRIES 3000	/* several windows of the reader */
#define DELETED 5	/* every so many bodies are gone */

static struct crypto_key *key;
static struct bw_buf file = { .max = 4u << 20 };
static size_t at[ENTRIES + 1];	/* where each item begins */

static void
put_entry(struct chain *c, uint64_t i)
{
	struct body b = { .kind = i == 0 ? ENTRY_OPEN : ENTRY_DECLINE };
	struct bw_buf body = BW_BUF_INIT(BODY_MAX);
	uint8_t entry[ENTRY_MAX];
	struct upload_item item = { .entry = entry };
	struct entry e;

	if (i == 0) {
		strcpy(b.u.open.event, "ev26");
		strcpy(b.u.open.device, "k07");
		strcpy(b.u.open.sponsor, "acme");
		memcpy(b.u.open.log_spki, crypto_key_spki(key), CRYPTO_SPKI);
	} else
		strcpy(b.u.stop.sponsor, "acme");
	memcpy(b.rs, &i, sizeof(i));
	assert_ok(body_encode(&b, &body));
	assert_ok(chain_make(c, b.kind, body.ptr, body.len, 1780272000 + i,
	    entry, &item.entry_len, &e));
	if (i % DELETED != 0) {
		item.body = body.ptr;
		item.body_len = body.len;
	}
	at[i] = file.len;
	assert_ok(upload_put_item(&file, &item));
	bw_buf_free(&body);
}

static int
set_up(void **state)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct checkpoint cp = { ORIGIN, ENTRIES, { 0 } };
	struct chain c = { 0 };

	(void)state;
	assert_ok(crypto_key_generate(&key));
	for (uint64_t i = 0; i < ENTRIES; i++)
		put_entry(&c, i);
	at[ENTRIES] = file.len;
	assert_ok(tree_root(&c.tree, cp.root));
	assert_ok(checkpoint_sign(&cp, key, &note));
	assert_ok(upload_put_note(&file, (const char *)note.ptr, note.len));
	bw_buf_free(&note);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	crypto_key_close(&key);
	bw_buf_free(&file);
	return 0;
}

struct seen {
	uint64_t entries, bodies, steps, bytes;
};

static bw_err
on_entry(void *arg, const struct entry *e,
    const uint8_t leaf[static CRYPTO_HASH], const struct body *body)
{
	struct seen *s = arg;

	(void)leaf;
	assert_int_equal(e->seq, s->entries);
	assert_int_equal(body == NULL, e->seq % DELETED == 0);
	s->entries++;
	s->bodies += body != NULL;
	return BW_OK;
}

static void
on_progress(void *arg, uint64_t bytes)
{
	struct seen *s = arg;

	assert_true(bytes > s->bytes);
	s->bytes = bytes;
	s->steps++;
}

static bw_err
verify(const void *ptr, size_t len, struct seen *seen,
    struct logfile_report *rep, struct fault *f)
{
	const struct logfile_watch watch = { on_entry, on_progress, seen };
	FILE *tmp = tmpfile();
	bw_err r;

	assert_non_null(tmp);
	assert_int_equal(fwrite(ptr, 1, len, tmp), len);
	rewind(tmp);
	memset(f, 0, sizeof(*f));
	r = logfile_verify(fileno(tmp), ORIGIN, crypto_key_spki(key), &watch,
	    rep, f);
	fclose(tmp);
	return r;
}

static void
test_long(void **state)
{
	struct logfile_report rep;
	struct seen s = { 0 };
	struct fault f;

	(void)state;
	assert_ok(verify(file.ptr, file.len, &s, &rep, &f));
	assert_int_equal(rep.entries, ENTRIES);
	assert_int_equal(rep.kinds[ENTRY_DECLINE], ENTRIES - 1);
	assert_int_equal(rep.deleted, ENTRIES / DELETED);
	assert_int_equal(s.entries, ENTRIES);
	assert_int_equal(s.bodies, ENTRIES - ENTRIES / DELETED);
	assert_int_equal(rep.first, 1780272000);
	assert_int_equal(rep.checkpoint.size, ENTRIES);
}

/* Wherever the wrong entry stands, also over the edge of a window. */
static void
test_wrong_anywhere(void **state)
{
	struct logfile_report rep;
	char says[60];
	struct fault f;

	(void)state;
	for (size_t i = 1; i < ENTRIES; i += 211) {
		struct seen s = { 0 };
		/* A bit of its commitment: 0x82 0x58 len, then 52 bytes in. */
		uint8_t *bit = file.ptr + at[i] + 3 + 52;

		*bit ^= 1;
		assert_int_not_equal(verify(file.ptr, file.len, &s, &rep, &f),
		    BW_OK);
		*bit ^= 1;
		/* Without its body only the next entry's prev tells. */
		snprintf(says, sizeof(says), "entry %zu is wrong",
		    i % DELETED == 0 ? i + 1 : i);
		assert_non_null(strstr(f.text, says));
		assert_int_equal(s.entries, i % DELETED == 0 ? i + 1 : i);
	}
}

static void
test_cut(void **state)
{
	struct logfile_report rep;
	struct seen s = { 0 };
	struct fault f;

	(void)state;
	assert_err(verify(file.ptr, at[ENTRIES], &s, &rep, &f),
	    BW_ERR_FORMAT);
	assert_non_null(strstr(f.text, "after 3000 entries"));
	for (size_t cut = 1; cut < 300; cut += 13) {
		struct seen t = { 0 };

		assert_int_not_equal(verify(file.ptr, file.len - cut, &t,
		    &rep, &f), BW_OK);
		assert_int_not_equal(f.text[0], 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_wrong_anywhere),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
