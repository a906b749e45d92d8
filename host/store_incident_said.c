// SPDX-License-Identifier: Apache-2.0
#include "host/store_incident_said.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "host/audit.h"
#include "host/lines.h"
#include "host/store_db.h"
#include "record/crypto.h"

static bw_err
said_row(void *arg, struct db_query *q)
{
	struct incident_said *out = arg;
	uint64_t part = db_uint(q, 0);

	return part >= INCIDENT_SAYINGS ? BW_ERR_FORMAT :
	    db_copy(q, 1, out->text[part], sizeof(out->text[part]));
}

bw_err
incident_said_get(struct store *s, uint64_t id, struct incident_said *out)
{
	static const char sql[] = "SELECT part, text FROM incident_said "
	    "WHERE incident = ?1";

	memset(out, 0, sizeof(*out));
	return db_each(s, said_row, out, sql, "u", id);
}

static bw_err
put(struct store *s, uint64_t id, enum incident_saying what, const char *text)
{
	static const char drop[] = "DELETE FROM incident_said "
	    "WHERE incident = ?1 AND part = ?2";
	static const char add[] = "INSERT INTO incident_said "
	    "(incident, part, text) VALUES (?1, ?2, ?3)";
	bw_err r;

	if (!lines_ok(text))
		return BW_ERR_ARG;
	r = db_write(s, NULL, drop, "ui", id, (int64_t)what);
	return r != BW_OK || text[0] == 0 ? r :
	    db_write(s, NULL, add, "uit", id, (int64_t)what, text);
}

static bw_err
note(struct store *s, uint64_t id, enum audit_act act, const char *actor,
    int64_t now)
{
	char object[40];

	snprintf(object, sizeof(object), "incident %" PRIu64, id);
	return audit_add(s, now, actor, act, object, "");
}

static bw_err
open_one(struct store *s, uint64_t id, struct incident *i)
{
	bw_err r = incident_get(s, id, i);

	return r == BW_OK && i->closed_at != 0 ? BW_ERR_EXISTS : r;
}

bw_err
incident_draft_seen(struct store *s, uint64_t id,
    char out[static INCIDENT_SEEN_SIZE])
{
	struct incident_said said;
	struct incident i;
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	out[0] = 0;
	if ((r = incident_get(s, id, &i)) != BW_OK ||
	    (r = incident_said_get(s, id, &said)) != BW_OK)
		return r;
	const struct bw_part parts[] = {
		{ &i.event.from, sizeof(i.event.from) },
		{ &i.event.to, sizeof(i.event.to) },
		/* Behind each text are zeros. */
		{ said.text, sizeof(said.text[0]) * (INCIDENT_LATE + 1) }
	};
	if ((r = crypto_sha256(parts, 3, hash)) == BW_OK)
		text_hex(hash, INCIDENT_SEEN_SIZE / 2, out);
	return r;
}

static bw_err
same_draft(struct store *s, uint64_t id, const char *seen)
{
	char now[INCIDENT_SEEN_SIZE];
	bw_err r = incident_draft_seen(s, id, now);

	return r == BW_OK && strcmp(seen, now) != 0 ? BW_ERR_OLD : r;
}

bw_err
incident_draft_set(struct store *s, uint64_t id, const char *seen,
    const struct incident_event *event, const struct incident_said *in,
    const char *actor, int64_t now)
{
	static const char sql[] = "UPDATE incident SET event_from = ?2, "
	    "event_to = ?3 WHERE id = ?1";
	struct incident i;
	bw_err r;

	if (!incident_event_ok(event, now))
		return BW_ERR_ARG;
	if ((r = open_one(s, id, &i)) != BW_OK ||
	    (r = same_draft(s, id, seen)) != BW_OK ||
	    (r = db_write(s, NULL, sql, "uii", id, event->from,
	    event->to)) != BW_OK)
		return r;
	for (int k = INCIDENT_CONSEQUENCES; k <= INCIDENT_LATE; k++)
		if ((r = put(s, id, (enum incident_saying)k,
		    in->text[k])) != BW_OK)
			return r;
	return note(s, id, DID_INCIDENT_DRAFT, actor, now);
}

bw_err
incident_report(struct store *s, uint64_t id, int64_t at, const char *late,
    const char *actor, int64_t now)
{
	static const char sql[] = "UPDATE incident SET reported_at = ?2 "
	    "WHERE id = ?1";
	struct incident_said said;
	struct incident i;
	bw_err r;

	if ((r = incident_get(s, id, &i)) != BW_OK ||
	    (r = incident_said_get(s, id, &said)) != BW_OK)
		return r;
	if (at < i.aware_at || at > now)
		return BW_ERR_ARG;
	if (i.reported_at != 0 || i.closed_at != 0)
		return BW_ERR_EXISTS;
	if (at > incident_due(&i)) {
		if (late[0] == 0 && said.text[INCIDENT_LATE][0] == 0)
			return BW_ERR_DENIED;
		if (late[0] != 0 &&
		    (r = put(s, id, INCIDENT_LATE, late)) != BW_OK)
			return r;
	}
	r = db_write(s, NULL, sql, "ui", id, at);
	return r == BW_OK ? note(s, id, DID_INCIDENT_REPORTED, actor, now) : r;
}

bool
incident_must_say(const struct incident *i, enum incident_saying what)
{
	switch (what) {
	case INCIDENT_NO_NOTICE:
		return i->reported_at == 0;
	case INCIDENT_NO_LETTER:
		return i->told_at == 0;
	case INCIDENT_EFFECTS:
	case INCIDENT_REMEDY:
		return true;
	case INCIDENT_CONSEQUENCES:
	case INCIDENT_PROPOSED:
	case INCIDENT_LATE:
	case INCIDENT_SAYINGS:
		break;
	}
	return false;
}

bw_err
incident_close(struct store *s, uint64_t id, const struct incident_said *in,
    const char *actor, int64_t now)
{
	static const char sql[] = "UPDATE incident SET closed_at = ?2 "
	    "WHERE id = ?1";
	struct incident i;
	bw_err r = open_one(s, id, &i);

	for (int k = INCIDENT_NO_NOTICE; k < INCIDENT_SAYINGS && r == BW_OK;
	    k++)
		if (incident_must_say(&i, (enum incident_saying)k))
			r = in->text[k][0] == 0 ? BW_ERR_ARG : put(s, id,
			    (enum incident_saying)k, in->text[k]);
	if (r == BW_OK)
		r = db_write(s, NULL, sql, "ui", id, now);
	return r == BW_OK ? note(s, id, DID_INCIDENT_CLOSED, actor, now) : r;
}
