// SPDX-License-Identifier: Apache-2.0
#include "tools/export.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "host/export_record.h"
#include "host/hostclock.h"

#define EVERY_MS 200

bw_err
export_begin(struct outfile **out, const char *path, bool force)
{
	bw_err r = outfile_open(out, path, force);

	return r == BW_OK ? outfile_hash(*out) : r;
}

static bw_err
on_step(void *arg, uint64_t done)
{
	struct export_meter *m = arg;
	int64_t now = clock_mono_ms();

	if (now < m->next_ms)
		return BW_OK;
	m->next_ms = now + EVERY_MS;
	m->shown = true;
	if (m->most != 0)
		fprintf(stderr, "\r%" PRIu64 " of at most %" PRIu64 " %s",
		    done, m->most, m->rows);
	else
		fprintf(stderr, "\r%" PRIu64 " %s", done, m->rows);
	return BW_OK;
}

static bw_err
say_nothing(void *arg, uint64_t done)
{
	(void)arg;
	(void)done;
	return BW_OK;
}

void
export_meter_begin(struct export_meter *m, const char *rows, uint64_t most,
    const char *path)
{
	/* The file itself may be what the terminal shows. */
	bool on = isatty(STDERR_FILENO) == 1 &&
	    (strcmp(path, "-") != 0 || isatty(STDOUT_FILENO) != 1);

	*m = (struct export_meter){ .progress = { .step = on ? on_step :
		say_nothing, .arg = m }, .rows = rows, .most = most,
		.next_ms = clock_mono_ms() + EVERY_MS };
}

void
export_meter_end(const struct export_meter *m)
{
	if (m->shown)
		fprintf(stderr, "\r%64s\r", "");
}

int
export_recorded(struct staff *st, const struct store_export *e)
{
	struct store_export kept = *e;
	char who[STAFF_ACTOR_SIZE];
	bw_err r;

	staff_actor(who);
	kept.actor = who;
	kept.state = EXPORT_WHOLE;
	/* When it has arrived, not when it was begun. */
	if ((r = hostclock_now(st->store, &kept.at)) == BW_OK)
		r = export_record(st->store, &kept, st->now);
	return r == BW_OK ? CMD_OK : staff_fail_err(r, st->host->db_path);
}

int
export_finished(struct staff *st, struct store_export *e, struct outfile *out,
    const char *path)
{
	int code;
	bw_err r;

	if ((r = outfile_sha256(out, e->sha256)) != BW_OK)
		return staff_fail_file(r, path);
	if ((code = export_recorded(st, e)) != CMD_OK)
		return code;
	r = outfile_commit(out);
	return r == BW_OK ? CMD_OK : staff_fail_file(r, path);
}
