// SPDX-License-Identifier: Apache-2.0
/* Finding, selecting and releasing tags. */
#include <string.h>

#include "tools/sim/chip_impl.h"

#define FOREVER 0xff
#define TRY_US 3600		/* one try of InListPassiveTarget */
#define POLL_UNIT_US 150000	/* of InAutoPoll's period */
#define TYPE_A 0x00
#define POLL_GENERIC 0x00
#define POLL_MIFARE 0x10
#define POLL_ISO_DEP 0x20
#define AUTO_RATS 0x10
#define ISO_DEP 0x20		/* in SAK */

/* REQA, then per cascade level anticollision and selection. */
static int64_t
selection_time(const struct tag *t)
{
	int64_t levels = t->kind->uid_len == 4 ? 1 : 2;

	return chip_air_time(3) + levels * (chip_air_time(7) +
	    chip_air_time(12));
}

/* Is this the one that was asked for by its cascade bytes, if any was? */
static bool
wanted(const struct chip_poll *p, const struct tag *t)
{
	size_t n = t->kind->uid_len;

	if (p->id_len == 0)
		return true;
	if (n == 4)
		return p->id_len == 4 && memcmp(p->id, t->uid, 4) == 0;
	return p->id_len == 8 && p->id[0] == 0x88 &&
	    memcmp(p->id + 1, t->uid, n) == 0;
}

static bool
of_type(const struct tag *t, uint8_t type)
{
	bool dep = (t->kind->sak & ISO_DEP) != 0;

	return type == POLL_GENERIC || (type == POLL_MIFARE && !dep) ||
	    (type == POLL_ISO_DEP && dep);
}

/* Select up to max tags; the last one stays active, those before it halt. */
static size_t
find(struct chip *c, const struct chip_poll *p, uint8_t type)
{
	size_t n = 0;

	memset(c->target, 0, sizeof(c->target));
	for (size_t i = 0; i < c->tags->n; i++)
		tag_fall_back(c->tags->tag[i]);
	for (size_t i = 0; i < c->tags->n && n < p->max; i++) {
		struct tag *t = c->tags->tag[i];

		if (!of_type(t, type) || !wanted(p, t) || !tag_select(t))
			continue;
		if (n > 0)
			tag_halt(c->target[n - 1]);
		c->target[n++] = t;
	}
	return n;
}

static void
put_target(struct chip *c, size_t i, struct chip_answer *a)
{
	const struct tag *t = c->target[i];

	chip_put_u8(a, (uint8_t)(i + 1));
	chip_put(a, t->kind->atqa, 2);
	chip_put_u8(a, t->kind->sak);
	chip_put_u8(a, (uint8_t)t->kind->uid_len);
	chip_put(a, t->uid, t->kind->uid_len);
	if (t->kind->ats[0] != 0 && (c->parameters & AUTO_RATS) != 0)
		chip_put(a, t->kind->ats, t->kind->ats[0]);
	a->air += selection_time(t);
}

static void
put_polled(struct chip *c, size_t i, struct chip_answer *a)
{
	struct chip_answer one = { .len = 0 };

	put_target(c, i, &one);
	chip_put_u8(a, (c->target[i]->kind->sak & ISO_DEP) != 0 ?
	    POLL_ISO_DEP : POLL_MIFARE);
	chip_put_u8(a, (uint8_t)one.len);
	chip_put(a, one.data, one.len);
	a->air += one.air;
}

void
chip_list_passive(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	struct chip_poll p = { .max = arg[0], .type_a = arg[1] == TYPE_A };

	chip_field(c, true);
	if (p.max < 1 || p.max > CHIP_TARGETS) {
		chip_put_u8(a, 0);
		return;
	}
	p.id_len = len - 2 < sizeof(p.id) ? len - 2 : sizeof(p.id);
	memcpy(p.id, arg + 2, p.id_len);
	c->poll = p;
	c->phase = CHIP_POLLING;
}

