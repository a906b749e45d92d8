/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.h - everything that the host keeps, behind one interface; a subject
 * with a header of its own stands beside it: store_device.h, store_receipt.h …
 *
 * A handle belongs to one thread at a time; store_share gives another thread
 * its own. Functions that write demand an open transaction (BW_ERR_ARG else),
 * so that a caller says what belongs together; reading needs none. Several
 * processes may have the store open.
 *
 * Errors besides the stated ones: BW_ERR_NOMEM, BW_ERR_IO, BW_ERR_FULL (disk),
 * BW_ERR_BUSY (another writer for over ten seconds), BW_ERR_FORMAT (the store
 * is damaged), BW_ERR_OLD (it is of another form). After any of these roll back.
 *
 * Callbacks return BW_OK to go on; anything else ends the walk and is its
 * result. What they are given lives during the call only. They must not write
 * and must not start the same walk again. Times are unix seconds.
 */
#ifndef HOST_STORE_H
#define HOST_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "host/audit_act.h"
#include "record/badge.h"
#include "record/chain.h"
#include "record/checkpoint.h"
#include "record/policy.h"

struct store;

/* Open, making or updating the schema. where is a path (SQLite). */
BW_MUST_USE bw_err store_open(struct store **out, const char *where);
/* Why that failed, for whoever has to mend it; a sentence part (static). */
const char *store_open_why(bw_err r);
/* Another handle on the same store, for another thread; writers among handles
 * so related wait for each other in turn. */
BW_MUST_USE bw_err store_share(struct store *s, struct store **out);
/* The same for one walk (store_walks). */
BW_MUST_USE bw_err store_share_walk(struct store *s, struct store **out);
/* A walk comes to each page once: meanwhile the handle keeps few of them, which
 * costs less, also of the processor's own memory. false: as many as others. */
void store_walks(struct store *s, bool yes);
void store_close(struct store **s);

/* One write transaction. After BW_OK from commit a power cut keeps it; when
 * commit fails nothing was kept. Rollback without a transaction is harmless. */
BW_MUST_USE bw_err store_begin(struct store *s);
/* The same, but BW_ERR_BUSY after so many milliseconds (store_begin waits for
 * STORE_WAIT_MS) while others write. */
#define STORE_WAIT_MS 10000
BW_MUST_USE bw_err store_begin_within(struct store *s, unsigned ms);
BW_MUST_USE bw_err store_commit(struct store *s);
void store_rollback(struct store *s);
/* Outside a transaction, between two of long work: nobody writes for as long as
 * the last one took, which began at `began` (clock_mono_ms), at most
 * STORE_TURN_MS. Another process asks ten times a second whether it may write;
 * it never meets a lock that is let go of for a moment. */
#define STORE_TURN_MS 200
void store_give_turn(int64_t began);
/* Outside a transaction: take what was written into the store's own file and
 * empty what SQLite keeps beside it, so that a value that was replaced or
 * deleted is in no file any more. While others use the store it may have to
 * be left for the next time; that and failing change nothing else. */
void store_tidy(struct store *s);
/* The same, waiting for others so many milliseconds at most: whoever comes
 * meanwhile waits behind it. Whether it is done. */
bool store_tidy_within(struct store *s, unsigned ms);
/* Between these, reads see one state of the store, and cost less. A write
 * transaction may not be begun meanwhile; inside one they do nothing. */
BW_MUST_USE bw_err store_snapshot(struct store *s);
void store_snapshot_end(struct store *s);
/* The same for two handles, which then see one and the same state, so that two
 * threads can read of it; each is ended by itself. BW_ERR_BUSY: others wrote
 * each time between the one and the other. */
BW_MUST_USE bw_err store_snapshot_both(struct store *a, struct store *b);
/* A cheap read that shows that the store answers (health). */
BW_MUST_USE bw_err store_ping(struct store *s);

/* ---- policy ---- */

struct store_policy {
	char version[BODY_VERSION_MAX + 1];
	int64_t installed_at;
};

/* Install a version: its source text and, per sponsor, the payload that its
 * devices will get, with serial 1 and without field_keys and blocked. It is
 * the current one from here. BW_ERR_EXISTS when the version is there already
 * (a version is never changed). */
