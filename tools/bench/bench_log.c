// SPDX-License-Identifier: Apache-2.0
/*
 * bench_log - makes a device's uploads.
 *
 *	bench_log enrol ADDRESS OFFER OUT	keys and the POST's JSON in OUT
 *	bench_log uploads OUT SIZE COUNT BADGE	COUNT uploads of SIZE shares
 *
 * tools/bench/bench calls it; bench_loop times what a host cannot avoid.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "record/badge.h"
#include "record/chain.h"
#include "record/enrol.h"
#include "record/jws.h"
#include "record/ndef.h"
#include "record/policy.h"
#include "record/upload.h"
#include "tools/bench/bench_file.h"

static void
write_file(const char *dir, const char *name, const struct bw_buf *b)
{
	char path[FILE_PATH_MAX];
	FILE *f;

	must(file_path(path, dir, name), name);
	if ((f = fopen(path, "wb")) == NULL ||
	    fwrite(b->ptr, 1, b->len, f) != b->len || fclose(f) != 0)
		must(BW_ERR_IO, path);
}

static void
new_key(const char *dir, const char *name, uint8_t spki[static CRYPTO_SPKI])
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_KEY);
	uint8_t scalar[CRYPTO_KEY];
	struct crypto_key *key;

	must(crypto_key_generate(&key), name);
	crypto_key_scalar(key, scalar);
	memcpy(spki, crypto_key_spki(key), CRYPTO_SPKI);
	must(bw_buf_put(&b, scalar, sizeof(scalar)), name);
	write_file(dir, name, &b);
	bw_buf_free(&b);
	crypto_key_close(&key);
}

/* The offer of an enrolment and the policy inside it; the bench trusts its
 * own host. */
static struct policy *
policy_of(const struct bw_buf *json, struct enrol_offer *offer)
{
	struct policy *p = calloc(1, sizeof(*p));
	struct bw_buf payload = BW_BUF_INIT(POLICY_MAX);
	const char *jws, *dot, *end;

	must(enrol_offer_decode((const char *)json->ptr, json->len, offer),
	    "offer");
	must(bw_buf_cstr(&offer->policy, &jws), "policy");
	dot = strchr(jws, '.');
	end = dot != NULL ? strchr(dot + 1, '.') : NULL;
	must(p != NULL && end != NULL ? BW_OK : BW_ERR_FORMAT, "policy");
	must(text_unb64url(dot + 1, (size_t)(end - dot - 1), &payload),
	    "policy");
	must(policy_decode((const char *)payload.ptr, payload.len, p),
	    "policy");
	bw_buf_free(&payload);
	return p;
}

static void
sign_checkpoint(const struct chain *c, const char *origin,
    const struct crypto_key *key, struct bw_buf *out)
{
	struct checkpoint cp = { .size = c->tree.size };

	snprintf(cp.origin, sizeof(cp.origin), "%s", origin);
	must(tree_root(&c->tree, cp.root), "root");
	must(checkpoint_sign(&cp, key, out), "checkpoint");
}

static void
save_chain(const char *out, const char *name, const struct chain *c)
{
	struct bw_buf b = BW_BUF_INIT(CHAIN_MAX);

	must(chain_encode(c, &b), "chain");
	write_file(out, name, &b);
	bw_buf_free(&b);
}

static void
open_entry(struct enrol_post *post, const struct enrol_offer *offer,
    const struct policy *p, struct chain *c)
{
	struct body body = { .kind = ENTRY_OPEN };
	uint8_t raw[ENTRY_MAX];
	size_t len;

	strcpy(body.u.open.event, offer->event);
	strcpy(body.u.open.device, offer->device);
	strcpy(body.u.open.sponsor, p->sponsor.id);
	memcpy(body.u.open.log_spki, post->log_spki, CRYPTO_SPKI);
	memcpy(body.u.open.policy_sha256, p->sha256, CRYPTO_HASH);
	must(bw_random(body.rs, BODY_RS), "random");
	must(body_encode(&body, &post->body), "open body");
	must(chain_make(c, ENTRY_OPEN, post->body.ptr, post->body.len,
	    (uint64_t)clock_wall(), raw, &len, &(struct entry){ 0 }),
	    "open entry");
	must(bw_buf_put(&post->entry, raw, len), "open entry");
}

static void
cmd_enrol(char **argv)
{
	const char *out = argv[2];
	struct enrol_post post = { .entry.max = ENTRY_MAX,
		.body.max = BODY_MAX, .note.max = NOTE_MAX };
	struct bw_buf json = read_file("", argv[1]);
	struct bw_buf post_json = BW_BUF_INIT(65536);
	struct enrol_address address;
	struct enrol_offer offer;
	struct chain c = { 0 };
	struct policy *p = policy_of(&json, &offer);

	must(enrol_address_parse(argv[0], strlen(argv[0]), &address),
	    "address");
	new_key(out, "log.key", post.log_spki);
	new_key(out, "seal.key", post.seal_spki);
	new_key(out, "identity.key", post.identity_spki);
	must(enrol_id(address.code, post.id), "id");
	must(enrol_proof(address.code, offer.device, post.log_spki,
	    post.seal_spki, post.identity_spki, post.proof), "proof");
	open_entry(&post, &offer, p, &c);
	sign_checkpoint(&c, offer.origin, key_file(out, "log.key"),
	    &post.note);
	must(enrol_post_encode(&post, &post_json), "post");
	write_file(out, "post.json", &post_json);
	write_file(out, "offer.json", &json);
	save_chain(out, "chain", &c);
}

