/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ndef.h - Type 2 tag TLVs and the badge's NDEF message (FORMATS.md, Badge);
 * and the message that is one address, for a device that is to enrol.
 */
#ifndef RECORD_NDEF_H
#define RECORD_NDEF_H

#include "base/buf.h"
#include "base/err.h"

#define NDEF_TAG_MAX 888	/* user bytes of the largest tag, NTAG216 */
#define NDEF_TYPE "badgeward.org:b"

/* Find the NDEF TLV (03) in a tag's user memory (page 4 on): NULL TLVs (00)
 * and unknown ones are skipped by length, FE ends. *total = bytes from the
 * start of mem to the end of the message: when mem is only the beginning of
 * the tag and the TLV goes on beyond it, BW_ERR_GAP with *total set, so that a
 * reader knows how much to read (at most NDEF_TAG_MAX, always more than len);
 * BW_ERR_NOTFOUND when there is none, BW_ERR_FORMAT when a TLV cannot be. */
BW_MUST_USE bw_err ndef_tlv_find(const uint8_t *mem, size_t len,
    const uint8_t **msg, size_t *msg_len, size_t *total);

/* The badge's payload in a message: a record of external type NDEF_TYPE, one
 * of at most 4 records, none chunked, no trailing bytes. BW_ERR_NOTFOUND when
 * there is no such record. */
BW_MUST_USE bw_err ndef_badge_find(const uint8_t *msg, size_t len,
    const uint8_t **payload, size_t *payload_len);

/* Append the URI of a message that is one URI record and nothing else, with
 * scheme code 00, 03 or 04. BW_ERR_NOTFOUND for another message, BW_ERR_FORMAT
 * for one that cannot be, BW_ERR_BOUND when out is too small. What was found is
 * as hostile as the tag. */
BW_MUST_USE bw_err ndef_uri_find(const uint8_t *msg, size_t len,
    struct bw_buf *out);
/* Such a message. */
BW_MUST_USE bw_err ndef_uri_encode(const char *uri, struct bw_buf *out);

/* These two encode up to 65,534 bytes (BW_ERR_BOUND), more than any tag has:
 * compare with ndef_room to say what is too long. */
/* The message: a URI record (https, uri without its scheme, e.g.
 * "host.summit.example/b"; NULL leaves it out) and the badge record. */
BW_MUST_USE bw_err ndef_encode(const char *uri, const uint8_t *payload,
    size_t payload_len, struct bw_buf *out);
/* 03 len message FE. */
BW_MUST_USE bw_err ndef_tlv_encode(const uint8_t *msg, size_t len,
    struct bw_buf *out);

/* Room for TLV and message, by type name "mf0ul21" (MIFARE Ultralight EV1),
 * "ntag213", "ntag215", "ntag216": user bytes (128, 144, 496 by CC, 872) less
 * the lock-control TLV of an NTAG213; 0 when the type is unknown, as for a
 * MIFARE Ultralight of 48 bytes, which holds no badge. */
size_t ndef_room(const char *type);

#endif
