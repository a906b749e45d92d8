// SPDX-License-Identifier: Apache-2.0
#include "host/badge_budget.h"

#include <string.h>

#include "host/badge_tlv.h"
#include "record/ndef.h"

static const char *const types[BADGE_TAGS] = { "mf0ul21", "ntag213",
	"ntag215", "ntag216" };

/* Signing takes its time: each set is made once. */
struct sizes {
	const struct hostdir *h;
	struct badge_tlv tlv;
	size_t known[FIELD_ALL + 1];	/* by set; 0: not yet */
};

static size_t
size(struct sizes *z, field_set set)
{
	if (z->known[set] == 0)
		z->known[set] = badge_tlv_size(z->h, &z->tlv, set, true);
	return z->known[set] != 0 ? z->known[set] : BADGE_TLV_MAX;
}

static void
look_at(struct sizes *z, field_set filled, size_t bare,
    struct badge_budget_tag *t)
{
	for (int f = 1; f <= FIELD_COUNT; f++) {
		field_set with = t->part | (filled & FIELD_BIT(f));

		if (size(z, with) <= t->room)
			t->part = with;
	}
	t->fits = size(z, filled) <= t->room;
	t->part_bytes = size(z, t->part);
	t->bare = size(z, 0) > t->room;
	t->pointer = !t->bare || bare <= t->room;
	if (t->part == 0)
		t->part_bytes = t->bare ? bare : size(z, 0);
}

bw_err
badge_budget(const struct hostdir *h, const struct field_values *values,
    uint8_t edition, struct badge_budget *out)
{
	static const uint8_t uid[BADGE_UID] = { 4 }, id[BADGE_ID] = { 1 };
	struct sizes z = { .h = h, .tlv = { .values = values, .uid = uid,
		.badge_id = id, .edition = edition } };
	size_t bare;

	memset(out, 0, sizeof(*out));
	out->filled = badge_filled(values);
	if ((bare = badge_tlv_size(h, &z.tlv, 0, false)) == 0)
		return BW_ERR_CRYPTO;
	out->pointer = size(&z, 0);
	out->all = size(&z, out->filled);
	for (int i = 0; i < BADGE_TAGS; i++) {
		out->tag[i].type = types[i];
		out->tag[i].room = ndef_room(types[i]);
		look_at(&z, out->filled, bare, &out->tag[i]);
	}
	return BW_OK;
}
