// SPDX-License-Identifier: Apache-2.0
#include "kiosk/enrol_run.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/enrol_check.h"
#include "kiosk/enrol_mail.h"
#include "kiosk/journal.h"
#include "kiosk/journal_aside.h"
#include "kiosk/keys.h"
#include "kiosk/place.h"
#include "kiosk/rules.h"

/* One run of the command. The steps below give false after saying why. */
struct run {
	const struct enrol_options *o;
	struct place place;
	int lock;
	struct enrol_address address;
	char id[ENROL_ID_HEX];
	bool confirmed;			/* by an earlier run, in enrol.json */
	struct enrol_offer offer;
	struct rules *rules;		/* as offered, then as answered */
	struct keys keys;
	struct journal *journal;
};

static bool BW_PRINTF(1, 2)
refuse(const char *fmt, ...)
{
	char text[800];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_error("%s", text);
	return false;
}

static bool
storage(bw_err r, const char *what)
{
	if (r == BW_OK)
		return true;
	return refuse("%s: %s. Check the disk and the rights on the state "
	    "directory, then run the same command again.", what,
	    bw_strerror(r));
}

static bool
read_address(struct run *n)
{
	char *s = n->o->address;
	bw_err r = enrol_address_parse(s, strlen(s), &n->address);

	if (r == BW_OK)
		r = enrol_id(n->address.code, n->id);
	explicit_bzero(s, strlen(s));
	if (r == BW_ERR_DENIED)
		return refuse("This enrol address begins with http://, which "
		    "is taken only for this very machine. Use the https "
		    "address that `badgeward device add` prints.");
	if (r != BW_OK)
		return refuse("This is not an enrol address. It looks like "
		    "https://host/enrol#CODE.PIN; copy the whole line that "
		    "`badgeward device add` prints.");
	return true;
}

static bool
open_place(struct run *n)
{
	bw_err r = place_open(&n->place, n->o->state);

	if (r != BW_OK)
		return storage(r, "The state directory cannot be made");
	r = file_lock(n->place.lock, &n->lock);
	if (r == BW_ERR_BUSY)
		return refuse("A kiosk or another enrolment is using this "
		    "state directory. Stop it first.");
	return storage(r, "The state directory cannot be locked");
}

