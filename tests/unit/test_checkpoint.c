// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/checkpoint.h"

static struct checkpoint
example(unsigned size)
{
	struct checkpoint c = { .size = size };

	strcpy(c.origin, vec_str("log/origin"));
	memcpy(c.root, vec_hex("log/roots/%u", size).ptr, CRYPTO_HASH);
	return c;
}

static void
notes_agree(void **state)
{
	struct crypto_key *key = vec_key("keys/device_log");

	(void)state;
	for (unsigned i = 1; i <= 6; i++) {
		struct checkpoint c = example(i), back;
		struct bw_buf b = BW_BUF_INIT(NOTE_MAX);
		const char *want = vec_str("log/checkpoints/%u/note", i), *s;

		assert_ok(checkpoint_text(&c, &b));
		assert_ok(bw_buf_cstr(&b, &s));
		assert_string_equal(s, vec_str("log/checkpoints/%u/text", i));
		bw_buf_reset(&b);
		assert_ok(checkpoint_sign(&c, key, &b));
		assert_ok(bw_buf_cstr(&b, &s));
		assert_string_equal(s, want);
		assert_ok(checkpoint_verify(want, strlen(want),
		    crypto_key_spki(key), c.origin, &back));
		assert_string_equal(back.origin, c.origin);
		assert_int_equal(back.size, i);
		assert_memory_equal(back.root, c.root, CRYPTO_HASH);
		bw_buf_free(&b);
	}
	crypto_key_close(&key);
}

static void
a_changed_note_is_refused(void **state)
{
	const char *note = vec_str("log/checkpoints/6/note");
	const uint8_t *spki = vec_spki("device_log");
	size_t len = strlen(note);
	struct checkpoint c;
	char *copy;

	(void)state;
	for (size_t n = 0; n < len; n++) {
		copy = malloc(n + 1);
		assert_non_null(copy);
		memcpy(copy, note, n);
		assert_int_not_equal(checkpoint_verify(copy, n, spki, NULL,
		    &c), BW_OK);
		free(copy);
	}
	copy = strdup(note);
	assert_non_null(copy);
	for (size_t i = 0; i < len * 8; i += 3) {
		copy[i / 8] ^= (char)(1 << i % 8);
		assert_int_not_equal(checkpoint_verify(copy, len, spki, NULL,
		    &c), BW_OK);
		assert_int_equal(c.size, 0);
		copy[i / 8] ^= (char)(1 << i % 8);
	}
	free(copy);
	assert_err(checkpoint_verify(note, len, vec_spki("host"), NULL, &c),
	    BW_ERR_SIG);
	assert_err(checkpoint_verify(note, len, spki, "other", &c),
	    BW_ERR_SIG);
	for (size_t i = 0; i < vec_count("refuse"); i++)
		if (json_object_get(vec("refuse/%zu", i), "note") != NULL) {
			note = vec_str("refuse/%zu/note", i);
			assert_err(checkpoint_verify(note, strlen(note), spki,
			    NULL, &c), BW_ERR_SIG);
		}
}

/* Text, lines … and what verify and peek say to them. */
static void
shapes_of_notes(void **state)
{
	const char *text = vec_str("log/checkpoints/6/text");
	const char *own = strstr(vec_str("log/checkpoints/6/note"), "\xe2");
	const char *host = vec_str("log/host_cosignature/line");
	const struct {
		const char *head, *gap, *lines[3];
		bw_err want;
	} t[] = {
		{ text, "\n", { own, "", "" }, BW_OK },
		{ text, "\n", { own, host, "" }, BW_OK },
		{ text, "\n", { host, own, host }, BW_OK },
		{ text, "\n", { own, own, "" }, BW_ERR_SIG },
		{ text, "\n", { host, "", "" }, BW_ERR_SIG },
		{ text, "\n", { own, "junk\n", "" }, BW_ERR_FORMAT },
		{ text, "\n", { own, "\xe2\x80\x94 a+b AAAAAAA=\n", "" },
		    BW_ERR_FORMAT },
		{ text, "\n", { own, "\xe2\x80\x94 a AAAAAA==\n", "" },
		    BW_ERR_FORMAT },
		{ text, "\n", { "", "", "" }, BW_ERR_FORMAT },
		{ text, "", { own, "", "" }, BW_ERR_FORMAT },
		{ text, "extension\n\n", { own, "", "" }, BW_ERR_FORMAT },
		{ "a\n06\nLZ8jpLV22zgCurIAxKfuHN8vvISD3C9h77k8MbDNLTE=\n",
		    "\n", { own, "", "" }, BW_ERR_FORMAT },
		{ "A\n6\nLZ8jpLV22zgCurIAxKfuHN8vvISD3C9h77k8MbDNLTE=\n",
		    "\n", { own, "", "" }, BW_ERR_FORMAT },
		{ "a\n6\nLZ8jpLV22zgCurIAxKfuHN8vvISD3C9h77k8MbDNLT==\n",
		    "\n", { own, "", "" }, BW_ERR_FORMAT },
	};
	struct checkpoint c;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct bw_buf b = BW_BUF_INIT(4096);

		assert_ok(bw_buf_printf(&b, "%s%s", t[i].head, t[i].gap));
		for (int j = 0; j < 3; j++) {
			size_t n = strlen(t[i].lines[j]);

			assert_ok(bw_buf_put_str(&b, t[i].lines[j]));
			if (n > 0 && t[i].lines[j][n - 1] != '\n')
				assert_ok(bw_buf_put_u8(&b, '\n'));
		}
		assert_err(checkpoint_verify((char *)b.ptr, b.len,
		    vec_spki("device_log"), NULL, &c), t[i].want);
		bw_buf_free(&b);
	}
}

