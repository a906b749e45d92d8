// SPDX-License-Identifier: Apache-2.0
/* badgeward badge write: onto the tag that lies on a writer. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "reader/port.h"
#include "tools/cmd_badge.h"
#include "tools/cmds.h"
#include "tools/tagwriter.h"

#define TLV_MAX 2048
#define WAIT_MAX 60	/* seconds: what tagwriter_find takes */

static int
fail(enum tagwriter_result r)
{
	return staff_fail("%s", tagwriter_sentence(r));
}

/* May this tag be written over? */
static int
check_tag(struct staff *st, const struct tagwriter_tag *tag,
    struct badge_order *order, bool overwrite)
{
	bw_err r;

	r = badge_found(st->store, st->host, tag->uid, tag->ndef,
	    tag->ndef_len, &order->over);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (overwrite || order->over.what == BADGE_FOUND_NOTHING)
		return CMD_OK;
	if (order->over.what == BADGE_FOUND_OTHER)
		return staff_fail("the tag holds something that is no badge "
		    "of this event; take an empty tag, or give --overwrite to "
		    "write over it");
	if (order->over.what == BADGE_FOUND_UNKNOWN)
		return staff_fail("the tag holds a badge of this event whose "
		    "registration is not known here; take an empty tag, or "
		    "give --overwrite to write over it");
	if (order->over.registration == order->registration)
		return CMD_OK;
	return staff_fail("the tag holds the badge of registration %" PRIu64
	    "; take an empty tag, or give --overwrite to write over it",
	    order->over.registration);
}

/* Another's badge is blocked when its tag has this one, not before: what came to
 * nothing leaves it as it was. */
static int
block_over(struct staff *st, const struct badge_order *order)
{
	char who[STAFF_ACTOR_SIZE];
	unsigned blocked;
	uint64_t one;
	int code;
	bw_err r;

	staff_actor(who);
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	if ((r = badge_found_over(st->store, &order->over,
	    order->registration, who, st->now, &blocked, &one)) != BW_OK ||
	    (r = store_commit(st->store)) != BW_OK)
		return staff_fail("it is written, but whose badge lay on this "
		    "tag before could not be blocked: %s", bw_strerror(r));
	if (blocked != 0)
		fprintf(stderr, "the badge of registration %" PRIu64 " that "
		    "lay on this tag is blocked; write that one anew too%s\n",
		    one, blocked > 1 ? ", and others, which the audit "
		    "names" : "");
	return CMD_OK;
}

/* The edition is in the store before the tag is touched: one that was not
 * written is lost, one that was written twice would be a breach. */
static int
issue_and_write(struct staff *st, struct tagwriter *w,
    const struct badge_order *what, const struct tagwriter_tag *tag,
    bool overwrite)
{
	struct badge_order order = *what;
	struct bw_buf tlv = BW_BUF_INIT(TLV_MAX);
	enum tagwriter_result t;
	struct badge_made made = { 0 };
	int code;

	order.type = tag->type;
	memcpy(order.uid, tag->uid, BADGE_UID);
	if ((code = check_tag(st, tag, &order, overwrite)) == CMD_OK)
		code = badge_order_issue(st, &order, &tlv, &made);
	if (code == CMD_OK) {
		badge_made_print(&order, &made);
		t = tagwriter_write(w, tag->uid, tlv.ptr, tlv.len);
		code = t == TAGWRITER_OK ? block_over(st, &order) : fail(t);
		if (t == TAGWRITER_OK)
			printf("written and read back: registration %" PRIu64
			    ", edition %u\n", order.registration,
			    made.edition);
	}
	bw_buf_free(&tlv);
	return code;
}

static int
write_one(const char *dir, const char *nfc, uint64_t wait,
    const struct badge_order *order, bool overwrite)
{
	struct tagwriter *w = NULL;
	struct tagwriter_tag tag;
	enum tagwriter_result t;
	struct staff st;
	int code;

	if ((code = staff_open(&st, dir)) != CMD_OK)
		return code;
	if ((code = badge_order_check(&st, order)) != CMD_OK)
		goto out;
	if ((t = tagwriter_open(&w, nfc)) == TAGWRITER_OK) {
		fputs("lay one tag on the writer\n", stderr);
		t = tagwriter_find(w, (unsigned)wait * 1000, &tag);
	}
	code = t == TAGWRITER_OK ? issue_and_write(&st, w, order, &tag,
	    overwrite) :
	    fail(t);
out:
	tagwriter_close(&w);
	staff_close(&st);
	return code;
}

int
cmd_badge_write(const char *dir, int argc, char **argv)
{
	struct badge_options b = { 0 };
	bool overwrite = false;
	const char *nfc = NULL, *wait = "30", *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		BADGE_OPT_REGISTRATION(b),
		{ "nfc", "CONNSTRING", "the writer, as libnfc calls it, e.g. "
		    "pn532_uart:/dev/ttyUSB0", true, &nfc, NULL },
		BADGE_OPT_FIELDS(b), BADGE_OPT_POINTER(b),
		BADGE_OPT_REISSUE(b),
		{ "overwrite", NULL, "write over what lies on the tag, also "
		    "another's badge", false, NULL, &overwrite },
		{ "wait", "SECONDS", "for a tag to come, 1 to 60 (30)", false,
		    &wait, NULL },
	};
	const struct opts o = { "badge write", { NULL },
	    "Makes the next edition of a registration's badge for the tag on "
	    "the writer, writes\nit there and reads it back. The tag is an "
	    "NTAG213, NTAG215 or NTAG216, or for a\npointer badge a MIFARE "
	    "Ultralight EV1 of 128 bytes.", opt,
	    sizeof(opt) / sizeof(opt[0]) };
	struct badge_order order;
	uint64_t seconds;
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (text_number(wait, strlen(wait), WAIT_MAX, &seconds) != BW_OK ||
	    seconds == 0)
		return staff_usage("--wait must be a number of seconds from 1 "
		    "to %d", WAIT_MAX);
	if (!port_name_ok(nfc))
		return staff_usage("--nfc " PORT_NAME_WRONG);
	if (!badge_order_take(&b, &order))
		return CMD_USAGE;
	return write_one(dir, nfc, seconds, &order, overwrite);
}
