/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_facts.h - what was shared when, with whom, what for and for how long: a
 * list on the share's page. Values are not in it.
 */
#ifndef HOST_PAGE_FACTS_H
#define HOST_PAGE_FACTS_H

#include "host/page.h"
#include "host/store_receipt.h"
#include "record/policy.h"

/* pol: the policy that the share was made under, or NULL. */
void page_facts(struct page *p, const struct store_receipt *r,
    const struct policy *pol);

#endif
