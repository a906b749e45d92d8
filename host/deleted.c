// SPDX-License-Identifier: Apache-2.0
#include "host/deleted.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/mail_address.h"
#include "record/seal.h"

#define RECORD "deleted-members"
#define OFFICER "deleted-members.pub"
#define RECORD_MAX ((size_t)64 << 20)
#define MEMBER_MAX 512			/* sealed: three texts */
#define LINE_MAX_ 3072
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
	if (!crypto_equal(m->key_mac, key_mac, DELETED_MAC))
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
	return file_write(path, spki, CRYPTO_SPKI, 0640);
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

/* Without what a power cut left of a last line. */
static bw_err
cut_torn(int fd)
{
	struct bw_buf b = BW_BUF_INIT(RECORD_MAX);
	size_t len;
	bw_err r;

	if (lseek(fd, 0, SEEK_SET) == -1)
		return BW_ERR_IO;
	if ((r = file_drain(fd, &b)) == BW_OK) {
		for (len = b.len; len != 0 && b.ptr[len - 1] != '\n'; len--)
			;
		if (len != b.len && ftruncate(fd, (off_t)len) == -1)
			r = BW_ERR_IO;
	}
	bw_buf_free(&b);
	return r;
}

static bw_err
append(const char *dir, const void *ptr, size_t len)
{
	char path[FILE_PATH_MAX];
	bw_err r;
	int fd;

	if ((r = file_path(path, dir, RECORD)) != BW_OK)
		return r;
	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd == -1)
		return errno == ENOSPC ? BW_ERR_FULL : BW_ERR_IO;
	if ((r = cut_torn(fd)) == BW_OK &&
	    (r = file_pour(fd, ptr, len)) == BW_OK)
		r = fdatasync(fd) == 0 ? file_sync_dir(path) : BW_ERR_IO;
	close(fd);
	return r;
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
	struct bw_buf line = BW_BUF_INIT(LINE_MAX_);
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
		r = append(dir, line.ptr, line.len);
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
	if (rest != NULL || strcmp(word[0], "1") != 0 ||
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

static bw_err
each_line(char *text, size_t len, const struct crypto_key *officer,
    deleted_cb cb, void *arg, size_t *line)
{
	char *end;
	bw_err r = BW_OK;

	for (char *p = text; r == BW_OK &&
	    (end = memchr(p, '\n', len - (size_t)(p - text))) != NULL;
	    p = end + 1) {
		struct deleted_member m = { 0 };

		*end = 0;
		++*line;
		if ((r = take_line(p, officer, &m)) == BW_OK)
			r = cb(arg, &m);
		explicit_bzero(&m, sizeof(m));
	}
	return r;
}

bw_err
deleted_each(const char *path, const struct crypto_key *officer,
    deleted_cb cb, void *arg, size_t *line)
{
	struct bw_buf b = BW_BUF_INIT(RECORD_MAX);
	bw_err r;

	*line = 0;
	if ((r = file_read(path, &b)) == BW_OK && b.len != 0)
		r = each_line((char *)b.ptr, b.len, officer, cb, arg, line);
	bw_buf_free(&b);
	return r;
}

/* Lines as they are cut up, beside the text as it was. */
struct sieve {
	deleted_keep_cb keep;
	void *arg;
	const struct bw_buf *all;
	size_t at;			/* of the next line in it */
	struct bw_buf left;
	uint64_t gone;
};

static bw_err
sieve_line(void *arg, const struct deleted_member *m)
{
	struct sieve *v = arg;
	const uint8_t *line = v->all->ptr + v->at;
	const uint8_t *end = memchr(line, '\n', v->all->len - v->at);
	size_t len = (size_t)(end - line) + 1;
	bool keep = true;
	bw_err r = v->keep(v->arg, m, &keep);

	v->at += len;
	if (r != BW_OK || !keep) {
		v->gone += r == BW_OK;
		return r;
	}
	return bw_buf_put(&v->left, line, len);
}

bw_err
deleted_forget(const char *dir, deleted_keep_cb keep, void *arg, uint64_t *n)
{
	struct bw_buf cut = BW_BUF_INIT(RECORD_MAX);
	struct bw_buf all = BW_BUF_INIT(RECORD_MAX);
	struct sieve v = { .keep = keep, .arg = arg, .all = &all,
		.left = BW_BUF_INIT(RECORD_MAX) };
	char path[FILE_PATH_MAX];
	size_t line = 0;
	bw_err r;

	*n = 0;
	if ((r = file_path(path, dir, RECORD)) != BW_OK ||
	    (r = file_read(path, &all)) != BW_OK || all.len == 0 ||
	    (r = bw_buf_put(&cut, all.ptr, all.len)) != BW_OK ||
	    (r = each_line((char *)cut.ptr, cut.len, NULL, sieve_line, &v,
	    &line)) != BW_OK || v.gone == 0)
		goto out;
	if ((r = file_write(path, v.left.ptr, v.left.len, 0600)) == BW_OK)
		*n = v.gone;
out:
	bw_buf_free(&cut);
	bw_buf_free(&all);
	bw_buf_free(&v.left);
	return r;
}
