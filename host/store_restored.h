/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_restored.h - over a store that was put back nothing begins again that
 * must not come twice: what was given out since the copy was made is not in it.
 */
#ifndef HOST_STORE_RESTORED_H
#define HOST_STORE_RESTORED_H

#include "host/store.h"

/* Inside a transaction, over a copy that takes the store's place:
 *
 * - all sessions end (db_logins_end_all), and no device enrols with a code from
 *   before (store_device_close_codes);
 * - of no device it is known whether all that was confirmed to it is there
 *   (db_devices_put_back);
 * - numbers that programs and people keep go on far above (those of notices to
 *   sponsors are drawn): of cases, incidents, disclosures and holds (which letters
 *   and authorities name), accounts, tokens, exports, mails, logins, registrations (by
 *   which a person is known to a sponsor and in what was let in again), changes of
 *   the draft and versions of what is noted on a lead. By how far is drawn, for a copy may be put back twice;
 * - a second factor's codes are good from the next minute on, for one that was
 *   used since must not be again;
 * - serials of policies go on a year above the clock, for it may have been ahead
 *   meanwhile, and every booth gets one anew. What is above that yet is named by
 *   the devices' logs (store_serial_named);
 * - a badge from before gets no further edition: the next one may have been
 *   given since (store_edition_goes_on);
 * - who was let in again since is not barred (readmit_all, of dir). */
BW_MUST_USE bw_err db_restored(struct store *s, const char *dir,
    int64_t now);
/* Whether that was done, and what rights-done has since is not yet, in however
 * many turns; and, inside a transaction, that it is. */
BW_MUST_USE bw_err store_restored_is(struct store *s, bool *yes);
BW_MUST_USE bw_err db_restored_done(struct store *s);
/* Whether who was erased since may be in it yet, until erase_again has looked:
 * nobody is given out before that; and, inside a transaction, that it has. */
BW_MUST_USE bw_err store_unerased_is(struct store *s, bool *yes);
BW_MUST_USE bw_err db_unerased_done(struct store *s);

/* Inside a transaction: no badge that there is gets another edition. */
BW_MUST_USE bw_err db_editions_end(struct store *s);
/* Whether the badge of this edition (its ref) may get another one. */
BW_MUST_USE bw_err store_edition_goes_on(struct store *s, uint64_t ref,
    bool *yes);

/* A device's log names a policy that the store does not know: it may have been
 * issued since the copy was made. The next serials are above it, as far as it is
 * below the clock by a hundred years, so that no device uses them up, and the
 * device's policy is issued anew. */
BW_MUST_USE bw_err store_serial_named(struct store *s, uint64_t device,
    uint64_t serial);

#endif
