/* SPDX-License-Identifier: Apache-2.0 */
/*
 * health.h - what a device says of itself (FORMATS.md, POST status).
 *
 * It is read leniently, since devices are of other versions than the host: what
 * is missing or no plain word is "", and nothing else is kept.
 */
#ifndef HOST_HEALTH_H
#define HOST_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define HEALTH_WORD_MAX 31
struct health {
	bool told;			/* it has said anything at all */
	char version[HEALTH_WORD_MAX + 1];
	char clock[HEALTH_WORD_MAX + 1];	/* "ntp", "rtc" … */
	char reader[HEALTH_WORD_MAX + 1];	/* "ready", or why not */
	char trouble[HEALTH_WORD_MAX + 1];	/* why the booth is closed */
	char storage[HEALTH_WORD_MAX + 1];	/* "ok", "low", "full" */
	uint64_t backlog;		/* entries that wait */
	uint64_t time_left;		/* seconds until they are sent; 0 */
};

/* BW_ERR_FORMAT: no JSON object. */
BW_MUST_USE bw_err health_parse(const void *json, size_t len,
    struct health *out);
/* Whether all words are the same; numbers change all the time. */
bool health_same(const struct health *a, const struct health *b);
/* The words alone, for health_parse. */
BW_MUST_USE bw_err health_words(const struct health *h, struct bw_buf *out);

#endif
