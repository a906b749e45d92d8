/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tag.h - reading a Type 2 tag over a transport.
 *
 * The transport is a small struct of functions: reader_nfc.h gives the one
 * over libnfc, tests give their own. How a badge is read (NFC.md's facts):
 * READ of page 3 gives the capability container and the first 12 bytes, whose
 * TLV says how much there is; the rest comes by FAST_READ, exactly so many
 * pages, or by READ where the tag knows no FAST_READ. A FAST_READ asks for 62
 * pages at most: an ACR122U's answer has one byte of length, and libnfc's I2C
 * driver cuts off a longer one. GET_VERSION is not asked:
 * a tag that does not know it drops its selection, just as at a FAST_READ that
 * it does not know, so asking first would only cost every good badge a round.
 */
#ifndef READER_TAG_H
#define READER_TAG_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/badge.h"
#include "record/body.h"
#include "record/ndef.h"

#define TAG_REPLY_MAX 262	/* bytes that one reply can hold */
#define TAG_UID_MAX 10

struct tag_target {
	uint8_t uid[TAG_UID_MAX];
	size_t uid_len;		/* 4, 7 or 10 */
	uint8_t sak;		/* 0x00: a Type 2 tag */
};

/*
 * Errors that a transport gives, and no others:
 *     BW_ERR_NOTFOUND  select: no tag in the field
 *     BW_ERR_GONE      transceive, deselect: the tag did not answer, or not
 *                      cleanly
 *     BW_ERR_TIMEOUT   the chip is silent: close it and open it again
 *     BW_ERR_IO        the line to the chip is broken, or gave garbage and the
 *                      next command may work: try field_off, and if that fails
 *                      close and open
 */
struct tag_transport {
	void *ctx;
	/* Switch the field on and make ready to select. */
	bw_err (*field_on)(void *ctx);
	/* Switch the field off; safe in every state. */
	bw_err (*field_off)(void *ctx);
	/* One try (about 11 ms) to select a tag. */
	bw_err (*select)(void *ctx, struct tag_target *out);
	/* Send the selected tag to sleep, so that select finds another one. */
	bw_err (*deselect)(void *ctx);
	/* A raw command and its reply, checksums done by the chip. *len is
	 * the reply's length, at most TAG_REPLY_MAX. */
	bw_err (*transceive)(void *ctx, const uint8_t *tx, size_t txlen,
	    uint8_t rx[static TAG_REPLY_MAX], size_t *len);
};

/* The same tag by its UID. */
bool tag_is_same(const struct tag_target *a, const struct tag_target *b);

/* Select once more, the same tag. BW_ERR_GONE when there is none now,
 * BW_ERR_FORK when another tag answers; else the transport's errors. */
BW_MUST_USE bw_err tag_reselect(const struct tag_transport *t,
    const struct tag_target *tag);

/* Read pages [first, first+n) of the selected tag into out (4n bytes), by
 * FAST_READ if *fast, else or after a refusal by READ; *fast says on return
 * what works. BW_ERR_GONE and the transport's errors. A tag that refuses
 * FAST_READ drops its selection: it is selected again, and BW_ERR_FORK means
 * that another tag answered then. */
BW_MUST_USE bw_err tag_read_pages(const struct tag_transport *t,
    const struct tag_target *tag, uint8_t first, size_t n, bool *fast,
    uint8_t *out);

/* Read the NDEF message of the selected tag, as many pages as its TLV says.
 * BW_ERR_FORMAT: no Type 2 tag with 7-byte UID, no NDEF; else as above. The
 * message is ndef[0..*ndef_len). */
BW_MUST_USE bw_err tag_read_ndef(const struct tag_transport *t,
    const struct tag_target *tag, uint8_t ndef[static NDEF_TAG_MAX],
    size_t *ndef_len);

#endif
