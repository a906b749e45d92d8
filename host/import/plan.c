// SPDX-License-Identifier: Apache-2.0
#include "host/import/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "host/import/row.h"
#include "host/keyset.h"
#include "host/retain.h"
#include "host/store_registration.h"

#define ALARM_LEAST 3
#define ALARM_SHARE 5		/* one of so many */
#define PARTS 64		/* hashed at once */

struct run {
	struct import_plan *plan;
	struct store *store;
	struct fault *f;
	int64_t now;
	bool write;
	char event[64];			/* of the rows so far */
	void *keys;			/* of the rows so far */
};

/* Each step takes in the one before: part[0] is left for it. */
static bw_err
absorb(struct run *run, struct bw_part *part, size_t n)
{
	uint8_t out[CRYPTO_HASH];
	bw_err r;

	part[0] = (struct bw_part){ run->plan->hash, CRYPTO_HASH };
	if ((r = crypto_sha256(part, n, out)) == BW_OK)
		memcpy(run->plan->hash, out, sizeof(out));
	return r;
}

static bw_err
absorb_row(struct run *run, const struct import_row *row)
{
	struct bw_part part[PARTS];
	size_t n = 1;
	bw_err r = BW_OK;

	for (size_t i = 0; i < row->n && r == BW_OK; i++) {
		part[n++] = (struct bw_part){ row->cell[i],
			strlen(row->cell[i]) + 1 };
		if (n == PARTS || i + 1 == row->n) {
			r = absorb(run, part, n);
			n = 1;
		}
	}
	return r;
}

/* A registration as it is in the store, and what becomes of it; whose the
 * values are then. */
static bw_err
absorb_had(struct run *run, const struct registration *had, uint64_t whose,
    const struct import_line *line)
{
	struct bw_part part[FIELD_COUNT + 10] = {
		{ NULL, 0 },
		{ &had->id, sizeof(had->id) },
		{ &had->status, sizeof(had->status) },
		{ &had->cancelled, sizeof(had->cancelled) },
		{ &had->beneath, sizeof(had->beneath) },
		{ &had->age, sizeof(had->age) },
		{ &had->released, sizeof(had->released) },
		{ &line->act, sizeof(line->act) },
		{ &line->status, sizeof(line->status) },
	};

	for (size_t f = 1; f <= FIELD_COUNT; f++)
		part[8 + f] = (struct bw_part){ had->values.v[f],
			strlen(had->values.v[f]) + 1 };
	part[FIELD_COUNT + 9] = (struct bw_part){ &whose, sizeof(whose) };
	return absorb(run, part, FIELD_COUNT + 10);
}

static bw_err
add_line(struct import_plan *p, const struct import_line *line)
{
	if (p->nlines == p->cap) {
		size_t cap = p->cap == 0 ? 64 : p->cap * 2;
		struct import_line *more = reallocarray(p->line, cap,
		    sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		p->line = more;
		p->cap = cap;
	}
	p->line[p->nlines++] = *line;
	p->n[line->act]++;
	return BW_OK;
}

/* Sources can span events; their people must not get badges of this one. */
static bw_err
check_event(struct run *run, const struct import_row *row)
{
	size_t at = run->plan->map.at[COL_EVENT];
	const char *id;

	if (at == COLUMN_NONE)
		return BW_OK;
	id = row->cell[at];
	if (run->event[0] == 0)
		snprintf(run->event, sizeof(run->event), "%s", id);
	if (strncmp(run->event, id, sizeof(run->event) - 1) == 0)
		return BW_OK;
	fault_set(run->f, row->line, "it is of another event than the rows "
	    "before; make a report of one event alone");
	return BW_ERR_FORMAT;
}

static void
compare(struct import_plan *p, const struct registration *had,
    const struct registration *new, struct import_line *line)
{
	for (size_t f = 1; f <= FIELD_COUNT; f++)
		if (strcmp(had->values.v[f], new->values.v[f]) != 0) {
			line->changed |= FIELD_BIT(f);
			p->field[f]++;
		}
	line->status_changed = had->status != new->status ||
	    had->age != new->age || had->released != new->released;
	if (had->cancelled != new->cancelled &&
	    (new->status == REG_WITHHELD || new->status == REG_MINOR))
		line->later = new->cancelled ? IMPORT_CANCELS :
		    IMPORT_RESTORES;
	p->later += line->later == IMPORT_CANCELS;
	p->cancelled += new->status == REG_CANCELLED &&
	    had->status != REG_CANCELLED;
}

static void
count_person(struct import_plan *p, const struct row *row,
    const struct registration *new)
{
	if (row->use != ROW_TAKE)
		return;
	p->minors += row->reg.status == REG_MINOR;
	p->released += row->reg.status == REG_MINOR && new->released;
	p->aged += row->aged;
	p->ageless += !row->aged && p->has_age;
	p->no_email += row->reg.values.v[FIELD_EMAIL][0] == 0;
	p->unnamed += row->quantity - 1;
}

static const uint8_t act_of[] = {
	[STORE_ADDED] = IMPORT_ADD, [STORE_CHANGED] = IMPORT_CHANGE,
	[STORE_UNCHANGED] = IMPORT_SAME, [STORE_REFUSED] = IMPORT_SKIP,
	[STORE_HANDED] = IMPORT_HAND,
};

/* What becomes of a registration, and make it so when we write. */
static bw_err
settle(struct run *run, const struct row *row, const struct registration *in,
    struct import_line *line)
{
	struct registration had, new;
	enum store_change change;
	uint64_t id;
	bw_err r;

	if ((r = store_registration_try(run->store, in, &change, &had,
	    &new)) != BW_OK)
		goto out;
	line->registration = had.id;
	line->status = (uint8_t)new.status;
	line->act = act_of[change];
	if (change == STORE_REFUSED)
		line->why = (struct why){ .code = WHY_ERASED };
	else {
		if (change == STORE_HANDED)
			line->why = (struct why){ .code = new.id != 0 ?
			    WHY_RETURNED : WHY_HANDED };
		if (change == STORE_CHANGED)
			compare(run->plan, &had, &new, line);
		count_person(run->plan, row, &new);
	}
	r = absorb_had(run, &had, new.id, line);
	if (r == BW_OK && run->write && line->act != IMPORT_SAME &&
	    line->act != IMPORT_SKIP)
		r = store_registration_put(run->store, in, run->now, &change,
		    &id);
out:
	explicit_bzero(&had, sizeof(had));
	explicit_bzero(&new, sizeof(new));
	return r;
}

/* Who no longer attends keeps the values that badges were made from. */
static bw_err
settle_gone(struct run *run, const struct row *row, struct import_line *line)
{
	struct registration had;
	bw_err r;

	r = store_registration_find(run->store, row->reg.key, &had);
	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r == BW_OK) {
		/* Nothing else of it can change. */
		had.status = REG_CANCELLED;
		r = settle(run, row, &had, line);
	}
	explicit_bzero(&had, sizeof(had));
	return r;
}

