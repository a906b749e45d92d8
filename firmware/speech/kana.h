/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kana.h - Japanese as it sounds: the voice knows no kanji, kakasi(1) knows
 * how they are read.
 */
#ifndef SPEECH_KANA_H
#define SPEECH_KANA_H

#include "base/buf.h"

/* SSML of a language with all kanji of its Japanese parts in hiragana: all of
 * it when lang is "ja", but for what stands inside <voice xml:lang="…"> of
 * another language; what stands inside <voice xml:lang="ja"> in others.
 * BW_ERR_NOTFOUND when kakasi does not run; BW_ERR_IO. */
BW_MUST_USE bw_err kana(const char *lang, const char *ssml,
    struct bw_buf *out);

#endif
