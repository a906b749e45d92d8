// SPDX-License-Identifier: Apache-2.0
#include "host/import/row.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "host/clean.h"
#include "host/import/birth.h"
#include "host/import/status.h"

#define QUANTITY_MAX 1000

/* A row being read. */
struct reader {
	const struct map *m;
	const struct import_row *in;
	struct row *out;
	bool buyer;		/* the buyer's address is the attendee's */
};

static const char *
cell(const struct reader *rd, enum column c)
{
	return rd->m->at[c] == COLUMN_NONE ? "" : rd->in->cell[rd->m->at[c]];
}

/* Always false: the end of a chain. */
static bool
fails(struct reader *rd, enum why_code code, unsigned arg, size_t n)
{
	rd->out->why = (struct why){ (uint8_t)code, (uint8_t)arg,
		(uint32_t)n };
	return false;
}

/* A cell as a value. False, with why, when it cannot be one. */
static bool
value(struct reader *rd, enum column c, char out[static FIELD_VALUE_MAX + 1])
{
	size_t len;
	bw_err r;

	out[0] = 0;
	/* Another person's place would be a wrong value of this one. */
	if (rd->m->of_buyer[c] && !rd->buyer)
		return true;
	r = clean_value(cell(rd, c), out, &len);
	if (r == BW_ERR_BOUND)
		return fails(rd, WHY_LONG, c, len);
	return r == BW_OK || fails(rd, WHY_CONTROL, c, 0);
}

/* Join what is there with a separator, bounded as a value. */
static bool
join(struct reader *rd, char *out, const char *const *part, size_t n,
    const char *between, enum column what)
{
	size_t len = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		if (part[i][0] != 0)
			len += strlen(part[i]) + (len != 0 ?
			    strlen(between) : 0);
	if (len > FIELD_VALUE_MAX)
		return fails(rd, WHY_LONG, what, len);
	out[0] = 0;
	for (size_t i = 0; i < n; i++)
		if (part[i][0] != 0)
			at += (size_t)sprintf(out + at, "%s%s",
			    at != 0 ? between : "", part[i]);
	return true;
}

/* The key "eventbrite:<barcode>" or "pretix:<id>"; *ok is false when the row
 * has none. */
static bw_err
read_key(struct reader *rd, bool *ok, struct fault *f)
{
	const char *s = cell(rd, COL_KEY);
	size_t len = strlen(s);

	*ok = false;
	if (len > 2 && s[1] == '.' && strcspn(s, "Ee") < len) {
		fault_set(f, rd->in->line, "a spreadsheet has rounded its "
		    "barcode; import the file as %s gave it",
		    rd->m->kind == IMPORT_PRETIX ? "pretix" : "Eventbrite");
		return BW_ERR_FORMAT;
	}
	if (len == 0 || len > 64 || strspn(s, "0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") != len) {
		fails(rd, len == 0 ? WHY_NO_KEY : WHY_BAD_KEY, 0, 0);
		return BW_OK;
	}
	snprintf(rd->out->reg.key, sizeof(rd->out->reg.key), "%s:%s",
	    import_kind_name(rd->m->kind), s);
	*ok = true;
	return BW_OK;
}

static bool
attends(struct reader *rd)
{
	const char *s = cell(rd, COL_STATUS);
	uint8_t index;
	bool yes;

	if (s[0] == 0)
		return fails(rd, WHY_STATUS_NONE, 0, 0);
	if (!status_find(rd->m->kind, s, &yes, &index))
		return fails(rd, WHY_STATUS_UNKNOWN, 0, 0);
	return yes || fails(rd, WHY_STATUS, index, 0);
}

static bool
is_placeholder(const struct reader *rd)
{
	return status_is_placeholder(cell(rd, COL_NAME)) ||
	    status_is_placeholder(cell(rd, COL_FIRST)) ||
	    status_is_placeholder(cell(rd, COL_LAST));
}

static bool
read_name(struct reader *rd, char out[static FIELD_VALUE_MAX + 1])
{
	char first[FIELD_VALUE_MAX + 1], last[FIELD_VALUE_MAX + 1];
	const char *both[2] = { first, last };
	bool ok;

	if ((ok = value(rd, COL_NAME, out)) && out[0] == 0)
		ok = value(rd, COL_FIRST, first) &&
		    value(rd, COL_LAST, last) &&
		    join(rd, out, both, 2, " ", COL_NAME);
	if (ok && out[0] == 0)
		ok = fails(rd, WHY_NO_NAME, 0, 0);
	explicit_bzero(first, sizeof(first));
	explicit_bzero(last, sizeof(last));
	return ok;
}

/* One "@" between two parts without blanks: more is not known of addresses
 * whose names are not ASCII. */
