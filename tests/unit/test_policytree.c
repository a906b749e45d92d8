// SPDX-License-Identifier: Apache-2.0
/* A policy that is written and read again is the same, whatever its texts
 * hold. */
#include "tests/support/unit.h"

#include <pthread.h>
#include <stdio.h>

#include "base/file.h"
#include "base/text.h"
#include "host/notice.h"
#include "host/policyfile.h"
#include "host/policytree.h"

static struct policytree *
must_read(const struct bw_buf *b)
{
	struct fault_list f = { 0 };
	struct policytree *t;
	bw_err r = policytree_read(&t, (const char *)b->ptr, b->len, &f);

	if (r != BW_OK)
		print_error("line %zu: %s\n%.*s\n", f.one[0].line,
		    f.one[0].text, (int)b->len, (const char *)b->ptr);
	assert_ok(r);
	return t;
}

static void
same_key(const struct policytree_key *a, const struct policytree_key *b)
{
	assert_non_null(b);
	assert_int_equal(a->list, b->list);
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		assert_string_equal(a->value[i], b->value[i]);
}

static void
same(const struct policytree *a, const struct policytree *b)
{
	assert_int_equal(a->nkeys, b->nkeys);
	assert_int_equal(a->nsections, b->nsections);
	for (size_t i = 0; i < a->nkeys; i++)
		same_key(&a->keys[i], policytree_key(b, a->keys[i].name));
	for (size_t i = 0; i < a->nsections; i++) {
		const struct policytree *s = a->section[i];
		const struct policytree *o = policytree_section(b, s->key,
		    s->title);

		assert_non_null(o);
		same(s, o);
	}
}

/* Through the text and back; the text, which the caller frees. */
static struct bw_buf
round_trip(struct policytree *t)
{
	struct bw_buf a = BW_BUF_INIT(POLICYFILE_MAX);
	struct bw_buf b = BW_BUF_INIT(POLICYFILE_MAX);
	struct policytree *again;

	assert_ok(policytree_write(t, &a));
	again = must_read(&a);
	same(t, again);
	assert_ok(policytree_write(again, &b));
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.ptr, b.ptr, a.len);
	policytree_free(&again);
	bw_buf_free(&b);
	return a;
}

/* What it means is the same too, to the byte that devices get. */
static void
same_meaning(const struct bw_buf *a, const struct bw_buf *b)
{
	const struct bw_buf *in[2] = { a, b };
	struct fault_list f = { 0 };
	struct policyfile *p[2];

	for (int i = 0; i < 2; i++)
		assert_ok(policyfile_read(&p[i], (const char *)in[i]->ptr,
		    in[i]->len, NULL, &f));
	assert_int_equal(p[0]->n, p[1]->n);
	for (size_t i = 0; i < p[0]->n; i++) {
		assert_memory_equal(p[0]->part[i], p[1]->part[i],
		    sizeof(struct policy));
		assert_string_equal(p[0]->logo[i].name, p[1]->logo[i].name);
	}
	policyfile_free(&p[0]);
	policyfile_free(&p[1]);
}

static void
test_example(void **state)
{
	struct bw_buf file = BW_BUF_INIT(POLICYFILE_MAX), text;
	struct policytree *t;
	bool has;

	(void)state;
	assert_ok(file_read(TEST_DIR "/../tools/example/policy.conf", &file));
	t = must_read(&file);
	assert_string_equal(policytree_value(t, "event"), "ev26");
	text = round_trip(t);
	same_meaning(&file, &text);
	assert_ok(policytree_comments((const char *)file.ptr, file.len, &has));
	assert_true(has);
	assert_ok(policytree_comments((const char *)text.ptr, text.len, &has));
	assert_false(has);
	policytree_free(&t);
	bw_buf_free(&text);
	bw_buf_free(&file);
}

static uint64_t seed = 1;
static size_t
below(size_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % n;
}

/* What could end a string, a list, a section or the file, or be taken for a
 * variable, a number or a comment. */
static const char *const piece[] = { "\"", "\\", "'", "$", "{", "}", "${HOME}",
	"#", "//", "/*", "*/", ",", "=", "+=", "\\n", "\\x41", "\\101", "\\\"",
	"\\\\", " ", "  ", "<script>alert(1)</script>", "sponsor evil {",
	"\"\n", "&amp;", "%s", "(", ")", "ü", "日本語", "مرحبا", "हिन्दी", "😀",
	"\u202e", "a", "7", "-", ".", "en", "\\e", "\\$", "\\0", "\t" };
#define NPIECES (sizeof(piece) / sizeof(piece[0]))

static void
hostile(char *out, size_t size)
{
	size_t n = below(8), at = 0;

	out[0] = 0;
	while (n-- != 0) {
		const char *s = piece[below(NPIECES)];

		if (text_is_clean(s, strlen(s)) && at + strlen(s) < size)
			at += (size_t)snprintf(out + at, size - at, "%s", s);
	}
}

static void
hostile_list(struct policytree *t, const char *name)
{
	char text[4][128];
	const char *v[4];
	size_t n = 1 + below(4);

	for (size_t i = 0; i < n; i++) {
		hostile(text[i], sizeof(text[i]));
		v[i] = text[i];
	}
	assert_ok(policytree_set_list(t, name, n, v));
}

