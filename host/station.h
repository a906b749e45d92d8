/* SPDX-License-Identifier: Apache-2.0 */
/*
 * station.h - the writing stations at the badge desk, and what each is to
 * write: a table in memory (STATIONS.md). A host that starts anew has an empty
 * one; stations that go on asking are in it again within a second.
 *
 * Threads may share a table. Times are unix seconds.
 */
#ifndef HOST_STATION_H
#define HOST_STATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "host/badge_found.h"
#include "host/fault.h"
#include "record/field.h"

#define STATIONS_MAX 64
#define STATION_LIVE_S 15	/* after its last word it counts as there */
#define STATION_WAIT_S 90	/* and its job as begun, or asked for */
#define STATION_OWNER_MAX 24	/* bytes of who logs a station in, with 0 */
#define STATION_WHY_MAX 24

enum station_state {
	STATION_IDLE = 0,	/* nothing was ordered yet */
	STATION_ORDERED,	/* the station has not asked yet */
	STATION_WAITING,	/* for a tag to be put on it */
	STATION_WRITING,	/* the badge was made, and is being written */
	STATION_DONE,		/* written and read back */
	STATION_FAILED,		/* see why */
	STATION_CANCELLED	/* by whoever ordered it */
};
/* "idle", "ordered", …; never NULL. */
const char *station_state_name(enum station_state st);
/* Something is still to happen. */
static inline bool
station_is_busy(enum station_state st)
{
	return st == STATION_ORDERED || st == STATION_WAITING ||
	    st == STATION_WRITING;
}

struct station_order {
	uint64_t registration;
	field_set fields;	/* 0: a pointer badge */
	bool reissue, overwrite;	/* as `badge write` has them */
};

struct station {
	char name[TEXT_ID_MAX + 1];
	char owner[STATION_OWNER_MAX];	/* whose token it has */
	int64_t seen;			/* its last word */
	bool live;
	uint64_t job;			/* 0: none yet */
	struct station_order order;
	enum station_state state;
	int64_t since;			/* of this state */
	char why[STATION_WHY_MAX];	/* failed: a word of station_why */
	struct fault said;		/* failed: what the host says */
	bw_err refused;			/* and its error; BW_OK else */
	uint8_t edition;		/* from writing on */
	struct badge_found over;	/* then: what it is written over */
	char type[12];			/* of the tag */
};

struct stations;
BW_MUST_USE bw_err stations_open(struct stations **out);
void stations_close(struct stations **t);
/* Rises with each change, so that a page knows when to look again. */
uint64_t stations_changes(struct stations *t);

/* Why a station could not write, as a sentence for the desk; NULL: there is no
 * such word. */
const char *station_why(const char *word);

/* ---- for pages ---- */

/* Those that were ever seen, by name, at most max of them; the count. */
size_t stations_list(struct stations *t, int64_t now, struct station *out,
    size_t max);
/* BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err station_get(struct stations *t, const char *name,
    int64_t now, struct station *out);
/* BW_ERR_NOTFOUND when it is not live, BW_ERR_BUSY when it has a job. */
BW_MUST_USE bw_err station_order(struct stations *t, const char *name,
    const struct station_order *what, int64_t now, uint64_t *job);
/* BW_ERR_NOTFOUND when that is not its job, or it has ended; BW_ERR_BUSY when
 * it is being written, which goes on. */
BW_MUST_USE bw_err station_cancel(struct stations *t, const char *name,
    uint64_t job, int64_t now);

/* ---- for stations; owner: who logged it in ---- */

/* It is there, and takes its order if it has one. BW_ERR_ARG: no name,
 * BW_ERR_BUSY: another one has it now, BW_ERR_FULL. */
BW_MUST_USE bw_err station_poll(struct stations *t, const char *name,
    const char *owner, int64_t now, struct station *out);
/* How its job goes: STATION_WAITING, STATION_DONE, or STATION_FAILED with its
 * why. BW_ERR_GONE when that is not its job any more, BW_ERR_ARG. */
BW_MUST_USE bw_err station_say(struct stations *t, const char *name,
    const char *owner, uint64_t job, enum station_state st, const char *why,
    int64_t now);
/* A tag lies on it: from here on the job cannot be cancelled. BW_ERR_GONE. */
BW_MUST_USE bw_err station_begin(struct stations *t, const char *name,
    const char *owner, uint64_t job, const char *type, int64_t now,
    struct station_order *what);
/* The badge was made (edition), over what lies there, or (0) not: the error, and
 * what the host says (both are copied). */
void station_made(struct stations *t, const char *name, uint64_t job,
    uint8_t edition, const struct badge_found *over, bw_err refused,
    const struct fault *said, int64_t now);

#endif
