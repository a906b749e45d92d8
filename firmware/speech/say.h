/* SPDX-License-Identifier: Apache-2.0 */
/*
 * say.h - a text aloud, by libespeak-ng, and libpcaudio, which it plays by.
 */
#ifndef SPEECH_SAY_H
#define SPEECH_SAY_H

#include <stddef.h>

#include "base/err.h"

/* Words a minute: slower than the library's 175, for a room full of people. */
#define SAY_RATE 150

/* Say SSML in a language (a tag, "pt-BR"), and return when it was heard. With
 * wav, a descriptor, write it there as a WAV file instead; else -1.
 * BW_ERR_NOTFOUND when there is no voice for the language, BW_ERR_GONE when
 * there is no sound card or server to say it by, BW_ERR_IO. */
BW_MUST_USE bw_err say(const char *lang, const char *ssml, int wav);

#endif
