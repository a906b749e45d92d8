// SPDX-License-Identifier: Apache-2.0
/* Scenes that say one thing: an invitation, an outcome, a reason. */
#include <stdio.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"
#include "kiosk/logo.h"
#include "kiosk/message.h"

static void
idle_logo(struct canvas *c, const struct view *v, struct ui_box *body)
{
	int h = logo_height(c), w = logo_width(v, h);

	if (w == 0 || w > body->w)
		return;
	(void)box_top(body, 0, 2 * scene_gap(c));
	logo_draw(c, v, box_centre(box_top(body, h, scene_gap(c)), w, h));
}

void
scene_idle(struct canvas *c, const struct view *v)
{
	char headline[500];
	struct message m = { .icon = ICON_BADGE,
		.text = _("You choose what. Your badge is read only after you "
		    "have said yes."),
		.foot = { .v = v, .first = foot_answer(c, "start", _("Start"),
		    _("read first, then decide"), ICON_NONE) } };

	struct ui_box body = scene_head(c, v, true);
	struct ui_box strip = scene_strip(c, v, &body);

	/* Large letters are for the question. */
	if (strip.h > 0 && c->large)
		m.foot.first.below = NULL;
	m.headline = scene_say(headline, sizeof(headline),
	    _("Share your contact details with %s?"), scene_sponsor(v));
	/* Upright there is room below the head, if there was none in it. */
	if (c->h > c->w && !c->has_logo)
		idle_logo(c, v, &body);
	message_draw(c, &m, body);
	scene_tools(c, v);
	scene_strip_draw(c, v, strip);
}

/* The names of the fields that were ticked, as a list in one line. */
static void
ticked_list(const struct view *v, char *buf, size_t size)
{
	size_t n = 0;

	buf[0] = '\0';
	for (int f = FIELD_NAME; f <= FIELD_LOCATION; f++) {
		if ((v->ticked & FIELD_BIT(f)) == 0)
			continue;
		n += (size_t)snprintf(buf + n, size - n, "%s%s",
		    n > 0 ? _(", ") : "", scene_field((enum field)f));
		if (n >= size)
			return;
	}
}

void
scene_hold(struct canvas *c, const struct view *v)
{
	char list[300], text[800], what[400];
	struct message m = { .icon = ICON_BADGE,
		.headline = _("Hold your badge to the reader"), .text = text,
		.foot = { .v = v,
		    .silence = _("Without a badge nothing is shared."),
		    .first = foot_answer(c, "decline", _("Cancel"),
			_("nothing is shared"), ICON_CROSS) } };

	ticked_list(v, list, sizeof(list));
	snprintf(text, sizeof(text), _("This will be shared: %s"), list);
	if (v->removed) {
		snprintf(what, sizeof(what), "%s %s",
		    _("The badge was taken away too early."),
		    _("Hold it still until the screen changes."));
		m.text = what;
		m.more = text;
	}
	message_draw(c, &m, scene_head(c, v, false));
}

void
scene_reading(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_BADGE,
		.headline = _("Reading your badge"),
		.text = _("Keep it still for a moment."),
		.foot = { .v = v } };

	message_draw(c, &m, scene_head(c, v, false));
}

/* On which day it was, as people say it. */
static const char *
shared_on(const struct view *v)
{
	int64_t ago = v->today - v->shared_day;

	if (ago == 0)
		return _("You have shared today already.");
	if (ago < 0 || ago > 6)
		return _("You have shared before.");
	switch (v->shared_day % 7) {
	case 0:
		return _("You shared on Thursday.");
	case 1:
		return _("You shared on Friday.");
	case 2:
		return _("You shared on Saturday.");
	case 3:
		return _("You shared on Sunday.");
	case 4:
		return _("You shared on Monday.");
	case 5:
		return _("You shared on Tuesday.");
	}
	return _("You shared on Wednesday.");
}

void
scene_again(struct canvas *c, const struct view *v)
{
	char list[300], text[800], silence[POLICY_TEXT_MAX * 2] = "";
	char name[500];
	struct ui_box body = scene_head(c, v, true);
	struct message m = { .icon = ICON_BADGE, .headline = shared_on(v),
		.text = text };

	/* Who asks stands below where the head had no room for the name, and
	 * large letters leave none there either. */
	if (c->ntexts == 0) {
		c->large = false;
		m.more = isolate(name, sizeof(name), I18N_FSI,
		    scene_sponsor(v));
	}
	m.foot = (struct foot){ .v = v, .silence = silence,
		.first = foot_answer(c, "decline", _("No thanks"),
		    _("nothing is shared"), ICON_CROSS),
		.second = foot_answer(c, "share", _("Share again"),
		    _("your badge was read already"), ICON_TICK) };
	/* Large letters are for the question. */
	if (c->large || m.more != NULL)
		m.foot.first.below = m.foot.second.below = NULL;
	if (v->notice != NULL)
		isolate_in(silence, sizeof(silence), v->notice->silence,
		    scene_sponsor(v));
	ticked_list(v, list, sizeof(list));
	snprintf(text, sizeof(text), _("Share again with these fields? %s"),
	    list);
	message_draw(c, &m, body);
	scene_tools(c, v);
}

