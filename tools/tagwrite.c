// SPDX-License-Identifier: Apache-2.0
#include "tools/tagwrite.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"

#define GET_VERSION 0x60
#define LOCK_PAGE 2		/* its last two bytes lock pages 3 to 15 */
#define USER_PAGE 4
#define HEAD_PAGES 10		/* what is read to know a tag: 2 to 11 */
#define TAIL_PAGES 3		/* dynamic locks and configuration */
#define TRY_MS 20		/* between two looks for a tag */
#define BACK_MS 1000		/* for a tag to be seen again */

/* The tags that can be written: GET_VERSION's size byte, the first page
 * behind the user memory, pages to a dynamic lock bit. */
static const struct model {
	char type[12];
	uint8_t size;
	uint8_t user_end;
	uint8_t lock_pages;
} models[] = {
	{ "ntag213", 0x0f, 40, 2 },
	{ "ntag215", 0x11, 130, 16 },
	{ "ntag216", 0x13, 226, 16 }
};

/* A tag that was looked at. */
struct seen {
	struct tag_target target;
	const struct model *model;
	uint8_t head[HEAD_PAGES * TAGWRITE_PAGE];
	uint8_t tail[TAIL_PAGES * TAGWRITE_PAGE];
};

#define SEEN_USER(s) ((s)->head + (USER_PAGE - LOCK_PAGE) * TAGWRITE_PAGE)
#define SEEN_NUSER ((HEAD_PAGES - USER_PAGE + LOCK_PAGE) * TAGWRITE_PAGE)

/* Bytes of lock-control (01), memory-control (02) and null (00) TLVs that
 * stand before anything else, if so much of what follows is known too that the
 * head of a message is. */
static size_t
kept_tlvs(const uint8_t *user, size_t n)
{
	size_t kept = 0, i = 0;

	while (i + 1 < n && user[i] <= 2) {
		if (user[i] == 0) {
			i++;
			continue;
		}
		i += 2 + (size_t)user[i + 1];
		kept = i;
	}
	return kept + 2 * TAGWRITE_PAGE <= n ? kept : 0;
}

static uint8_t *
add_step(struct tagwrite_plan *p, size_t page, const uint8_t *memory)
{
	uint8_t *data = p->step[p->n].data;

	p->step[p->n].page = (uint8_t)(USER_PAGE + page);
	memcpy(data, memory + page * TAGWRITE_PAGE, TAGWRITE_PAGE);
	p->n++;
	return data;
}

/* Make the old message empty: by its length alone where there is one, so that
 * a page that is half written holds the old one or none. */
static void
plan_empty(struct tagwrite_plan *p, const uint8_t *user, size_t nuser,
    size_t at)
{
	static const uint8_t no_message[] = { 0x03, 0x00, 0xfe };
	uint8_t empty[2 * NDEF_TAG_MAX] = { 0 };
	size_t page = (at + 1) / TAGWRITE_PAGE;

	if (at + 2 * TAGWRITE_PAGE <= nuser && user[at] == 0x03) {
		add_step(p, page, user)[(at + 1) % TAGWRITE_PAGE] = 0;
		return;
	}
	memcpy(empty, user, at);
	memcpy(empty + at, no_message, sizeof(no_message));
	add_step(p, page, empty);
	if (page != at / TAGWRITE_PAGE)
		add_step(p, at / TAGWRITE_PAGE, empty);
}

bw_err
tagwrite_plan(const uint8_t *user, size_t nuser, size_t room,
    const uint8_t *image, size_t len, struct tagwrite_plan *out)
{
	size_t at = kept_tlvs(user, nuser), on = (at + 1) / TAGWRITE_PAGE;

	*out = (struct tagwrite_plan){ .n = 0 };
	if (len < 3 || image[0] != 0x03)
		return BW_ERR_FORMAT;
	if (room > NDEF_TAG_MAX || len > room || at > room - len)
		return BW_ERR_FULL;
	out->kept = at;
	out->len = (at + len + TAGWRITE_PAGE - 1) / TAGWRITE_PAGE *
	    TAGWRITE_PAGE;
	memcpy(out->memory, user, at);
	memcpy(out->memory + at, image, len);
	plan_empty(out, user, nuser, at);
	for (size_t p = at / TAGWRITE_PAGE; p < out->len / TAGWRITE_PAGE; p++)
		if (p != on)
			add_step(out, p, out->memory);
	/* Last the page with the first byte of the length: all but that byte,
	 * then that byte. */
	add_step(out, on, out->memory)[(at + 1) % TAGWRITE_PAGE] = 0;
	add_step(out, on, out->memory);
	return BW_OK;
}

/* What a transport's error means when no tag is to blame for it. */
static enum tagwriter_result
of_chip(bw_err r)
{
	return r == BW_OK ? TAGWRITER_OK : TAGWRITER_NO_ANSWER;
}

