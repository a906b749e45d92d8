/* SPDX-License-Identifier: Apache-2.0 */
/*
 * upload.h - a plan of a staged file (stage.h, plan.h): what a page that shows
 * one, and the one that applies it, call.
 */
#ifndef HOST_IMPORT_UPLOAD_H
#define HOST_IMPORT_UPLOAD_H

#include "host/import/plan.h"

/* import_plan_make of a file by its name under the host's directory.
 * BW_ERR_NOTFOUND: there is none, or its hour is over. */
BW_MUST_USE bw_err import_upload_plan(struct import_plan **out,
    struct store *s, const char *dir, const char *name,
    const struct map_choice *c, int64_t now, struct fault *f);
/* import_plan_apply likewise. The caller commits, with its line in the audit,
 * and drops the file then (import_stage_drop). */
BW_MUST_USE bw_err import_upload_apply(struct import_plan **out,
    struct store *s, const char *dir, const char *name,
    const struct map_choice *c, int64_t now,
    const uint8_t hash[static CRYPTO_HASH], struct fault *f);

/* The name of a row's person, by the row's line in the file. */
struct import_named {
	size_t line;
	char name[FIELD_VALUE_MAX + 1];	/* wipe after use */
};
/* Fills the names in, of n lines one behind the other, as the plan's mapping has
 * them; "" where the row is not there or has none. */
BW_MUST_USE bw_err import_upload_names(const char *dir, const char *name,
    const struct map *m, int64_t now, struct import_named *out, size_t n,
    struct fault *f);

/* The names of its columns (map_name), for staff to choose from when the guess
 * was wrong or there was none, and the line that they stand in. Free *column with
 * free. */
BW_MUST_USE bw_err import_upload_columns(const char *dir, const char *name,
    int64_t now, char (**column)[COLUMN_NAME_MAX + 1], size_t *n,
    size_t *line, struct fault *f);

#endif
