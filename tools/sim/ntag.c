// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/ntag.h"

#include <string.h>

#define READ 0x30
#define FAST_READ 0x3a
#define WRITE 0xa2
#define COMPAT_WRITE 0xa0
#define GET_VERSION 0x60
#define READ_SIG 0x3c
#define PWD_AUTH 0x1b

#define NAK_ARGUMENT 0x0
#define NAK_AUTH 0x4

/* Pages behind the user memory, counted from user_end. */
enum { LOCKS, CFG0, CFG1, PWD, PACK, NTAIL };

/* What an NTAG or an Ultralight EV1 has and an Ultralight has not. */
struct model {
	const struct tag_kind *kind;
	uint8_t product, subtype, storage;	/* 2, 3, 6 of GET_VERSION */
	uint8_t cc_size;	/* byte 2 of the capability container */
	size_t lock_pages;	/* that one dynamic lock bit covers; 0: none */
};

static const struct model models[] = {
	{ &ntag213, 0x04, 0x02, 0x0f, 0x12, 2 },
	{ &ntag215, 0x04, 0x02, 0x11, 0x3e, 16 },
	{ &ntag216, 0x04, 0x02, 0x13, 0x6d, 16 },
	{ &mf0ul11, 0x03, 0x01, 0x0b, 0x06, 0 },
	{ &mf0ul21, 0x03, 0x01, 0x0e, 0x10, 2 },
	{ &ultralight, 0, 0, 0, 0x06, 0 },
};

static const struct model *
model_of(const struct tag *t)
{
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (models[i].kind == t->kind)
			return &models[i];
	return &models[0];
}

static bool
is_young(const struct tag *t)
{
	return model_of(t)->product != 0;
}

static bool
has_locks(const struct tag *t)
{
	return model_of(t)->lock_pages != 0;
}

static uint8_t *
page_of(struct tag *t, size_t page)
{
	return t->mem + page * NTAG_PAGE;
}

/* The number of a page of the tail, for tags that have one. */
static size_t
tail_page(const struct tag *t, size_t which)
{
	return t->kind->user_end + which - (has_locks(t) ? 0 : 1);
}

static const uint8_t *
tail(const struct tag *t, size_t which)
{
	return t->mem + tail_page(t, which) * NTAG_PAGE;
}

static void
factory(struct tag *t)
{
	static const uint8_t lock_control[] = {
		0x01, 0x03, 0xa0, 0x0c, 0x34, 0x03, 0x00, 0xfe
	};
	static const uint8_t empty[] = { 0x03, 0x00, 0xfe };
	static const uint8_t end[NTAIL][NTAG_PAGE] = {
		{ 0, 0, 0, 0xbd }, { 0x04, 0, 0, 0xff }, { 0, 0x05, 0, 0 },
		{ 0xff, 0xff, 0xff, 0xff }, { 0, 0, 0, 0 }
	};
	uint8_t *m = t->mem;

	memcpy(m, t->uid, 3);
	m[3] = (uint8_t)(0x88 ^ t->uid[0] ^ t->uid[1] ^ t->uid[2]);
	memcpy(m + 4, t->uid + 3, 4);
	m[8] = (uint8_t)(m[4] ^ m[5] ^ m[6] ^ m[7]);
	m[9] = 0x48;
	m[12] = 0xe1;
	m[13] = 0x10;
	m[14] = model_of(t)->cc_size;
	if (t->kind == &ntag213)
		memcpy(page_of(t, NTAG_USER), lock_control,
		    sizeof(lock_control));
	else
		memcpy(page_of(t, NTAG_USER), empty, sizeof(empty));
	for (size_t i = has_locks(t) ? LOCKS : CFG0; is_young(t) && i < NTAIL;
	    i++)
		memcpy(page_of(t, tail_page(t, i)), end[i], NTAG_PAGE);
}

/* Password and PACK read as zero. */
static uint8_t
peek(const struct tag *t, size_t at)
{
	size_t page = at / NTAG_PAGE;

	if (is_young(t) && page >= tail_page(t, PWD))
		return 0;
	return t->mem[at];
}

/* Does AUTH0 keep this page from being read or written now? */
static bool
guarded(const struct tag *t, size_t page, bool write)
{
	bool reads_too;

	if (!is_young(t) || t->authed)
		return false;
	reads_too = (tail(t, CFG1)[0] & 0x80) != 0;
	return page >= tail(t, CFG0)[3] && (write || reads_too);
}

static bool
locked(const struct tag *t, size_t page)
{
	unsigned bits = (unsigned)(t->mem[10] | t->mem[11] << 8), bit;
	const uint8_t *dynamic;

	if (page < 16)
		return page >= 3 && (bits >> page & 1) != 0;
	if (!has_locks(t) || page >= t->kind->user_end)
		return false;
	dynamic = tail(t, LOCKS);
	bit = (unsigned)((page - 16) / model_of(t)->lock_pages);
	return (dynamic[bit / 8] >> bit % 8 & 1) != 0;
}

