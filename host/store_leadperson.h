/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_leadperson.h - which leads of a sponsor are one person's.
 *
 * A share is what can be withdrawn, so a lead is a share; who shares at two
 * booths or on two days is there twice. A sponsor is told that by a key: the
 * same for all leads of one registration, as long as that is stored, and another
 * one for each sponsor, so that two sponsors find nobody by it. It is the
 * registration's number, enciphered under a secret of the store's, and cut. A lead that gives neither name nor address has
 * none: its holder did not say whose it is, and no other lead of the same person
 * says it instead.
 */
#ifndef HOST_STORE_LEADPERSON_H
#define HOST_STORE_LEADPERSON_H

#include "host/store.h"

#define PERSON_FIELDS (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))
#define PERSON_KEY_SIZE 14	/* "p" and 12 digits: no program reads a number */

struct person_keys {
	struct crypto_block *cipher;	/* of a sponsor */
};
BW_MUST_USE bw_err person_keys_load(struct store *s, const char *sponsor,
    struct person_keys *out);
/* Wipes; what is all zero is freed, too. */
void person_keys_free(struct person_keys *k);
BW_MUST_USE bw_err person_key(const struct person_keys *k,
    uint64_t registration, char out[static PERSON_KEY_SIZE]);

#endif
