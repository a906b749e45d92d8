/* SPDX-License-Identifier: Apache-2.0 */
/*
 * keys.h - the kiosk's own keys: two files, and the field keys in memory.
 *
 * log.key signs the log, seal.key opens what the host sealed to this device.
 * Field keys never touch the disk: they are opened when a question begins and
 * wiped when it ends, so an idle kiosk holds none.
 */
#ifndef KIOSK_KEYS_H
#define KIOSK_KEYS_H

#include <stdbool.h>

#include "base/err.h"
#include "record/crypto.h"
#include "record/policy.h"
#include "record/seal.h"

struct keys {
	struct crypto_key *log;
	struct crypto_key *seal;	/* NULL once the policy has ended */
};

/* dir/log.key and dir/seal.key, 32 bytes each, made where missing. */
BW_MUST_USE bw_err keys_create(struct keys *k, const char *dir);
/* Open them. A seal.key that is missing is left NULL; BW_ERR_NOTFOUND when
 * log.key is missing, BW_ERR_KEY when a file is no key. */
BW_MUST_USE bw_err keys_open(struct keys *k, const char *dir);
void keys_close(struct keys *k);

/* The policy has ended: remove seal.key and forget it. */
BW_MUST_USE bw_err keys_end(struct keys *k, const char *dir);

/* The field keys of a policy, in memory that is never swapped out. BW_ERR_KEY
 * when there is no sealing key, when they are not sealed to it, or when they
 * are not exactly the keys of the fields that the policy names. */
BW_MUST_USE bw_err keys_fields_open(const struct keys *k,
    const struct policy *p, struct field_keys **out);
/* Wipe and free; accepts NULL, nulls. */
void keys_fields_close(struct field_keys **f);

#endif
