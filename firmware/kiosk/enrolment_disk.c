// SPDX-License-Identifier: Apache-2.0
#include "kiosk/enrolment_disk.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/enrol_mail.h"
#include "kiosk/journal_aside.h"

bool
enrolment_refuse(struct enrolment *n, enum enrol_why why, const char *fmt, ...)
{
	char text[800];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_error("%s", text);
	n->why = why;
	n->phase = ENROLMENT_FAILED;
	return false;
}

bool
enrolment_stored(struct enrolment *n, bw_err r, const char *what)
{
	if (r == BW_OK)
		return true;
	return enrolment_refuse(n, WHY_STORAGE, "%s: %s. Check the disk and "
	    "the rights on the state directory, then run the same command "
	    "again.", what, bw_strerror(r));
}

bool
enrolment_open(struct enrolment *n)
{
	bw_err r = place_open(&n->place, n->o.state);

	if (r != BW_OK)
		return enrolment_stored(n, r,
		    "The state directory cannot be made");
	r = file_lock(n->place.lock, &n->lock);
	if (r == BW_ERR_BUSY)
		return enrolment_refuse(n, WHY_BUSY, "A kiosk or another "
		    "enrolment is using this state directory. Stop it first.");
	return enrolment_stored(n, r, "The state directory cannot be locked");
}

