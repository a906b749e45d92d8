// SPDX-License-Identifier: Apache-2.0
#include "host/receipt_file.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "record/receipt.h"
#include "record/tree.h"

#define PROFILE "https://w3id.org/dpv/schema/dpv-27560#"

/* The DPV's word for each field. */
static const char *const dpv_field[FIELD_COUNT + 1] = {
	NULL, "pd:Name", "pd:EmailAddress", "pd:CurrentEmployment", "pd:Job",
	"pd:TelephoneNumber", "pd:Location"
};

static json_t *
time_json(int64_t t)
{
	time_t when = (time_t)t;
	struct tm tm;
	char text[32];

	if (gmtime_r(&when, &tm) == NULL)
		return NULL;
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return json_pack("{s:s, s:s}", "@type", "xsd:dateTime", "@value",
	    text);
}

static json_t *
context(void)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
	    "dct", "http://purl.org/dc/terms/",
	    "dpv", "https://w3id.org/dpv#",
	    "eu-gdpr", "https://w3id.org/dpv/legal/eu/gdpr#",
	    "loc", "https://w3id.org/dpv/loc#",
	    "pd", "https://w3id.org/dpv/pd#",
	    "schema", "https://schema.org/",
	    "xsd", "http://www.w3.org/2001/XMLSchema#");
}

static json_t *
fields(field_set granted)
{
	json_t *a = json_array();

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((granted & FIELD_BIT(f)) != 0)
			json_array_append_new(a, json_pack("{s:s}", "@id",
			    dpv_field[f]));
	return a;
}

static json_t *
purposes(const struct policy *p)
{
	json_t *a = json_array();

	for (size_t i = 0; i < p->sponsor.npurposes; i++)
		json_array_append_new(a, json_pack("{s:s, s:s}", "@language",
		    p->sponsor.purpose[i].lang, "@value",
		    p->sponsor.purpose[i].text));
	return json_pack("{s:s, s:o}", "@type", "dpv:Purpose",
	    "dct:description", a);
}

static json_t *
controller(const struct policy *p)
{
	char country[8];

	snprintf(country, sizeof(country), "loc:%s", p->sponsor.country);
	return json_pack("{s:s, s:s, s:s, s:{s:s}, s:{s:s}}",
	    "@type", "dpv:DataController", "schema:name", p->sponsor.name,
	    "dpv:hasContact", p->sponsor.contact, "dpv:hasCountry", "@id",
	    country, "dpv:hasPolicy", "@id", p->sponsor.privacy_url);
}

static json_t *
process(const struct store_receipt *r, const struct policy *p)
{
	char days[32];

	snprintf(days, sizeof(days), "P%lluD",
	    (unsigned long long)p->retain_days);
	return json_pack("{s:s, s:o, s:o, s:{s:s}, s:{s:s, s:s}}",
	    "@type", "dpv:Process", "dpv:hasPurpose", purposes(p),
	    "dpv:hasPersonalData", fields(r->lead.granted),
	    "dpv:hasLegalBasis", "@id", "eu-gdpr:A6-1-a",
	    "dpv:hasStorageCondition", "@type", "dpv:StorageDuration",
	    "schema:duration", days);
}

/* Given, and ended if it was. */
static json_t *
status(const struct store_receipt *r)
{
	bool ended = r->lead.state == LEAD_UNDONE ||
	    r->lead.state == LEAD_WITHDRAWN;
	json_t *a = json_array();

	json_array_append_new(a, json_pack("{s:s, s:o}", "@type",
	    "dpv:ConsentGiven", "dct:date", time_json(r->lead.time)));
	if (ended)
		json_array_append_new(a, json_pack("{s:s, s:o}", "@type",
		    "dpv:ConsentWithdrawn", "dct:date",
		    time_json(r->lead.ended_at)));
	return a;
}

