// SPDX-License-Identifier: Apache-2.0
#include "tests/support/summit.h"

#include "host/store_deleted.h"

#include <ftw.h>
#include <stdio.h>
#include <unistd.h>

#include "record/upload.h"

static const struct hostdir_config config = {
	.event_id = "ev26",
	.event_name = "Summit 2026",
	.event_uri = "https://summit.example/2026",
	.log_name = "log.summit.example",
	.base_url = "http://127.0.0.1:8080"
};

static const char *const people[SUMMIT_PEOPLE][FIELD_COUNT + 1] = {
	{ NULL, "Ada Lovelace", "ada@mail.example", "Engines, Ltd.",
	    "Analyst", "+44 20 7946 0000", "London" },
	{ NULL, "Zoë Müller", "zoe@mail.example", "Łódź GmbH",
	    "Ärztin", "+49 30 7541208", "Köln" },
	{ NULL, "李雷", "li@mail.example", "例え", "SRE", "", "東京" }
};

static void
part_fill(struct policy *p, const struct summit *s)
{
	static const char *const langs[2] = { "en", "de" };

	p->nlangs = p->sponsor.npurposes = 2;
	for (size_t i = 0; i < 2; i++) {
		struct policy_notice *n = &p->notice[i];

		strcpy(p->lang[i], langs[i]);
		strcpy(n->lang, langs[i]);
		strcpy(p->sponsor.purpose[i].lang, langs[i]);
		strcpy(p->sponsor.purpose[i].text, "to send the news");
		strcpy(n->title, "A sponsor asks");
		strcpy(n->purpose, "to send the news");
		strcpy(n->retention, "kept for 180 days");
		strcpy(n->withdraw, "take it back at any time");
		strcpy(n->silence, "no answer means no");
	}
	memcpy(p->registrar_spki, crypto_key_spki(s->host->registrar),
	    CRYPTO_SPKI);
	memcpy(p->host_spki, crypto_key_spki(s->host->host), CRYPTO_SPKI);
	memcpy(p->host_seal_spki, crypto_key_spki(s->host->host_seal),
	    CRYPTO_SPKI);
}

struct policy *
summit_part(const struct summit *s, const char *sponsor, const char *version)
{
	struct policy *p = calloc(1, sizeof(*p)), *checked;
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bool acme = strcmp(sponsor, "acme") == 0;

	assert_non_null(p);
	strcpy(p->version, version);
	p->serial = 1;
	p->valid_from = 1777000000;
	p->valid_until = 1779000000;
	strcpy(p->event.id, config.event_id);
	strcpy(p->event.uri, config.event_uri);
	strcpy(p->event.name, config.event_name);
	strcpy(p->event.log, config.log_name);
	strcpy(p->event.receipts, config.base_url);
	strcpy(p->sponsor.id, sponsor);
	strcpy(p->sponsor.name, acme ? "ACME" : "Example & Corp");
	strcpy(p->sponsor.country, "DE");
	strcpy(p->sponsor.privacy_url, "https://sponsor.example/privacy");
	strcpy(p->sponsor.contact, "privacy@sponsor.example");
	p->required = FIELD_BIT(FIELD_NAME);
	p->optional = FIELD_ALL & (field_set)~p->required;
	if (!acme) {
		p->required |= FIELD_BIT(FIELD_EMAIL);
		p->optional = FIELD_BIT(FIELD_COMPANY);
	}
	p->retain_days = 180;
	if (acme) {
		p->nquestions = p->question[0].ntexts = 1;
		strcpy(p->question[0].id, "size");
		strcpy(p->question[0].text[0].lang, "en");
		strcpy(p->question[0].text[0].text, SUMMIT_QUESTION);
	}
	part_fill(p, s);
	/* Decoding fills in the hashes. */
	checked = calloc(1, sizeof(*checked));
	assert_non_null(checked);
	assert_ok(policy_encode(p, &json));
	assert_ok(policy_decode((const char *)json.ptr, json.len, checked));
	bw_buf_free(&json);
	policy_free(p);
	free(p);
	return checked;
}

void
summit_install(struct summit *s, const char *version)
{
	static const char source[] = "event = ev26\n";
	struct policy *part[2] = {
		summit_part(s, "acme", version),
		summit_part(s, "example-corp", version)
	};
	const struct policy *parts[2] = { part[0], part[1] };

	assert_ok(store_begin(s->store));
	assert_ok(store_policy_install(s->store, version, source,
	    sizeof(source) - 1, parts, 2, SUMMIT_NOW));
	assert_ok(store_commit(s->store));
	for (size_t i = 0; i < 2; i++) {
		policy_free(part[i]);
		free(part[i]);
	}
}

