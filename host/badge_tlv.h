/* SPDX-License-Identifier: Apache-2.0 */
/*
 * badge_tlv.h - what a tag is to hold: a badge with some of a registration's
 * values, as a TLV. Between badge_issue, which makes it, and badge_budget,
 * which only counts its bytes.
 */
#ifndef HOST_BADGE_TLV_H
#define HOST_BADGE_TLV_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "host/hostdir.h"

#define BADGE_TLV_MAX 2048	/* over what any tag has: to say how much is
				 * needed */

struct badge_tlv {
	const struct field_values *values;
	const uint8_t *uid;		/* BADGE_UID bytes */
	const uint8_t *badge_id;	/* BADGE_ID bytes */
	uint8_t edition;
};

/* out becomes the TLV (03 len message FE) with these fields in it, whatever its
 * length, and the address of the page about badges if with_uri.
 * BW_ERR_BOUND over BADGE_TLV_MAX. */
BW_MUST_USE bw_err badge_tlv(const struct hostdir *h,
    const struct badge_tlv *in, field_set set, bool with_uri,
    struct bw_buf *out);
/* Its length alone; 0 when it cannot be made at all. */
size_t badge_tlv_size(const struct hostdir *h, const struct badge_tlv *in,
    field_set set, bool with_uri);
/* The fields that have a value. */
field_set badge_filled(const struct field_values *v);

#endif
