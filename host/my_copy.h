/* SPDX-License-Identifier: Apache-2.0 */
/*
 * my_copy.h - everything that this event has about one registration, as one
 * JSON document (MY.md says its members): what a person gets as a copy, and
 * what the files and the page beside it are made of.
 */
#ifndef HOST_MY_COPY_H
#define HOST_MY_COPY_H

#include <jansson.h>

#include "host/host.h"

#define MY_COPY_FORMAT "badgeward-my-1"

/* One state of the store. files: with each share's receipt and proof, for which
 * its device's whole log is walked; a page shows none. language: of words.h, in
 * which it says what was done; all else is the same in every one. The document has values
 * of the person: free it with json_decref. Not inside a transaction. */
BW_MUST_USE bw_err my_copy(struct call *c, uint64_t registration,
    const char *language, bool files, json_t **out);

#endif
