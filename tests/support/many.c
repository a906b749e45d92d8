/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/many.h"

#include <string.h>

void
many_add(struct summit *sum, const struct booth *b, size_t first,
    size_t people, uint64_t seq, int64_t time)
{
	struct store_rules rules;
	struct store_edition_state st;
	struct store_lead l = { .device = b->device.num, .seq = seq,
		.granted = FIELD_ALL, .time = time, .language = "en" };

	assert_ok(store_rules_get(sum->store, b->device.sponsor,
	    b->policy->sha256, &rules));
	assert_ok(store_edition_state(sum->store, sum->badge[first + seq %
	    people], 1, &st));
	l.part = rules.part;
	l.edition = st.ref;
	memcpy(l.rh, &l.device, 2);
	memcpy(l.rh + 2, &seq, 4);
	assert_ok(store_lead_add(sum->store, &l));
}

void
many_fill(struct summit *sum, const struct booth *b, size_t first,
    size_t people, uint64_t from, uint64_t to)
{
	const uint8_t leaf[CRYPTO_HASH] = { 1 };
	struct store_log log = { 0 };

	while (log.chain.tree.size < to)
		assert_ok(tree_append(&log.chain.tree, leaf));
	assert_ok(store_begin(sum->store));
	for (uint64_t seq = from; seq < to; seq++)
		many_add(sum, b, first, people, seq, SUMMIT_NOW -
		    (int64_t)(to - seq));
	booth_last(b, to);
	assert_ok(store_log_put(sum->store, b->device.num, &log, "note", 4));
	assert_ok(store_settle_all(sum->store, SUMMIT_NOW + 60));
	assert_ok(store_commit(sum->store));
}
