// SPDX-License-Identifier: Apache-2.0
/*
 * The consent receipt as JSON-LD: the DPV's profile of ISO/IEC TS 27560
 * (https://w3id.org/dpv/guides/consent-27560), whose required fields are all
 * here. Every term is one of DPV 2.3, of Dublin Core, SKOS or schema.org;
 * things of this event have an address on this host.
 *
 * Terms whose value is an address are said to be so in the context, so that the
 * document reads like the guide's and still means addresses as RDF.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "host/receipt_file.h"

#define PROFILE "https://w3id.org/dpv/schema/dpv-27560#"
#define IRI_MAX 512

/* What is made from: its addresses in one place. */
struct paper {
	const struct share_facts *f;
	const struct hostdir *h;
	char id[SHARE_ID_MAX];
	char log[IRI_MAX];	/* the device's checkpoint */
	char record[IRI_MAX], receipt[IRI_MAX], subject[IRI_MAX];
	char sponsor[IRI_MAX];	/* its part of /privacy */
	char withdraw[IRI_MAX];
};

/* The DPV's word for each field. */
static const char *const dpv_field[FIELD_COUNT + 1] = {
	NULL, "pd:Name", "pd:EmailAddress", "pd:CurrentEmployment", "pd:Job",
	"pd:TelephoneNumber", "pd:Location"
};

static void
name_things(struct paper *p)
{
	const struct share_facts *f = p->f;
	const char *base = p->h->config.base_url;

	share_id(f, p->id);
	snprintf(p->log, IRI_MAX, "%s/log/%s/checkpoint", base,
	    f->r.device.name);
	snprintf(p->record, IRI_MAX, "%.400s#%llu", p->log,
	    (unsigned long long)f->r.lead.seq);
	snprintf(p->receipt, IRI_MAX, "%.450s-receipt", p->record);
	snprintf(p->subject, IRI_MAX, "%.450s-attendee", p->record);
	snprintf(p->sponsor, IRI_MAX, "%s/privacy#%s", base,
	    f->pol->sponsor.id);
	snprintf(p->withdraw, IRI_MAX, "%s/r/", base);
}

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
	static const char *const prefix[][2] = {
		{ "dct", "http://purl.org/dc/terms/" },
		{ "dpv", "https://w3id.org/dpv#" },
		{ "eu-gdpr", "https://w3id.org/dpv/legal/eu/gdpr#" },
		{ "legal-eu", "https://w3id.org/dpv/legal/eu#" },
		{ "loc", "https://w3id.org/dpv/loc#" },
		{ "pd", "https://w3id.org/dpv/pd#" },
		{ "rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#" },
		{ "schema", "https://schema.org/" },
		{ "skos", "http://www.w3.org/2004/02/skos/core#" },
		{ "xsd", "http://www.w3.org/2001/XMLSchema#" },
	};
	static const char *const address[] = { "dct:conformsTo", "dct:source",
		"dpv:hasApplicableLaw", "dpv:hasCountry", "dpv:hasDataSource",
		"dpv:hasDataSubject", "dpv:hasJurisdiction",
		"dpv:hasLegalBasis", "dpv:hasNecessity", "dpv:hasProcessing",
		"dpv:hasRecipient", "dpv:isExercisedAt", "dpv:isIndicatedBy",
		"schema:recipient", "schema:url", "skos:broader" };
	json_t *o = json_object();

	for (size_t i = 0; i < sizeof(prefix) / sizeof(*prefix); i++)
		json_object_set_new(o, prefix[i][0],
		    json_string(prefix[i][1]));
	for (size_t i = 0; i < sizeof(address) / sizeof(*address); i++)
		json_object_set_new(o, address[i], json_pack("{s:s}",
		    "@type", "@id"));
	return o;
}

/* The country, by the DPV's term; Kosovo alone has none there. */
static void
country(json_t *o, const char *member, const char *code)
{
	char term[8];

	snprintf(term, sizeof(term), "loc:%s", code);
	json_object_set_new(o, member, strcmp(code, "XK") == 0 ?
	    json_pack("{s:s, s:s}", "@type", "dpv:Country",
	    "dct:identifier", code) : json_string(term));
}

static json_t *
personal_data(const struct share_facts *f)
{
	json_t *a = json_array();

	for (int i = 1; i <= FIELD_COUNT; i++)
		if ((f->r.lead.granted & FIELD_BIT(i)) != 0)
			json_array_append_new(a, json_pack(
			    "{s:s, s:s, s:s, s:s, s:s}",
			    "@type", "dpv:PersonalData",
			    "skos:broader", dpv_field[i],
			    "dct:identifier", field_name((enum field)i),
			    "dpv:hasNecessity",
			    (f->pol->required & FIELD_BIT(i)) != 0 ?
			    "dpv:Required" : "dpv:Optional",
			    "dpv:hasDataSource", "dpv:DataSubjectDataSource"));
	return a;
}

