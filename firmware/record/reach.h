/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reach.h - why a host cannot be reached: a word of this list is all that the
 * uplink tells the kiosk about it (uplink.json, "reason"), never a text that
 * came from the network.
 */
#ifndef RECORD_REACH_H
#define RECORD_REACH_H

#include <stddef.h>

enum reach {
	REACH_OK = 0,		/* "": it can, or nothing is known */
	REACH_NAME,		/* no such host */
	REACH_CONNECT,		/* nobody listens there, or the way is cut */
	REACH_TIMEOUT,
	REACH_CERTIFICATE,	/* it is not trusted */
	REACH_CA_FILE,		/* the file of trusted ones cannot be read */
	REACH_TLS,
	REACH_ANSWER,		/* it broke off, or is too long */
	REACH_BUSY		/* the host answers that it cannot now */
};
#define REACH_WORD_MAX 16

const char *reach_word(enum reach r);
/* REACH_OK for a word that is not in the list. */
enum reach reach_of_word(const char *word, size_t len);
/* What is wrong and what to do, without a full stop. Static. */
const char *reach_sentence(enum reach r);

#endif
