// SPDX-License-Identifier: Apache-2.0
/*
 * A host that was restored from an old backup has fewer entries than it had
 * cosigned. Their bodies are deleted here, so nothing can continue the log
 * there: what attendees share from now on would reach nobody, and a withdrawal
 * of what they shared before may not either. The booth closes.
 *
 * What is the evidence? The host signs notes over what it has, and nothing
 * about what it lacks, and a note over less proves nothing: it signs one for
 * any old upload that is sent again. That leaves the uplink's unsigned word,
 * which stands for a 409 of the host. Once is not enough, for one server that
 * lags behind or one stale file would close every booth. So it takes several
 * such words, the last one a minute after the first, and no new note in
 * between: whoever can keep that up against a sound host can cut the device off
 * as well, and a closed booth shares nothing.
 *
 * It opens on the opposite, which is signed: a note that this log's key and
 * the host's have signed over more than all that was cosigned before. It holds
 * what was lost, then. A note over just that much would say the same, but may
 * be the old one, kept by somebody; and a new one comes, for an upload waits:
 * the word is only ever an answer to one.
 */
#include "kiosk/kiosk_parts.h"

#include "base/log.h"

/* So that a restart does not open the booth. */
static void
mark(struct kiosk *k)
{
	bw_err r = file_write(k->place.lost, "", 0, 0600);

	if (r != BW_OK)
		log_error("that the host lost entries cannot be noted: %s",
		    bw_strerror(r));
}

void
kiosk_host_lacks(struct kiosk *k)
{
	int64_t now = kiosk_now(k);

	if (k->lacks++ == 0) {
		k->lacks_since = now;
		log_error("the host asks for entries that it has cosigned: "
		    "they were deleted here");
	}
	if (k->lacks < KIOSK_LACKS || now - k->lacks_since < KIOSK_LACKS_MS)
		return;
	if (!k->host_lost)
		log_error("the host has lost a part of this log: the booth "
		    "is closed until the host has it again. Restore its "
		    "newest backup, or enrol this device under a new name.");
	k->host_lost = true;
	mark(k);
}

void
kiosk_host_is_well(struct kiosk *k)
{
	bw_err r;

	k->lacks = 0;
	if (!k->host_lost)
		return;
	k->host_lost = false;
	log_info("the host has all of this log again");
	if ((r = file_remove(k->place.lost)) != BW_OK)
		log_error("%s cannot be removed: %s", k->place.lost,
		    bw_strerror(r));
}
