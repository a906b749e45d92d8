// SPDX-License-Identifier: Apache-2.0
/* badgeward export leads, export log. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "host/export_leads.h"
#include "host/export_log.h"
#include "tools/cmds.h"
#include "tools/staff.h"

static int
audited(struct staff *st, const char *act, const char *what, uint64_t n)
{
	char object[80];

	snprintf(object, sizeof(object), "%s %" PRIu64, what, n);
	return staff_record(st, act, object);
}

static int
failed(bw_err r, const char *path)
{
	if (r == BW_ERR_EXISTS)
		return staff_fail("%s is there already; give --force to "
		    "replace it, or another name", path);
	return staff_fail_err(r, path);
}

#define OPT_FORCE(o) \
	{ "force", NULL, "replace FILE, if it is there already", false, NULL, \
	    &(o).force }

/* What is there, and will be exported when its holder attends again. */
static void
say_left_out(const struct store_left_out *left)
{
	for (int i = REG_ATTENDING + 1; i < REG_STATUSES; i++)
		if (left->n[i] != 0)
			fprintf(stderr, "left out: %" PRIu64 " of %s "
			    "registrations\n", left->n[i],
			    reg_status_name((enum reg_status)i));
}

/* Recorded before the file is in its place: no export without its line. */
struct leads {
	const char *sponsor, *format, *path;
	bool force;
};

static int
leads(struct staff *st, const char *const *arg, void *ctx)
{
	const struct leads *l = ctx;
	const char *sponsor = l->sponsor, *path = l->path;
	enum leads_format format = LEADS_CSV;
	struct store_left_out left = { 0 };
	struct outfile *out = NULL;
	uint64_t n = 0;
	int code;
	bw_err r;

	(void)arg;
	if (strcmp(l->format, "json") == 0)
		format = LEADS_JSON;
	else if (strcmp(l->format, "csv") != 0)
		return staff_usage("--format is csv or json, not \"%s\"",
		    l->format);
	r = store_sponsor_known(st->store, sponsor);
	if (r == BW_ERR_NOTFOUND)
		return staff_fail("no policy ever had a sponsor \"%s\"",
		    sponsor);
	if (r == BW_OK && (r = outfile_open(&out, path, l->force)) == BW_OK)
		r = export_leads(st->store, sponsor, format, clock_wall(),
		    out, &n, &left);
	code = r == BW_OK ? audited(st, "export.leads", sponsor, n) :
	    failed(r, path);
	if (code == CMD_OK && (r = outfile_commit(out)) != BW_OK)
		code = failed(r, path);
	outfile_close(&out);
	if (code == CMD_OK) {
		fprintf(stderr, "%" PRIu64 " lead%s of %s\n", n,
		    n == 1 ? "" : "s", sponsor);
		say_left_out(&left);
	}
	return code;
}

int
cmd_export_leads(const char *dir, int argc, char **argv)
{
	struct leads l = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "whose leads", true, &l.sponsor, NULL },
		{ "format", "csv|json", "how they are written", true,
		    &l.format, NULL },
		{ "out", "FILE", "where; - is standard output", true,
		    &l.path, NULL },
		OPT_FORCE(l),
	};
	const struct opts o = { "export leads", { NULL },
	    "Writes a sponsor's leads: what attendees shared with it, as far "
	    "as the policy that\nwas shown allows. What was undone, "
	    "withdrawn or withheld,\nor what the sponsor has had for as long "
	    "as it may keep it, is not there.", opt, 4 };

	return staff_run_keyless(dir, &o, argc, argv, leads, &l);
}

struct log {
	const char *device, *path;
	bool force;
};

static int
log_file(struct staff *st, const char *const *arg, void *ctx)
{
	const struct log *l = ctx;
	const char *device = l->device, *path = l->path;
	struct store_device d;
	struct outfile *out = NULL;
	uint64_t n = 0;
	int code;
	bw_err r;

	(void)arg;
	if ((r = store_device_get(st->store, device, &d)) == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, device);
	if (r == BW_OK && d.size == 0)
		return staff_fail("device %s has sent no entries yet", device);
	if (r == BW_OK && (r = outfile_open(&out, path, l->force)) == BW_OK)
		r = export_log(st->store, device, out, &n);
	code = r == BW_OK ? audited(st, "export.log", device, n) :
	    failed(r, path);
	if (code == CMD_OK && (r = outfile_commit(out)) != BW_OK)
		code = failed(r, path);
	outfile_close(&out);
	if (code == CMD_OK)
		fprintf(stderr, "%" PRIu64 " entr%s of %s\n", n,
		    n == 1 ? "y" : "ies", d.origin);
	return code;
}

int
cmd_export_log(const char *dir, int argc, char **argv)
{
	struct log l = { 0 };
	const struct opt opt[] = {
		{ "device", "NAME", "whose log", true, &l.device, NULL },
		{ "out", "FILE", "where; - is standard output", true,
		    &l.path, NULL },
		OPT_FORCE(l),
	};
	const struct opts o = { "export log", { NULL },
	    "Writes a device's log for \"verify log\": its entries, their "
	    "bodies (null where\ndeleted) and the signed checkpoint over "
	    "them.", opt, 3 };

	return staff_run_keyless(dir, &o, argc, argv, log_file, &l);
}
