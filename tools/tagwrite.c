// SPDX-License-Identifier: Apache-2.0
#include "tools/tagwrite.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"

#define GET_VERSION 0x60
#define NTAG 0x04		/* products of NXP, by GET_VERSION */
#define ULTRALIGHT 0x03
#define TINY_CC 6		/* 48 bytes, by the capability container */
#define CC_PAGE 3
#define LOCK_PAGE 2		/* its last two bytes lock pages 3 to 15 */
#define USER_PAGE 4
#define HEAD_PAGES 10		/* what is read to know a tag: 2 to 11 */
#define TAIL_PAGES 3		/* dynamic locks and configuration */
#define TRY_MS 20		/* between two looks for a tag */
#define BACK_MS 1000		/* for a tag to be seen again */
#define HICCUPS_MS 5000		/* for a chip that answers badly now and then */

/* The tags that are known: GET_VERSION's bytes of product and size, the first
 * page behind the user memory, pages to a dynamic lock bit. */
static const struct model {
	char type[12];
	uint8_t product, size;
	uint8_t user_end;
	uint8_t lock_pages;
} models[] = {
	{ "ntag213", NTAG, 0x0f, 40, 2 },
	{ "ntag215", NTAG, 0x11, 130, 16 },
	{ "ntag216", NTAG, 0x13, 226, 16 },
	{ "mf0ul21", ULTRALIGHT, 0x0e, 36, 2 }
};

/* MF0UL11, and the older Ultralight, which knows no GET_VERSION. */
static const struct model tiny = { "ultralight", ULTRALIGHT, 0x0b, 16, 0 };

/* A tag that was looked at. */
struct seen {
	struct tag_target target;
	const struct model *model;
	uint8_t head[HEAD_PAGES * TAGWRITE_PAGE];
	uint8_t tail[TAIL_PAGES * TAGWRITE_PAGE];
};

#define SEEN_USER(s) ((s)->head + (USER_PAGE - LOCK_PAGE) * TAGWRITE_PAGE)
#define SEEN_NUSER ((HEAD_PAGES - USER_PAGE + LOCK_PAGE) * TAGWRITE_PAGE)

/* What a transport's error means when no tag is to blame for it. */
static enum tagwriter_result
of_chip(bw_err r)
{
	return r == BW_OK ? TAGWRITER_OK : TAGWRITER_NO_ANSWER;
}

static enum tagwriter_result
of_cause(enum reader_cause why)
{
	switch (why) {
	case READER_CAUSE_ABSENT:
	case READER_CAUSE_DENIED:
		return TAGWRITER_NO_WRITER;
	case READER_CAUSE_IN_USE:
	case READER_CAUSE_KERNEL:
		return TAGWRITER_IN_USE;
	case READER_CAUSE_STARTING:
	case READER_CAUSE_NO_ANSWER:
	case READER_CAUSE_WRONG:
	case READER_CAUSE_CRASHED:
	case READER_CAUSE_GARBAGE:
		return TAGWRITER_NO_ANSWER;
	}
	return TAGWRITER_NO_ANSWER;
}

