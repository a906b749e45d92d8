/* SPDX-License-Identifier: Apache-2.0 */
/*
 * account.h - people who log in: who they are, how they are invited, their
 * password and second factor.
 *
 * What changes something is a whole transaction with its line in the audit:
 * none may be open (BW_ERR_ARG). `by` is who does it, an actor of audit.h.
 * Of password, code, secret and link the store keeps hashes, or what is sealed
 * under a key of the host's directory. Whoever is given one wipes it.
 *
 * Other errors are the store's (store.h).
 */
#ifndef HOST_ACCOUNT_H
#define HOST_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "host/hostdir.h"
#include "host/store.h"

enum account_role {
	ROLE_ORGANISER = 0,
	ROLE_PRIVACY,		/* privacy officer */
	ROLE_DESK,		/* badge desk */
	ROLE_MANAGER,		/* sponsor manager: his sponsor's leads */
	ROLE_SCANNER		/* sponsor scanner: counts and notes of his */
};
#define ACCOUNT_ROLES (ROLE_SCANNER + 1)
/* "organiser", "privacy-officer", "badge-desk", "sponsor-manager",
 * "sponsor-scanner"; never NULL. */
const char *account_role_name(enum account_role role);
BW_MUST_USE bw_err account_role_parse(const char *s, enum account_role *out);
/* Manager and scanner belong to one sponsor, the others to none. */
bool account_role_has_sponsor(enum account_role role);
/* Organiser and privacy officer do nothing without a second factor. */
bool account_role_needs_second(enum account_role role);

enum account_state { ACCOUNT_INVITED = 0, ACCOUNT_ACTIVE, ACCOUNT_DISABLED };
/* "invited", "active", "disabled"; never NULL. */
const char *account_state_name(enum account_state state);

#define ACCOUNT_MAIL_MAX 160	/* bytes, as a user name: in lower case */
#define ACCOUNT_NAME_MAX 160
#define ACCOUNT_LANG_MAX 16
struct account {
	uint64_t id;			/* given by the store, never again */
	char mail[ACCOUNT_MAIL_MAX + 1];
	char name[ACCOUNT_NAME_MAX + 1];	/* shown; the mail when "" */
	enum account_role role;
	char sponsor[TEXT_ID_MAX + 1];	/* "" for roles without one */
	char language[ACCOUNT_LANG_MAX + 1];	/* "en", "de"; "": browser's */
	enum account_state state;
	bool second;			/* has a second factor */
	unsigned recovery_left;		/* codes not used yet */
	int64_t created_at, last_login;	/* 0: never */
	int64_t invited_until;		/* of the open invitation, 0: none */
};

/* BW_ERR_NOTFOUND. mail in any case. */
BW_MUST_USE bw_err account_get(struct store *s, uint64_t id,
    struct account *out);
BW_MUST_USE bw_err account_find(struct store *s, const char *mail,
    struct account *out);
typedef bw_err (*account_cb)(void *arg, const struct account *a);
/* All, or those of one sponsor (NULL: all), by mail. */
BW_MUST_USE bw_err account_each(struct store *s, const char *sponsor,
    account_cb cb, void *arg);

/* ---- invitation ---- */

#define ACCOUNT_INVITE_SECONDS (7 * 86400)
#define ACCOUNT_CODE_SIZE 27		/* of the one-time code, with its zero */
#define ACCOUNT_LINK_MAX (ENROL_BASE_MAX + 64)

struct account_new {
	const char *mail, *name;	/* name may be NULL */
	enum account_role role;
	const char *sponsor;		/* NULL or "" for roles without */
	const char *language;		/* NULL: the browser's */
};
/* Printable ASCII with one @ inside; clean text, which may be "". */
bool account_mail_ok(const char *mail);
bool account_name_ok(const char *name);
/* What is wrong with it, an English sentence part (static); NULL: nothing. */
const char *account_new_fault(const struct account_new *in);
/* BW_ERR_ARG as account_new_fault says, or no policy ever had the sponsor;
 * BW_ERR_EXISTS when the mail has an account; BW_ERR_DENIED, of these three
 * alike, when `by` is an account that may no longer make such a link. */
BW_MUST_USE bw_err account_invite(struct store *s, const char *by,
    const struct account_new *in, int64_t now, uint64_t *id,
    char code[static ACCOUNT_CODE_SIZE]);
/* Begin anew: another code, the earlier one, password and second factor are
 * good for nothing, its logins, its tokens and the open invitations that it
 * made are ended. A disabled account stays
 * disabled: BW_ERR_DENIED. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err account_reset(struct store *s, const char *by, uint64_t id,
    int64_t now, char code[static ACCOUNT_CODE_SIZE]);
/* Invited, and never in: whoever has been in has something to lose. */
bool account_is_new(const struct account *a);
/* Another code for one that is new, by a colleague: BW_ERR_DENIED for others,
 * in whose place nobody shall step but by an organiser's account_reset. */
BW_MUST_USE bw_err account_invite_again(struct store *s, const char *by,
    uint64_t id, int64_t now, char code[static ACCOUNT_CODE_SIZE]);
