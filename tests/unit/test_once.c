// SPDX-License-Identifier: Apache-2.0
/* once.c, once_form.c: what was sent already, and how it is known again. */
#include "tests/support/unit.h"

#include <sys/socket.h>

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "host/once_form.h"

#define VALUE "0123456789abcdef0123456789abcdef"

static struct once *t;
static struct http_request in;
static int far_end;

static int
set_up(void **state)
{
	int pair[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	in = (struct http_request){ .fd = pair[0] };
	far_end = pair[1];
	assert_ok(once_open(&t));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	close(in.fd);
	if (far_end != -1)
		close(far_end);
	once_close(&t);
	once_close(&t);
	return 0;
}

static struct once_key
key(uint8_t session, uint8_t form)
{
	return (struct once_key){ { session }, { form } };
}

static bw_err
begin(uint8_t session, uint8_t form, char text[static ONCE_TEXT_SIZE])
{
	const struct once_key k = key(session, form);

	return once_begin(t, &k, &in, text);
}

static void
end(uint8_t session, uint8_t form, const char *text)
{
	const struct once_key k = key(session, form);

	once_end(t, &k, text);
}

static void
a_repeat_is_told_what_the_first_led_to(void **state)
{
	char text[ONCE_TEXT_SIZE];

	(void)state;
	assert_ok(begin(1, 1, text));
	assert_string_equal(text, "");
	end(1, 1, "/holds?done=saved");
	for (int i = 0; i < 3; i++) {
		assert_err(begin(1, 1, text), BW_ERR_EXISTS);
		assert_string_equal(text, "/holds?done=saved");
	}
	/* Neither another form nor the same bytes in another session. */
	assert_ok(begin(1, 2, text));
	assert_string_equal(text, "");
	assert_ok(begin(2, 1, text));
}

static void
what_did_nothing_may_come_again(void **state)
{
	char text[ONCE_TEXT_SIZE];

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_ok(begin(1, 1, text));
		end(1, 1, NULL);
	}
}

static void *
second(void *arg)
{
	char text[ONCE_TEXT_SIZE];

	*(bw_err *)arg = begin(1, 1, text);
	return NULL;
}

/* It is still waiting when the first has led somewhere. */
static void
the_second_waits_for_the_first(void **state)
{
	bw_err r = BW_OK;
	pthread_t thread;
	char text[ONCE_TEXT_SIZE];

	(void)state;
	assert_ok(begin(1, 1, text));
	assert_int_equal(pthread_create(&thread, NULL, second, &r), 0);
	usleep(300000);
	end(1, 1, "/there");
	pthread_join(thread, NULL);
	assert_err(r, BW_ERR_EXISTS);
}

static void
who_has_hung_up_waits_no_longer(void **state)
{
	char text[ONCE_TEXT_SIZE];

	(void)state;
	assert_ok(begin(1, 1, text));
	close(far_end);
	far_end = -1;
	assert_err(begin(1, 1, text), BW_ERR_GONE);
	end(1, 1, "/there");
	assert_err(begin(1, 1, text), BW_ERR_EXISTS);
}

static void
a_session_forgets_its_own_oldest_alone(void **state)
{
	char text[ONCE_TEXT_SIZE];

	(void)state;
	assert_ok(begin(9, 1, text));
	end(9, 1, "/other");
	/* One that is being done is never forgotten. */
	assert_ok(begin(1, 1, text));
	for (unsigned i = 2; i < 200; i++) {
		assert_ok(begin(1, (uint8_t)i, text));
		end(1, (uint8_t)i, "/own");
	}
	end(1, 1, "/first");
	assert_err(begin(9, 1, text), BW_ERR_EXISTS);
	assert_string_equal(text, "/other");
	assert_err(begin(1, 1, text), BW_ERR_EXISTS);
	assert_err(begin(1, 199, text), BW_ERR_EXISTS);
	assert_ok(begin(1, 100, text));
}

