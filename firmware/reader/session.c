// SPDX-License-Identifier: Apache-2.0
#include "reader/session.h"

#include <string.h>

/* Tries to select before the field is switched off and on again: a tag that
 * was put to sleep or confused wakes up fresh. */
#define TRIES_PER_PULSE 32
/* Tries to find a badge again that stopped answering: none means removed. */
#define TRIES_TO_FIND 3
/* Whole readings of one badge before it is a read error. */
#define READINGS 3

static bw_err
unread(struct ipc_msg *answer, enum unread_reason why)
{
	explicit_bzero(answer, sizeof(*answer));
	answer->type = IPC_UNREAD;
	answer->reason = why;
	return BW_OK;
}

/* The transport that the tag code gets: check comes before every command that
 * needs the field or switches it on. */
static bw_err
checked_select(void *ctx, struct tag_target *out)
{
	const struct session *s = ctx;
	bw_err r;

	if ((r = s->check(s->ctx)) != BW_OK)
		return r;
	return s->tag->select(s->tag->ctx, out);
}

static bw_err
checked_transceive(void *ctx, const uint8_t *tx, size_t txlen,
    uint8_t rx[static TAG_REPLY_MAX], size_t *len)
{
	const struct session *s = ctx;
	bw_err r;

	*len = 0;
	if ((r = s->check(s->ctx)) != BW_OK)
		return r;
	return s->tag->transceive(s->tag->ctx, tx, txlen, rx, len);
}

static struct tag_transport
checked(struct session *s)
{
	struct tag_transport t = *s->tag;

	t.ctx = s;
	t.select = checked_select;
	t.transceive = checked_transceive;
	return t;
}

/* A read may be called off before it began: the process had to wait. */
static bw_err
field_on(const struct session *s)
{
	bw_err r;

	if ((r = s->check(s->ctx)) != BW_OK)
		return r;
	return s->tag->field_on(s->tag->ctx);
}

static bw_err
field_off(const struct session *s)
{
	return s->tag->field_off(s->tag->ctx);
}

/* Select any tag. BW_ERR_NOTFOUND when the time is over. */
static bw_err
wait_for_tag(struct session *s, int64_t deadline_ms, struct tag_target *tag)
{
	bw_err r;
	int n = 0;

	while ((r = checked_select(s, tag)) == BW_ERR_NOTFOUND) {
		if (s->now(s->ctx) >= deadline_ms)
			return r;
		if (++n % TRIES_PER_PULSE == 0 &&
		    ((r = field_off(s)) != BW_OK || (r = field_on(s)) != BW_OK))
			return r;
		s->rest(s->ctx);
	}
	return r;
}

/* Is there another tag? The one that was read sleeps now. */
static bw_err
look_for_another(struct session *s, const struct tag_target *tag, bool *found)
{
	struct tag_target other;
	bw_err r;

	*found = false;
	r = s->tag->deselect(s->tag->ctx);
	if (r == BW_OK || r == BW_ERR_GONE)
		r = checked_select(s, &other);
	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r == BW_OK)
		*found = !tag_is_same(tag, &other);
	return r;
}

/* After a reading that failed: the same badge in a fresh field. BW_ERR_GONE
 * when it was removed, BW_ERR_FORK when another lies there. */
static bw_err
find_again(struct session *s, const struct tag_transport *t,
    const struct tag_target *tag)
{
	bw_err r;

	if ((r = field_off(s)) != BW_OK || (r = field_on(s)) != BW_OK)
		return r;
	r = BW_ERR_GONE;
	for (int i = 0; i < TRIES_TO_FIND && r == BW_ERR_GONE; i++)
		r = tag_reselect(t, tag);
	return r;
}

/* Read the selected tag, again if need be. What it says is in *answer. */
static bw_err
read_tag(struct session *s, const struct tag_target *tag,
    struct ipc_msg *answer)
{
	const struct tag_transport t = checked(s);
	size_t len = 0;
	bw_err r;

	for (int i = 1;; i++) {
		r = tag_read_ndef(&t, tag, answer->ndef, &len);
		if (r == BW_OK)
			break;
		if (r == BW_ERR_FORMAT)
			return unread(answer, UNREAD_NOT_OURS);
		if (r == BW_ERR_GONE || r == BW_ERR_IO) {
			r = find_again(s, &t, tag);
			if (r == BW_OK && i == READINGS)
				return unread(answer, UNREAD_READ_ERROR);
		}
		if (r == BW_ERR_GONE)
			return unread(answer, UNREAD_REMOVED);
		if (r == BW_ERR_FORK)
			return unread(answer, UNREAD_MORE_THAN_ONE);
		if (r != BW_OK)
			return r;
	}
	answer->type = IPC_BADGE;
	answer->ndef_len = (uint16_t)len;
	memcpy(answer->uid, tag->uid, BADGE_UID);
	return BW_OK;
}

/* The first badge under a yes is the one that it is for. A telephone's UID is
 * new each time (4 bytes, 08h first): never the same, and never a badge. */
static bool
is_held(const struct session *s, const struct tag_target *tag)
{
	if (s->held->uid_len == 0)
		*s->held = *tag;
	return tag_is_same(s->held, tag);
}

static bw_err
wait_and_read(struct session *s, int64_t deadline_ms, struct ipc_msg *answer)
{
	struct tag_target tag;
	bool another;
	bw_err r;

	if ((r = field_on(s)) != BW_OK)
		return r;
	r = wait_for_tag(s, deadline_ms, &tag);
	if (r == BW_ERR_NOTFOUND)
		return unread(answer, UNREAD_NO_BADGE);
	if (r != BW_OK)
		return r;
	if (!is_held(s, &tag))
		return unread(answer, UNREAD_MORE_THAN_ONE);
	s->seen(s->ctx);
	if ((r = read_tag(s, &tag, answer)) != BW_OK)
		return r;
	if (answer->type == IPC_UNREAD && answer->reason != UNREAD_NOT_OURS)
		return BW_OK;
	if ((r = look_for_another(s, &tag, &another)) != BW_OK)
		return r;
	return another ? unread(answer, UNREAD_MORE_THAN_ONE) : BW_OK;
}

bw_err
session_read(const struct session *session, int64_t deadline_ms,
    struct ipc_msg *answer)
{
	struct session s = *session;
	bw_err r, off;

	memset(answer, 0, sizeof(*answer));
	r = wait_and_read(&s, deadline_ms, answer);
	if (r != BW_ERR_TIMEOUT) {	/* a silent chip would not hear it */
		off = field_off(&s);
		if (r == BW_OK || r == BW_ERR_DENIED)
			r = off != BW_OK ? off : r;
	}
	if (r != BW_OK)
		explicit_bzero(answer, sizeof(*answer));
	return r;
}
