// SPDX-License-Identifier: Apache-2.0
#include "host/case.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/case_erase.h"
#include "host/case_share.h"
#include "host/lines.h"
#include "host/not_me.h"
#include "host/store_case.h"
#include "host/when.h"

static const char *const types[CASE_TYPES + 1] = { "", "access", "correction",
	"erasure", "restriction", "objection", "transfer", "withdrawal",
	"not-me", "complaint", "breach", "other" };
static const char *const proofs[CASE_PROOFS] = { "none", "receipt", "mail",
	"desk" };
static const char *const states[CASE_STATES] = { "open", "extended", "done",
	"refused", "dropped" };

const char *
case_type_name(enum case_type t)
{
	return (unsigned)t <= CASE_TYPES ? types[t] : "";
}

const char *
case_proof_name(enum case_proof p)
{
	return (unsigned)p < CASE_PROOFS ? proofs[p] : "";
}

const char *
case_state_name(enum case_state st)
{
	return (unsigned)st < CASE_STATES ? states[st] : "";
}

static bw_err
parse(const char *s, const char *const *names, unsigned n, unsigned *out)
{
	for (unsigned i = 0; i < n; i++)
		if (names[i][0] != 0 && strcmp(names[i], s) == 0) {
			*out = i;
			return BW_OK;
		}
	*out = 0;
	return BW_ERR_FORMAT;
}

bw_err
case_type_parse(const char *s, enum case_type *out)
{
	unsigned i;
	bw_err r = parse(s, types, CASE_TYPES + 1, &i);

	*out = (enum case_type)i;
	return r;
}

bw_err
case_proof_parse(const char *s, enum case_proof *out)
{
	unsigned i;
	bw_err r = parse(s, proofs, CASE_PROOFS, &i);

	*out = (enum case_proof)i;
	return r;
}

static bw_err
told(struct store *s, uint64_t num, enum audit_act act, const char *detail,
    const char *actor, int64_t now)
{
	char object[32];

	snprintf(object, sizeof(object), "case %" PRIu64, num);
	return audit_add(s, now, actor, act, object, detail);
}

bw_err
case_due_of(struct store *s, enum case_type type, int64_t received,
    bool extended, int64_t *out)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r;

	*out = received + CASE_BREACH_SECONDS;
	if (type == CASE_BREACH)
		return BW_OK;
	r = case_zone(s, zone);
	*out = case_due(received, extended ? CASE_MONTHS_EXTENDED :
	    CASE_MONTHS, zone);
	return r;
}

/* "2026-06-01", where the event is. */
#define DAY_SIZE 16
static bw_err
day(struct store *s, int64_t at, char out[static DAY_SIZE])
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = case_zone(s, zone);
	time_t t = (time_t)(at + case_ahead(zone, at));
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL ||
	    strftime(out, DAY_SIZE, "%Y-%m-%d", &tm) == 0)
		out[0] = 0;
	return r;
}

static bool
new_ok(const struct case_new *in, const char *actor, int64_t now)
{
	const char *lang = in->language;

	return in->type >= CASE_ACCESS && in->type <= CASE_TYPES &&
	    in->proof < CASE_PROOFS && in->received >= 0 &&
	    in->received <= now && (in->seq == 0 || in->device != 0) &&
	    (in->said == 0 || (in->seq != 0 && in->registration == 0)) &&
	    (lang == NULL || lang[0] == 0 ||
	    body_lang_ok(lang, strlen(lang))) &&
	    strlen(actor) <= AUDIT_TEXT_MAX;
}

/* A slip of one digit names a share of somebody else, whose page would show it;
 * a "not me" would take it and its neighbours from their sponsor. */
static bw_err
theirs(struct store *s, const struct case_file *c, uint64_t registration)
{
	if (c->seq == 0 || (c->type != CASE_NOT_ME && registration == 0))
		return BW_OK;
	return case_share_is_of(s, c->device, c->seq, registration);
}

