/* SPDX-License-Identifier: Apache-2.0 */
/*
 * devices.h - all devices: add, enrol, assign, revoke, lost and found.
 */
#ifndef HOST_PORTAL_DEVICES_H
#define HOST_PORTAL_DEVICES_H

#include "host/portal/form.h"
#include "host/portal/layout.h"
#include "host/store_device.h"

void devices_list(struct call *c);
void devices_add(struct call *c);
void devices_show(struct call *c);
void devices_booth(struct call *c);
void devices_renew(struct call *c);
void devices_revoke(struct call *c);
void devices_lost(struct call *c);
void devices_found(struct call *c);
void devices_reassign(struct call *c);
/* What they recorded and no sponsor is given. */
void review_list(struct call *c);

/* What was typed for a new device, and what was wrong with it (English). */
struct device_typed {
	char name[TEXT_ID_MAX + 1], sponsor[TEXT_ID_MAX + 1];
	char booth[DEVICE_BOOTH_MAX + 1];
	const char *name_fault, *sponsor_fault, *booth_fault, *word_fault;
};
/* false: the booth is at fault already. */
bool device_typed_take(const struct call *c, struct device_typed *t);
/* A booth's field, which may be empty; false: too long or no plain text. */
bool device_booth_take(const struct call *c, const char *field,
    char out[static DEVICE_BOOTH_MAX + 1]);
/* What device_invite answered, as a fault beside a field; false: it is none. */
bool device_typed_fault(struct device_typed *t, bw_err r);
/* The fields of a form for it. */
void device_fields(struct page *p, struct call *c,
    const struct device_typed *t);
/* The page with the address, once; address is wiped by its owner. */
void device_address(struct call *c, const char *name,
    struct bw_buf *address);

/* The device of the path; false: the answer is filled in. */
bool device_of(struct call *c, struct store_device *d);
/* Its page, with what was wrong with a form on it. */
void device_page(struct call *c, unsigned status,
    const struct store_device *d, const struct device_typed *t);
/* Its forms, by its state. */
void device_forms(struct page *p, struct call *c,
    const struct store_device *d, const struct device_typed *t);

#endif