/* The id in enrol.json: an enrolment that was begun; "" when there is none. */
static bw_err
begun(const struct run *n, char id[static ENROL_ID_HEX])
{
	struct bw_buf b = BW_BUF_INIT(4096);
	const char *s;
	json_t *top;
	bw_err r;

	id[0] = '\0';
	r = file_read(n->place.enrol, &b);
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

/* Remove what an enrolment that never ended left behind. */
static bw_err
discard(const struct run *n, const char *id)
{
	static const char *const names[] = { "journal.db", "journal.db-wal",
		"journal.db-shm", "journal.db-undo", "seal.key", "log.key",
		"enrol.json" };
	char path[FILE_PATH_MAX];
	bw_err r = BW_OK;

	if (id[0] != '\0')
		r = enrol_mail_clear(&n->place, id);
	for (size_t i = 0; r == BW_OK && i < sizeof(names) / sizeof(names[0]);
	    i++)
		if ((r = file_path(path, n->place.own, names[i])) == BW_OK)
			r = file_remove(path);
	return r;
}

/* The log's own file is gone, and its companions are not: setting it aside was
 * cut short, or the file was lost. They may hold entries that are nowhere else. */
static bool
set_rest_aside(const struct run *n)
{
	char where[FILE_PATH_MAX];
	bw_err r = journal_set_aside(n->place.journal, where);

	if (r == BW_OK)
		fprintf(n->o->out, "What was left of an earlier log is now in "
		    "%s: keep that for the organiser.\n", where);
	return storage(r == BW_ERR_NOTFOUND ? BW_OK : r,
	    "What is left of an earlier log cannot be set aside");
}

/* The log is gone: it was set aside, and so the device is not enrolled any
 * more. The rest goes as that of an unfinished enrolment does, the key that
 * must never sign again among it. */
static bw_err
forget_policy(const struct run *n)
{
	bw_err r = file_remove(n->place.lost);

	return r == BW_OK ? file_remove(n->place.policy) : r;
}

/* Where did an earlier run end? */
static bool
resume(struct run *n)
{
	char id[ENROL_ID_HEX];
	bw_err r = begun(n, id);

	if (r != BW_OK)
		return storage(r, "enrol.json cannot be read");
	n->confirmed = strcmp(id, n->id) == 0;
	if (place_is_enrolled(&n->place)) {
		if (n->confirmed)
			return true;	/* only the tidying was left */
		if (access(n->place.journal, F_OK) == 0)
			return refuse("This device is enrolled already. Each "
			    "device has a state directory of its own; an ended "
			    "log is not continued but enrolled under a new "
			    "name, in a new directory.");
		if (!set_rest_aside(n) ||
		    !storage(forget_policy(n), "The policy of the log that was "
		    "set aside cannot be removed"))
			return false;
	}
	if (id[0] == '\0' && access(n->place.journal, F_OK) == 0)
		return refuse("There is a log in this state directory, but no "
		    "policy. Keep it for the organiser, and enrol in an empty "
		    "directory.");
	if (n->confirmed)
		return true;
	if (id[0] == '\0' && !set_rest_aside(n))
		return false;
	return storage(discard(n, id), "An unfinished enrolment cannot be "
	    "removed");
}

static bool
refused_by_host(const struct enrol_reply *a)
{
	const char *said = a->error[0] != '\0' ? a->error : "no reason given";

	if (a->status == 404)
		return refuse("The host does not know this enrol address "
		    "(%s). Check that it was copied whole, or ask for a new "
		    "one: `badgeward device renew`.", said);
	if (a->status == 409)
		return refuse("The host has other keys for this enrol address "
		    "(%s). Ask for a new one: `badgeward device add`.", said);
	if (a->status == 429)
		return refuse("The host has had too many tries (%s). Wait a "
		    "while, then run the same command again.", said);
	return refuse("The host refused (status %d: %s).", a->status, said);
}

static bool
no_answer(const struct run *n, bw_err r)
{
	enum reach reach = enrol_mail_reach(&n->place);

	if (r == BW_ERR_TIMEOUT && reach != REACH_OK)
		return refuse("No answer from %s within %d s. The uplink last "
		    "said of the host: %s. Then run the same command again.",
		    n->address.base, n->o->wait_ms / 1000,
		    reach_sentence(reach));
	if (r == BW_ERR_TIMEOUT)
		return refuse("No answer from %s within %d s. Is "
		    "badgeward-uplink running on this state directory, and "
		    "does the host answer? Then run the same command again.",
		    n->address.base, n->o->wait_ms / 1000);
	return refuse("The answer that the uplink brought cannot be read: "
	    "%s.", bw_strerror(r));
}

static bool
get_offer(struct run *n)
{
	struct enrol_reply a;
	bool ok = false;
	bw_err r;

	if ((r = enrol_mail_forget(&n->place, n->id, "offer")) != BW_OK ||
	    (r = enrol_mail_get(&n->place, n->address.base, n->id)) != BW_OK)
		return storage(r, "The message to the host cannot be stored");
	r = enrol_mail_wait(&n->place, n->id, "offer", n->o->wait_ms, &a);
	if (r != BW_OK)
		ok = no_answer(n, r);
	else if (a.status != 200) {
		ok = refused_by_host(&a);
		r = enrol_mail_clear(&n->place, n->id);
	} else if ((r = enrol_check_offer(&n->address, &a.body,
	    &n->offer, &n->rules)) == BW_ERR_SIG ||
	    r == BW_ERR_KEY)
		ok = refuse("The answer does not come from the host that the "
		    "enrol address names: its key is another one. Do not go "
		    "on; ask the organiser.");
	else if (r != BW_OK)
		ok = refuse("The host's offer does not hold together: %s.",
		    bw_strerror(r));
	else
		ok = true;
	bw_buf_free(&a.body);
	return ok;
}

static bool
confirm(struct run *n)
{
	const struct policy *p = &n->rules->policy;
	char answer[16];

	fprintf(n->o->out, "Event:   %s (%s)\nSponsor: %s (%s)\nDevice:  %s\n",
	    p->event.name, p->event.id, p->sponsor.name, p->sponsor.id,
	    n->offer.device);
	fflush(n->o->out);
	if (n->o->yes || n->confirmed)
		return true;
	if (!isatty(fileno(n->o->in)))
		return refuse("Nobody can be asked here. If event, sponsor "
		    "and device are right, run it again with --yes.");
	fprintf(n->o->out, "Is this right? [y/n] ");
	fflush(n->o->out);
	if (fgets(answer, sizeof(answer), n->o->in) == NULL ||
	    (answer[0] != 'y' && answer[0] != 'Y'))
		return refuse("Not confirmed; nothing was enrolled.");
	return true;
}

static bool
write_begun(struct run *n)
{
	json_t *top = json_pack("{s:s,s:s,s:s}", "base", n->address.base,
	    "device", n->offer.device, "id", n->id);
	char *text = top != NULL ? json_dumps(top, JSON_SORT_KEYS) : NULL;
	bw_err r = BW_ERR_NOMEM;

	if (text != NULL)
		r = file_write(n->place.enrol, text, strlen(text), 0600);
	free(text);
	json_decref(top);
	return storage(r, "enrol.json cannot be written");
}

static bw_err
create_journal(struct run *n)
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

/* Steps 1 to 3, as far as an earlier run has not done them. */
static bool
prepare(struct run *n)
{
	bw_err r = BW_ERR_NOTFOUND;

	if (n->confirmed && keys_open(&n->keys, n->place.own) == BW_OK)
		r = journal_open(&n->journal, n->place.journal, n->keys.log);
	if (r == BW_OK)
		return true;
	keys_close(&n->keys);
	/* A journal whose making was cut short holds nothing. */
	if (n->confirmed && !storage(discard(n, n->id),
	    "An unfinished enrolment cannot be removed"))
		return false;
	if (!get_offer(n) || !confirm(n))
		return false;
	if ((uint64_t)clock_wall() < n->rules->policy.valid_from)
		return refuse("This device's clock is behind the policy's "
		    "begin. Set the clock, then run the same command again.");
	if (!write_begun(n))
		return false;
	r = keys_create(&n->keys, n->place.own);
	if (r == BW_OK)
		r = create_journal(n);
	return storage(r, "The keys and the log cannot be made");
}

static bw_err
make_post(struct run *n, const uint8_t identity[static CRYPTO_SPKI],
    struct enrol_post *post)
{
	const char *device = journal_opening(n->journal)->device;
	bw_err r;

	memset(post, 0, sizeof(*post));
	post->entry = BW_BUF_INIT(ENTRY_MAX);
	post->body = BW_BUF_INIT(BODY_MAX);
	post->note = BW_BUF_INIT(NOTE_MAX);
	memcpy(post->id, n->id, sizeof(post->id));
	memcpy(post->log_spki, crypto_key_spki(n->keys.log), CRYPTO_SPKI);
	memcpy(post->seal_spki, crypto_key_spki(n->keys.seal), CRYPTO_SPKI);
	memcpy(post->identity_spki, identity, CRYPTO_SPKI);
	if ((r = enrol_proof(n->address.code, device, post->log_spki,
	    post->seal_spki, identity, post->proof)) != BW_OK)
		return r;
	return journal_get(n->journal, 0, &post->entry, &post->body,
	    &post->note);
}

static bool
send_post(struct run *n)
{
	uint8_t identity[CRYPTO_SPKI];
	struct enrol_post post;
	bw_err r;

	r = enrol_mail_identity(&n->place, n->o->wait_ms, identity);
	if (r == BW_ERR_TIMEOUT)
		return refuse("The uplink has not put its key into the inbox. "
		    "Is badgeward-uplink running on this state directory? "
		    "Then run the same command again.");
	if (r != BW_OK)
		return refuse("The uplink's key cannot be read: %s.",
		    bw_strerror(r));
	if (n->keys.seal == NULL)
		return refuse("seal.key is missing. Ask for a new enrol "
		    "address: `badgeward device add`.");
	if ((r = make_post(n, identity, &post)) == BW_OK)
		r = enrol_mail_post(&n->place, n->address.base,
		    journal_opening(n->journal)->device, &post);
	enrol_post_free(&post);
	return storage(r, "The message to the host cannot be stored");
}

/* Step 5. The file is the last thing that makes a device enrolled. */
static bool
finish(struct run *n, const struct bw_buf *jws)
{
	const struct policy *p = &n->rules->policy;
	bw_err r = BW_OK;

	if (memcmp(p->sha256, journal_policy_sha256(n->journal),
	    CRYPTO_HASH) == 0)
		r = journal_set_serial(n->journal, p->serial);
	if (r == BW_OK)
		r = file_write(n->place.policy, jws->ptr, jws->len, 0600);
	return storage(r, "The policy cannot be stored");
}

static bool
get_answer(struct run *n)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct enrol_reply a;
	bool ok = false;
	bw_err r;

	r = enrol_mail_wait(&n->place, n->id, "answer", n->o->wait_ms, &a);
	if (r != BW_OK)
		ok = no_answer(n, r);
	else if (a.status != 200) {
		ok = refused_by_host(&a);
		r = enrol_mail_clear(&n->place, n->id);
		/* These keys will never be taken: begin anew next time. */
		if (r == BW_OK && (a.status == 404 || a.status == 409)) {
			journal_close(&n->journal);
			r = discard(n, n->id);
		}
	} else if ((r = enrol_check_answer(n->journal, &n->keys,
	    &a.body, &jws, &n->rules)) != BW_OK) {
		ok = refuse("The host's answer does not hold together: %s. "
		    "Run the same command again; if it stays so, ask for a "
		    "new enrol address: `badgeward device add`.",
		    bw_strerror(r));
		r = enrol_mail_forget(&n->place, n->id, "answer");
	} else
		ok = finish(n, &jws);
	bw_buf_free(&jws);
	bw_buf_free(&a.body);
	return ok;
}