bw_err
case_open(struct store *s, const struct case_new *in, const char *actor,
    int64_t now, uint64_t *num)
{
	struct case_file c = { .type = in->type, .proof = in->proof,
		.registration = in->registration, .device = in->device,
		.seq = in->seq, .received = in->received != 0 ?
		in->received : now, .opened_at = now, .said = in->said };
	char detail[AUDIT_TEXT_MAX], received[DAY_SIZE], until[DAY_SIZE];
	bw_err r;

	*num = 0;
	if (!new_ok(in, actor, now))
		return BW_ERR_ARG;
	if (in->said == 0 &&
	    (r = theirs(s, &c, in->registration)) != BW_OK)
		return r;
	snprintf(c.language, sizeof(c.language), "%s",
	    in->language != NULL && in->language[0] != 0 ? in->language :
	    "en");
	snprintf(c.opened_by, sizeof(c.opened_by), "%s", actor);
	if ((r = case_due_of(s, c.type, c.received, false, &c.due)) != BW_OK ||
	    (r = store_case_add(s, &c, num)) != BW_OK ||
	    (r = day(s, c.received, received)) != BW_OK ||
	    (r = day(s, c.due, until)) != BW_OK)
		return r;
	snprintf(detail, sizeof(detail), "type %s, proof %s, registration %"
	    PRIu64 ", received %s, due %s", types[c.type], proofs[c.proof],
	    c.registration, received, until);
	if (c.said != 0)
		snprintf(detail + strlen(detail), sizeof(detail) -
		    strlen(detail), ", said %" PRIu64, c.said);
	return told(s, *num, DID_CASE_OPEN, detail, actor, now);
}

/* An open case, to change. */
static bw_err
take(struct store *s, uint64_t num, int64_t now, struct case_file *out)
{
	bw_err r = case_get(s, num, out);

	if (r == BW_OK && !case_is_open(out->state))
		r = BW_ERR_GONE;
	if (r == BW_OK && now < out->received)
		r = BW_ERR_ARG;
	explicit_bzero(out->text, sizeof(out->text));
	return r;
}

static bool
text_ok(const char *text)
{
	size_t n = strlen(text);

	return n != 0 && n <= CASE_TEXT_MAX && lines_ok(text);
}

bw_err
case_match(struct store *s, uint64_t num, uint64_t registration,
    enum case_proof proof, const char *actor, int64_t now)
{
	struct case_file c;
	char detail[64];
	bw_err r;

	if ((unsigned)proof >= CASE_PROOFS || registration == 0)
		return BW_ERR_ARG;
	if ((r = take(s, num, now, &c)) != BW_OK)
		return r;
	if (c.registration != 0 && c.registration != registration)
		return BW_ERR_EXISTS;
	/* Known before, it was so then; of a share that is gone nobody knows. */
	if (c.registration == 0)
		r = theirs(s, &c, registration);
	if (r != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_ERR_DENIED : r;
	c.registration = registration;
	c.proof = proof;
	if ((r = store_case_put(s, &c)) != BW_OK)
		return r;
	snprintf(detail, sizeof(detail), "registration %" PRIu64 ", proof %s",
	    registration, proofs[proof]);
	return told(s, num, DID_CASE_MATCH, detail, actor, now);
}

bw_err
case_extend(struct store *s, uint64_t num, const char *reason,
    const char *actor, int64_t now)
{
	struct case_file c;
	char detail[32], until[DAY_SIZE];
	bw_err r;

	if (!text_ok(reason))
		return BW_ERR_ARG;
	if ((r = take(s, num, now, &c)) != BW_OK)
		return r;
	if (c.state == CASE_EXTENDED)
		return BW_ERR_EXISTS;
	if (now > c.due || c.type == CASE_BREACH)
		return BW_ERR_EXPIRED;
	c.state = CASE_EXTENDED;
	c.extended_at = now;
	if ((r = case_due_of(s, c.type, c.received, true,
	    &c.due)) != BW_OK || (r = store_case_put(s, &c)) != BW_OK ||
	    (r = store_case_text(s, num, CASE_WHY_LONGER, reason)) != BW_OK ||
	    (r = day(s, c.due, until)) != BW_OK)
		return r;
	snprintf(detail, sizeof(detail), "due %s", until);
	return told(s, num, DID_CASE_EXTEND, detail, actor, now);
}

bw_err
case_fee(struct store *s, uint64_t num, const char *reason,
    const char *actor, int64_t now)
{
	struct case_file c;
	bw_err r;

	if (!text_ok(reason))
		return BW_ERR_ARG;
	if ((r = take(s, num, now, &c)) != BW_OK ||
	    (r = store_case_text(s, num, CASE_FEE, reason)) != BW_OK)
		return r;
	return told(s, num, DID_CASE_FEE, "", actor, now);
}

bw_err
case_wish(struct store *s, uint64_t num, const char *text, const char *actor,
    int64_t now)
{
	struct case_file c;
	bw_err r;

	if (!text_ok(text))
		return BW_ERR_ARG;
	if ((r = take(s, num, now, &c)) != BW_OK ||
	    (r = store_case_text(s, num, CASE_WISH, text)) != BW_OK)
		return r;
	return told(s, num, DID_CASE_WISH, "", actor, now);
}

/* The end of a case; text may be NULL. */
static bw_err
finish(struct store *s, uint64_t num, enum case_state to,
    enum case_text which, const char *text, const char *actor, int64_t now)
{
	static const enum audit_act acts[CASE_STATES] = {
		[CASE_DONE] = DID_CASE_DONE,
		[CASE_REFUSED] = DID_CASE_REFUSE,
		[CASE_DROPPED] = DID_CASE_DROP,
	};
	struct case_file c;
	uint64_t left;
	bw_err r;

