// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "host/country.h"
#include "host/leads_formats.h"
#include "host/leads_row.h"
#include "host/leads_source.h"
#include "host/when.h"

#define ROW_MAX 65536
#define HEAD "First Name,Last Name,Company,Title,Email,Phone,City,Country," \
	"Lead Source,Description\r\n"
#define MISSING "[not provided]"
#define COUNTRIES 300
#define ABOUT_MAX 31000		/* bytes: Salesforce takes 32,000 characters */
#define OLDER "Older shares: see them at the host\n"

struct sales {
	struct outfile *out;
	uint64_t n;
	size_t ncountries;
	char (*country)[COUNTRY_NAME_MAX];
	struct bw_buf row, about, one;
	bool full;			/* `about` is, of this person */
};

static void
load_countries(struct sales *x)
{
	char code[3] = "AA";

	for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
		for (code[1] = 'A'; code[1] <= 'Z'; code[1]++)
			if (x->ncountries < COUNTRIES && country_name(code,
			    "en", x->country[x->ncountries]) == BW_OK)
				x->ncountries++;
}

/* Bytes of the first `most` characters. */
static size_t
chars(const char *s, size_t most)
{
	size_t n = 0;

	for (; s[n] != 0; n++)
		if (((unsigned char)s[n] & 0xc0) != 0x80 && most-- == 0)
			break;
	return n;
}

static bool
is_phone(const char *s)
{
	return s[0] == '+' && s[1] >= '0' && s[1] <= '9' &&
	    s[strspn(s, "+0123456789 ()./-")] == 0;
}

/* A cell of at most so many characters; what is cut, or does not say itself
 * whole, goes into the description with its label. */
static bw_err
put(struct sales *x, const char *label, const char *s, size_t len,
    size_t most)
{
	char cell[FIELD_VALUE_MAX + 1];
	size_t n;
	bw_err r = BW_OK;

	if (len > FIELD_VALUE_MAX)
		return BW_ERR_BOUND;
	memcpy(cell, s, len);
	cell[len] = 0;
	n = chars(cell, most);
	if (cell[n] != 0)
		r = bw_buf_printf(&x->about, "%s: %s\n", label, cell);
	cell[n] = 0;
	if (r == BW_OK)
		r = is_phone(cell) ? bw_buf_put_str(&x->row, cell) :
		    leads_csv_cell(&x->row, cell);
	explicit_bzero(cell, sizeof(cell));
	return r != BW_OK ? r : bw_buf_put_u8(&x->row, ',');
}

static bw_err
put_name(struct sales *x, const char *name)
{
	const char *space = strrchr(name, ' ');
	bw_err r;

	if (name[0] == 0)
		name = MISSING;
	if (space == NULL || name[0] == '[') {
		r = bw_buf_put_u8(&x->row, ',');
		return r != BW_OK ? r :
		    put(x, "Name", name, strlen(name), 80);
	}
	r = put(x, "First name", name, (size_t)(space - name), 40);
	return r != BW_OK ? r :
	    put(x, "Last name", space + 1, strlen(space + 1), 80);
}

static bool
is_country(const struct sales *x, const char *s)
{
	for (size_t i = 0; i < x->ncountries; i++)
		if (strcasecmp(x->country[i], s) == 0)
			return true;
	return false;
}

static bw_err
put_place(struct sales *x, const char *place)
{
	const char *comma = strrchr(place, ',');
	const char *end = comma != NULL ? comma + 1 : place;
	size_t city = strlen(place);
	bw_err r;

	end += strspn(end, " ");
	if (is_country(x, end))
		city = comma != NULL ? (size_t)(comma - place) : 0;
	else
		end = "";
	if ((r = put(x, "Location", place, city, 40)) != BW_OK)
		return r;
	return put(x, "Country", end, strlen(end), 80);
}

