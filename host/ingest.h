/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest.h - one upload of a device's log: check all of it, keep all or none.
 *
 * Checked: the form, each entry against the one before it and its body's
 * commitment (record/chain.h), and one signature, that of the checkpoint the
 * upload ends in, whose size and root must be the entries'. Entries that the
 * host has already must be the same bytes. All of that needs no lock; one
 * transaction then keeps the entries, what leads need of them, and the note,
 * unless the device was revoked meanwhile: then they are quarantined.
 *
 * A share that says it was made more than INGEST_AHEAD after it came is held: by
 * a bad clock nothing is shared, and a date ahead would keep it for longer than
 * the person was told. While the host's own clock is in doubt it cannot say
 * which of the two is wrong, and the upload has to wait.
 */
#ifndef HOST_INGEST_H
#define HOST_INGEST_H

#include "base/buf.h"
#include "host/hostdir.h"
#include "host/store_device.h"

#define INGEST_AHEAD 600	/* s; a booth's clock may be off by 120 */

struct ingest_in {
	const struct hostdir *host;
	const struct store_device *device;
	const uint8_t *ptr;		/* the upload form, record/upload.h */
	size_t len;
	uint64_t from;			/* index of its first entry */
	int64_t now;			/* the wall clock, and whether the host
					 * may believe it (hostclock.h) */
	bool doubted;
};

struct ingest_out {
	/* The uploaded note with the host's line, after BW_OK; the caller frees
	 * it. */
	struct bw_buf note;
	uint64_t size;		/* entries held (BW_ERR_GAP, BW_ERR_FORK) */
	bool has_entry;		/* the next two name one entry */
	uint64_t entry;
	const char *why;	/* static */
};

/*
 * Take an upload in. After BW_OK it is on stable storage, or was before.
 *	BW_ERR_GAP	begins beyond what is held (out->size)
 *	BW_ERR_BOUND	too many bytes or entries
 *	BW_ERR_FORMAT, BW_ERR_CHAIN, BW_ERR_COMMIT, BW_ERR_SIG, BW_ERR_ROOT
 *			wrong bytes; nothing of it was kept
 *	BW_ERR_BUSY	a share's time has not come, and in->doubted
 *	BW_ERR_FORK	signed, sound and other than what is held: both notes
 *			are kept and the device flagged, its entries are not
 * and what store.h says. No transaction may be open.
 */
BW_MUST_USE bw_err ingest_upload(struct store *s, const struct ingest_in *in,
    struct ingest_out *out);

/* Take the first entry in, as part of an enrolment: the same checks, inside
 * the caller's transaction, nothing being held yet. */
BW_MUST_USE bw_err ingest_first(struct store *s, const struct ingest_in *in,
    struct ingest_out *out);

#endif
