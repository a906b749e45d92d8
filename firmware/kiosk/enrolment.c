// SPDX-License-Identifier: Apache-2.0
#include "kiosk/enrolment.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/enrol_check.h"
#include "kiosk/enrol_file.h"
#include "kiosk/enrol_mail.h"
#include "kiosk/enrolment_disk.h"

static void
wait_for(struct enrolment *n, enum enrolment_phase what, int64_t now)
{
	n->phase = what;
	n->until = now + n->o.wait_ms;
}

bool
enrolment_waits(const struct enrolment *n)
{
	return n->phase == ENROLMENT_OFFER || n->phase == ENROLMENT_IDENTITY ||
	    n->phase == ENROLMENT_ANSWER;
}

static bool
refused_by_host(struct enrolment *n, const struct enrol_reply *a)
{
	const char *said = a->error[0] != '\0' ? a->error : "no reason given";

	if (a->status == 404 || a->status == 410)
		return enrolment_refuse(n, WHY_UNKNOWN, "The host does not "
		    "know this enrol address: %s.", a->error[0] != '\0' ?
		    a->error : "check that it was copied whole, or ask for a "
		    "new one: `badgeward device renew`");
	if (a->status == 409)
		return enrolment_refuse(n, WHY_OTHER_KEYS, "The host has other "
		    "keys for this enrol address (%s). Ask for a new one: "
		    "`badgeward device add`.", said);
	if (a->status == 429)
		return enrolment_refuse(n, WHY_THROTTLED, "The host has had "
		    "too many tries (%s). Wait a while, then run the same "
		    "command again.", said);
	return enrolment_refuse(n, WHY_REFUSED,
	    "The host refused (status %d: %s).", a->status, said);
}

static const char *
host_of(const struct enrolment *n)
{
	return n->address.base[0] != '\0' ? n->address.base : "the host";
}

static bool
no_answer(struct enrolment *n)
{
	enum reach reach = enrol_mail_reach(&n->place);

	if (reach != REACH_OK)
		return enrolment_refuse(n, WHY_NO_ANSWER, "No answer from %s "
		    "within %d s. The uplink last said of the host: %s. Then "
		    "run the same command again.", host_of(n),
		    n->o.wait_ms / 1000, reach_sentence(reach));
	return enrolment_refuse(n, WHY_NO_ANSWER, "No answer from %s within "
	    "%d s. Is badgeward-uplink running on this state directory, and "
	    "does the host answer? Then run the same command again.",
	    host_of(n), n->o.wait_ms / 1000);
}

/* What the uplink brought; false while nothing is there, and when that is at
 * an end, or cannot be read. */
static bool
read_reply(struct enrolment *n, const char *what, int64_t now,
    struct enrol_reply *a)
{
	bw_err r = enrol_mail_read(&n->place, n->id, what, a);

	if (r == BW_OK)
		return true;
	if (r != BW_ERR_NOTFOUND)
		return enrolment_refuse(n, WHY_BAD_ANSWER, "The answer that "
		    "the uplink brought cannot be read: %s.", bw_strerror(r));
	return now >= n->until ? no_answer(n) : false;
}

/* ---- the offer ---- */

static void
ask_for_offer(struct enrolment *n, int64_t now)
{
	bw_err r = enrol_mail_forget(&n->place, n->id, "offer");

	if (r == BW_OK)
		r = enrol_mail_get(&n->place, n->address.base, n->id);
	if (enrolment_stored(n, r, "The message to the host cannot be stored"))
		wait_for(n, ENROLMENT_OFFER, now);
}

static void
judge_offer(struct enrolment *n, const struct enrol_reply *a)
{
	bw_err r;

	if (a->status != 200) {
		(void)refused_by_host(n, a);
		if ((r = enrol_mail_clear(&n->place, n->id)) != BW_OK)
			log_warn("a message cannot be removed: %s",
			    bw_strerror(r));
		return;
	}
	r = enrol_check_offer(&n->address, &a->body, &n->offer, &n->rules);
	if (r == BW_OK)
		n->phase = ENROLMENT_CONFIRM;
	else if (r == BW_ERR_SIG || r == BW_ERR_KEY)
		enrolment_refuse(n, WHY_OTHER_HOST, "The answer does not come "
		    "from the host that the enrol address names: its key is "
		    "another one. Check that the address was copied whole; "
		    "if it was, do not go on, and ask the organiser.");
	else
		enrolment_refuse(n, WHY_BAD_ANSWER,
		    "The host's offer does not hold together: %s.",
		    bw_strerror(r));
}

static void
take_offer(struct enrolment *n, int64_t now)
{
	struct enrol_reply a;

	if (read_reply(n, "offer", now, &a))
		judge_offer(n, &a);
	bw_buf_free(&a.body);
}

/* ---- the keys are sent ---- */