BW_MUST_USE bw_err store_policy_install(struct store *s, const char *version,
    const char *source, size_t len, const struct policy *const *parts,
    size_t n, int64_t now);
/* The current version; BW_ERR_NOTFOUND before the first. */
BW_MUST_USE bw_err store_policy_current(struct store *s,
    struct store_policy *out);
/* What an event that has a policy lacks before a booth can open. */
struct store_lacks {
	bool registrations, devices;
};
BW_MUST_USE bw_err store_lacks(struct store *s, struct store_lacks *out);
/* All versions, the newest first. */
typedef bw_err (*store_policy_cb)(void *arg, const struct store_policy *p);
BW_MUST_USE bw_err store_policy_each(struct store *s, store_policy_cb cb,
    void *arg);
BW_MUST_USE bw_err store_policy_source(struct store *s, const char *version,
    struct bw_buf *out);
/* Canonical JSON of a sponsor's part, for policy_decode. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_policy_part(struct store *s, const char *version,
    const char *sponsor, struct bw_buf *out);

/* When the last of a version's parts ends. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_policy_until(struct store *s, const char *version,
    int64_t *until);

/* What ingest must know about the part that has this sha256. */
struct store_rules {
	uint64_t part;			/* refers to it within the store */
	char version[BODY_VERSION_MAX + 1];
	char sponsor[TEXT_ID_MAX + 1];
	field_set required, optional;
	uint64_t valid_from, valid_until;
	size_t nnotices;
	char lang[POLICY_LANGS][BODY_LANG_MAX + 1];	/* of the notices */
	uint8_t notice[POLICY_LANGS][CRYPTO_HASH];	/* their sha256 */
};
BW_MUST_USE bw_err store_rules_get(struct store *s, const char *sponsor,
    const uint8_t sha256[static CRYPTO_HASH], struct store_rules *out);
BW_MUST_USE bw_err store_rules_part(struct store *s, uint64_t part,
    struct store_rules *out);

/* What a device of this sponsor can have been told so far and still heed: the
 * fields of all versions' parts that are valid now or later, and until when
 * the last of them is. BW_ERR_NOTFOUND when there is none. */
BW_MUST_USE bw_err store_sponsor_reach(struct store *s, const char *sponsor,
    int64_t now, field_set *fields, int64_t *until);

/* The sponsors of the current policy, by id. */
typedef bw_err (*store_sponsor_cb)(void *arg, const char *id,
    const char *name);
BW_MUST_USE bw_err store_sponsor_each(struct store *s, store_sponsor_cb cb,
    void *arg);
/* BW_ERR_NOTFOUND unless some version of the policy had this sponsor. */
BW_MUST_USE bw_err store_sponsor_known(struct store *s, const char *id);

/* The policy as issued last to a device, so that it and its ETag stay the same
 * while nothing changes. `blocked` is the count of store_blocked_count at its
 * issue. */
struct store_issued {
	char version[BODY_VERSION_MAX + 1];
	uint64_t serial;
	uint64_t blocked;
	struct bw_buf jws;		/* the caller frees it */
};
BW_MUST_USE bw_err store_issued_get(struct store *s, uint64_t device,
    struct store_issued *out);
BW_MUST_USE bw_err store_issued_put(struct store *s, uint64_t device,
    const struct store_issued *in);
/* A serial higher than every one before; also than those that were issued after
 * the backup that this store was put back from, which is why it follows the
 * clock (unix milliseconds); and see store_restored.h. */
BW_MUST_USE bw_err store_serial_next(struct store *s, int64_t now_ms,
    uint64_t *out);

/* ---- registrations and badges ---- */

enum reg_status {
	REG_ATTENDING = 0,
	REG_CANCELLED,
	REG_WITHHELD,		/* objected or restricted */
	REG_MINOR,
	REG_DELETED,		/* erased: values gone, never imported again */
	REG_HANDED		/* the ticket is another's now: no badge, but
				 * what was shared before stays shared */
};
#define REG_STATUSES (REG_HANDED + 1)
/* "attending", "cancelled", "withheld", "minor", "deleted", "handed-on"; never
 * NULL. */
