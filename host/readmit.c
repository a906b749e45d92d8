// SPDX-License-Identifier: Apache-2.0
#include "host/readmit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "host/audit.h"
#include "host/store_deleted.h"

struct letting {
	struct store *s;
	const char *actor;
	int64_t now;
	bool by_key, by_mail;
	uint8_t key[DELETED_MAC], mail[DELETED_MAC];
	uint64_t n;
};

static bool
given(const char *s)
{
	return s != NULL && s[0] != 0;
}

static bw_err
macs_of(struct letting *l, const struct readmit_who *who)
{
	const uint8_t *secret = db_deleted_key(l->s);
	bw_err r = BW_OK;

	if (secret == NULL)
		return BW_ERR_KEY;
	l->by_key = given(who->key);
	l->by_mail = given(who->mail);
	if (l->by_key)
		r = deleted_mac_key(secret, who->key, l->key);
	if (r == BW_OK && l->by_mail)
		r = deleted_mac_mail(secret, who->mail, l->mail);
	return r;
}

static bw_err
drop(struct store *s, const struct deleted_member *m)
{
	bw_err r = store_deleted_drop(s, m->key_mac);

	for (size_t i = 0; i < m->mails.n && r == BW_OK; i++)
		r = store_deleted_drop(s, m->mails.mac[i]);
	return r;
}

static bw_err
record(const struct letting *l, uint64_t registration)
{
	char object[40];

	snprintf(object, sizeof(object), "registration %" PRIu64,
	    registration);
	return audit_add(l->s, l->now, l->actor, DID_RIGHT_READMIT, object, "");
}

static bw_err
is_them(void *arg, const struct deleted_member *m, bool *is)
{
	struct letting *l = arg;
	bw_err r;

	*is = (l->by_key && crypto_equal(m->key_mac, l->key, DELETED_MAC)) ||
	    (l->by_mail && deleted_mails_has(&m->mails, l->mail));
	if (!*is)
		return BW_OK;
	l->n++;
	r = drop(l->s, m);
	return r != BW_OK ? r : record(l, m->registration);
}

/* What another who was erased had in common with them bars still. */
static bw_err
put_back(void *arg, const struct deleted_member *m)
{
	return m->back ? BW_OK : store_deleted_put_all(arg, m->key_mac,
	    &m->mails, 0);
}

bw_err
readmit(const char *dir, struct store *s, const struct readmit_who *who,
    const char *actor, int64_t now, uint64_t *n)
{
	struct letting l = { .s = s, .actor = actor, .now = now };
	char path[FILE_PATH_MAX];
	uint64_t changed;
	size_t line;
	bw_err r;

	*n = 0;
	if ((r = macs_of(&l, who)) != BW_OK ||
	    (r = deleted_path(dir, path, sizeof(path))) != BW_OK ||
	    (r = deleted_let_in(dir, is_them, &l, &changed)) != BW_OK)
		return r;
	if (l.n == 0)
		return BW_ERR_NOTFOUND;
	*n = l.n;
	return deleted_each(path, NULL, put_back, s, &line);
}

static bw_err
count_back(void *arg, const struct deleted_member *m)
{
	*(size_t *)arg += m->back;
	return BW_OK;
}

static bw_err
drop_back(void *arg, const struct deleted_member *m)
{
	return m->back ? drop(arg, m) : BW_OK;
}

bw_err
readmit_all(const char *dir, struct store *s)
{
	char path[FILE_PATH_MAX];
	size_t line, n = 0;
	bw_err r;

	if ((r = deleted_path(dir, path, sizeof(path))) != BW_OK)
		return r;
	r = deleted_each(path, NULL, count_back, &n, &line);
	/* That it is damaged is said where erasures wait for it. */
	if (r == BW_ERR_NOTFOUND || r == BW_ERR_FORMAT ||
	    (r == BW_OK && n == 0))
		return BW_OK;
	if (r != BW_OK ||
	    (r = deleted_each(path, NULL, drop_back, s, &line)) != BW_OK)
		return r;
	return deleted_each(path, NULL, put_back, s, &line);
}

struct again {
	struct store *s;
	uint64_t registration;
};

static bw_err
drop_again(void *arg, const struct deleted_member *m)
{
	const struct again *a = arg;

	return m->back && m->registration == a->registration ?
	    drop(a->s, m) : BW_OK;
}

bw_err
readmit_again(const char *dir, struct store *s, uint64_t registration)
{
	struct again a = { s, registration };
	char path[FILE_PATH_MAX];
	size_t line;
	bw_err r;

	if ((r = deleted_path(dir, path, sizeof(path))) != BW_OK ||
	    (r = deleted_each(path, NULL, drop_again, &a, &line)) != BW_OK)
		return r;
	return deleted_each(path, NULL, put_back, s, &line);
}
