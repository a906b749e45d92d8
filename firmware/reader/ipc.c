// SPDX-License-Identifier: Apache-2.0
#include "reader/ipc.h"

#include <sys/socket.h>

#include <errno.h>
#include <string.h>

static bool
reason_is_known(enum unread_reason r)
{
	return r == UNREAD_NO_BADGE || r == UNREAD_NOT_OURS ||
	    r == UNREAD_READ_ERROR || r == UNREAD_REMOVED ||
	    r == UNREAD_MORE_THAN_ONE;
}

static bool
cause_is_known(enum reader_cause c)
{
	return c >= READER_CAUSE_STARTING && c <= READER_CAUSE_KERNEL;
}

static bool
is_in_range(const struct ipc_msg *m)
{
	switch (m->type) {
	case IPC_READ:
	case IPC_READ_SAME:
		return m->wait_ms >= 1 && m->wait_ms <= IPC_WAIT_MAX_MS;
	case IPC_MISSING:
		return cause_is_known(m->cause);
	case IPC_UNREAD:
		return reason_is_known(m->reason);
	case IPC_BADGE:
		return m->ndef_len >= 1 && m->ndef_len <= NDEF_TAG_MAX;
	case IPC_CANCEL:
	case IPC_READY:
	case IPC_ALIVE:
	case IPC_SEEN:
	case IPC_CANCELLED:
		return true;
	}
	return false;
}

static bool
is_read(enum ipc_type t)
{
	return t == IPC_READ || t == IPC_READ_SAME;
}

static bool
has_id(enum ipc_type t)
{
	return is_read(t) || t == IPC_CANCEL || t == IPC_SEEN ||
	    t == IPC_BADGE || t == IPC_UNREAD || t == IPC_CANCELLED;
}

static bw_err
put_rest(const struct ipc_msg *m, struct bw_buf *out)
{
	bw_err r = BW_OK;

	if (is_read(m->type))
		return bw_buf_put_be32(out, m->wait_ms);
	if (m->type == IPC_MISSING)
		return bw_buf_put_u8(out, (uint8_t)m->cause);
	if (m->type == IPC_UNREAD)
		return bw_buf_put_u8(out, (uint8_t)m->reason);
	if (m->type == IPC_BADGE &&
	    ((r = bw_buf_put(out, m->uid, sizeof(m->uid))) != BW_OK ||
	    (r = bw_buf_put_be16(out, m->ndef_len)) != BW_OK ||
	    (r = bw_buf_put(out, m->ndef, m->ndef_len)) != BW_OK))
		return r;
	return r;
}

bw_err
ipc_encode(const struct ipc_msg *m, struct bw_buf *out)
{
	bw_err r;

	if (!is_in_range(m))
		return BW_ERR_ARG;
	if ((r = bw_buf_put_u8(out, IPC_VERSION)) != BW_OK ||
	    (r = bw_buf_put_u8(out, (uint8_t)m->type)) != BW_OK ||
	    (has_id(m->type) &&
	    (r = bw_buf_put_be32(out, m->id)) != BW_OK))
		return r;
	return put_rest(m, out);
}

static bw_err
take_rest(struct bw_cur *c, struct ipc_msg *m)
{
	uint8_t u8 = 0;
	bw_err r = BW_OK;

	if (is_read(m->type))
		r = bw_cur_be32(c, &m->wait_ms);
	else if (m->type == IPC_MISSING || m->type == IPC_UNREAD)
		r = bw_cur_u8(c, &u8);
	else if (m->type == IPC_BADGE &&
	    (r = bw_cur_copy(c, m->uid, sizeof(m->uid))) == BW_OK &&
	    (r = bw_cur_be16(c, &m->ndef_len)) == BW_OK)
		r = m->ndef_len <= NDEF_TAG_MAX ?
		    bw_cur_copy(c, m->ndef, m->ndef_len) : BW_ERR_FORMAT;
	if (m->type == IPC_MISSING)
		m->cause = (enum reader_cause)u8;
	if (m->type == IPC_UNREAD)
		m->reason = (enum unread_reason)u8;
	return r;
}

bw_err
ipc_decode(const uint8_t *ptr, size_t len, struct ipc_msg *out)
{
	struct bw_cur c = { ptr, len };
	uint8_t version, type;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = bw_cur_u8(&c, &version)) != BW_OK ||
	    (r = bw_cur_u8(&c, &type)) != BW_OK)
		return r;
	if (version != IPC_VERSION)
		return BW_ERR_FORMAT;
	out->type = (enum ipc_type)type;
	if ((has_id(out->type) && (r = bw_cur_be32(&c, &out->id)) != BW_OK) ||
	    (r = take_rest(&c, out)) != BW_OK)
		return r;
	return c.len == 0 && is_in_range(out) ? BW_OK : BW_ERR_FORMAT;
}

bw_err
ipc_send(int fd, const struct ipc_msg *m)
{
	struct bw_buf b = BW_BUF_INIT(IPC_MAX);
	ssize_t n;
	bw_err r;

	if ((r = ipc_encode(m, &b)) != BW_OK)
		goto out;
	do
		n = send(fd, b.ptr, b.len, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		r = errno == EAGAIN ? BW_ERR_BUSY : BW_ERR_GONE;
out:
	bw_buf_free(&b);
	return r;
}

bw_err
ipc_recv(int fd, struct ipc_msg *out)
{
	uint8_t packet[IPC_MAX + 1];
	bw_err r = BW_ERR_FORMAT;
	ssize_t n;

	memset(out, 0, sizeof(*out));
	do
		n = recv(fd, packet, sizeof(packet), MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno == EAGAIN)
		return BW_ERR_NOTFOUND;
	if (n == -1 && errno != ECONNRESET)
		return BW_ERR_IO;
	if (n <= 0)	/* an empty packet is the end: nobody sends one */
		return BW_ERR_GONE;
	if ((size_t)n <= IPC_MAX)
		r = ipc_decode(packet, (size_t)n, out);
	explicit_bzero(packet, sizeof(packet));
	return r;
}
