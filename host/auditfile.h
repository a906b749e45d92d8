/* SPDX-License-Identifier: Apache-2.0 */
/*
 * auditfile.h - an exported audit, verified as a stream (AUDIT.md). Memory does
 * not grow with the file.
 */
#ifndef HOST_AUDITFILE_H
#define HOST_AUDITFILE_H

#include <stdio.h>

#include "host/audit.h"
#include "host/fault.h"
#include "record/checkpoint.h"

#define AUDITFILE_HEAD "badgeward audit 1"	/* the first line */
#define AUDITFILE_LINE_MAX (48 + 4 * (AUDIT_TEXT_MAX + 1) + 64)

struct auditfile_want {		/* each may be NULL */
	const char *origin;		/* with spki: whose checkpoint it is */
	const uint8_t *spki;		/* CRYPTO_SPKI */
	const uint8_t *head;		/* a row's hash that was seen before */
};
struct auditfile_report {
	uint64_t rows;
	uint8_t head[CRYPTO_HASH];
	uint64_t seen;			/* the row of want->head, 0: none */
	char origin[ORIGIN_MAX + 1];
	bool is_signed;			/* verified under want->spki */
};
/* BW_ERR_FORMAT, BOUND, CHAIN, ROOT, SIG; BW_ERR_GONE: want->head is in no row;
 * *f says what is wrong, and of rows the first. BW_ERR_IO is the file's. */
BW_MUST_USE bw_err auditfile_verify(FILE *in,
    const struct auditfile_want *want, struct auditfile_report *out,
    struct fault *f);

#endif
