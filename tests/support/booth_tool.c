// SPDX-License-Identifier: Apache-2.0
/*
 * booth - a host in pieces, with test keys, for system tests of the kiosk:
 *
 *	booth state DIR SECONDS        an enrolled state directory whose policy
 *	                               ends in so many seconds
 *	booth policy DIR SERIAL [FIELDS]
 *	                               a newer policy into DIR/inbox; FIELDS is
 *	                               the optional set, as a number
 *	booth pin DIR SERIAL PIN       a newer policy with a PIN for the staff
 *	booth badge FILE UID [plain|foreign|false|pointer|blocked|other]
 *	                               a tag's bytes
 *	booth take DIR                 all uploads of DIR/outbox: verified
 *	                               against DIR/host, cosigned into DIR/inbox,
 *	                               removed; a line "seq kind" an entry, of a
 *	                               clock entry with " OLD NEW SOURCE"
 *	booth address                  an enrol address
 *	booth offer                    what GET enrol answers, as the uplink
 *	                               puts it
 *	booth answer FILE              what POST enrol answers to the message
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "kiosk/place.h"
#include "record/chain.h"
#include "record/enrol.h"
#include "record/mail.h"
#include "record/ndef.h"
#include "record/upload.h"
#include "tests/support/booth.h"

static struct booth booth;
static const uint8_t blocked[1][BADGE_ID] = { "blocked!" };
static const uint8_t code[ENROL_CODE] = "0123456789abcdef";

static void
must(bw_err r, const char *what)
{
	if (r == BW_OK)
		return;
	fprintf(stderr, "booth: %s: %s\n", what, bw_strerror(r));
	exit(1);
}

static void
check(bool ok, const char *what)
{
	must(ok ? BW_OK : BW_ERR_DENIED, what);
}

static int
make_state(char **a)
{
	int64_t now = clock_wall();
	struct policy p;

	booth_policy(&booth, now, &p);
	p.valid_until = (uint64_t)(now + strtol(a[1], NULL, 10));
	must(booth_enrol(&booth, a[0], &p, blocked, 1, now), "state");
	policy_free(&p);
	return 0;
}

/* SERIAL and what else it says into DIR/inbox. */
static int
put_policy(const char *dir, struct policy *p, const char *serial)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	char path[FILE_PATH_MAX];
	struct place place;
	struct keys k;

	must(place_open(&place, dir), "place");
	must(keys_open(&k, place.own), "keys");
	p->serial = strtoul(serial, NULL, 10);
	snprintf(p->version, sizeof(p->version), "v%s", serial);
	must(booth_sign(&booth, p, crypto_key_spki(k.seal), blocked, 1, &jws),
	    "sign");
	must(file_path(path, place.inbox, "policy.jws"), "path");
	must(file_write(path, jws.ptr, jws.len, 0640), "write");
	keys_close(&k);
	bw_buf_free(&jws);
	policy_free(p);
	return 0;
}

static int
make_policy(char **a)
{
	struct policy p;

	booth_policy(&booth, clock_wall(), &p);
	if (a[2] != NULL)
		p.optional = (field_set)strtoul(a[2], NULL, 0);
	return put_policy(a[0], &p, a[1]);
}

static int
make_pin(char **a)
{
	static const uint8_t salt[PIN_SALT] = { 1 };
	struct policy p;

	booth_policy(&booth, clock_wall(), &p);
	must(pin_make(a[2], strlen(a[2]), salt, p.staff_pin), "pin");
	return put_policy(a[0], &p, a[1]);
}

/* An NDEF text record with a name in it, as some other system writes it. */
static void
clear_text(struct bw_buf *ndef)
{
	static const uint8_t head[] = { 0xd1, 0x01, 0x0e, 'T', 0x02, 'e',
		'n' };

	must(bw_buf_put(ndef, head, sizeof(head)), "text");
	must(bw_buf_put_str(ndef, "Ada Example"), "text");
}

static int
make_badge(char **a)
{
	struct bw_buf ndef = BW_BUF_INIT(NDEF_TAG_MAX);
	struct bw_buf tlv = BW_BUF_INIT(NDEF_TAG_MAX);
	const char *how = a[2] != NULL ? a[2] : "";
	struct booth_badge b = booth_ada;

	must(text_unhex(a[1], b.uid, BADGE_UID), "uid");
	b.foreign = strcmp(how, "foreign") == 0;
	b.false_signature = strcmp(how, "false") == 0;
	if (strcmp(how, "pointer") == 0)
		b.fields = 0;
	if (strcmp(how, "blocked") == 0)
		memcpy(b.badge_id, blocked[0], BADGE_ID);
	if (strcmp(how, "other") == 0)
		memcpy(b.badge_id, "somebody", BADGE_ID);
	if (strcmp(how, "plain") == 0)
		clear_text(&ndef);
	else
		must(booth_ndef(&booth, &b, &ndef), "badge");
	must(ndef_tlv_encode(ndef.ptr, ndef.len, &tlv), "tlv");
	must(file_write(a[0], tlv.ptr, tlv.len, 0600), "write");
	bw_buf_free(&ndef);
	bw_buf_free(&tlv);
	return 0;
}

