/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalogue.h - the portal's sentences in other languages.
 *
 * The source says them in English; po/de.po has them in German. gettext() would
 * be bound to the language of the process, so the catalogue is in the program
 * and is looked up for each request.
 */
#ifndef HOST_PORTAL_CATALOGUE_H
#define HOST_PORTAL_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

#include "host/http.h"

/* Marks a sentence that is said later, for xgettext. */
#define N_(sentence) sentence

/* The sentence in a language; as it is when that has none. */
const char *catalogue_find(const char *lang, const char *sentence);
/* The same from a catalogue (.mo) that stands in memory; NULL: it has none. */
const char *catalogue_in(const uint8_t *mo, size_t len, const char *sentence);

#endif
