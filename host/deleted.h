/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deleted.h - the record of deleted members: that somebody was erased, kept
 * only so that the erasure is honoured.
 *
 *	DIR/deleted-members	0600: a line per person, appended and synced
 *	DIR/deleted-members.pub	the privacy officer's public key (SPKI, DER)
 *	DIR/keys/deleted.key	0600: what keys and addresses are compared under
 *
 * A line is "1 TIME NUMBER KEYMAC MAILMACS SEALED", or "2 ..." of a person who
 * was let in again since (readmit.h): the time in unix seconds,
 * the registration's own number, HMACs in hex (32 digits each) of the key and,
 * with commas between, of every address that the host knew of the person ("-"
 * for none), and a sealed box (record/seal.h) in base64url with name, address
 * and key, which only the officer's private key opens: it never is on this
 * machine. Without a public key SEALED is "-". The HMACs are over the key of
 * the source as it is, and over the address as mail_address_fold has it.
 * Whoever has the file without deleted.key learns how many were erased, when,
 * and the numbers that they had.
 *
 * The file leads: what stands in it and not in the store (a backup was put
 * back, or the power went) is erased there again (right_erase_due). What was
 * kept for its time goes from both (purge_run).
 */
#ifndef HOST_DELETED_H
#define HOST_DELETED_H

#include "host/store.h"
#include "record/crypto.h"

#define DELETED_MAC 16
#define DELETED_MAILS 32	/* addresses of one person */
#define DELETED_SEAL "badgeward/1 deleted member"

/* Addresses of a person, as what they are compared by. */
struct deleted_mails {
	size_t n;
	uint8_t mac[DELETED_MAILS][DELETED_MAC];
};
bool deleted_mails_has(const struct deleted_mails *m,
    const uint8_t mac[static DELETED_MAC]);
/* Each once; what has no room is left out. */
void deleted_mails_add(struct deleted_mails *m,
    const uint8_t mac[static DELETED_MAC]);

/* What was written of a person. Wipe after use. */
struct deleted_member {
	int64_t at;
	uint64_t registration;
	bool back;			/* let in again: it bars nobody, and is
					 * about this number alone */
	uint8_t key_mac[DELETED_MAC];
	struct deleted_mails mails;
	bool sealed;			/* what follows was sealed, or opened */
	char name[FIELD_VALUE_MAX + 1];
	char mail[FIELD_VALUE_MAX + 1];
	char key[REG_KEY_MAX + 1];
};

/* Whether a line is about who has this number, key and these addresses: the key
 * is the same, and an address, or where one of both has none the number. A
 * ticket's next holder has its key, but neither the addresses nor the number;
 * alone the number says nothing: over a backup it is given again. Of who was let
 * in again the number too: who came back has another. */
bool deleted_is(const struct deleted_member *m, uint64_t registration,
    const uint8_t key_mac[static DELETED_MAC],
    const struct deleted_mails *mails);

/* What a key or an address is compared by. */
BW_MUST_USE bw_err deleted_mac_key(const uint8_t secret[static CRYPTO_KEY],
    const char *key, uint8_t out[static DELETED_MAC]);
BW_MUST_USE bw_err deleted_mac_mail(const uint8_t secret[static CRYPTO_KEY],
    const char *mail, uint8_t out[static DELETED_MAC]);

/* Append a registration's line with these addresses (store_deleted_mails),
 * unless there is one of the same person (deleted_is). Durable at BW_OK. */
BW_MUST_USE bw_err deleted_append(const char *dir,
    const uint8_t secret[static CRYPTO_KEY], const struct registration *reg,
    const struct deleted_mails *mails, int64_t now);
typedef bw_err (*deleted_cb)(void *arg, const struct deleted_member *m);
/* All lines of such a file; with an officer's key what is sealed is opened:
 * BW_ERR_KEY when it is another's. BW_ERR_NOTFOUND: there is no file;
 * BW_ERR_FORMAT: *line (from 1) is none of ours; a last one without an end is
 * passed over, it was cut off. */
BW_MUST_USE bw_err deleted_each(const char *path,
    const struct crypto_key *officer, deleted_cb cb, void *arg, size_t *line);
/* Whether a line is kept. */
typedef bw_err (*deleted_keep_cb)(void *arg, const struct deleted_member *m,
    bool *keep);
/* Forget the lines that are not kept, *n of them: the rest becomes a new file,
 * so that after a power cut there is the old record or the new one. Nothing may
 * be appended meanwhile: the caller has the store's transaction, as who appends
 * has. BW_ERR_NOTFOUND: there is no file. */
BW_MUST_USE bw_err deleted_forget(const char *dir, deleted_keep_cb keep,
    void *arg, uint64_t *n);
/* Lines that are let in again become such, *n of them: after a power cut there
 * may be both, never none. Else as deleted_forget. */
BW_MUST_USE bw_err deleted_let_in(const char *dir, deleted_keep_cb is,
    void *arg, uint64_t *n);
/* The path of the record under the host's directory. */
BW_MUST_USE bw_err deleted_path(const char *dir, char *out, size_t size);
/* Whether lines are sealed from now on. */
BW_MUST_USE bw_err deleted_officer(const char *dir,
    uint8_t spki[static CRYPTO_SPKI]);
BW_MUST_USE bw_err deleted_officer_set(const char *dir,
    const uint8_t spki[static CRYPTO_SPKI]);

#endif