static bw_err
take_row(struct run *run, const struct import_row *in, struct row *row)
{
	struct import_line line = { .line = (uint32_t)in->line,
		.act = IMPORT_SKIP };
	bool again = false;
	bw_err r;

	if ((r = check_event(run, in)) != BW_OK ||
	    (r = row_read(&run->plan->map, in, run->now, row,
	    run->f)) != BW_OK)
		return r;
	line.why = row->why;
	if (row->reg.key[0] != 0 && (r = keyset_add(&run->keys,
	    row->reg.key, &again)) != BW_OK)
		return r;
	if (again)
		line.why = (struct why){ .code = WHY_TWICE };
	else if (row->use == ROW_TAKE)
		r = settle(run, row, &row->reg, &line);
	else if (row->use == ROW_GONE)
		r = settle_gone(run, row, &line);
	return r == BW_OK ? add_line(run->plan, &line) : r;
}

static bw_err
take_rows(struct run *run, struct import_source *src)
{
	struct import_row in;
	struct row row;
	bw_err r = BW_OK;

	while (r == BW_OK) {
		if ((r = src->next(src->self, &in, run->f)) != BW_OK ||
		    (r = absorb_row(run, &in)) != BW_OK)
			break;
		r = take_row(run, &in, &row);
		explicit_bzero(&row, sizeof(row));
	}
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
take_head(struct run *run, struct import_source *src,
    const struct map_choice *c)
{
	struct import_plan *p = run->plan;
	struct import_row head;
	bw_err r = src->head(src->self, &head, run->f);

	if (r == BW_ERR_NOTFOUND) {
		fault_set(run->f, 0, "it is empty");
		return BW_ERR_FORMAT;
	}
	if (r != BW_OK || (r = map_guess(&head, c, &p->map, run->f)) != BW_OK)
		return r;
	p->has_age = p->map.at[COL_AGE] != COLUMN_NONE ||
	    p->map.at[COL_BIRTH] != COLUMN_NONE;
	if ((r = absorb_row(run, &head)) != BW_OK)
		return r;
	return absorb(run, (struct bw_part[]){ { NULL, 0 },
	    { p->map.at, sizeof(p->map.at) },
	    { p->map.of_buyer, sizeof(p->map.of_buyer) },
	    { &p->map.kind, sizeof(p->map.kind) } }, 4);
}

/* Counted before anything is written. */
static bw_err
count_known(void *arg, const struct registration *reg)
{
	struct import_plan *p = arg;

	p->known += reg->status == REG_ATTENDING;
	return BW_OK;
}

static bw_err
find_absent(void *arg, const struct registration *reg)
{
	struct run *run = arg;
	struct import_plan *p = run->plan;
	bool there;
	bw_err r;

	if (reg->status != REG_ATTENDING)
		return BW_OK;
	if ((r = keyset_add(&run->keys, reg->key, &there)) != BW_OK || there)
		return r;
	if (p->absent < IMPORT_ABSENT_MAX)
		p->absent_id[p->absent] = reg->id;
	p->absent++;
	return absorb(run, (struct bw_part[]){ { NULL, 0 },
	    { &reg->id, sizeof(reg->id) } }, 2);
}

/* Without a policy that can be read nothing is purged either. */
static bool
is_late(const struct run *run)
{
	struct retain_rules rules;

	return retain_load(run->store, &rules) == BW_OK && run->now -
	    rules.event_end >= 86400 * (int64_t)
	    rules.days[RETAIN_REGISTRATIONS];
}

static bw_err
run_all(struct run *run, struct import_source *src,
    const struct map_choice *c)
{
	bw_err r;

	run->plan->charset = src->charset;
	run->plan->guessed = src->guessed;
	run->plan->late = is_late(run);
	if ((r = take_head(run, src, c)) == BW_OK &&
	    (r = store_registration_each(run->store, count_known,
	    run->plan)) == BW_OK &&
	    (r = take_rows(run, src)) == BW_OK)
		r = store_registration_each(run->store, find_absent, run);
	keyset_free(&run->keys);
	return r;
}

static bw_err
make(struct import_plan **out, struct run *run, struct import_source *src,
    const struct map_choice *c)
{
	bw_err r;

	*out = NULL;
	if ((run->plan = calloc(1, sizeof(*run->plan))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = run_all(run, src, c)) == BW_OK)
		*out = run->plan;
	else
		import_plan_free(&run->plan);
	return r;
}

bw_err
import_plan_make(struct import_plan **out, struct store *s,
    struct import_source *src, const struct map_choice *c, int64_t now,
    struct fault *f)
{
	struct run run = { .store = s, .f = f, .now = now };
	bw_err r;

	*out = NULL;
	if ((r = store_snapshot(s)) != BW_OK)
		return r;
	r = make(out, &run, src, c);
	store_snapshot_end(s);
	return r;
}

bw_err
import_plan_apply(struct import_plan **out, struct store *s,
    struct import_source *src, const struct map_choice *c, int64_t now,
    const uint8_t hash[static CRYPTO_HASH], struct fault *f)
{
	struct run run = { .store = s, .f = f, .now = now, .write = true };
	bw_err r = make(out, &run, src, c);

	if (r != BW_OK || memcmp((*out)->hash, hash, CRYPTO_HASH) == 0)
		return r;
	import_plan_free(out);
	fault_set(f, 0, "the file or the registrations are not any more what "
	    "they were when this was planned; look at it again");
	return BW_ERR_OLD;
}

void
import_plan_free(struct import_plan **p)
{
	if (*p == NULL)
		return;
	free((*p)->line);
	free(*p);
	*p = NULL;
}

bool
import_plan_alarms(const struct import_plan *p)
{
	size_t gone = p->cancelled + p->absent + p->n[IMPORT_HAND] +
	    p->field[FIELD_NAME];

	return (gone >= ALARM_LEAST && gone > p->known / ALARM_SHARE) ||
	    import_plan_too_late(p);
}

bool
import_plan_too_late(const struct import_plan *p)
{
	return p->late && p->n[IMPORT_ADD] != 0;
}

/* Lines that do not fit are as many as the object says. */
static void
sum_skipped(const struct import_plan *p, struct import_sum *out)
{
	const size_t room = sizeof(out->detail) - sizeof(", 4294967295, ...");
	size_t n = 0;

	for (size_t i = 0; i < p->nlines && n < room; i++)
		if (p->line[i].act == IMPORT_SKIP)
			n += (size_t)snprintf(out->detail + n,
			    sizeof(out->detail) - n, "%s%" PRIu32, n == 0 ?
			    IMPORT_SKIPPED : ", ", p->line[i].line);
	if (n >= room)
		snprintf(out->detail + n, sizeof(out->detail) - n, ", ...");
}

void
import_plan_sum(const struct import_plan *p, struct import_sum *out)
{
	size_t n = 0;

	memset(out, 0, sizeof(*out));
	for (enum import_act i = 0; i < IMPORT_ACTS; i++)
		if (i != IMPORT_HAND || p->n[i] != 0)
			n += (size_t)snprintf(out->object + n,
			    sizeof(out->object) - n, "%s%s %zu", n == 0 ? "" :
			    ", ", why_act(i, WHY_EN), p->n[i]);
	sum_skipped(p, out);
	out->act = p->map.kind == IMPORT_PRETIX ? DID_IMPORT_PRETIX :
	    DID_IMPORT_EVENTBRITE;
}

size_t
import_plan_page(const struct import_plan *p, int act, size_t from,
    size_t max, const struct import_line **out)
{
	size_t n = 0;

	for (size_t i = 0; i < p->nlines && n < max; i++) {
		if (act >= 0 && p->line[i].act != act)
			continue;
		if (from > 0)
			from--;
		else
			out[n++] = &p->line[i];
	}
	return n;
}
