// SPDX-License-Identifier: Apache-2.0
#include "host/eventbrite_row.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "host/clean.h"
#include "host/import_eventbrite.h"

/* The names of each column, the better one first. */
static const struct {
	const char *name[2];
	enum column col;
	bool must;
} names[] = {
	{ { "Barcode #", "Barcode number" }, COL_BARCODE, true },
	{ { "Attendee Status", NULL }, COL_STATUS, true },
	{ { "First Name", "Attendee first name" }, COL_FIRST, true },
	{ { "Last Name", "Attendee last name" }, COL_LAST, true },
	{ { "Email", "Attendee email" }, COL_EMAIL, true },
	{ { "Company", NULL }, COL_COMPANY, false },
	{ { "Job Title", NULL }, COL_JOB, false },
	{ { "Work Phone", "Phone number" }, COL_PHONE, false },
	{ { "Home City", "Purchaser city" }, COL_CITY, false },
	{ { "Home State", "Purchaser state" }, COL_STATE, false },
	{ { "Home Country", "Purchaser country" }, COL_COUNTRY, false },
	{ { "Age", NULL }, COL_AGE, false },
	{ { "Event ID", NULL }, COL_EVENT, false },
	{ { "Buyer email", NULL }, COL_BUYER_EMAIL, false },
};
#define NNAMES (sizeof(names) / sizeof(names[0]))

/* Where the header has this name; BW_ERR_FORMAT when twice. */
static bw_err
find(const struct csv_row *row, const char *name, size_t *at, struct fault *f)
{
	*at = COLUMN_NONE;
	for (size_t i = 0; name != NULL && i < row->n; i++) {
		if (strcasecmp(row->cell[i], name) != 0)
			continue;
		if (*at != COLUMN_NONE) {
			fault_set(f, row->line, "column \"%s\" is there twice; "
			    "rename the one that is a question of your own",
			    name);
			return BW_ERR_FORMAT;
		}
		*at = i;
	}
	return BW_OK;
}

static void
missing(const struct csv_row *row, const char *const name[2], struct fault *f)
{
	const char *hint = "";

	if (row->n == 1 && strchr(row->cell[0], ';') != NULL)
		hint = "; cells are separated by semicolons here, save it "
		    "with commas";
	else if (row->n == 1 && strchr(row->cell[0], '\t') != NULL)
		hint = "; cells are separated by tabs here, save it with "
		    "commas";
	else
		hint = "; is this Eventbrite's attendee report";
	fault_set(f, row->line, "column \"%s\"%s%s%s is missing%s", name[0],
	    name[1] != NULL ? " (or \"" : "",
	    name[1] != NULL ? name[1] : "", name[1] != NULL ? "\")" : "",
	    hint);
}

bw_err
layout_read(const struct csv_row *row, struct layout *out, struct fault *f)
{
	size_t second;
	bw_err r;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < NNAMES; i++) {
		size_t *at = &out->at[names[i].col];

		if ((r = find(row, names[i].name[0], at, f)) != BW_OK ||
		    (r = find(row, names[i].name[1], &second, f)) != BW_OK)
			return r;
		if (*at == COLUMN_NONE)
			*at = second;
		if (*at == COLUMN_NONE && names[i].must) {
			missing(row, names[i].name, f);
			return BW_ERR_FORMAT;
		}
	}
	if ((r = find(row, "Home City", &second, f)) != BW_OK)
		return r;
	out->of_purchaser = second == COLUMN_NONE;
	return BW_OK;
}

static const char *
cell(const struct layout *l, const struct csv_row *row, enum column c)
{
	return l->at[c] == COLUMN_NONE ? "" : row->cell[l->at[c]];
}

/* A cell as a value. False, with why, when it cannot be one. */
static bool
value(const struct layout *l, const struct csv_row *row, enum column c,
    const char *what, char out[static FIELD_VALUE_MAX + 1], char *why)
{
	size_t len;
	bw_err r = clean_value(cell(l, row, c), out, &len);

	if (r == BW_ERR_BOUND)
		snprintf(why, ROW_WHY, "its %s is %zu bytes long, at most %d "
		    "fit", what, len, FIELD_VALUE_MAX);
	else if (r != BW_OK)
		snprintf(why, ROW_WHY, "its %s holds control characters",
		    what);
	return r == BW_OK;
}

/* Join what is there with a separator, bounded as a value. */
static bool
join(char *out, const char *const *part, size_t n, const char *between,
    const char *what, char *why)
{
	size_t len = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		if (part[i][0] != 0)
			len += strlen(part[i]) + (len != 0 ?
			    strlen(between) : 0);
	if (len > FIELD_VALUE_MAX) {
		snprintf(why, ROW_WHY, "its %s is %zu bytes long, at most %d "
		    "fit", what, len, FIELD_VALUE_MAX);
		return false;
	}
	out[0] = 0;
	for (size_t i = 0; i < n; i++)
		if (part[i][0] != 0)
			at += (size_t)sprintf(out + at, "%s%s",
			    at != 0 ? between : "", part[i]);
	return true;
}

/* The key "eventbrite:<barcode>"; *ok is false when the row has none. */
static bw_err
read_key(const struct layout *l, const struct csv_row *row,
    char key[static REG_KEY_MAX + 1], bool *ok, char *why, struct fault *f)
{
	const char *s = cell(l, row, COL_BARCODE);
	size_t len = strlen(s);

	*ok = false;
	if (len > 2 && s[1] == '.' && strcspn(s, "Ee") < len) {
		fault_set(f, row->line, "a spreadsheet has rounded its "
		    "barcode; import the file as Eventbrite gave it");
		return BW_ERR_FORMAT;
	}
	if (len == 0 || len > 64 || strspn(s, "0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") != len) {
		snprintf(why, ROW_WHY, len == 0 ? "it has no barcode" :
		    "its barcode is not one of Eventbrite's");
		return BW_OK;
	}
	snprintf(key, REG_KEY_MAX + 1, "eventbrite:%s", s);
	*ok = true;
	return BW_OK;
}

