/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet_draw.h - one label of a sheet, by Cairo and Pango. For sheet.c alone.
 *
 * Pages are drawn in millimetres.
 */
#ifndef HOST_SHEET_DRAW_H
#define HOST_SHEET_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "host/label_format.h"

struct sheet_pdf;

/* A PDF that goes to put(arg, …). BW_ERR_NOMEM. */
BW_MUST_USE bw_err sheet_pdf_open(struct sheet_pdf **out,
    const struct label_format *f, const char *title,
    bw_err (*put)(void *arg, const void *ptr, size_t len), void *arg);
/* The last of it is put; the first thing that failed, if any. Nulls. */
BW_MUST_USE bw_err sheet_pdf_finish(struct sheet_pdf **p);
/* Drop it. Accepts NULL, nulls. */
void sheet_pdf_close(struct sheet_pdf **p);

/* So far nothing has failed. */
BW_MUST_USE bw_err sheet_pdf_state(const struct sheet_pdf *p);
/* The page is full. */
void sheet_pdf_next_page(struct sheet_pdf *p);

struct sheet_label {
	const char *name, *company, *job_title;	/* the last two may be empty */
	const char *address;			/* in the code */
	bool outline;
};
/* A name that there are signs for. */
bool sheet_can_print(struct sheet_pdf *p, const char *name);
/* Onto place `at`, from 0 on. BW_ERR_BOUND when the address is too long. */
BW_MUST_USE bw_err sheet_label_draw(struct sheet_pdf *p, size_t at,
    const struct sheet_label *l);
/* The test page's part of a place. */
void sheet_label_test(struct sheet_pdf *p, size_t at);
void sheet_ruler(struct sheet_pdf *p);

#endif
