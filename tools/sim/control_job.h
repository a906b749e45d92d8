/* SPDX-License-Identifier: Apache-2.0 */
/*
 * control_job.h - what the files of control commands share: control_cmd.c
 * (the table, chip, faults, waits) and control_tag.c (tags).
 */
#ifndef SIM_CONTROL_JOB_H
#define SIM_CONTROL_JOB_H

#include "tools/sim/sim.h"

#define JOB_ARGS_MAX 8
#define JOB_COUNT_MAX 1000000	/* of whatever a command counts */

/* A command being done. */
struct job {
	struct sim *s;
	size_t n;				/* arguments given */
	const char *arg[JOB_ARGS_MAX];		/* the rest are "" */
	struct bw_buf *out;
	struct control_waiting *wait;
	bw_err r;				/* of writing the answer */
};

/* Append to the answer; 511 bytes at most. */
void job_say(struct job *j, const char *fmt, ...) BW_PRINTF(2, 3);
/* A decimal number up to max; len bytes from hex of either case. */
bool job_number(const char *text, uint64_t max, uint64_t *out);
bool job_hex(const char *text, uint8_t *out, size_t len);

typedef void job_run(struct job *j);

job_run job_tag_add, job_tag_delete, job_tag_present, job_tag_remove,
    job_tag_tear, job_tag_load, job_tag_dump, job_tag_poke,
    job_tag_wear;
/* The tags' part of the state: members of a JSON array. */
job_run job_tag_state;

#endif
