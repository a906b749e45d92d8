// SPDX-License-Identifier: Apache-2.0
/* badgeward export leads, log, logs, counts, list. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "host/case.h"
#include "host/export_counts.h"
#include "host/export_leads.h"
#include "host/export_log.h"
#include "host/export_tiles.h"
#include "host/store_device.h"
#include "host/store_tally.h"
#include "host/when.h"
#include "tools/cmds.h"
#include "tools/export.h"

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

/* What devices counted and no sponsor has: of one sponsor, or (NULL) of all. */
static int
say_held(struct staff *st, const char *sponsor)
{
	uint64_t n;
	bw_err r = store_tally_held(st->store, sponsor, 0, &n);

	if (r != BW_OK)
		return staff_fail_err(r, st->host->db_path);
	if (n != 0)
		fprintf(stderr, "held for review: %" PRIu64 " share%s, which "
		    "no sponsor has; see \"odd list\"\n", n,
		    n == 1 ? "" : "s");
	return CMD_OK;
}

struct leads {
	const char *sponsor, *format, *path, *since;
	bool force;
};

static int
parse_leads(struct staff *st, const struct leads *l, struct leads_what *what)
{
	bw_err r = BW_OK;

	*what = (struct leads_what){ .sponsor = l->sponsor };
	if (leads_format_parse(l->format, &what->format) != BW_OK)
		return staff_usage("--format is csv, csv-notes, json, xlsx, "
		    "vcard or salesforce, not \"%s\"", l->format);
	if (l->since != NULL)
		r = case_typed(st->store, l->since, false, &what->since);
	if (r == BW_ERR_FORMAT)
		return staff_usage("--since is a time like 2026-06-01 or "
		    "2026-06-01T09:30:00Z, not \"%s\"", l->since);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

static int
leads(struct staff *st, const char *const *arg, void *ctx)
{
	const struct leads *l = ctx;
	const char *sponsor = l->sponsor, *path = l->path;
	struct store_export e = { .kind = "leads", .subject = sponsor,
		.format = l->format };
	struct store_left_out left = { 0 };
	struct outfile *out = NULL;
	struct export_meter meter = { .shown = false };
	struct leads_what what;
	uint64_t most;
	int code;
	bw_err r;

	(void)arg;
	if ((code = parse_leads(st, l, &what)) != CMD_OK)
		return code;
	r = store_sponsor_known(st->store, sponsor);
	if (r == BW_ERR_NOTFOUND)
		return staff_no_sponsor(sponsor);
	what.now = st->now;
	what.dir = st->host->path;
	what.progress = &meter.progress;
	if (r == BW_OK && (r = store_release_most(st->store, sponsor,
	    &most)) == BW_OK &&
	    (r = export_begin(&out, path, l->force)) == BW_OK) {
		export_meter_begin(&meter, "leads", most, path);
		r = export_leads(st->store, &what, out, &e.n, &left);
		export_meter_end(&meter);
	}
	code = r == BW_OK ? export_finished(st, &e, out, path) :
	    staff_fail_file(r, path);
	outfile_close(&out);
	if (code == CMD_OK) {
		fprintf(stderr, "%" PRIu64 " lead%s of %s\n", e.n,
		    e.n == 1 ? "" : "s", sponsor);
		say_left_out(&left);
		code = say_held(st, sponsor);
	}
	return code;
}

int
cmd_export_leads(const char *dir, int argc, char **argv)
{
	struct leads l = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "whose leads", true, &l.sponsor, NULL },
		{ "format", "csv|csv-notes|json|xlsx|vcard|salesforce",
		    "how they are written", true, &l.format, NULL },
		{ "since", "TIME", "only what came, or was marked, since",
		    false, &l.since, NULL },
		{ "out", "FILE", "where; - is standard output", true,
		    &l.path, NULL },
		OPT_FORCE(l),
	};
	const struct opts o = { "export leads", { NULL },
	    "Writes a sponsor's leads: what attendees shared with it, as far "
	    "as the policy that\nwas shown allows. What was undone, "
	    "withdrawn or withheld,\nor what the sponsor has had for as long "
	    "as it may keep it, is not there.", opt, 5 };

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
	struct store_export e = { .kind = "log", .subject = device,
		.format = "cbor" };
	struct outfile *out = NULL;
	struct export_meter meter;
	int code;
	bw_err r;

	(void)arg;
	if ((r = store_device_get(st->store, device, &d)) == BW_ERR_NOTFOUND)
		return staff_fail(NO_DEVICE, device);
	if (r == BW_OK && d.size == 0)
		return staff_fail("device %s has sent no entries yet", device);
	if (r == BW_OK &&
	    (r = export_begin(&out, path, l->force)) == BW_OK) {
		export_meter_begin(&meter, "entries", d.size, path);
		r = export_log(st->store, device, out, &meter.progress, &e.n);
		export_meter_end(&meter);
	}
	code = r == BW_OK ? export_finished(st, &e, out, path) :
	    staff_fail_file(r, path);
	outfile_close(&out);
	if (code == CMD_OK)
		fprintf(stderr, "%" PRIu64 " entr%s of %s\n", e.n,
		    e.n == 1 ? "y" : "ies", d.origin);
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