/* What every share of a run has in common. */
static void
share_of(struct body *body, const struct policy *p, const char *badge_file)
{
	struct bw_buf tlv = read_file("", badge_file);
	const uint8_t *msg, *cose;
	size_t msg_len, cose_len, total;
	struct badge badge;

	must(ndef_tlv_find(tlv.ptr, tlv.len, &msg, &msg_len, &total), "tag");
	must(ndef_badge_find(msg, msg_len, &cose, &cose_len), "badge");
	must(badge_decode(cose, cose_len, &badge), "badge");
	*body = (struct body){ .kind = ENTRY_SHARE };
	memcpy(body->u.share.badge_id, badge.badge_id, BADGE_ID);
	body->u.share.edition = badge.edition;
	strcpy(body->u.share.sponsor, p->sponsor.id);
	body->u.share.granted = p->required;
	strcpy(body->u.share.language, p->lang[0]);
	memcpy(body->u.share.notice_sha256, p->notice[0].sha256, CRYPTO_HASH);
	body->u.share.answer_ms = 4321;
	bw_buf_free(&tlv);
}

static void
add_share(struct chain *c, struct body *body, struct bw_buf *out)
{
	struct bw_buf b = BW_BUF_INIT(BODY_MAX);
	uint8_t raw[ENTRY_MAX];
	size_t len;

	must(bw_random(body->rs, BODY_RS), "random");
	must(bw_random(body->u.share.rh, RECEIPT_RH), "random");
	must(body_encode(body, &b), "body");
	must(chain_make(c, ENTRY_SHARE, b.ptr, b.len, (uint64_t)clock_wall(),
	    raw, &len, &(struct entry){ 0 }), "entry");
	must(upload_put_item(out, &(struct upload_item){ raw, len, b.ptr,
	    b.len }), "item");
	bw_buf_free(&b);
}

static void
put_token(const struct crypto_key *identity, const char *device,
    uint64_t from, const struct bw_buf *body, struct bw_buf *out)
{
	struct request_claims claims = { .iat = (uint64_t)clock_wall(),
		.htm = "POST" };
	uint8_t jti[16];

	must(bw_random(jti, sizeof(jti)), "random");
	text_hex(jti, sizeof(jti), claims.jti);
	snprintf(claims.htu, sizeof(claims.htu), "/v1/device/log?from=%llu",
	    (unsigned long long)from);
	must(crypto_sha256(&PART(body->ptr, body->len), 1, claims.bsh),
	    "hash");
	must(request_sign(identity, device, &claims, out), "token");
}

static void
cmd_uploads(char **argv)
{
	const char *out = argv[0];
	long size = atol(argv[1]), count = atol(argv[2]);
	struct bw_buf json = read_file(out, "offer.json");
	struct bw_buf chain = read_file(out, "chain");
	struct crypto_key *log = key_file(out, "log.key");
	struct crypto_key *identity = key_file(out, "identity.key");
	struct enrol_offer offer;
	struct policy *p = policy_of(&json, &offer);
	struct body share;
	struct chain c;
	char name[64];

	must(chain_decode(chain.ptr, chain.len, &c), "chain");
	write_file(out, "before", &chain);
	share_of(&share, p, argv[3]);
	for (long i = 0; i < count; i++) {
		struct bw_buf up = BW_BUF_INIT(UPLOAD_MAX);
		struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
		struct bw_buf token = BW_BUF_INIT(JWS_REQUEST_MAX);
		uint64_t from = c.tree.size;

		for (long k = 0; k < size; k++)
			add_share(&c, &share, &up);
		sign_checkpoint(&c, offer.origin, log, &note);
		must(upload_put_note(&up, (const char *)note.ptr, note.len),
		    "note");
		put_token(identity, offer.device, from, &up, &token);
		snprintf(name, sizeof(name), "up-%010llu.cbor",
		    (unsigned long long)from);
		write_file(out, name, &up);
		snprintf(name, sizeof(name), "up-%010llu.jws",
		    (unsigned long long)from);
		write_file(out, name, &token);
		bw_buf_free(&up);
		bw_buf_free(&note);
		bw_buf_free(&token);
	}
	save_chain(out, "chain", &c);
}

int
main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "enrol") == 0)
		cmd_enrol(argv + 2);
	else if (argc == 6 && strcmp(argv[1], "uploads") == 0)
		cmd_uploads(argv + 2);
	else {
		fprintf(stderr, "usage: bench_log enrol ADDRESS OFFER OUT |\n"
		    "       uploads OUT SIZE COUNT BADGE\n");
		return 2;
	}
	return 0;
}
