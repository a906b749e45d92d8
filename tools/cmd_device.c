// SPDX-License-Identifier: Apache-2.0
/* badgeward device add, renew, list, revoke. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/outfile.h"
#include "host/when.h"
#include "record/ndef.h"
#include "tools/cmds.h"
#include "tools/staff.h"

#define INVITE_SECONDS (24 * 3600)

struct known {
	const char *want;
	bool found;
	size_t n;
	char id[64][TEXT_ID_MAX + 1];
};

static bw_err
on_sponsor(void *arg, const char *id, const char *name)
{
	struct known *k = arg;

	(void)name;
	k->found = k->found || strcmp(id, k->want) == 0;
	if (k->n < 64)
		snprintf(k->id[k->n++], TEXT_ID_MAX + 1, "%s", id);
	return BW_OK;
}

/* Whether the policy in force has this sponsor; says what is wrong. */
static int
check_sponsor(struct staff *st, const char *sponsor)
{
	struct known k = { .want = sponsor };
	const char *ids[64], *near;
	bw_err r;

	r = store_sponsor_each(st->store, on_sponsor, &k);
	if (r != BW_OK && r != BW_ERR_NOTFOUND)
		return staff_fail_err(r, st->host->db_path);
	if (k.found)
		return CMD_OK;
	if (k.n == 0)
		return staff_fail("there is no policy yet; \"policy install\" "
		    "comes first");
	for (size_t i = 0; i < k.n; i++)
		ids[i] = k.id[i];
	near = fault_nearest(sponsor, ids, k.n);
	return staff_fail("the policy has no sponsor \"%s\"%s%s", sponsor,
	    near != NULL ? "; near is " : "", near != NULL ? near : "");
}

/* How an invitation is to be given. */
struct invitation {
	const char *sponsor;	/* add alone */
	const char *tag;	/* a file to write, or NULL */
	bool force;		/* though it is there already */
	struct outfile *out;
};

#define OPT_TAG(i)							\
	{ "tag", "FILE", "likewise: what a tag is to hold from page 4 on",	\
	false, &(i).tag, NULL },					\
	{ "force", NULL, "replace FILE, if it is there already", false, NULL, \
	&(i).force }

static int
tag_failed(const struct invitation *i, bw_err r)
{
	if (r == BW_ERR_EXISTS)
		return staff_fail("%s is there already; give --force to "
		    "replace it, or another name", i->tag);
	return staff_fail_err(r, i->tag);
}

/* Nobody is invited whose tag could not be written. */
static int
open_tag(struct invitation *i)
{
	bw_err r = BW_OK;

	if (i->tag != NULL)
		r = outfile_open(&i->out, i->tag, i->force);
	return r == BW_OK ? CMD_OK : tag_failed(i, r);
}

static int
put_tag(const struct invitation *i, const char *address)
{
	struct bw_buf msg = BW_BUF_INIT(512), tlv = BW_BUF_INIT(600);
	bw_err r = BW_OK;

	if (i->out != NULL &&
	    (r = ndef_uri_encode(address, &msg)) == BW_OK &&
	    (r = ndef_tlv_encode(msg.ptr, msg.len, &tlv)) == BW_OK &&
	    (r = outfile_put(i->out, tlv.ptr, tlv.len)) == BW_OK)
		r = outfile_commit(i->out);
	bw_buf_free(&tlv);
	bw_buf_free(&msg);
	return r == BW_OK ? CMD_OK : tag_failed(i, r);
}

/* The address with its secret code. */
static bw_err
make_address(const struct hostdir *h, const uint8_t code[static ENROL_CODE],
    struct bw_buf *out)
{
	struct enrol_address a = { 0 };
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	snprintf(a.base, sizeof(a.base), "%s", h->config.base_url);
	memcpy(a.code, code, ENROL_CODE);
	r = crypto_sha256(&PART(crypto_key_spki(h->host), CRYPTO_SPKI), 1,
	    hash);
	memcpy(a.pin, hash, ENROL_PIN);
	if (r == BW_OK)
		r = enrol_address_format(&a, out);
	explicit_bzero(&a, sizeof(a));
	return r;
}

/* Alone on a line, and on the tag. */
static int
give_address(const struct hostdir *h, const struct invitation *i,
    const uint8_t secret[static ENROL_CODE])
{
	struct bw_buf b = BW_BUF_INIT(512);
	const char *text;
	int code;
	bw_err r;

	if ((r = make_address(h, secret, &b)) == BW_OK &&
	    (r = bw_buf_cstr(&b, &text)) == BW_OK) {
		puts(text);
		fflush(stdout);
		code = put_tag(i, text);
	} else
		code = staff_fail_err(r, "the address");
	bw_buf_free(&b);
	return code;
}