const char *reg_status_name(enum reg_status st);
/* Whether sponsors get the leads of such a holder. Who has handed the ticket on
 * consented while it was his. */
static inline bool
reg_releases(enum reg_status st)
{
	return st == REG_ATTENDING || st == REG_HANDED;
}

#define REG_KEY_MAX 128
#define REG_AGE_NONE (-1)
#define REG_AGE_ADULT 18
struct registration {
	uint64_t id;			/* given by the store */
	char key[REG_KEY_MAX + 1];	/* of its source, unique: what an
					 * import finds it again by */
	enum reg_status status;		/* the one that counts */
	bool cancelled;			/* by its source, whatever counts; a
					 * put has it in its status alone */
	enum reg_status beneath;	/* what it is as soon as nothing
					 * withholds it; put does not look */
	int age;			/* years by its source, REG_AGE_NONE;
					 * only one under 18 is kept */
	bool released;			/* staff said of that age: no minor */
	int64_t changed_at;
	struct field_values values;	/* wipe after use */
};

enum store_change {
	STORE_ADDED,
	STORE_CHANGED,
	STORE_UNCHANGED,
	STORE_REFUSED,		/* erased before: not taken up again */
	STORE_HANDED		/* another person's now: store_handed.h */
};
/* Add or update by key; in->id is not looked at. A status of withheld or minor
 * outlives an import that says attending or cancelled, as long as it is about
 * the same person; what the import said is what counts when that ends.
 * *id is the registration. A change of status counts in the blocked list. */
BW_MUST_USE bw_err store_registration_put(struct store *s,
    const struct registration *in, int64_t now, enum store_change *change,
    uint64_t *id);
BW_MUST_USE bw_err store_registration_get(struct store *s, uint64_t id,
    struct registration *out);
BW_MUST_USE bw_err store_registration_find(struct store *s, const char *key,
    struct registration *out);
/* Set what a status stands for, and with it the status that counts: a minor's
 * that is cancelled stays a minor's, and attending takes away no more than what
 * the status says now; below it another may come to light. REG_DELETED erases the values, those of all editions of its
 * badges too, what was noted on its shares, the salt of what the audit has
 * committed to of it, its mails and links. A minor that attends from now
 * on is released: it stays so when it is put with the same age again. Whoever
 * attends again has its leads back (store_given_back), by an import too. One
 * whose ticket was handed on does not attend again: it gets REG_HANDED instead.
 * BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_registration_status(struct store *s, uint64_t id,
    enum reg_status st, int64_t now);
typedef bw_err (*store_registration_cb)(void *arg,
    const struct registration *r);
/* By id, rising. */
BW_MUST_USE bw_err store_registration_each(struct store *s,
    store_registration_cb cb, void *arg);

/* One edition of a badge: what was written, and the values it was made from,
 * which are kept so that a lead carries what its attendee consented to. */
struct store_edition {
	uint64_t ref;			/* of this edition, within the store */
	uint64_t registration;
	uint8_t badge_id[BADGE_ID];
	uint8_t edition;
	uint8_t uid[BADGE_UID];
	char type[16];			/* "ntag215" */
	field_set on_badge;		/* 0: a pointer badge */
	int64_t retired_at;		/* reissued: the badge is blocked; 0 */
	int64_t issued_at;
	enum reg_status status;		/* of the registration, now */
	struct field_values values;
};
/* Keep a new edition; in->ref, retired_at and status are not looked at. Its
 * badge_id is new, or the registration's with an edition one higher than the
 * last; BW_ERR_EXISTS else. Badges that it has besides stay good. */
BW_MUST_USE bw_err store_edition_add(struct store *s,
    const struct store_edition *in);
/* The newest edition of the registration's badges that are not retired. */
BW_MUST_USE bw_err store_edition_current(struct store *s,
    uint64_t registration, struct store_edition *out);
BW_MUST_USE bw_err store_edition_find(struct store *s,
    const uint8_t badge_id[static BADGE_ID], uint8_t edition,
    struct store_edition *out);