static bool
email_ok(const char *s)
{
	const char *at = strchr(s, '@');

	return s[0] == 0 || (at != NULL && at != s && at[1] != 0 &&
	    strchr(at + 1, '@') == NULL && strchr(s, ' ') == NULL);
}

static bool
read_location(struct reader *rd, char out[static FIELD_VALUE_MAX + 1])
{
	char city[FIELD_VALUE_MAX + 1], state[FIELD_VALUE_MAX + 1],
	    country[FIELD_VALUE_MAX + 1];
	const char *all[3] = { city, state, country };
	bool ok;

	ok = value(rd, COL_CITY, city) && value(rd, COL_STATE, state) &&
	    value(rd, COL_COUNTRY, country) &&
	    join(rd, out, all, 3, ", ", COL_CITY);
	explicit_bzero(city, sizeof(city));
	explicit_bzero(state, sizeof(state));
	explicit_bzero(country, sizeof(country));
	return ok;
}

/* The number in a cell that has nothing else. */
static bool
whole_number(const char *s, uint64_t max, uint64_t *out)
{
	size_t len;

	s += strspn(s, " \t");
	len = strcspn(s, " \t");
	return s[len + strspn(s + len, " \t")] == 0 &&
	    text_number(s, len, max, out) == BW_OK;
}

static bool
read_age(struct reader *rd)
{
	struct registration *reg = &rd->out->reg;
	const char *age = cell(rd, COL_AGE);
	uint64_t years;

	if (age[strspn(age, " \t")] == 0)
		return true;
	rd->out->aged = true;
	if (!whole_number(age, 130, &years))
		return fails(rd, WHY_AGE, 0, 0);
	reg->age = (int)years;
	return true;
}

/* Where both are there and differ, the younger counts. */
static bool
read_birth(struct reader *rd, int64_t now)
{
	struct registration *reg = &rd->out->reg;
	const char *born = cell(rd, COL_BIRTH);
	int years;

	if (born[strspn(born, " \t")] == 0)
		return true;
	rd->out->aged = true;
	if (birth_age(born, now, &years) != BW_OK)
		return fails(rd, WHY_BIRTH, 0, 0);
	if (reg->age == REG_AGE_NONE || years < reg->age)
		reg->age = years;
	return true;
}

static bool
read_status(struct reader *rd, int64_t now)
{
	struct registration *reg = &rd->out->reg;

	reg->status = REG_ATTENDING;
	reg->age = REG_AGE_NONE;
	if (!read_age(rd) || !read_birth(rd, now))
		return false;
	if (reg->age != REG_AGE_NONE && reg->age < REG_AGE_ADULT)
		reg->status = REG_MINOR;
	return true;
}

static bool
read_values(struct reader *rd)
{
	struct field_values *v = &rd->out->reg.values;

	if (!read_name(rd, v->v[FIELD_NAME]) ||
	    !value(rd, COL_EMAIL, v->v[FIELD_EMAIL]))
		return false;
	if (!email_ok(v->v[FIELD_EMAIL]))
		return fails(rd, WHY_EMAIL, 0, 0);
	rd->buyer = v->v[FIELD_EMAIL][0] != 0 && strcasecmp(
	    cell(rd, COL_BUYER_EMAIL), cell(rd, COL_EMAIL)) == 0;
	return value(rd, COL_COMPANY, v->v[FIELD_COMPANY]) &&
	    value(rd, COL_JOB, v->v[FIELD_JOB_TITLE]) &&
	    value(rd, COL_PHONE, v->v[FIELD_WORK_PHONE]) &&
	    read_location(rd, v->v[FIELD_LOCATION]);
}

static unsigned
read_quantity(const struct reader *rd)
{
	uint64_t n;

	return whole_number(cell(rd, COL_QUANTITY), QUANTITY_MAX, &n) &&
	    n > 1 ? (unsigned)n : 1;
}

bw_err
row_read(const struct map *m, const struct import_row *in, int64_t now,
    struct row *out, struct fault *f)
{
	struct reader rd = { .m = m, .in = in, .out = out };
	bool ok;
	bw_err r;

	memset(out, 0, sizeof(*out));
	out->use = ROW_SKIP;
	out->quantity = 1;
	if ((r = read_key(&rd, &ok, f)) != BW_OK || !ok)
		return r;
	if (cell(&rd, COL_ADDON)[0] != 0) {
		fails(&rd, WHY_ADDON, 0, 0);
		return BW_OK;
	}
	out->use = ROW_GONE;
	out->reg.status = REG_CANCELLED;
	if (!attends(&rd))
		return BW_OK;
	if (is_placeholder(&rd)) {
		fails(&rd, WHY_PLACEHOLDER, 0, 0);
		return BW_OK;
	}
	out->quantity = read_quantity(&rd);
	out->use = read_values(&rd) && read_status(&rd, now) ? ROW_TAKE :
	    ROW_SKIP;
	return BW_OK;
}
