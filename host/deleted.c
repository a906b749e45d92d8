// SPDX-License-Identifier: Apache-2.0
#include "host/deleted.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "host/hostfile.h"
#include "host/linefile.h"
#include "host/mail_address.h"
#include "record/seal.h"

#define RECORD "deleted-members"
#define OFFICER "deleted-members.pub"
#define MEMBER_MAX 512			/* sealed: three texts */
#define FOLDED (4 * FIELD_VALUE_MAX + 1)

static bw_err
mac_of(const uint8_t secret[static CRYPTO_KEY], struct bw_part label,
    const char *text, uint8_t out[static DELETED_MAC])
{
	const struct bw_part parts[] = { label, { text, strlen(text) } };
	uint8_t mac[CRYPTO_HASH];
	bw_err r = crypto_hmac(secret, CRYPTO_KEY, parts, 2, mac);

	memcpy(out, mac, DELETED_MAC);
	return r;
}

bw_err
deleted_mac_key(const uint8_t secret[static CRYPTO_KEY], const char *key,
    uint8_t out[static DELETED_MAC])
{
	return mac_of(secret, PART_STR0("badgeward/1 deleted key"), key, out);
}

bw_err
deleted_mac_mail(const uint8_t secret[static CRYPTO_KEY], const char *mail,
    uint8_t out[static DELETED_MAC])
{
	char folded[FOLDED];
	bw_err r;

	mail_address_fold(mail, folded, sizeof(folded));
	r = mac_of(secret, PART_STR0("badgeward/1 deleted mail"), folded, out);
	explicit_bzero(folded, sizeof(folded));
	return r;
}

bool
deleted_mails_has(const struct deleted_mails *m,
    const uint8_t mac[static DELETED_MAC])
{
	for (size_t i = 0; i < m->n; i++)
		if (crypto_equal(m->mac[i], mac, DELETED_MAC))
			return true;
	return false;
}

void
deleted_mails_add(struct deleted_mails *m,
    const uint8_t mac[static DELETED_MAC])
{
	if (m->n < DELETED_MAILS && !deleted_mails_has(m, mac))
		memcpy(m->mac[m->n++], mac, DELETED_MAC);
}

bool
deleted_is(const struct deleted_member *m, uint64_t registration,
    const uint8_t key_mac[static DELETED_MAC],
    const struct deleted_mails *mails)
{
	if (!crypto_equal(m->key_mac, key_mac, DELETED_MAC) ||
	    (m->back && m->registration != registration))
		return false;
	for (size_t i = 0; i < mails->n; i++)
		if (deleted_mails_has(&m->mails, mails->mac[i]))
			return true;
	return (m->mails.n == 0 || mails->n == 0) &&
	    m->registration == registration;
}

bw_err
deleted_path(const char *dir, char *out, size_t size)
{
	int n = snprintf(out, size, "%s/%s", dir, RECORD);

	return n < 0 || (size_t)n >= size ? BW_ERR_BOUND : BW_OK;
}

bw_err
deleted_officer(const char *dir, uint8_t spki[static CRYPTO_SPKI])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_SPKI);
	char path[FILE_PATH_MAX];
	bw_err r;

	memset(spki, 0, CRYPTO_SPKI);
	if ((r = file_path(path, dir, OFFICER)) != BW_OK ||
	    (r = file_read(path, &b)) != BW_OK ||
	    (r = crypto_spki_check(b.ptr, b.len)) != BW_OK)
		goto out;
	memcpy(spki, b.ptr, CRYPTO_SPKI);
out:
	bw_buf_free(&b);
	return r;
}

