/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policyfile.h - the event's privacy policy as staff write it.
 *
 * A strict file (badgeward-policy.5): an unknown or repeated key is a fault
 * with its line and the nearest right name, and what the file does not allow
 * is denied. Reading it gives, for each sponsor, the policy that its devices
 * will get; the notices are composed here (notice.h).
 */
#ifndef HOST_POLICYFILE_H
#define HOST_POLICYFILE_H

#include <stdio.h>

#include "base/err.h"
#include "host/fault.h"
#include "host/hostdir.h"
#include "host/retain.h"
#include "host/store_contact.h"
#include "record/policy.h"

#define POLICYFILE_MAX (256u * 1024)	/* bytes */
#define POLICYFILE_SPONSORS 500
#define POLICYFILE_DAYS 3650		/* longest retention */
#define POLICYFILE_LOGO_NAME 100	/* bytes of a picture's name */

struct policyfile {
	char event[TEXT_ID_MAX + 1];
	struct store_contact who;		/* answers for the event */
	uint64_t valid_from, valid_until;	/* unix seconds */
	uint64_t retain_days;
	unsigned retain[RETAIN_CLASSES];	/* days at the host */
	size_t n;
	struct policy **part;	/* by sponsor, as in the file; event.id is set,
				 * version, serial and the rest of the event
				 * are policyfile_fill's, logo.rgba is
				 * policyfile_logos' */
	struct policyfile_logo {
		char name[POLICYFILE_LOGO_NAME + 1];	/* empty: none */
		size_t line;
	} *logo;		/* beside part */
};

/* Read it; event: whose it must be, NULL for anyone's. BW_ERR_FORMAT or
 * BW_ERR_BOUND with all that is wrong in *f, of form and of meaning, or
 * BW_ERR_NOMEM. Only where it is lost which bracket or quote closes which, no
 * more is told than what comes before. */
BW_MUST_USE bw_err policyfile_read(struct policyfile **out, const char *text,
    size_t len, const char *event, struct fault_list *f);
void policyfile_free(struct policyfile **p);

/* Read the pictures that it names, which lie in the folder dir: each a PNG
 * or an SVG, made small enough by another program (picture.h). BW_ERR_FORMAT with all that is wrong in *f, or
 * BW_ERR_NOMEM. */
BW_MUST_USE bw_err policyfile_logos(struct policyfile *p, const char *dir,
    struct fault_list *f);

/* Fill in what the host knows, whose event it must be: the event, its keys, the
 * version, serial 1. */
void policyfile_fill(struct policyfile *p, const struct hostdir *h,
    const char *version);

/* Say in plain sentences what it allows, per sponsor. */
void policyfile_print(const struct policyfile *p, FILE *out);
/* The two parts of that: the event's lines, and those of one sponsor, of which
 * the first is its name and all others begin with blanks. */
void policyfile_print_event(const struct policyfile *p, FILE *out);
void policyfile_print_sponsor(const struct policy *p, FILE *out);

#endif