/* Commit, and only then say the address of an invitation. */
static int
invite(struct staff *st, const char *act, const char *name,
    const struct invitation *i, const uint8_t secret[static ENROL_CODE])
{
	int code;

	if ((code = staff_commit(st, act, name)) != CMD_OK ||
	    (code = give_address(st->host, i, secret)) != CMD_OK)
		return code;
	fprintf(stderr, "Within 24 hours give it to the device, while its "
	    "badgeward-uplink runs: on its\nscreen, or with\n"
	    "  badgeward-kiosk -C STATE enrol ADDRESS\n"
	    "Whoever has the address can enrol as %s: do not keep it.\n",
	    name);
	return CMD_OK;
}

static int
add(struct staff *st, const char *const *arg, void *ctx)
{
	const char *name = arg[0];
	struct invitation *i = ctx;
	uint8_t secret[ENROL_CODE];
	char origin[ORIGIN_MAX + 1];
	int code;
	bw_err r;

	if (!text_is_id(name, strlen(name)) ||
	    hostdir_origin(st->host, name, origin) != BW_OK)
		return staff_usage("a device's name is 1 to %d of a-z, 0-9, "
		    "dot and hyphen, e.g. k07", TEXT_ID_MAX);
	if ((code = check_sponsor(st, i->sponsor)) != CMD_OK ||
	    (code = open_tag(i)) != CMD_OK ||
	    (code = staff_begin(st)) != CMD_OK)
		return code;
	if ((r = bw_random(secret, sizeof(secret))) == BW_OK)
		r = store_device_add(st->store, name, i->sponsor, origin,
		    secret, st->now, st->now + INVITE_SECONDS);
	if (r == BW_ERR_EXISTS)
		code = staff_fail("device %s was added before; a name never "
		    "recurs, take another; if it never enrolled, \"device "
		    "renew\" makes a new address", name);
	else if (r != BW_OK)
		code = staff_fail_err(r, st->host->db_path);
	else
		code = invite(st, "device.add", name, i, secret);
	explicit_bzero(secret, sizeof(secret));
	return code;
}

int
cmd_device_add(const char *dir, int argc, char **argv)
{
	struct invitation i = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "whose booth it stands at", true,
		    &i.sponsor, NULL },
		OPT_TAG(i),
	};
	const struct opts o = { "device add", { "NAME", NULL },
	    "Invites a device: prints the address that enrols it, good once "
	    "and for 24 hours.", opt, sizeof(opt) / sizeof(opt[0]) };
	int code = staff_run(dir, &o, argc, argv, add, &i);

	outfile_close(&i.out);
	return code;
}

/* Why a device gets no new address. */
static int
check_renew(const struct store_device *d)
{
	switch (d->state) {
	case DEVICE_INVITED:
		return CMD_OK;
	case DEVICE_ACTIVE:
		return staff_fail("device %s has enrolled already; if it was "
		    "set up anew or replaced, \"device revoke\" it and \"device "
		    "add\" one with a new name", d->name);
	case DEVICE_REVOKED:
		return staff_fail("device %s is revoked, for ever; \"device "
		    "add\" one with a new name", d->name);
	}
	return CMD_FAILED;
}

static int
renew(struct staff *st, const char *const *arg, void *ctx)
{
	struct invitation *i = ctx;
	uint8_t secret[ENROL_CODE];
	struct store_device d;
	int code;
	bw_err r;

	if ((code = open_tag(i)) != CMD_OK ||
	    (code = staff_begin(st)) != CMD_OK)
		return code;
	r = store_device_get(st->store, arg[0], &d);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, arg[0]);
	if (r == BW_OK && (code = check_renew(&d)) != CMD_OK)
		return code;
	if (r == BW_OK && (r = bw_random(secret, sizeof(secret))) == BW_OK)
		r = store_device_renew(st->store, d.name, secret,
		    st->now + INVITE_SECONDS);
	code = r == BW_OK ? invite(st, "device.renew", d.name, i, secret) :
	    staff_fail_err(r, st->host->db_path);
	explicit_bzero(secret, sizeof(secret));
	return code;
}

