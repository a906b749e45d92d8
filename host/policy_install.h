/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy_install.h - a policy that was read becomes the event's: its version,
 * the store, and the copy beside it for people.
 */
#ifndef HOST_POLICY_INSTALL_H
#define HOST_POLICY_INSTALL_H

#include "host/policyfile.h"
#include "host/store_renamed.h"

struct policy_next {
	char version[BODY_VERSION_MAX + 1];
	bool same;	/* it is in force: this very text with these logos */
	bool past;	/* it is below the one in force, which stays so */
	uint64_t other;	/* its text is that of a version that was lost, with
			 * other logos: refuse it, until staff have made it that
			 * one or another; 0: it is not so */
};
/* Versions count up from 1, and each is above all that were ever given out
 * (policy_kept.h). But a text that the store has lost, for an older one was put
 * back, is the version that it was: devices know it by that. One that is not
 * above the current one only if `past`. */
BW_MUST_USE bw_err policy_next_version(struct store *s,
    const struct hostdir *h, const struct policyfile *p,
    const struct bw_buf *text, bool past, struct policy_next *out);

/* Each sponsor of p whose id is in use under another name, `was`.
 * Unless staff say that it is the same company, such a policy is not to be
 * installed. An error of the callback ends it and is given. */
typedef bw_err (*policy_renamed_cb)(void *arg, const struct policy *now,
    const char *was);
BW_MUST_USE bw_err policy_renamed(struct store *s, const struct policyfile *p,
    policy_renamed_cb cb, void *arg);
/* What the audit's row of DID_POLICY_INSTALL says when staff did. */
#define POLICY_SAME_COMPANY "same-company"
/* Whether it has this sponsor. */
bool policyfile_has(const struct policyfile *p, const char *sponsor);

/* In the open transaction: fill p in for this version and install it, and write
 * DIR/policy/<version>.conf, whose path is given if it was not there: remove it
 * when the commit fails. The audit's row is the caller's. */
BW_MUST_USE bw_err policy_install(struct store *s, const struct hostdir *h,
    struct policyfile *p, const char *version, const struct bw_buf *text,
    int64_t now, char path[static FILE_PATH_MAX]);

#endif
