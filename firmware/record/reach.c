// SPDX-License-Identifier: Apache-2.0
#include "record/reach.h"

#include <string.h>

static const struct {
	const char *word, *sentence;
} reaches[] = {
	[REACH_OK] = { "", "it can be reached" },
	[REACH_NAME] = { "name", "its name is not known here; look at the "
	    "address and at this device's network" },
	[REACH_CONNECT] = { "connect", "nobody answers at its address; look "
	    "whether the host runs, and at this device's network" },
	[REACH_TIMEOUT] = { "timeout", "it does not answer in time" },
	[REACH_CERTIFICATE] = { "certificate", "its certificate is not "
	    "trusted, or is not its own; if the event has a certificate of "
	    "its own, name its file with badgeward-uplink's --ca" },
	[REACH_CA_FILE] = { "ca-file", "the file that --ca names holds no "
	    "certificates or cannot be read" },
	[REACH_TLS] = { "tls", "no safe connection can be made with it; is "
	    "there https at its address?" },
	[REACH_ANSWER] = { "answer", "its answer broke off or is none" },
	[REACH_BUSY] = { "busy", "it answers that it cannot do this now" },
};

#define NREACHES (sizeof(reaches) / sizeof(reaches[0]))

const char *
reach_word(enum reach r)
{
	return reaches[r].word;
}

enum reach
reach_of_word(const char *word, size_t len)
{
	for (size_t i = 0; i < NREACHES; i++)
		if (strlen(reaches[i].word) == len &&
		    memcmp(reaches[i].word, word, len) == 0)
			return (enum reach)i;
	return REACH_OK;
}

const char *
reach_sentence(enum reach r)
{
	return reaches[r].sentence;
}