/* What the host knows of the log, kept in DIR/host. */
static void
load_chain(const char *path, struct chain *c)
{
	struct bw_buf b = BW_BUF_INIT(CHAIN_MAX);
	bw_err r = file_read(path, &b);

	memset(c, 0, sizeof(*c));
	if (r == BW_OK)
		must(chain_decode(b.ptr, b.len, c), "host");
	bw_buf_free(&b);
}

static void
save_chain(const char *path, const struct chain *c)
{
	struct bw_buf b = BW_BUF_INIT(CHAIN_MAX);

	must(chain_encode(c, &b), "host");
	must(file_write(path, b.ptr, b.len, 0600), "host");
	bw_buf_free(&b);
}

static void
cosign(const struct place *place, const char *note, size_t len, uint64_t size)
{
	struct bw_buf out = BW_BUF_INIT(NOTE_MAX);
	char name[64], path[FILE_PATH_MAX];

	must(booth_cosign(&booth, note, len, (uint64_t)clock_wall(), &out),
	    "cosign");
	snprintf(name, sizeof(name), "note-%010llu.txt",
	    (unsigned long long)size);
	must(file_path(path, place->inbox, name), "note");
	must(file_write(path, out.ptr, out.len, 0640), "note");
	bw_buf_free(&out);
}

static void
say_entry(const struct entry *e, const struct body *b)
{
	printf("%llu %s", (unsigned long long)e->seq, entry_kind_name(e->kind));
	if (e->kind == ENTRY_CLOCK)
		printf(" %llu %llu %s",
		    (unsigned long long)b->u.clock.old_time,
		    (unsigned long long)b->u.clock.new_time,
		    b->u.clock.source);
	putchar('\n');
}

/* Entries that are known already are passed over, as a host does. */
static void
take_upload(const struct place *place, const char *path, struct chain *c,
    const uint8_t *spki)
{
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	uint8_t root[CRYPTO_HASH];
	struct upload_item item;
	const char *note = NULL, *why = "";
	struct checkpoint cp;
	struct bw_cur cur;
	size_t len;
	bw_err r;

	r = file_read(path, &b);
	if (r == BW_ERR_NOTFOUND)
		return;		/* put out anew, or joined, just now */
	must(r, "upload");
	cur = (struct bw_cur){ b.ptr, b.len };
	for (;;) {
		struct entry e;
		struct body body;

		must(upload_next(&cur, &item, &note, &len), "upload");
		if (note != NULL)
			break;
		must(entry_decode(item.entry, item.entry_len, &e), "entry");
		if (e.seq < c->tree.size)
			continue;
		must(chain_add(c, item.entry, item.entry_len, item.body,
		    item.body_len, &e, &body, &why), why);
		say_entry(&e, &body);
	}
	must(checkpoint_verify(note, len, spki, BOOTH_ORIGIN, &cp), "note");
	if (cp.size == c->tree.size) {
		must(tree_root(&c->tree, root), "root");
		check(memcmp(root, cp.root, CRYPTO_HASH) == 0, "a fork");
	}
	cosign(place, note, len, cp.size);
	bw_buf_free(&b);
}

static int
take(char **a)
{
	char path[FILE_PATH_MAX], host[FILE_PATH_MAX];
	struct file_list l;
	struct place place;
	struct chain c;
	struct keys k;
	struct mail m;

	must(place_open(&place, a[0]), "place");
	must(keys_open(&k, place.own), "keys");
	must(file_path(host, a[0], "host"), "host");
	load_chain(host, &c);
	must(file_list(place.outbox, &l), "outbox");
	for (size_t i = 0; i < l.n; i++) {
		mail_parse(l.name[i], &m);
		if (m.kind != MAIL_LOG)
			continue;
		if (m.from > c.tree.size)
			break;	/* what comes before was put out anew */
		must(file_path(path, place.outbox, l.name[i]), "path");
		take_upload(&place, path, &c, crypto_key_spki(k.log));
		save_chain(host, &c);
		must(file_remove(path), "remove");
	}
	file_list_free(&l);
	keys_close(&k);
	return 0;
}

