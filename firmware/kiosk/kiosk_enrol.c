// SPDX-License-Identifier: Apache-2.0
/* The first start: a device that is enrolled on its own screen. */
#include "kiosk/kiosk_parts.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/enrol_file.h"
#include "kiosk/enrol_run.h"
#include "kiosk/secret.h"
#include "record/ndef.h"

/* So long the reader's radio is on at most, unless a tag is read. */
#define TAG_MS 30000

bool
kiosk_first_init(struct kiosk *k)
{
	if (k->o->enrol_file != NULL)
		k->enrol_files[0] = k->o->enrol_file;
	else {
		k->enrol_files[0] = "/boot/firmware/badgeward-enrol.txt";
		k->enrol_files[1] = "/boot/badgeward-enrol.txt";
	}
	k->first = secret_alloc(sizeof(*k->first));
	k->enrolment = secret_alloc(sizeof(*k->enrolment));
	return k->first != NULL && k->enrolment != NULL;
}

static struct enrolment_options
options(const struct kiosk *k)
{
	return (struct enrolment_options){ .state = k->o->state,
		.files = k->enrol_files, .wait_ms = ENROL_WAIT_MS,
		.anew = k->anew };
}

/* The host is not asked any more, no tag is read. */
static void
stop(struct kiosk *k)
{
	if (k->reader != NULL)
		reader_client_cancel(k->reader, clock_mono_ms());
	enrolment_cancel(k->enrolment);
	enrolment_end(k->enrolment);
	k->burn = true;
}

static void
fail(struct kiosk *k, enum enrol_why why)
{
	struct first *f = k->first;

	if (why == WHY_NO_ADDRESS && f->source != FIRST_TYPED)
		why = f->source == FIRST_TAG ? WHY_OTHER_TAG : WHY_FILE;
	enrolment_end(k->enrolment);
	first_fail(f, why);
	k->burn = true;
}

/* To the screen of what the enrolment came to. */
static void
follow(struct kiosk *k)
{
	struct enrolment *n = k->enrolment;
	enum enrol_step before = k->first->step;
	bw_err r;

	if (n->phase == ENROLMENT_CONFIRM && n->confirmed)
		enrolment_confirm(n, kiosk_now(k));
	switch (n->phase) {
	case ENROLMENT_OFFER:
		k->first->step = ENROL_STEP_WAIT;
		break;
	case ENROLMENT_CONFIRM:
		k->first->step = ENROL_STEP_CONFIRM;
		break;
	case ENROLMENT_IDENTITY:
	case ENROLMENT_ANSWER:
		k->first->step = ENROL_STEP_GOING;
		break;
	case ENROLMENT_FAILED:
		fail(k, n->why);
		break;
	case ENROLMENT_DONE:
		log_info("enrolled");
		enrolment_end(n);
		k->anew = false;
		/* Whatever is in the way is tried again by kiosk_world. */
		if ((r = kiosk_join(k)) != BW_OK)
			log_error("the booth cannot begin yet: %s",
			    bw_strerror(r));
		return;
	case ENROLMENT_NONE:
		break;
	}
	kiosk_changed(k, k->first->step != before);
}

static void
try(struct kiosk *k)
{
	const struct enrolment_options o = options(k);
	struct first *f = k->first;

	if (f->address[0] != '\0')
		enrolment_begin(k->enrolment, &o, f->address,
		    strlen(f->address), kiosk_now(k));
	else if (!enrolment_go_on(k->enrolment, &o, kiosk_now(k)))
		explicit_bzero(f, sizeof(*f));
	follow(k);
}

/* One that is only starting is waited for: it is ready or missing soon. */
static void
read_tag(struct kiosk *k)
{
	if (k->reader == NULL || (reader_client_read(k->reader, TAG_MS,
	    clock_mono_ms()) != BW_OK && (reader_client_ready(k->reader) ||
	    k->reader_cause != READER_CAUSE_STARTING)))
		fail(k, WHY_NO_READER);
}

/* It has come, or will not. */
static void
reader_came(struct kiosk *k, const struct reader_event *in)
{
	if (k->consent.state != STATE_ENROL ||
	    k->first->step != ENROL_STEP_TAG)
		return;
	if (in->type == READER_READY)
		read_tag(k);
	else if (in->type == READER_MISSING &&
	    in->cause != READER_CAUSE_STARTING)
		fail(k, WHY_NO_READER);
	kiosk_changed(k, k->first->step != ENROL_STEP_TAG);
}

