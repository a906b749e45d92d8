// SPDX-License-Identifier: Apache-2.0
#include "host/policy_kept.h"

#include <sys/stat.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "host/hostfile.h"
#include "record/crypto.h"

#define SUFFIX ".conf"
#define LOGOS ".logos"
#define NAME_SIZE (BODY_VERSION_MAX + sizeof(LOGOS))

/* 0: it is no such name. */
static uint64_t
number_of(const char *name)
{
	const size_t len = strlen(name), end = sizeof(SUFFIX) - 1;
	uint64_t n;

	if (len <= end || strcmp(name + len - end, SUFFIX) != 0 ||
	    text_number(name, len - end, POLICY_KEPT_MAX, &n) != BW_OK)
		return 0;
	return n;
}

static int
by_number(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* All their numbers, from the lowest on; the caller frees them. */
static bw_err
numbers(const struct hostdir *h, uint64_t **out, size_t *n)
{
	struct file_list l = { 0 };
	bw_err r = file_list(h->policy_path, &l);

	*n = 0;
	*out = NULL;
	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r == BW_OK && (*out = calloc(l.n + 1, sizeof(**out))) == NULL)
		r = BW_ERR_NOMEM;
	for (size_t i = 0; r == BW_OK && i < l.n; i++)
		if (((*out)[*n] = number_of(l.name[i])) != 0)
			++*n;
	if (*n != 0)
		qsort(*out, *n, sizeof(**out), by_number);
	file_list_free(&l);
	return r;
}

bw_err
policy_kept_last(const struct hostdir *h, uint64_t stored, uint64_t *out)
{
	uint64_t *at;
	size_t n;
	bw_err r = numbers(h, &at, &n);

	while (n != 0 && at[n - 1] > stored + POLICY_KEPT_AHEAD)
		n--;
	*out = n == 0 ? 0 : at[n - 1];
	free(at);
	return r;
}

static bw_err
is_stored(struct store *s, uint64_t n, bool *yes)
{
	char version[BODY_VERSION_MAX + 1];
	int64_t until;
	bw_err r;

	snprintf(version, sizeof(version), "%" PRIu64, n);
	r = store_policy_until(s, version, &until);
	*yes = r == BW_OK;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
policy_kept_lost(const struct hostdir *h, struct store *s, policy_kept_cb cb,
    void *arg)
{
	uint64_t *at;
	size_t n;
	bool stored;
	bw_err r = numbers(h, &at, &n);

	for (size_t i = 0; r == BW_OK && i < n; i++)
		if ((r = is_stored(s, at[i], &stored)) == BW_OK && !stored)
			r = cb(arg, at[i]);
	free(at);
	return r;
}

/* "acme 5f…" for each that has one. */
static bw_err
logos_of(const struct policyfile *p, struct bw_buf *out)
{
	char line[TEXT_ID_MAX + TEXT_HEX_SIZE(CRYPTO_HASH) + 4];
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)];
	uint8_t hash[CRYPTO_HASH];
	bw_err r = BW_OK;

	for (size_t i = 0; i < p->n && r == BW_OK; i++) {
		const struct bw_buf *rgba = &p->part[i]->logo.rgba;
		const struct bw_part bytes = { rgba->ptr, rgba->len };

		if (rgba->len == 0)
			continue;
		r = crypto_sha256(&bytes, 1, hash);
		text_hex(hash, sizeof(hash), hex);
		snprintf(line, sizeof(line), "%s %s\n",
		    p->part[i]->sponsor.id, hex);
		if (r == BW_OK)
			r = bw_buf_put_str(out, line);
	}
	return r;
}

/* BW_ERR_NOTFOUND: there is none. What cannot be read, or is no file, is
 * another text. */