enum tagwriter_result
tagwrite_open(const struct tagwrite_io *io)
{
	enum reader_cause why = READER_CAUSE_NO_ANSWER;
	bw_err r;

	if ((r = io->open(io->tag.ctx, &why)) != BW_OK &&
	    (why == READER_CAUSE_NO_ANSWER || why == READER_CAUSE_GARBAGE))
		r = io->open(io->tag.ctx, &why);
	return r == BW_OK ? TAGWRITER_OK : of_cause(why);
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

/* By when a tag that was here is seen again. */
static int64_t
soon(void)
{
	return clock_mono_ms() + BACK_MS;
}

/* Switch the field off and on, so that every tag starts anew, and look. */
static bw_err
begin_again(const struct tagwrite_io *io, int64_t until,
    struct tag_target *out)
{
	bw_err r;

	if ((r = io->tag.field_off(io->tag.ctx)) != BW_OK ||
	    (r = io->tag.field_on(io->tag.ctx)) != BW_OK)
		return r;
	return await(io, until, out);
}

/* One tag, alone, selected. */
static enum tagwriter_result
take_one(const struct tagwrite_io *io, int64_t until, struct tag_target *out)
{
	struct tag_target other;
	bw_err r;

	r = begin_again(io, until, out);
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
	r = begin_again(io, soon(), &other);
	if (r == BW_ERR_NOTFOUND)
		return TAGWRITER_NO_TAG;
	if (r == BW_OK && !tag_is_same(out, &other))
		return TAGWRITER_OTHER_TAG;
	return of_chip(r);
}

/* GET_VERSION; a tag that does not know it drops its selection, as does one
 * that misheard: that one is asked again. */
static bw_err
get_version(const struct tagwrite_io *io, const struct tag_target *tag,
    uint8_t rx[static TAG_REPLY_MAX], size_t *len)
{
	const uint8_t cmd[] = { GET_VERSION };
	bw_err r;

	r = io->tag.transceive(io->tag.ctx, cmd, sizeof(cmd), rx, len);
	if (r == BW_ERR_GONE && (r = tag_reselect(&io->tag, tag)) == BW_OK &&
	    (r = io->tag.transceive(io->tag.ctx, cmd, sizeof(cmd), rx,
	    len)) == BW_ERR_GONE)
		r = BW_ERR_FORMAT;
	return r;
}

/* By the eight bytes of GET_VERSION: 00, NXP, product, subtype by capacitance
 * (02; an Ultralight 01 too; others have another memory), …, size, …. */
static const struct model *
model_by_version(const uint8_t *v)
{
	if (v[0] != 0 || v[1] != 0x04 ||
	    (v[3] != 0x02 && (v[2] != ULTRALIGHT || v[3] != 0x01)))
		return NULL;
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (models[i].product == v[2] && models[i].size == v[6])
			return &models[i];
	return v[2] == tiny.product && v[6] == tiny.size ? &tiny : NULL;
}

/* Of a tag that knows no GET_VERSION, and dropped its selection at it. */
static bw_err
model_by_cc(const struct tagwrite_io *io, const struct tag_target *tag,
    const struct model **out)
{
	uint8_t cc[TAGWRITE_PAGE];
	bool fast = false;
	bw_err r = tag_reselect(&io->tag, tag);

	if (r == BW_OK)
		r = tag_read_pages(&io->tag, tag, CC_PAGE, 1, &fast, cc);
	if (r == BW_OK && cc[0] == 0xe1 && cc[2] <= TINY_CC)
		*out = &tiny;
	return r == BW_ERR_GONE || r == BW_ERR_FORK ? BW_OK : r;
}

/* *out is NULL when it is no tag that is known. */
static bw_err
model_of(const struct tagwrite_io *io, const struct tag_target *tag,
    const struct model **out)
{
	uint8_t rx[TAG_REPLY_MAX];
	size_t len;
	bw_err r;

	*out = NULL;
	if (tag->uid_len != BADGE_UID || tag->sak != 0)
		return BW_OK;
	r = get_version(io, tag, rx, &len);
	if (r == BW_ERR_FORMAT)
		return model_by_cc(io, tag, out);
	if (r == BW_OK && len == 8)
		*out = model_by_version(rx);
	return r;
}

/* Take the tag that is there and read what one must know of it. */
static enum tagwriter_result
look(const struct tagwrite_io *io, int64_t until, struct seen *out)
{
	bool fast = true;
	enum tagwriter_result result;
	bw_err r;

	*out = (struct seen){ .model = NULL };
	if ((result = take_one(io, until, &out->target)) != TAGWRITER_OK)
		return result;
	r = model_of(io, &out->target, &out->model);
	if (r == BW_OK && out->model == NULL)
		return TAGWRITER_NO_NTAG;
	if (r == BW_OK && out->model == &tiny)
		return TAGWRITER_TINY;
	if (r == BW_OK)
		r = tag_read_pages(&io->tag, &out->target, LOCK_PAGE,
		    HEAD_PAGES, &fast, out->head);
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
	bool fast = true, same = false;
	bw_err r;

	r = begin_again(io, soon(), &again);
	if (r == BW_OK && !tag_is_same(&s->target, &again))
		r = BW_ERR_FORK;
	if (r == BW_OK)
		r = tag_read_pages(&io->tag, &s->target, USER_PAGE,
		    p->len / TAGWRITE_PAGE, &fast, got);
	same = r == BW_OK && memcmp(got, p->memory, p->len) == 0;
	explicit_bzero(got, sizeof(got));
	if (r == BW_ERR_TIMEOUT || r == BW_ERR_IO)
		return of_chip(r);
	return same ? TAGWRITER_OK : TAGWRITER_DIFFERS;
}

/* The field goes off whatever came before. */
static enum tagwriter_result
finish(const struct tagwrite_io *io, enum tagwriter_result result)
{
	bw_err r = io->tag.field_off(io->tag.ctx);

	return result == TAGWRITER_OK ? of_chip(r) : result;
}

/* Look, and read the message that lies there. */
static enum tagwriter_result
look_and_read(const struct tagwrite_io *io, int64_t until, struct seen *s,
    struct tagwriter_tag *out)
{
	enum tagwriter_result result = look(io, until, s);
	bw_err r;

	if (result == TAGWRITER_OK) {
		r = tag_read_ndef(&io->tag, &s->target, out->ndef,
		    &out->ndef_len);
		if (r == BW_ERR_GONE || r == BW_ERR_FORK)
			result = TAGWRITER_NO_TAG;
		else if (r != BW_ERR_FORMAT)
			result = of_chip(r);
	}
	return finish(io, result);
}

/* After a hiccup of the chip, once at least and as long as it is not late: is
 * it to be done once more? Else *result says why not. */
static bool
once_more(const struct tagwrite_io *io, bool again, int64_t until,
    enum tagwriter_result *result)
{
	if (*result != TAGWRITER_NO_ANSWER || io->stopped(io->tag.ctx) ||
	    (again && clock_mono_ms() >= until))
		return false;
	io->close(io->tag.ctx);
	*result = tagwrite_open(io);
	return *result == TAGWRITER_OK;
}

enum tagwriter_result
tagwrite_find(const struct tagwrite_io *io, unsigned wait_ms,
    struct tagwriter_tag *out)
{
	const int64_t until = clock_mono_ms() + wait_ms;
	enum tagwriter_result result;
	size_t kept, room;
	struct seen s;

	*out = (struct tagwriter_tag){ .room = 0 };
	result = look_and_read(io, until, &s, out);
	for (bool again = false;
	    once_more(io, again, until + HICCUPS_MS, &result); again = true)
		result = look_and_read(io, until, &s, out);
	if (result == TAGWRITER_OK) {
		kept = tagwrite_kept(SEEN_USER(&s), SEEN_NUSER);
		room = room_of(&s);
		memcpy(out->uid, s.target.uid, BADGE_UID);
		memcpy(out->type, s.model->type, sizeof(out->type));
		out->room = room > kept ? room - kept : 0;
	}
	return result;
}

/* *begun: the tag may be changed. */
static enum tagwriter_result
write_found(const struct tagwrite_io *io, const struct seen *s,
    const uint8_t *image, size_t len, bool *begun)
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
	else if (r == BW_OK) {
		*begun = true;
		result = write_steps(io, s, &p);
	}
	if (result == TAGWRITER_OK)
		result = verify(io, s, &p);
	explicit_bzero(&p, sizeof(p));
	return result;
}

