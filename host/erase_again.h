/* SPDX-License-Identifier: Apache-2.0 */
/*
 * erase_again.h - what the record of the deleted has and the store has not:
 * somebody put a backup back, or an erasure was cut off. Who is there is due at
 * once, whatever was planned or is held; who is not there is kept out again.
 * After it nobody of the record is given out, done or not: who is due is withheld
 * (store_unerased_is).
 */
#ifndef HOST_ERASE_AGAIN_H
#define HOST_ERASE_AGAIN_H

#include "host/store.h"

/* A transaction; before what is due is looked for. All erasures wait until the
 * record can be read: BW_ERR_FORMAT and others, which were said in the log. */
BW_MUST_USE bw_err erase_again(const char *dir, struct store *s, int64_t now);

typedef bw_err (*erase_final_cb)(void *arg, uint64_t registration);
/* Whose erasure is final but not done yet, each once: their line is there, or was
 * in an older store. No hold stops them. Errors as of erase_again. */
BW_MUST_USE bw_err erase_final(const char *dir, struct store *s,
    erase_final_cb cb, void *arg);

#endif