static void
hostile_texts(struct policytree *t, const char *key, const char *title)
{
	struct policytree *s;
	char text[128];

	assert_ok(policytree_make(t, key, title, &s));
	for (size_t i = 0; title == NULL && notice_language(i) != NULL; i++) {
		hostile(text, sizeof(text));
		assert_ok(policytree_set(s, notice_language(i), text));
	}
	for (int i = 0; title != NULL && i < NOTICE_PARTS; i++) {
		hostile(text, sizeof(text));
		assert_ok(policytree_set(s, notice_part_name(
		    (enum notice_part)i), text));
	}
}

static void
hostile_sponsor(struct policytree *t, const char *title)
{
	static const char *const keys[] = { "name", "country", "privacy_url",
		"contact", "retention_days", "staff_pin", "logo" };
	struct policytree *s, *q;
	char text[128];

	assert_ok(policytree_make(t, "sponsor", title, &s));
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		hostile(text, sizeof(text));
		if (below(4) != 0)
			assert_ok(policytree_set(s, keys[i], text));
	}
	hostile_list(s, "required");
	hostile_texts(s, "purpose", NULL);
	hostile_texts(s, "notice", "ja");
	assert_ok(policytree_make(s, "question", "q1", &q));
	hostile_texts(q, "ask", NULL);
	hostile_list(q, "choices");
}

static void
test_generated(void **state)
{
	struct policytree *t;
	struct bw_buf text;
	char title[24], value[128];

	(void)state;
	setenv("HOME", "/injected", 1);
	for (int i = 0; i < 500; i++) {
		t = calloc(1, sizeof(*t));
		assert_non_null(t);
		hostile(value, sizeof(value));
		assert_ok(policytree_set(t, "event", value));
		hostile_list(t, "languages");
		hostile_texts(t, "notice", "en");
		for (size_t n = below(3); n != 0; n--) {
			snprintf(title, sizeof(title), "s%zu", n);
			hostile_sponsor(t, title);
		}
		text = round_trip(t);
		bw_buf_free(&text);
		policytree_free(&t);
	}
}

/* What cannot stand in a file is not written at all. */
static void
test_unclean(void **state)
{
	static const char *const bad[] = { "a\nb", "a\rb", "\x1b[0m", "\xff",
		"\xc3", "a\tb" };
	struct bw_buf b = BW_BUF_INIT(POLICYFILE_MAX);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct policytree *t = calloc(1, sizeof(*t));

		assert_non_null(t);
		assert_ok(policytree_set(t, "event", bad[i]));
		bw_buf_reset(&b);
		assert_err(policytree_write(t, &b), BW_ERR_FORMAT);
		policytree_free(&t);
	}
	bw_buf_free(&b);
}

/* Lines are those that the parser's faults name. */
static void
test_lines(void **state)
{
	struct bw_buf file = BW_BUF_INIT(POLICYFILE_MAX), text;
	struct fault_list f = { 0 };
	struct policytree *t, *s;
	struct policyfile *p;

	(void)state;
	assert_ok(file_read(TEST_DIR "/../tools/example/policy.conf", &file));
	t = must_read(&file);
	s = policytree_section(t, "sponsor", "acme");
	assert_non_null(s);
	assert_ok(policytree_set(s, "country", "XX"));
	assert_ok(policytree_set(s, "contact", NULL));
	text = round_trip(t);
	bw_buf_reset(&text);
	assert_ok(policytree_write(t, &text));
	assert_err(policyfile_read(&p, (const char *)text.ptr, text.len, NULL,
	    &f), BW_ERR_FORMAT);
	assert_int_equal(f.n, 2);
	assert_int_equal(f.one[0].line, policytree_key(s, "country")->line);
	assert_int_equal(f.one[1].line, s->end);
	policytree_free(&t);
	bw_buf_free(&text);
	bw_buf_free(&file);
}

static void
test_change(void **state)
{
	struct policytree *t = calloc(1, sizeof(*t)), *a, *b;

	(void)state;
	assert_non_null(t);
	assert_ok(policytree_make(t, "sponsor", "a", &a));
	assert_ok(policytree_make(t, "sponsor", "b", &b));
	assert_ok(policytree_make(t, "sponsor", "a", &b));
	assert_ptr_equal(a, b);
	policytree_remove(t, "sponsor", "a");
	assert_null(policytree_section(t, "sponsor", "a"));
	assert_non_null(policytree_section(t, "sponsor", "b"));
	assert_ok(policytree_set(t, "event", "x"));
	assert_ok(policytree_set(t, "event", NULL));
	assert_string_equal(policytree_value(t, "event"), "");
	policytree_remove(t, "sponsor", NULL);
	assert_int_equal(t->nsections, 0);
	policytree_free(&t);
}

static void *
read_often(void *arg)
{
	const struct bw_buf *b = arg;

	for (int i = 0; i < 50; i++) {
		struct fault_list f = { 0 };
		struct policyfile *p = NULL;

		if (policyfile_read(&p, (const char *)b->ptr, b->len, "ev26",
		    &f) != BW_OK)
			return arg;
		policyfile_free(&p);
	}
	return NULL;
}

/* The host's threads read when they want to. */
static void
test_threads(void **state)
{
	struct bw_buf b = BW_BUF_INIT(POLICYFILE_MAX);
	pthread_t thread[4];
	void *failed;

	(void)state;
	assert_ok(file_read(TEST_DIR "/../tools/example/policy.conf", &b));
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, read_often,
		    &b), 0);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(thread[i], &failed), 0);
		assert_null(failed);
	}
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_example),
		cmocka_unit_test(test_generated),
		cmocka_unit_test(test_unclean),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_change),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
