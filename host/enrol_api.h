/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol_api.h - how an invited device becomes an enrolled one (FORMATS.md,
 * Enrolment). Each fills in the whole answer.
 */
#ifndef HOST_ENROL_API_H
#define HOST_ENROL_API_H

#include "host/host.h"

#define ENROL_POST_MAX 16384	/* bytes of the POST */
#define ENROL_ANSWER_SECONDS (24 * 3600)

void enrol_get(struct call *c);
void enrol_post(struct call *c);

#endif