static json_t *
record(const struct hostdir *h, const struct store_receipt *r,
    const struct policy *p, const char *id)
{
	char withdraw[ENROL_BASE_MAX + 8];

	snprintf(withdraw, sizeof(withdraw), "%s/r/", h->config.base_url);
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:{s:s, s:s, s:s},"
	    " s:{s:s, s:s, s:{s:s}}}",
	    "@type", "dpv:ConsentRecord", "dct:identifier", id,
	    "dct:conformsTo", PROFILE "record-eu-gdpr",
	    "dpv:hasDataController", controller(p),
	    "dpv:hasProcess", process(r, p),
	    "dpv:hasConsentStatus", status(r),
	    "dpv:hasNotice", "@type", "dpv:ConsentNotice",
	    "dct:hasVersion", r->version, "dct:language", r->lead.language,
	    "dpv:hasRight", "@type", "dpv:DataSubjectRight",
	    "schema:name", "eu-gdpr:A7-3",
	    "dpv:isExercisedAt", "@id", withdraw);
}

bw_err
receipt_jsonld(const struct hostdir *h, const struct store_receipt *r,
    const struct policy *p, int64_t now, struct bw_buf *out)
{
	char id[TEXT_ID_MAX + 24], urn[ORIGIN_MAX + 48];
	char *text = NULL;
	json_t *o;
	bw_err e = BW_ERR_NOMEM;

	snprintf(id, sizeof(id), "%s-%llu", r->device.name,
	    (unsigned long long)r->lead.seq);
	snprintf(urn, sizeof(urn), "urn:badgeward:%s:%llu", r->device.origin,
	    (unsigned long long)r->lead.seq);
	o = json_pack("{s:o, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:o}",
	    "@context", context(), "@id", urn, "@type", "dpv:ConsentReceipt",
	    "dct:identifier", id, "dct:conformsTo",
	    PROFILE "receipt-eu-gdpr", "dct:created", time_json(now),
	    "dct:publisher", p->event.name, "schema:recipient",
	    "dpv:DataSubject", "dpv:hasRecordOfActivity",
	    record(h, r, p, id));
	if (o == NULL || (text = json_dumps(o, JSON_INDENT(2))) == NULL)
		goto out;
	if ((e = bw_buf_put_str(out, text)) == BW_OK)
		e = bw_buf_put_u8(out, '\n');
out:
	free(text);
	json_decref(o);
	return e;
}

/* The leaf hashes of a log, and one of its entries. */
struct leaves {
	uint8_t (*hash)[CRYPTO_HASH];
	uint64_t n, want;
	struct bw_buf entry;
};

static bw_err
add_leaf(void *arg, const struct store_entry *e)
{
	struct leaves *l = arg;
	bw_err r;

	if (e->seq == l->want &&
	    (r = bw_buf_put(&l->entry, e->entry, e->entry_len)) != BW_OK)
		return r;
	return tree_leaf_hash(e->entry, e->entry_len, l->hash[l->n++]);
}

/* Everything that is proved belongs to the note's size: a log that grows
 * meanwhile does no harm. */
static bw_err
prove(struct store *s, const struct store_receipt *r,
    const struct bw_buf *note, struct bw_buf *out)
{
	struct leaves l = { .want = r->lead.seq,
		.entry = BW_BUF_INIT(ENTRY_MAX) };
	struct tree_proof proof;
	struct checkpoint cp;
	bw_err e;

	if ((e = checkpoint_peek((const char *)note->ptr, note->len,
	    &cp)) != BW_OK)
		return e;
	if (cp.size <= r->lead.seq)
		return BW_ERR_NOTFOUND;
	l.hash = calloc((size_t)cp.size, sizeof(*l.hash));
	if (l.hash == NULL)
		return BW_ERR_NOMEM;
	if ((e = store_entry_each(s, r->lead.device, 0, cp.size, add_leaf,
	    &l)) == BW_OK && (e = tree_inclusion((const uint8_t (*)
	    [CRYPTO_HASH])l.hash, cp.size, r->lead.seq, &proof)) == BW_OK)
		e = tlog_proof_encode(l.entry.ptr, l.entry.len, r->lead.seq,
		    &proof, (const char *)note->ptr, note->len, out);
	free(l.hash);
	bw_buf_free(&l.entry);
	return e;
}

bw_err
receipt_proof(struct store *s, const struct store_receipt *r,
    struct bw_buf *out)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX * 2);
	bw_err e;

	if ((e = store_note_get(s, r->lead.device, &note)) == BW_OK)
		e = prove(s, r, &note, out);
	bw_buf_free(&note);
	return e;
}
