/* SPDX-License-Identifier: Apache-2.0 */
/*
 * field.h - the registration fields (FORMATS.md, Fields) and sets of them.
 */
#ifndef RECORD_FIELD_H
#define RECORD_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum field {
	FIELD_NAME = 1,
	FIELD_EMAIL,
	FIELD_COMPANY,
	FIELD_JOB_TITLE,
	FIELD_WORK_PHONE,
	FIELD_LOCATION
};
#define FIELD_COUNT 6
#define FIELD_VALUE_MAX 160	/* bytes of UTF-8, without a zero */

/* A set of fields: bit f for field f (bit 0 unused). */
typedef uint8_t field_set;
#define FIELD_BIT(f) ((field_set)(1u << (f)))
#define FIELD_ALL ((field_set)0x7e)

/* "name", "email", "company", "job_title", "work_phone", "location". */
const char *field_name(enum field f);
/* The inverse; 0 when there is no such field. */
int field_from_name(const char *s, size_t len);

/* UTF-8 in NFC, 1 to 160 bytes, no control characters. */
bool field_value_ok(const char *s, size_t len);

/* Values by field; an empty string where there is none. Wipe after use. */
struct field_values {
	char v[FIELD_COUNT + 1][FIELD_VALUE_MAX + 1];	/* [0] unused */
};

#endif
