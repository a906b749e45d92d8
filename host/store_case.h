/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_case.h - the rows of cases, for case.c alone: nothing here asks what a
 * step may be, or writes to the audit.
 */
#ifndef HOST_STORE_CASE_H
#define HOST_STORE_CASE_H

#include "host/case.h"

/* in->num is not looked at, nor its texts. BW_ERR_NOTFOUND: no such
 * registration, lead or device. */
BW_MUST_USE bw_err store_case_add(struct store *s,
    const struct case_file *in, uint64_t *num);
/* State, person, proof and times; not the texts. BW_ERR_NOTFOUND: no such
 * registration; the share and the device are not looked at. */
BW_MUST_USE bw_err store_case_put(struct store *s,
    const struct case_file *in);
BW_MUST_USE bw_err store_case_text(struct store *s, uint64_t num,
    enum case_text which, const char *text);
BW_MUST_USE bw_err store_case_zone_put(struct store *s, const char *zone);

#endif
