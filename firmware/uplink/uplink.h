/* SPDX-License-Identifier: Apache-2.0 */
/*
 * uplink.h - the uplink: carries finished uploads and messages between the
 * kiosk's folders and the host, and sees no personal value.
 *
 * All that it must remember stands in files, so it may be killed at any
 * moment: a message is removed only when its answer is safely in the inbox,
 * and the host takes the same upload twice without harm.
 */
#ifndef UPLINK_UPLINK_H
#define UPLINK_UPLINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/pace.h"
#include "base/text.h"
#include "record/crypto.h"
#include "record/enrol.h"
#include "record/mail.h"
#include "uplink/backoff.h"
#include "uplink/client.h"

struct uplink_options {
	const char *state;	/* STATE */
	const char *ca;		/* certificates to trust, or NULL */
	bool once;		/* carry what waits, then end */
	unsigned every;		/* seconds between policy and status calls */
};

#define UPLINK_SAID 4
#define UPLINK_QUIET_MS 3600000		/* until the same is logged again */

struct uplink {
	struct uplink_options options;
	char own[FILE_PATH_MAX];	/* STATE/uplink */
	char outbox[FILE_PATH_MAX];
	char inbox[FILE_PATH_MAX];
	int lock;
	struct client *client;
	struct crypto_key *identity;
	bool enrolled;
	char base[ENROL_BASE_MAX + 1];
	char device[TEXT_ID_MAX + 1];
	int64_t ahead;			/* the host's clock less ours, seconds */
	char etag[CLIENT_ETAG_MAX];	/* of the policy in the inbox */
	struct backoff backoff;		/* of the host as a whole */
	unsigned retry_after;		/* what this pass was asked for, s */
	int64_t regular_at;		/* monotonic ms of the next regular */
	bool regular_refused;		/* the last one */
	struct backoff log_backoff;	/* of an upload that was refused */
	int64_t log_at;			/* monotonic ms of its next try */
	struct pace pace;		/* of entries carried */
	int64_t last_ok;		/* unix seconds, 0: not yet */
	bool online;
	enum reach reach;		/* why it was not, last */
	char trouble[300];		/* what staff should know; or empty */
	struct uplink_said {
		char text[300];
		int64_t at;		/* monotonic ms; 0: nothing */
	} said[UPLINK_SAID];		/* the last troubles that were logged */
	char told[1024];		/* uplink.json as written last */
};

/* Make the folders and the identity key when missing, take the lock, put the
 * public key into the inbox. BW_ERR_BUSY when another uplink runs here. */
BW_MUST_USE bw_err uplink_open(struct uplink *u,
    const struct uplink_options *o, const volatile bool *stop);
void uplink_close(struct uplink *u);

/* Remember which host this device belongs to: uplink/host.json. */
BW_MUST_USE bw_err uplink_enrolled(struct uplink *u, const char *base,
    const char *device);

/* A request to a path of the host, with a token when `signed_` (one 401 with
 * another Date is answered with the corrected time). BW_OK with any status.
 * Free *out in any case. */
struct uplink_call {
	const char *method, *base, *path, *type, *etag;
	const struct bw_buf *body;	/* NULL: GET */
	bool with_token;
	size_t max;			/* bytes of the answer */
};
BW_MUST_USE bw_err uplink_call(struct uplink *u, const struct uplink_call *q,
    struct client_reply *out);

/* What to do about an answer that is not the wanted one: BW_ERR_BUSY for what
 * may go better later (5xx, 429, 401, 408), BW_ERR_DENIED for what will not
 * without somebody doing something; says so for staff. */
BW_MUST_USE bw_err uplink_refused(struct uplink *u, const char *what,
    const struct client_reply *a);

/* An answer that is none, or a file that cannot be sent: says so for staff.
 * BW_ERR_BUSY, for it may go better later. */
BW_MUST_USE bw_err uplink_odd(struct uplink *u, const char *what);

/* Each carries what waits of its kind: BW_OK when nothing is left. */
BW_MUST_USE bw_err carry_enrol(struct uplink *u, const char *name,
    const struct mail *m);
BW_MUST_USE bw_err carry_logs(struct uplink *u);
BW_MUST_USE bw_err carry_policy(struct uplink *u);
BW_MUST_USE bw_err carry_status(struct uplink *u);

/* There is no trouble any more; what is told next is news. */
void uplink_well(struct uplink *u);

/* How many uploads wait in an outbox, and how many entries are in them. */
int uplink_pending(const char *outbox, uint64_t *entries);
/* uplink.json for the kiosk's staff, when it changed; while there is much to
 * carry it tells how fast that goes. */
void uplink_tell(struct uplink *u);

/* Run until *stop; BW_OK, or why not with options.once. */
BW_MUST_USE bw_err uplink_run(struct uplink *u, const volatile bool *stop);

#endif
