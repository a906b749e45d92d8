// SPDX-License-Identifier: Apache-2.0
/* badgeward device add, renew, list. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/store_device.h"
#include "host/when.h"
#include "record/ndef.h"
#include "tools/cmd_device.h"
#include "tools/cmds.h"

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

int
device_open_tag(struct invitation *i)
{
	bw_err r = BW_OK;

	if (i->tag != NULL)
		r = outfile_open(&i->out, i->tag, i->force);
	return r == BW_OK ? CMD_OK : staff_fail_file(r, i->tag);
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
	return r == BW_OK ? CMD_OK : staff_fail_file(r, i->tag);
}

/* Alone on a line, and on the tag. */
static int
give_address(const struct invitation *i, struct bw_buf *address)
{
	const char *text;
	bw_err r = bw_buf_cstr(address, &text);

	if (r != BW_OK)
		return staff_fail_err(r, "the address");
	puts(text);
	fflush(stdout);
	return put_tag(i, text);
}

int
device_give(struct staff *st, enum audit_act act, const char *name,
    const struct invitation *i, struct bw_buf *address)
{
	int code;

	if ((code = staff_commit(st, act, name)) != CMD_OK ||
	    (code = give_address(i, address)) != CMD_OK)
		return code;
	fprintf(stderr, "Within 24 hours give it to the device, while its "
	    "badgeward-uplink runs: on its\nscreen, or with\n"
	    "  badgeward-kiosk -C STATE enrol ADDRESS\n"
	    "Whoever has the address can enrol as %s: do not keep it.\n",
	    name);
	return CMD_OK;
}

int
device_check_new(struct staff *st, const char *name,
    const struct invitation *i)
{
	if (!device_name_ok(st->host, name))
		return staff_usage("a device's name is 1 to %d of a-z, 0-9, "
		    "dot and hyphen, e.g. k07", TEXT_ID_MAX);
	if (i->booth != NULL && !device_booth_ok(i->booth))
		return staff_usage("--booth is at most %d bytes of plain "
		    "text", DEVICE_BOOTH_MAX);
	return check_sponsor(st, i->sponsor);
}

int
device_add_failed(struct staff *st, const char *name, bw_err r)
{
	if (r == BW_ERR_EXISTS)
		return staff_fail("device %s was added before; a name never "
		    "recurs, take another; if it is in \"device list\" and "
		    "never enrolled, \"device renew\" makes a new address", name);
	return staff_fail_err(r, st->host->db_path);
}

static int
add(struct staff *st, const char *const *arg, void *ctx)
{
	struct bw_buf address = BW_BUF_INIT(DEVICE_ADDRESS_MAX);
	struct invitation *i = ctx;
	const struct device_new in = { arg[0], i->sponsor, i->booth };
	int code;
	bw_err r;

	if ((code = device_check_new(st, in.name, i)) != CMD_OK ||
	    (code = device_open_tag(i)) != CMD_OK ||
	    (code = staff_begin(st)) != CMD_OK)
		return code;
	r = device_invite(st->store, st->host, &in, st->now, &address);
	code = r == BW_OK ? device_give(st, DID_DEVICE_ADD, in.name, i,
	    &address) : device_add_failed(st, in.name, r);
	bw_buf_free(&address);
	return code;
}

int
cmd_device_add(const char *dir, int argc, char **argv)
{
	struct invitation i = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "whose booth it stands at", true,
		    &i.sponsor, NULL },
		OPT_BOOTH(i),
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
	struct bw_buf address = BW_BUF_INIT(DEVICE_ADDRESS_MAX);
	struct invitation *i = ctx;
	struct store_device d;
	int code;
	bw_err r;

	if ((code = device_open_tag(i)) != CMD_OK ||
	    (code = staff_begin(st)) != CMD_OK)
		return code;
	r = store_device_get(st->store, arg[0], &d);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, arg[0]);
	if (r == BW_OK && (code = check_renew(&d)) != CMD_OK)
		return code;
	if (r == BW_OK)
		r = device_renew(st->store, st->host, d.name, st->now,
		    &address);
	code = r == BW_OK ? device_give(st, DID_DEVICE_RENEW, d.name, i,
	    &address) : staff_fail_err(r, st->host->db_path);
	bw_buf_free(&address);
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

static const char *
truth(bool is)
{
	return is ? "true" : "false";
}

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
	if (l->json) {
		printf("%s{\"name\": \"%s\", \"sponsor\": \"%s\", "
		    "\"booth\": ", staff_list_sep(l->n), d->name,
		    d->sponsor);
		staff_json(d->booth);
		printf(", \"state\": \"%s\", \"forked\": %s, \"lost\": %s, "
		    "\"entries\": %" PRIu64 ", \"last_seen\": \"%s\", "
		    "\"vkey\": \"%s\"}", state, truth(d->forked),
		    truth(d->lost_at != 0), d->size, seen, vkey);
	} else
		printf("%s\t%s\t%s%s%s\t%" PRIu64 "\t%s\t%s\t%s\n", d->name,
		    d->sponsor, state, d->forked ? "+forked" : "",
		    d->lost_at != 0 ? "+lost" : "", d->size, seen,
		    d->booth[0] != 0 ? d->booth : "-", vkey);
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
	    "last seen, booth, vkey.\nThe vkey is what \"verify log\" wants; "
	    "\"+forked\" means that the device signed two\nhistories, "
	    "\"+lost\" that it was reported lost.",
	    opt, 1 };

	return staff_run(dir, &o, argc, argv, list_act, &l);
}