BW_MUST_USE bw_err store_edition_get(struct store *s, uint64_t ref,
    struct store_edition *out);
/* The values alone of those from `from` on, before `to`, that there are; ""
 * for none; good until the call back returns. holder: their registration. */
typedef bw_err (*store_values_cb)(void *arg, uint64_t ref, uint64_t holder,
    const char *const v[static FIELD_COUNT + 1]);
BW_MUST_USE bw_err store_edition_values(struct store *s, uint64_t from,
    uint64_t to, store_values_cb cb, void *arg);
/* What a share needs of it: no value is read. Of an edition that the host does
 * not know (it was written after the backup that was put back) the badge's last
 * one, so that the share is still its holder's. */
struct store_edition_state {
	uint64_t ref;
	bool other;			/* it is not the one asked for */
	enum reg_status status;
	int64_t retired_at;
};
BW_MUST_USE bw_err store_edition_state(struct store *s,
    const uint8_t badge_id[static BADGE_ID], uint8_t edition,
    struct store_edition_state *out);
/* Block a badge that was lost, or all that a registration has: BW_ERR_NOTFOUND
 * when that is none. */
BW_MUST_USE bw_err store_badge_retire(struct store *s,
    const uint8_t badge_id[static BADGE_ID], int64_t now);
BW_MUST_USE bw_err store_badge_retire_all(struct store *s,
    uint64_t registration, int64_t now);
/* The same of one whose tag gets another's badge. */
BW_MUST_USE bw_err store_badge_over(struct store *s,
    const uint8_t badge_id[static BADGE_ID], int64_t now);
/* A good badge of somebody else all of whose editions were made for this tag,
 * the last before the newest that this registration has there: when that one was
 * written, it lies nowhere. BW_ERR_NOTFOUND: there is none. */
BW_MUST_USE bw_err store_badge_under(struct store *s,
    const uint8_t uid[static BADGE_UID], uint64_t registration,
    uint8_t badge_id[static BADGE_ID], uint64_t *whose);

/* The badges that no device may accept: retired, or of a registration that is
 * not attending. The array is the caller's to free. The count rises with each
 * change of this list. */
BW_MUST_USE bw_err store_blocked_list(struct store *s,
    uint8_t (**ids)[BADGE_ID], size_t *n);
BW_MUST_USE bw_err store_blocked_count(struct store *s, uint64_t *out);

/* ---- logs ---- */

/* A device's chain after the entries held, and the policy part in force there
 * (0: one that the store does not know). */
struct store_log {
	struct chain chain;
	uint64_t part;
	uint64_t serial;	/* of the last policy that it names; 0: none */
};
/* The empty chain when there is none. */
BW_MUST_USE bw_err store_log_get(struct store *s, uint64_t device,
    struct store_log *out);
/* Put it, and the note over it: the log's checkpoint with the host's line. */
BW_MUST_USE bw_err store_log_put(struct store *s, uint64_t device,
    const struct store_log *in, const char *note, size_t len);
/* What will be put next came at `now`, under this note: of all entries from the
 * size that the log has so far. Before store_log_put, of one entry at least:
 * BW_ERR_EXISTS when some came from there already, which would be their time. */
BW_MUST_USE bw_err store_log_came(struct store *s, uint64_t device,
    int64_t now, const char *note, size_t len);
/* The newest note. BW_ERR_NOTFOUND before the first. */
BW_MUST_USE bw_err store_note_get(struct store *s, uint64_t device,
    struct bw_buf *out);
/* For everybody, without a log-in: whoever stands at a booth and could see the
 * log grow there at a share would know of who leaves without one. So this is
 * the last note that came before the quarter hour of `now` began; and of one
 * entry, the note that it came under, or a later one of a quarter hour that is
 * over: it grows no more. BW_ERR_NOTFOUND when there is none. */
BW_MUST_USE bw_err store_note_public(struct store *s, uint64_t device,
    int64_t now, struct bw_buf *out);
BW_MUST_USE bw_err store_note_over(struct store *s, uint64_t device,
    uint64_t seq, struct bw_buf *out);