static bw_err
make_post(struct enrolment *n, const uint8_t identity[static CRYPTO_SPKI],
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

static void
send_post(struct enrolment *n, const uint8_t identity[static CRYPTO_SPKI],
    int64_t now)
{
	struct enrol_post post;
	bw_err r;

	if ((r = make_post(n, identity, &post)) == BW_OK)
		r = enrol_mail_post(&n->place, n->address.base,
		    journal_opening(n->journal)->device, &post);
	enrol_post_free(&post);
	if (enrolment_stored(n, r, "The message to the host cannot be stored"))
		wait_for(n, ENROLMENT_ANSWER, now);
}

static void
take_identity(struct enrolment *n, int64_t now)
{
	uint8_t identity[CRYPTO_SPKI];
	bw_err r = enrol_mail_identity(&n->place, identity);

	if (r == BW_ERR_NOTFOUND && now < n->until)
		return;
	if (r == BW_ERR_NOTFOUND)
		enrolment_refuse(n, WHY_NO_UPLINK, "The uplink has not put its "
		    "key into the inbox. Is badgeward-uplink running on this "
		    "state directory? Then run the same command again.");
	else if (r != BW_OK)
		enrolment_refuse(n, WHY_NO_UPLINK,
		    "The uplink's key cannot be read: %s.", bw_strerror(r));
	else
		send_post(n, identity, now);
}

/* An answer that came while nobody waited is used; another is asked for. */
static bool
answered_before(struct enrolment *n)
{
	struct enrol_reply a;
	bw_err r = enrol_mail_read(&n->place, n->id, "answer", &a);
	bool ok = r == BW_OK && a.status == 200;

	bw_buf_free(&a.body);
	if (!ok && r != BW_ERR_NOTFOUND &&
	    (r = enrol_mail_forget(&n->place, n->id, "answer")) != BW_OK)
		log_warn("a message cannot be removed: %s", bw_strerror(r));
	return ok;
}

/* Keys and log are there. */
static void
ask_for_answer(struct enrolment *n, int64_t now)
{
	if (answered_before(n))
		wait_for(n, ENROLMENT_ANSWER, now);
	else if (n->keys.seal == NULL)
		enrolment_refuse(n, WHY_OTHER_KEYS, "seal.key is missing. Ask "
		    "for a new enrol address: `badgeward device add`.");
	else
		wait_for(n, ENROLMENT_IDENTITY, now);
}

/* ---- the answer ---- */

bw_err
enrolment_tidy(const struct place *p, const char *const *files)
{
	char id[ENROL_ID_HEX];
	bw_err r;

	if ((r = enrolment_begun(p, id)) != BW_OK || id[0] == '\0')
		return r;
	if ((r = enrol_mail_clear(p, id)) != BW_OK)
		return r;
	enrol_file_forget(files, id);
	return file_remove(p->enrol);
}

static void
tidy(struct enrolment *n)
{
	if (enrolment_stored(n, enrolment_tidy(&n->place, n->o.files),
	    "The enrolment's files cannot be removed"))
		n->phase = ENROLMENT_DONE;
}

/* The file is the last thing that makes a device enrolled. */
static void
finish(struct enrolment *n, const struct bw_buf *jws)
{
	const struct policy *p = &n->rules->policy;
	bw_err r = BW_OK;

	if (memcmp(p->sha256, journal_policy_sha256(n->journal),
	    CRYPTO_HASH) == 0)
		r = journal_set_serial(n->journal, p->serial);
	if (r == BW_OK && (r = enrol_mail_not_revoked(&n->place)) == BW_OK)
		r = file_write(n->place.policy, jws->ptr, jws->len, 0600);
	if (enrolment_stored(n, r, "The policy cannot be stored"))
		tidy(n);
}

static void
not_taken(struct enrolment *n, const struct enrol_reply *a)
{
	bw_err r;

	(void)refused_by_host(n, a);
	r = enrol_mail_clear(&n->place, n->id);
	/* These keys will never be taken: begin anew next time. */
	if (r == BW_OK && (n->why == WHY_UNKNOWN || n->why == WHY_OTHER_KEYS))
		r = enrolment_discard(n, n->id);
	if (r != BW_OK)
		log_warn("an unfinished enrolment cannot be removed: %s",
		    bw_strerror(r));
}

static void
judge_answer(struct enrolment *n, const struct enrol_reply *a)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	if (a->status != 200) {
		not_taken(n, a);
		return;
	}
	r = enrol_check_answer(n->journal, &n->keys, &a->body, &jws,
	    &n->rules);
	if (r == BW_OK)
		finish(n, &jws);
	else {
		enrolment_refuse(n, WHY_BAD_ANSWER, "The host's answer does "
		    "not hold together: %s. Run the same command again; if it "
		    "stays so, ask for a new enrol address: `badgeward device "
		    "add`.", bw_strerror(r));
		if ((r = enrol_mail_forget(&n->place, n->id, "answer")) !=
		    BW_OK)
			log_warn("a message cannot be removed: %s",
			    bw_strerror(r));
	}
	bw_buf_free(&jws);
}

