// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/tag.h"

#include <string.h>

#include "tools/sim/foreign.h"
#include "tools/sim/ntag.h"

#define REQA 0x26
#define WUPA 0x52
#define HLTA 0x50
#define SEL1 0x93
#define SEL2 0x95
#define CASCADE_TAG 0x88
#define SAK_CASCADE 0x04
#define SHORT_FRAME 7		/* bits */

static const struct tag_kind *const kinds[] = {
	&ntag213, &ntag215, &ntag216, &mf0ul11, &mf0ul21, &ultralight,
	&foreign_classic, &foreign_type4
};

#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

const struct tag_kind *
tag_kind_find(const char *name)
{
	for (size_t i = 0; i < NKINDS; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}

const char *
tag_kind_name(size_t i)
{
	return i < NKINDS ? kinds[i]->name : NULL;
}

uint16_t
tag_crc(const uint8_t *ptr, size_t len)
{
	uint16_t crc = 0x6363;

	for (size_t i = 0; i < len; i++) {
		uint8_t b = (uint8_t)(ptr[i] ^ (crc & 0xff));

		b = (uint8_t)(b ^ b << 4);
		crc = (uint16_t)(crc >> 8 ^ b << 8 ^ b << 3 ^ b >> 4);
	}
	return crc;
}

void
tag_init(struct tag *t, const struct tag_kind *kind, const char *name,
    const uint8_t *uid)
{
	*t = (struct tag){ .kind = kind, .compat_page = -1,
		.worn_page = -1 };
	memcpy(t->uid, uid, kind->uid_len);
	for (size_t i = 0; i < TEXT_ID_MAX && name[i] != 0; i++)
		t->name[i] = name[i];
	if (kind->factory != NULL)
		kind->factory(t);
}

void
tag_power(struct tag *t, bool on)
{
	bool reached = on && t->present;

	if (!reached)
		t->state = TAG_OFF;
	else if (t->state == TAG_OFF)
		t->state = TAG_IDLE;
	else
		return;
	t->cascade = 0;
	t->woken = false;
	t->authed = false;
	t->compat_page = -1;
}

void
tag_fall_back(struct tag *t)
{
	if (t->state != TAG_READY && t->state != TAG_ACTIVE)
		return;
	t->state = t->woken ? TAG_HALT : TAG_IDLE;
	t->woken = false;
	t->cascade = 0;
	t->compat_page = -1;
}

void
tag_put(struct tag_air *out, const uint8_t *ptr, size_t len)
{
	uint16_t crc = tag_crc(ptr, len);

	memcpy(out->data, ptr, len);
	out->data[len] = (uint8_t)crc;
	out->data[len + 1] = (uint8_t)(crc >> 8);
	out->bits = (len + 2) * 8;
}

void
tag_put_ack(struct tag_air *out)
{
	out->data[0] = 0x0a;
	out->bits = 4;
}

void
tag_put_nak(struct tag *t, struct tag_air *out, uint8_t code)
{
	out->data[0] = code;
	out->bits = 4;
	tag_fall_back(t);
}

static bool
tears_on(const struct tag *t, bool write)
{
	switch (t->tear) {
	case TEAR_NEVER:
		return false;
	case TEAR_READS:
		return !write;
	case TEAR_WRITES:
	case TEAR_TORN:
		return write;
	}
	return false;
}

static void
leave(struct tag *t)
{
	t->tear = TEAR_NEVER;
	t->present = false;
	t->left = true;
	tag_power(t, false);
}

bool
tag_may(const struct tag *t, bool write)
{
	return !tears_on(t, write) || t->tear_left > 0;
}

void
tag_did(struct tag *t, bool write)
{
	if (!tears_on(t, write)) {
		*(write ? &t->writes : &t->reads) += 1;
		return;
	}
	if (t->tear_left == 0) {
		leave(t);
		return;
	}
	*(write ? &t->writes : &t->reads) += 1;
	/* A torn write needs one more write to be torn. */
	if (--t->tear_left == 0 && t->tear != TEAR_TORN)
		leave(t);
}

static unsigned
levels(const struct tag *t)
{
	return t->kind->uid_len == 4 ? 1 : 2;
}

/* The four bytes and their check byte of a cascade level, 0 or 1. */
static void
cascade_bytes(const struct tag *t, unsigned level, uint8_t out[static 5])
{
	if (levels(t) == 1) {
		memcpy(out, t->uid, 4);
	} else if (level == 0) {
		out[0] = CASCADE_TAG;
		memcpy(out + 1, t->uid, 3);
	} else {
		memcpy(out, t->uid + 3, 4);
	}
	out[4] = (uint8_t)(out[0] ^ out[1] ^ out[2] ^ out[3]);
}

static void
request(struct tag *t, uint8_t command, struct tag_air *out)
{
	bool halted = t->state == TAG_HALT;

	if (t->state != TAG_IDLE && !(halted && command == WUPA)) {
		tag_fall_back(t);
		return;
	}
	t->state = TAG_READY;
	t->cascade = 0;
	t->woken = halted;
	out->data[0] = t->kind->atqa[1];
	out->data[1] = t->kind->atqa[0];
	out->bits = 16;
}

static bool
crc_ok(const uint8_t *air, size_t len)
{
	uint16_t crc;

	if (len < 3)
		return false;
	crc = tag_crc(air, len - 2);
	return air[len - 2] == (uint8_t)crc &&
	    air[len - 1] == (uint8_t)(crc >> 8);
}

/* While READY: anticollision (whole bytes only) or selection of one level. */
static void
anticollide(struct tag *t, const uint8_t *air, size_t len, struct tag_air *out)
{
	uint8_t code = t->cascade == 0 ? SEL1 : SEL2, id[5], sak;

	if (len < 2 || air[0] != code) {
		tag_fall_back(t);
		return;
	}
	cascade_bytes(t, t->cascade, id);
	if (len == 2 && air[1] == 0x20) {
		memcpy(out->data, id, sizeof(id));
		out->bits = 40;
		return;
	}
	if (len != 9 || air[1] != 0x70 || !crc_ok(air, len) ||
	    memcmp(air + 2, id, sizeof(id)) != 0) {
		tag_fall_back(t);
		return;
	}
	sak = t->kind->sak;
	if (++t->cascade < levels(t))
		sak = SAK_CASCADE;
	else
		t->state = TAG_ACTIVE;
	tag_put(out, &sak, 1);
}

static void
active(struct tag *t, const uint8_t *air, size_t len, struct tag_air *out)
{
	if (!crc_ok(air, len)) {
		tag_put_nak(t, out, 1);
		return;
	}
	if (len == 4 && air[0] == HLTA && air[1] == 0) {
		tag_halt(t);
		return;
	}
	t->kind->command(t, air, len - 2, out);
}

void
tag_receive(struct tag *t, const uint8_t *air, size_t bits, struct tag_air *out)
{
	out->bits = 0;
	if (!t->present || t->state == TAG_OFF || bits == 0)
		return;
	if (bits == SHORT_FRAME) {
		if (air[0] == REQA || air[0] == WUPA)
			request(t, air[0], out);
		return;
	}
	if (t->state == TAG_READY)
		anticollide(t, air, bits / 8, out);
	else if (t->state == TAG_ACTIVE)
		active(t, air, bits / 8, out);
}

bool
tag_select(struct tag *t)
{
	if (!t->present || t->state != TAG_IDLE)
		return false;
	t->state = TAG_ACTIVE;
	t->woken = false;
	return true;
}

void
tag_halt(struct tag *t)
{
	if (t->state != TAG_ACTIVE)
		return;
	t->state = TAG_HALT;
	t->woken = false;
	t->compat_page = -1;
}

bool
tag_wake(struct tag *t)
{
	if (!t->present || t->state == TAG_OFF)
		return false;
	t->woken = t->state == TAG_HALT || t->woken;
	t->state = TAG_ACTIVE;
	return true;
}