static bool
tidy(struct run *n)
{
	bw_err r;

	if ((r = enrol_mail_clear(&n->place, n->id)) == BW_OK)
		r = file_remove(n->place.enrol);
	return storage(r, "The enrolment's files cannot be removed");
}

/* An answer that came while nobody waited is used; another is asked for. */
static bool
answered_before(struct run *n)
{
	struct enrol_reply a;
	bw_err r;
	bool ok;

	r = enrol_mail_wait(&n->place, n->id, "answer", 0, &a);
	ok = r == BW_OK && a.status == 200;
	bw_buf_free(&a.body);
	if (!ok && r != BW_ERR_TIMEOUT)
		r = enrol_mail_forget(&n->place, n->id, "answer");
	return ok;
}

static bool
enrol(struct run *n)
{
	if (!open_place(n) || !resume(n))
		return false;
	if (!place_is_enrolled(&n->place)) {
		if (!prepare(n))
			return false;
		if (!answered_before(n) && !send_post(n))
			return false;
		if (!get_answer(n))
			return false;
	}
	return tidy(n);
}

int
enrol_run(const struct enrol_options *o)
{
	struct run n = { .o = o, .lock = -1 };
	int code = 2;

	if (read_address(&n))
		code = enrol(&n) ? 0 : 1;
	if (code == 0)
		fprintf(o->out, "Enrolled.\n");
	journal_close(&n.journal);
	rules_close(&n.rules);
	keys_close(&n.keys);
	enrol_offer_free(&n.offer);
	if (n.lock != -1)
		close(n.lock);
	explicit_bzero(&n, sizeof(n));
	return code;
}
