// SPDX-License-Identifier: Apache-2.0
#include "record/checkpoint.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "record/entry.h"
#include "record/note_line.h"

#define NAME_SUFFIX "/host"
#define NAME_SIZE (ORIGIN_MAX + sizeof(NAME_SUFFIX))
#define TIME_LEN 8

static bw_err
host_name(const char *log, char out[static NAME_SIZE])
{
	if (!origin_ok(log, strlen(log)))
		return BW_ERR_ARG;
	snprintf(out, NAME_SIZE, "%s" NAME_SUFFIX, log);
	return BW_OK;
}

/* SHA-256(name || LF || prefix || SPKI)[0:4] */
static bw_err
host_kid(const char *name, const uint8_t *spki,
    uint8_t kid[static CRYPTO_KID])
{
	const struct bw_part parts[] = {
		PART(name, strlen(name)), PART_STR("\n"), PART_STR("\xff"),
		PART_STR0("badgeward.org/ecdsa-p256-cosignature/v1"),
		PART(spki, CRYPTO_SPKI)
	};
	uint8_t hash[CRYPTO_HASH];
	bw_err r = crypto_sha256(parts, 5, hash);

	memcpy(kid, hash, CRYPTO_KID);
	return r;
}

/* What is signed: a head with the time, then the checkpoint's text. */
#define HEAD_SIZE 64
static struct bw_part
head_part(char head[static HEAD_SIZE], uint64_t time)
{
	int n = snprintf(head, HEAD_SIZE, "cosignature/v1\ntime %llu\n",
	    (unsigned long long)time);

	return PART(head, (size_t)n);
}

bw_err
cosign_line(const char *note, size_t len, const char *log,
    const struct crypto_key *host_key, uint64_t time, struct bw_buf *out)
{
	uint8_t blob[CRYPTO_KID + TIME_LEN + CRYPTO_DER_MAX];
	uint8_t sig[CRYPTO_SIG];
	char name[NAME_SIZE], head[HEAD_SIZE];
	struct checkpoint c;
	struct bw_cur text, lines;
	struct bw_part parts[2];
	size_t der_len;
	bw_err r;

	if (time > ENTRY_NUMBER_MAX)
		return BW_ERR_ARG;
	if ((r = checkpoint_peek(note, len, &c)) != BW_OK ||
	    (r = note_cut(note, len, &text, &lines)) != BW_OK ||
	    (r = host_name(log, name)) != BW_OK ||
	    (r = host_kid(name, crypto_key_spki(host_key), blob)) != BW_OK)
		return r;
	parts[0] = head_part(head, time);
	parts[1] = PART(text.ptr, text.len);
	if ((r = crypto_sign(host_key, parts, 2, sig)) != BW_OK)
		return r;
	for (unsigned i = 0; i < TIME_LEN; i++)
		blob[CRYPTO_KID + i] = (uint8_t)(time >> (56 - 8 * i));
	if ((r = crypto_sig_to_der(sig, blob + CRYPTO_KID + TIME_LEN,
	    &der_len)) != BW_OK)
		return r;
	return note_line_put(out, name, blob,
	    CRYPTO_KID + TIME_LEN + der_len);
}

static bw_err
check_blob(const struct note_line *line, struct bw_cur text,
    const uint8_t *spki, uint64_t *time)
{
	struct bw_cur c = { line->blob + CRYPTO_KID,
		line->blob_len - CRYPTO_KID };
	uint8_t sig[CRYPTO_SIG];
	char head[HEAD_SIZE];
	struct bw_part parts[2];
	uint64_t when;
	bw_err r;

	if (bw_cur_be64(&c, &when) != BW_OK || when > ENTRY_NUMBER_MAX ||
	    crypto_sig_from_der(c.ptr, c.len, sig) != BW_OK)
		return BW_ERR_SIG;
	parts[0] = head_part(head, when);
	parts[1] = PART(text.ptr, text.len);
	if ((r = crypto_verify(spki, parts, 2, sig)) == BW_OK)
		*time = when;
	return r;
}

bw_err
cosign_verify(const char *note, size_t len, const char *log,
    const uint8_t host_spki[static CRYPTO_SPKI], uint64_t *time)
{
	struct note_line line;
	struct bw_cur text, lines;
	struct checkpoint c;
	char name[NAME_SIZE];
	uint8_t kid[CRYPTO_KID];
	bw_err r;

	*time = 0;
	if ((r = checkpoint_peek(note, len, &c)) != BW_OK ||
	    (r = note_cut(note, len, &text, &lines)) != BW_OK ||
	    (r = host_name(log, name)) != BW_OK ||
	    (r = host_kid(name, host_spki, kid)) != BW_OK ||
	    (r = note_line_find(lines, name, kid, &line)) != BW_OK)
		return r;
	return check_blob(&line, text, host_spki, time);
}