struct logs {
	struct staff *st;
	const char *dir;
	bool force;
	uint64_t n;
	int code;
	char (*name)[TEXT_ID_MAX + 1];
	size_t nnames;
};

static bw_err
on_device(void *arg, const struct store_device *d)
{
	struct logs *l = arg;
	char (*more)[TEXT_ID_MAX + 1];

	if (d->size == 0)
		return BW_OK;
	more = realloc(l->name, (l->nnames + 1) * sizeof(*more));
	if (more == NULL)
		return BW_ERR_NOMEM;
	l->name = more;
	memcpy(l->name[l->nnames++], d->name, sizeof(d->name));
	return BW_OK;
}

/* DIR/NAME/: the upload form as log.cbor, the tiles, the checkpoint. */
static int
one_log(struct logs *l, const char *name)
{
	struct store_export e = { .kind = "log", .subject = name,
		.format = "cbor" };
	char dir[FILE_PATH_MAX], path[FILE_PATH_MAX];
	struct outfile *out = NULL;
	struct export_meter meter;
	int code;
	bw_err r;

	if ((r = file_path(dir, l->dir, name)) != BW_OK ||
	    (r = file_path(path, dir, "log.cbor")) != BW_OK ||
	    (r = export_tiles(l->st->store, name, dir, l->force, &e.n,
	    e.sha256)) != BW_OK)
		return staff_fail_file(r, dir);
	e.kind = "tiles";
	e.format = "tlog-tiles";
	if ((code = export_recorded(l->st, &e)) != CMD_OK)
		return code;
	e.kind = "log";
	e.format = "cbor";
	if ((r = export_begin(&out, path, l->force)) == BW_OK) {
		export_meter_begin(&meter, "entries", e.n, path);
		r = export_log(l->st->store, name, out, &meter.progress, &e.n);
		export_meter_end(&meter);
	}
	code = r == BW_OK ? export_finished(l->st, &e, out, path) :
	    staff_fail_file(r, path);
	outfile_close(&out);
	l->n += e.n;
	return code;
}

static int
logs_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct logs *l = ctx;
	int code = CMD_OK;
	bw_err r;

	(void)arg;
	l->st = st;
	if ((r = store_device_each(st->store, on_device, l)) != BW_OK)
		code = staff_fail_err(r, st->host->db_path);
	for (size_t i = 0; i < l->nnames && code == CMD_OK; i++)
		code = one_log(l, l->name[i]);
	if (code == CMD_OK)
		fprintf(stderr, "%zu log%s, %" PRIu64 " entries\n", l->nnames,
		    l->nnames == 1 ? "" : "s", l->n);
	free(l->name);
	return code;
}

int
cmd_export_logs(const char *dir, int argc, char **argv)
{
	struct logs l = { 0 };
	const struct opt opt[] = {
		{ "out", "DIR", "where; it is made", true, &l.dir, NULL },
		OPT_FORCE(l),
	};
	const struct opts o = { "export logs", { NULL },
	    "Writes the logs of all devices, each into DIR/NAME: log.cbor as "
	    "\"export log\"\nwrites it, and C2SP tlog-tiles: checkpoint, "
	    "tile/, tile/entries/.", opt, 2 };

	return staff_run_keyless(dir, &o, argc, argv, logs_act, &l);
}