/* Look for a tag until it is time. NOTFOUND when there was none. */
static bw_err
await(const struct tagwrite_io *io, int64_t until, struct tag_target *out)
{
	const struct timespec pause = { 0, TRY_MS * 1000000 };
	bw_err r;

	while ((r = io->tag.select(io->tag.ctx, out)) == BW_ERR_NOTFOUND &&
	    clock_mono_ms() < until && !io->stopped(io->tag.ctx))
		nanosleep(&pause, NULL);
	return r;
}

/* Switch the field off and on, so that every tag starts anew, and look. */
static bw_err
begin_again(const struct tagwrite_io *io, unsigned wait_ms,
    struct tag_target *out)
{
	bw_err r;

	if ((r = io->tag.field_off(io->tag.ctx)) != BW_OK ||
	    (r = io->tag.field_on(io->tag.ctx)) != BW_OK)
		return r;
	return await(io, clock_mono_ms() + wait_ms, out);
}

/* One tag, alone, selected. */
static enum tagwriter_result
take_one(const struct tagwrite_io *io, unsigned wait_ms,
    struct tag_target *out)
{
	struct tag_target other;
	bw_err r;

	r = begin_again(io, wait_ms, out);
	if (r == BW_ERR_NOTFOUND)
		return TAGWRITER_NO_TAG;
	if (r != BW_OK)
		return of_chip(r);
	/* A tag that was sent to sleep stays silent: who answers is another.
	 * Whether it heard that does not matter if it is the same one. */
	(void)io->tag.deselect(io->tag.ctx);
	r = io->tag.select(io->tag.ctx, &other);
	if (r == BW_OK && !tag_is_same(out, &other))
		return TAGWRITER_MORE_TAGS;
	if (r != BW_OK && r != BW_ERR_NOTFOUND)
		return of_chip(r);
	r = begin_again(io, BACK_MS, &other);
	if (r == BW_ERR_NOTFOUND)
		return TAGWRITER_NO_TAG;
	if (r == BW_OK && !tag_is_same(out, &other))
		return TAGWRITER_OTHER_TAG;
	return of_chip(r);
}

static const struct model *
model_of(const struct tagwrite_io *io)
{
	static const uint8_t ntag[] = { 0x00, 0x04, 0x04, 0x02 };
	const uint8_t cmd[] = { GET_VERSION };
	uint8_t rx[TAG_REPLY_MAX];
	size_t len;

	if (io->tag.transceive(io->tag.ctx, cmd, sizeof(cmd), rx, &len) !=
	    BW_OK || len != 8 || memcmp(rx, ntag, sizeof(ntag)) != 0)
		return NULL;
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (models[i].size == rx[6])
			return &models[i];
	return NULL;
}

/* Take the tag that is there and read what one must know of it. */
static enum tagwriter_result
look(const struct tagwrite_io *io, unsigned wait_ms, struct seen *out)
{
	bool fast = true;
	enum tagwriter_result result;
	bw_err r;

	*out = (struct seen){ .model = NULL };
	if ((result = take_one(io, wait_ms, &out->target)) != TAGWRITER_OK)
		return result;
	if (out->target.uid_len != BADGE_UID || out->target.sak != 0 ||
	    (out->model = model_of(io)) == NULL)
		return TAGWRITER_NO_NTAG;
	r = tag_read_pages(&io->tag, &out->target, LOCK_PAGE, HEAD_PAGES,
	    &fast, out->head);
	if (r == BW_OK)
		r = tag_read_pages(&io->tag, &out->target,
		    out->model->user_end, TAIL_PAGES, &fast, out->tail);
	if (r == BW_ERR_GONE || r == BW_ERR_FORK)
		return TAGWRITER_NO_TAG;
	return of_chip(r);
}

/* The user bytes by the capability container; 0 when that is none. */
static size_t
room_of(const struct seen *s)
{
	const uint8_t *cc = s->head + TAGWRITE_PAGE;
	size_t pages = (size_t)(s->model->user_end - USER_PAGE);
	size_t room = (size_t)cc[2] * 8;

	if (cc[0] != 0xe1 || cc[1] >> 4 != 1)
		return 0;
	return room < pages * TAGWRITE_PAGE ? room : pages * TAGWRITE_PAGE;
}

static bool
page_locked(const struct seen *s, size_t page)
{
	unsigned fixed = (unsigned)(s->head[2] | s->head[3] << 8);
	unsigned moving = (unsigned)(s->tail[0] | s->tail[1] << 8);

	if (page >= s->tail[TAGWRITE_PAGE + 3])	/* AUTH0: wants a password */
		return true;
	if (page < 16)
		return (fixed >> page & 1) != 0;
	return (moving >> (page - 16) / s->model->lock_pages & 1) != 0;
}

