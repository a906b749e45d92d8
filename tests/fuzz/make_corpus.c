// SPDX-License-Identifier: Apache-2.0
/*
 * make_corpus - write what every fuzz target begins with: the worked examples
 * and things that are nearly right. With --check it compares instead. Files
 * that fuzzing found are kept beside these under other names.
 */
#include <stdio.h>

#include "tests/support/unit.h"
#include "tests/support/sample.h"
#include "tests/support/vectors.h"

#include "base/file.h"
#include "record/body.h"
#include "record/jws.h"
#include "record/ndef.h"
#include "record/seal.h"
#include "record/upload.h"

static const char *top;
static bool check_only;
static int bad;

static void
emit(const char *target, const char *name, const void *ptr, size_t len)
{
	char folder[40], dir[FILE_PATH_MAX], path[FILE_PATH_MAX];
	struct bw_buf have = BW_BUF_INIT(1 << 20);

	snprintf(folder, sizeof(folder), "fuzz_%s", target);
	assert_ok(file_path(dir, top, folder));
	assert_ok(file_path(path, dir, name));
	if (!check_only) {
		assert_ok(file_mkdir(dir, 0755));
		assert_ok(file_write(path, ptr, len, 0644));
		return;
	}
	if (file_read(path, &have) != BW_OK || have.len != len ||
	    (len != 0 && memcmp(have.ptr, ptr, len) != 0)) {
		fprintf(stderr, "%s is not what make_corpus makes\n", path);
		bad = 1;
	}
	bw_buf_free(&have);
}

/* The bytes themselves, cut short, with a tail, and with bits turned. */
static void
emit_near(const char *target, const char *name, const void *ptr, size_t len)
{
	const size_t flips[] = { 0, len / 3, len - 1 };
	struct bw_buf b = BW_BUF_INIT(1 << 20);
	char label[80];

	emit(target, name, ptr, len);
	snprintf(label, sizeof(label), "%s-cut", name);
	emit(target, label, ptr, len / 2);
	assert_ok(bw_buf_put(&b, ptr, len));
	for (size_t i = 0; i < 3; i++) {
		b.ptr[flips[i]] ^= 1;
		snprintf(label, sizeof(label), "%s-flip%zu", name, i);
		emit(target, label, b.ptr, len);
		b.ptr[flips[i]] ^= 1;
	}
	assert_ok(bw_buf_put_u8(&b, 0));
	snprintf(label, sizeof(label), "%s-tail", name);
	emit(target, label, b.ptr, b.len);
	bw_buf_free(&b);
}

static void
emit_text(const char *target, const char *name, const char *s)
{
	emit_near(target, name, s, strlen(s));
}

static void
emit_cur(const char *target, const char *name, struct bw_cur c)
{
	emit_near(target, name, c.ptr, c.len);
}

static void
make_entries(void)
{
	char name[40];

	for (size_t i = 0; i < vec_count("log/entries"); i++) {
		struct bw_cur c = vec_hex("log/entries/%zu", i);

		snprintf(name, sizeof(name), "example%zu", i);
		emit("entry", name, c.ptr, c.len);
	}
	emit_cur("entry", "share", vec_hex("log/entries/1"));
	for (size_t i = 0; i < vec_count("refuse"); i++) {
		struct bw_cur c;

		if (json_object_get(vec("refuse/%zu", i), "entry") == NULL)
			continue;
		c = vec_hex("refuse/%zu/entry", i);
		snprintf(name, sizeof(name), "refuse%zu", i);
		emit("entry", name, c.ptr, c.len);
	}
}

static void
emit_body(const char *name, const struct body *b)
{
	struct bw_buf out = BW_BUF_INIT(BODY_MAX + 1);

	assert_ok(bw_buf_put_u8(&out, (uint8_t)b->kind));
	assert_ok(body_encode(b, &out));
	emit_near("body", name, out.ptr, out.len);
	bw_buf_free(&out);
}

static void
make_bodies(void)
{
	struct body b;
	char name[40];

	for (size_t i = 0; i < vec_count("log/bodies"); i++) {
		struct bw_cur c = vec_hex("log/bodies/%zu", i);

		assert_ok(body_decode((enum entry_kind)vec_int("log/kinds/%zu",
		    i), c.ptr, c.len, &b));
		snprintf(name, sizeof(name), "example%zu", i);
		emit_body(name, &b);
	}
	b = (struct body){ .kind = ENTRY_POLICY };
	strcpy(b.u.policy.version, "2026-05-01.1");
	emit_body("policy", &b);
	b = (struct body){ .kind = ENTRY_CLOCK };
	strcpy(b.u.clock.source, "ntp");
	emit_body("clock", &b);
	b = (struct body){ .kind = ENTRY_CLOSE };
	strcpy(b.u.close.reason, "event over");
	emit_body("close", &b);
}

