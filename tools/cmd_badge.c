// SPDX-License-Identifier: Apache-2.0
/* badgeward badge encode. */
#include "tools/cmd_badge.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/outfile.h"
#include "record/ndef.h"
#include "tools/cmds.h"

#define TLV_MAX 2048

static bool
take_fields(const char *s, field_set *out)
{
	const char *names[FIELD_COUNT], *near;
	char word[40];

	for (int f = 1; f <= FIELD_COUNT; f++)
		names[f - 1] = field_name((enum field)f);
	*out = 0;
	while (*s != 0) {
		size_t len = strcspn(s, ",");
		int f = field_from_name(s, len);

		if (f == 0) {
			snprintf(word, sizeof(word), "%.*s",
			    (int)(len < 39 ? len : 39), s);
			near = fault_nearest(word, names, FIELD_COUNT);
			(void)staff_usage("--fields: there is no field \"%s\""
			    "%s%s; there are name, email, company, job_title, "
			    "work_phone and location", word,
			    near != NULL ? ", near is " : "",
			    near != NULL ? near : "");
			return false;
		}
		*out |= FIELD_BIT(f);
		s += len;
		s += *s == ',';
	}
	if (*out == 0)
		(void)staff_usage("--fields: no field is given; \"--pointer\" "
		    "makes a badge without values");
	return *out != 0;
}

bool
badge_order_take(const struct badge_options *b, struct badge_order *out)
{
	memset(out, 0, sizeof(*out));
	out->type = b->type;
	out->reissue = b->reissue;
	out->fields = b->pointer ? 0 : FIELD_ALL;
	if (!staff_number("registration", b->registration,
	    &out->registration))
		return false;
	if (b->pointer && b->fields != NULL) {
		(void)staff_usage("--pointer and --fields contradict each "
		    "other");
		return false;
	}
	if (b->type != NULL && ndef_room(b->type) == 0) {
		(void)staff_usage("--type is mf0ul21, ntag213, ntag215 or "
		    "ntag216, not \"%s\"; a MIFARE Ultralight of 48 bytes "
		    "holds no badge", b->type);
		return false;
	}
	return b->fields == NULL || take_fields(b->fields, &out->fields);
}

