/* SPDX-License-Identifier: Apache-2.0 */
/*
 * badge_budget.h - what of a registration would fit on which tag, before one
 * is taken to the writer: badge_issue's own arithmetic, and nothing is kept.
 */
#ifndef HOST_BADGE_BUDGET_H
#define HOST_BADGE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "host/hostdir.h"

#define BADGE_TAGS 4

struct badge_budget {
	field_set filled;		/* what there is to put on it */
	size_t all, pointer;		/* bytes with all of it; with nothing */
	struct badge_budget_tag {
		const char *type;	/* as ndef_room names it; static */
		size_t room;		/* bytes */
		bool fits;		/* all of it */
		field_set part;		/* of the fields in their order, each as
					 * far as there is room */
		size_t part_bytes;
		bool pointer;		/* a badge without values */
		bool bare;		/* and without the page's address */
	} tag[BADGE_TAGS];		/* the smallest first */
};

/* Of values as badge_issue would take them, under the edition that is next.
 * BW_ERR_CRYPTO, BW_ERR_NOMEM. */
BW_MUST_USE bw_err badge_budget(const struct hostdir *h,
    const struct field_values *values, uint8_t edition,
    struct badge_budget *out);

#endif