void
scene_declined(struct canvas *c, const struct view *v)
{
	char text[500];
	struct message m = { .icon = ICON_CLOSED,
		.headline = _("Nothing was shared"), .text = text,
		.foot = { .v = v, .first = message_done(c) } };

	if (v->undone) {
		m.headline = _("Undone: nothing is shared");
		scene_say(text, sizeof(text),
		    _("This share does not go to %s."),
		    scene_sponsor(v));
	} else if (v->again) {
		m.text = _("You said no, and that is fine. What you shared "
		    "before stays as it was.");
	} else {
		scene_say(text, sizeof(text),
		    _("You said no, and that is fine. %s gets nothing."),
		    scene_sponsor(v));
	}
	message_draw(c, &m, scene_head(c, v, false));
}

void
scene_noanswer(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_CLOCK,
		.headline = _("Nothing was shared"),
		.text = v->again ? _("There was no answer, and that means no. "
		    "Nothing of your badge was kept.") :
		    _("There was no answer, and that means no. Your badge "
		    "was not read."),
		.foot = { .v = v, .first = message_done(c) } };

	message_draw(c, &m, scene_head(c, v, false));
}

static const char *
why_unread(enum unread_reason r)
{
	switch (r) {
	case UNREAD_NO_BADGE:
		return _("No badge was held to the reader in time.");
	case UNREAD_NOT_OURS:
		return _("This is not a badge of this event.");
	case UNREAD_BAD_SIGNATURE:
		return _("This badge cannot be trusted: its seal is wrong.");
	case UNREAD_OTHER_EVENT:
		return _("This badge is from another event.");
	case UNREAD_BLOCKED:
		return _("This badge cannot be used here.");
	case UNREAD_READ_ERROR:
		return _("The badge could not be read.");
	case UNREAD_REMOVED:
		return _("The badge was taken away too early.");
	case UNREAD_MORE_THAN_ONE:
		return _("There was more than one badge or card.");
	}
	return _("The badge could not be read.");
}

static const char *
what_now(enum unread_reason r)
{
	switch (r) {
	case UNREAD_NO_BADGE:
	case UNREAD_READ_ERROR:
	case UNREAD_REMOVED:
		return _("You can try again: keep the badge still until the "
		    "screen changes.");
	case UNREAD_NOT_OURS:
	case UNREAD_OTHER_EVENT:
		return _("You can try again with the badge of this event.");
	case UNREAD_BAD_SIGNATURE:
	case UNREAD_BLOCKED:
		return _("Please ask at the badge desk.");
	case UNREAD_MORE_THAN_ONE:
		return _("You can try again with your badge alone, away from "
		    "other cards.");
	}
	return _("Please ask at the badge desk.");
}

void
scene_unread(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_INFO,
		.headline = _("Nothing was shared"),
		.text = why_unread(v->reason), .more = what_now(v->reason),
		.foot = { .v = v, .first = message_done(c) } };

	message_draw(c, &m, scene_head(c, v, false));
}

static const char *
why_trouble(enum trouble t)
{
	switch (t) {
	case TROUBLE_READER:
		return _("For the staff: the badge reader does not answer. "
		    "Check its cable.");
	case TROUBLE_POLICY:
		return _("For the staff: there is no privacy policy in force. "
		    "Connect the device, or ask the organisers.");
	case TROUBLE_CLOCK:
		return _("For the staff: the device does not know the time. "
		    "Connect it to the network.");
	case TROUBLE_LOG:
		return _("For the staff: this device's log is damaged and was "
		    "set aside. Ask the organisers.");
	case TROUBLE_STORAGE:
		return _("For the staff: the storage is full or broken. Ask "
		    "the organisers.");
	case TROUBLE_HOST:
		return _("For the staff: the host has lost a part of this "
		    "device's log. Ask the organisers.");
	case TROUBLE_REVOKED:
		return _("For the staff: the host says that this device was "
		    "revoked. Ask the organisers.");
	case TROUBLE_CLOSED:
		return _("For the staff: this device was closed. Enrol it "
		    "again.");
	case TROUBLE_DAY:
		return _("For the staff: the day was ended. Begin it in the "
		    "staff's screens.");
	case TROUBLE_SCREEN:	/* it is over when this can be read */
	case TROUBLE_NONE:
		break;
	}
	return NULL;
}

void
scene_trouble(struct canvas *c, const struct view *v)
{
	struct message m = { .icon = ICON_CLOSED,
		.headline = _("This device cannot record a choice now"),
		.text = _("Nothing is shared. You can still talk to the people "
		    "at this booth."),
		.more = why_trouble(v->trouble), .foot = { .v = v } };

	message_draw(c, &m, scene_head(c, v, false));
}