/* Entries are kept as they came; seq is at most STORE_SEQ_MAX. */
#define STORE_SEQ_MAX 0xffffffffu
struct store_entry {
	uint64_t seq;
	const uint8_t *entry;
	size_t entry_len;
	const uint8_t *body;		/* NULL: deleted */
	size_t body_len;
};
BW_MUST_USE bw_err store_entry_add(struct store *s, uint64_t device,
    const struct store_entry *e);
typedef bw_err (*store_entry_cb)(void *arg, const struct store_entry *e);
/* Entries [from, to) in order. */
BW_MUST_USE bw_err store_entry_each(struct store *s, uint64_t device,
    uint64_t from, uint64_t to, store_entry_cb cb, void *arg);

/* Both notes of a fork; the device is flagged. The same one once only and at
 * most STORE_FORKS_MAX of a device: *fresh says whether it was kept now. */
#define STORE_FORKS_MAX 16
BW_MUST_USE bw_err store_fork_add(struct store *s, uint64_t device,
    uint64_t size, const char *held, size_t held_len, const char *other,
    size_t other_len, int64_t now, bool *fresh);
struct store_fork {
	const char *device;
	uint64_t size;
	const char *held, *other;	/* the two notes */
	int64_t found_at;
};
typedef bw_err (*store_fork_cb)(void *arg, const struct store_fork *f);
BW_MUST_USE bw_err store_fork_each(struct store *s, store_fork_cb cb,
    void *arg);

/* Why an entry that is well-formed is not released. */
enum odd_reason {
	ODD_NONE = 0,
	ODD_POLICY,		/* under a policy that was never installed */
	ODD_TIME,		/* outside its policy's validity */
	ODD_SPONSOR,		/* for another sponsor than the device's */
	ODD_FIELD,		/* a field that the policy does not allow */
	ODD_NOTICE,		/* a notice that the policy does not have */
	ODD_BADGE,		/* no such badge or edition */
	ODD_WITHHELD,		/* its holder was not attending, or is erased */
	ODD_RETIRED,		/* made after the badge was reissued */
	ODD_RECEIPT,		/* a receipt hash that another share has */
	ODD_UNDO,		/* an undo of what is no share */
	ODD_NOTE,		/* a note that cannot be opened or read */
	ODD_REVOKED,		/* came after its device was revoked */
	ODD_NOT_ME,		/* disowned by somebody, or made beside such */
	ODD_SERIAL,		/* a policy's serial that its device never got */
	ODD_AHEAD,		/* later than it came: a clock was ahead */
	ODD_COUNT_
};
/* A sentence part for staff; never NULL. */
const char *odd_reason_name(enum odd_reason r);
BW_MUST_USE bw_err store_odd_add(struct store *s, uint64_t device,
    uint64_t seq, enum odd_reason reason, int64_t now);
struct store_odd {
	uint64_t id;			/* rises with device and entry */
	const char *device;
	uint64_t seq;
	enum odd_reason reason;
	int64_t found_at;
};
typedef bw_err (*store_odd_cb)(void *arg, const struct store_odd *o);
BW_MUST_USE bw_err store_odd_each(struct store *s, store_odd_cb cb, void *arg);
/* At most `limit` of them with an id above `after`. */
BW_MUST_USE bw_err store_odd_after(struct store *s, uint64_t after,
    unsigned limit, store_odd_cb cb, void *arg);

/* ---- leads ---- */

enum lead_state {
	LEAD_LIVE = 0,
	LEAD_UNDONE,
	LEAD_WITHDRAWN,
	LEAD_HELD,		/* odd: never released, but ODD_NOT_ME */
	LEAD_QUARANTINED	/* came after the device was revoked */
};
struct store_lead {
	uint64_t device;		/* num */
	uint64_t seq;
	uint64_t part;			/* policy part, 0 unknown */
	uint64_t edition;		/* store_edition.ref, 0 unknown */
	int64_t time;
	field_set granted;
	enum lead_state state;
	enum odd_reason reason;		/* of LEAD_HELD */
	int64_t ended_at;		/* undone or withdrawn */
	char language[BODY_LANG_MAX + 1];
	uint8_t rh[RECEIPT_RH];
};
BW_MUST_USE bw_err store_lead_add(struct store *s,
    const struct store_lead *in);