static int
say_address(char **a)
{
	struct enrol_address e = { .base = BOOTH_BASE };
	struct bw_buf b = BW_BUF_INIT(512);
	const struct bw_part spki = PART(crypto_key_spki(booth.host),
	    CRYPTO_SPKI);
	uint8_t hash[CRYPTO_HASH];

	(void)a;
	memcpy(e.code, code, ENROL_CODE);
	must(crypto_sha256(&spki, 1, hash), "hash");
	memcpy(e.pin, hash, ENROL_PIN);
	must(enrol_address_format(&e, &b), "address");
	printf("%.*s\n", (int)b.len, (const char *)b.ptr);
	bw_buf_free(&b);
	return 0;
}

static void
say_reply(json_t *body)
{
	json_t *o = json_pack("{s:i,s:o}", "status", 200, "body", body);

	check(o != NULL, "json");
	json_dumpf(o, stdout, JSON_COMPACT);
	json_decref(o);
}

static int
say_offer(char **a)
{
	struct enrol_offer o = { .event = "ev26", .device = "k07",
		.origin = BOOTH_ORIGIN, .policy = BW_BUF_INIT(POLICY_MAX) };
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy p;

	(void)a;
	booth_policy(&booth, clock_wall() / 86400 * 86400, &p);
	must(booth_sign(&booth, &p, NULL, NULL, 0, &o.policy), "sign");
	must(enrol_offer_encode(&o, &json), "offer");
	say_reply(json_loadb((const char *)json.ptr, json.len, 0, NULL));
	bw_buf_free(&json);
	enrol_offer_free(&o);
	policy_free(&p);
	return 0;
}

static void
check_post(const struct enrol_post *post, struct chain *c)
{
	uint8_t proof[CRYPTO_HASH];
	struct checkpoint cp;
	struct body body;
	const char *why;

	must(enrol_proof(code, "k07", post->log_spki, post->seal_spki,
	    post->identity_spki, proof), "proof");
	check(crypto_equal(proof, post->proof, CRYPTO_HASH), "proof");
	must(chain_add(c, post->entry.ptr, post->entry.len, post->body.ptr,
	    post->body.len, NULL, &body, &why), why);
	check(memcmp(body.u.open.log_spki, post->log_spki, CRYPTO_SPKI) == 0,
	    "log key");
	must(checkpoint_verify((const char *)post->note.ptr, post->note.len,
	    post->log_spki, BOOTH_ORIGIN, &cp), "note");
	check(cp.size == 1, "size");
}

static int
say_answer(char **a)
{
	struct bw_buf b = BW_BUF_INIT(POLICY_MAX);
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct enrol_post post;
	struct chain c = { 0 };
	struct policy p;
	json_t *top;
	char *text;

	must(file_read(a[0], &b), "message");
	top = json_loadb((const char *)b.ptr, b.len, 0, NULL);
	text = json_dumps(json_object_get(top, "body"),
	    JSON_COMPACT | JSON_SORT_KEYS);
	check(text != NULL, "message");
	must(enrol_post_decode(text, strlen(text), &post), "post");
	check_post(&post, &c);
	booth_policy(&booth, clock_wall() / 86400 * 86400, &p);
	must(booth_sign(&booth, &p, post.seal_spki, blocked, 1, &jws), "sign");
	say_reply(json_pack("{s:s%}", "policy", (const char *)jws.ptr,
	    jws.len));
	free(text);
	json_decref(top);
	enrol_post_free(&post);
	policy_free(&p);
	bw_buf_free(&jws);
	bw_buf_free(&b);
	return 0;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int least, most;
		int (*run)(char **a);
	} commands[] = {
		{ "state", 2, 2, make_state }, { "policy", 2, 3, make_policy },
		{ "pin", 3, 3, make_pin },
		{ "badge", 2, 3, make_badge }, { "take", 1, 1, take },
		{ "address", 0, 0, say_address }, { "offer", 0, 0, say_offer },
		{ "answer", 1, 1, say_answer },
	};

	must(booth_open(&booth), "keys");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (argc < 2 || strcmp(argv[1], commands[i].name) != 0 ||
		    argc - 2 < commands[i].least ||
		    argc - 2 > commands[i].most)
			continue;
		i = (size_t)commands[i].run(argv + 2);
		booth_close(&booth);
		return (int)i;
	}
	fprintf(stderr, "booth: see the head of booth_tool.c\n");
	return 2;
}
