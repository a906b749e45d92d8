/* SPDX-License-Identifier: Apache-2.0 */
/*
 * summit.h - a host's directory with a policy and registrations, and devices
 * that write real logs, for unit tests of the host. Every call asserts.
 */
#ifndef TESTS_SUMMIT_H
#define TESTS_SUMMIT_H

#include "tests/support/unit.h"

#include "host/hostdir.h"
#include "host/ingest.h"
#include "host/store_device.h"
#include "record/body.h"
#include "record/chain.h"
#include "record/enrol.h"
#include "record/policy.h"

#define SUMMIT_NOW 1778000000	/* inside the policies' validity */
#define SUMMIT_VERSION "2026-05-01.1"
#define SUMMIT_PEOPLE 3
#define SUMMIT_QUESTION "=How many, at most; in \\all?"

struct summit {
	char dir[64];
	struct hostdir *host;
	struct store *store;
	uint64_t person[SUMMIT_PEOPLE];		/* registration ids */
	uint8_t badge[SUMMIT_PEOPLE][BADGE_ID];	/* edition 1 of each */
};

/* Open on an empty store: `where` NULL takes DIR/host.db. The policy has
 * example-corp (name, email required; company optional) and acme (name
 * required; the rest optional), which asks SUMMIT_QUESTION as "size". */
void summit_open(struct summit *s, const char *where);
void summit_close(struct summit *s);
/* What a call on s->store says, in a transaction that is kept when it went
 * well. */
#define SUMMIT_KEPT(s, call) (__extension__({ \
	bw_err r_; \
	assert_ok(store_begin((s)->store)); \
	if ((r_ = (call)) == BW_OK) \
		r_ = store_commit((s)->store); \
	store_rollback((s)->store); \
	r_; }))
/* A sponsor's part of a policy; free with policy_free and free. */
struct policy *summit_part(const struct summit *s, const char *sponsor,
    const char *version);
void summit_install(struct summit *s, const char *version);

/* A device with its keys and log; upload gathers entries since begin. */
struct booth {
	struct summit *summit;
	struct crypto_key *log, *seal, *identity;
	uint8_t code[ENROL_CODE];
	struct store_device device;	/* as the store has it */
	struct chain chain;
	struct bw_buf upload;
	uint64_t from;			/* of the upload */
	uint64_t now;			/* its clock */
	uint64_t ahead;			/* of the host's, s */
	bool doubted;			/* the host doubts its own */
	struct policy *policy;
	uint8_t made;			/* counts receipts */
};

/* Invite only; and take it in without HTTP: the open entry is ingested. */
void booth_invite(struct booth *b, struct summit *s, const char *name,
    const char *sponsor);
void booth_open(struct booth *b, struct summit *s, const char *name,
    const char *sponsor);
void booth_close(struct booth *b);
/* Read the device's row anew. */
void booth_look(struct booth *b);
/* The whole POST of an enrolment; free with enrol_post_free. The chain gets
 * its open entry. */
void booth_post(struct booth *b, struct enrol_post *out);

/* A share of person i with these fields, ready to be changed and added. */
struct body booth_share(struct booth *b, size_t person, field_set granted);
/* Add an entry over a body to the log and the upload; its seq. */
uint64_t booth_add(struct booth *b, struct body *body);
/* The signed checkpoint over the log as it is, put behind the upload. */
void booth_sign(struct booth *b);
/* Begin another upload at the log's end. */
void booth_begin(struct booth *b);
/* Sign, ingest, begin anew when that went well. */
bw_err booth_send(struct booth *b, struct ingest_out *out);
/* The last entry of a log that a test makes by its size alone; inside a
 * transaction. */
void booth_last(const struct booth *b, uint64_t size);
/* Ingest bytes as they are. */
bw_err booth_ingest(struct booth *b, uint64_t from, const struct bw_buf *up,
    struct ingest_out *out);

#endif
