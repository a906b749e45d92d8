/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_leadlist.h - a sponsor's leads for people: in pages, searched, sorted.
 *
 * What is in a list is what an export made now would have (store_release_each);
 * a value that is not released is empty. The list by time is a merge of the
 * devices' logs, each from its end: a page costs as much as the leads on it,
 * however many there are. Its cursor says where in each log to go on, in some
 * four characters a device, so that leads which arrive meanwhile move nothing;
 * they are on the first page of the next look. Looking for something, or sorting
 * by something else, walks over leads, newest first, at most LEADLIST_WALK_MAX
 * in one call.
 */
#ifndef HOST_STORE_LEADLIST_H
#define HOST_STORE_LEADLIST_H

#include "host/search.h"
#include "host/store_leadperson.h"
#include "host/store_mark.h"

#define LEADLIST_PAGE_MAX 1000
#define LEADLIST_WALK_MAX 100000
#define LEADLIST_CURSOR_MAX 4096
#define LEADLIST_OTHERS 20

enum leadlist_sort {
	LEADLIST_TIME = 0,		/* newest first */
	LEADLIST_NAME, LEADLIST_COMPANY, /* rising, those without one last */
	LEADLIST_RATING			/* best first */
};

struct leadlist_query {
	const char *sponsor;
	enum leadlist_sort sort;
	/* NULL or "": in any released value, tag, answer or text, whatever the
	 * case of its letters; or the share's whole number, "k07-3". */
	const char *search;
	const char *device;		/* NULL or "": of all */
	/* NULL or "": any or none; the whole tag, whatever its case. */
	const char *tag;
	int rating;			/* at least; 0: any or none */
	/* 0, or: arrived at the host, marked, corrected or given back, at this
	 * time or later. */
	int64_t changed_since;
	const char *cursor;		/* NULL or "": the first page */
	unsigned limit;			/* 1 to LEADLIST_PAGE_MAX */
};

struct leadlist_lead {
	char device[TEXT_ID_MAX + 1];	/* share_id is device-seq */
	uint64_t device_num, seq;
	uint64_t edition;		/* that the values are of */
	uint64_t holder;		/* the registration: not for the sponsor */
	char person[PERSON_KEY_SIZE];	/* "": it is not said whose it is */
	uint64_t others;		/* of the same person, now; not counted
					 * beyond LEADLIST_OTHERS */
	int64_t time, arrived_at;
	int64_t keep_until;		/* when its sponsor may not any more */
	int64_t corrected_at;		/* or given back; 0: never */
	char version[BODY_VERSION_MAX + 1];	/* of the policy */
	field_set released;
	struct field_values values;	/* those released, others empty */
	struct store_mark mark;
	bool marked;			/* there may be something in it */
};
typedef bw_err (*leadlist_cb)(void *arg, const struct leadlist_lead *l);

struct leadlist_end {
	/* Opaque, of [0-9A-Za-z_-]; "" when this was the last page. By time it
	 * is stable; in another order it is a place in a list made anew. A page
	 * that is not full can have one: the walk came to its bound. */
	char cursor[LEADLIST_CURSOR_MAX];
	/* Sorted otherwise, and there are more leads than the newest
	 * LEADLIST_WALK_MAX that were sorted. */
	bool bounded;
};
/* One page. Not inside a snapshot. BW_ERR_NOTFOUND: unknown sponsor; _ARG: a
 * limit or a cursor that is none; _BOUND: more devices than a cursor holds. */
BW_MUST_USE bw_err leadlist_page(struct store *s,
    const struct leadlist_query *q, int64_t now, leadlist_cb cb, void *arg,
    struct leadlist_end *end);

/* How many leads a list has, whatever its cursor and limit: at least. Only `most`
 * live shares of its devices are looked at, the newest if something is looked for,
 * those of which nothing may be released among them. whole: there are no others, so it is just these.
 * Errors as above. */
BW_MUST_USE bw_err leadlist_count(struct store *s,
    const struct leadlist_query *q, int64_t now, uint64_t most, uint64_t *n,
    bool *whole);

/* Whether a lead is what the query looks for; sponsor, order and place in the
 * list are not asked. k is search_take's of q->search, once for all leads. */
BW_MUST_USE bw_err leadlist_wants(struct store *s,
    const struct leadlist_query *q, struct search *k,
    const struct leadlist_lead *l, bool *yes);

/* One lead of this sponsor; BW_ERR_NOTFOUND for another's, and for one that may
 * not be released now. Wipe it after use. */
BW_MUST_USE bw_err leadlist_lead(struct store *s, const char *sponsor,
    uint64_t device, uint64_t seq, int64_t now, struct leadlist_lead *out);
/* The leads that have the same person's key, and not this one; newest first, at
 * most `limit`. */
struct leadlist_other {
	char device[TEXT_ID_MAX + 1];
	uint64_t seq;
	int64_t time;
};
typedef bw_err (*leadlist_other_cb)(void *arg, const struct leadlist_other *o);
BW_MUST_USE bw_err leadlist_others(struct store *s, const char *sponsor,
    const struct leadlist_lead *l, int64_t now, unsigned limit,
    leadlist_other_cb cb, void *arg);
/* "k07-12" to device and seq. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err leadlist_share_id(struct store *s, const char *id,
    uint64_t *device, uint64_t *seq);

/* When entry seq of a device's log came to the host; 0: it is not known. */
BW_MUST_USE bw_err store_arrived_at(struct store *s, uint64_t device,
    uint64_t seq, int64_t *at);
/* Whether a lead was marked then or later; its booth's note by when that came
 * to the host. */
BW_MUST_USE bw_err leadlist_marked_since(struct store *s, uint64_t device,
    const struct store_mark *m, int64_t since, bool *yes);

#endif