struct counts {
	const char *sponsor, *path;
	bool force;
};

static int
counts_act(struct staff *st, const char *const *arg, void *ctx)
{
	const struct counts *l = ctx;
	struct store_export e = { .kind = "counts", .format = "csv",
		.subject = l->sponsor != NULL ? l->sponsor : "" };
	struct outfile *out = NULL;
	int code;
	bw_err r = BW_OK;

	(void)arg;
	if (l->sponsor != NULL)
		r = store_sponsor_known(st->store, l->sponsor);
	if (r == BW_ERR_NOTFOUND)
		return staff_no_sponsor(l->sponsor);
	if (r == BW_OK && (r = export_begin(&out, l->path, l->force)) == BW_OK)
		r = export_counts(st->store, l->sponsor, out, &e.n);
	code = r == BW_OK ? export_finished(st, &e, out, l->path) :
	    staff_fail_file(r, l->path);
	outfile_close(&out);
	return code == CMD_OK ? say_held(st, l->sponsor) : code;
}

int
cmd_export_counts(const char *dir, int argc, char **argv)
{
	struct counts l = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "of its devices alone", false, &l.sponsor,
		    NULL },
		{ "out", "FILE", "where; - is standard output", true,
		    &l.path, NULL },
		OPT_FORCE(l),
	};
	const struct opts o = { "export counts", { NULL },
	    "Writes as CSV how many shares, declines, no answers, unreads and "
	    "undos each\ndevice had in each hour.", opt, 3 };

	return staff_run_keyless(dir, &o, argc, argv, counts_act, &l);
}

struct list {
	const char *sponsor;
	bool json;
	size_t n;
};

static bw_err
on_export(void *arg, const struct store_export *e)
{
	static const char *const state[] = {
		[EXPORT_ON_ITS_WAY] = "sending", [EXPORT_WHOLE] = "complete",
		[EXPORT_BROKE_OFF] = "broke-off" };
	struct list *l = arg;
	char at[WHEN_SIZE], hex[TEXT_HEX_SIZE(CRYPTO_HASH)];

	when_format(e->at, at);
	text_hex(e->sha256, CRYPTO_HASH, hex);
	if (strcmp(e->format, STORE_EXPORT_API) == 0)
		hex[0] = 0;	/* of no file */
	if (!l->json)
		printf("%s\t%s\t%s\t%s\t%s\t%" PRIu64 "\t%s\t%s\n", at,
		    e->actor, e->kind, e->subject, e->format, e->n,
		    hex[0] != 0 ? hex : "-", state[e->state]);
	else {
		printf("%s{\"time\": \"%s\", \"actor\": ",
		    staff_list_sep(l->n), at);
		staff_json(e->actor);
		printf(", \"kind\": \"%s\", \"of\": \"%s\", \"format\": "
		    "\"%s\", \"n\": %" PRIu64 ", \"sha256\": \"%s\", "
		    "\"download\": \"%s\"}", e->kind, e->subject, e->format,
		    e->n, hex, state[e->state]);
	}
	l->n++;
	return BW_OK;
}

static int
list_act(struct staff *st, const char *const *arg, void *ctx)
{
	struct list *l = ctx;
	bw_err r;

	(void)arg;
	r = store_export_each(st->store, l->sponsor, 0, UINT32_MAX, on_export,
	    l);
	return staff_list_end(st, l->json, l->n, r);
}

int
cmd_export_list(const char *dir, int argc, char **argv)
{
	struct list l = { 0 };
	const struct opt opt[] = {
		{ "sponsor", "ID", "exports of its leads alone", false,
		    &l.sponsor, NULL },
		{ "json", NULL, "as an array of objects", false, NULL,
		    &l.json },
	};
	const struct opts o = { "export list", { NULL },
	    "Lists what was exported, the newest first. A line each, with tabs "
	    "between: time,\nwho, what, of which sponsor or device, format, "
	    "how many, sha256 of the file (of\ntiles: of their checkpoint), and "
	    "whether its download is complete, broke-off\nor still sending. What a program read through the "
	    "API is there too, of the format api:\none for each token and "
	    "hour.",
	    opt, 2 };

	return staff_run_keyless(dir, &o, argc, argv, list_act, &l);
}