/* <base_url>/invite/<code>. GET of it must not use the code up: mail programs
 * look at links. */
void account_link(const struct hostdir *h, const char *code,
    char out[static ACCOUNT_LINK_MAX]);
/* Whose it is. BW_ERR_NOTFOUND: no code, used or replaced; BW_ERR_EXPIRED. */
BW_MUST_USE bw_err account_invitation(struct store *s, const char *code,
    int64_t now, struct account *out);
/* Use it: the account has this password and is active. BW_ERR_DENIED: the
 * password is refused, *why as password_fault says (else NULL); BW_ERR_BUSY:
 * too many at once. Errors as above. */
BW_MUST_USE bw_err account_accept(struct store *s, const struct hostdir *h,
    const char *code, const char *password, int64_t now, const char **why,
    struct account *out);

/* ---- what others change; each ends the account's logins ---- */

/* BW_ERR_NOTFOUND; BW_OK and no line when it is so already. Disabling also
 * revokes its tokens, its open invitation and those that it made. An enabled account that has no
 * password is invited again: account_reset makes its link. */
BW_MUST_USE bw_err account_disable(struct store *s, const char *by,
    uint64_t id, int64_t now);
BW_MUST_USE bw_err account_enable(struct store *s, const char *by,
    uint64_t id, int64_t now);
/* Also revokes its tokens, the open invitations that it made, which its earlier
 * role let it make, and its own: who has that link may be whom somebody with
 * less to say chose. account_reset makes another. BW_ERR_ARG when sponsor does
 * not fit the role; BW_ERR_DENIED as account_invite. */
BW_MUST_USE bw_err account_role_set(struct store *s, const char *by,
    uint64_t id, enum account_role role, const char *sponsor, int64_t now);

/* ---- what they change themselves; actor is the account ---- */

/* BW_ERR_ARG: not clean text, or too long. */
BW_MUST_USE bw_err account_profile(struct store *s, uint64_t id,
    const char *name, const char *language, int64_t now);
/* BW_ERR_DENIED with *why NULL: `old` is wrong, or the account was disabled or
 * begun anew meanwhile; else as account_accept. Its logins end but for `keep`
 * (login.num; 0: none). */
BW_MUST_USE bw_err account_password_change(struct store *s,
    const struct hostdir *h, uint64_t id, const char *old,
    const char *password, uint64_t keep, int64_t now, const char **why);

/*
 * Log in, the first half. BW_ERR_DENIED for a wrong password and for unknown,
 * invited and disabled accounts alike, after the same work; BW_ERR_BUSY: too
 * many log-ins at once, try again. First ask login_gate (login.h), then
 * login_start. password is wiped by the caller.
 */
BW_MUST_USE bw_err account_password_check(struct store *s, const char *mail,
    const char *password, int64_t now, struct account *out);

/* ---- the second factor (RFC 6238; TOTP of 6 digits in 30 s) ---- */

#define ACCOUNT_URI_MAX 1024
#define ACCOUNT_SECRET_SIZE 33		/* base32 of 20 bytes, for typing */
#define ACCOUNT_RECOVERY 10
#define ACCOUNT_RECOVERY_SIZE 18	/* "xxxxxxxx-xxxxxxxx" */

/* A new secret, not in force before it is confirmed; asked again it is the
 * same one, until it is confirmed. uri is otpauth://…, for a QR. */
BW_MUST_USE bw_err account_second_begin(struct store *s,
    const struct hostdir *h, uint64_t id, int64_t now,
    char secret[static ACCOUNT_SECRET_SIZE], char uri[static ACCOUNT_URI_MAX]);
/* That one again, and nothing is written. BW_ERR_NOTFOUND: none was begun. */
BW_MUST_USE bw_err account_second_pending(struct store *s,
    const struct hostdir *h, uint64_t id, char secret[static
    ACCOUNT_SECRET_SIZE], char uri[static ACCOUNT_URI_MAX]);
/* The code that it shows: in force from here, in place of an earlier one, with
 * new recovery codes, to be shown once. BW_ERR_DENIED: wrong code;
 * BW_ERR_NOTFOUND: not begun. Follow with login_second; other logins end (but
 * `keep`). */
BW_MUST_USE bw_err account_second_confirm(struct store *s,
    const struct hostdir *h, uint64_t id, const char *code, uint64_t keep,
    int64_t now, char recovery[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE]);
/* A code of now (the one before and after too) that was not used yet, or a
 * recovery code, which is used up. Blanks in it do not matter. BW_ERR_DENIED.
 * First ask login_gate. */
BW_MUST_USE bw_err account_second_check(struct store *s,
    const struct hostdir *h, uint64_t id, const char *code, int64_t now);
/* New recovery codes in place of all others. BW_ERR_NOTFOUND without a second
 * factor. */
BW_MUST_USE bw_err account_recovery_renew(struct store *s, uint64_t id,
    int64_t now, char recovery[static ACCOUNT_RECOVERY][ACCOUNT_RECOVERY_SIZE]);
/* Away with it. BW_ERR_DENIED for roles that need one. */
BW_MUST_USE bw_err account_second_remove(struct store *s, uint64_t id,
    int64_t now);

#endif
