// SPDX-License-Identifier: Apache-2.0
/* Connections and their times, each a pair of sockets. */
#include "tests/support/unit.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

#include "host/deadline.h"

#define LONG_MS 60000	/* what comes at all comes sooner */
#define NEVER_S 3600

struct pair {
	int ours, theirs;
	struct deadline *deadline;
};

static struct pair
add(struct deadlines *d, unsigned seconds, bool yields)
{
	struct pair p;
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	p = (struct pair){ fd[0], fd[1], NULL };
	p.deadline = deadline_add(d, p.ours, seconds, yields);
	assert_non_null(p.deadline);
	return p;
}

static void
drop(struct deadlines *d, struct pair *p)
{
	deadline_drop(d, &p->deadline);
	assert_null(p->deadline);
	close(p->ours);
	close(p->theirs);
}

/* Whether the other side is told of the end within so many ms. */
static bool
ends(const struct pair *p, int ms)
{
	struct pollfd f = { p->theirs, POLLIN, 0 };
	char c;

	return poll(&f, 1, ms) == 1 && recv(p->theirs, &c, 1, 0) == 0;
}

static void
each_ends_at_its_own_time(void **state)
{
	struct deadlines *d;
	struct pair late, soon, none;

	(void)state;
	assert_ok(deadlines_start(&d, 100));
	late = add(d, NEVER_S, true);
	none = add(d, NEVER_S, true);
	soon = add(d, 1, true);		/* before what is waited for */
	assert_true(ends(&soon, LONG_MS));
	deadline_body(d, none.deadline, 0);
	/* Earlier than it was. */
	deadline_body(d, late.deadline, 1);
	assert_true(ends(&late, LONG_MS));
	assert_false(ends(&none, 0));
	deadline_idle(d, none.deadline, 1);
	assert_true(ends(&none, LONG_MS));
	drop(d, &late);
	drop(d, &soon);
	drop(d, &none);
	deadlines_stop(&d);
}

/* The end came along with data; when this was read nothing is left to say so.
 * Whoever waits as the library does is told again. */
static void
an_end_behind_data_is_told_again(void **state)
{
	struct epoll_event e = { .events = EPOLLIN | EPOLLET };
	int poll_fd = epoll_create1(0);
	struct deadlines *d;
	struct pair p;
	char c;

	(void)state;
	assert_ok(deadlines_start(&d, 100));
	p = add(d, NEVER_S, true);
	assert_int_equal(send(p.theirs, "x", 1, 0), 1);
	assert_int_equal(shutdown(p.theirs, SHUT_WR), 0);
	assert_int_equal(epoll_ctl(poll_fd, EPOLL_CTL_ADD, p.ours, &e), 0);
	assert_int_equal(epoll_wait(poll_fd, &e, 1, LONG_MS), 1);
	assert_int_equal(epoll_wait(poll_fd, &e, 1, 300), 0);
	assert_int_equal(recv(p.ours, &c, 1, 0), 1);
	assert_int_equal(epoll_wait(poll_fd, &e, 1, LONG_MS), 1);
	assert_int_equal(recv(p.ours, &c, 1, 0), 0);
	close(poll_fd);
	drop(d, &p);
	deadlines_stop(&d);
}

/* Without anybody at the door yet; those that must not give way do not. */
static void
the_longest_idle_gives_way(void **state)
{
	struct deadlines *d;
	struct pair begun, kept, first, second;

	(void)state;
	assert_ok(deadlines_start(&d, 4));
	begun = add(d, NEVER_S, true);
	deadline_body(d, begun.deadline, NEVER_S);
	kept = add(d, NEVER_S, false);
	first = add(d, NEVER_S, true);
	assert_false(ends(&first, 1500));	/* there is room */
	second = add(d, NEVER_S, true);
	assert_true(ends(&first, LONG_MS));
	drop(d, &first);
	assert_false(ends(&second, 0));
	first = add(d, NEVER_S, true);
	assert_true(ends(&second, LONG_MS));
	assert_false(ends(&begun, 0));
	assert_false(ends(&kept, 0));
	drop(d, &begun);
	drop(d, &kept);
	drop(d, &first);
	drop(d, &second);
	deadlines_stop(&d);
}

/* Two ends of a connection over loopback. */
static struct pair
add_tcp(struct deadlines *d)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof(at);
	int small = 4096, door = socket(AF_INET, SOCK_STREAM, 0);
	struct pair p = { -1, socket(AF_INET, SOCK_STREAM, 0), NULL };

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(p.theirs, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	setsockopt(door, SOL_SOCKET, SO_SNDBUF, &small, sizeof(small));
	assert_int_equal(bind(door, (struct sockaddr *)&at, len), 0);
	assert_int_equal(listen(door, 1), 0);
	assert_int_equal(getsockname(door, (struct sockaddr *)&at, &len), 0);
	assert_int_equal(connect(p.theirs, (struct sockaddr *)&at, len), 0);
	p.ours = accept(door, NULL, NULL);
	assert_int_not_equal(p.ours, -1);
	close(door);
	p.deadline = deadline_add(d, p.ours, NEVER_S, true);
	assert_non_null(p.deadline);
	return p;
}

/* Move so many bytes 20 times in 4 s; whether it was still there at the end. */
static bool
steady(int from, int to, size_t bytes)
{
	static char junk[65536];
	struct pollfd f = { to, POLLIN, 0 };

	for (int i = 0; i < 20; i++) {
		ssize_t n, left = (ssize_t)bytes;

		if (send(from, junk, bytes, MSG_NOSIGNAL | MSG_DONTWAIT) <= 0)
			return false;
		while (left > 0 && poll(&f, 1, 100) == 1 &&
		    (n = recv(to, junk, (size_t)left, 0)) > 0)
			left -= n;
		poll(NULL, 0, 200);	/* the line is as slow as that */
	}
	return true;
}

/* In either direction; a line that trickles or stands still is ended. */
static void
what_moves_has_its_time_again(void **state)
{
	struct deadlines *d;
	struct pair up, down, trickle, still;

	(void)state;
	assert_ok(deadlines_start(&d, 100));
	up = add_tcp(d);
	deadline_body(d, up.deadline, 1);
	assert_true(steady(up.theirs, up.ours, 2 * DEADLINE_RATE));
	down = add_tcp(d);
	deadline_body(d, down.deadline, 1);
	assert_true(steady(down.ours, down.theirs, 2 * DEADLINE_RATE));
	assert_true(ends(&up, LONG_MS));	/* since it stands still */
	trickle = add_tcp(d);
	deadline_body(d, trickle.deadline, 1);
	assert_false(steady(trickle.theirs, trickle.ours,
	    DEADLINE_RATE / 20));
	still = add_tcp(d);
	deadline_body(d, still.deadline, 1);
	while (send(still.ours, "0123456789abcdef", 16, MSG_DONTWAIT) > 0)
		continue;		/* what nobody reads */
	while (recv(still.theirs, (char[4096]){ 0 }, 4096, 0) > 0)
		poll(NULL, 0, 100);	/* too slow for it */
	drop(d, &up);
	drop(d, &down);
	drop(d, &trickle);
	drop(d, &still);
	deadlines_stop(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_ends_at_its_own_time),
		cmocka_unit_test(an_end_behind_data_is_told_again),
		cmocka_unit_test(the_longest_idle_gives_way),
		cmocka_unit_test(what_moves_has_its_time_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