static void
keys_are_written_and_read(void **state)
{
	const char *want = vec_str("log/vkey"), *origin = vec_str("log/origin");
	char out[VKEY_MAX], back[ORIGIN_MAX + 1], bad[VKEY_MAX];
	uint8_t spki[CRYPTO_SPKI];

	(void)state;
	assert_ok(vkey_format(origin, vec_spki("device_log"), out));
	assert_string_equal(out, want);
	assert_ok(vkey_parse(want, back, spki));
	assert_string_equal(back, origin);
	assert_memory_equal(spki, vec_spki("device_log"), CRYPTO_SPKI);
	for (size_t i = 0; i < strlen(want); i++) {
		strcpy(bad, want);
		bad[i] = '?';
		assert_int_not_equal(vkey_parse(bad, back, spki), BW_OK);
		bad[i] = 0;
		assert_int_not_equal(vkey_parse(bad, back, spki), BW_OK);
		assert_string_equal(back, "");
	}
	assert_err(vkey_format("Upper", spki, out), BW_ERR_ARG);
}

static void
cosignatures_agree(void **state)
{
	struct crypto_key *key = vec_key("keys/host");
	const char *note = vec_str("log/checkpoints/6/note"), *s;
	uint64_t time = vec_int("log/host_cosignature/time"), got;
	const char *log = "log.summit.example";
	struct bw_buf b = BW_BUF_INIT(NOTE_MAX);
	struct checkpoint c;

	(void)state;
	assert_ok(cosign_line(note, strlen(note), log, key, time, &b));
	assert_ok(bw_buf_cstr(&b, &s));
	assert_memory_equal(s, vec_str("log/host_cosignature/line"),
	    b.len - 1);
	assert_int_equal(s[b.len - 1], '\n');
	bw_buf_reset(&b);
	assert_ok(bw_buf_put_str(&b, note));
	assert_err(cosign_verify((char *)b.ptr, b.len, log,
	    crypto_key_spki(key), &got), BW_ERR_SIG);
	assert_ok(cosign_line(note, strlen(note), log, key, time, &b));
	assert_ok(cosign_verify((char *)b.ptr, b.len, log,
	    crypto_key_spki(key), &got));
	assert_int_equal(got, time);
	assert_ok(checkpoint_verify((char *)b.ptr, b.len,
	    vec_spki("device_log"), NULL, &c));
	for (size_t i = 0; i < b.len; i++) {
		/* The log's own line is not the host's to sign. */
		if (i > strlen(vec_str("log/checkpoints/6/text")) &&
		    i < strlen(note))
			continue;
		b.ptr[i] ^= 1;
		assert_int_not_equal(cosign_verify((char *)b.ptr, b.len, log,
		    crypto_key_spki(key), &got), BW_OK);
		b.ptr[i] ^= 1;
	}
	assert_err(cosign_verify((char *)b.ptr, b.len, "log.other",
	    crypto_key_spki(key), &got), BW_ERR_SIG);
	bw_buf_free(&b);
	crypto_key_close(&key);
}

static void
origins(void **state)
{
	char out[ORIGIN_MAX + 1], longest[ORIGIN_MAX + 2];

	(void)state;
	assert_ok(origin_format(out, "log.summit.example", "ev26", "k07"));
	assert_string_equal(out, vec_str("log/origin"));
	assert_err(origin_format(out, "log", "ev26", "k 7"), BW_ERR_ARG);
	assert_err(origin_format(out, "log", "ev/26", "k7"), BW_ERR_ARG);
	assert_err(origin_format(out, "", "ev26", "k7"), BW_ERR_ARG);
	memset(longest, 'a', sizeof(longest));
	longest[ORIGIN_MAX] = 0;
	assert_err(origin_format(out, longest, "e", "k"), BW_ERR_BOUND);
	assert_string_equal(out, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes_agree),
		cmocka_unit_test(a_changed_note_is_refused),
		cmocka_unit_test(shapes_of_notes),
		cmocka_unit_test(keys_are_written_and_read),
		cmocka_unit_test(cosignatures_agree),
		cmocka_unit_test(origins),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
