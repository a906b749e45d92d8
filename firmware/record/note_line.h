/* SPDX-License-Identifier: Apache-2.0 */
/*
 * note_line.h - the frame of a C2SP signed note, for checkpoint.c and
 * cosign.c: text, an empty line, signature lines.
 */
#ifndef RECORD_NOTE_LINE_H
#define RECORD_NOTE_LINE_H

#include "base/buf.h"
#include "base/err.h"
#include "record/crypto.h"

#define NOTE_BLOB_MAX 512	/* bytes of a signature line's blob, others' too */

/* One line "— name base64(blob)". */
struct note_line {
	const char *name;
	size_t name_len;
	size_t blob_len;
	uint8_t blob[NOTE_BLOB_MAX];	/* kid4 and what follows it */
};

/* Cut a note: its text with the text's last LF, and a cursor over the
 * signature lines. BW_ERR_FORMAT, BW_ERR_BOUND over NOTE_MAX. */
BW_MUST_USE bw_err note_cut(const char *note, size_t len,
    struct bw_cur *text, struct bw_cur *lines);
/* Take the next signature line. */
BW_MUST_USE bw_err note_line_next(struct bw_cur *lines,
    struct note_line *out);
/* Find the one line of this name and kid. BW_ERR_SIG when there is none or
 * more than one, BW_ERR_FORMAT when any line is malformed. */
BW_MUST_USE bw_err note_line_find(struct bw_cur lines, const char *name,
    const uint8_t kid[static CRYPTO_KID], struct note_line *out);
/* Append "— name base64(blob) LF". */
BW_MUST_USE bw_err note_line_put(struct bw_buf *b, const char *name,
    const uint8_t *blob, size_t len);

#endif