static json_t *
purpose(const struct policy *p)
{
	json_t *a = json_array();

	for (size_t i = 0; i < p->sponsor.npurposes; i++)
		json_array_append_new(a, json_pack("{s:s, s:s}", "@language",
		    p->sponsor.purpose[i].lang, "@value",
		    p->sponsor.purpose[i].text));
	return json_pack("{s:s, s:o}", "@type", "dpv:Purpose",
	    "dct:description", a);
}

/* Where it is stored only the sponsor knows: its own policy says it. */
static json_t *
storage(const struct share_facts *f)
{
	char days[32];

	snprintf(days, sizeof(days), "P%lluD",
	    (unsigned long long)f->pol->retain_days);
	return json_pack("[{s:s, s:{s:s, s:{s:s, s:s}}},"
	    " {s:s, s:{s:s, s:o}}, {s:s, s:s}]",
	    "@type", "dpv:StorageDuration",
	    "dpv:hasDuration", "@type", "dpv:TemporalDuration",
	    "rdf:value", "@type", "xsd:duration", "@value", days,
	    "@type", "dpv:StorageDeletion",
	    "dpv:hasDuration", "@type", "dpv:UntilTimeDuration",
	    "rdf:value", time_json(share_until(f)),
	    "@type", "dpv:StorageLocation",
	    "dct:source", f->pol->sponsor.privacy_url);
}

static json_t *
controller(const struct paper *p)
{
	const struct policy *pol = p->f->pol;
	json_t *o = json_pack("{s:s, s:[s,s,s], s:s, s:s, s:s, s:s, s:s,"
	    " s:{s:s, s:s, s:s}, s:{s:s, s:s}}",
	    "@id", p->sponsor, "@type", "dpv:Organisation",
	    "dpv:DataController", "dpv:Recipient",
	    "dct:identifier", pol->sponsor.id,
	    "dpv:hasIdentifier", p->sponsor,
	    "dpv:hasName", pol->sponsor.name,
	    "dpv:hasContact", pol->sponsor.contact,
	    "schema:url", pol->sponsor.privacy_url,
	    "schema:contactPoint", "@type", "schema:ContactPoint",
	    "schema:description", pol->sponsor.contact,
	    "schema:url", pol->sponsor.privacy_url,
	    "schema:address", "@type", "schema:PostalAddress",
	    "schema:addressCountry", pol->sponsor.country);

	country(o, "dpv:hasCountry", pol->sponsor.country);
	return o;
}

static json_t *
process(const struct paper *p)
{
	return json_pack("{s:s, s:o, s:o, s:[s,s], s:s, s:s, s:o}",
	    "@type", "dpv:Process",
	    "dpv:hasPurpose", purpose(p->f->pol),
	    "dpv:hasPersonalData", personal_data(p->f),
	    "dpv:hasProcessing", "dpv:Obtain", "dpv:Store",
	    "dpv:hasLegalBasis", "eu-gdpr:A6-1-a",
	    "dpv:hasRecipient", p->sponsor,
	    "dpv:hasStorageCondition", storage(p->f));
}

/* What happened, when, by whom: given, and ended if it was. */
static json_t *
status(const struct paper *p)
{
	const struct share_facts *f = p->f;
	json_t *a = json_pack("[{s:[s,s], s:s, s:s, s:o, s:{s:s, s:o}}]",
	    "@type", "dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent",
	    "dpv:isIndicatedBy", p->subject,
	    "dpv:hasIndicationMethod", "\"Share\" on the booth's screen, and "
	    "the badge held to its reader",
	    "dpv:isIndicatedAtTime", time_json(f->r.lead.time),
	    "dpv:hasDuration", "@type", "dpv:UntilTimeDuration",
	    "rdf:value", time_json(share_until(f)));

	if (share_is_ended(f))
		json_array_append_new(a, json_pack("{s:s, s:s, s:s, s:o,"
		    " s:{s:s}}", "@type", "dpv:ConsentWithdrawn",
		    "dpv:isIndicatedBy", p->subject,
		    "dpv:hasIndicationMethod",
		    f->r.lead.state == LEAD_UNDONE ?
		    "\"Undo\" on the booth's screen" :
		    "The receipt's page, with its code",
		    "dpv:isIndicatedAtTime", time_json(f->r.lead.ended_at),
		    "dpv:hasDuration", "@type", "dpv:EndlessDuration"));
	return a;
}

/* Word for word; named by its hash, as the log's entry commits to it. */
static json_t *
notice(const struct share_facts *f)
{
	const struct policy_notice *n = f->read;
	char text[POLICY_TEXT_MAX * 4 + 8], hex[TEXT_HEX_SIZE(CRYPTO_HASH)];
	json_t *o = json_pack("{s:s, s:s}", "@type", "dpv:ConsentNotice",
	    "schema:version", f->pol->version);

	if (n == NULL) {
		json_object_set_new(o, "dct:language",
		    json_string(f->r.lead.language));
		return o;
	}
	text_hex(n->sha256, CRYPTO_HASH, hex);
	snprintf(text, sizeof(text), "%s\n%s\n%s\n%s", n->purpose,
	    n->retention, n->withdraw, n->silence);
	json_object_set_new(o, "dct:language", json_string(n->lang));
	json_object_set_new(o, "dct:identifier", json_sprintf("sha256:%s",
	    hex));
	json_object_set_new(o, "dct:title", json_pack("{s:s, s:s}",
	    "@language", n->lang, "@value", n->title));
	json_object_set_new(o, "dct:description", json_pack("{s:s, s:s}",
	    "@language", n->lang, "@value", text));
	return o;
}

