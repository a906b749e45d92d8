// SPDX-License-Identifier: Apache-2.0
#include "kiosk/enrol_run.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/watch.h"
#include "kiosk/enrolment.h"

#define LOOK_MS 500	/* how often to look without being told */

static bool
say_yes(const struct enrol_options *o, const struct enrolment *n)
{
	const struct policy *p = &n->rules->policy;
	char answer[16];

	fprintf(o->out, "Event:   %s (%s)\nSponsor: %s (%s)\nDevice:  %s\n",
	    p->event.name, p->event.id, p->sponsor.name, p->sponsor.id,
	    n->offer.device);
	fflush(o->out);
	if (o->yes || n->confirmed)
		return true;
	if (!isatty(fileno(o->in))) {
		log_error("Nobody can be asked here. If event, sponsor and "
		    "device are right, run it again with --yes.");
		return false;
	}
	fprintf(o->out, "Is this right? [y/n] ");
	fflush(o->out);
	if (fgets(answer, sizeof(answer), o->in) != NULL &&
	    (answer[0] == 'y' || answer[0] == 'Y'))
		return true;
	log_error("Not confirmed; nothing was enrolled.");
	return false;
}

/* Until something comes into the inbox, but not for long. */
static void
wait_for_mail(const struct enrolment *n, int inbox)
{
	struct pollfd fd = { .fd = inbox, .events = POLLIN };
	int64_t left = n->until - clock_mono_ms();

	if (left > 0)
		poll(&fd, 1, left < LOOK_MS ? (int)left : LOOK_MS);
	watch_drain(inbox);
}

/* As far as it goes. */
static void
go(const struct enrol_options *o, struct enrolment *n)
{
	int inbox;
	bw_err r;

	if (n->phase == ENROLMENT_FAILED || n->phase == ENROLMENT_DONE)
		return;
	if ((r = watch_open(n->place.inbox, &inbox)) != BW_OK) {
		log_error("the inbox cannot be watched: %s", bw_strerror(r));
		return;
	}
	enrolment_step(n, clock_mono_ms());
	while (enrolment_waits(n) || n->phase == ENROLMENT_CONFIRM) {
		if (n->phase != ENROLMENT_CONFIRM)
			wait_for_mail(n, inbox);
		else if (say_yes(o, n))
			enrolment_confirm(n, clock_mono_ms());
		else
			enrolment_cancel(n);
		enrolment_step(n, clock_mono_ms());
	}
	close(inbox);
}

int
enrol_run(const struct enrol_options *o)
{
	const struct enrolment_options e = { .state = o->state,
		.wait_ms = o->wait_ms };
	struct enrolment n;
	int code = 1;

	enrolment_begin(&n, &e, o->address, strlen(o->address),
	    clock_mono_ms());
	explicit_bzero(o->address, strlen(o->address));
	go(o, &n);
	if (n.phase == ENROLMENT_DONE) {
		code = 0;
		fprintf(o->out, "Enrolled.\n");
	} else if (n.why == WHY_NO_ADDRESS || n.why == WHY_NOT_HTTPS)
		code = 2;
	enrolment_end(&n);
	return code;
}
