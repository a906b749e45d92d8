/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hostdir.h - the host's directory: its configuration and its keys.
 *
 *	DIR/config.json		what `badgeward init` was given
 *	DIR/keys/		0700: host.key host_seal.key registrar.key
 *				event_master.key deleted.key, 32 raw bytes
 *				each, 0600
 *	DIR/policy/		installed policy files, <version>.conf, and
 *				what their logos were, <version>.logos
 *	DIR/host.db		the store (store.h)
 *	DIR/rights-done		what was done for people's rights (redo.h)
 *	DIR/mail.key		0600: names mails (mail_id.h)
 *	DIR/import/		0700: files that staff look at before they are
 *				imported (import/stage.h); may be missing
 *
 * config.json is written last: a directory that has one is whole.
 */
#ifndef HOST_HOSTDIR_H
#define HOST_HOSTDIR_H

#include "base/err.h"
#include "base/file.h"
#include "base/text.h"
#include "record/badge.h"
#include "record/checkpoint.h"
#include "record/crypto.h"
#include "record/enrol.h"
#include "record/policy.h"

struct hostdir_config {
	char event_id[TEXT_ID_MAX + 1];		/* "ev26" */
	char event_name[161];			/* "Summit 2026" */
	char event_uri[POLICY_URL_MAX + 1];
	char log_name[121];			/* "log.summit.example" */
	char base_url[ENROL_BASE_MAX + 1];	/* "https://host", no slash */
	unsigned erase_undo_hours;	/* how long an erasure can be undone;
					 * 0: it takes effect at once. A file
					 * without it: HOSTDIR_UNDO_HOURS */
};
#define HOSTDIR_UNDO_HOURS 72
#define HOSTDIR_UNDO_HOURS_MAX 720	/* within the month for an answer */

/* Plain data but for the keys, which it owns. */
struct hostdir {
	char path[FILE_PATH_MAX];
	char db_path[FILE_PATH_MAX];
	char policy_path[FILE_PATH_MAX];
	struct hostdir_config config;
	struct crypto_key *host;	/* signs policies and cosignatures */
	struct crypto_key *host_seal;	/* notes are sealed to it */
	struct crypto_key *registrar;	/* signs badges */
	uint8_t master[CRYPTO_KEY];	/* event master key */
	uint8_t deleted[CRYPTO_KEY];	/* deleted.h; made when missing */
	uint8_t event_id16[BADGE_EVENT_ID];
};

/* Whether a configuration is sound: ids, texts and URLs in their bounds, the
 * log's name in an origin's characters, base_url https or http on loopback.
 * *why is a sentence that names the member (static). BW_ERR_ARG. */
BW_MUST_USE bw_err hostdir_check(const struct hostdir_config *c,
    const char **why);

/* Make dir (its parent must exist) with new keys and this configuration. What
 * an interrupted attempt left is taken up. BW_ERR_EXISTS when it is whole
 * already, and nothing changed; *why as above, also for system errors. */
BW_MUST_USE bw_err hostdir_create(const char *dir,
    const struct hostdir_config *c, const char **why);

/* Read the configuration and the keys. BW_ERR_NOTFOUND: no host directory;
 * BW_ERR_FORMAT: config.json or a key file is damaged. Close with
 * hostdir_close, which wipes the keys. */
BW_MUST_USE bw_err hostdir_open(struct hostdir **out, const char *dir,
    const char **why);
/* The same, but the keys stay shut: they are NULL and zero. */
BW_MUST_USE bw_err hostdir_open_keyless(struct hostdir **out,
    const char *dir, const char **why);
void hostdir_close(struct hostdir **h);

/* The origin of a device's log: <log name>/<event>/<device>. */
BW_MUST_USE bw_err hostdir_origin(const struct hostdir *h, const char *device,
    char out[static ORIGIN_MAX + 1]);

#endif
