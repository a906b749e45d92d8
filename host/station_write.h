/* SPDX-License-Identifier: Apache-2.0 */
/*
 * station_write.h - the host's half of writing a badge at a station: judge what
 * lies on the tag, make the badge for it. The other half is the station's, which
 * has no key (STATIONS.md).
 */
#ifndef HOST_STATION_WRITE_H
#define HOST_STATION_WRITE_H

#include "base/buf.h"
#include "base/err.h"
#include "host/fault.h"
#include "host/hostdir.h"
#include "host/station.h"
#include "host/store.h"
#include "record/ndef.h"

struct station_tag {
	uint8_t uid[BADGE_UID];
	char type[12];			/* as ndef_room names it */
	size_t ndef_len;		/* of the message there; 0: none */
	uint8_t ndef[NDEF_TAG_MAX];
};

/* tlv becomes what the tag is to hold, of the edition that is kept now; in a
 * transaction of its own, with its row in the audit. *over: what lies there. *f
 * says why not: BW_ERR_DENIED when something else lies on the tag, and else as
 * badge_issue. */
BW_MUST_USE bw_err station_write(struct store *s, const struct hostdir *h,
    const char *actor, const struct station_order *what,
    const struct station_tag *tag, int64_t now, struct bw_buf *tlv,
    uint8_t *edition, struct badge_found *over, struct fault *f);
/* The station has written and read it back: badge_found_over, in a transaction
 * of its own. */
BW_MUST_USE bw_err station_written(struct store *s, const char *actor,
    const struct station *st, int64_t now);

#endif
