// SPDX-License-Identifier: Apache-2.0
/* badgeward device booth, revoke, found, reassign. */
#include <inttypes.h>
#include <stdio.h>

#include "host/device_stolen.h"
#include "host/store_health.h"
#include "tools/cmd_device.h"
#include "tools/cmds.h"

/* Begin, with the device's row. */
static int
begin(struct staff *st, const char *name, struct store_device *d)
{
	int code = staff_begin(st);
	bw_err r;

	if (code != CMD_OK)
		return code;
	if ((r = store_device_get(st->store, name, d)) == BW_OK)
		return CMD_OK;
	return r == BW_ERR_NOTFOUND ? staff_fail(NO_DEVICE, name) :
	    staff_fail_err(r, st->host->db_path);
}

/* The act's end: commit, or what went wrong. */
static int
done(struct staff *st, bw_err r, enum audit_act act, const char *name)
{
	return r == BW_OK ? staff_commit_kept(st, act, name) :
	    staff_fail_err(r, st->host->db_path);
}

static int
booth(struct staff *st, const char *const *arg, void *ctx)
{
	struct store_device d;
	int code;

	(void)ctx;
	if (!device_booth_ok(arg[1]))
		return staff_usage("a booth is at most %d bytes of plain text",
		    DEVICE_BOOTH_MAX);
	if ((code = begin(st, arg[0], &d)) != CMD_OK)
		return code;
	return done(st, store_device_booth(st->store, d.name, arg[1]),
	    DID_DEVICE_BOOTH, d.name);
}

int
cmd_device_booth(const char *dir, int argc, char **argv)
{
	const struct opts o = { "device booth", { "NAME", "TEXT", NULL },
	    "Says where a device stands, such as \"Hall 2, B14\"; \"\" for "
	    "nowhere.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, booth, NULL);
}

static int
say_stolen(struct staff *st, const struct store_device *d)
{
	char said[DEVICE_STOLEN_MAX];
	bw_err r = device_stolen(st->store, d, st->now, said);

	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (said[0] != 0)
		puts(said);
	return CMD_OK;
}

static int
revoke(struct staff *st, const char *const *arg, void *ctx)
{
	const bool *lost = ctx;
	struct store_device d;
	int code;
	bw_err r;

	if ((code = begin(st, arg[0], &d)) != CMD_OK)
		return code;
	if (d.state == DEVICE_REVOKED && (!*lost || d.lost_at != 0)) {
		printf("%s was revoked before\n", d.name);
		return CMD_OK;
	}
	r = store_device_revoke(st->store, d.name, st->now);
	if (r == BW_OK && *lost)
		r = store_device_lost(st->store, d.name, st->now);
	if ((code = done(st, r, *lost ? DID_DEVICE_LOST : DID_DEVICE_REVOKE,
	    d.name)) != CMD_OK)
		return code;
	printf("%s is revoked: it gets no policy any more, and what it sends "
	    "from now on is kept\napart and never exported. Its %" PRIu64
	    " entries so far stay.\n", d.name, d.size);
	return say_stolen(st, &d);
}

int
cmd_device_revoke(const char *dir, int argc, char **argv)
{
	bool lost = false;
	const struct opt opt[] = {
		{ "lost", NULL, "because nobody knows where it is", false,
		    NULL, &lost },
	};
	const struct opts o = { "device revoke", { "NAME", NULL },
	    "Ends a device: it gets no policy any more, and what it sends is "
	    "kept apart. There\nis no way back; it can be enrolled again "
	    "under a new name.", opt, 1 };

	return staff_run(dir, &o, argc, argv, revoke, &lost);
}

static int
found(struct staff *st, const char *const *arg, void *ctx)
{
	struct store_device d;
	int code;

	(void)ctx;
	if ((code = begin(st, arg[0], &d)) != CMD_OK)
		return code;
	if (d.lost_at == 0)
		return staff_fail("device %s was not reported lost", d.name);
	code = done(st, store_device_lost(st->store, d.name, 0),
	    DID_DEVICE_FOUND, d.name);
	if (code == CMD_OK)
		printf("%s stays revoked; \"device reassign\" invites it under "
		    "a new name\n", d.name);
	return code;
}

int
cmd_device_found(const char *dir, int argc, char **argv)
{
	const struct opts o = { "device found", { "NAME", NULL },
	    "A device that was reported lost is there again. It stays "
	    "revoked.", NULL, 0 };

	return staff_run_keyless(dir, &o, argc, argv, found, NULL);
}

/* The old one ends, the new one is invited: both or neither. */
static bw_err
replace(struct staff *st, const struct store_device *old,
    const struct device_new *in, struct bw_buf *address)
{
	char who[STAFF_ACTOR_SIZE];
	bw_err r;

	staff_actor(who);
	if (old->state != DEVICE_REVOKED &&
	    ((r = store_device_revoke(st->store, old->name, st->now)) !=
	    BW_OK || (r = store_audit(st->store, st->now, who,
	    DID_DEVICE_REVOKE, old->name)) != BW_OK))
		return r;
	return device_invite(st->store, st->host, in, st->now, address);
}

static int
reassign(struct staff *st, const char *const *arg, void *ctx)
{
	struct bw_buf address = BW_BUF_INIT(DEVICE_ADDRESS_MAX);
	struct invitation *i = ctx;
	struct store_device old;
	struct device_new in;
	int code;
	bw_err r;

	if ((code = begin(st, arg[0], &old)) != CMD_OK)
		return code;
	if (i->sponsor == NULL)
		i->sponsor = old.sponsor;
	in = (struct device_new){ arg[1], i->sponsor,
		i->booth != NULL ? i->booth : old.booth };
	if ((code = device_check_new(st, in.name, i)) != CMD_OK ||
	    (code = device_open_tag(i)) != CMD_OK)
		return code;
	r = replace(st, &old, &in, &address);
	code = r == BW_OK ? device_give(st, DID_DEVICE_ADD, in.name, i,
	    &address) : device_add_failed(st, in.name, r);
	bw_buf_free(&address);
	i->sponsor = NULL;
	return code;
}

int
cmd_device_reassign(const char *dir, int argc, char **argv)
{
	struct invitation i = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "whose booth it will stand at, if another",
		    false, &i.sponsor, NULL },
		OPT_BOOTH(i),
		OPT_TAG(i),
	};
	const struct opts o = { "device reassign", { "NAME", "NEW", NULL },
	    "Ends a device and invites it under a new name, for another booth "
	    "or because it\nwas set up anew: prints the address. The new one "
	    "has a log of its own; the old\none's stays. Once the device "
	    "says that it was revoked, staff enrol it anew on its\nscreen.",
	    opt, sizeof(opt) / sizeof(opt[0]) };
	int code = staff_run(dir, &o, argc, argv, reassign, &i);

	outfile_close(&i.out);
	return code;
}
