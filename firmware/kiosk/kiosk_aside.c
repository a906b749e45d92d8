// SPDX-License-Identifier: Apache-2.0
/*
 * A log that must not be continued: its journal is damaged, has lost entries or
 * is gone, or the host knows more of it than is here. What is left is set aside
 * whole, for the organiser, and the booth closes. The kiosk then holds nothing
 * of the device any more, so that it can be enrolled anew while the screen says
 * what is wrong; under a new name, for the host never takes an old one again.
 *
 * A log that is sound, but that the host takes no more of, is not moved before
 * an enrolment was confirmed (enrolment_disk.c): that the host revoked a device
 * is nobody's signed word.
 */
#include "kiosk/kiosk_parts.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "kiosk/journal_aside.h"

/* Nothing of the device is in use any more. */
static void
let_go(struct kiosk *k)
{
	rules_close(&k->rules);
	rules_close(&k->next);
	keys_close(&k->keys);
	k->enrolled = false;
	if (k->lock != -1)
		close(k->lock);
	k->lock = -1;
}

static bw_err
set_aside(struct kiosk *k)
{
	char where[FILE_PATH_MAX];
	bw_err r = journal_set_aside(k->place.journal, where);

	if (r == BW_OK)
		log_error("the log was set aside, whole, in %s: keep that for "
		    "the organiser", where);
	else if (r != BW_ERR_NOTFOUND)
		log_error("the log cannot be set aside, and stays where it "
		    "is: %s", bw_strerror(r));
	return r;
}

void
kiosk_give_up(struct kiosk *k)
{
	char *word = text_shell_word(k->o->state);
	bw_err r;

	journal_close(&k->journal);
	k->log_lost = true;
	k->join_again = false;
	r = set_aside(k);
	log_error("this device's log must not be continued: the booth is "
	    "closed until the device is enrolled again, under a new name "
	    "(`badgeward device add`), with `badgeward-kiosk -C %s enrol "
	    "ADDRESS`", word != NULL ? word : k->o->state);
	free(word);
	kiosk_trouble(k);
	k->status_at = 0;
	kiosk_say_status(k);
	if (r == BW_OK || r == BW_ERR_NOTFOUND)
		let_go(k);
}

bool
kiosk_is_over(struct kiosk *k)
{
	return k->enrolled && k->journal != NULL && (k->host_lost ||
	    kiosk_is_revoked(k) || journal_is_closed(k->journal) ||
	    (k->rules != NULL && k->rules->ended));
}

/* To the screen of a first start. Where nothing comes of it, the next start
 * finds the device as it was. */
void
kiosk_begin_anew(struct kiosk *k)
{
	log_info("staff enrol this device anew");
	kiosk_answers_end(k, UINT64_MAX);
	journal_close(&k->journal);
	let_go(k);
	k->anew = !k->log_lost;
	kiosk_staff_wipe(k);
	consent_init(&k->consent, false);
	kiosk_changed(k, true);
}
