// SPDX-License-Identifier: Apache-2.0
#include "host/retain.h"

#include <string.h>

#include "host/policyfile.h"
#include "host/policytree.h"

static const struct retain_class classes[RETAIN_CLASSES] = {
	[RETAIN_NOTES] = { "notes", "Notes of sponsors on shares",
	    "the end of the sponsor's period", 0 },
	[RETAIN_LEADS] = { "leads", "Shares with sponsors",
	    "the end of the sponsor's period", 30 },
	[RETAIN_REGISTRATIONS] = { "registrations",
	    "Registrations, and their values on badges",
	    "the event's end, or the end of a sponsor's period", 30 },
	[RETAIN_LOGS] = { "logs",
	    "Devices' records of shares, as proof that somebody agreed",
	    "the event's end, or the end of a sponsor's period", 180 },
	[RETAIN_COUNTS] = { "counts", "Counts by the hour",
	    "the event's end", 730 },
	[RETAIN_SALTS] = { "salts",
	    "Proofs of whose address a row of the audit is about",
	    "the event's end", 365 },
	[RETAIN_DELETED] = { "deleted",
	    "Record of the deleted, so that no import brings them back",
	    "the erasure, or the event's end", 365 },
	[RETAIN_CASES] = { "cases", "Cases and their letters",
	    "the closing of the case", 1095 },
	[RETAIN_MAIL] = { "mail", "Mail to attendees",
	    "when it was sent or given up", 30 },
	[RETAIN_DISCLOSURES] = { "disclosures", "Disclosures",
	    "the disclosure, or the day until which it is secret", 1825 },
	[RETAIN_INCIDENTS] = { "incidents", "Incidents",
	    "the closing of the incident", 1825 },
	[RETAIN_LOGINS] = { "logins",
	    "Log-ins of staff and sponsors, and tokens that ended",
	    "the last use", 90 },
	[RETAIN_HEALTH] = { "health",
	    "State of the devices (reader, clock, storage)",
	    "the device's report", 30 },
	[RETAIN_EXPORTS] = { "exports", "List of the files given out",
	    "the export", 365 },
};

const struct retain_class *
retain_class(enum retain c)
{
	return &classes[c];
}

static bw_err
take_days(const struct policytree *t, struct retain_rules *out)
{
	for (size_t i = 0; i < t->nkeys; i++) {
		const char *value = t->keys[i].n != 0 ?
		    t->keys[i].value[0] : "";
		uint64_t days;
		size_t c = 0;

		while (c < RETAIN_CLASSES &&
		    strcmp(classes[c].name, t->keys[i].name) != 0)
			c++;
		if (c == RETAIN_CLASSES || text_number(value, strlen(value),
		    POLICYFILE_DAYS, &days) != BW_OK)
			return BW_ERR_FORMAT;
		out->days[c] = (unsigned)days;
	}
	return BW_OK;
}

static bw_err
read_source(const struct bw_buf *b, struct retain_rules *out)
{
	struct policytree *t = NULL, *sec;
	struct fault_list faults = { 0 };
	bw_err r;

	r = policytree_read(&t, (const char *)b->ptr, b->len, &faults);
	if (r == BW_OK &&
	    (sec = policytree_section(t, "retention", NULL)) != NULL)
		r = take_days(sec, out);
	policytree_free(&t);
	return r;
}

bw_err
retain_load(struct store *s, struct retain_rules *out)
{
	struct bw_buf source = BW_BUF_INIT(POLICYFILE_MAX);
	struct store_policy p;
	bw_err r;

	*out = (struct retain_rules){ 0 };
	for (size_t i = 0; i < RETAIN_CLASSES; i++)
		out->days[i] = classes[i].days;
	if ((r = store_policy_current(s, &p)) == BW_OK &&
	    (r = store_policy_source(s, p.version, &source)) == BW_OK &&
	    (r = read_source(&source, out)) == BW_OK)
		r = store_policy_until(s, p.version, &out->event_end);
	bw_buf_free(&source);
	return r;
}
