// SPDX-License-Identifier: Apache-2.0
/*
 * week DIR SHARES SEED BADGE - what a booth without a host records in a week:
 * into the journal of an enrolled state directory whose kiosk is not running,
 * as the kiosk does it, each entry on stable storage. One in eight shares is
 * undone, and now and then somebody declines. Prints how many shares stand.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "kiosk/journal.h"
#include "kiosk/keys.h"
#include "kiosk/place.h"
#include "kiosk/rules.h"
#include "record/badge.h"
#include "record/ndef.h"

static void
must(bw_err r, const char *what)
{
	if (r == BW_OK)
		return;
	fprintf(stderr, "week: %s: %s\n", what, bw_strerror(r));
	exit(1);
}

static struct rules *
open_rules(const struct place *place, const struct journal *j)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct rules *rules;

	must(file_read(place->policy, &jws), "policy");
	must(rules_open(&rules, (const char *)jws.ptr, jws.len,
	    journal_host_spki(j), journal_opening(j)->event,
	    journal_opening(j)->sponsor), "policy");
	bw_buf_free(&jws);
	return rules;
}

static void
read_badge(const char *path, struct badge *out)
{
	struct bw_buf tlv = BW_BUF_INIT(NDEF_TAG_MAX);
	const uint8_t *msg, *cose;
	size_t msg_len, cose_len, total;

	must(file_read(path, &tlv), path);
	must(ndef_tlv_find(tlv.ptr, tlv.len, &msg, &msg_len, &total), path);
	must(ndef_badge_find(msg, msg_len, &cose, &cose_len), path);
	must(badge_decode(cose, cose_len, out), path);
	bw_buf_free(&tlv);
}

static uint64_t
append(struct journal *j, struct body *b)
{
	uint64_t seq;

	must(journal_append(j, b, (uint64_t)clock_wall(), &seq), "append");
	must(journal_confirm(j), "confirm");
	return seq;
}

static uint64_t
share(struct journal *j, const struct policy *p, const struct badge *badge)
{
	struct body b = { .kind = ENTRY_SHARE };
	struct body_share *s = &b.u.share;

	memcpy(s->badge_id, badge->badge_id, BADGE_ID);
	s->edition = badge->edition;
	strcpy(s->sponsor, p->sponsor.id);
	s->granted = p->required;
	strcpy(s->language, p->lang[0]);
	memcpy(s->notice_sha256, p->notice[0].sha256, CRYPTO_HASH);
	s->answer_ms = 4321;
	must(bw_random(s->rh, RECEIPT_RH), "random");
	return append(j, &b);
}

static unsigned long
record(struct journal *j, const struct policy *p, const struct badge *badge,
    unsigned long shares)
{
	unsigned long stand = 0;

	for (unsigned long i = 0; i < shares; i++) {
		struct body undo = { .kind = ENTRY_UNDO };
		struct body no = { .kind = ENTRY_DECLINE };

		undo.u.undo.share_seq = share(j, p, badge);
		if (random() % 8 == 0)
			append(j, &undo);
		else
			stand++;
		strcpy(no.u.stop.sponsor, p->sponsor.id);
		if (random() % 8 == 0)
			append(j, &no);
		if (i % 64 == 0)
			journal_rest(j, 0);
	}
	return stand;
}

int
main(int argc, char **argv)
{
	struct journal *j;
	struct rules *rules;
	struct badge badge;
	struct place place;
	struct keys keys;

	if (argc != 5) {
		fputs("usage: week DIR SHARES SEED BADGE\n", stderr);
		return 2;
	}
	srandom((unsigned)strtoul(argv[3], NULL, 10));
	must(place_open(&place, argv[1]), "place");
	must(keys_open(&keys, place.own), "keys");
	must(journal_open(&j, place.journal, keys.log), "journal");
	rules = open_rules(&place, j);
	read_badge(argv[4], &badge);
	printf("%lu\n", record(j, &rules->policy, &badge,
	    strtoul(argv[2], NULL, 10)));
	rules_close(&rules);
	journal_close(&j);
	keys_close(&keys);
	return 0;
}
