/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decode.h - a text file of anybody's making as lines of UTF-8.
 *
 * UTF-8 and UTF-16 with or without a byte order mark, of either byte order.
 * What is none of these is Windows-1252, the encoding of older spreadsheets;
 * unless there is good UTF-8 in it too, and so a file that broke on its way.
 * Memory does not grow with the file: it is read twice instead.
 */
#ifndef HOST_IMPORT_DECODE_H
#define HOST_IMPORT_DECODE_H

#include <stddef.h>

#include "base/err.h"
#include "host/fault.h"

#define DECODE_FILE_MAX (64u * 1024 * 1024)	/* bytes */
#define DECODE_LINE_MAX (512u * 1024)

enum decode_charset {
	CHARSET_UTF8,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_WINDOWS
};
/* "UTF-8", "UTF-16", "Windows-1252"; never NULL. */
const char *decode_charset_name(enum decode_charset c);

struct decode;
/* Find the encoding. The descriptor is a file's, stays the caller's, and its
 * offset is not used. BW_ERR_BOUND and BW_ERR_FORMAT fill *f. */
BW_MUST_USE bw_err decode_open(struct decode **out, int fd, struct fault *f);
void decode_close(struct decode **d);
enum decode_charset decode_charset(const struct decode *d);

/* The next line with its end (LF, CR or CRLF), and its number from 1; it lives
 * until the next call. BW_ERR_NOTFOUND behind the last. BW_ERR_FORMAT with *f:
 * it is not in the encoding, or holds a zero. */
BW_MUST_USE bw_err decode_line(struct decode *d, const char **line,
    size_t *len, size_t *number, struct fault *f);
/* The next line is the first again. */
void decode_rewind(struct decode *d);

#endif