	if (text != NULL && !text_ok(text))
		return BW_ERR_ARG;
	if ((r = take(s, num, now, &c)) != BW_OK ||
	    (r = not_me_left(s, num, &left)) != BW_OK)
		return r;
	if (left != 0)
		return BW_ERR_DENIED;
	c.state = to;
	c.closed_at = now;
	if ((r = store_case_put(s, &c)) != BW_OK || (text != NULL &&
	    (r = store_case_text(s, num, which, text)) != BW_OK))
		return r;
	return told(s, num, acts[to], now > c.due ? "late" : "in time", actor,
	    now);
}

bw_err
case_refuse(struct store *s, uint64_t num, const char *reason,
    const char *actor, int64_t now)
{
	return finish(s, num, CASE_REFUSED, CASE_WHY_REFUSED, reason, actor,
	    now);
}

bw_err
case_done(struct store *s, uint64_t num, const char *actor, int64_t now)
{
	return finish(s, num, CASE_DONE, CASE_OUTCOME, NULL, actor, now);
}

bw_err
case_done_as(struct store *s, uint64_t num, const char *outcome,
    const char *actor, int64_t now)
{
	struct case_file c;
	bool waits;
	bw_err r;

	if (!text_ok(outcome))
		return BW_ERR_ARG;
	if ((r = take(s, num, now, &c)) != BW_OK ||
	    (r = case_erase_waits(s, &c, &waits)) != BW_OK)
		return r;
	return waits ? BW_ERR_DENIED : finish(s, num, CASE_DONE, CASE_OUTCOME,
	    outcome, actor, now);
}

bw_err
case_drop(struct store *s, uint64_t num, const char *actor, int64_t now)
{
	return finish(s, num, CASE_DROPPED, CASE_OUTCOME, NULL, actor, now);
}

bw_err
case_drop_as(struct store *s, uint64_t num, const char *reason,
    const char *actor, int64_t now)
{
	return finish(s, num, CASE_DROPPED, CASE_OUTCOME, reason, actor, now);
}

bw_err
case_step(struct store *s, uint64_t num, enum audit_act act, const char *detail,
    const char *actor, int64_t now)
{
	struct case_file c;
	bw_err r = take(s, num, now, &c);

	return r != BW_OK ? r : told(s, num, act, detail, actor, now);
}

bw_err
case_zone_set(struct store *s, const char *zone, const char *actor,
    int64_t now)
{
	bw_err r;

	if (!case_zone_known(zone))
		return BW_ERR_ARG;
	if ((r = store_case_zone_put(s, zone)) != BW_OK)
		return r;
	return audit_add(s, now, actor, DID_CASE_ZONE,
	    zone[0] != 0 ? zone : "UTC", "");
}

#define CLOCK_SIZE (WHEN_SIZE + 3)
/* "2026-06-01 09:30", or with seconds, as when_parse has it, by clocks of UTC. */
static bool
by_clock(const char *text, char out[static CLOCK_SIZE])
{
	size_t len = strlen(text);

	if ((len != 16 && len != 19) || (text[10] != ' ' && text[10] != 'T'))
		return false;
	snprintf(out, CLOCK_SIZE, "%.10sT%.8s%sZ", text, text + 11,
	    len == 16 ? ":00" : "");
	return true;
}

bw_err
case_when(struct store *s, const char *text, bool end, int64_t *out)
{
	char zone[CASE_ZONE_MAX + 1] = "", clock[CLOCK_SIZE];
	bool timed = by_clock(text, clock);
	bool wall = timed || strlen(text) == 10;
	uint64_t t;
	bw_err r = BW_OK;

	*out = 0;
	if (wall)
		r = case_zone(s, zone);
	if (r != BW_OK || (r = when_parse(timed ? clock : text, end,
	    &t)) != BW_OK)
		return r;
	*out = wall ? case_moment(zone, (int64_t)t) : (int64_t)t;
	return BW_OK;
}

bw_err
case_typed(struct store *s, const char *text, bool end, int64_t *out)
{
	char iso[WHEN_TYPED];

	return case_when(s, when_dotted(text, iso) ? iso : text, end, out);
}

bw_err
case_past(struct store *s, const char *text, bool end, int64_t now,
    int64_t *out)
{
	int64_t begin;
	bw_err r = case_typed(s, text, false, &begin);

	*out = 0;
	if (r == BW_OK && begin > now)
		r = BW_ERR_ARG;
	return r == BW_OK ? case_typed(s, text, end, out) : r;
}