int
cmd_device_renew(const char *dir, int argc, char **argv)
{
	struct invitation i = { 0 };
	const struct opt opt[] = { OPT_TAG(i) };
	const struct opts o = { "device renew", { "NAME", NULL },
	    "Prints a new address for a device that never enrolled, because "
	    "the first one was\nlost or is over. The old address is good for "
	    "nothing then.", opt, sizeof(opt) / sizeof(opt[0]) };
	int code = staff_run(dir, &o, argc, argv, renew, &i);

	outfile_close(&i.out);
	return code;
}

struct list {
	bool json;
	size_t n;
};

static bw_err
on_device(void *arg, const struct store_device *d)
{
	struct list *l = arg;
	char seen[WHEN_SIZE] = "never", vkey[VKEY_MAX] = "-";
	const char *state = device_state_name(d->state);
	bw_err r;

	if (d->last_seen != 0)
		when_format(d->last_seen, seen);
	if (d->enrolled &&
	    (r = vkey_format(d->origin, d->log_spki, vkey)) != BW_OK)
		return r;
	if (l->json)
		printf("%s{\"name\": \"%s\", \"sponsor\": \"%s\", "
		    "\"state\": \"%s\", \"forked\": %s, \"entries\": %" PRIu64
		    ", \"last_seen\": \"%s\", \"vkey\": \"%s\"}",
		    staff_list_sep(l->n), d->name, d->sponsor, state,
		    d->forked ? "true" : "false", d->size, seen, vkey);
	else
		printf("%s\t%s\t%s%s\t%" PRIu64 "\t%s\t%s\n", d->name,
		    d->sponsor, state, d->forked ? "+forked" : "", d->size,
		    seen, vkey);
	l->n++;
	return BW_OK;
}

static int
list_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	bw_err r = store_device_each(st->store, on_device, l);

	(void)arg;
	return staff_list_end(st, l->json, l->n, r);
}

int
cmd_device_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "device list", { NULL },
	    "A line each, with tabs between: name, sponsor, state, entries, "
	    "last seen, vkey.\nThe vkey is what \"verify log\" wants; the "
	    "state \"+forked\" means that the device\nsigned two histories.",
	    opt, 1 };

	return staff_run(dir, &o, argc, argv, list_act, &l);
}

/* What a stolen device can still do, as DESIGN says that staff must hear. It
 * may have any policy that was in force since it enrolled. */
static void
print_stolen(struct staff *st, const struct store_device *d)
{
	char when[WHEN_SIZE];
	const char *between = "";
	field_set fields;
	int64_t until;
	bw_err r;

	if (!d->enrolled)
		return;
	r = store_sponsor_reach(st->store, d->sponsor, st->now, &fields,
	    &until);
	if (r == BW_OK) {
		when_format(until, when);
		printf("If it was stolen: until %s it can still open ", when);
		for (int f = 1; f <= FIELD_COUNT; f++)
			if ((fields & FIELD_BIT(f)) != 0) {
				printf("%s%s", between,
				    field_name((enum field)f));
				between = ", ";
			}
		puts(" of any badge that is held to its\nreader, but no "
		    "other field. What it has recorded and not sent is lost "
		    "to us.");
	} else if (r == BW_ERR_NOTFOUND)
		puts("If it was stolen: no policy that it can have is valid "
		    "any more. What it has\nrecorded and not sent is lost to "
		    "us.");
}

static int
revoke(struct staff *st, const char *const *arg, void *ctx)
{
	const char *name = arg[0];
	struct store_device d;
	int code;
	bw_err r;

	(void)ctx;
	if ((code = staff_begin(st)) != CMD_OK)
		return code;
	if ((r = store_device_get(st->store, name, &d)) == BW_OK)
		r = store_device_revoke(st->store, name, st->now);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, name);
	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (d.state == DEVICE_REVOKED) {
		printf("%s was revoked before\n", name);
		return CMD_OK;
	}
	if ((code = staff_commit(st, "device.revoke", name)) != CMD_OK)
		return code;
	printf("%s is revoked: it gets no policy any more, and what it sends "
	    "from now on is kept\napart and never exported. Its %" PRIu64
	    " entries so far stay.\n", name, d.size);
	print_stolen(st, &d);
	return CMD_OK;
}

int
cmd_device_revoke(const char *dir, int argc, char **argv)
{
	const struct opts o = { "device revoke", { "NAME", NULL },
	    "Ends a device: it gets no policy any more, and what it sends is "
	    "kept apart. There\nis no way back; it can be enrolled again "
	    "under a new name.", NULL, 0 };

	return staff_run(dir, &o, argc, argv, revoke, NULL);
}
