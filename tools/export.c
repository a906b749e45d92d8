// SPDX-License-Identifier: Apache-2.0
#include "tools/export.h"

#include "base/clock.h"
#include "host/export_record.h"

bw_err
export_begin(struct outfile **out, const char *path, bool force)
{
	bw_err r = outfile_open(out, path, force);

	return r == BW_OK ? outfile_hash(*out) : r;
}

int
export_recorded(struct staff *st, const struct store_export *e)
{
	struct store_export kept = *e;
	char who[STAFF_ACTOR_SIZE];
	bw_err r;

	staff_actor(who);
	kept.actor = who;
	kept.at = clock_wall();
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