static int
issue(struct staff *st, const struct badge_order *order, struct bw_buf *tlv,
    struct badge_made *made)
{
	struct fault f = { 0 };
	int code;
	bw_err r;

	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	r = badge_issue(st->store, st->host, order, st->now, tlv, made, &f);
	if (f.text[0] != 0)
		return staff_fail("%s", f.text);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

int
badge_order_check(struct staff *st, const struct badge_order *what)
{
	struct badge_order order = *what;
	struct bw_buf tlv = BW_BUF_INIT(TLV_MAX);
	struct badge_made made = { 0 };
	int code;

	order.type = "ntag216";
	code = issue(st, &order, &tlv, &made);
	store_rollback(st->store);
	bw_buf_free(&tlv);
	return code;
}

/* Before it is done: it cannot be taken back. */
static bw_err
announce(struct staff *st, const struct badge_order *order)
{
	const struct badge_found *over = &order->over;
	struct store_edition had;
	bw_err r = BW_OK;

	if (over->what == BADGE_FOUND_BADGE &&
	    over->registration != order->registration)
		fprintf(stderr, "the badge of registration %" PRIu64 " on this "
		    "tag will be written over%s\n", over->registration,
		    over->last ? " and blocked on all devices, for it has no "
		    "newer one" : "; a newer one was made, which stays good on "
		    "the tag that it was written to, if it was");
	else if (over->what == BADGE_FOUND_UNKNOWN ||
	    over->what == BADGE_FOUND_OTHER)
		fputs("what lies on this tag will be written over\n", stderr);
	if (!order->reissue)
		return BW_OK;
	r = store_edition_current(st->store, order->registration, &had);
	if (r == BW_OK)
		fprintf(stderr, "the badge that registration %" PRIu64 " has, "
		    "on every tag, will be blocked on all devices\n",
		    order->registration);
	else if (r == BW_ERR_NOTFOUND)
		fprintf(stderr, "registration %" PRIu64 " has no badge yet: "
		    "none will be blocked\n", order->registration);
	explicit_bzero(&had, sizeof(had));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

int
badge_order_issue(struct staff *st, const struct badge_order *order,
    struct bw_buf *tlv, struct badge_made *made)
{
	char object[64];
	int code;
	bw_err r;

	if ((r = announce(st, order)) != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if ((code = issue(st, order, tlv, made)) != CMD_OK)
		return code;
	snprintf(object, sizeof(object), "registration %" PRIu64
	    " edition %u", order->registration, made->edition);
	return staff_commit(st, DID_BADGE_ISSUE, object);
}

void
badge_made_print(const struct badge_order *order,
    const struct badge_made *made)
{
	fprintf(stderr, "edition %u for registration %" PRIu64 ": %zu of %zu "
	    "bytes, ", made->edition, order->registration, made->bytes,
	    made->room);
	if (made->on_badge == 0)
		fputs("no values (a pointer badge)", stderr);
	for (int f = 1, n = 0; f <= FIELD_COUNT; f++)
		if ((made->on_badge & FIELD_BIT(f)) != 0)
			fprintf(stderr, "%s%s", n++ != 0 ? "," : "",
			    field_name((enum field)f));
	fputc('\n', stderr);
	if (made->without_uri)
		fputs("the address of the page about badges was left out, for "
		    "want of room\n", stderr);
	if (made->other_tag)
		fputs("an earlier edition is on another tag and stays good; "
		    "use --reissue when that tag was lost\n", stderr);
}

/* 14 hexadecimal digits, as NFC tools show a UID: colons and case as well. */
static bool
take_uid(const char *s, uint8_t out[static BADGE_UID])
{
	char hex[BADGE_UID * 2 + 1];
	size_t n = 0;

	for (; *s != 0 && n < sizeof(hex) - 1; s++)
		if (*s != ':' && *s != ' ')
			hex[n++] = (char)tolower((unsigned char)*s);
	hex[n] = 0;
	if (*s == 0 && n == sizeof(hex) - 1 &&
	    text_unhex(hex, out, BADGE_UID) == BW_OK)
		return true;
	(void)staff_usage("--uid must be the 14 hexadecimal digits of the "
	    "tag's UID, e.g. 04e10cda993c80");
	return false;
}

/* An NTAG213 comes with this TLV in page 4; a file for the tag from page 4 on
 * begins with it. */
static const uint8_t lock_control[] = { 0x01, 0x03, 0xa0, 0x0c, 0x34 };

static int
put_file(struct outfile *out, const char *path, const char *type,
    const struct bw_buf *tlv)
{
	bool lock = strcmp(type, "ntag213") == 0;
	bw_err r = BW_OK;

	if (lock)
		r = outfile_put(out, lock_control, sizeof(lock_control));
	if (r == BW_OK && (r = outfile_put(out, tlv->ptr, tlv->len)) == BW_OK)
		r = outfile_commit(out);
	return r == BW_OK ? CMD_OK : staff_fail_file(r, path);
}

static int
encode(const char *dir, const struct badge_order *order, const char *path,
    bool force)
{
	struct bw_buf tlv = BW_BUF_INIT(TLV_MAX);
	struct outfile *out = NULL;
	struct badge_made made = { 0 };
	struct staff st;
	int code;
	bw_err r;

	if ((code = staff_open(&st, dir)) != CMD_OK)
		return code;
	/* No edition is made that could not be written. */
	if ((r = outfile_open(&out, path, force)) != BW_OK)
		code = staff_fail_file(r, path);
	else if ((code = badge_order_issue(&st, order, &tlv,
	    &made)) == CMD_OK &&
	    (code = put_file(out, path, order->type, &tlv)) == CMD_OK)
		badge_made_print(order, &made);
	outfile_close(&out);
	bw_buf_free(&tlv);
	staff_close(&st);
	return code;
}

int
cmd_badge_encode(const char *dir, int argc, char **argv)
{
	struct badge_options b = { .type = "ntag215" };
	bool force = false;
	const char *uid = NULL, *path = NULL, *arg[OPTS_ARGS_MAX];
	const struct opt opt[] = {
		BADGE_OPT_REGISTRATION(b),
		{ "uid", "HEX14", "the tag's UID", true, &uid, NULL },
		{ "out", "FILE", "what the tag is to hold from page 4 on; - "
		    "is standard output", true, &path, NULL },
		{ "type", "TYPE", "mf0ul21 (room for a pointer), ntag213, "
		    "ntag215 (the default) or ntag216", false, &b.type, NULL },
		BADGE_OPT_FIELDS(b), BADGE_OPT_POINTER(b),
		BADGE_OPT_REISSUE(b),
		{ "force", NULL, "replace FILE, if it is there already",
		    false, NULL, &force },
	};
	const struct opts o = { "badge encode", { NULL },
	    "Makes the next edition of a registration's badge for one tag and "
	    "writes it to a\nfile. The badge holds on that tag alone.", opt,
	    sizeof(opt) / sizeof(opt[0]) };
	struct badge_order order;
	int code;

	if (!opts_parse(&o, argc, argv, arg, &code))
		return code;
	if (!badge_order_take(&b, &order) || !take_uid(uid, order.uid))
		return CMD_USAGE;
	return encode(dir, &order, path, force);
}
