/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tlogproof.h - read a C2SP tlog-proof of an entry (FORMATS.md, Receipt): its
 * extra line is the entry itself.
 */
#ifndef HOST_TLOGPROOF_H
#define HOST_TLOGPROOF_H

#include "base/buf.h"
#include "base/err.h"
#include "host/fault.h"
#include "record/checkpoint.h"
#include "record/entry.h"

#define TLOGPROOF_MAX 16384	/* bytes */
#define TLOGPROOF_HEAD "c2sp.org/tlog-proof@v1\n"

/* The signed checkpoint of one that was verified: a part of text. */
void tlogproof_note(const char *text, size_t len, struct bw_cur *out);

/* The entry that it proves under this key: its inclusion, the checkpoint's
 * signature and origin. BW_ERR_FORMAT, SIG or ROOT with *f. */
BW_MUST_USE bw_err tlogproof_verify(const char *text, size_t len,
    const char *origin, const uint8_t spki[static CRYPTO_SPKI],
    struct entry *out, struct checkpoint *c, struct fault *f);

#endif
