// SPDX-License-Identifier: Apache-2.0
#include "host/badge_issue.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "host/badge_tlv.h"
#include "host/store_handed.h"
#include "host/store_restored.h"
#include "record/ndef.h"

struct job {
	const struct hostdir *h;
	const struct badge_order *order;
	struct store_edition ed;	/* being made */
	size_t room;
};

static struct badge_tlv
tlv_of(const struct job *j)
{
	return (struct badge_tlv){ .values = &j->ed.values, .uid = j->ed.uid,
		.badge_id = j->ed.badge_id, .edition = j->ed.edition };
}

static bw_err
make(const struct job *j, field_set set, bool with_uri, struct bw_buf *out)
{
	const struct badge_tlv t = tlv_of(j);

	return badge_tlv(j->h, &t, set, with_uri, out);
}

static size_t
need(const struct job *j, field_set set)
{
	const struct badge_tlv t = tlv_of(j);

	return badge_tlv_size(j->h, &t, set, true);
}

static void
say_fields(char *out, size_t size, field_set set)
{
	size_t at = 0;

	out[0] = 0;
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0 && at < size)
			at += (size_t)snprintf(out + at, size - at, "%s%s",
			    at != 0 ? "," : "", field_name((enum field)f));
}

/* Say what does not fit, and what would: fields in their order, each as far as
 * there is room. */
static void
say_full(const struct job *j, field_set set, struct fault *f)
{
	char all[80], some[80];
	bool largest = strcmp(j->order->type, "ntag216") == 0;
	const char *larger = largest ? "" : ", or a larger tag";
	size_t bytes = need(j, set);
	field_set fits = 0;

	for (int i = 1; i <= FIELD_COUNT; i++) {
		field_set with = fits | (set & FIELD_BIT(i));
		size_t n = need(j, with);

		if (n != 0 && n <= j->room)
			fits = with;
	}
	say_fields(all, sizeof(all), set);
	say_fields(some, sizeof(some), fits);
	if (bytes == 0)
		fault_set(f, 0, "%s take more than any tag has", all);
	else if (fits != 0)
		fault_set(f, 0, "a badge with %s takes %zu bytes, an %s has "
		    "%zu; \"--fields %s\" would fit%s", all, bytes,
		    j->order->type, j->room, some, larger);
	else
		fault_set(f, 0, "a badge with %s takes %zu bytes, an %s has "
		    "%zu; \"--pointer\" would fit%s", all, bytes,
		    j->order->type, j->room, larger);
}

/* An explanation is not worth a badge: without room the URI is left out of a
 * badge that shows no values anyway. */
static bw_err
fit(struct job *j, field_set set, struct bw_buf *out, struct badge_made *made,
    struct fault *f)
{
	bw_err r;

	r = make(j, set, true, out);
	if (r == BW_OK && out->len > j->room && set == 0) {
		made->without_uri = true;
		r = make(j, set, false, out);
	}
	if (r != BW_OK && r != BW_ERR_BOUND)
		return r;
	if (r == BW_ERR_BOUND || out->len > j->room) {
		bw_buf_reset(out);
		say_full(j, set, f);
		return BW_ERR_FULL;
	}
	made->on_badge = set;
	made->bytes = out->len;
	made->room = j->room;
	made->edition = j->ed.edition;
	return BW_OK;
}

/* With the number to make the badge for instead, if there is one. */
static bw_err
say_handed(struct store *s, uint64_t registration, struct fault *f)
{
	uint64_t now;
	bw_err r = handed_to(s, registration, &now);

	if (r == BW_OK)
		fault_set(f, 0, "registration %" PRIu64 " was handed on: the "
		    "ticket has another registration, number %" PRIu64 ", "
		    "and no badge is made for this one", registration, now);
	else if (r == BW_ERR_NOTFOUND)
		fault_set(f, 0, "registration %" PRIu64 " was handed on, and "
		    "no badge is made for it", registration);
	else
		return r;
	return BW_ERR_DENIED;
}

static bw_err
check_status(struct store *s, const struct registration *reg,
    struct fault *f)
{
	const char *why = NULL;