/* What was noted of one lead, in x->one. */
static bw_err
note_lead(struct sales *x, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	char question[LEADS_QUESTION_SIZE], keep[WHEN_SIZE];
	bw_err r;

	when_format(store_keep_until(row->rel), keep);
	bw_buf_reset(&x->one);
	r = bw_buf_printf(&x->one, "Badge scan %s-%" PRIu64 "\n"
	    "Keep until: %s\n", row->rel->device, row->rel->seq, keep);
	if (n->rating >= 0 && r == BW_OK)
		r = bw_buf_printf(&x->one, "Rating: %d\n", n->rating);
	for (size_t i = 0; i < n->ntags && r == BW_OK; i++)
		r = bw_buf_printf(&x->one, "Tag: %s\n", n->tag[i]);
	for (size_t i = 0; i < n->nanswers && r == BW_OK; i++) {
		leads_source_question(row, &n->answer[i], question);
		r = bw_buf_printf(&x->one, "%s%s\n", question,
		    n->answer[i].answer);
	}
	return r == BW_OK ? bw_buf_put_str(&x->one, n->text) : r;
}

static bw_err
add_about(struct sales *x, const struct leads_row *row)
{
	bw_err r;

	if (x->full)
		return BW_OK;
	if ((r = note_lead(x, row)) != BW_OK ||
	    (!row->first && (r = bw_buf_put_u8(&x->about, '\n')) != BW_OK))
		return r;
	x->full = x->about.len + x->one.len > ABOUT_MAX;
	return x->full ? bw_buf_put_str(&x->about, OLDER) :
	    bw_buf_put(&x->about, x->one.ptr, x->one.len);
}

/* All but the description, from its person's newest lead. */
static bw_err
begin_row(struct sales *x, const struct leads_row *row)
{
	const char *const *v = row->value;
	const char *company = v[FIELD_COMPANY][0] != 0 ? v[FIELD_COMPANY] :
	    MISSING, *event = row->policy->event.name;
	bw_err r;

	if ((r = put_name(x, v[FIELD_NAME])) != BW_OK ||
	    (r = put(x, "Company", company, strlen(company), 255)) != BW_OK ||
	    (r = put(x, "Title", v[FIELD_JOB_TITLE],
	    strlen(v[FIELD_JOB_TITLE]), 128)) != BW_OK ||
	    (r = put(x, "Email", v[FIELD_EMAIL], strlen(v[FIELD_EMAIL]),
	    80)) != BW_OK ||
	    (r = put(x, "Phone", v[FIELD_WORK_PHONE],
	    strlen(v[FIELD_WORK_PHONE]), 40)) != BW_OK ||
	    (r = put_place(x, v[FIELD_LOCATION])) != BW_OK)
		return r;
	return put(x, "Event", event, strlen(event), 255);
}

static bw_err
end_row(struct sales *x)
{
	const char *about;
	bw_err r;

	if ((r = bw_buf_cstr(&x->about, &about)) != BW_OK ||
	    (r = leads_csv_cell(&x->row, about)) != BW_OK ||
	    (r = bw_buf_put_str(&x->row, "\r\n")) != BW_OK)
		return r;
	r = outfile_put(x->out, x->row.ptr, x->row.len);
	bw_buf_reset(&x->row);
	bw_buf_reset(&x->about);
	x->full = false;
	return r;
}

static bw_err
on_row(void *arg, const struct leads_row *row)
{
	struct sales *x = arg;
	bw_err r;

	if ((row->first && (r = begin_row(x, row)) != BW_OK) ||
	    (r = add_about(x, row)) != BW_OK)
		return r;
	x->n++;
	return row->last ? end_row(x) : BW_OK;
}

bw_err
leads_salesforce(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	struct sales x = { .out = out,
		.row = BW_BUF_INIT(ROW_MAX), .about = BW_BUF_INIT(ROW_MAX / 2),
		.one = BW_BUF_INIT(ROW_MAX / 2) };
	bw_err r = BW_ERR_NOMEM;

	*n = 0;
	if ((x.country = calloc(COUNTRIES, sizeof(*x.country))) == NULL)
		return r;
	load_countries(&x);
	if ((r = outfile_put(out, HEAD, sizeof(HEAD) - 1)) == BW_OK)
		r = leads_source_people(s, what, on_row, &x, left);
	*n = x.n;
	free(x.country);
	bw_buf_free(&x.row);
	bw_buf_free(&x.about);
	bw_buf_free(&x.one);
	return r;
}
