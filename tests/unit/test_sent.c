// SPDX-License-Identifier: Apache-2.0
/* sent.c: what has come to the other end of a connection. */
#include "tests/support/unit.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <netinet/in.h>
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include "host/sent.h"

#define SIZE 200000

static struct sent *s;
static struct sent_one one;
static int near_end, far_end;
static sem_t ended;
static bool arrived;

static void
told(void *arg, bool whole)
{
	assert_ptr_equal(arg, &one);
	arrived = whole;
	sem_post(&ended);
}

/* A connection whose far end takes little before it reads. */
static void
connected(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t len = sizeof(a);
	int room = 4096, l = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(l, (struct sockaddr *)&a, len), 0);
	assert_int_equal(listen(l, 1), 0);
	assert_int_equal(getsockname(l, (struct sockaddr *)&a, &len), 0);
	far_end = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(far_end, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	assert_int_equal(connect(far_end, (struct sockaddr *)&a, len), 0);
	near_end = accept(l, NULL, NULL);
	assert_true(near_end >= 0);
	room = 2 * SIZE;
	setsockopt(near_end, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	close(l);
}

static int
set_up(void **state)
{
	static uint8_t file[SIZE];

	(void)state;
	sem_init(&ended, 0, 0);
	assert_ok(sent_start(&s, told));
	connected();
	/* All of it is in our buffer at once. */
	assert_int_equal(send(near_end, file, SIZE, MSG_DONTWAIT), SIZE);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	sent_stop(&s);
	sent_stop(&s);
	close(near_end);
	if (far_end != -1)
		close(far_end);
	sem_destroy(&ended);
	return 0;
}

static void
what_is_read_has_arrived(void **state)
{
	uint8_t got[8192];
	size_t n = 0;
	ssize_t more;

	(void)state;
	sent_add(s, &one, near_end, &one);
	/* The server closes its own when it likes. */
	shutdown(near_end, SHUT_WR);
	usleep(200000);
	assert_int_equal(sem_trywait(&ended), -1);
	while ((more = recv(far_end, got, sizeof(got), 0)) > 0)
		n += (size_t)more;
	assert_int_equal(n, SIZE);
	sem_wait(&ended);
	assert_true(arrived);
}

static void
who_hangs_up_midway_has_not_all(void **state)
{
	uint8_t got[100];

	(void)state;
	sent_add(s, &one, near_end, &one);
	assert_int_equal(recv(far_end, got, sizeof(got), 0), sizeof(got));
	close(far_end);
	far_end = -1;
	sem_wait(&ended);
	assert_false(arrived);
}

static void
what_broke_before_did_not_arrive(void **state)
{
	(void)state;
	sent_add(s, &one, -1, &one);
	sem_wait(&ended);
	assert_false(arrived);
}

static void
what_is_left_at_the_end_did_not_arrive(void **state)
{
	(void)state;
	sent_add(s, &one, near_end, &one);
	sent_stop(&s);
	assert_int_equal(sem_trywait(&ended), 0);
	assert_false(arrived);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_read_has_arrived),
		TEST(who_hangs_up_midway_has_not_all),
		TEST(what_broke_before_did_not_arrive),
		TEST(what_is_left_at_the_end_did_not_arrive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