	switch (reg->status) {
	case REG_ATTENDING:
		return BW_OK;
	case REG_CANCELLED:
		why = "is cancelled: no badge is made until an import says "
		    "that it attends";
		break;
	case REG_WITHHELD:
		why = "is withheld, because its holder objected, it is "
		    "restricted or will be erased: no badge is made; "
		    "\"right list\" says why, \"right lift\" lifts it";
		break;
	case REG_MINOR:
		why = "is a minor's: no badge is made for minors";
		break;
	case REG_DELETED:
		why = "was erased: no badge is made";
		break;
	case REG_HANDED:
		return say_handed(s, reg->id, f);
	}
	fault_set(f, 0, "registration %" PRIu64 " %s", reg->id, why);
	return BW_ERR_DENIED;
}

static bw_err
new_badge(struct job *j)
{
	j->ed.edition = 1;
	return bw_random(j->ed.badge_id, BADGE_ID);
}

/* Badge id and edition: the next one of the badge there is, or a new badge. Only
 * one that was lost is blocked: until the tag is written, which may come to
 * nothing, the earlier one is what its attendee wears. */
static bw_err
number(struct store *s, struct job *j, int64_t now, struct badge_made *made)
{
	struct store_edition had;
	bool goes_on = false;
	bw_err r;

	r = store_edition_current(s, j->order->registration, &had);
	explicit_bzero(&had.values, sizeof(had.values));
	if (r == BW_ERR_NOTFOUND)
		return new_badge(j);
	if (r != BW_OK ||
	    (r = store_edition_goes_on(s, had.ref, &goes_on)) != BW_OK)
		return r;
	if (j->order->reissue) {
		r = store_badge_retire_all(s, had.registration, now);
		return r == BW_OK ? new_badge(j) : r;
	}
	made->other_tag = memcmp(had.uid, j->ed.uid, BADGE_UID) != 0;
	if (!goes_on || had.edition == UINT8_MAX)
		return new_badge(j);
	memcpy(j->ed.badge_id, had.badge_id, BADGE_ID);
	j->ed.edition = (uint8_t)(had.edition + 1);
	return BW_OK;
}

static bw_err
prepare(struct store *s, struct job *j, int64_t now, struct badge_made *made,
    struct fault *f)
{
	struct registration reg;
	bw_err r;

	if ((j->room = ndef_room(j->order->type)) == 0) {
		fault_set(f, 0, "there is no tag type \"%.20s\"; there are "
		    "mf0ul21, ntag213, ntag215 and ntag216", j->order->type);
		return BW_ERR_ARG;
	}
	r = store_registration_get(s, j->order->registration, &reg);
	if (r == BW_ERR_NOTFOUND)
		fault_set(f, 0, "there is no registration %" PRIu64 "; "
		    "\"registration list\" shows all", j->order->registration);
	if (r == BW_OK && (r = check_status(s, &reg, f)) == BW_OK)
		j->ed.values = reg.values;
	explicit_bzero(&reg, sizeof(reg));
	if (r != BW_OK)
		return r;
	j->ed.registration = j->order->registration;
	memcpy(j->ed.uid, j->order->uid, BADGE_UID);
	snprintf(j->ed.type, sizeof(j->ed.type), "%s", j->order->type);
	return number(s, j, now, made);
}

bw_err
badge_issue(struct store *s, const struct hostdir *h,
    const struct badge_order *order, int64_t now, struct bw_buf *out,
    struct badge_made *made, struct fault *f)
{
	struct job j = { .h = h, .order = order };
	bw_err r;

	memset(made, 0, sizeof(*made));
	if ((r = prepare(s, &j, now, made, f)) != BW_OK ||
	    (r = fit(&j, order->fields & badge_filled(&j.ed.values), out, made,
	    f)) != BW_OK)
		goto out;
	j.ed.on_badge = made->on_badge;
	j.ed.issued_at = now;
	r = store_edition_add(s, &j.ed);
out:
	explicit_bzero(&j.ed, sizeof(j.ed));
	return r;
}
