// SPDX-License-Identifier: Apache-2.0
#include "host/password.h"

#include <argon2.h>
#include <ctype.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

#include "base/file.h"
#include "base/text.h"
#include "record/crypto.h"

#define LANES 1
#define SALT 16
#define HASH 32
#define SALT_TEXT 22	/* in base64, its padding left out */
#define HASH_TEXT 43
#define KIB_MAX (256 * 1024)	/* of what is checked */

/* What all hashing of the process shares: memory is the process's. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t free;
	unsigned busy, waiting;
} desk = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0 };

static bw_err
desk_take(void)
{
	bw_err r = BW_ERR_BUSY;

	pthread_mutex_lock(&desk.lock);
	if (desk.busy >= PASSWORD_AT_ONCE && desk.waiting >= PASSWORD_WAITING)
		goto out;
	desk.waiting++;
	while (desk.busy >= PASSWORD_AT_ONCE)
		pthread_cond_wait(&desk.free, &desk.lock);
	desk.waiting--;
	desk.busy++;
	r = BW_OK;
out:
	pthread_mutex_unlock(&desk.lock);
	return r;
}

static void
desk_give(void)
{
	pthread_mutex_lock(&desk.lock);
	desk.busy--;
	pthread_cond_signal(&desk.free);
	pthread_mutex_unlock(&desk.lock);
}

const char *const password_faults[PASSWORD_FAULTS] = {
	"It needs at least 12 characters.",
	"It has more than 128 characters.",
	"It holds something that is no text.",
	"It is too easy to guess: take another one.",
};

/* Characters of UTF-8. */
static size_t
count(const char *s)
{
	size_t n = 0;

	for (; *s != 0; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* Whether it is some word of the event or mail again and again, or hardly
 * more than one: what is left without it is short. */
static bool
is_about(const char *password, const char *word)
{
	size_t len = strlen(word), left = 0;

	if (len < 3)
		return false;
	for (const char *p = password; *p != 0;) {
		if (strncasecmp(p, word, len) == 0)
			p += len;
		else
			left += isalnum((unsigned char)*p++) != 0;
	}
	return left < 6 && left < strlen(password);
}

/* One character, or a run of the keyboard or the alphabet, again and again. */
static bool
is_run(const char *password)
{
	static const char *const runs[] = { "0123456789", "9876543210",
		"1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop",
		"qwertzuiop", "asdfghjkl", "password", "passwort", "badgeward",
		"letmein", "welcome", "iloveyou", "admin", "123456", "abc123" };
	size_t step = 0;

	for (const char *p = password; p[0] != 0 && p[1] != 0; p++)
		step += p[0] != p[1];
	if (step < 3)
		return true;
	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
		if (is_about(password, runs[i]))
			return true;
	return false;
}

static bool
is_mail(const char *password, const char *mail)
{
	char local[PASSWORD_BYTES_MAX];
	const char *at = strchr(mail, '@');

	if (is_about(password, mail))
		return true;
	if (at == NULL)
		return false;
	snprintf(local, sizeof(local), "%.*s", (int)(at - mail), mail);
	return is_about(password, local) || is_about(password, at + 1);
}

const char *
password_fault(const char *password, const char *mail, const char *event)
{
	size_t len = strnlen(password, PASSWORD_BYTES_MAX + 1);

	if (len > PASSWORD_BYTES_MAX)
		return password_faults[1];
	if (!text_is_clean(password, len))
		return password_faults[2];
	if (count(password) < PASSWORD_MIN)
		return password_faults[0];
	if (count(password) > PASSWORD_MAX)
		return password_faults[1];
	if (is_run(password) || is_mail(password, mail) ||
	    is_about(password, event))
		return password_faults[3];
	return NULL;
}

/* What a password is hashed with, and to. */
struct hashed {
	uint32_t kib, passes, lanes;
	uint8_t salt[SALT], hash[HASH];
};

/* From the system and back to it: by malloc every thread would keep its piece,
 * and the bound would be on nothing. */
static int
room_take(uint8_t **out, size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*out = p != MAP_FAILED ? p : NULL;
	return p != MAP_FAILED ? ARGON2_OK : ARGON2_MEMORY_ALLOCATION_ERROR;
}

static void
room_give(uint8_t *p, size_t n)
{
	munmap(p, n);
}

/* Fill in the hash. */
static bw_err
work(struct hashed *h, const char *password)
{
	char copy[PASSWORD_BYTES_MAX + 1];
	argon2_context c = { .out = h->hash, .outlen = HASH,
		.pwd = (uint8_t *)copy, .pwdlen = (uint32_t)strlen(password),
		.salt = h->salt, .saltlen = SALT, .t_cost = h->passes,
		.m_cost = h->kib, .lanes = h->lanes, .threads = 1,
		.version = ARGON2_VERSION_13, .allocate_cbk = room_take,
		.free_cbk = room_give, .flags = ARGON2_DEFAULT_FLAGS };
	bw_err r;
	int rc;

	if ((r = desk_take()) != BW_OK)
		return r;
	memcpy(copy, password, c.pwdlen + 1);
	rc = argon2id_ctx(&c);
	desk_give();
	explicit_bzero(copy, sizeof(copy));
	if (rc == ARGON2_OK)
		return BW_OK;
	return rc == ARGON2_MEMORY_ALLOCATION_ERROR ? BW_ERR_NOMEM :
	    BW_ERR_CRYPTO;
}

/* "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", as libargon2 writes it too. */
static bw_err
encode(const struct hashed *h, char out[static PASSWORD_ENCODED_MAX + 1])
{
	struct bw_buf salt = BW_BUF_INIT(64), hash = BW_BUF_INIT(64);
	bw_err r;

	if ((r = text_b64(&salt, h->salt, SALT)) == BW_OK &&
	    (r = text_b64(&hash, h->hash, HASH)) == BW_OK)
		snprintf(out, PASSWORD_ENCODED_MAX + 1, "$argon2id$v=19$m=%"
		    PRIu32 ",t=%" PRIu32 ",p=%" PRIu32 "$%.*s$%.*s", h->kib,
		    h->passes, h->lanes, SALT_TEXT, (const char *)salt.ptr,
		    HASH_TEXT, (const char *)hash.ptr);
	bw_buf_free(&salt);
	bw_buf_free(&hash);
	return r;
}

static bw_err
unb64(const char *s, const char *padding, void *out, size_t n)
{
	struct bw_buf b = BW_BUF_INIT(n);
	char text[64];
	bw_err r;

	snprintf(text, sizeof(text), "%s%s", s, padding);
	if ((r = text_unb64(text, strlen(text), &b)) == BW_OK)
		r = b.len == n ? BW_OK : BW_ERR_FORMAT;
	if (r == BW_OK)
		memcpy(out, b.ptr, n);
	bw_buf_free(&b);
	return r;
}

static bw_err
decode(const char *encoded, struct hashed *h)
{
	char salt[SALT_TEXT + 1], hash[HASH_TEXT + 1];
	int end = 0;
	bw_err r;

	/* NOLINTNEXTLINE(cert-err34-c): bounded below */
	if (sscanf(encoded, "$argon2id$v=19$m=%7" SCNu32 ",t=%2" SCNu32
	    ",p=%1" SCNu32 "$%22[A-Za-z0-9+/]$%43[A-Za-z0-9+/]%n", &h->kib,
	    &h->passes, &h->lanes, salt, hash, &end) != 5 ||
	    encoded[end] != 0 || h->kib > KIB_MAX)
		return BW_ERR_FORMAT;
	if ((r = unb64(salt, "==", h->salt, SALT)) != BW_OK)
		return r;
	return unb64(hash, "=", h->hash, HASH);
}

bw_err
password_hash(const char *password, char out[static PASSWORD_ENCODED_MAX + 1])
{
	struct hashed h = { .kib = PASSWORD_KIB, .passes = PASSWORD_PASSES,
		.lanes = LANES };
	bw_err r;

	memset(out, 0, PASSWORD_ENCODED_MAX + 1);
	if (strnlen(password, PASSWORD_BYTES_MAX + 1) > PASSWORD_BYTES_MAX)
		return BW_ERR_BOUND;
	if ((r = bw_random(h.salt, SALT)) == BW_OK &&
	    (r = work(&h, password)) == BW_OK)
		r = encode(&h, out);
	explicit_bzero(&h, sizeof(h));
	return r;
}

/* Nobody's: work like a check's, and no. */
static bw_err
check_none(const char *password)
{
	char waste[PASSWORD_ENCODED_MAX + 1];
	bw_err r = password_hash(password, waste);

	explicit_bzero(waste, sizeof(waste));
	return r == BW_OK ? BW_ERR_DENIED : r;
}

bw_err
password_check(const char *encoded, const char *password, bool *again)
{
	struct hashed is, want;
	bw_err r;

	*again = false;
	if (strnlen(password, PASSWORD_BYTES_MAX + 1) > PASSWORD_BYTES_MAX)
		password = "";		/* nobody's, and no more work */
	if (encoded == NULL)
		return check_none(password);
	if ((r = decode(encoded, &want)) != BW_OK)
		return r;
	is = want;
	if ((r = work(&is, password)) == BW_OK &&
	    !crypto_equal(is.hash, want.hash, HASH))
		r = BW_ERR_DENIED;
	*again = r == BW_OK && (want.kib != PASSWORD_KIB ||
	    want.passes != PASSWORD_PASSES || want.lanes != LANES);
	explicit_bzero(&is, sizeof(is));
	explicit_bzero(&want, sizeof(want));
	return r;
}
