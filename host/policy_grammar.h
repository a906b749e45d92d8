/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy_grammar.h - the keys of a policy file, and what is taken from them.
 * Between policyfile.c and policy_*.c only.
 */
#ifndef HOST_POLICY_GRAMMAR_H
#define HOST_POLICY_GRAMMAR_H

#include <confuse.h>

#include "host/policyfile.h"
#include "host/retain.h"

/* Where a key stood. */
struct seen {
	const cfg_opt_t *opt;
	unsigned line;
};
struct reading {
	struct fault_list *f;
	const char *event;	/* whose file it must be; NULL: anyone's */
	const cfg_t *top;
	struct seen *seen;	/* policy_parse owns it */
	size_t n, cap;
};
/* The line of a key; when it is not there of its section's end, 0 for one of
 * the whole file. */
unsigned reading_line(const struct reading *rd, cfg_t *cfg, const char *key);

/* Tell what libconfuse would take in silence or stop at, and keys that are not
 * in opts, and blank the comments; text has a zero behind len. BW_ERR_FORMAT
 * when the rest cannot be read; else what is wrong is in *f, and mended or
 * blanked, so that it can be. */
BW_MUST_USE bw_err policy_scan(char *text, size_t len, const cfg_opt_t *opts,
    struct fault_list *f);

/* The keys by section. libconfuse copies them, the pointers among them must
 * live as long as cfg_init runs. */
struct grammar {
	cfg_opt_t text[POLICY_LANGS + 1];	/* a key per language */
	cfg_opt_t ask[POLICY_LANGS + 1];
	cfg_opt_t notice[6];
	cfg_opt_t own_notice[6];
	cfg_opt_t question[3];
	cfg_opt_t retention[RETAIN_CLASSES + 1];
	cfg_opt_t sponsor[13];
	cfg_opt_t top[13];
};
void grammar_init(struct grammar *g);

/* What is done with the keys that were read. */
typedef bw_err (*policy_taker)(struct reading *rd, cfg_t *cfg, void *arg);
/* Scan and read a file and give its keys to take; rd has f and event. Threads
 * may call it. BW_OK: nothing is wrong. */
BW_MUST_USE bw_err policy_parse(const char *text, size_t len,
    struct reading *rd, policy_taker take, void *arg);

/* Check every value and fill *out. BW_ERR_FORMAT with the reading's fault, or
 * BW_ERR_NOMEM. */
BW_MUST_USE bw_err policy_take(struct reading *rd, cfg_t *cfg,
    struct policyfile *out);

/* Say what is wrong with a key, on its line. */
#define FAULT(rd, cfg, key, ...) \
	fault_add((rd)->f, reading_line((rd), (cfg), (key)), __VA_ARGS__)
/* Go on behind a fault, which counts in the end. */
#define ALSO(r, step) ((r) = policy_worse((r), (step)))
bw_err policy_worse(bw_err a, bw_err b);

/* What all sponsors have in common. */
struct common {
	struct reading *rd;
	cfg_t *top;
	struct policyfile *out;
	size_t nlangs;		/* those that are good; 0: no text is checked */
	bool partial;		/* there may be more, for the list is wrong */
	char lang[POLICY_LANGS][BODY_LANG_MAX + 1];
};
bool policy_is_listed(const struct common *c, const char *lang);

/* policy_texts.c; each fills the fault it returns. A text that must be there:
 * 1 to max bytes, clean. */
BW_MUST_USE bw_err policy_take_text(struct reading *rd, cfg_t *cfg,
    const char *key, char *out, size_t max);
BW_MUST_USE bw_err policy_take_purpose(const struct common *c, cfg_t *sec,
    struct policy *p);
/* Compose a sponsor's notices; its name, country, purposes and days are set. */
BW_MUST_USE bw_err policy_take_notices(const struct common *c, cfg_t *sec,
    struct policy *p);
/* A notice in a language that is not listed would never be shown. */
BW_MUST_USE bw_err policy_check_notices(const struct common *c, cfg_t *cfg);
BW_MUST_USE bw_err policy_take_questions(const struct common *c, cfg_t *cfg,
    struct policy *p);

#endif