void
chip_auto_poll(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	struct chip_poll p = { .automatic = true, .max = CHIP_TARGETS };

	(void)a;
	chip_field(c, true);
	p.rounds = arg[0] != 0 ? arg[0] : 1;
	p.period = (arg[1] != 0 ? arg[1] : 1) * (int64_t)POLL_UNIT_US;
	p.ntypes = len - 2 < CHIP_POLL_TYPES ? len - 2 : CHIP_POLL_TYPES;
	memcpy(p.type, arg + 2, p.ntypes);
	c->poll = p;
	c->phase = CHIP_POLLING;
}

void
chip_poll_begin(struct chip *c, int64_t now)
{
	if (c->poll.automatic)
		c->due = now + c->poll.period;
	else if (c->poll.max == 0 || c->retry_passive == FOREVER)
		c->due = CHIP_NEVER;
	else
		c->due = now + (c->retry_passive + 1) * (int64_t)TRY_US;
}

static bool
list_step(struct chip *c, int64_t now)
{
	size_t n = 0;

	if (c->poll.type_a)
		n = find(c, &c->poll, POLL_GENERIC);
	if (n == 0 && now < c->due)
		return false;
	chip_put_u8(&c->answer, (uint8_t)n);
	for (size_t i = 0; i < n; i++)
		put_target(c, i, &c->answer);
	return true;
}

/* The time for this type is over: on to the next. False: that was the last. */
static bool
next_type(struct chip_poll *p)
{
	if (++p->at < p->ntypes)
		return true;
	p->at = 0;
	return p->rounds == FOREVER || --p->rounds > 0;
}

static bool
auto_step(struct chip *c, int64_t now)
{
	struct chip_poll *p = &c->poll;
	size_t n;

	while ((n = find(c, p, p->type[p->at])) == 0) {
		if (now < c->due)
			return false;
		c->due = now + p->period;
		if (!next_type(p))
			break;
	}
	chip_put_u8(&c->answer, (uint8_t)n);
	for (size_t i = 0; i < n; i++)
		put_polled(c, i, &c->answer);
	return true;
}

bool
chip_poll_step(struct chip *c, int64_t now)
{
	if (c->poll.automatic)
		return auto_step(c, now);
	return list_step(c, now);
}

/* The targets that a command's number means: one, or with 0 all. */
static bool
numbered(size_t i, uint8_t number)
{
	return number == 0 || number == i + 1;
}

static bool
known(const struct chip *c, uint8_t number)
{
	return number == 0 || (number <= CHIP_TARGETS &&
	    c->target[number - 1] != NULL);
}

void
chip_select(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	uint8_t number = arg[0];

	(void)len;
	if (number == 0 || !known(c, number)) {
		chip_put_u8(a, CHIP_CONTEXT);
		return;
	}
	for (size_t i = 0; i < CHIP_TARGETS; i++)
		if (c->target[i] != NULL && i + 1 != number)
			tag_halt(c->target[i]);
	if (tag_wake(c->target[number - 1])) {
		chip_put_u8(a, CHIP_OK);
		return;
	}
	chip_put_u8(a, CHIP_TIMEOUT);
	a->wait = chip_no_answer(c);
}

static void
let_go(struct chip *c, uint8_t number, bool forget, struct chip_answer *a)
{
	chip_put_u8(a, known(c, number) ? CHIP_OK : CHIP_CONTEXT);
	for (size_t i = 0; i < CHIP_TARGETS; i++) {
		if (c->target[i] == NULL || !numbered(i, number))
			continue;
		tag_halt(c->target[i]);
		if (forget)
			c->target[i] = NULL;
		a->air += chip_air_time(4);
	}
}

void
chip_deselect(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)len;
	let_go(c, arg[0], false, a);
}

void
chip_release(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)len;
	let_go(c, arg[0], true, a);
}

/* Peer-to-peer and speed changes: there is no one who could take part. */
void
chip_no_target(struct chip *c, const uint8_t *arg, size_t len,
    struct chip_answer *a)
{
	(void)arg;
	(void)len;
	chip_field(c, true);
	chip_put_u8(a, CHIP_TIMEOUT);
	a->wait = chip_no_answer(c);
}
