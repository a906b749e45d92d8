/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy_kept.h - the texts of the policies in DIR/policy, N.conf of version N, and
 * beside each N.logos: a line per sponsor that has a logo, its id and the SHA-256
 * of the picture as devices get it. Another picture is another policy, by its
 * hash, though its text is the same.
 *
 * The store's own are what counts. But over a store that was put back these are
 * all that is left of what people agreed to since the copy: none of their
 * numbers is given to another text, and none is written over.
 *
 * What else lies there is passed over, and so is a number above POLICY_KEPT_MAX,
 * or for _last one that is POLICY_KEPT_AHEAD above the store's: no event has as
 * many, and it must not use up all there are.
 */
#ifndef HOST_POLICY_KEPT_H
#define HOST_POLICY_KEPT_H

#include "base/file.h"
#include "host/hostdir.h"
#include "host/policyfile.h"
#include "host/store.h"

#define POLICY_KEPT_MAX 999999u
#define POLICY_KEPT_AHEAD 10000u

/* The highest number that a text there has, of whatever kind its file is; 0:
 * none. stored: the store's own highest. */
BW_MUST_USE bw_err policy_kept_last(const struct hostdir *h, uint64_t stored,
    uint64_t *out);

/* Each that the store has not, from the lowest number on. An error of the
 * callback ends it and is given. */
typedef bw_err (*policy_kept_cb)(void *arg, uint64_t n);
BW_MUST_USE bw_err policy_kept_lost(const struct hostdir *h, struct store *s,
    policy_kept_cb cb, void *arg);

struct policy_found {
	uint64_t n;		/* the lowest that is this policy; 0: none */
	uint64_t other;		/* n is 0: one of its text, whose logos are
				 * others; 0: none */
};
/* Among those above `after` that the store has not. p is what the text says, with
 * its logos. One without N.logos is taken by its text. */
BW_MUST_USE bw_err policy_kept_find(const struct hostdir *h, struct store *s,
    const struct policyfile *p, const struct bw_buf *text, uint64_t after,
    struct policy_found *out);

/* Write the text of a version, and which logos it has. Its path is given if it was
 * not there: remove it when the commit fails. BW_ERR_FORMAT: another one has its
 * name; BW_ERR_DENIED: DIR/policy is a link that another user made. */
BW_MUST_USE bw_err policy_kept_put(const struct hostdir *h,
    const char *version, const struct policyfile *p,
    const struct bw_buf *text, char path[static FILE_PATH_MAX]);

#endif