/* One page, as WRITE and COMPAT_WRITE do it. */
static bool
write_page(struct tag *t, size_t page, const uint8_t *data)
{
	uint8_t *p = page_of(t, page);
	bool is_locks = has_locks(t) && page == tail_page(t, LOCKS);

	if (page < 2 || page >= t->kind->pages || locked(t, page) ||
	    guarded(t, page, true))
		return false;
	if (!tag_may(t, true)) {
		if (t->tear == TEAR_TORN && page >= NTAG_USER)
			memcpy(p, data, NTAG_PAGE / 2);
		return true;
	}
	if ((int)page == t->worn_page)
		return true;
	if (page == 2) {		/* lock bits are set, never cleared */
		p[2] |= data[2];
		p[3] |= data[3];
	} else if (page == 3 || is_locks) {	/* so are these */
		for (size_t i = 0; i < (is_locks ? 3 : 4); i++)
			p[i] |= data[i];
	} else {
		memcpy(p, data, NTAG_PAGE);
	}
	return true;
}

static void
answer_write(struct tag *t, size_t page, const uint8_t *data,
    struct tag_air *out)
{
	bool stays = tag_may(t, true);

	if (!write_page(t, page, data)) {
		tag_put_nak(t, out, NAK_ARGUMENT);
		return;
	}
	if (stays)
		tag_put_ack(out);
	tag_did(t, true);
}

/* READ rolls over behind the last page; with FAST_READ last is in range. */
static void
answer_read(struct tag *t, size_t first, size_t npages, struct tag_air *out)
{
	uint8_t data[TAG_MEM_MAX];
	size_t pages = t->kind->pages;

	for (size_t i = 0; i < npages; i++)
		if (guarded(t, (first + i) % pages, false)) {
			tag_put_nak(t, out, NAK_ARGUMENT);
			return;
		}
	if (tag_may(t, false)) {
		for (size_t i = 0; i < npages * NTAG_PAGE; i++)
			data[i] = peek(t, (first * NTAG_PAGE + i) %
			    (pages * NTAG_PAGE));
		tag_put(out, data, npages * NTAG_PAGE);
	}
	tag_did(t, false);
}

static void
answer_version(struct tag *t, struct tag_air *out)
{
	const struct model *m = model_of(t);
	const uint8_t v[8] = { 0, 0x04, m->product, m->subtype, 0x01, 0,
		m->storage, 0x03 };

	tag_put(out, v, sizeof(v));
}

/* No NXP key signed this tag: thirty-two bytes that only look the part. */
static void
answer_signature(struct tag *t, struct tag_air *out)
{
	uint8_t sig[32];

	for (size_t i = 0; i < sizeof(sig); i++)
		sig[i] = (uint8_t)(t->uid[i % 7] ^ i * 37);
	tag_put(out, sig, sizeof(sig));
}

static void
answer_auth(struct tag *t, const uint8_t *pwd, struct tag_air *out)
{
	if (memcmp(pwd, tail(t, PWD), 4) != 0) {
		tag_put_nak(t, out, NAK_AUTH);
		return;
	}
	t->authed = true;
	tag_put(out, tail(t, PACK), 2);
}

/* Commands that an Ultralight lacks; false when this is none of them. */
static bool
young_only(struct tag *t, const uint8_t *cmd, size_t len, struct tag_air *out)
{
	if (!is_young(t))
		return false;
	if (cmd[0] == GET_VERSION && len == 1)
		answer_version(t, out);
	else if (cmd[0] == READ_SIG && len == 2 && cmd[1] == 0)
		answer_signature(t, out);
	else if (cmd[0] == PWD_AUTH && len == 5)
		answer_auth(t, cmd + 1, out);
	else if (cmd[0] == FAST_READ && len == 3 && cmd[1] <= cmd[2] &&
	    cmd[2] < t->kind->pages)
		answer_read(t, cmd[1], (size_t)(cmd[2] - cmd[1] + 1), out);
	else
		return false;
	return true;
}

static void
command(struct tag *t, const uint8_t *cmd, size_t len, struct tag_air *out)
{
	int compat = t->compat_page;

	t->compat_page = -1;
	if (compat >= 0 && len == 16)
		answer_write(t, (size_t)compat, cmd, out);
	else if (cmd[0] == READ && len == 2 && cmd[1] < t->kind->pages)
		answer_read(t, cmd[1], 4, out);
	else if (cmd[0] == WRITE && len == 6)
		answer_write(t, cmd[1], cmd + 2, out);
	else if (cmd[0] == COMPAT_WRITE && len == 2) {
		t->compat_page = cmd[1];
		tag_put_ack(out);
	} else if (!young_only(t, cmd, len, out)) {
		tag_put_nak(t, out, NAK_ARGUMENT);
		/* An Ultralight is silent about commands it does not know. */
		if (!is_young(t) && cmd[0] != READ && cmd[0] != WRITE)
			out->bits = 0;
	}
}

#define TYPE2(variable, name_, pages_, end_)				\
	const struct tag_kind variable = {				\
		.name = name_, .uid_len = 7, .atqa = { 0x00, 0x44 },	\
		.sak = 0x00, .pages = pages_, .user_end = end_,		\
		.factory = factory, .command = command, .peek = peek	\
	}

TYPE2(ntag213, "ntag213", 45, 40);
TYPE2(ntag215, "ntag215", 135, 130);
TYPE2(ntag216, "ntag216", 231, 226);
TYPE2(mf0ul11, "mf0ul11", 20, 16);
TYPE2(mf0ul21, "mf0ul21", 41, 36);
TYPE2(ultralight, "ultralight", 16, 16);
