// SPDX-License-Identifier: Apache-2.0
/* Accounts: who there is, invitations, and what others change. */
#include "host/account.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/access.h"
#include "host/account_act.h"
#include "host/account_code.h"
#include "host/audit.h"
#include "host/store_account.h"
#include "host/store_login.h"
#include "host/store_token.h"

#define CODE_BYTES 16

static const char *const roles[ACCOUNT_ROLES] = { "organiser",
	"privacy-officer", "badge-desk", "sponsor-manager",
	"sponsor-scanner" };

const char *
account_role_name(enum account_role role)
{
	return roles[role];
}

bw_err
account_role_parse(const char *s, enum account_role *out)
{
	*out = ROLE_SCANNER;
	for (int i = 0; i < ACCOUNT_ROLES; i++)
		if (strcmp(s, roles[i]) == 0) {
			*out = (enum account_role)i;
			return BW_OK;
		}
	return BW_ERR_FORMAT;
}

bool
account_role_has_sponsor(enum account_role role)
{
	return role == ROLE_MANAGER || role == ROLE_SCANNER;
}

bool
account_role_needs_second(enum account_role role)
{
	return role == ROLE_ORGANISER || role == ROLE_PRIVACY;
}

const char *
account_state_name(enum account_state state)
{
	switch (state) {
	case ACCOUNT_INVITED:
		return "invited";
	case ACCOUNT_ACTIVE:
		return "active";
	case ACCOUNT_DISABLED:
		break;
	}
	return "disabled";
}

