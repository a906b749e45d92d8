// SPDX-License-Identifier: Apache-2.0
/*
 * What a revoked device still sends the host keeps, and releases nothing of
 * it: whoever were asked here would be asked in vain. The booth closes.
 *
 * What is the evidence? The host's refusal of a policy, as the uplink passes it
 * on, and no host signs that: whoever stands between can say it of a sound
 * device. So it only closes the booth, wipes nothing, and counts for a while:
 * the uplink says it anew with each look for a policy. Whoever can keep that up
 * can cut the device off as well, and a closed booth shares nothing.
 *
 * The opposite is signed: a policy that is newer than the one in force, for
 * a revoked device is issued none. A note over an upload is no such sign, the
 * host takes those of a revoked device too.
 */
#include "kiosk/kiosk_parts.h"

#include <unistd.h>

#include "base/log.h"

/* So that a restart does not open the booth. */
static void
mark(struct kiosk *k)
{
	bw_err r = file_write(k->place.revoked, "", 0, 0600);

	if (r != BW_OK)
		log_error("that the device is revoked cannot be noted: %s",
		    bw_strerror(r));
}

void
kiosk_revoked(struct kiosk *k)
{
	if (k->revoked_till == 0) {
		log_error("the host says that this device is revoked: the "
		    "booth is closed as long as it says so. Ask the "
		    "organisers.");
		mark(k);
	}
	k->revoked_till = kiosk_now(k) + KIOSK_REVOKED_MS;
}

static void
forget(struct kiosk *k)
{
	bw_err r;

	k->revoked_till = 0;
	if ((r = file_remove(k->place.revoked)) != BW_OK)
		log_error("%s cannot be removed: %s", k->place.revoked,
		    bw_strerror(r));
}

void
kiosk_not_revoked(struct kiosk *k)
{
	if (k->revoked_till == 0)
		return;
	log_info("the host has issued this device a policy again");
	forget(k);
}

void
kiosk_was_revoked(struct kiosk *k)
{
	if (access(k->place.revoked, F_OK) == 0)
		k->revoked_till = kiosk_now(k) + KIOSK_REVOKED_MS;
}

bool
kiosk_is_revoked(struct kiosk *k)
{
	if (k->revoked_till != 0 && kiosk_now(k) >= k->revoked_till) {
		log_info("nobody says any more that this device is revoked");
		forget(k);
	}
	return k->revoked_till != 0;
}
