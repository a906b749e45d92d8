// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/socket.h>
#include <unistd.h>

#include "reader/ipc.h"

/* What goes over the wire, and that it comes back the same. */
static void
wire_is(const struct ipc_msg *m, const void *wire, size_t len)
{
	struct bw_buf b = BW_BUF_INIT(IPC_MAX);
	struct ipc_msg back;

	assert_ok(ipc_encode(m, &b));
	assert_int_equal(b.len, len);
	assert_memory_equal(b.ptr, wire, len);
	assert_ok(ipc_decode(b.ptr, b.len, &back));
	assert_memory_equal(&back, m, sizeof(back));
	bw_buf_free(&b);
}

static void
every_message_has_one_spelling(void **state)
{
	struct ipc_msg m;

	(void)state;
	memset(&m, 0, sizeof(m));
	m.type = IPC_READY;
	wire_is(&m, "\1\20", 2);
	m.type = IPC_ALIVE;
	wire_is(&m, "\1\22", 2);
	m.type = IPC_CANCEL;
	m.id = 0x01020304;
	wire_is(&m, "\1\2\1\2\3\4", 6);
	m.type = IPC_SEEN;
	wire_is(&m, "\1\23\1\2\3\4", 6);
	m.type = IPC_CANCELLED;
	wire_is(&m, "\1\26\1\2\3\4", 6);
	m.type = IPC_READ;
	m.wait_ms = 15000;
	wire_is(&m, "\1\1\1\2\3\4\0\0\x3a\x98", 10);
	m.type = IPC_READ_SAME;
	wire_is(&m, "\1\3\1\2\3\4\0\0\x3a\x98", 10);
	m.wait_ms = 0;
	m.type = IPC_UNREAD;
	m.reason = UNREAD_REMOVED;
	wire_is(&m, "\1\25\1\2\3\4\7", 7);
	memset(&m, 0, sizeof(m));
	m.type = IPC_MISSING;
	m.cause = READER_CAUSE_IN_USE;
	wire_is(&m, "\1\21\3", 3);
	memset(&m, 0, sizeof(m));
	m.type = IPC_BADGE;
	m.id = 9;
	memcpy(m.uid, "\4\1\2\3\4\5\6", 7);
	m.ndef_len = 3;
	memcpy(m.ndef, "abc", 3);
	wire_is(&m, "\1\24\0\0\0\11\4\1\2\3\4\5\6\0\3abc", 18);
}

static void
out_of_range_is_not_encoded(void **state)
{
	struct bw_buf b = BW_BUF_INIT(IPC_MAX);
	struct ipc_msg m;

	(void)state;
	memset(&m, 0, sizeof(m));
	assert_err(ipc_encode(&m, &b), BW_ERR_ARG);
	m.type = IPC_READ;
	assert_err(ipc_encode(&m, &b), BW_ERR_ARG);
	m.wait_ms = IPC_WAIT_MAX_MS + 1;
	assert_err(ipc_encode(&m, &b), BW_ERR_ARG);
	m.type = IPC_UNREAD;
	m.reason = UNREAD_BLOCKED;	/* the reader cannot know that */
	assert_err(ipc_encode(&m, &b), BW_ERR_ARG);
	m.type = IPC_BADGE;
	assert_err(ipc_encode(&m, &b), BW_ERR_ARG);
	m.ndef_len = NDEF_TAG_MAX + 1;
	assert_err(ipc_encode(&m, &b), BW_ERR_ARG);
	m.type = IPC_MISSING;
	assert_err(ipc_encode(&m, &b), BW_ERR_ARG);
	assert_int_equal(b.len, 0);
}

static void
anything_else_is_refused(void **state)
{
	static const struct {
		const char *wire;
		size_t len;
	} bad[] = {
		{ "", 0 }, { "\1", 1 },
		{ "\2\20", 2 },			/* another version */
		{ "\1\0", 2 }, { "\1\3", 2 }, { "\1\27", 2 },
		{ "\1\20x", 3 },		/* trailing byte */
		{ "\1\2\1\2\3", 5 },		/* cut */
		{ "\1\1\1\2\3\4\0\0\0\0", 10 },	/* no time to wait */
		{ "\1\1\1\2\3\4\xff\0\0\0", 10 },
		{ "\1\21\0", 3 }, { "\1\21\12", 3 }, { "\1\21", 2 },
		{ "\1\25\1\2\3\4\5", 7 },	/* a reason not its own */
		{ "\1\25\1\2\3\4\0", 7 },
		{ "\1\24\0\0\0\11\4\1\2\3\4\5\6\0\0", 15 },
		{ "\1\24\0\0\0\11\4\1\2\3\4\5\6\0\3ab", 17 },
		{ "\1\24\0\0\0\11\4\1\2\3\4\5\6\0\3abcd", 19 },
		{ "\1\24\0\0\0\11\4\1\2\3\4\5\6\xff\xff" "abc", 18 },
	};
	struct ipc_msg m;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(ipc_decode((const uint8_t *)bad[i].wire,
		    bad[i].len, &m), BW_ERR_FORMAT);
}

static void
the_longest_badge_passes_a_socket(void **state)
{
	static const uint8_t over[IPC_MAX + 1];
	struct ipc_msg m, back;
	int s[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s), 0);
	assert_err(ipc_recv(s[1], &back), BW_ERR_NOTFOUND);
	memset(&m, 0, sizeof(m));
	m.type = IPC_BADGE;
	m.ndef_len = NDEF_TAG_MAX;
	memset(m.ndef, 0x5a, sizeof(m.ndef));
	assert_ok(ipc_send(s[0], &m));
	assert_ok(ipc_recv(s[1], &back));
	assert_memory_equal(&m, &back, sizeof(m));
	assert_int_equal(send(s[0], over, sizeof(over), 0), sizeof(over));
	assert_err(ipc_recv(s[1], &back), BW_ERR_FORMAT);
	close(s[0]);
	assert_err(ipc_recv(s[1], &back), BW_ERR_GONE);
	assert_err(ipc_send(s[1], &m), BW_ERR_GONE);
	close(s[1]);
}

static void
a_full_socket_is_busy(void **state)
{
	struct ipc_msg m;
	bw_err r = BW_OK;
	int s[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, s), 0);
	memset(&m, 0, sizeof(m));
	m.type = IPC_ALIVE;
	for (int i = 0; i < 100000 && r == BW_OK; i++)
		r = ipc_send(s[0], &m);
	assert_err(r, BW_ERR_BUSY);
	close(s[0]);
	close(s[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_has_one_spelling),
		cmocka_unit_test(out_of_range_is_not_encoded),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(the_longest_badge_passes_a_socket),
		cmocka_unit_test(a_full_socket_is_busy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