void
kiosk_first_begin(struct kiosk *k)
{
	struct first *f = k->first;
	bw_err r;

	try(k);
	if (k->enrolment->phase != ENROLMENT_NONE ||
	    (r = enrol_file_read(k->enrol_files, f->address)) ==
	    BW_ERR_NOTFOUND)
		return;
	f->source = FIRST_FILE;
	if (r == BW_OK && f->address[0] != '\0')
		try(k);
	else
		fail(k, WHY_FILE);
}

void
kiosk_first_step(struct kiosk *k)
{
	enum enrolment_phase before = k->enrolment->phase;

	if (!enrolment_waits(k->enrolment))
		return;
	enrolment_step(k->enrolment, kiosk_now(k));
	if (k->enrolment->phase != before)
		follow(k);
}

void
kiosk_first_use(struct kiosk *k, const char *widget)
{
	enum enrol_step before = k->first->step;

	switch (first_use(k->first, widget)) {
	case FIRST_IGNORE:
		return;
	case FIRST_STAY:
	case FIRST_TURN:
		k->burn = true;
		break;
	case FIRST_READ:
		read_tag(k);
		break;
	case FIRST_STOP:
		stop(k);
		break;
	case FIRST_TRY:
		try(k);
		break;
	case FIRST_CONFIRM:
		enrolment_confirm(k->enrolment, kiosk_now(k));
		follow(k);
		break;
	}
	kiosk_changed(k, k->first->step != before);
}

/* Whatever is on it: one URI, as long as an address may be. */
static bool
take_tag(struct first *f, const struct reader_event *in)
{
	struct bw_buf uri = BW_BUF_INIT(ENROL_ADDRESS_MAX);
	bool ok = ndef_uri_find(in->ndef, in->ndef_len, &uri) == BW_OK &&
	    memchr(uri.ptr, 0, uri.len) == NULL;

	if (ok) {
		memcpy(f->address, uri.ptr, uri.len);
		f->address[uri.len] = '\0';
	}
	bw_buf_free(&uri);
	return ok;
}

bool
kiosk_first_reader(struct kiosk *k, const struct reader_event *in)
{
	if (in->type != READER_BADGE && in->type != READER_UNREAD) {
		reader_came(k, in);
		return false;
	}
	if (k->consent.state != STATE_ENROL)
		return false;
	if (k->first->step != ENROL_STEP_TAG)
		return true;
	if (in->type == READER_UNREAD)
		fail(k, in->reason == UNREAD_NOT_OURS ? WHY_OTHER_TAG :
		    WHY_NO_TAG);
	else if (take_tag(k->first, in))
		try(k);
	else
		fail(k, WHY_OTHER_TAG);
	kiosk_changed(k, true);
	return true;
}

void
kiosk_first_view(const struct kiosk *k, struct view *v)
{
	const struct enrolment *n = k->enrolment;
	const struct first *f = k->first;

	v->enrol_step = f->step;
	v->enrol_why = f->why;
	v->enrol_retry = first_may_retry(f);
	if (f->step == ENROL_STEP_TYPE)
		v->enrol_typed = f->typed;
	if (n->phase != ENROLMENT_CONFIRM)
		return;
	v->enrol_event = n->rules->policy.event.name;
	v->enrol_sponsor = n->rules->policy.sponsor.name;
	v->enrol_device = n->offer.device;
}

void
kiosk_first_leave(struct kiosk *k)
{
	bw_err r;

	stop(k);
	explicit_bzero(k->first, sizeof(*k->first));
	if (access(k->place.enrol, F_OK) == 0 &&
	    (r = enrolment_tidy(&k->place, k->enrol_files)) != BW_OK)
		log_warn("what the enrolment left cannot be removed: %s",
		    bw_strerror(r));
}

void
kiosk_first_close(struct kiosk *k)
{
	void *first = k->first, *enrolment = k->enrolment;

	if (k->enrolment != NULL)
		enrolment_end(k->enrolment);
	secret_free(&first, sizeof(*k->first));
	secret_free(&enrolment, sizeof(*k->enrolment));
}