static bw_err
is_text(const char *path, const struct bw_buf *text, bool *yes)
{
	struct bw_buf b = BW_BUF_INIT(POLICYFILE_MAX + 1);
	bw_err r = file_read(path, &b);

	*yes = r == BW_OK && b.len == text->len &&
	    memcmp(b.ptr, text->ptr, b.len) == 0;
	bw_buf_free(&b);
	return r == BW_ERR_NOTFOUND || r == BW_ERR_NOMEM ? r : BW_OK;
}

struct find {
	const struct hostdir *h;
	const struct bw_buf *text, *logos;
	uint64_t after;
	struct policy_found *out;
};

static bw_err
is_file(const struct find *f, uint64_t n, const char *suffix,
    const struct bw_buf *text, bool *yes)
{
	char name[NAME_SIZE], path[FILE_PATH_MAX];
	bw_err r;

	*yes = false;
	snprintf(name, sizeof(name), "%" PRIu64 "%s", n, suffix);
	r = file_path(path, f->h->policy_path, name);
	return r != BW_OK ? r : is_text(path, text, yes);
}

static bw_err
look(void *arg, uint64_t n)
{
	const struct find *f = arg;
	bool same, shown;
	bw_err r;

	if (n <= f->after || f->out->n != 0)
		return BW_OK;
	r = is_file(f, n, SUFFIX, f->text, &same);
	if (r != BW_OK || !same)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	r = is_file(f, n, LOGOS, f->logos, &shown);
	if (r == BW_OK && !shown)
		f->out->other = n;
	else if (r == BW_OK || r == BW_ERR_NOTFOUND)
		f->out->n = n;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
policy_kept_find(const struct hostdir *h, struct store *s,
    const struct policyfile *p, const struct bw_buf *text, uint64_t after,
    struct policy_found *out)
{
	struct bw_buf logos = BW_BUF_INIT(POLICYFILE_MAX);
	struct find f = { h, text, &logos, after, out };
	bw_err r = logos_of(p, &logos);

	memset(out, 0, sizeof(*out));
	if (r == BW_OK)
		r = policy_kept_lost(h, s, look, &f);
	if (out->n != 0)
		out->other = 0;
	bw_buf_free(&logos);
	return r;
}

/* Root, who may write anywhere, writes only there. */
static bool
is_led_away(const struct hostdir *h)
{
	struct stat st;

	return lstat(h->policy_path, &st) == 0 && S_ISLNK(st.st_mode) &&
	    st.st_uid != geteuid();
}

/* Before the text, which makes it count. */
static bw_err
logos_put(const struct hostdir *h, const char *version,
    const struct policyfile *p)
{
	struct bw_buf logos = BW_BUF_INIT(POLICYFILE_MAX);
	char name[NAME_SIZE], at[FILE_PATH_MAX];
	bw_err r;

	snprintf(name, sizeof(name), "%s" LOGOS, version);
	if ((r = file_path(at, h->policy_path, name)) == BW_OK &&
	    (r = logos_of(p, &logos)) == BW_OK)
		r = hostfile_write(at, logos.ptr, logos.len, 0644);
	bw_buf_free(&logos);
	return r;
}

bw_err
policy_kept_put(const struct hostdir *h, const char *version,
    const struct policyfile *p, const struct bw_buf *text,
    char path[static FILE_PATH_MAX])
{
	char name[NAME_SIZE], at[FILE_PATH_MAX];
	bool same;
	bw_err r;

	path[0] = 0;
	if (is_led_away(h))
		return BW_ERR_DENIED;
	snprintf(name, sizeof(name), "%s" SUFFIX, version);
	if ((r = file_path(at, h->policy_path, name)) != BW_OK)
		return r;
	if ((r = is_text(at, text, &same)) != BW_ERR_NOTFOUND)
		return r != BW_OK || same ? r : BW_ERR_FORMAT;
	if ((r = logos_put(h, version, p)) == BW_OK &&
	    (r = hostfile_write(at, text->ptr, text->len, 0644)) == BW_OK)
		memcpy(path, at, sizeof(at));
	return r;
}