static void
many_sessions_have_the_room_there_is(void **state)
{
	char text[ONCE_TEXT_SIZE];

	(void)state;
	for (unsigned i = 0; i < ONCE_MAX + 5; i++) {
		const struct once_key k = { { (uint8_t)i, (uint8_t)(i >> 8) },
			{ 1 } };

		assert_ok(once_begin(t, &k, &in, text));
		once_end(t, &k, "/there");
	}
	assert_err(begin(200, 1, text), BW_ERR_EXISTS);
	assert_ok(begin(0, 1, text));
}

/* ---- how a request is known again ---- */

static struct strict_head head;

static struct once_key
key_of(const char *type, const char *path, const char *session,
    const char *body, bw_err want)
{
	struct http_request r = { .head = &head, .post = true,
		.body = (const uint8_t *)body, .body_len = strlen(body) };
	struct once_key k;

	head = (struct strict_head){ .n = 1, .header = { { "Content-Type",
		type, strlen("Content-Type"), strlen(type) } } };
	snprintf(r.path, sizeof(r.path), "%s", path);
	assert_err(once_read(&r, session, &k), want);
	return k;
}

static bool
same(const struct once_key *a, const struct once_key *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

#define PLAIN "application/x-www-form-urlencoded"

static void
the_same_is_the_same_in_every_part(void **state)
{
	const char *body = "once=" VALUE "&reason=a";
	struct once_key k = key_of(PLAIN, "/holds", "s", body, BW_OK), o;

	(void)state;
	o = key_of(PLAIN, "/holds", "s", body, BW_OK);
	assert_true(same(&k, &o));
	o = key_of(PLAIN, "/holds", "z", body, BW_OK);
	assert_memory_not_equal(k.session, o.session, CRYPTO_HASH);
	o = key_of(PLAIN, "/requests", "s", body, BW_OK);
	assert_false(same(&k, &o));
	o = key_of(PLAIN, "/holds", "s", "once=" VALUE "&reason=b", BW_OK);
	assert_false(same(&k, &o));
	o = key_of(PLAIN, "/holds", "s",
	    "once=f123456789abcdef0123456789abcdef&reason=a", BW_OK);
	assert_false(same(&k, &o));
}

#define FIELD(b, name, value) "--" b "\r\nContent-Disposition: form-data; " \
	"name=\"" name "\"\r\n\r\n" value "\r\n"
#define UPLOAD(b, value) FIELD(b, "once", VALUE) FIELD(b, "file", value) \
	"--" b "--\r\n"

/* A browser divides the parts otherwise each time. */
static void
an_upload_is_known_by_what_it_brings(void **state)
{
	struct once_key k = key_of("multipart/form-data; boundary=XyZ", "/up",
	    "s", UPLOAD("XyZ", "a,b"), BW_OK), o;

	(void)state;
	o = key_of("multipart/form-data; boundary=other", "/up", "s",
	    UPLOAD("other", "a,b"), BW_OK);
	assert_true(same(&k, &o));
	o = key_of("multipart/form-data; boundary=other", "/up", "s",
	    UPLOAD("other", "a,c"), BW_OK);
	assert_false(same(&k, &o));
}

static void
a_form_without_the_value_is_none(void **state)
{
	static const char *const bad[] = { "once=", "once=" VALUE "0",
		"once=0123456789ABCDEF0123456789ABCDEF", "once=%00",
		"once=--------------------------------" };

	(void)state;
	(void)key_of(PLAIN, "/holds", "s", "reason=a", BW_ERR_NOTFOUND);
	(void)key_of(PLAIN, "/holds", "s", "", BW_ERR_NOTFOUND);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		(void)key_of(PLAIN, "/holds", "s", bad[i], BW_ERR_FORMAT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_repeat_is_told_what_the_first_led_to),
		TEST(what_did_nothing_may_come_again),
		TEST(the_second_waits_for_the_first),
		TEST(who_has_hung_up_waits_no_longer),
		TEST(a_session_forgets_its_own_oldest_alone),
		TEST(many_sessions_have_the_room_there_is),
		TEST(the_same_is_the_same_in_every_part),
		TEST(an_upload_is_known_by_what_it_brings),
		TEST(a_form_without_the_value_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
