/* SPDX-License-Identifier: Apache-2.0 */
/* erase_ids.h - a list of registrations' numbers, for erase*.c alone. */
#ifndef HOST_ERASE_IDS_H
#define HOST_ERASE_IDS_H

#include <stdint.h>
#include <stdlib.h>

#include "base/err.h"

/* Registrations that are to be looked at; free id. */
struct ids {
	uint64_t *id;
	size_t n, cap;
};

BW_MUST_USE static inline bw_err
ids_add(struct ids *l, uint64_t id)
{
	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 16 : l->cap * 2;
		uint64_t *more = reallocarray(l->id, cap, sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		l->id = more;
		l->cap = cap;
	}
	l->id[l->n++] = id;
	return BW_OK;
}

#endif