static void
add_person(struct summit *s, size_t i)
{
	struct registration r = { .status = REG_ATTENDING };
	struct store_edition e = { .edition = 1, .type = "ntag215",
		.on_badge = FIELD_ALL, .issued_at = SUMMIT_NOW };
	enum store_change change;

	snprintf(r.key, sizeof(r.key), "eventbrite/1000/%zu", i);
	for (int f = 1; f <= FIELD_COUNT; f++)
		strcpy(r.values.v[f], people[i][f]);
	assert_ok(store_registration_put(s->store, &r, SUMMIT_NOW, &change,
	    &s->person[i]));
	assert_int_equal(change, STORE_ADDED);
	memset(s->badge[i], 0x40 + (int)i, BADGE_ID);
	memcpy(e.badge_id, s->badge[i], BADGE_ID);
	e.registration = s->person[i];
	e.values = r.values;
	assert_ok(store_edition_add(s->store, &e));
}

void
summit_open(struct summit *s, const char *where)
{
	const char *why;

	memset(s, 0, sizeof(*s));
	strcpy(s->dir, "/tmp/badgeward-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	assert_ok(hostdir_create(s->dir, &config, &why));
	assert_ok(hostdir_open(&s->host, s->dir, &why));
	assert_ok(store_open(&s->store,
	    where != NULL ? where : s->host->db_path));
	store_deleted_key(s->store, s->host->deleted);
	summit_install(s, SUMMIT_VERSION);
	assert_ok(store_begin(s->store));
	for (size_t i = 0; i < SUMMIT_PEOPLE; i++)
		add_person(s, i);
	assert_ok(store_commit(s->store));
}

static int
remove_one(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
summit_close(struct summit *s)
{
	store_close(&s->store);
	hostdir_close(&s->host);
	nftw(s->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void
booth_look(struct booth *b)
{
	char name[TEXT_ID_MAX + 1];

	strcpy(name, b->device.name);
	assert_ok(store_device_get(b->summit->store, name, &b->device));
}

void
booth_invite(struct booth *b, struct summit *s, const char *name,
    const char *sponsor)
{
	char origin[ORIGIN_MAX + 1];

	memset(b, 0, sizeof(*b));
	b->summit = s;
	b->now = SUMMIT_NOW;
	b->upload = BW_BUF_INIT(8u << 20);
	b->policy = summit_part(s, sponsor, SUMMIT_VERSION);
	assert_ok(crypto_key_generate(&b->log));
	assert_ok(crypto_key_generate(&b->seal));
	assert_ok(crypto_key_generate(&b->identity));
	assert_ok(bw_random(b->code, sizeof(b->code)));
	assert_ok(hostdir_origin(s->host, name, origin));
	assert_ok(store_begin(s->store));
	assert_ok(store_device_add(s->store, name, sponsor, origin, b->code,
	    SUMMIT_NOW, SUMMIT_NOW + 3600));
	assert_ok(store_commit(s->store));
	strcpy(b->device.name, name);
	booth_look(b);
}

static void
encode(const struct body *body, struct bw_buf *out)
{
	assert_ok(body_encode(body, out));
}

void
booth_post(struct booth *b, struct enrol_post *out)
{
	struct body open = { .kind = ENTRY_OPEN };
	uint8_t bytes[ENTRY_MAX];
	struct checkpoint cp;
	struct entry e;
	size_t len;

	memset(out, 0, sizeof(*out));
	out->entry = BW_BUF_INIT(ENTRY_MAX);
	out->body = BW_BUF_INIT(BODY_MAX);
	out->note = BW_BUF_INIT(NOTE_MAX);
	strcpy(open.u.open.event, "ev26");
	strcpy(open.u.open.device, b->device.name);
	strcpy(open.u.open.sponsor, b->device.sponsor);
	memcpy(open.u.open.log_spki, crypto_key_spki(b->log), CRYPTO_SPKI);
	memcpy(open.u.open.policy_sha256, b->policy->sha256, CRYPTO_HASH);
	encode(&open, &out->body);
	assert_ok(chain_make(&b->chain, ENTRY_OPEN, out->body.ptr,
	    out->body.len, b->now, bytes, &len, &e));
	assert_ok(bw_buf_put(&out->entry, bytes, len));
	strcpy(cp.origin, b->device.origin);
	cp.size = 1;
	assert_ok(tree_root(&b->chain.tree, cp.root));
	assert_ok(checkpoint_sign(&cp, b->log, &out->note));
	assert_ok(enrol_id(b->code, out->id));
	memcpy(out->log_spki, crypto_key_spki(b->log), CRYPTO_SPKI);
	memcpy(out->seal_spki, crypto_key_spki(b->seal), CRYPTO_SPKI);
	memcpy(out->identity_spki, crypto_key_spki(b->identity),
	    CRYPTO_SPKI);
	assert_ok(enrol_proof(b->code, b->device.name, out->log_spki,
	    out->seal_spki, out->identity_spki, out->proof));
}

void
booth_open(struct booth *b, struct summit *s, const char *name,
    const char *sponsor)
{
	static const uint8_t hash[CRYPTO_HASH] = { 1 };
	struct enrol_post p;
	struct bw_buf answer = BW_BUF_INIT(16);
	struct upload_item item;
	struct ingest_in in;
	struct ingest_out out;

	booth_invite(b, s, name, sponsor);
	booth_post(b, &p);
	item = (struct upload_item){ p.entry.ptr, p.entry.len, p.body.ptr,
		p.body.len };
	assert_ok(upload_put_item(&b->upload, &item));
	assert_ok(upload_put_note(&b->upload, (const char *)p.note.ptr,
	    p.note.len));
	assert_ok(bw_buf_put_str(&answer, "{}"));
	assert_ok(store_begin(s->store));
	assert_ok(store_enrol_finish(s->store, p.id, &p, hash, &answer,
	    SUMMIT_NOW, SUMMIT_NOW + 86400));
	booth_look(b);
	in = (struct ingest_in){ s->host, &b->device, b->upload.ptr,
		b->upload.len, 0, SUMMIT_NOW, false };
	assert_ok(ingest_first(s->store, &in, &out));
	assert_ok(store_commit(s->store));
	bw_buf_free(&out.note);
	bw_buf_free(&answer);
	enrol_post_free(&p);
	booth_look(b);
	booth_begin(b);
}

void
booth_close(struct booth *b)
{
	crypto_key_close(&b->log);
	crypto_key_close(&b->seal);
	crypto_key_close(&b->identity);
	bw_buf_free(&b->upload);
	policy_free(b->policy);
	free(b->policy);
}

struct body
booth_share(struct booth *b, size_t person, field_set granted)
{
	struct body body = { .kind = ENTRY_SHARE };
	struct body_share *s = &body.u.share;

	memcpy(s->badge_id, b->summit->badge[person], BADGE_ID);
	s->edition = 1;
	strcpy(s->sponsor, b->device.sponsor);
	s->granted = granted;
	strcpy(s->language, "en");
	memcpy(s->notice_sha256, b->policy->notice[0].sha256, CRYPTO_HASH);
	s->answer_ms = 3000;
	memset(s->rh, (int)strlen(b->device.name), sizeof(s->rh));
	memcpy(s->rh, b->device.name, 3);
	s->rh[3] = b->made++;	/* within what the store looks up by */
	return body;
}

uint64_t
booth_add(struct booth *b, struct body *body)
{
	struct bw_buf bytes = BW_BUF_INIT(BODY_MAX);
	uint8_t entry[ENTRY_MAX];
	struct upload_item item;
	struct entry e;
	size_t len;

	memset(body->rs, (int)b->chain.tree.size, sizeof(body->rs));
	encode(body, &bytes);
	assert_ok(chain_make(&b->chain, body->kind, bytes.ptr, bytes.len,
	    b->now, entry, &len, &e));
	item = (struct upload_item){ entry, len, bytes.ptr, bytes.len };
	assert_ok(upload_put_item(&b->upload, &item));
	bw_buf_free(&bytes);
	return e.seq;
}

void
booth_sign(struct booth *b)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct checkpoint cp;

	strcpy(cp.origin, b->device.origin);
	cp.size = b->chain.tree.size;
	assert_ok(tree_root(&b->chain.tree, cp.root));
	assert_ok(checkpoint_sign(&cp, b->log, &note));
	assert_ok(upload_put_note(&b->upload, (const char *)note.ptr,
	    note.len));
	bw_buf_free(&note);
}

void
booth_begin(struct booth *b)
{
	bw_buf_reset(&b->upload);
	b->from = b->chain.tree.size;
}

bw_err
booth_ingest(struct booth *b, uint64_t from, const struct bw_buf *up,
    struct ingest_out *out)
{
	struct ingest_in in = { b->summit->host, &b->device, up->ptr,
		up->len, from, (int64_t)(b->now - b->ahead), b->doubted };

	return ingest_upload(b->summit->store, &in, out);
}

void
booth_last(const struct booth *b, uint64_t size)
{
	struct entry e = { .kind = ENTRY_CLOCK, .seq = size - 1,
		.time = b->now };
	uint8_t raw[ENTRY_MAX];
	struct store_entry kept = { .seq = e.seq, .entry = raw, .body = NULL };

	assert_ok(entry_encode(&e, raw, &kept.entry_len));
	assert_ok(store_entry_add(b->summit->store, b->device.num, &kept));
}

bw_err
booth_send(struct booth *b, struct ingest_out *out)
{
	bw_err r;

	booth_sign(b);
	r = booth_ingest(b, b->from, &b->upload, out);
	if (r == BW_OK)
		booth_begin(b);
	booth_look(b);
	return r;
}