static void
make_notes(void)
{
	struct bw_buf out = BW_BUF_INIT(8192);
	static struct note n;

	emit_cur("note", "example", vec_hex("sealed_note/plain"));
	n.rating = -1;
	assert_ok(note_encode(&n, &out));
	emit_near("note", "least", out.ptr, out.len);
	n.ntags = n.nanswers = 2;
	strcpy(n.tag[0], "hot");
	strcpy(n.answer[0].question, "q1");
	strcpy(n.answer[1].question, "q2");
	bw_buf_reset(&out);
	assert_ok(note_encode(&n, &out));
	emit_near("note", "two", out.ptr, out.len);
	bw_buf_free(&out);
}

static void
make_badges(void)
{
	static const uint8_t lock[] = { 1, 3, 0xa0, 0x0c, 0x34, 0 };
	static const char *const names[] = {
		"typical", "long_tag16", "world", "pointer"
	};
	struct bw_buf b = BW_BUF_INIT(1000);
	struct bw_cur tlv = vec_hex("badge/typical/tlv");

	for (size_t i = 0; i < 4; i++) {
		emit_cur("badge", names[i], vec_hex("badge/%s/cose_sign1",
		    names[i]));
		emit_cur("ndef", names[i], vec_hex("badge/%s/tlv", names[i]));
	}
	emit_cur("ndef", "message", vec_hex("badge/pointer/ndef"));
	assert_ok(bw_buf_put(&b, lock, sizeof(lock)));
	assert_ok(bw_buf_put(&b, tlv.ptr, tlv.len));
	emit_near("ndef", "lock", b.ptr, b.len);
	bw_buf_reset(&b);
	assert_ok(ndef_uri_encode("https://h.example/enrol#A.B", &b));
	emit_near("ndef", "uri", b.ptr, b.len);
	emit("ndef", "lock-long", "\xfd\xff\x02\x00\x03\x00\xfe", 7);
	bw_buf_free(&b);
}

static void
make_uploads(void)
{
	struct bw_cur in = vec_hex("log/upload_0_to_6"), c = in;
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX), first = b;
	struct upload_item item;
	const char *note = NULL;
	size_t len;

	emit_near("upload", "example", in.ptr, in.len);
	emit_near("cbor", "upload", in.ptr, in.len);
	while (upload_next(&c, &item, &note, &len) == BW_OK && note == NULL) {
		item.body = NULL;
		item.body_len = 0;
		assert_ok(upload_put_item(&b, &item));
		if (first.len == 0)
			assert_ok(bw_buf_put(&first, b.ptr, b.len));
	}
	assert_ok(upload_put_note(&b, note, len));
	emit_near("upload", "deleted", b.ptr, b.len);
	assert_ok(upload_put_note(&first, note, len));
	emit_near("upload", "one", first.ptr, first.len);
	emit("upload", "note-only", b.ptr + b.len - len - 2, len + 2);
	bw_buf_free(&b);
	bw_buf_free(&first);
}

static void
make_checkpoints(void)
{
	const char *note = vec_str("log/checkpoints/6/note");
	struct bw_buf b = BW_BUF_INIT(NOTE_MAX);

	emit_text("checkpoint", "first", vec_str("log/checkpoints/1/note"));
	emit_text("checkpoint", "sixth", note);
	emit_text("checkpoint", "vkey", vec_str("log/vkey"));
	assert_ok(bw_buf_printf(&b, "%s%s\n", note,
	    vec_str("log/host_cosignature/line")));
	emit_near("checkpoint", "cosigned", b.ptr, b.len);
	emit_text("checkpoint", "proof", vec_str("log/tlog_proof_index1"));
	bw_buf_free(&b);
}

/* A token with this header, payload and no signature at all. */
static void
emit_token(const char *name, const char *header, const char *payload)
{
	struct bw_buf b = BW_BUF_INIT(4096);

	assert_ok(text_b64url(&b, header, strlen(header)));
	assert_ok(bw_buf_put_u8(&b, '.'));
	assert_ok(text_b64url(&b, payload, strlen(payload)));
	assert_ok(bw_buf_put_u8(&b, '.'));
	assert_ok(text_b64url(&b, (uint8_t[CRYPTO_SIG]){ 0 }, CRYPTO_SIG));
	emit("jws", name, b.ptr, b.len);
	bw_buf_free(&b);
}

