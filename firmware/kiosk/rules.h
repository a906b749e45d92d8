/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rules.h - the policy that is in force: the host's signed file, checked.
 *
 * The kiosk trusts nothing that the uplink says: a policy counts only under
 * the host key that was pinned at enrolment.
 */
#ifndef KIOSK_RULES_H
#define KIOSK_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "kiosk/keys.h"
#include "kiosk/state.h"
#include "record/body.h"
#include "record/policy.h"
#include "record/seal.h"

struct rules {
	struct policy policy;
	uint8_t event_id[16];		/* of event.uri */
	struct blocked blocked;
	bool ended;			/* its field keys are gone for good */
};

/* Read a compact JWS under the pinned key and check that it is for this event
 * and sponsor (NULL: any) and names the same host key. BW_ERR_FORMAT,
 * BW_ERR_SIG, BW_ERR_DENIED for another event, sponsor or host. */
BW_MUST_USE bw_err rules_open(struct rules **out, const char *jws, size_t len,
    const uint8_t host_spki[static CRYPTO_SPKI], const char *event,
    const char *sponsor);
/* Check that the field keys open, and open the blocked list. BW_ERR_KEY. */
BW_MUST_USE bw_err rules_unseal(struct rules *r, const struct keys *k);
void rules_close(struct rules **r);

/* TROUBLE_NONE while it is valid; TROUBLE_CLOCK before valid_from, for a clock
 * that runs behind is likelier than a policy that comes early;
 * TROUBLE_POLICY from valid_until on, and when it has ended. */
enum trouble rules_trouble(const struct rules *r, int64_t now);

#endif
