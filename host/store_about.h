/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_about.h - beside store.h: what is held of one person, for the person
 * (page_my.h): registrations by their address of mail, and of a registration
 * the badges' editions and the shares, whatever has become of them.
 */
#ifndef HOST_STORE_ABOUT_H
#define HOST_STORE_ABOUT_H

#include "host/store.h"

/* An address as it is compared: without blanks around it, without regard to
 * the case of its letters (fold_lower): who has one sees all that is registered
 * with it, so no two that can be two people's are one. BW_ERR_FORMAT: it is none, for it has no @ inside,
 * or has blanks or control characters; BW_ERR_BOUND: longer than a value. */
#define ABOUT_MAIL_MAX (FIELD_VALUE_MAX * 3 + 1)
BW_MUST_USE bw_err about_mail(const char *typed,
    char out[static ABOUT_MAIL_MAX]);

typedef bw_err (*about_id_cb)(void *arg, uint64_t registration);
/* The registrations with this address (about_mail's), by id; a walk over all
 * of them, whether or not one has it. */
BW_MUST_USE bw_err about_same_mail(struct store *s, const char *mail,
    about_id_cb cb, void *arg);

typedef bw_err (*about_edition_cb)(void *arg, const struct store_edition *e);
/* All that were ever written for a registration, oldest first. */
BW_MUST_USE bw_err about_editions(struct store *s, uint64_t registration,
    about_edition_cb cb, void *arg);

typedef bw_err (*about_lead_cb)(void *arg, const struct store_lead *l);
/* All of a registration's shares in all logs, of every state. */
BW_MUST_USE bw_err about_leads(struct store *s, uint64_t registration,
    about_lead_cb cb, void *arg);
/* One share, if it is the registration's; BW_ERR_NOTFOUND else. */
BW_MUST_USE bw_err about_lead(struct store *s, uint64_t registration,
    uint64_t device, uint64_t seq, struct store_lead *out);

/* A share's record in the log that outlives it, and the end of its sponsor's
 * period; sponsor's name: in the last policy that had it. */
struct about_record {
	uint64_t device, seq;
	int64_t ended;
	const char *device_name, *sponsor, *sponsor_name;
	const uint8_t *entry, *body;	/* as they came (store_entry) */
	size_t entry_len, body_len;
};
typedef bw_err (*about_record_cb)(void *arg, const struct about_record *rec);
/* Those whose body is there and names this registration's badge. */
BW_MUST_USE bw_err about_records(struct store *s, uint64_t registration,
    about_record_cb cb, void *arg);

/* The items that sponsors were given about a share (store_ack.h). */
struct about_told {
	int kind;			/* an enum ack_kind */
	int64_t at, acked_at;		/* acked_at 0: not confirmed yet */
};
typedef bw_err (*about_told_cb)(void *arg, const struct about_told *t);
BW_MUST_USE bw_err about_told(struct store *s, uint64_t device, uint64_t seq,
    about_told_cb cb, void *arg);

#endif