/* What a try says of the tag, when an earlier one has begun to write: the old
 * message is gone, so "nothing is changed" would be wrong. */
static enum tagwriter_result
after_begun(enum tagwriter_result result)
{
	if (result == TAGWRITER_PROTECTED)
		return TAGWRITER_REFUSED;
	if (result == TAGWRITER_NO_TAG || result == TAGWRITER_NO_NTAG ||
	    result == TAGWRITER_TINY || result == TAGWRITER_OTHER_TAG)
		return TAGWRITER_REMOVED;
	return result;
}

static enum tagwriter_result
look_and_write(const struct tagwrite_io *io,
    const uint8_t uid[static BADGE_UID], const uint8_t *image, size_t len,
    bool *begun)
{
	const bool before = *begun;
	struct seen s;
	enum tagwriter_result result = look(io, soon(), &s);

	if (result == TAGWRITER_OK &&
	    memcmp(s.target.uid, uid, BADGE_UID) != 0)
		result = TAGWRITER_OTHER_TAG;
	if (result == TAGWRITER_OK)
		result = write_found(io, &s, image, len, begun);
	result = finish(io, result);
	return before ? after_begun(result) : result;
}

enum tagwriter_result
tagwrite_image(const struct tagwrite_io *io,
    const uint8_t uid[static BADGE_UID], const uint8_t *image, size_t len)
{
	const int64_t until = clock_mono_ms() + HICCUPS_MS;
	bool begun = false;
	enum tagwriter_result result;

	result = look_and_write(io, uid, image, len, &begun);
	/* It was there a moment ago, when its UID was read. */
	if (result == TAGWRITER_NO_TAG && !begun)
		result = look_and_write(io, uid, image, len, &begun);
	for (bool again = false; once_more(io, again, until, &result);
	    again = true)
		result = look_and_write(io, uid, image, len, &begun);
	return result;
}
