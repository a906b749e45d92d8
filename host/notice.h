/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notice.h - the five sentences of the ask screen, composed for one sponsor
 * and language (record/policy.h, struct policy_notice).
 *
 * A sentence is a template with {sponsor}, {country}, {purpose} and {days}.
 * Each language has its own built in. A notice must be true, so a template
 * that leaves out what the law wants said there is refused: the title names
 * the sponsor, the purpose its country and purpose, the retention the days.
 */
#ifndef HOST_NOTICE_H
#define HOST_NOTICE_H

#include "base/err.h"
#include "record/policy.h"

enum notice_part {
	NOTICE_TITLE,
	NOTICE_PURPOSE,
	NOTICE_RETENTION,
	NOTICE_WITHDRAW,
	NOTICE_SILENCE
};
#define NOTICE_PARTS 5
/* "title", "purpose", "retention", "withdraw", "silence". */
const char *notice_part_name(enum notice_part p);

/* The languages that the kiosk speaks, "en" first, with their English names;
 * NULL for an i beyond the last. */
const char *notice_language(size_t i);
const char *notice_language_name(const char *lang);

/* The built-in template; NULL when the kiosk does not speak this language.
 * days chooses between "1 day" and "days". */
const char *notice_default(const char *lang, enum notice_part p,
    uint64_t days);

/* What the placeholders stand for. */
struct notice_facts {
	const char *sponsor;
	const char *country;	/* its name, in the notice's language */
	const char *purpose;
	uint64_t days;
};
/* Compose one sentence. BW_ERR_FORMAT: an unknown placeholder, a brace that
 * is not closed, or one missing that this part must have; BW_ERR_BOUND: over
 * POLICY_TEXT_MAX bytes. *why is a sentence part (static). */
BW_MUST_USE bw_err notice_compose(enum notice_part p, const char *pattern,
    const struct notice_facts *facts, char out[static POLICY_TEXT_MAX + 1],
    const char **why);

#endif