#define REQUEST "{\"alg\":\"ES256\",\"kid\":\"k07\",\"typ\":\"" \
	JWS_REQUEST_TYP "\"}"

static void
make_tokens(void)
{
	struct crypto_key *key = vec_key("enrol/identity");
	struct bw_buf b = BW_BUF_INIT(JWS_REQUEST_MAX);
	struct request_claims c = { .iat = 1778573400 };

	emit_text("jws", "policy", vec_str("jws/jws"));
	strcpy(c.jti, "000102030405060708090a0b0c0d0e0f");
	strcpy(c.htm, "POST");
	strcpy(c.htu, "/v1/device/log?from=7");
	assert_ok(request_sign(key, "k07", &c, &b));
	emit_near("jws", "request", b.ptr, b.len);
	emit_token("no-claims", REQUEST, "{}");
	emit_token("real-iat", REQUEST, "{\"bsh\":"
	    "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"htm\":\"GET\","
	    "\"htu\":\"/x\",\"iat\":5.0,\"jti\":"
	    "\"000102030405060708090a0b0c0d0e0f\"}");
	emit_token("none", "{\"alg\":\"none\",\"kid\":\"k\",\"typ\":\"t\"}",
	    "{}");
	bw_buf_free(&b);
	crypto_key_close(&key);
}

static void
make_policies(void)
{
	struct bw_buf b = BW_BUF_INIT(POLICY_MAX);
	static struct policy p;
	const char *s;

	sample_policy(&p);
	assert_ok(policy_encode(&p, &b));
	emit_near("policy", "sealed", b.ptr, b.len);
	policy_free(&p);
	p.nlangs = p.nquestions = 1;
	bw_buf_reset(&b);
	assert_ok(policy_encode(&p, &b));
	emit_near("policy", "offer", b.ptr, b.len);
	assert_ok(bw_buf_cstr(&b, &s));
	*strchr((char *)b.ptr, '[') = '{';
	emit("policy", "bracket", b.ptr, b.len);
	bw_buf_free(&b);
}

static void
make_enrolment(void)
{
	struct bw_buf b = BW_BUF_INIT(65536);
	struct enrol_offer o;
	struct enrol_post p;

	emit_text("enrol", "address", vec_str("enrol/address"));
	emit_text("enrol", "loopback", "http://127.0.0.1:8080/enrol#PVC7KGV7"
	    "CNMLE63RFY77JX7SEQ.SGOBO4YJIBGCVGE3LP7C2PQU6Q");
	sample_enrol_post(&p);
	assert_ok(enrol_post_encode(&p, &b));
	emit_near("enrol", "post", b.ptr, b.len);
	bw_buf_reset(&b);
	sample_enrol_offer(&o);
	assert_ok(enrol_offer_encode(&o, &b));
	emit_near("enrol", "offer", b.ptr, b.len);
	enrol_post_free(&p);
	enrol_offer_free(&o);
	bw_buf_free(&b);
}

static void
make_rest(void)
{
	emit_text("receipt", "short", vec_str("receipt/bearer_url"));
	emit_text("receipt", "long", vec_str("receipt/promise_url"));
	emit_text("receipt", "pasted", "2cpvi-tk3j5 tiyvllvzbufahe74");
	emit_cur("receipt", "promise", vec_hex("receipt/promise"));
	emit_cur("sealed", "field-keys", vec_hex("field_keys/plain"));
	emit_cur("sealed", "blocked", vec_hex("blocked/plain"));
	emit_near("cbor", "map", "\xa2\x05\x00\x19\x01\x00\x82\xf6\x60", 9);
	emit_near("cbor", "deep", "\x81\x81\x81\x81\x81\x81\x81\x81\x81", 9);
	emit("cbor", "huge", "\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9);
}

int
main(int argc, char **argv)
{
	check_only = argc == 3 && strcmp(argv[1], "--check") == 0;
	if (argc != 2 && !check_only) {
		fprintf(stderr, "usage: make_corpus [--check] FOLDER\n");
		return 2;
	}
	top = argv[argc - 1];
	make_entries();
	make_bodies();
	make_notes();
	make_badges();
	make_uploads();
	make_checkpoints();
	make_tokens();
	make_policies();
	make_enrolment();
	make_rest();
	vec_close();
	return bad;
}