/* The words of a status are Eventbrite's, not a person's: they may be told. */
static bool
attends(const char *status, char *why)
{
	static const char *const out[] = { "Not Attending", "Refunded",
	    "Transferred", "Deleted", "Canceled", "Cancelled", "Unpaid",
	    "Refunded/Canceled" };

	if (strcasecmp(status, "Attending") == 0 ||
	    strcasecmp(status, "Checked In") == 0)
		return true;
	snprintf(why, ROW_WHY, "its status is not one that is known");
	if (status[0] == 0)
		snprintf(why, ROW_WHY, "it has no status");
	for (size_t i = 0; i < sizeof(out) / sizeof(out[0]); i++)
		if (strcasecmp(status, out[i]) == 0)
			snprintf(why, ROW_WHY, "not attending (%s)", out[i]);
	return false;
}

static bool
read_name(const struct layout *l, const struct csv_row *row,
    struct field_values *v, char *why)
{
	char first[FIELD_VALUE_MAX + 1], last[FIELD_VALUE_MAX + 1];
	const char *both[2] = { first, last };
	bool ok;

	ok = value(l, row, COL_FIRST, "first name", first, why) &&
	    value(l, row, COL_LAST, "last name", last, why) &&
	    join(v->v[FIELD_NAME], both, 2, " ", "name", why);
	if (ok && v->v[FIELD_NAME][0] == 0) {
		snprintf(why, ROW_WHY, "it has no name");
		ok = false;
	}
	explicit_bzero(first, sizeof(first));
	explicit_bzero(last, sizeof(last));
	return ok;
}

static bool
is_placeholder(const char *s)
{
	return strcasecmp(s, "Info Requested") == 0 ||
	    strcasecmp(s, "Information Requested") == 0;
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
read_location(const struct layout *l, const struct csv_row *row,
    struct field_values *v, char *why)
{
	char city[FIELD_VALUE_MAX + 1], state[FIELD_VALUE_MAX + 1],
	    country[FIELD_VALUE_MAX + 1];
	const char *all[3] = { city, state, country };
	bool ok;

	/* Another person's place would be a wrong value of this one. */
	if (l->of_purchaser && (v->v[FIELD_EMAIL][0] == 0 ||
	    strcasecmp(cell(l, row, COL_BUYER_EMAIL),
	    cell(l, row, COL_EMAIL)) != 0))
		return true;
	ok = value(l, row, COL_CITY, "city", city, why) &&
	    value(l, row, COL_STATE, "state", state, why) &&
	    value(l, row, COL_COUNTRY, "country", country, why) &&
	    join(v->v[FIELD_LOCATION], all, 3, ", ", "location", why);
	explicit_bzero(city, sizeof(city));
	explicit_bzero(state, sizeof(state));
	explicit_bzero(country, sizeof(country));
	return ok;
}

static bool
read_age(const struct layout *l, const struct csv_row *row,
    struct registration *reg, char *why)
{
	const char *s = cell(l, row, COL_AGE);
	uint64_t age;

	reg->status = REG_ATTENDING;
	reg->age = REG_AGE_NONE;
	s += strspn(s, " \t");
	if (s[0] == 0)
		return true;
	if (text_number(s, strcspn(s, " \t"), 130, &age) != BW_OK ||
	    s[strcspn(s, " \t") + strspn(s + strcspn(s, " \t"), " \t")] != 0) {
		snprintf(why, ROW_WHY, "its age is not a whole number of "
		    "years");
		return false;
	}
	reg->age = (int)age;
	if (age < REG_AGE_ADULT)
		reg->status = REG_MINOR;
	return true;
}

static bool
read_values(const struct layout *l, const struct csv_row *row,
    struct registration *reg, char *why)
{
	struct field_values *v = &reg->values;

	if (!read_name(l, row, v, why) ||
	    !value(l, row, COL_EMAIL, "e-mail address", v->v[FIELD_EMAIL],
	    why) ||
	    !value(l, row, COL_COMPANY, "company", v->v[FIELD_COMPANY],
	    why) ||
	    !value(l, row, COL_JOB, "job title", v->v[FIELD_JOB_TITLE],
	    why) ||
	    !value(l, row, COL_PHONE, "phone", v->v[FIELD_WORK_PHONE], why) ||
	    !read_location(l, row, v, why))
		return false;
	if (!email_ok(v->v[FIELD_EMAIL])) {
		snprintf(why, ROW_WHY, "its e-mail address is none");
		return false;
	}
	return read_age(l, row, reg, why);
}

bw_err
row_read(const struct layout *l, const struct csv_row *row,
    struct registration *reg, enum row_use *use, char why[static ROW_WHY],
    struct fault *f)
{
	bool ok;
	bw_err r;

	memset(reg, 0, sizeof(*reg));
	why[0] = 0;
	*use = ROW_SKIP;
	if ((r = read_key(l, row, reg->key, &ok, why, f)) != BW_OK || !ok)
		return r;
	*use = ROW_GONE;
	reg->status = REG_CANCELLED;
	if (!attends(cell(l, row, COL_STATUS), why))
		return BW_OK;
	if (is_placeholder(cell(l, row, COL_FIRST)) ||
	    is_placeholder(cell(l, row, COL_LAST))) {
		snprintf(why, ROW_WHY, "nobody has said yet who comes "
		    "(Info Requested)");
		return BW_OK;
	}
	*use = read_values(l, row, reg, why) ? ROW_TAKE : ROW_SKIP;
	return BW_OK;
}
