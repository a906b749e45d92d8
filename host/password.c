// SPDX-License-Identifier: Apache-2.0
#include "host/password.h"

#include <argon2.h>
#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/text.h"

#define LANES 1
#define SALT 16
#define HASH 32

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

static bw_err
failed(int rc)
{
	if (rc == ARGON2_OK)
		return BW_OK;
	return rc == ARGON2_MEMORY_ALLOCATION_ERROR ? BW_ERR_NOMEM :
	    BW_ERR_CRYPTO;
}

bw_err
password_hash(const char *password, char out[static PASSWORD_ENCODED_MAX + 1])
{
	uint8_t salt[SALT];
	bw_err r;

	out[0] = 0;
	if ((r = bw_random(salt, sizeof(salt))) != BW_OK ||
	    (r = desk_take()) != BW_OK)
		return r;
	r = failed(argon2id_hash_encoded(PASSWORD_PASSES, PASSWORD_KIB, LANES,
	    password, strlen(password), salt, sizeof(salt), HASH, out,
	    PASSWORD_ENCODED_MAX + 1));
	desk_give();
	if (r != BW_OK)
		explicit_bzero(out, PASSWORD_ENCODED_MAX + 1);
	return r;
}

static void
ours(char *out, size_t size)
{
	snprintf(out, size, "$argon2id$v=19$m=%d,t=%d,p=%d$", PASSWORD_KIB,
	    PASSWORD_PASSES, LANES);
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
	char head[48];
	bw_err r;
	int rc;

	*again = false;
	if (strnlen(password, PASSWORD_BYTES_MAX + 1) > PASSWORD_BYTES_MAX)
		password = "";		/* nobody's, and no more work */
	if (encoded == NULL)
		return check_none(password);
	if ((r = desk_take()) != BW_OK)
		return r;
	rc = argon2id_verify(encoded, password, strlen(password));
	desk_give();
	if (rc == ARGON2_VERIFY_MISMATCH)
		return BW_ERR_DENIED;
	if (rc != ARGON2_OK)
		return failed(rc) == BW_ERR_NOMEM ? BW_ERR_NOMEM :
		    BW_ERR_FORMAT;
	ours(head, sizeof(head));
	*again = strncmp(encoded, head, strlen(head)) != 0;
	return BW_OK;
}
