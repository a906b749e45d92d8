// SPDX-License-Identifier: Apache-2.0
#include "base/err.h"

static const char *const sentences[BW_ERR_COUNT_] = {
	[BW_OK] = "ok",
	[BW_ERR_ARG] = "an argument is out of range",
	[BW_ERR_NOMEM] = "out of memory",
	[BW_ERR_IO] = "the system refused to read or write",
	[BW_ERR_FORMAT] = "the bytes break their format",
	[BW_ERR_BOUND] = "over the allowed size",
	[BW_ERR_SIG] = "the signature does not verify",
	[BW_ERR_CHAIN] = "the entry does not follow the one before it",
	[BW_ERR_COMMIT] = "the body does not match its commitment",
	[BW_ERR_ROOT] = "the checkpoint does not match the entries",
	[BW_ERR_KEY] = "there is no fitting key",
	[BW_ERR_CRYPTO] = "the crypto library failed",
	[BW_ERR_NOTFOUND] = "not found",
	[BW_ERR_EXISTS] = "it exists already",
	[BW_ERR_BUSY] = "in use by another process",
	[BW_ERR_TIMEOUT] = "the deadline passed",
	[BW_ERR_DENIED] = "not allowed",
	[BW_ERR_FULL] = "no room left",
	[BW_ERR_OLD] = "older than what is already held",
	[BW_ERR_EXPIRED] = "no longer valid",
	[BW_ERR_FORK] = "another root for a size already verified",
	[BW_ERR_GAP] = "begins beyond what is held",
	[BW_ERR_GONE] = "the other side went away",
};

const char *
bw_strerror(bw_err e)
{
	if ((unsigned)e >= BW_ERR_COUNT_)
		return "unknown error";
	return sentences[e];
}