bw_err
enrolment_begun(const struct place *p, char id[static ENROL_ID_HEX])
{
	struct bw_buf b = BW_BUF_INIT(4096);
	const char *s;
	json_t *top;
	bw_err r;

	id[0] = '\0';
	r = file_read(p->enrol, &b);
	if (r == BW_OK) {
		top = json_loadb((const char *)b.ptr, b.len, 0, NULL);
		s = json_string_value(json_object_get(top, "id"));
		if (s != NULL && strlen(s) == ENROL_ID_HEX - 1)
			memcpy(id, s, ENROL_ID_HEX);
		json_decref(top);
	}
	bw_buf_free(&b);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
enrolment_discard(struct enrolment *n, const char *id)
{
	static const char *const names[] = { "journal.db", "journal.db-wal",
		"journal.db-shm", "journal.db-undo", "seal.key", "log.key",
		"enrol.json" };
	char path[FILE_PATH_MAX];
	bw_err r = BW_OK;

	journal_close(&n->journal);
	keys_close(&n->keys);
	if (id[0] != '\0')
		r = enrol_mail_clear(&n->place, id);
	for (size_t i = 0; r == BW_OK && i < sizeof(names) / sizeof(names[0]);
	    i++)
		if ((r = file_path(path, n->place.own, names[i])) == BW_OK)
			r = file_remove(path);
	return r;
}

/* A log that has ended; or its own file is gone, and its companions are not, for
 * setting it aside was cut short or the file was lost. They may hold entries that
 * are nowhere else. */
static bool
set_rest_aside(struct enrolment *n)
{
	char where[FILE_PATH_MAX];
	bw_err r = journal_set_aside(n->place.journal, where);

	if (r == BW_OK)
		log_info("What was left of an earlier log is now in %s: keep "
		    "that for the organiser.", where);
	return enrolment_stored(n, r == BW_ERR_NOTFOUND ? BW_OK : r,
	    "What is left of an earlier log cannot be set aside");
}

/* The log was set aside, and so the device is not enrolled any more. The rest
 * goes as that of an unfinished enrolment does, the key that must never sign
 * again among it. */
static bw_err
forget_device(const struct enrolment *n)
{
	bw_err r;

	if ((r = file_remove(n->place.lost)) == BW_OK &&
	    (r = file_remove(n->place.revoked)) == BW_OK)
		r = file_remove(n->place.policy);
	return r;
}

/* The device of an earlier enrolment ends for this one. */
static bool
replace(struct enrolment *n)
{
	return set_rest_aside(n) && enrolment_stored(n, forget_device(n),
	    "The policy of the log that was set aside cannot be removed");
}

/* The kiosk has marked that the host takes no more of this log, or has removed
 * the key whose policy is over. */
static bool
is_over(const struct enrolment *n)
{
	char seal[FILE_PATH_MAX];

	return n->o.anew || access(n->place.revoked, F_OK) == 0 ||
	    access(n->place.lost, F_OK) == 0 ||
	    (file_path(seal, n->place.own, "seal.key") == BW_OK &&
	    access(seal, F_OK) != 0 && errno == ENOENT);
}

static bool
may_replace(struct enrolment *n)
{
	return access(n->place.journal, F_OK) != 0 || is_over(n) ||
	    enrolment_refuse(n, WHY_LOG_THERE, "This device is enrolled "
	    "already. Each device has a state directory of its own. To enrol "
	    "this one anew, end it at the host (`badgeward device reassign`), "
	    "and let the kiosk run until it says that the device was "
	    "revoked.");
}

bool
enrolment_may(struct enrolment *n)
{
	char id[ENROL_ID_HEX];
	bw_err r = enrolment_begun(&n->place, id);

	if (r != BW_OK)
		return enrolment_stored(n, r, "enrol.json cannot be read");
	n->confirmed = strcmp(id, n->id) == 0;
	if (!n->confirmed)
		memcpy(n->other, id, sizeof(id));
	/* If this one was, only the tidying is left. */
	if (place_is_enrolled(&n->place))
		return n->confirmed || may_replace(n);
	if (id[0] == '\0' && access(n->place.journal, F_OK) == 0)
		return enrolment_refuse(n, WHY_LOG_THERE, "There is a log in "
		    "this state directory, but no policy. Keep it for the "
		    "organiser, and enrol in an empty directory.");
	return id[0] != '\0' || set_rest_aside(n);
}

/* Told apart from a disk that does not let us look. */
static bool
is_cut_short(bw_err r)
{
	return r != BW_OK && r != BW_ERR_IO && r != BW_ERR_FULL &&
	    r != BW_ERR_NOMEM && r != BW_ERR_BUSY;
}

bw_err
enrolment_found(struct enrolment *n)
{
	bw_err r = keys_open(&n->keys, n->place.own);

	if (r == BW_OK)
		r = journal_open(&n->journal, n->place.journal, n->keys.log);
	return is_cut_short(r) ? BW_ERR_NOTFOUND : r;
}

static bw_err
write_begun(struct enrolment *n)
{
	json_t *top = json_pack("{s:s,s:s,s:s}", "base", n->address.base,
	    "device", n->offer.device, "id", n->id);
	char *text = top != NULL ? json_dumps(top, JSON_SORT_KEYS) : NULL;
	bw_err r = BW_ERR_NOMEM;

	if (text != NULL)
		r = file_write(n->place.enrol, text, strlen(text), 0600);
	free(text);
	json_decref(top);
	return r;
}

static bw_err
create_journal(struct enrolment *n)
{
	struct body body = { .kind = ENTRY_OPEN };
	const struct policy *p = &n->rules->policy;
	struct body_open *open = &body.u.open;
	int64_t now = clock_wall();

	memcpy(open->event, p->event.id, sizeof(open->event));
	memcpy(open->device, n->offer.device, sizeof(n->offer.device));
	memcpy(open->sponsor, p->sponsor.id, sizeof(open->sponsor));
	memcpy(open->log_spki, crypto_key_spki(n->keys.log), CRYPTO_SPKI);
	memcpy(open->policy_sha256, p->sha256, CRYPTO_HASH);
	return journal_create(&n->journal, n->place.journal, n->keys.log,
	    n->offer.origin, p->host_spki, &body,
	    now > 0 ? (uint64_t)now : 0);
}

bool
enrolment_make(struct enrolment *n)
{
	bw_err r;

	if (place_is_enrolled(&n->place) && !replace(n))
		return false;
	if (!enrolment_stored(n, enrolment_discard(n, n->confirmed ? n->id :
	    n->other), "An unfinished enrolment cannot be removed"))
		return false;
	if ((r = write_begun(n)) == BW_OK &&
	    (r = keys_create(&n->keys, n->place.own)) == BW_OK)
		r = create_journal(n);
	return enrolment_stored(n, r, "The keys and the log cannot be made");
}
