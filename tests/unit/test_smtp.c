// SPDX-License-Identifier: Apache-2.0
/* What of a mail is ours and not libcurl's: which addresses it goes to, which
 * servers, and headers as encoded words. */
#include "tests/support/unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "host/smtp.h"

static void
test_addresses(void **state)
{
	static const char *const good[] = { "a@b.example", "a.b+c@d-e.example",
		"o'neil@x", "#!$%&*/=?^_`{|}~@x.example" };
	static const char *const bad[] = { "", "a", "@", "a@", "@b", "a@b@c",
		"a b@c", "a@b c", "a,b@c", "a@b,c@d", "<a@b>", "a@b>", "a@b\n",
		"a@b\r\nBcc: c@d", "\"a\"@b", "a(b)@c", "a@[1.2.3.4]", "ä@b",
		"a@ü.example", "a@.b", "a@b.", "a\\@b", "a;b@c", "a:b@c" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(mail_address_ok(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(mail_address_ok(bad[i]));
}

static void
test_long_addresses(void **state)
{
	char text[400];

	(void)state;
	memset(text, 'a', sizeof(text));
	memcpy(text + 64, "@b.example", 11);
	assert_true(mail_address_ok(text));
	memset(text, 'a', sizeof(text));
	memcpy(text + 65, "@b.example", 11);
	assert_false(mail_address_ok(text));
	memset(text, 'a', sizeof(text));
	text[1] = '@';
	text[MAIL_ADDRESS_MAX] = 0;
	assert_true(mail_address_ok(text));
	text[MAIL_ADDRESS_MAX] = 'a';
	text[MAIL_ADDRESS_MAX + 1] = 0;
	assert_false(mail_address_ok(text));
}

/* A domain in any letters, and nothing that becomes more than a domain. */
static void
test_other_letters(void **state)
{
	static const struct {
		const char *given, *out;
		bool utf8;
	} good[] = {
		{ "a@b.example", "a@b.example", false },
		{ "A.b@XN--mnchen-3ya.Example", "A.b@XN--mnchen-3ya.Example",
		    false },
		{ "a@München.example", "a@xn--mnchen-3ya.example", false },
		{ "a@mu\xcc\x88nchen.example", "a@xn--mnchen-3ya.example",
		    false },
		{ "a@例え。example", "a@xn--r8jz45g.example", false },
		{ "jörg@b.example", "jörg@b.example", true },
		{ "用户@例子.example", "用户@xn--fsqu00a.example", true }
	};
	static const char *const bad[] = { "", "ä", "ä@", "@ä", "ä@b@c",
		"ä b@c", "a@ü.", "a@.ü", "a@ü..b", "a@ü b", "a@b\xef\xbc\xa0ü",
		"a@ü\xef\xbc\x8c" "b", "a@ü\xe3\x80\x80" "b", "\xff@b.example",
		"a@\xff.example", "ä\xe2\x80\xae@b.example", "a@-ü.example",
		"a@ü\r\nBcc: x@y", "a@ü/b", "a@ü,b" };
	char out[MAIL_ADDRESS_MAX + 1], again[MAIL_ADDRESS_MAX + 1], text[400];
	bool utf8;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_ok(mail_address_take(good[i].given, out, &utf8));
		assert_string_equal(out, good[i].out);
		assert_int_equal(utf8, good[i].utf8);
		assert_ok(mail_address_take(out, again, &utf8));
		assert_string_equal(again, out);
		assert_int_equal(mail_address_ok(out), !utf8);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_err(mail_address_take(bad[i], out, &utf8), BW_ERR_ARG);
		assert_string_equal(out, "");
	}
	/* Longer in ASCII than as it was given. */
	strcpy(text, "a@");
	for (size_t i = 0; i < 40; i++)
		strcat(text, "ü.");
	strcat(text, "example");
	assert_err(mail_address_take(text, out, &utf8), BW_ERR_ARG);
}

static void
test_servers(void **state)
{
	static const char *const bad[] = { "", "smtp://", "http://h", "h:25",
		"smtp://h/path", "smtp://u:p@h", "smtp://h?x", "smtp://h#x",
		"smtp://h\r\n", "SMTP://h" };
	struct mailconf c = { .server = "smtps://mail.example:465",
		.from = "a@b.example" };
	const char *why;

	(void)state;
	assert_ok(mailconf_check(&c, &why));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		strcpy(c.server, bad[i]);
		assert_err(mailconf_check(&c, &why), BW_ERR_ARG);
		assert_non_null(why);
	}
	assert_true(mail_server_near("smtp://127.0.0.1:25"));
	assert_true(mail_server_near("smtp://localhost"));
	assert_true(mail_server_near("smtp://[::1]:25"));
	assert_false(mail_server_near("smtp://127.0.0.1.example"));
	assert_false(mail_server_near("smtp://localhost.example:25"));
	assert_false(mail_server_near("smtps://mail.example"));
}

/* The file is its owner's alone, and says the same again. */
static void
test_file(void **state)
{
	struct mailconf c = { .server = "smtp://mail.example:587",
		.from = "a@b.example", .user = "u", .password = "p\"w",
		.complain = "Behörde, Straße 1", .hour = 23, .starttls = true },
		got;
	char dir[] = "/tmp/badgeward-XXXXXX", path[64];
	const char *why;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/mail.json", dir);
	assert_err(mailconf_read(dir, &got, &why), BW_ERR_NOTFOUND);
	assert_ok(mailconf_write(dir, &c));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(mailconf_read(dir, &got, &why));
	assert_memory_equal(&got, &c, sizeof(c));
	assert_int_equal(chmod(path, 0640), 0);
	assert_err(mailconf_read(dir, &got, &why), BW_ERR_DENIED);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

/* Decode encoded words, each of them whole characters. */
static void
decode(const char *text, char *out)
{
	struct bw_buf all = BW_BUF_INIT(4096);

	while (*text != 0) {
		struct bw_buf one = BW_BUF_INIT(256);
		const char *end = strstr(text + 10, "?=");

		assert_memory_equal(text, "=?UTF-8?B?", 10);
		assert_non_null(end);
		assert_true(end + 2 - text <= 75);
		assert_ok(text_unb64(text + 10, (size_t)(end - text - 10),
		    &one));
		assert_true(text_is_utf8((const char *)one.ptr, one.len));
		assert_ok(bw_buf_put(&all, one.ptr, one.len));
		bw_buf_free(&one);
		text = end + 2;
		if (*text != 0) {
			assert_memory_equal(text, "\r\n ", 3);
			text += 3;
		}
	}
	memcpy(out, all.ptr, all.len);
	out[all.len] = 0;
	bw_buf_free(&all);
}

static void
test_words(void **state)
{
	static const char *const texts[] = { "Größe", "€", "Summit, 2026",
		"\"quoted\"", "=?UTF-8?B?eA==?=",
		"あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよ",
		"aあああああああああああああああああああああああああああああ" };
	struct bw_buf b = BW_BUF_INIT(4096);
	const char *text;
	char back[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		bw_buf_reset(&b);
		assert_ok(smtp_words(texts[i], &b));
		assert_ok(bw_buf_cstr(&b, &text));
		decode(text, back);
		assert_string_equal(back, texts[i]);
	}
	bw_buf_reset(&b);
	assert_ok(smtp_words("Your link: Summit 2026", &b));
	assert_ok(bw_buf_cstr(&b, &text));
	assert_string_equal(text, "Your link: Summit 2026");
	assert_err(smtp_words("a\r\nBcc: b@c", &b), BW_ERR_ARG);
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_long_addresses),
		cmocka_unit_test(test_other_letters),
		cmocka_unit_test(test_servers),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_words)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