static json_t *
notices(const struct share_facts *f)
{
	return json_pack("[o, {s:s, s:s}]", notice(f),
	    "@id", f->pol->sponsor.privacy_url, "@type", "dpv:PrivacyNotice");
}

/* GDPR's rights of who has consented, and where each is exercised. */
static json_t *
rights(const struct paper *p)
{
	static const struct {
		const char *article, *title;
	} all[] = {
		{ "eu-gdpr:A7-3", "Right to withdraw consent" },
		{ "eu-gdpr:A15", "Right of access" },
		{ "eu-gdpr:A16", "Right to rectification" },
		{ "eu-gdpr:A17", "Right to erasure" },
		{ "eu-gdpr:A18", "Right to restriction of processing" },
		{ "eu-gdpr:A20", "Right to data portability" },
		{ "eu-gdpr:A77", "Right to lodge a complaint with a "
		    "supervisory authority" },
	};
	json_t *a = json_array();

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		json_array_append_new(a, json_pack("{s:[s,s], s:{s:s, s:s},"
		    " s:s}", "@type", "dpv:DataSubjectRight", all[i].article,
		    "dct:title", "@language", "en", "@value", all[i].title,
		    "dpv:isExercisedAt", i == 0 ? p->withdraw : p->sponsor));
	return a;
}

/* Who answers for the event, as far as its policy says. */
static json_t *
event(const struct paper *p)
{
	const struct store_contact *w = &p->f->who;
	json_t *o = json_pack("{s:s, s:s, s:s}",
	    "@id", p->f->pol->event.uri, "@type", "dpv:Organisation",
	    "dpv:hasName", w->controller[0] != 0 ? w->controller :
	    p->f->pol->event.name);

	if (w->contact[0] != 0)
		json_object_set_new(o, "dpv:hasContact",
		    json_string(w->contact));
	return o;
}

static json_t *
record(const struct paper *p)
{
	const struct share_facts *f = p->f;
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:s,"
	    " s:{s:s, s:s, s:s}, s:o, s:s, s:o, s:{s:s, s:s}, s:o, s:o, s:o}",
	    "@id", p->record, "@type", "dpv:ConsentRecord",
	    "dct:identifier", p->id, "dpv:hasIdentifier", p->record,
	    "dct:conformsTo", PROFILE "record-eu-gdpr",
	    "dct:created", time_json(f->r.lead.time),
	    "dct:source", p->log,
	    "dpv:hasDataSubject", "@id", p->subject, "@type",
	    "dpv:DataSubject", "dct:identifier", p->id,
	    "dpv:hasDataController", controller(p),
	    "dpv:hasApplicableLaw", "legal-eu:law-GDPR",
	    "dpv:hasProcess", process(p),
	    "dpv:hasConsentControl", "@type", "dpv:WithdrawConsent",
	    "dpv:isExercisedAt", p->withdraw,
	    "dpv:hasConsentStatus", status(p),
	    "dpv:hasNotice", notices(f),
	    "dpv:hasRight", rights(p));

	country(o, "dpv:hasJurisdiction", f->pol->sponsor.country);
	if (f->who.complaint[0] != 0)
		json_object_set_new(o, "dpv:hasAuthority", json_pack(
		    "{s:s, s:s}", "@type", "dpv:DataProtectionAuthority",
		    "dpv:hasName", f->who.complaint));
	return o;
}

bw_err
receipt_jsonld(struct call *c, const struct share_facts *f,
    struct bw_buf *out)
{
	struct paper p = { .f = f, .h = c->host->dir };
	char *text = NULL;
	json_t *o;
	bw_err e = BW_ERR_NOMEM;

	name_things(&p);
	o = json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:o}",
	    "@context", context(), "@id", p.receipt,
	    "@type", "dpv:ConsentReceipt", "dct:identifier", p.id,
	    "dpv:hasIdentifier", p.receipt,
	    "dct:conformsTo", PROFILE "receipt-eu-gdpr",
	    "dct:created", time_json(c->now), "dct:publisher", event(&p),
	    "schema:recipient", "dpv:DataSubject",
	    "dpv:hasRecordOfActivity", record(&p));
	if (o == NULL || (text = json_dumps(o, JSON_INDENT(2))) == NULL)
		goto out;
	if ((e = bw_buf_put_str(out, text)) == BW_OK)
		e = bw_buf_put_u8(out, '\n');
out:
	free(text);
	json_decref(o);
	return e;
}
