// SPDX-License-Identifier: Apache-2.0
/*
 * The simulated chip takes any bytes on its line: the first says which tags
 * lie there, which fault waits and whether time is paced; the rest is what the
 * host sends. The field may only be on while the tags feel it.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/sim/chip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bench {
	struct chip chip;
	struct tags tags;
	unsigned sum;	/* of all bytes: each is looked at */
};

static void
take(void *ctx, const uint8_t *wire, size_t len)
{
	struct bench *b = ctx;

	if (len == 0 || len > FRAME_WIRE_MAX)
		abort();
	for (size_t i = 0; i < len; i++)
		b->sum += wire[i];
}

static void
note(void *ctx, uint8_t code, const char *name, const uint8_t *data,
    size_t len)
{
	struct bench *b = ctx;

	if (name == NULL || len > FRAME_DATA_MAX)
		abort();
	b->sum += code;
	for (size_t i = 0; i < len; i++)
		b->sum += data[i];
}

static void
field(void *ctx, bool on)
{
	struct bench *b = ctx;

	for (size_t i = 0; i < b->tags.n; i++) {
		const struct tag *t = b->tags.tag[i];

		if ((t->state != TAG_OFF) != (on && t->present))
			abort();
	}
}

static void
fault(void *ctx, enum fault_kind kind)
{
	(void)ctx;
	(void)kind;
}

static void
left(void *ctx, const struct tag *t)
{
	(void)ctx;
	if (t->present)
		abort();
}

static void
unplug(void *ctx)
{
	chip_reset(&((struct bench *)ctx)->chip);
}

static const struct chip_ops ops = { take, note, note, field, fault, left,
	unplug };

static void
prepare(struct bench *b, uint8_t how)
{
	static const uint8_t uid[3][TAG_UID_MAX] = {
		{ 4, 1, 2, 3, 4, 5, 6 }, { 4, 9, 9, 9, 9, 9, 9 },
		{ 5, 1, 1, 1, 1, 1, 1 }
	};
	static const char *const kinds[] = { "ntag215", "classic", "type4" };

	*b = (struct bench){ .sum = 0 };
	chip_init(&b->chip, &ops, b, &b->tags);
	b->chip.pace = (how & 0x08) != 0;
	for (size_t i = 0; i < 3; i++) {
		const struct tag_kind *kind = tag_kind_find(kinds[i]);

		if (tags_add(&b->tags, kind, kinds[i], uid[i]) != BW_OK)
			abort();
		if ((how >> i & 1) != 0)
			chip_tag_present(&b->chip, b->tags.tag[i], true, 0);
	}
	if ((how >> 4) != 0 && faults_add(&b->chip.faults, (struct fault){
	    (enum fault_kind)((how >> 4) % (FAULT_UNPLUG + 1)), 2, 2, -1 }) !=
	    BW_OK)
		abort();
	b->tags.tag[0]->tear = TEAR_TORN;
	b->tags.tag[0]->tear_left = 5;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bench b;
	int64_t now = 0;

	if (size < 1)
		return 0;
	prepare(&b, data[0]);
	for (size_t i = 1; i < size; i++) {
		chip_receive(&b.chip, data + i, 1, now);
		now += 100000;
		chip_tick(&b.chip, now);
		if (chip_due(&b.chip) <= now)
			abort();
		if (data[i] == 0x5a)
			chip_tag_present(&b.chip, b.tags.tag[i % 3],
			    i % 2 == 0, now);
	}
	tags_free(&b.tags);
	return 0;
}