static void
take_answer(struct enrolment *n, int64_t now)
{
	struct enrol_reply a;

	if (read_reply(n, "answer", now, &a))
		judge_answer(n, &a);
	bw_buf_free(&a.body);
}

/* ---- from outside ---- */

static bool
read_address(struct enrolment *n, const char *s, size_t len)
{
	bw_err r = enrol_address_parse(s, len, &n->address);

	if (r == BW_OK)
		r = enrol_id(n->address.code, n->id);
	if (r == BW_ERR_DENIED)
		return enrolment_refuse(n, WHY_NOT_HTTPS, "This enrol address "
		    "begins with http://, which is taken only for this very "
		    "machine. Use the https address that `badgeward device "
		    "add` prints.");
	if (r != BW_OK)
		return enrolment_refuse(n, WHY_NO_ADDRESS, "This is not an "
		    "enrol address. It looks like https://host/enrol#CODE.PIN; "
		    "copy the whole line that `badgeward device add` prints.");
	return true;
}

static void
prepare(struct enrolment *n, int64_t now)
{
	bw_err r = n->confirmed ? enrolment_found(n) : BW_ERR_NOTFOUND;

	if (r == BW_OK)
		ask_for_answer(n, now);
	else if (r == BW_ERR_NOTFOUND)
		ask_for_offer(n, now);
	else
		(void)enrolment_stored(n, r, "An unfinished enrolment cannot "
		    "be opened");
}

void
enrolment_begin(struct enrolment *n, const struct enrolment_options *o,
    const char *address, size_t len, int64_t now)
{
	*n = (struct enrolment){ .o = *o, .lock = -1 };
	if (!read_address(n, address, len) || !enrolment_open(n) ||
	    !enrolment_may(n))
		return;
	if (n->confirmed && place_is_enrolled(&n->place))
		tidy(n);
	else
		prepare(n, now);
}

static bool
can_go_on(struct enrolment *n)
{
	return place_open(&n->place, n->o.state) == BW_OK &&
	    !place_is_enrolled(&n->place) &&
	    enrolment_begun(&n->place, n->id) == BW_OK && n->id[0] != '\0' &&
	    enrol_mail_is_on_its_way(&n->place, n->id) &&
	    file_lock(n->place.lock, &n->lock) == BW_OK &&
	    enrolment_found(n) == BW_OK && n->keys.seal != NULL;
}

bool
enrolment_go_on(struct enrolment *n, const struct enrolment_options *o,
    int64_t now)
{
	*n = (struct enrolment){ .o = *o, .lock = -1, .confirmed = true };
	if (!can_go_on(n)) {
		enrolment_end(n);
		return false;
	}
	log_info("going on with the enrolment of %s",
	    journal_opening(n->journal)->device);
	wait_for(n, ENROLMENT_ANSWER, now);
	return true;
}

void
enrolment_step(struct enrolment *n, int64_t now)
{
	switch (n->phase) {
	case ENROLMENT_OFFER:
		take_offer(n, now);
		return;
	case ENROLMENT_IDENTITY:
		take_identity(n, now);
		return;
	case ENROLMENT_ANSWER:
		take_answer(n, now);
		return;
	case ENROLMENT_NONE:
	case ENROLMENT_CONFIRM:
	case ENROLMENT_DONE:
	case ENROLMENT_FAILED:
		return;
	}
}

void
enrolment_confirm(struct enrolment *n, int64_t now)
{
	if (n->phase != ENROLMENT_CONFIRM)
		return;
	if ((uint64_t)clock_wall() < n->rules->policy.valid_from)
		enrolment_refuse(n, WHY_CLOCK, "This device's clock is behind "
		    "the policy's begin. Set the clock, then run the same "
		    "command again.");
	else if (enrolment_make(n))
		ask_for_answer(n, now);
}

void
enrolment_cancel(struct enrolment *n)
{
	bw_err r;

	if (n->phase != ENROLMENT_OFFER && n->phase != ENROLMENT_CONFIRM)
		return;
	n->phase = ENROLMENT_NONE;
	if ((r = enrol_mail_clear(&n->place, n->id)) != BW_OK)
		log_warn("a message cannot be removed: %s", bw_strerror(r));
}

void
enrolment_end(struct enrolment *n)
{
	journal_close(&n->journal);
	rules_close(&n->rules);
	keys_close(&n->keys);
	enrol_offer_free(&n->offer);
	/* Blank memory that was never begun holds no lock. */
	if (n->o.state != NULL && n->lock != -1)
		close(n->lock);
	explicit_bzero(n, sizeof(*n));
	n->lock = -1;
}