/* Is any page of the plan, or the tag as a whole, read-only? */
static bool
is_protected(const struct seen *s, const struct tagwrite_plan *p)
{
	if ((s->head[TAGWRITE_PAGE + 3] & 0x0f) != 0)
		return true;
	for (size_t i = 0; i < p->n; i++)
		if (page_locked(s, p->step[i].page))
			return true;
	return false;
}

/* Write a page; when that failed, ask whether the tag still is there, and if
 * so try once more. FORK: it is there, and refuses. */
static bw_err
write_page(const struct tagwrite_io *io, const struct tag_target *tag,
    uint8_t page, const uint8_t data[static TAGWRITE_PAGE])
{
	bw_err r = io->write(io->tag.ctx, page, data);

	if (r != BW_ERR_GONE)
		return r;
	if ((r = tag_reselect(&io->tag, tag)) != BW_OK)
		return r == BW_ERR_FORK ? BW_ERR_GONE : r;
	if ((r = io->write(io->tag.ctx, page, data)) != BW_ERR_GONE)
		return r;
	return tag_reselect(&io->tag, tag) == BW_OK ? BW_ERR_FORK :
	    BW_ERR_GONE;
}

static enum tagwriter_result
write_steps(const struct tagwrite_io *io, const struct seen *s,
    const struct tagwrite_plan *p)
{
	for (size_t i = 0; i < p->n; i++) {
		bw_err r = write_page(io, &s->target, p->step[i].page,
		    p->step[i].data);

		if (r == BW_ERR_FORK)
			return i == 0 ? TAGWRITER_PROTECTED :
			    TAGWRITER_REFUSED;
		if (r == BW_ERR_GONE)
			return TAGWRITER_REMOVED;
		if (r != BW_OK)
			return of_chip(r);
	}
	return TAGWRITER_OK;
}

/* Read it all back after the tag was without power. */
static enum tagwriter_result
verify(const struct tagwrite_io *io, const struct seen *s,
    const struct tagwrite_plan *p)
{
	struct tag_target again;
	uint8_t got[NDEF_TAG_MAX];
	enum tagwriter_result result = TAGWRITER_DIFFERS;
	bool fast = true;

	if (begin_again(io, BACK_MS, &again) == BW_OK &&
	    tag_is_same(&s->target, &again) &&
	    tag_read_pages(&io->tag, &s->target, USER_PAGE,
	    p->len / TAGWRITE_PAGE, &fast, got) == BW_OK &&
	    memcmp(got, p->memory, p->len) == 0)
		result = TAGWRITER_OK;
	explicit_bzero(got, sizeof(got));
	return result;
}

/* The field goes off whatever came before. */
static enum tagwriter_result
finish(const struct tagwrite_io *io, enum tagwriter_result result)
{
	bw_err r = io->tag.field_off(io->tag.ctx);

	return result == TAGWRITER_OK ? of_chip(r) : result;
}

enum tagwriter_result
tagwrite_find(const struct tagwrite_io *io, unsigned wait_ms,
    struct tagwriter_tag *out)
{
	struct seen s;
	enum tagwriter_result result = look(io, wait_ms, &s);
	size_t kept, room;

	*out = (struct tagwriter_tag){ .room = 0 };
	if (result == TAGWRITER_OK) {
		kept = kept_tlvs(SEEN_USER(&s), SEEN_NUSER);
		room = room_of(&s);
		memcpy(out->uid, s.target.uid, BADGE_UID);
		memcpy(out->type, s.model->type, sizeof(out->type));
		out->room = room > kept ? room - kept : 0;
	}
	return finish(io, result);
}

static enum tagwriter_result
write_found(const struct tagwrite_io *io, const struct seen *s,
    const uint8_t *image, size_t len)
{
	struct tagwrite_plan p;
	enum tagwriter_result result = TAGWRITER_SYSTEM;
	bw_err r;

	r = tagwrite_plan(SEEN_USER(s), SEEN_NUSER, room_of(s), image, len,
	    &p);
	if (r == BW_ERR_FULL)
		result = TAGWRITER_TOO_SMALL;
	else if (r == BW_OK && is_protected(s, &p))
		result = TAGWRITER_PROTECTED;
	else if (r == BW_OK)
		result = write_steps(io, s, &p);
	if (result == TAGWRITER_OK)
		result = verify(io, s, &p);
	explicit_bzero(&p, sizeof(p));
	return result;
}

enum tagwriter_result
tagwrite_image(const struct tagwrite_io *io,
    const uint8_t uid[static BADGE_UID], const uint8_t *image, size_t len)
{
	struct seen s;
	enum tagwriter_result result = look(io, BACK_MS, &s);

	if (result == TAGWRITER_OK &&
	    memcmp(s.target.uid, uid, BADGE_UID) != 0)
		result = TAGWRITER_OTHER_TAG;
	if (result == TAGWRITER_OK)
		result = write_found(io, &s, image, len);
	return finish(io, result);
}
