/* SPDX-License-Identifier: Apache-2.0 */
/*
 * once.h - the forms that were sent already, so that one counts once however
 * often its button is pressed, its page is loaded again or a browser repeats it.
 *
 * Each page gives its forms a value of its own (once_form.h). A form that comes
 * again with the same value, in the same session, to the same place and with
 * the same in it is a repeat; with anything else in it, somebody has typed it
 * anew. A page that is opened again has another value: what it sends is meant.
 *
 * In memory alone and bounded: a session's forms are forgotten with the oldest
 * first, and all of them when the host stops. No value of a form is kept.
 */
#ifndef HOST_ONCE_H
#define HOST_ONCE_H

#include "host/http.h"

#define ONCE_MAX 512u		/* forms of all sessions; more than threads */
#define ONCE_EACH 16u		/* of one */
#define ONCE_SECONDS 60		/* that a repeat waits for the first */
#define ONCE_TEXT_SIZE 1024u

struct once;

struct once_key {
	uint8_t session[CRYPTO_HASH];	/* of its secret */
	uint8_t form[CRYPTO_HASH];
};

BW_MUST_USE bw_err once_open(struct once **out);
/* After all have ended. Accepts NULL, nulls. */
void once_close(struct once **t);

/*
 * BW_OK: it comes for the first time; do it, then call once_end.
 * BW_ERR_EXISTS: it was done, and text is what once_end was told. While the
 * first is being done this waits: BW_ERR_GONE when whoever sent `in` has hung
 * up meanwhile, BW_ERR_TIMEOUT after ONCE_SECONDS. Threads may call it.
 */
BW_MUST_USE bw_err once_begin(struct once *t, const struct once_key *key,
    const struct http_request *in, char text[static ONCE_TEXT_SIZE]);
/* What a repeat is told, no secret; NULL: nothing was done, so that the same
 * may come again and be done. What is too long is cut. */
void once_end(struct once *t, const struct once_key *key, const char *text);

#endif
