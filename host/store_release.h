/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_release.h - the one rule that says which fields of a lead its sponsor
 * may see, for those who walk over leads: store_*.c alone.
 */
#ifndef HOST_STORE_RELEASE_H
#define HOST_STORE_RELEASE_H

#include "host/store_db.h"

struct release_part {
	char version[BODY_VERSION_MAX + 1];
	field_set allowed;		/* of this sponsor; 0 else */
	uint64_t days;			/* that a share may be kept */
};

struct release_dev {
	uint64_t num;
	uint64_t settled;		/* entries whose receipts are known */
	char name[TEXT_ID_MAX + 1];
};

struct release_rules {
	uint64_t npart, ndev;
	struct release_part *part;	/* by part.id */
	struct release_dev *dev;	/* of the sponsor, by name */
};
/* Inside a snapshot or transaction. BW_ERR_NOTFOUND for an unknown sponsor.
 * Free it in any case. */
BW_MUST_USE bw_err release_rules_load(struct store *s, const char *sponsor,
    struct release_rules *out);
void release_rules_free(struct release_rules *r);

/* What may be released at `now` of a live lead whose receipt is settled and
 * whose badge's holder attends; 0: nothing, it is no lead of this sponsor. */
field_set release_allowed(const struct release_rules *r, uint64_t part,
    int64_t time, field_set granted, int64_t now);

#endif