void
account_mail_lower(const char *mail, char out[static ACCOUNT_MAIL_MAX + 1])
{
	size_t i = 0;

	for (; i < ACCOUNT_MAIL_MAX && mail[i] != 0; i++) {
		char c = mail[i];

		out[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	out[i] = 0;
}

bool
account_mail_ok(const char *s)
{
	const char *at = strchr(s, '@');
	size_t len = strnlen(s, ACCOUNT_MAIL_MAX + 1);

	if (len > ACCOUNT_MAIL_MAX || at == NULL || at == s || at[1] == 0 ||
	    strchr(at + 1, '@') != NULL)
		return false;
	for (size_t i = 0; i < len; i++)
		if (s[i] <= ' ' || s[i] > '~' || strchr("<>\"'(),;:\\", s[i]))
			return false;
	return true;
}

static bool
text_fits(const char *s, size_t max)
{
	size_t len = strnlen(s, max + 1);

	return len <= max && text_is_plain(s, len);
}

bool
account_name_ok(const char *s)
{
	return text_fits(s, ACCOUNT_NAME_MAX);
}

static bool
language_ok(const char *s)
{
	return text_fits(s, ACCOUNT_LANG_MAX) &&
	    strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")
	    == strlen(s);
}

static bool
has(const char *s)
{
	return s != NULL && s[0] != 0;
}

static const char *
sponsor_fault(enum account_role role, const char *sponsor)
{
	if (account_role_has_sponsor(role) && !has(sponsor))
		return "this role belongs to a sponsor, and none is named";
	if (!account_role_has_sponsor(role) && has(sponsor))
		return "this role belongs to no sponsor";
	return NULL;
}

const char *
account_new_fault(const struct account_new *in)
{
	if (in->mail == NULL || !account_mail_ok(in->mail))
		return "this is no e-mail address";
	if (in->name != NULL && !account_name_ok(in->name))
		return "the name is too long, or holds signs that are not "
		    "seen";
	if (in->language != NULL && !language_ok(in->language))
		return "this is no language, such as en or de";
	return sponsor_fault(in->role, in->sponsor);
}

bw_err
act_end(struct store *s, bw_err r, const char *by, enum audit_act act,
    uint64_t id, const char *detail, int64_t now)
{
	char object[40], self[AUDIT_ACTOR_SIZE];

	audit_actor(id, self);
	snprintf(object, sizeof(object), "account %" PRIu64, id);
	return audit_finish(s, r, now, by != NULL ? by : self, act, object,
	    detail);
}

/* Whether who makes the link may still say who comes in: it may have been
 * ended, begun anew or given less to say since its request was let in. Whoever
 * is no account is at the host's own command line. */
static bw_err
may_invite(struct store *s, const char *by, const char *sponsor)
{
	uint64_t id = audit_account(by);
	struct account who;
	bw_err r;

	if (id == 0)
		return BW_OK;
	if ((r = account_get(s, id, &who)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_ERR_DENIED : r;
	if (who.state != ACCOUNT_ACTIVE)
		return BW_ERR_DENIED;
	if (access_may(ACT_PEOPLE, who.role) || (sponsor[0] != 0 &&
	    access_may(ACT_TEAM, who.role) && strcmp(who.sponsor, sponsor) == 0))
		return BW_OK;
	return BW_ERR_DENIED;
}

/* A new open code; the one before is good for nothing. */
static bw_err
open_code(struct store *s, const char *by, const struct account *a,
    int64_t now, char code[static ACCOUNT_CODE_SIZE])
{
	uint8_t hash[ACCOUNT_HASH];
	bw_err r;

	if ((r = may_invite(s, by, a->sponsor)) != BW_OK ||
	    (r = code_make32(CODE_BYTES, code, ACCOUNT_CODE_SIZE)) != BW_OK ||
	    (r = code_hash(CODE_INVITE, code, hash)) != BW_OK)
		return r;
	return store_account_invite(s, a->id, hash,
	    now + ACCOUNT_INVITE_SECONDS, audit_account(by));
}

/* What the audit keeps of an invitation. */
static bw_err
invite_detail(struct store *s, const struct account *a, char *out,
    size_t size)
{
	char object[40], mail[AUDIT_COMMITMENT_SIZE];
	bw_err r;

	snprintf(object, sizeof(object), "account %" PRIu64, a->id);
	r = audit_commitment(s, object, a->mail, strlen(a->mail), mail);
	snprintf(out, size, "role %s%s%s, mail %s",
	    account_role_name(a->role), a->sponsor[0] != 0 ? " of " : "",
	    a->sponsor, mail);
	return r;
}

static bw_err
known_sponsor(struct store *s, const char *sponsor)
{
	bw_err r;

	if (!has(sponsor))
		return BW_OK;
	r = store_sponsor_known(s, sponsor);
	return r == BW_ERR_NOTFOUND ? BW_ERR_ARG : r;
}

bw_err
account_invite(struct store *s, const char *by, const struct account_new *in,
    int64_t now, uint64_t *id, char code[static ACCOUNT_CODE_SIZE])
{
	struct account a = { .role = in->role, .created_at = now };
	char detail[AUDIT_TEXT_MAX + 1] = "";
	bw_err r;

	*id = 0;
	memset(code, 0, ACCOUNT_CODE_SIZE);
	if (account_new_fault(in) != NULL)
		return BW_ERR_ARG;
	account_mail_lower(in->mail, a.mail);
	snprintf(a.name, sizeof(a.name), "%s", in->name ? in->name : "");
	snprintf(a.sponsor, sizeof(a.sponsor), "%s",
	    in->sponsor ? in->sponsor : "");
	snprintf(a.language, sizeof(a.language), "%s",
	    in->language ? in->language : "");
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = known_sponsor(s, in->sponsor)) == BW_OK &&
	    (r = store_account_add(s, &a, &a.id)) == BW_OK &&
	    (r = open_code(s, by, &a, now, code)) == BW_OK)
		r = invite_detail(s, &a, detail, sizeof(detail));
	r = act_end(s, r, by, DID_ACCOUNT_INVITE, a.id, detail, now);
	if (r != BW_OK)
		explicit_bzero(code, ACCOUNT_CODE_SIZE);
	else
		*id = a.id;
	return r;
}

bool
account_is_new(const struct account *a)
{
	return a->state == ACCOUNT_INVITED && a->last_login == 0;
}

/* What the account has going: logins, tokens, and invitations that it made. */
static bw_err
end_all(struct store *s, uint64_t id, int64_t now)
{
	bw_err r;

	if ((r = store_account_uninvite_by(s, id)) != BW_OK ||
	    (r = store_logins_end(s, id, 0)) != BW_OK)
		return r;
	return store_tokens_revoke(s, id, now);
}

static bw_err
reset(struct store *s, const char *by, uint64_t id, bool new, int64_t now,
    char code[static ACCOUNT_CODE_SIZE])
{
	struct account a;
	bw_err r;

	memset(code, 0, ACCOUNT_CODE_SIZE);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = account_get(s, id, &a)) == BW_OK &&
	    (a.state == ACCOUNT_DISABLED || (new && !account_is_new(&a))))
		r = BW_ERR_DENIED;
	if (r == BW_OK &&
	    (r = store_account_password(s, id, NULL)) == BW_OK &&
	    (r = store_account_totp_drop(s, id)) == BW_OK &&
	    (r = store_account_state(s, id, ACCOUNT_INVITED)) == BW_OK &&
	    (r = store_logins_forget(s, id)) == BW_OK &&
	    (r = end_all(s, id, now)) == BW_OK)
		r = open_code(s, by, &a, now, code);
	r = act_end(s, r, by, DID_ACCOUNT_RESET, id, "", now);
	if (r != BW_OK)
		explicit_bzero(code, ACCOUNT_CODE_SIZE);
	return r;
}

