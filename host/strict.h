/* SPDX-License-Identifier: Apache-2.0 */
/*
 * strict.h - the check that every request passes before any handler.
 *
 * A proxy in front and this host must never see different requests in the same
 * bytes (request smuggling), so what two parsers may read in two ways is
 * refused: Transfer-Encoding at all (bodies have a Content-Length), a
 * Content-Length that is repeated, signed, spaced or a list, folded or oddly
 * ended header lines, control characters, %00.
 */
#ifndef HOST_STRICT_H
#define HOST_STRICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define STRICT_HEADERS_MAX 64
#define STRICT_TARGET_MAX 511	/* bytes of path and query */

struct strict_header {
	const char *name, *value;
	size_t name_len, value_len;
};

struct strict_head {
	const char *method;		/* as it came */
	const char *target;		/* path and query, undecoded */
	const char *version;		/* "HTTP/1.1" */
	size_t n;
	struct strict_header header[STRICT_HEADERS_MAX];
	bool more;			/* there were more headers */
	/* Bytes from the method to the empty line's end, as they came; 0 when
	 * not known. Each line must be spelled "Name: value" CRLF, so hidden
	 * bytes (a folded line, a zero, a bare LF) show in the sum. */
	size_t size;
};

/* BW_OK and the body's length, or BW_ERR_FORMAT and a sentence (static). */
BW_MUST_USE bw_err strict_check(const struct strict_head *h,
    uint64_t *body_len, const char **why);

/* The value of a header (ASCII case is the same), the first or the last of that
 * name; NULL when there is none. The pointer is the head's. */
const char *strict_value(const struct strict_head *h, const char *name);
const char *strict_last(const struct strict_head *h, const char *name);

#endif