BW_MUST_USE bw_err store_lead_get(struct store *s, uint64_t device,
    uint64_t seq, struct store_lead *out);
/* Move a lead to LEAD_UNDONE or LEAD_WITHDRAWN, which are for ever; the notes
 * on it go. *moved is
 * false when it was there already. BW_ERR_NOTFOUND when there is no lead. */
BW_MUST_USE bw_err store_lead_end(struct store *s, uint64_t device,
    uint64_t seq, enum lead_state to, int64_t now, bool *moved);

/* Of an entry keep the commitment alone: the log verifies without the body. */
BW_MUST_USE bw_err store_body_drop(struct store *s, uint64_t device,
    uint64_t seq);
/* Keep what the sponsor's staff noted on a share: the plaintext of the sealed
 * note in entry seq, which is there already. It waits with a lead that is held
 * as somebody's who disowns it (ODD_NOT_ME), which may be released; on one
 * that has ended, is held for good or whose holder is erased nothing is kept,
 * not the entry's body either. */
BW_MUST_USE bw_err store_note_add(struct store *s, uint64_t device,
    uint64_t seq, uint64_t share, const void *plain, size_t len);
/* The newest note on a share. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_note_find(struct store *s, uint64_t device,
    uint64_t share, struct bw_buf *plain);

/* Whether a share of this time has been kept for so many days, the most that
 * the policy it was made under allows. */
static inline bool
share_is_over(int64_t time, uint64_t retain_days, int64_t now)
{
	return now >= time && (uint64_t)(now - time) / 86400 >= retain_days;
}

/* A lead that may go to its sponsor: live, its badge's holder attending now (or
 * the ticket handed on: reg_releases),
 * its period not over (share_is_over), `released` = granted and allowed by the
 * policy it was made under. Take the
 * values with store_edition_get(edition): keep them per edition rather than
 * asking once per lead. An edition that is not there (a damaged store) has
 * none, and its leads go to nobody. The language that was chosen is none of its
 * fields: nobody ticks it, and it may tell where somebody is from. */
struct store_release {
	uint64_t run;		/* the same as the lead's before: device, sponsor
				 * and version are, too */
	const char *device;
	uint64_t device_num;
	uint64_t seq;			/* share_id is device-seq */
	int64_t time;
	const char *sponsor;
	const char *version;		/* of the policy */
	field_set released;
	uint64_t edition;
	uint64_t days;			/* that the sponsor may keep it; of a
					 * run, too */
};
/* The moment from which its sponsor may not keep it any more. */
static inline int64_t
store_keep_until(const struct store_release *l)
{
	return l->time + (int64_t)l->days * 86400;
}
typedef bw_err (*store_release_cb)(void *arg, const struct store_release *l);
/* Those that lack only that their badge's holder attends, by his status. */
struct store_left_out {
	uint64_t n[REG_STATUSES];
};
/* By device name, then seq. left may be NULL. BW_ERR_NOTFOUND for an unknown
 * sponsor. `beside`, if not NULL, is a handle that sees the same state, for a
 * thread that looks values up; whose it is ends its snapshot after that. */
BW_MUST_USE bw_err store_release_each(struct store *s, struct store *beside,
    const char *sponsor, int64_t now, store_release_cb cb, void *arg,
    struct store_left_out *left);
/* How many leads those are at most, by the logs' sizes: some may not be
 * released. No lead is read for it. */
BW_MUST_USE bw_err store_release_most(struct store *s, const char *sponsor,
    uint64_t *n);

/* Drop what has passed its time: old pending withdrawals, invitations,
 * answers, links. */
BW_MUST_USE bw_err store_purge(struct store *s, int64_t now);

/* ---- audit ---- */

/* Who did what to which id: ids and commitments only, never values (audit.h:
 * audit_add without a detail). */
BW_MUST_USE bw_err store_audit(struct store *s, int64_t now,
    const char *actor, enum audit_act act, const char *object);

#endif