bw_err
deleted_officer_set(const char *dir, const uint8_t spki[static CRYPTO_SPKI])
{
	char path[FILE_PATH_MAX];
	bw_err r;

	if ((r = crypto_spki_check(spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = file_path(path, dir, OFFICER)) != BW_OK)
		return r;
	return hostfile_write(path, spki, CRYPTO_SPKI, 0640);
}

/* The sealed part, or "-" without an officer. */
static bw_err
put_sealed(const char *dir, const struct registration *reg,
    struct bw_buf *out)
{
	struct bw_buf plain = BW_BUF_INIT(MEMBER_MAX);
	struct bw_buf box = BW_BUF_INIT(MEMBER_MAX + SEAL_OVERHEAD);
	const char *name = reg->values.v[FIELD_NAME];
	const char *mail = reg->values.v[FIELD_EMAIL];
	uint8_t spki[CRYPTO_SPKI];
	bw_err r = deleted_officer(dir, spki);

	if (r == BW_ERR_NOTFOUND)
		return bw_buf_put_u8(out, '-');
	if (r == BW_OK &&
	    (r = bw_buf_put(&plain, name, strlen(name) + 1)) == BW_OK &&
	    (r = bw_buf_put(&plain, mail, strlen(mail) + 1)) == BW_OK &&
	    (r = bw_buf_put(&plain, reg->key, strlen(reg->key) + 1)) == BW_OK &&
	    (r = seal_box(spki, DELETED_SEAL, NULL, plain.ptr, plain.len,
	    &box)) == BW_OK)
		r = text_b64url(out, box.ptr, box.len);
	bw_buf_free(&plain);
	bw_buf_free(&box);
	return r;
}

static bw_err
put_line(const char *dir, const struct registration *reg,
    const uint8_t key_mac[static DELETED_MAC],
    const struct deleted_mails *mails, int64_t now, struct bw_buf *out)
{
	char hex[TEXT_HEX_SIZE(DELETED_MAC)];
	bw_err r;

	text_hex(key_mac, DELETED_MAC, hex);
	r = bw_buf_printf(out, "1 %" PRId64 " %" PRIu64 " %s %s", now, reg->id,
	    hex, mails->n == 0 ? "-" : "");
	for (size_t i = 0; i < mails->n && r == BW_OK; i++) {
		text_hex(mails->mac[i], DELETED_MAC, hex);
		r = bw_buf_printf(out, "%s%s", i == 0 ? "" : ",", hex);
	}
	if (r != BW_OK || (r = bw_buf_put_u8(out, ' ')) != BW_OK ||
	    (r = put_sealed(dir, reg, out)) != BW_OK)
		return r;
	return bw_buf_put_u8(out, '\n');
}

struct find {
	uint64_t registration;
	const uint8_t *key_mac;
	const struct deleted_mails *mails;
	bool found;
};

static bw_err
on_line(void *arg, const struct deleted_member *m)
{
	struct find *f = arg;

	f->found = f->found || deleted_is(m, f->registration, f->key_mac,
	    f->mails);
	return BW_OK;
}

bw_err
deleted_append(const char *dir, const uint8_t secret[static CRYPTO_KEY],
    const struct registration *reg, const struct deleted_mails *mails,
    int64_t now)
{
	uint8_t key_mac[DELETED_MAC];
	struct bw_buf line = BW_BUF_INIT(LINEFILE_LINE);
	struct find f = { reg->id, key_mac, mails, false };
	char path[FILE_PATH_MAX];
	size_t at;
	bw_err r;

	if ((r = deleted_mac_key(secret, reg->key, key_mac)) != BW_OK ||
	    (r = deleted_path(dir, path, sizeof(path))) != BW_OK)
		return r;
	r = deleted_each(path, NULL, on_line, &f, &at);
	if ((r != BW_OK && r != BW_ERR_NOTFOUND) || f.found)
		return r;
	if ((r = put_line(dir, reg, key_mac, mails, now, &line)) == BW_OK)
		r = linefile_append(path, line.ptr, line.len);
	bw_buf_free(&line);
	return r;
}

/* One of the sealed texts, each with its zero. */
static bw_err
take_text(const struct bw_buf *b, size_t *at, char *out, size_t size)
{
	size_t len = strnlen((const char *)b->ptr + *at, b->len - *at);

	if (*at + len >= b->len || len >= size)
		return BW_ERR_FORMAT;
	memcpy(out, b->ptr + *at, len + 1);
	*at += len + 1;
	return BW_OK;
}

static bw_err
open_sealed(const char *text, const struct crypto_key *officer,
    struct deleted_member *m)
{
	struct bw_buf box = BW_BUF_INIT(MEMBER_MAX + SEAL_OVERHEAD);
	struct bw_buf plain = BW_BUF_INIT(MEMBER_MAX);
	size_t at = 0;
	bw_err r;

	if (strcmp(text, "-") == 0)
		return BW_OK;
	m->sealed = true;
	if (officer == NULL)
		return BW_OK;
	if ((r = text_unb64url(text, strlen(text), &box)) == BW_OK &&
	    (r = seal_open(officer, DELETED_SEAL, box.ptr, box.len,
	    &plain)) == BW_OK &&
	    (r = take_text(&plain, &at, m->name, sizeof(m->name))) == BW_OK &&
	    (r = take_text(&plain, &at, m->mail, sizeof(m->mail))) == BW_OK)
		r = take_text(&plain, &at, m->key, sizeof(m->key));
	bw_buf_free(&plain);
	bw_buf_free(&box);
	return r;
}

/* HMACs with commas between, or "-". */
static bw_err
take_mails(char *word, struct deleted_mails *out)
{
	char *rest = word, *one;
	uint8_t mac[DELETED_MAC];

	if (strcmp(word, "-") == 0)
		return BW_OK;
	while ((one = strsep(&rest, ",")) != NULL) {
		if (strlen(one) != 2 * (size_t)DELETED_MAC ||
		    text_unhex(one, mac, DELETED_MAC) != BW_OK)
			return BW_ERR_FORMAT;
		deleted_mails_add(out, mac);
	}
	return BW_OK;
}

/* The line's words; its text is cut up. */
static bw_err
take_line(char *line, const struct crypto_key *officer,
    struct deleted_member *m)
{
	char *rest = line, *word[6];
	uint64_t at;

	for (size_t i = 0; i < 6; i++)
		if ((word[i] = strsep(&rest, " ")) == NULL)
			return BW_ERR_FORMAT;
	m->back = strcmp(word[0], "2") == 0;
	if (rest != NULL || (!m->back && strcmp(word[0], "1") != 0) ||
	    text_number(word[1], strlen(word[1]), INT64_MAX, &at) != BW_OK ||
	    text_number(word[2], strlen(word[2]), INT64_MAX,
	    &m->registration) != BW_OK || m->registration == 0 ||
	    strlen(word[3]) != 2 * (size_t)DELETED_MAC ||
	    text_unhex(word[3], m->key_mac, DELETED_MAC) != BW_OK)
		return BW_ERR_FORMAT;
	m->at = (int64_t)at;
	if (take_mails(word[4], &m->mails) != BW_OK)
		return BW_ERR_FORMAT;
	return open_sealed(word[5], officer, m);
}

struct each {
	const struct crypto_key *officer;
	deleted_cb cb;
	void *arg;
};

static bw_err
each_line(void *arg, char *text)
{
	const struct each *e = arg;
	struct deleted_member m = { 0 };
	bw_err r = take_line(text, e->officer, &m);

	if (r == BW_OK)
		r = e->cb(e->arg, &m);
	explicit_bzero(&m, sizeof(m));
	return r;
}

bw_err
deleted_each(const char *path, const struct crypto_key *officer,
    deleted_cb cb, void *arg, size_t *line)
{
	struct each e = { officer, cb, arg };

	return linefile_each(path, each_line, &e, line);
}

struct sieve {
	deleted_keep_cb keep;
	void *arg;
};

static bw_err
keep_line(void *arg, char *text, bool *keep)
{
	const struct sieve *v = arg;
	struct deleted_member m = { 0 };
	bw_err r = take_line(text, NULL, &m);

	return r == BW_OK ? v->keep(v->arg, &m, keep) : r;
}

bw_err
deleted_forget(const char *dir, deleted_keep_cb keep, void *arg, uint64_t *n)
{
	struct sieve v = { keep, arg };
	struct linefile_rest rest = LINEFILE_REST_INIT;
	char path[FILE_PATH_MAX];
	bw_err r;

	*n = 0;
	if ((r = file_path(path, dir, RECORD)) != BW_OK)
		return r;
	if ((r = linefile_sieve(path, keep_line, &v, &rest)) == BW_OK &&
	    rest.gone != 0 && (r = linefile_put_rest(path, &rest)) == BW_OK)
		*n = rest.gone;
	linefile_rest_free(&rest);
	return r;
}

struct letting {
	deleted_keep_cb is;
	void *arg;
	struct bw_buf changed;		/* the lines as they are to be */
};

static bw_err
let_line(void *arg, char *text, bool *keep)
{
	struct letting *l = arg;
	struct deleted_member m = { 0 };
	char line[LINEFILE_LINE];
	bool is = false;
	bw_err r;

	snprintf(line, sizeof(line), "2%s", text + (text[0] != 0));
	if ((r = take_line(text, NULL, &m)) == BW_OK)
		r = l->is(l->arg, &m, &is);
	*keep = !is || m.back;
	return r != BW_OK || *keep ? r : bw_buf_printf(&l->changed, "%s\n",
	    line);
}

bw_err
deleted_let_in(const char *dir, deleted_keep_cb is, void *arg, uint64_t *n)
{
	struct letting l = { is, arg, BW_BUF_INIT((size_t)64 << 20) };
	struct linefile_rest rest;
	char path[FILE_PATH_MAX];
	bw_err r;

	*n = 0;
	if ((r = deleted_path(dir, path, sizeof(path))) != BW_OK)
		return r;
	if ((r = linefile_sieve(path, let_line, &l, &rest)) == BW_OK &&
	    rest.gone != 0 &&
	    (r = linefile_append(path, l.changed.ptr, l.changed.len)) ==
	    BW_OK && (r = linefile_put_rest(path, &rest)) == BW_OK)
		*n = rest.gone;
	linefile_rest_free(&rest);
	bw_buf_free(&l.changed);
	return r;
}
