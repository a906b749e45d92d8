/* SPDX-License-Identifier: Apache-2.0 */
/* making.h - the exports and sheets that are being made just now, on the pages
 * that make them. While there are any the script asks for the page each second. */
#ifndef HOST_PORTAL_MAKING_H
#define HOST_PORTAL_MAKING_H

#include "host/portal/layout.h"
#include "host/store_export.h"

/* All, for who may take all; or a sponsor's leads alone, for its people. */
void making_show(struct page *p, struct call *c);
void making_show_own(struct page *p, struct call *c);
/* Sheets of name badges. */
void making_show_sheets(struct page *p, struct call *c);

/* What an export is of, by its kind (store_export.h); how far its file came. */
void making_kind(struct page *p, const char *kind);
void making_format(struct page *p, const char *kind, const char *format);
void making_state(struct page *p, enum store_export_state state);

#endif