bw_err
account_reset(struct store *s, const char *by, uint64_t id, int64_t now,
    char code[static ACCOUNT_CODE_SIZE])
{
	return reset(s, by, id, false, now, code);
}

bw_err
account_invite_again(struct store *s, const char *by, uint64_t id,
    int64_t now, char code[static ACCOUNT_CODE_SIZE])
{
	return reset(s, by, id, true, now, code);
}

void
account_link(const struct hostdir *h, const char *code,
    char out[static ACCOUNT_LINK_MAX])
{
	snprintf(out, ACCOUNT_LINK_MAX, "%s/invite/%s", h->config.base_url,
	    code);
}

bw_err
account_invitation(struct store *s, const char *code, int64_t now,
    struct account *out)
{
	uint8_t hash[ACCOUNT_HASH];
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (strlen(code) != ACCOUNT_CODE_SIZE - 1)
		return BW_ERR_NOTFOUND;
	if ((r = code_hash(CODE_INVITE, code, hash)) != BW_OK ||
	    (r = store_account_invited(s, hash, out)) != BW_OK)
		return r;
	return out->invited_until > now ? BW_OK : BW_ERR_EXPIRED;
}

bw_err
account_disable(struct store *s, const char *by, uint64_t id, int64_t now)
{
	struct account a;
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = account_get(s, id, &a);
	if (r == BW_OK && a.state == ACCOUNT_DISABLED) {
		store_rollback(s);
		return BW_OK;
	}
	if (r == BW_OK &&
	    (r = store_account_state(s, id, ACCOUNT_DISABLED)) == BW_OK &&
	    (r = store_account_uninvite(s, id)) == BW_OK)
		r = end_all(s, id, now);
	return act_end(s, r, by, DID_ACCOUNT_DISABLE, id, "", now);
}

bw_err
account_enable(struct store *s, const char *by, uint64_t id, int64_t now)
{
	struct account_secret secret;
	struct account a;
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = account_get(s, id, &a);
	if (r == BW_OK && a.state != ACCOUNT_DISABLED) {
		store_rollback(s);
		return BW_OK;
	}
	if (r == BW_OK &&
	    (r = store_account_secret(s, id, &secret)) == BW_OK) {
		r = store_account_state(s, id, secret.password[0] != 0 ?
		    ACCOUNT_ACTIVE : ACCOUNT_INVITED);
		explicit_bzero(&secret, sizeof(secret));
	}
	return act_end(s, r, by, DID_ACCOUNT_ENABLE, id, "", now);
}

bw_err
account_role_set(struct store *s, const char *by, uint64_t id,
    enum account_role role, const char *sponsor, int64_t now)
{
	const char *of = sponsor != NULL ? sponsor : "";
	char detail[AUDIT_TEXT_MAX + 1];
	struct account a;
	bw_err r;

	if (sponsor_fault(role, sponsor) != NULL)
		return BW_ERR_ARG;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = account_get(s, id, &a);
	if (r == BW_OK && a.role == role && strcmp(a.sponsor, of) == 0) {
		store_rollback(s);
		return BW_OK;
	}
	if (r == BW_OK && (r = may_invite(s, by, "")) == BW_OK &&
	    (r = known_sponsor(s, sponsor)) == BW_OK &&
	    (r = store_account_role(s, id, role, of)) == BW_OK &&
	    (r = store_account_uninvite(s, id)) == BW_OK)
		r = end_all(s, id, now);
	snprintf(detail, sizeof(detail), "role %s%s%s, before %s%s%s",
	    account_role_name(role), of[0] != 0 ? " of " : "", of,
	    account_role_name(a.role), a.sponsor[0] != 0 ? " of " : "",
	    a.sponsor);
	return act_end(s, r, by, DID_ACCOUNT_ROLE, id, detail, now);
}

bw_err
account_profile(struct store *s, uint64_t id, const char *name,
    const char *language, int64_t now)
{
	bw_err r;

	if (!account_name_ok(name) || !language_ok(language))
		return BW_ERR_ARG;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = store_account_profile(s, id, name, language);
	return act_end(s, r, NULL, DID_ACCOUNT_PROFILE, id, "", now);
}
